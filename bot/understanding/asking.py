"""Which clauses of a message ask something, and what each asks for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.knowledge.intents import Intents
from bot.knowledge.model import Report
from bot.language.normalise import SEPARATOR
from bot.understanding.bare_figure import chooses_unit
from bot.understanding.clause import SHARE, UNCOUNTABLE, Ask, Clause
from bot.understanding.coordinate import Coordination
from bot.understanding.figure_claims import FigureClaims
from bot.understanding.query import LONG_STORY, OFF_TOPIC, STOPS, counted_by
from bot.understanding.short_questions import asks_whether, describes_thing

#: concepts of a clause that only names a measure
_MEASURE = 3


class Asking:
    """Tells questions from what is said around them."""

    def __init__(
        self,
        intents: Intents,
        report: Report,
        claims: FigureClaims,
        coordination: Coordination,
    ) -> None:
        self._intents = intents
        self._report = report
        self._claims = claims
        self._coordination = coordination

    def clauses(self, clauses: Sequence[Clause]) -> list[Clause]:
        """The clauses that ask something; after a question, an ellipsis (…，按时完成没 / …和资金) asks as well."""
        # 是否按期完成 asks, and claims nothing.
        reaches = self._intents.grammar.reaches
        claimed = any("claim" in c.marks and (c.mentions or c.tokens[0].text not in reaches) for c in clauses)
        # 四包又包啥: a word of the report's things may hold the question word.
        beside = any(c.ask.kind for c in clauses)
        asks = [bool(c.ask.kind) or (self._named_by_question(c, beside=beside) and not claimed) for c in clauses]
        asked = any(asks)
        asking = [
            c
            for n, (c, word) in enumerate(zip(clauses, asks, strict=True))
            if (word and (c.has_content or _counts_the_unnamed(clauses, n)))
            or (self._is_question(c) and not claimed)
            or (asked and self._asks_of_unknown(c))
            or self._asks_behind_claim(clauses, n)
        ]
        if any(c.ask.interrogative for c in asking if c.ask.kind):
            # 就差一个数：搬迁了多少人: a number is spoken of, and asked for only then.
            asking = [
                c
                for c in asking
                if c.ask.interrogative
                or (c.tells and not c.mentions and c.tokens[0].text not in self._intents.grammar.by)
                or c.is_elliptical
                or self._coordination.joins(c)
                or self._is_joined_unit(c, clauses)
            ]
        if sum(len(c.text) for c in clauses) > LONG_STORY:
            led_in = next((n for n in range(len(clauses) - 1, 0, -1) if "lead_in" in clauses[n].marks), 0)
            asking = [c for c in asking if clauses.index(c) >= led_in] or asking
        asking = asking or [c for c in clauses if c.ask.kind][:1] or self._several_whether(clauses)
        if not asking:
            return []
        of_next = [c for c, following in pairwise(clauses) if self._says_of_what(c, following)]
        again = [following for c, following in pairwise(clauses) if c in asking and self._asks_again(c, following)]
        asking = [c for c in asking if c not in (*of_next, *again)]
        first, last = clauses.index(asking[0]), clauses.index(asking[-1])
        # 座数、总装机、平均一座多大，三个数一起: of a list, the measures are asked for as well.
        counted = UNCOUNTABLE if any("distributor" in c.marks for c in clauses) else frozenset({SHARE})
        lists = _only_lists(asking)
        names = all(c.ask.kind == "name" for c in asking)
        distributes = any("distributor" in c.marks for c in asking)
        return [
            c
            for n, c in enumerate(clauses)
            if c not in of_next
            and (
                c in asking
                or self._claims_first(c, clauses[n + 1 : n + 2])
                or (n > first and self._asks_on(c, counted if n < last else None))
                or (not claimed and self._asks_apart(c, clauses[n + 1 : n + 2], is_first=n == 0))
                or (n > first and (lists or _only_lists(clauses[n - 1 : n])) and self._is_measure(c))
                or (n > first and distributes and self._only_computes(c, "sum"))
                or (n > first and lists and self._only_computes(c, "ratio"))  # 座数、装机、每座平均
                or (n > first and names and self._adds_thing(c))  # 网站名称和联系电话
            )
        ]

    def _asks_behind_claim(self, clauses: Sequence[Clause], at: int) -> bool:
        """入住率呢 in 搬了十万人吧，入住率呢: whether, behind a claim, another thing is asked for by its name."""
        clause, before = clauses[at], clauses[:at]
        claimed = any("claim" in c.marks and c.mentions and c.tells for c in before)
        names = clause.tells and not (clause.mentions or clause.guards or "claim" in clause.marks)
        return claimed and names and clause.is_elliptical and clause.tokens[-1].text in self._intents.grammar.about

    def _adds_thing(self, clause: Clause) -> bool:
        """和联系电话: whether 和 adds what it names, and nothing is said of it."""
        ends = bool(clause.tokens) and bool(clause.tokens[-1].values("concept"))
        return self._coordination.joins(clause) and clause.tells and ends

    def _only_computes(self, clause: Clause, what: str) -> bool:
        """并求合计 behind what is asked of each: whether nothing is named but that, and the things it is of."""
        concepts = self._intents.concepts
        computes = all(any(concepts[name].computes == what for name in group) for group in clause.concepts)
        denied = any(word in clause.text for word in self._intents.grammar.denying)  # 不用加总
        ends = clause.concepts and clause.tokens[-1].values("concept")  # 麻烦一次给全
        return bool(ends) and computes and not (denied or clause.guards or clause.mentions)

    def _several_whether(self, clauses: Sequence[Clause]) -> list[Clause]:
        """危房改完了没，娃还有没有念不上书的: the clauses that each ask whether something is so; [] if one."""
        asking = [c for c in clauses if self._asks_apart(c, (), is_first=True)]
        return asking if len(asking) > 1 else []

    def _is_joined_unit(self, clause: Clause, clauses: Sequence[Clause]) -> bool:
        """户数 in 户数和人数各多少: whether a measure stands before another that 和 joins to it."""
        behind = clauses[clauses.index(clause) + 1 :][:1]
        return clause.only_asks and bool(behind) and self._coordination.joins(behind[0]) and behind[0].only_asks

    def _says_of_what(self, clause: Clause, following: Clause) -> bool:
        """新型经营主体呢，带了多少人: whether it only says of what the next clause asks, which names nothing itself."""
        about = clause.is_elliptical and not clause.ask.kind and clause.tokens[-1].text in self._intents.grammar.about
        named = (self._intents.concepts[name] for name in following.concept_names)
        asks = following.ask.kind == "quantity" and not any(
            c.weight is None and not (c.verb or c.counts) for c in named
        )
        return about and asks and following.joined_by == SEPARATOR

    @staticmethod
    def _asks_again(clause: Clause, following: Clause) -> bool:
        """易地搬迁的总户数，是多少户: whether the next clause only asks for the measure that one ends with."""
        measure, asked = clause.ask, following.ask
        names = measure.kind == "quantity" and measure.explicit and not measure.interrogative and clause.tells
        same = asked.kind == "quantity" and asked.counts == measure.counts and following.only_asks
        ends = bool(clause.tokens) and bool(clause.tokens[-1].values("quantity"))
        return names and ends and same and following.joined_by == SEPARATOR

    @staticmethod
    def _claims_first(clause: Clause, following: Sequence[Clause]) -> bool:
        """出列747个村没错吧？那还剩几个, 危房都改好了吧？一共几户: whether a claim is asked before a question."""
        claims = clause.is_question and "claim" in clause.marks and clause.tells
        return bool(claims and following and following[0].joined_by in STOPS)

    def _asks_apart(self, clause: Clause, following: Sequence[Clause], *, is_first: bool) -> bool:
        """…；住进新房的比例；顺便再问下总装机, 还有没有辍学的: a part of its own that asks without question word."""
        if not clause.concepts or clause.mentions or clause.guards or clause.ask.kind:
            return False
        whether = any(token.text in self._intents.grammar.reaches for token in clause.tokens)
        whether = whether or (clause.is_elliptical and asks_whether(clause, self._intents.grammar))
        led_in = bool(clause.tokens) and any(token.values("lead_in") for token in clause.tokens[:2])
        apart = (clause.joined_by in STOPS and not _is_subject(clause, following)) or led_in
        return clause.tells and (whether or (apart and not is_first and self._is_measure(clause)))

    def _is_measure(self, clause: Clause) -> bool:
        """装机 in 电站数、装机、收益: a thing counted, and nothing said of it."""
        if clause.mentions or clause.guards or clause.unknown or clause.ask.kind or clause.marks & {"claim", "only"}:
            return False
        named = [self._intents.concepts[name] for name in (clause.concepts[-1] if clause.concepts else ())]
        counted = any(concept.counts and not concept.verb for concept in named)
        return counted and clause.tells and len(clause.concepts) <= _MEASURE

    def _named_by_question(self, clause: Clause, *, beside: bool) -> bool:
        """Whether a word of the report's things holds the question word; `beside` others, it may be the only one."""
        asking = [t for t in clause.tokens if t.values("concept") and self._intents.grammar.asks(t.text)]
        if beside and len(clause.concepts) == 1:
            return any(not self._intents.grammar.asks_number(t.text) for t in asking)  # 挂在哪个网上, not 报多少
        return len(clause.concepts) > 1 and bool(asking)

    def _asks_of_unknown(self, clause: Clause) -> bool:
        """一年发多少度电, 门诊报多少: whether a question of what isn't told has no question word to itself."""
        held = any(word in token.text for token in clause.tokens for word in self._intents.grammar.how_many)
        return held and bool(clause.guards) and not clause.ask.kind

    @staticmethod
    def _is_question(clause: Clause) -> bool:
        """国家级示范点？ asks by its question mark alone."""
        return clause.is_question and clause.tells and "claim" not in clause.marks and not clause.mentions

    def _asks_on(self, clause: Clause, listed: frozenset[str] | None) -> bool:
        if not clause.concepts or "claim" in clause.marks:
            return False
        # 安置项目数、入住率、园区数: between two that are asked for, a measure is asked for as well.
        counted = counted_by(clause, self._intents)
        measure = self._coordination.joins(clause) if listed is None else bool(counted & listed)
        return clause.is_elliptical or (measure and bool(counted))

    def asked_by(self, clause: Clause, around: Sequence[Clause], asking: Sequence[Clause]) -> Ask:
        """What a clause asks for, guessed from the clauses around it where it doesn't say."""
        ask = clause.ask if clause.ask.kind else self._implied(clause, asking)
        if ask.kind != "quantity" or ask.counts is not None:
            return ask
        # 穷得最深的那种县，抓的是几个: counted is what the clause before names last …
        counts = counted_by(around[-1], self._intents) if around else frozenset[str]()
        if not clause.is_elliptical and self._ends_in_thing(clause):
            counts = counted_by(clause, self._intents)  # … or 给穷人谋福利的那种电站 建了多少个, read as one
            counts = counts.difference(*(mention.counts for mention in clause.mentions))
        return ask._replace(counts=counts - (frozenset() if ask.uncounted else UNCOUNTABLE) or None)

    def _ends_in_thing(self, clause: Clause) -> bool:
        """Whether what is named last and counted is a thing, and not what is done."""
        concepts = self._intents.concepts
        counted = [group for group in clause.concepts if any(concepts[name].counts for name in group)]
        return bool(counted) and not any(concepts[name].verb for name in counted[-1])

    def _implied(self, clause: Clause, asking: Sequence[Clause]) -> Ask:
        """What …和资金 asks after a question: the amount of what it names."""
        counts = counted_by(clause, self._intents)
        lists = self._coordination.joins(clause) or _only_lists(asking)
        return Ask("quantity", counts) if counts and len(asking) > 1 and lists else clause.ask

    def tells(self, clauses: Sequence[Clause]) -> bool:
        """80家龙头企业带动了9.1万贫困人口: whether a message that asks nothing tells a figure, or what something is."""
        tokens = [token for clause in clauses for token in clause.tokens]
        concepts = self._intents.concepts
        asks = any(token.values("quantity") or token.values("ask") for token in tokens)
        asks = asks or any(clause.has_question_word for clause in clauses)
        chooses = any(token.text in self._intents.grammar.alternatives for token in tokens)
        asks = asks or (chooses and bool(tokens) and tokens[0].figure is not None)  # 4.8亿是投资还是收益
        asks = asks or chooses_unit(tokens, self._intents.grammar.alternatives)
        computes = any(concepts[name].computes for clause in clauses for name in clause.concept_names)
        off_topic = any(reason == OFF_TOPIC for clause in clauses for reason, _ in clause.guards)
        if asks or computes or off_topic or describes_thing(tokens, self._intents):
            return False
        text = "".join(clause.stated for clause in clauses)
        denies = any(fact.answers and fact.is_denied_by(text) for fact in self._report.facts.values())
        tells = denies or any(clause.mentions for clause in clauses) or any(t.values("equals") for t in tokens)
        return tells and any(clause.tells for clause in clauses)


def _is_subject(clause: Clause, following: Sequence[Clause]) -> bool:
    """…。张家口那些就了业的贫困户，平均挣多少: whether it only says of what the rest of its sentence asks."""
    asks = any(c.joined_by == SEPARATOR and c.ask.kind and c.ask.interrogative for c in following)
    return asks and not clause.is_question


def _only_lists(asking: Sequence[Clause]) -> bool:
    """项目数、总投资额: whether nothing is asked but by naming measures."""
    asked = [clause.ask for clause in asking if clause.ask.kind]
    return all(ask.counts and not ask.interrogative for ask in asked)


def _counts_the_unnamed(clauses: Sequence[Clause], at: int) -> bool:
    """有多少个 of 深度贫困县有哪些，有多少个: which they are isn't told, how many there are is."""
    asked, before = clauses[at], clauses[at - 1] if at else None
    counts = asked.ask.kind == "quantity" and asked.ask.interrogative and "distributor" not in asked.marks
    if not counts or before is None or before.ask.kind not in ("which", "name"):
        return False
    # 除了深度贫困村，还有哪些村
    return len(before.joined_by) <= 1 and not any("except" in clause.marks for clause in clauses)
