"""A figure and nothing else (747, 62.04万是什么): which fact has it?"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from decimal import Decimal

from bot.knowledge.intents import Intents
from bot.knowledge.model import Fact, Report
from bot.language.figures import Figure
from bot.language.lexicon import Token
from bot.language.normalise import normalise
from bot.understanding.clause import MONEY, WHO, WHO_AND_WHERE, Clause, Mention
from bot.understanding.decision import Finding
from bot.understanding.figure_facts import FigureFacts, turns
from bot.understanding.judge import MAX_OPTIONS
from bot.understanding.query import STOPS, Query

#: what stands between figures that are to be computed with
_OPERATORS = frozenset("+/÷")
#: how many times as large a figure may be to be that of what was told last, remembered wrongly
_LIKE = 2
#: characters of what asks what a number is (62.04是啥)
_WHAT = 4
#: a number with decimals at the start of a message
_DECIMAL = re.compile(r"\d+\.\d+")
#: unknown characters beside a bare figure that are still taken for chatter
_CHATTER = 8
#: digits from which part of a number that counts nothing (65363056) tells which it is
_TELLING_DIGITS = 7

#: what is left out behind a number with decimals
_SCALES = ("万", "亿", "%")
#: facts offered
_OFFERED = 3
#: units that people ask which of two it is
_UNITS = WHO_AND_WHERE | {"人次"}


class BareFigures:
    """The steps for messages that say a figure and no more."""

    def __init__(self, figures: FigureFacts, report: Report, intents: Intents) -> None:
        grammar = intents.grammar
        self._asks = grammar.asks
        self._particles = grammar.particles
        self._kinds = grammar.kinds
        self._alternatives = grammar.alternatives
        self._figures = figures
        self._by_figure: dict[str, list[str]] = {}
        for fact in report.facts.values():
            plain = intents.cache.get("figures", fact.figure)
            if plain is None:  # at the first start
                plain = normalise(fact.figure)
                intents.cache.put("figures", fact.figure, plain)
            self._by_figure.setdefault(plain, []).append(fact.id)

    def verbatim(self, plain: str) -> Finding | None:
        """A message that is nothing but a fact's figure, number or not: 010-65363056, 三位一体."""
        facts = self._by_figure.get(plain, [])
        number = _DECIMAL.match(plain)
        rest = plain.removeprefix(number[0]) if number else ""
        asks = len(rest) <= _WHAT and self._asks(rest) and not rest.startswith(_SCALES)  # unlike 26.9亿谁出的
        if not facts and number and (not rest or rest in self._particles or asks):
            # 18.15: who types it leaves out 万, 亿 or %.
            large = tuple(f"{number[0]}{scale}" for scale in _SCALES)
            facts = [id for figure, ids in self._by_figure.items() for id in ids if figure.startswith(large)]
        if not facts:
            named = [figure for figure in self._by_figure if "-" in figure and plain.startswith(figure)]
            facts = [id for figure in named for id in self._by_figure[figure] if self._asks(plain.removeprefix(figure))]
        if not facts and plain.isdecimal() and len(plain) >= _TELLING_DIGITS:
            facts = [id for figure, ids in self._by_figure.items() for id in ids if figure.endswith(f"-{plain}")]
        return Finding("answer", "bare_figure", tuple(facts), confidence=97.0) if len(facts) == 1 else None

    def each(self, clauses: Sequence[Clause], told: Sequence[Fact] = ()) -> list[Finding]:
        """4.8亿和3.68亿分别是什么钱: which fact has each of several figures; [] if it isn't that.

        `told`: the facts told last, of which one of two figures (99还是98) may be rather than of any.
        """
        figures = [(clause, mention) for clause in clauses for mention in clause.mentions]
        telling = [
            clause for clause in clauses if clause.mentions or clause.concepts or clause.ask.kind or clause.marks
        ]
        if one := self._computed_of(clauses, figures) or self._one_of(figures, telling) or self._either(clauses, told):
            return [one]
        # 119、124 asks what they are; so does 1743 1020 1090，都是什么的个数, but not 119个有多少户.
        asks = any(clause.ask.kind in ("what", "which", "overview") for clause in clauses)
        asks = asks or self._asks_who_did(clauses)
        asks = asks or all(self._leaves_open_what(clause) for clause in clauses)
        asks = asks and not any(self._asks_of_part(clause) for clause in clauses)
        plain = (self._asks_only_of(c) or self._suits_each(c) or self._heads(c, figures) for c in telling)
        if len(figures) < 2 or not asks or not all(plain):
            return []
        found: list[Finding] = []
        for clause, mention in figures:
            owners = self._figures.owners(mention)
            if len(owners) > 1:
                written = [fact for fact in owners if fact.figure == mention.text]  # 5个, beside 5家
                owners = written or [fact for fact in owners if fact.counts in mention.counts] or owners
            if len(owners) > 1:
                return []
            stated = Finding("answer", "bare_figure", tuple(fact.id for fact in owners), confidence=90.0)
            missing = Finding("abstain", "bare_figure", reason="figure", words=(mention.text,), confidence=90.0)
            found.append((stated if owners else missing)._replace(mention=mention, clause=clause))
        return found if any(finding.kind == "answer" for finding in found) else []

    def reckoned(self, query: Query) -> Finding | None:
        """747的一半是多少: that nothing tells it, where only figures are named and a number of nothing asked for."""
        ask = query.clause.ask
        asks = ask.kind == "quantity" and ask.interrogative and ask.counts is None
        only = self._figures.only_computes(query.clause) and not query.question.context
        if not (asks and only and query.clause.mentions):
            return None
        owners = tuple(dict.fromkeys(f.id for mention in query.mentions for f in self._figures.owners(mention)))
        return Finding("abstain", "bare_figure", reason="unmatched", options=owners[:_OFFERED], confidence=70.0)

    def _computed_of(self, clauses: Sequence[Clause], figures: Sequence[tuple[Clause, Mention]]) -> Finding | None:
        """3.68亿除以62.04万, 316+192: what is computed of the facts that have the figures; None if nothing is."""
        operators = [word for clause in clauses for word in clause.unknown]
        computes = any(clause.concepts or clause.joined_by in _OPERATORS for clause in clauses) or operators
        plain = all(self._figures.computes_of_units(c) and not (c.guards or c.marks & {"claim"}) for c in clauses)
        if len(figures) < 2 or not computes or not plain or not {*operators} <= _OPERATORS:
            return None
        owners = [self._having(mention) for _, mention in figures]
        if any(len(facts) != 1 for facts in owners):
            return None
        ids = tuple(facts[0].id for facts in owners)
        sums = any(self._figures.adds_up(c) or c.joined_by == "+" for c in clauses) or "+" in operators
        of_these = ((f.id, f.formula.operands, f.is_sum) for f in self._figures.computed if f.formula)
        found = [id for id, of, is_sum in of_these if is_sum == sums and (of == ids or (sums and {*of} == {*ids}))]
        if len(found) == 1:
            return Finding("answer", "bare_figure", (found[0],), confidence=89.0)
        asks = {c.ask.kind for c in clauses if c.ask.kind} == {"quantity"}
        return Finding("abstain", "bare_figure", reason="unmatched", options=ids, confidence=75.0) if asks else None

    def _one_of(self, figures: Sequence[tuple[Clause, Mention]], telling: Sequence[Clause]) -> Finding | None:
        """3.86和3.68，究竟是哪一个: the one of several figures that the report has; None if it isn't that."""
        chooses = any(clause.ask.kind == "which" for clause in telling)
        chooses = chooses or any(token.text in self._alternatives for clause in telling for token in clause.tokens)
        compares = any(token.values("compare") for clause in telling for token in clause.tokens)
        if len(figures) < 2 or not chooses or compares or not all(self._asks_only_of(clause) for clause in telling):
            return None
        owners = [self._having(mention) for _, mention in figures]
        owners = [
            facts or [f for f in self._figures.computed if self._figures.rounds_to(f, mention)]
            for facts, (_, mention) in zip(owners, figures, strict=True)
        ]
        found = [n for n, facts in enumerate(owners) if facts]
        if len(found) != 1 or len(owners[found[0]]) != 1:
            return None
        clause, mention = figures[found[0]]
        ids = (owners[found[0]][0].id,)
        return Finding("answer", "bare_figure", ids, confidence=90.0, mention=mention, clause=clause)

    def _either(self, clauses: Sequence[Clause], told: Sequence[Fact]) -> Finding | None:
        """774还是747, and nothing else: the one of them that one fact has."""
        (clause,) = clauses if len(clauses) == 1 else (None,)
        if clause is None or clause.concepts or clause.guards or clause.unknown or clause.mentions:
            return None
        said = {token.figure.value for token in clause.tokens if token.figure and token.figure.value > 1}
        if any(f.value and f.value <= value * _LIKE and value <= f.value * _LIKE for f in told for value in said):
            return None
        owners = [fact for fact in self._figures.stated if fact.value in said and fact.unit != "%"]
        plain = any(token.text in self._alternatives for token in clause.tokens) and len(said) > 1
        if not plain or len(owners) != 1:
            return None
        return Finding("answer", "bare_figure", (owners[0].id,), confidence=90.0, clause=clause)

    @staticmethod
    def _asks_of_part(clause: Clause) -> bool:
        """惠及的46.68万人里贫困人口有几万: whether a number is asked for of those whose figure is told."""
        within = any(token.values("within") for token in clause.tokens)
        return bool(clause.mentions) and clause.ask.kind == "quantity" and within

    def _asks_who_did(self, clauses: Sequence[Clause]) -> bool:
        """6.07万和9.1万这两个人数各是谁带动的: whether it asks who did what is counted, and names no thing."""
        asking = next((clause for clause in clauses if clause.ask.kind == "who"), None)
        owners = [self._figures.owners(mention) for clause in clauses for mention in clause.mentions]
        return asking is not None and all(
            len(facts) == 1 and facts[0].counts in WHO and self._figures.names_only_deeds(asking, facts[0])
            for facts in owners
        )

    def _suits_each(self, clause: Clause) -> bool:
        """饮水那段618个村: whether what is said beside the figures of a clause suits whose they are."""
        owners = [(mention, self._figures.owners(mention)) for mention in clause.mentions]
        plain = not (clause.guards or clause.unknown or "claim" in clause.marks)
        return (
            plain
            and bool(owners)
            and all(any(self._figures.suits(fact, clause, mention) for fact in facts) for mention, facts in owners)
        )

    def _heads(self, clause: Clause, figures: Sequence[tuple[Clause, Mention]]) -> bool:
        """安全饮水那块，33和1912分别是什么: whether a clause only says of what topic all of the figures are."""
        says = clause.mentions or clause.guards or clause.unknown or clause.ask.kind or "claim" in clause.marks
        owners = [self._figures.owners(mention) for _, mention in figures]
        return not says and all(
            any(self._figures.suits(fact, clause, mention) for fact in facts)
            for facts, (_, mention) in zip(owners, figures, strict=True)
        )

    def _leaves_open_what(self, clause: Clause) -> bool:
        """Whether a clause neither asks for a number nor says what its figures are."""
        asks = clause.ask.kind and clause.ask.interrogative
        return not (asks or clause.tells or any(token.values("equals") for token in clause.tokens))

    def _asks_only_of(self, clause: Clause) -> bool:
        """Whether a clause says no more than figures, their units, and the question what they are."""
        asking = {token.text for token in clause.tokens if token.values("ask")}
        guarded = any(word not in asking for _, word in clause.guards)
        units = frozenset().union(*(mention.counts for mention in clause.mentions))
        told = Mention(Figure(0, 0, Decimal(0), False, Decimal(1)), "", units, "")
        return not (guarded or clause.unknown or "claim" in clause.marks) and self._figures.is_plain(clause, told)

    def _chooses(self, clause: Clause) -> bool:
        """4.8亿是投资还是收益, 9.1万人算在企业头上还是主体头上: asks which of the two has a figure."""
        at = next((n for n, token in enumerate(clause.tokens) if token.text in self._alternatives), 0)
        first = next((token for token in clause.tokens if not token.values("filler")), None)
        begins = first is not None and first.figure is not None
        return bool(at) and (begins or (bool(clause.mentions) and chooses_unit(clause.tokens, self._alternatives)))

    def _is_done_by(self, clause: Clause, mention: Mention) -> bool:
        """谁带动了9.1万人, 带动17989户的是谁: whether it asks who does what one fact counts, and names no thing."""
        owners = self._figures.owners(mention) or self._figures.nearly(clause, mention)
        if len(owners) != 1 or owners[0].counts not in WHO:
            return False
        deeds = any(group.isdisjoint(mention.counts) for group in clause.concepts)  # unlike 1912户是哪几个村的
        return deeds and self._figures.names_only_deeds(clause, owners[0])

    def _having(self, mention: Mention) -> list[Fact]:
        """The facts that have a figure, or of which it leaves out 万, 亿 or %."""
        return self._figures.owners(mention) or self._left_short(mention)

    def _left_short(self, mention: Mention) -> list[Fact]:
        """九十九点五: the facts of which a number with decimals leaves out 万, 亿 or %."""
        value = mention.figure.value
        if value == value.to_integral_value():
            return []
        large = tuple(f"{value}{scale}" for scale in _SCALES)
        return [fact for fact in self._figures.stated if normalise(fact.figure).startswith(large)]

    def _asks_of_each(self, clause: Clause, mention: Mention, owners: Sequence[Fact]) -> bool:
        """33个村是哪些, 18个专班分别是什么, 26.9亿是谁投的: whether those counted are to be named, or who paid."""
        ask, counts = clause.ask.kind, {fact.counts for fact in owners}
        if ask == "who":
            return counts == {MONEY} and clause.tells
        counted = mention.unit and clause.concepts and not any(fact.members for fact in owners)
        places = ask == "which" and counts <= WHO_AND_WHERE - WHO
        kinds = any(token.values("ask") and token.text[-1] in self._kinds for token in clause.tokens)
        return bool(counted) and not kinds and (places or (ask in ("what", "which") and "distributor" in clause.marks))

    def chosen(self, query: Query) -> Finding | None:
        """Which of two has a figure; None if that isn't asked."""
        if one := self._in_one_of_units(query.clause):
            return one
        return self.find(query) if self._chooses(query.clause) else None

    def _in_one_of_units(self, clause: Clause) -> Finding | None:
        """旅游带动的是17989户还是17989人: the fact that has the figure, whatever it counts; None if it isn't that."""
        figures = [token.figure for token in clause.tokens if token.figure]
        chooses = any(token.text in self._alternatives for token in clause.tokens)
        if not chooses or len(figures) < 2 or len({figure.value for figure in figures}) > 1 or clause.guards:
            return None
        owners = [fact for fact in self._figures.stated if fact.value == figures[0].value]
        if len(owners) != 1 or not self._figures.suits_but_for_units(owners[0], clause):
            return None
        return Finding("answer", "bare_figure", (owners[0].id,), confidence=90.0)

    def of_choice(self, clauses: Sequence[Clause]) -> Finding | None:
        """带动6.07万人的是龙头企业还是新型主体: the fact that has the figure, of several that it may be.

        None if that isn't asked, or the report has no such figure.
        """
        tokens = [token for clause in clauses for token in clause.tokens]
        mentions = [mention for clause in clauses for mention in clause.mentions]
        at = next((n for n, token in enumerate(tokens) if token.figure), len(tokens))
        equals = next((n for n, token in enumerate(tokens) if n > at and token.values("equals")), len(tokens))
        others = tokens[equals + 1 :]
        chooses = any(token.text in self._alternatives for token in others)
        says_more = any(c.guards or (c.ask.kind and c.ask.interrogative) or "claim" in c.marks for c in clauses)
        if len(mentions) != 1 or not chooses or says_more or any(c.joined_by in STOPS for c in clauses[1:]):
            return None
        before, behind = _naming(tokens[:equals]), _naming(others)
        plain = at + 1 < len(tokens) and bool(tokens[at + 1].values("classifier"))
        counted = mentions[0]._replace(counts=frozenset()) if plain else mentions[0]  # 124个是安置项目还是产业园区
        owners = self._figures.owners(counted) or self._figures.nearly(before, counted)
        owners = owners or [fact for fact in self._figures.computed if self._figures.rounds_to(fact, counted)]
        owners = [fact for fact in owners if self._figures.suits(fact, before, mentions[0])]
        if len(owners) != 1 or not self._figures.names_of(owners[0], behind):
            return None
        return Finding("answer", "bare_figure", (owners[0].id,), confidence=90.0, mention=mentions[0])

    def find(self, query: Query) -> Finding | None:
        """A figure, and no more than the question what it is: which fact has it?"""
        clause, mentions, ask = query.clause, query.mentions, query.clause.ask
        if not mentions or len({m.figure.value for m in mentions}) > 1 or query.is_claim:
            return None
        asking = {token.text for token in clause.tokens if token.values("ask")}
        between = self._chooses(clause) and any(token.values("equals") for token in clause.tokens[1:4])
        if any(word not in asking for _, word in clause.guards) and not between:
            return None  # but 3.68亿是干啥的钱
        if "none" in clause.marks or any(c.guards or (c.concepts and not c.mentions) for c in query.around):
            return None
        if any(self._figures.divides(c) for c in query.around):
            return None  # 26.9亿摊到每个项目头上，是多少钱
        mention = max(mentions, key=lambda m: bool(m.counts))
        if mention.unit in self._kinds and mention not in clause.mentions:
            return None  # 四种危房，跟另外那拨比
        first = next((t for t in clause.tokens if not t.values("filler")), None)
        begins = (
            first is not None and first.figure is not None and any(t.values("equals") for t in clause.tokens[1:3])
        )  # 9.1万是谁带动的
        means = any(token.values("equals") for token in clause.tokens) and not clause.tells  # 3.11万户指谁
        done_by = ask.kind in ("who", "which") and self._is_done_by(clause, mention)
        means = means or (ask.kind == "who" and begins) or done_by
        kinds = any(t.values("ask") and t.text[-1] in self._kinds for t in clause.tokens)
        means = means or (begins and ask.kind == "which" and kinds)  # 4795户是哪一类危房
        at = clause.place_of(mention) or 0
        if ask.kind == "which" and at and (clause.tokens[at - 1].is_unknown or clause.tokens[at - 1].values("ask")):
            return None  # 系边五家 asks for their names
        others = WHO_AND_WHERE - mention.counts if mention.unit else frozenset[str]()
        if ask.kind == "which" and not clause.concept_names.isdisjoint(others):
            return None  # 1912户是哪几个村的
        chooses = self._chooses(clause)
        if ask.kind == "where" and any(token.values("locates") for token in clause.tokens):
            return None  # 124个产业园建在哪, unlike 26.9亿砸到哪儿了
        if ask.kind in ("why", "when", "name") or (ask.kind in ("who", "which") and not means):
            return None  # 5个县是哪几个 asks for their names
        if ask.kind == "quantity" and mention.unit:
            return None  # 1912户有多少人 asks for people
        if ask.kind == "quantity" and ask.interrogative and (clause.unknown or clause.concepts):
            return None  # 3.68亿救助资金里中央出了多少
        if sum(len(word) for word in clause.unknown) > _CHATTER:
            return None
        owners = [
            fact for fact in self._figures.owners(mention) if chooses or self._figures.suits(fact, clause, mention)
        ]
        if chooses and len(owners) > 1:
            owners = [fact for fact in owners if self._figures.names_of(fact, clause)] or owners
        if not owners and self._figures.is_plain(clause, mention):
            owners = [fact for fact in self._figures.computed if self._figures.rounds_to(fact, mention)]
        plain = self._figures.is_plain(clause, mention)
        if not owners and plain and not mention.unit:
            owners = self._left_short(mention)
        if not owners and (plain or chooses or done_by):
            owners = self._figures.nearly(clause, mention)
            turned = clause.relations or any(token.values("not") for token in clause.tokens)  # 不到62万
            owners = owners or (self._figures.rounded(mention) if plain and not turned else [])
            if not owners and plain:
                words = (mention.text,)
                return Finding("abstain", "bare_figure", reason="figure", words=words, confidence=90.0, mention=mention)
        if not owners and ask.kind == "where":  # 26.9亿是哪来的: the money, not the report
            paid = tuple(fact.id for fact in self._figures.owners(mention) if fact.counts == MONEY)
            return Finding("abstain", "kind", reason="unmatched", options=paid, confidence=80.0) if paid else None
        ids = tuple(fact.id for fact in owners)
        if ids and self._asks_of_each(clause, mention, owners):
            reason = "who" if ask.kind == "who" else "which"
            return Finding("abstain", "kind", reason=reason, options=ids[:_OFFERED], confidence=80.0)
        if any(turns(fact, query.relations) for fact in owners):
            words = (clause.text,)  # 低于10%的呢
            return Finding("abstain", "bare_figure", options=ids, reason="population", words=words, confidence=80.0)
        if len(ids) == 1:
            return Finding("answer", "bare_figure", ids, confidence=97.0, mention=mention)
        if ids:
            return Finding("clarify", "bare_figure", options=ids[:MAX_OPTIONS], confidence=80.0, mention=mention)
        return None


def chooses_unit(tokens: Sequence[Token], alternatives: Collection[str]) -> bool:
    """户还是人: whether one of two units is asked for; `alternatives` are the words for 还是."""
    at = next((n for n, token in enumerate(tokens) if token.text in alternatives), len(tokens))
    return 0 < at < len(tokens) - 1 and all(_UNITS & {*tokens[n].values("concept")} for n in (at - 1, at + 1))


def _naming(tokens: Sequence[Token]) -> Clause:
    """Some tokens of a message, as a clause of what they name."""
    return Clause(list(tokens), concepts=[frozenset(names) for token in tokens if (names := token.values("concept"))])
