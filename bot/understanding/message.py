"""Read the clauses of a message: what each asks for, about what, and which of its words nobody explained."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.knowledge.intents import Intents
from bot.language.lexicon import Token
from bot.understanding.clause import MONEY, REMAINING, SHARE, SIZED, UNCOUNTABLE, WHO, Ask, Clause
from bot.understanding.counted_words import CountedWords
from bot.understanding.exclusions import Exclusions
from bot.understanding.numbers import ORDINAL, Numbers, beyond, is_round, once_each, with_own_relations, with_range
from bot.understanding.own_place import is_own
from bot.understanding.reached import falls_short
from bot.understanding.short_questions import ending_of
from bot.understanding.split import Splitter

#: kinds of word that say how a clause is meant: as the beginning of the question, as known already, as a claim,
#: about the report's own place, about one named before, about many or none, to be left out, taking back what was
#: said, asking of each of several things, telling what was the case before, or asking of these and no others
MARKS = frozenset(
    {
        "lead_in",
        "dismiss",
        "wish",
        "claim",
        "home",
        "there",
        "then",
        "many",
        "none",
        "except",
        "correction",
        "distributor",
        "past",
        "only",
    }
)

#: a smaller number that counts nothing (两个问题) is no figure of the report, unless it is the whole message
_LEAST_BARE = 10

#: what 多少 right behind a word for it asks for, and nothing else
_MONEY = frozenset({"元", "比例"})
#: what a word that holds its own question asks for (投了多少)
_AMOUNTS = frozenset({"元"})

#: kinds of question that ask for a name
_NAMING = frozenset({"which", "who", "where", "name"})

#: where a clause asks several things, the first of these decides
_PRIORITY = ("why", "when", "quantity", "number", "who", "where", "name", "which", "how", "what", "overview", "yesno")


class Reader:
    """Turns the tokens of a message into clauses."""

    def __init__(self, intents: Intents) -> None:
        self._concepts = intents.concepts
        self._grammar = intents.grammar
        self._how_many = tuple(intents.grammar.how_many)
        self._words = CountedWords(intents)
        self._numbers = Numbers(intents, self._words)
        self._splitter = Splitter(intents)
        self._exclusions = Exclusions(intents, self._words)

    def clauses(self, tokens: Sequence[Token]) -> list[Clause]:
        """The message's clauses in order; a clause holds at most one question."""
        clauses = [self._read(*part) for part in self._splitter.split(tokens)]
        for clause, following in pairwise(clauses):
            if following.mentions and not following.concepts and self._asks_unit(clause):
                clause.ask = Ask()  # 那脱贫的人呢，不是十二万吗 claims it
        for clause in clauses[:-1]:
            if clause.guards and _counts_off(clause.tokens):
                clause.guards = []
        asking = [n for n, clause in enumerate(clauses) if clause.has_question_word]
        if len(asking) == 1 and asking[0] and clauses[asking[0]].ask.kind == "quantity":  # unlike 解决了没，还有几户
            before, asked = clauses[asking[0] - 1 : asking[0] + 1]
            before.guards = self._exclusions.remaining(before, asked)
        return clauses

    def whole(self, tokens: Sequence[Token]) -> Clause:
        """All tokens as one clause: how paraphrases are read."""
        return self._read([t for t in tokens if not t.is_separator])

    def _read(self, tokens: list[Token], joined_by: str = "", is_question: bool = False) -> Clause:
        clause = Clause(tokens, joined_by=joined_by, is_question=is_question)
        asks: list[Ask] = []
        for index, token in enumerate(tokens):
            # …，核对 asks to check what was said; 拿什么核对 asks for the system
            checks = token.values("claim") and all(t is token or t.values("filler") for t in tokens)  # 请协助核对：…
            if (names := token.values("concept")) and not checks:
                clause.concepts.append(frozenset(names))
                clause.tells |= any(self._tells(name) for name in names)
            self._read_guards(clause, index)
            clause.marks.update(kind for kind in token.meanings if kind in MARKS and (kind != "past" or index <= 1))
            if token.values("within") and index + 1 < len(tokens) and tokens[index + 1].start > token.end:
                clause.marks.add("within")  # what it asks about is some out of a whole
            if undone := self._exclusions.undone(tokens, index):
                clause.guards.append(("remaining", undone))
            if token.text in self._grammar.place_endings and (place := self._exclusions.place(tokens, index)):
                clause.guards.append(("place", place))
            if token.figure and not self._numbers.is_idle_digit(tokens, index):
                if self._numbers.is_date(tokens, index):
                    clause.guards.append(("time", token.text + tokens[index + 1].text))
                    continue
                mention = self._numbers.mention(tokens, index, token.figure)
                ends = index + 2 == len(tokens) and bool(tokens[-1].values("classifier"))  # 记者写八个
                told = mention.counts or ends or self._says_only_figure(tokens)
                dashed = any(token.text == "-" for token in tokens[max(index - 1, 0) : index + 2])  # a number to call
                if not dashed and (told or mention.figure.value >= _LEAST_BARE):
                    clause.mentions.append(mention)
            if ask := self._number_asked(tokens, index):
                asks.append(ask[0])
                clause.unknown_head = clause.unknown_head or ask[1]
            asks.extend(Ask(kind) for kind in self._kinds(tokens, index))
            number = tokens[index + 1].figure if index + 1 < len(tokens) else None
            if token.text in self._grammar.which_number and number is not None and number.value > 1:
                asks.append(Ask("which"))  # 哪18个 asks for their names
            clause.relations.extend(self._relations(tokens, index))
            if token.is_unknown:
                clause.unknown.append(token.text)
                if described := self._exclusions.described(tokens, index):
                    clause.guards.append(("population", described))
        clause.ask = self._asked_of_all(clause, asks)
        self._read_alternatives(clause)
        if clause.relations and clause.mentions:
            clause.mentions = with_own_relations(tokens, clause.mentions)
        clause.mentions = with_range(tokens, once_each(tokens, clause.mentions), self._grammar.spans)
        if others := self._exclusions.population(tokens):
            clause.guards.append(("population", others))
        elif self._exclusions.denies(tokens):
            clause.marks.add("except")
        self._drop_shares(clause)
        self._read_ending(clause)
        clause.guards += self._exclusions.own_home(clause)
        return clause

    def _read_guards(self, clause: Clause, index: int) -> None:
        """What one word says that the report may not cover; 我是那个村的会计 says who asks."""
        tokens, token = clause.tokens, clause.tokens[index]
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        for reason in token.values("guard"):
            about_speaker = reason == "place" and is_own(tokens, index, self._grammar)
            if about_speaker:
                clause.own_places.append(token.text)
            tells = reason == "population" and following is not None and following.values("speech")
            reaches = token.text in self._grammar.reaches and any(t.figure for t in tokens)  # 够不够八十家
            # 记者求证一下
            calls = not index and token.values("speaker") and following is not None and following.values("claim")
            before = tokens[index - 1] if index else token
            ends = following is None and before.text in self._grammar.particles - self._grammar.possessives
            # 哪三重啊老师
            vocative = (ends and reason == "population") or self._calls(tokens, index)
            own_village = reason == "ours" and before.values("speaker") and before.text[-1] in self._grammar.copulas
            settled = reason == REMAINING and self._exclusions.is_settled(tokens, index)
            known = bool(token.values("concept"))
            whether = before.is_unknown and f"不{before.text}" == token.text[:2]  # 脱不脱贫
            if not any((known, about_speaker, own_village, tells, reaches, calls, vocative, settled, whether)):
                clause.guards.append((reason, token.text))

    def _calls(self, tokens: Sequence[Token], index: int) -> bool:
        """闺女，…, or 闺女我问问你…: whether a word only says to whom the message is spoken."""
        if tokens[index].text not in self._grammar.vocatives:
            return False
        rest = [token for token in tokens if token.text not in self._grammar.particles]
        following = tokens[index + 1] if index + 1 < len(tokens) else tokens[index]
        return len(rest) == 1 or following.text[0] in self._grammar.me or bool(following.values("lead_in"))

    def _asked_of_all(self, clause: Clause, asks: list[Ask]) -> Ask:
        """What a clause asks for, of all that its words may ask."""
        if any(token.text[0] in self._grammar.share_verbs for token in clause.tokens):
            # 人数占总数的百分比, unlike 多少人占几成
            asks = [ask for ask in asks if ask.interrogative or SHARE in (ask.counts or ())] or asks
        if not asks and any(reason == "rate" and self._grammar.asks_number(word) for reason, word in clause.guards):
            asks.append(Ask("quantity"))  # 排第几
        return self._foremost(asks)

    def _relations(self, tokens: Sequence[Token], index: int) -> tuple[str, ...]:
        """How a word relates the number beside it to the true one: 有没有九百个 asks for so many, 过九百 for more."""
        figure = tokens[index + 1].figure if index + 1 < len(tokens) else None
        before_figure = figure is not None and figure.value >= _LEAST_BARE  # 七长有没有六个 asks for just so many
        for words, relation in ((self._grammar.reaches, "at_least"), (self._grammar.just_under, "nearly")):
            if before_figure and tokens[index].text in words:
                return (relation,)
        if figure and tokens[index].values("versus") and (degree := beyond(tokens[index + 2 :])):
            return degree
        done = index > 0 and self._words.is_verb(tokens[index - 1])  # 搬过三万人
        if before_figure and tokens[index].text in self._grammar.exceeds and not done:
            return ("above",)
        return ("below",) if falls_short(tokens, index, self._grammar) else tokens[index].values("relation")

    def _read_alternatives(self, clause: Clause) -> None:
        """99个还是316个: asks for the number, and claims neither."""
        tokens, grammar = clause.tokens, self._grammar
        at = next((n for n, token in enumerate(tokens) if token.text in grammar.alternatives), 0)
        if not at or (clause.ask.interrogative and clause.ask.kind):
            return
        sides = [
            [m for m in clause.mentions if any(t.figure is m.figure for t in s)] for s in (tokens[:at], tokens[at:])
        ]
        begin = next((n for n, token in enumerate(tokens[:at]) if token.values("equals")), at)
        one, other = ({t.text for t in side if t.values("guard")} for side in (tokens[begin:at], tokens[at:]))
        if clause.concepts and bool(one) != bool(other) and not any(token.values("compare") for token in tokens):
            # 这笔收益是一年的还是累计的: what may not be so is no part of the question.
            clause.guards = [guard for guard in clause.guards if guard[1] not in one | other]
        if len(sides[0]) == len(sides[1]) == 1 and sides[0][0].unit == sides[1][0].unit:
            counts = sides[0][0].counts | sides[1][0].counts
            clause.ask = Ask("quantity", counts or None, explicit=bool(counts))
            clause.mentions = []

    def _read_ending(self, clause: Clause) -> None:
        """How the end of a clause says it is meant."""
        tokens = clause.tokens
        denies = bool(clause.concepts or clause.mentions) and any(token.values("not") for token in tokens[:-1])
        if denies and clause.mentions and tokens[-1].text in self._grammar.asks_back_at_end:
            clause.marks.add("claim")  # 龙头企业唔系八十间咩
            clause.ask = Ask() if clause.ask.kind == "what" else clause.ask
        counted = any(mention.counts for mention in clause.mentions) or any(t.values("contains") for t in tokens)
        if counted and clause.mentions and not clause.ask.kind and tokens[-1].text in self._grammar.whether_endings:
            clause.marks.add("claim")  # 户数是一千九百多户不
        chooses = any(token.text in self._grammar.alternatives for token in tokens)
        counted = counted or any(t.values("equals") for t in tokens)
        words = [t.text for t in tokens if t.values("concept") and self._grammar.asks(t.text)]
        chooses = chooses or not all(map(self._grammar.asks_number, words))  # 包哪一块
        says = clause.tells or any(t.values("within") for t in tokens[:1])  # 里面贫困的有五万？
        if clause.is_question and says and clause.mentions and counted and not (clause.ask.kind or chooses):
            clause.marks.add("claim")  # 其中贫困人口有二十万？
        if clause.mentions and (tokens[-1].text in self._grammar.reaches or self._asks_if_so_many(clause)):
            clause.relations.append("at_least")  # 十万户有没有
        said = [t for t in tokens if t.text not in self._grammar.particles]
        if (
            said
            and said[-1].text in self._grammar.elliptical_endings
            and sum(bool(t.values("none")) for t in said) == 1
        ):
            clause.marks.discard("none")  # 交钥匙了没有啊 asks
        if clause.concepts and not clause.ask.kind and tokens[-1].values("past"):
            clause.guards.append(("time", clause.text))  # 搞控辍保学之前，…
        clause.has_question_word = any(self._grammar.asks(token.text) for token in tokens)
        clause.ending_at = ending_of(tokens, self._grammar)
        clause.is_elliptical = bool(tokens) and tokens[clause.ending_at].text in self._grammar.elliptical_endings
        if len(tokens) > 1 and tokens[0].text in self._grammar.switches and not clause.ask.kind:
            clause.is_elliptical = True
        switched = len(tokens) > 1 and tokens[-2].text in self._grammar.switches  # 光伏也换成人
        if not clause.ask.kind and switched and (counts := self._words.counts(tokens[-1]) & WHO):
            clause.ask = Ask("quantity", counts, explicit=True)
        if not (clause.ask.kind or clause.mentions or clause.guards) and self._asks_unit(clause):
            clause.ask = Ask("quantity", self._words.counts(tokens[-2]), explicit=True)

    def _asks_if_so_many(self, clause: Clause) -> bool:
        """有3万人吗: whether it is asked whether there are so many, which there are where there are more."""
        tokens, at = clause.tokens, clause.place_of(clause.mentions[0]) or 0
        has = at > 0 and tokens[at - 1].text in self._grammar.has
        return has and tokens[-1].text in self._grammar.whether_endings and not clause.relations

    def _asks_unit(self, clause: Clause) -> bool:
        """那人呢, 旅游的钱呢: a unit and 呢 asks for the number as 那人数呢 does."""
        tokens = clause.tokens
        plain = not clause.unknown and clause.is_elliptical and tokens[-1].text in self._grammar.about
        alone = len(clause.concepts) == 1 and not clause.tells
        of_it = len(tokens) > 3 and tokens[-3].text in self._grammar.possessives
        units = WHO | {MONEY} if of_it else WHO
        return plain and (alone or of_it) and bool(self._words.counts(tokens[-2]) & units)

    def _says_only_figure(self, tokens: Sequence[Token]) -> bool:
        """5个是指什么, 数字5指什么, 不是7个吗: nothing but a figure, and what it is, or whether it is so."""
        beside = ("classifier", "equals", "filler", "ask", "not")
        return len(tokens) == 1 or (
            any(t.values("equals") or t.values("not") or "what" in t.values("ask") for t in tokens)
            and all(t.figure or any(map(t.values, beside)) or self._only_says_number(t) for t in tokens)
        )

    def _only_says_number(self, token: Token) -> bool:
        """数字, unlike 多少 and 户数."""
        return token.values("quantity") == ("any",) and not self._grammar.asks_number(token.text)

    def _tells(self, name: str) -> bool:
        """Whether a concept says more than what is counted; 人次 doesn't."""
        concept = self._concepts[name]
        return concept.weight not in (0, 1) and not (concept.counts == name and name in UNCOUNTABLE)

    def _number_asked(self, tokens: list[Token], index: int) -> tuple[Ask, str | None] | None:
        """What a word asks to count, and what it is if that isn't known; None if it asks for no number."""
        token, before = tokens[index], tokens[index - 1] if index else None
        quantity = token.values("quantity")
        if "what" in token.values("ask") and any(t.figure for t in tokens[:index]):
            return None  # 那个94%是什么比例
        kinds = index + 1 < len(tokens) and tokens[index + 1].text in self._grammar.kinds
        if kinds and any(t.figure for t in tokens[index + 1 :]):
            return None  # 几类危房加起来有两万多户
        if not quantity and token.text.endswith(self._how_many):
            counts = self._words.counts(token)
            counts &= _MONEY if self._words.computes(token) else _AMOUNTS  # 投了多少, 占了多少
            behind = self._words.counts(tokens[-1]) if index + 1 < len(tokens) else frozenset[str]()
            counts = behind if counts and behind and not self._words.is_verb(tokens[-1]) else counts  # 投了多少产业项目
            return (Ask("quantity", counts), None) if counts else None
        if not quantity:
            return None
        asks = self._grammar.asks_number(token.text)
        if before is not None:
            # 七百几条村: a number left open, no question; 62万人次 asks nothing, nor does 不要户数.
            opens = (is_round(before) or token is tokens[-1]) and token.text[0] in self._grammar.open_endings
            opens = opens and before.figure is not None  # 九成九几
            left_open = before.text in self._grammar.open_endings and index > 1 and tokens[index - 2].figure
            if (
                opens
                or ((before.figure or left_open) and token.values("concept"))
                or (before.values("not") and not asks)
            ):
                return None
        ask, head = self._quantity(tokens, index, quantity)
        return ask._replace(interrogative=asks, of_size=token.text in self._grammar.sizes), head

    def _kinds(self, tokens: list[Token], index: int) -> tuple[str, ...]:
        """What kinds of question a word asks: 金额为何 asks what it is, 为何脱贫 asks why."""
        last = index + 1 == len(tokens) and index > 0
        return ("what",) if last and tokens[index].text in self._grammar.what_at_end else tokens[index].values("ask")

    @staticmethod
    def _foremost(asks: list[Ask]) -> Ask:
        """What a clause asks for, of all that its words may ask."""
        if len(asks) > 1 and asks[-1].kind == "name":
            asks = asks[-1:]  # 几家示范点都叫什么名字
        if {"which", "overview"} <= {ask.kind for ask in asks}:
            asks = [ask for ask in asks if ask.kind != "which"]  # 有哪些成果
        if any(ask.kind in _NAMING for ask in asks):
            # 规模排第一的是哪家: 规模 is what is spoken of, not what is asked for.
            asks = [ask for ask in asks if ask.interrogative]
        asks.sort(key=lambda ask: (_PRIORITY.index(ask.kind), not ask.explicit, not ask.interrogative))
        if not asks:
            return Ask()
        if any(ask.kind == "quantity" and not ask.of_size for ask in asks):
            asks = [ask._replace(of_size=False) for ask in asks]  # 规模有多大 may ask for a number of people
        # 百分比是多少: one word names the unit, the other asks.
        asked = any(ask.interrogative for ask in asks if ask.kind == asks[0].kind)
        return asks[0]._replace(interrogative=asked)

    def _drop_shares(self, clause: Clause) -> None:
        """贫困人口占了多少人 asks for people, not for a share."""
        large = any(t.values("quantity") and t.text[-1] in self._grammar.large for t in clause.tokens)
        if large and clause.ask.counts == frozenset({SHARE}):
            clause.ask = clause.ask._replace(
                counts=self._words.of_nearest(clause.tokens, counted_singly=True)
            )  # 占几万
        elif not clause.ask.explicit or not clause.ask.counts or SHARE in clause.ask.counts:
            return
        concepts = self._concepts
        shares = {n for n, c in concepts.items() if c.computes == "ratio" and c.counts == SHARE}
        if any(shares & {*t.values("concept")} and of.values("concept") for t, of in pairwise(clause.tokens)):
            return  # 救助资金占投资多少
        clause.concepts = [group for group in clause.concepts if not group <= shares]

    def _quantity(self, tokens: list[Token], index: int, said: tuple[str, ...]) -> tuple[Ask, str | None]:
        specific = frozenset(s for s in said if s != "any")
        if specific:
            following = tokens[index + 1 : index + 2]
            head = following[0].text if following and following[0].values("uncounted") else None  # 多少块太阳能板
            return Ask("quantity", specific, explicit=True), head
        if (
            index
            and not self._grammar.asks_number(tokens[index].text)
            and (counts := self._words.of_doers(tokens[index - 1]))
        ):
            return Ask("quantity", counts, explicit=True), None  # 搬迁户数
        classifier: frozenset[str] | None = None
        for offset, token in enumerate(tokens[index + 1 :]):
            if offset == 0 and token.text == "的":
                break  # 高于多少的村 doesn't count villages
            if token.figure and token.text.strip("十百千万亿个") == "":
                continue  # 几百个, 几万户
            found = self._words.classified(token)
            if found is not None and classifier is None and not token.values("concept"):
                classifier = found
                continue
            if self._words.is_verb(token):
                if offset == 0 and (counts := self._words.of_doers(token)):
                    return Ask("quantity", counts, explicit=True), None  # 多少搬迁户
                break
            if token.values("uncounted"):
                return Ask("quantity", None, explicit=True), token.text  # 多少所学校
            if counts := self._words.counts(token):
                narrowed = counts & classifier if classifier and "any" not in classifier else counts
                if not narrowed and (
                    tokens[index + offset].values("concept") or (classifier and counts <= UNCOUNTABLE)
                ):
                    break  # 有几家带动贫困人口, 多少家分到了收益
                return Ask("quantity", narrowed or counts, explicit=True), None
            if token.is_unknown and token is tokens[-1] and token.text in self._grammar.particles:
                break  # 有几多间先
            if token.is_unknown and offset and tokens[index + offset].values("filler"):
                break  # 建了几个然后能发多少千瓦
            if token.is_unknown:
                # 多少度电; but 数字乘以10 counts nothing.
                asks = self._grammar.asks_number(tokens[index].text)
                return Ask("quantity", None, explicit=True), token.text if asks else None
            if token.values("guard"):
                break
        if head := self._uncounted_before(tokens[:index]):
            return Ask("quantity", classifier, explicit=True), head
        if classifier is not None and "any" not in classifier:
            return Ask("quantity", self._words.of_last(tokens[:index]) & classifier or classifier, explicit=True), None
        if classifier is None and tokens[index].text not in self._grammar.sizes and self._does_good(tokens[:index]):
            return Ask("quantity", WHO | {"人次"}, of_whom=True), None  # 龙头企业带动了多少
        before = self._words.of_nearest(tokens[:index], counted_singly=classifier is not None)
        near = self._counted_right_before(tokens[:index]) if classifier is None else frozenset[str]()
        if before and tokens[index].text in self._grammar.sizes:
            before = before & SIZED or None  # 电站多大 asks for no number of them
        return Ask("quantity", near or before, uncounted=classifier is None, explicit=bool(near)), None

    def _does_good(self, tokens: Sequence[Token]) -> bool:
        """Whether the last word that says something says what is done for people."""
        idle = ("filler", "contains", "equals", "distributor")
        said = [t for t in tokens if not (any(map(t.values, idle)) or self._words.computes(t))]
        if len(said) > 1 and said[-1].values("concept") == said[-2].values("concept"):
            said = said[:-1]  # 带动增收
        return bool(said) and said[-1].text in self._grammar.does_good

    @staticmethod
    def _uncounted_before(tokens: list[Token]) -> str | None:
        """学校 in 学校一共有多少所: what is counted, where the report counts none."""
        idle = ("filler", "contains", "equals")
        before = next((token for token in reversed(tokens) if not any(token.values(kind) for kind in idle)), None)
        return before.text if before is not None and before.values("uncounted") else None

    def _counted_right_before(self, tokens: list[Token]) -> frozenset[str]:
        """元 in 翻修破屋的款子多少: what the word right before asks for, as surely as 多少款子."""
        links = ("equals", "distributor")
        said = [t for t in tokens if t.text not in self._grammar.done and not any(t.values(link) for link in links)]
        if not said or self._words.computes(said[-1]):
            return frozenset()
        counts = self._words.counts(said[-1])
        if self._words.is_verb(said[-1]):
            return counts if counts == {"元"} else frozenset()  # 花了多少
        if len(said) > 1 and self._words.is_given(said[-2], said[-1]):
            return frozenset()  # 收益分给贫困户多少
        of_kind = said == tokens and not counts & {*said[-1].values("concept")}  # unlike 户和人各多少
        return counts & ((_MONEY | WHO) if of_kind else _MONEY)  # 光伏受益群众多少


def _counts_off(tokens: Sequence[Token]) -> bool:
    """先说第一个，…: whether a clause only says which of several things comes next."""
    counts = [t.text.startswith(ORDINAL) and t.text.endswith("个") for t in tokens]
    return any(counts) and all(
        c or t.values("filler") or t.values("speech") for c, t in zip(counts, tokens, strict=True)
    )
