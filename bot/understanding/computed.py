"""加起来呢, 平均每户呢, 分子分母各是多少: what is computed of what was said, and what that was computed of."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.knowledge.intents import Intents
from bot.knowledge.model import Fact, Report
from bot.language.figures import parse_chinese
from bot.language.lexicon import Token
from bot.understanding.clause import SHARE, UNCOUNTABLE, WHO, Ask, Clause
from bot.understanding.conversation import Conversation
from bot.understanding.decision import Finding
from bot.understanding.figure_facts import FigureFacts
from bot.understanding.judge import Judge
from bot.understanding.matcher import Matcher
from bot.understanding.query import Query, concepts_of, counted_by

#: facts told one after the other that a sum or a share may be asked of
_PAIR = 2
#: what may say of how many facts a sum is wanted is less than this
_FEW = 10
#: what 多大 doesn't ask for
_NOT_SIZED = frozenset({"元", "比例"})
#: the parts of a ratio, in order
_OF_RATIO = ("numerator", "denominator")
#: in a word for what is left
_ONE = ("一", "那", "𠮶")
#: begin a word for some of what was told (这两项)
_POINTING = "这那后前"
#: characters of 两类, 三种
_COUNTING = 2
#: weight up to which a concept only says in what something is counted
_ONLY_UNIT = 2


def number_of(token: Token) -> Decimal | None:
    """How many a word says: 2 for 2, for 这两类 and for 两项加起来."""
    if token.values("others") and any(word in token.text for word in _ONE):
        return Decimal(1)  # 剩下那一类, 另外那种
    if token.figure:
        return token.figure.value
    text = token.text.lstrip(_POINTING)
    if len(text) < _COUNTING or (len(text) > _COUNTING and not token.values("concept")):
        return None
    return parse_chinese(text[0]) if text[1] in "类种个项样批" else None


class Computed:
    """The steps on what is computed."""

    def __init__(self, intents: Intents, matcher: Matcher, judge: Judge, figures: FigureFacts, report: Report) -> None:
        self._intents = intents
        self._matcher = matcher
        self._judge = judge
        self._figures = figures
        self._report = report

    def divided_as_asked(self, query: Query, found: Finding, conversation: Conversation) -> Finding:
        """光伏平均一座收益多少: an average over other things (户) than are asked for isn't told."""
        clause = query.clause
        if found.kind == "clarify":
            return self._of_divisor(query, found, conversation)
        fact = self._report.facts[found.targets[0]] if found.kind == "answer" and len(found.targets) == 1 else None
        if fact is None or fact.formula is None or not fact.is_ratio or found.verdict is not None:
            return found
        said = "".join(token.text for token in clause.tokens if self._is_ratio(token))
        options = found.targets
        refused = found._replace(
            kind="abstain", rule="divided", reason="rate", words=(said,), targets=(), options=options
        )
        if fact.unit == "%":
            return refused._replace(words=(clause.text,)) if self._is_share_of_others(clause, fact) else found
        over = self._report.facts[fact.formula.operands[-1]].counts
        per = self._divided_by(said)
        asked = clause.ask.counts or frozenset[str]() if clause.ask.explicit else frozenset[str]()
        measured = counted_by(clause, self._intents)  # 平均投资多大
        sized = clause.ask.of_size and fact.counts in _NOT_SIZED - measured
        over_these = not per or over in per or over[-1] in said  # 人均一次
        fits = not asked or fact.counts in asked or over in asked
        if not (over_these and fits) or sized or self._divides_other(query, fact, per, conversation):
            return refused
        return found

    def _divides_other(self, query: Query, fact: Fact, per: frozenset[str], conversation: Conversation) -> bool:
        """平均每户多少, after 装机: whether an average is asked of what was told last, and is one of other things."""
        (told,) = conversation.facts if len(conversation.facts) == 1 else ("",)
        operands, ask = fact.formula.operands if fact.formula else (), query.clause.ask
        leans = told and not (conversation.lacking or conversation.refused or ask.of_size)
        if not leans or told in (fact.id, *operands) or not self._report.facts[told].counts:
            return False
        counts, over = self._report.facts[told].counts, self._report.facts[operands[-1]].counts
        names = concepts_of([query.clause, *query.around])
        named = frozenset(self._intents.concepts[name].counts for name in names) | (ask.counts or frozenset())
        if counts in UNCOUNTABLE:
            return named.isdisjoint(UNCOUNTABLE) and over in per
        return not per and over not in named  # 平均每个收益多少, after the stations

    def _is_share_of_others(self, clause: Clause, share: Fact) -> bool:
        """占贫困人口多少, after the employed: whether the whole that a share is asked of isn't the report's."""
        part, whole = share.formula.operands if share.formula else ("", "")
        own = self._matcher.fullest.get(whole, frozenset()) - self._matcher.fullest.get(part, frozenset())
        at = next((n for n, token in enumerate(clause.tokens) if token.text in self._intents.grammar.takes_share), None)
        of_it = clause.tokens[at + 1].values("concept") if at is not None and at + 1 < len(clause.tokens) else ()
        concepts, weights = self._intents.concepts, self._matcher.weights
        whom = [name for name in of_it if concepts[name].counts in WHO and weights[name] > 1]
        return bool(whom and own) and own.isdisjoint(clause.concept_names)

    def _of_divisor(self, query: Query, found: Finding, conversation: Conversation) -> Finding:
        """平均一户从光伏上能得多少: of a choice between averages, the one over what is named."""
        clause = query.clause
        per = self._divided_by("".join(token.text for token in clause.tokens if self._is_ratio(token)))
        formulas = {id: self._report.facts[id].formula for id in found.options}
        over = [id for id, f in formulas.items() if f and self._report.facts[f.operands[-1]].counts in per]
        if len(over) != 1 or not all(formulas.values()):
            return found
        others = (self._intents.concepts[name] for name in clause.concept_names - self._matcher.known[over[0]])
        if any(not (concept.counts or concept.computes) for concept in others):
            return found  # 新房子一家给分多大
        return self.divided_as_asked(
            query, found._replace(kind="answer", rule="match", targets=(over[0],), options=()), conversation
        )

    def _divided_by(self, said: str) -> frozenset[str]:
        """What an average is asked for of each: 座 of 一座平均 may count stations; empty where it isn't said."""
        units = {concept.counts for concept in self._intents.concepts.values() if concept.counts}
        named = frozenset(unit for unit in units if unit in said)
        kinds = (things for word, things in self._intents.classifiers.items() if word in said and "any" not in things)
        return named.union(*kinds)

    def _is_ratio(self, token: Token) -> bool:
        return any(self._intents.concepts[name].computes == "ratio" for name in token.values("concept"))

    def parts(self, tokens: Sequence[Token], conversation: Conversation) -> list[Finding]:
        """分子分母给我一下: the facts that what was told last is computed of; [] if they aren't asked for."""
        if not conversation.facts:
            return []
        operands = self._operands(conversation)
        said = "".join(token.text for token in tokens if not token.is_separator)
        asked = any(word in said for word in self._intents.follow_ups.get("parts", ()))
        numbers = {number for token in tokens if (number := number_of(token)) is not None}
        elsewhere = any({"where", "when", "why"} & {*token.values("ask")} for token in tokens)
        each = any(token.values("distributor") for token in tokens)
        asked = asked or (numbers == {len(operands)} and each and not elsewhere)
        figures = (token.figure.value for token in tokens if token.figure)
        known = frozenset().union(*(self._matcher.known[operand] for operand in operands))
        named = (frozenset(token.values("concept")) for token in tokens)  # 把总投资和项目个数这两个原始数给我
        telling = any(self._matcher.names_thing(names) and names.isdisjoint(known) for names in named)
        telling = telling or any(value != len(operands) for value in figures)  # 两个原始数字
        if not asked or telling:
            return []
        if not operands:  # 分子分母呢, of what isn't computed
            return [Finding("abstain", "parts", options=conversation.facts, reason="unmatched", confidence=80.0)]
        one = [n for n, key in enumerate(_OF_RATIO) if any(w in said for w in self._intents.follow_ups.get(key, ()))]
        if len(one) == 1 and len(operands) == len(_OF_RATIO):
            operands = (operands[one[0]],)  # 分母再给我一次
        return [Finding("answer", "parts", (operand,), confidence=85.0) for operand in operands]

    def part(self, query: Query, conversation: Conversation) -> Finding | None:
        """贫困人口具体多少, after what share they are: the one of the facts it is computed of that is asked for."""
        operands = self._operands(conversation) if len(conversation.facts) == 1 else ()
        if not operands or query.mentions or query.is_claim:
            return None
        found = self._judge.judge(query, rule="follow_up", only=frozenset(operands))
        asks_what = any("what" in token.values("ask") for token in query.clause.tokens)
        if found.kind == "clarify" and {*found.options} == {*operands} and asks_what:
            return found._replace(kind="answer", targets=operands, options=())  # 这俩数是什么村
        return found if found.kind == "answer" else None

    def whole_of(self, clause: Clause, conversation: Conversation) -> Finding | None:
        """总的呢, after how much it is for each: the amount that was divided; after a part, all of which it is one."""
        (told,) = conversation.facts if len(conversation.facts) == 1 else ("",)
        fact = self._report.facts.get(told)
        if fact is not None and (whole := self._larger(fact, clause)):
            return Finding("answer", "compute_on", (whole,), confidence=85.0)
        averages = fact is not None and fact.is_ratio and fact.unit != "%"
        if fact is None or fact.formula is None or not averages or not self.only_adds_up(clause):
            return None
        divided = self._report.facts[fact.formula.operands[0]]
        fits = clause.ask.counts is None or divided.counts in clause.ask.counts
        if not fits or any(token.values("classifier") for token in clause.tokens):
            return None  # 一共有几座
        return Finding("answer", "parts", (divided.id,), confidence=85.0)

    def _larger(self, told: Fact, clause: Clause) -> str:
        """全部惠及几多人, after how many poor ones: that of which the fact is a share, if all of it is asked for."""
        sums = any(self._matcher.adds_up(group) for group in clause.concepts)
        sums = sums or any(token.text in self._intents.grammar.all_of for token in clause.tokens)
        whole = self._report.wholes.get(told.id, "")
        if not sums or not whole or clause.mentions or clause.ask.kind != "quantity" or clause.guards:
            return ""
        fits = clause.ask.counts is None or self._report.facts[whole].counts in clause.ask.counts
        concepts = self._intents.concepts
        own = {n for n in clause.concept_names if not concepts[n].computes}
        # 一共多少建档立卡贫困人口 asks of others.
        groups = (n for n in own if n != concepts[n].counts in WHO and not concepts[n].verb)
        return whole if fits and own <= self._matcher.known[whole] and not any(groups) else ""

    def _operands(self, conversation: Conversation) -> tuple[str, ...]:
        """What the one computed fact among those told last is computed of; none where there isn't just one."""
        formulas = [formula for id in conversation.facts if (formula := self._report.facts[id].formula)]
        return formulas[0].operands if len(formulas) == 1 else ()

    def only_adds_up(self, clause: Clause) -> bool:
        """加起来呢: whether nothing but a sum is asked for."""
        concepts = self._intents.concepts
        sums = [any(concepts[name].computes == "sum" for name in group) for group in clause.concepts]
        units = [all(self._matcher.weights[name] <= 1 for name in group) for group in clause.concepts]
        asks = clause.ask.of_size or clause.ask.kind not in ("", "quantity") or (clause.ask.explicit and not any(units))
        only = any(sums) and all(one or other for one, other in zip(sums, units, strict=True))
        return only and not (asks or clause.mentions)

    def last_alike(self, clause: Clause, conversation: Conversation) -> tuple[str, ...]:
        """What was told last and right before it, where both count what the clause asks for; () if not."""
        last = (*conversation.before[-1:], *conversation.facts)
        counts = {self._report.facts[id].counts for id in last}
        fits = clause.ask.counts is None or counts <= clause.ask.counts
        return last if len(last) == _PAIR and len(counts) == 1 and fits else ()

    def is_other_share(self, clause: Clause, found: Finding, conversation: Conversation) -> bool:
        """占比, after how many moved: whether a share is asked for, nothing said of what, and one of others found."""
        names, concepts = clause.concept_names, self._intents.concepts
        shares = any(concepts[name].counts == SHARE for name in names)
        # 比例, unlike 报销, which names its own
        units = (n for n in names if n not in self._matcher.ratios)
        of_nothing = all(concepts[n].counts == SHARE and self._matcher.weights[n] <= _ONLY_UNIT for n in units)
        if not (shares and of_nothing) or clause.mentions or clause.unknown or found.kind != "answer":
            return False
        told = {*conversation.facts, *conversation.before}
        facts = [self._report.facts[id] for id in found.targets]
        return bool(conversation.facts) and not any(
            f.id in told or (f.formula and told & {*f.formula.operands}) for f in facts
        )

    def adds_up_several(self, clause: Clause, several: Sequence[str]) -> bool:
        """一共带了多少人, after what two did: whether a sum is asked for, and nothing but what all of them do."""
        concepts = self._intents.concepts
        sums = {name for name in clause.concept_names if concepts[name].computes == "sum"}
        if not sums or len(several) < 2 or len({self._report.facts[id].counts for id in several}) > 1:
            return False
        if clause.ask.counts and self._report.facts[several[0]].counts not in clause.ask.counts:
            return False
        does = {n for n in clause.concept_names - sums if self._matcher.weights[n] > 1}
        return all(does <= self._matcher.known[id] for id in several)

    def with_figure(self, query: Query, conversation: Conversation) -> Finding | None:
        """跟那316个合起来, after 192 villages: the sum of what was told last and of what has the figure named."""
        clause, told = query.clause, {*conversation.facts}
        groups = [group for group in clause.concepts if not self._matcher.adds_up(group)]
        sums = len(groups) < len(clause.concepts) and self._matcher.computes_more(clause.concept_names)
        if not (told and sums and clause.mentions) or query.is_claim or self._narrows(clause):
            return None
        named = {
            fact.id
            for mention in clause.mentions
            for fact in self._figures.owners(mention)
            if self._figures.suits(fact, clause.but(concepts=groups), mention)
        }
        totals = [
            fact.id
            for fact in self._report.facts.values()
            if fact.formula and fact.is_sum and named and {*fact.formula.operands} == named | told
        ]
        return Finding("answer", "compute_on", (totals[0],), confidence=90.0) if len(totals) == 1 else None

    @staticmethod
    def _narrows(clause: Clause) -> bool:
        """其中女生占多少, 一户能分多大的房子: whether it asks of some, or for what, the report doesn't single out."""
        return any(reason in ("population", "place", "time", "ours", "measure") for reason, _ in clause.guards)

    def _one_more(self, fact: Fact, said: set[str], named: frozenset[str]) -> frozenset[str]:
        """省下达的任务 in 加上省下达的任务呢: the one part of a sum that wasn't stated before, where it is named."""
        missing = [id for id in fact.formula.operands if id not in said] if fact.formula and fact.is_sum else []
        if len(missing) != 1 or not named <= self._matcher.known[missing[0]]:
            return frozenset()
        return named if self._matcher.shares(missing[0], named) else frozenset()

    def _leaves_out_told(self, fact: Fact, clause: Clause, conversation: Conversation) -> bool:
        """加一起 after two of three kinds, 前者占后者几成 after what has no share: whether these two aren't meant."""
        last = self.last_alike(clause.but(ask=Ask()), conversation)
        operands = frozenset(fact.formula.operands) if fact.formula else frozenset[str]()
        explicit = any(
            self._matcher.adds_up(g) and max(map(self._matcher.weights.__getitem__, g)) > 1 for g in clause.concepts
        )
        every = any(word in clause.text for word in self._intents.grammar.all_of)  # 全加起来
        if not last or every or not (explicit or fact.unit == "%"):
            return False
        told = {*conversation.before, *conversation.facts}
        return not operands <= told if fact.is_sum else {*last} != operands

    def _share_of_said(self, conversation: Conversation) -> str | None:
        """The share that the two facts stated last make, if there is one."""
        said = {*conversation.before[-1:], *conversation.facts}
        shares = [
            f.id for f in self._report.facts.values() if f.formula and f.unit == "%" and {*f.formula.operands} == said
        ]
        return shares[0] if len(shares) == 1 else None

    def on_said(self, clause: Clause, conversation: Conversation) -> str | None:
        """平均每户呢, 加起来呢: the computed fact over what was just stated, if there is just one."""
        concepts = self._intents.concepts
        idle = {
            name
            for token in clause.tokens
            if token.text in self._intents.grammar.kinds
            for name in token.values("concept")
        }
        names = clause.concept_names - idle  # 三块 are parts, and no money
        computing = {name for name in names if concepts[name].computes}
        if not clause.concepts and clause.ask.counts == frozenset({SHARE}):
            return self._share_of_said(conversation)  # 合百分之多少
        counted = {c for name in names if (c := concepts[name].counts)} - {"元", "比例"}
        extreme = any("most" in token.values("compare") for token in clause.tokens)  # 最大的一座多大
        each = any(
            reason == "rate" and word[0] in self._intents.grammar.each for reason, word in clause.guards
        )  # 每个县
        parts_out = each or ("distributor" in clause.marks and not self._matcher.computes_more(computing))
        if not computing or extreme or parts_out or self._narrows(clause):
            return None  # but 三个数加一块呢
        facts = {*conversation.facts}
        of_topic = self._report.topic_facts(conversation.topic) if conversation.topic else []
        said = facts | {*conversation.before} | {fact.id for fact in of_topic if not facts}  # 危房，and then 一共呢
        # 危房多少户, which got a choice, unlike a refusal that only offers what is near
        chosen = not (facts or conversation.refused or conversation.lacking)
        offered = {*conversation.options} if chosen else set[str]()
        fits: list[str] = []
        for fact in self._report.facts.values():
            operands = set(fact.formula.operands) if fact.formula else set()
            reached = said | offered if fact.is_sum else said
            if fact.formula is None or not operands & reached or (not fact.is_sum and facts and not operands & facts):
                continue  # 摊到每座呢, after the income: what was told before it has nothing to do with it
            known = self._matcher.known.get(fact.id, frozenset())
            over = {self._report.facts[operand].counts for operand in fact.formula.operands}
            units = {name for name in names if concepts[name].counts in over | {"元", "比例"}}
            units |= self._one_more(fact, said, names - computing)
            if names - computing - units - self._intents.universal:
                continue  # 有劳动能力的总共多少 names what it asks for
            if "sum" in {concepts[n].computes for n in computing} - {"ratio"} and not fact.is_sum:
                continue  # 总共多少千瓦 asks for no average
            numbers = {n for token in clause.tokens if (n := number_of(token)) is not None and 1 < n < _FEW}
            if fact.is_sum and numbers and len(fact.formula.operands) not in numbers:
                continue  # 两样加起来 isn't the sum of three
            named = numbers or self._one_more(fact, said, names - computing) or clause.mentions
            if not named and self._leaves_out_told(fact, clause, conversation):
                continue
            if names <= known | computing and computing & known and counted <= over:
                fits.append(fact.id)
        return fits[0] if len(fits) == 1 else None
