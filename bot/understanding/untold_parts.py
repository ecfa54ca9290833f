"""光是深度贫困县，脱贫多少人; 以前报销多少: of some, or of a time, that the report doesn't single out."""

from __future__ import annotations

from collections.abc import Sequence

from bot.knowledge.intents import Intents
from bot.knowledge.model import Report
from bot.language.lexicon import Token
from bot.understanding.clause import WHO, WHO_AND_WHERE, Clause, Mention
from bot.understanding.decision import Finding
from bot.understanding.figure_facts import FigureFacts, turns
from bot.understanding.figure_order import stands_before
from bot.understanding.matcher import Matcher
from bot.understanding.query import Query, of_sentence

#: words of a whole, of which something is said and which is counted (搬迁的人)
_WHOLE_OF = 2
#: words by which a clause begins to say what is meant (我指)
_BEGIN = 2
#: what is counted of people, of whom a fact tells of which kind they are
_PEOPLE = "人"
#: things of which each may be asked for
_SEVERAL = 2


class UntoldParts:
    """The step that refuses what was found, where it is asked of a part that the report doesn't tell of."""

    def __init__(self, intents: Intents, matcher: Matcher, figures: FigureFacts, report: Report) -> None:
        self._intents = intents
        self._matcher = matcher
        self._figures = figures
        self._report = report

    def of_part(self, query: Query, found: Finding) -> Finding:
        """光是深度贫困县，脱贫多少人; 超过20%的村有几个; 五个县各有几个: of some that the report doesn't single out."""
        if (
            found.kind not in ("answer", "clarify")
            or found.rule not in ("match", "rivals", "follow_up")
            or found.verdict is not None
        ):
            return found
        said = (query.clause, *query.around)
        for clause in said:
            if "only" not in clause.marks:
                continue
            if self._is_foreign(clause, found):
                return refused(found, "population", clause.text)
        for clause in query.around:
            if self._specifies(clause, query.clause) and found.kind == "answer" and self._is_foreign(clause, found):
                return refused(found, "population", clause.text)
        if len(found.targets) == 1 and (doers := self._counts_others(query.clause, found.targets[0])):
            return refused(found, "population", doers)
        if len(found.targets) == 1 and (some := self._of_some_within(query.clause, found.targets[0])):
            return refused(found, "population", some)
        if len(found.targets) == 1 and (kind := self._narrower(query.clause, found.targets[0])):
            return refused(found, "population", kind)
        if each := self._asks_of_each(query):
            return refused(found, "population", each)
        if then := self._before_now(query.clause):
            return refused(found, "time", then)
        if found.targets and (year := self.only_this_year(query.clause, found.targets)):
            return refused(found, "population", year)
        sentence = () if query.is_claim else (query.clause, *of_sentence(query.clause, query.around))
        for clause in sentence:
            shares = [m for m in clause.mentions if m.figure.is_percent and clause.relations]
            bounded = [id for id in found.targets or found.options if self._bounds(shares, id)]
            if untold := next((m for m in shares if not self._is_told(m, clause.relations)), None):
                return refused(found, "figure", untold.text)  # 发生率高于20%、设施又差的贫困村
            if shares and not bounded:
                return refused(found, "population", clause.text)  # 发生率高于10%的县
        return found

    def _is_foreign(self, clause: Clause, found: Finding) -> bool:
        """Whether something telling is named that nothing found knows of."""
        meant = found.targets or found.options
        foreign = [g for g in clause.concepts if all(not g & self._matcher.known[id] for id in meant)]
        return any(self._matcher.weights[name] > 1 for group in foreign for name in group)

    def _specifies(self, clause: Clause, question: Clause) -> bool:
        """我指巩固提升, behind a question: whether a clause only says of what it is asked, unlike 俺这脑子不好使了."""
        begin = clause.tokens[:_BEGIN]
        me = begin[0].text[0] in self._intents.grammar.me and begin[0].start > question.tokens[-1].start
        means = any(token.values(kind) for token in begin for kind in ("speech", "equals", "correction"))
        says = clause.ask.kind or clause.mentions or clause.guards or clause.unknown or "claim" in clause.marks
        return me and means and not says and bool(clause.concepts)

    def _of_some_within(self, clause: Clause, target: str) -> str:
        """搬迁的人里 of 搬迁的人里贫困人口有多少: the whole, where the fact isn't said to count the kind asked for."""
        at = next((n for n, token in enumerate(clause.tokens) if points_back(token)), 0)
        concepts, counts = self._intents.concepts, self._report.facts[target].counts
        whole = clause.tokens[at - 1].values("concept") if at >= _WHOLE_OF and counts == _PEOPLE else ()
        if not any(concepts[name].counts in WHO for name in whole):
            return ""  # 从山沟沟里挪出来的乡亲
        asked = frozenset(name for token in clause.tokens[at:] for name in token.values("concept"))
        kinds = {n for n in asked if concepts[n].counts == counts and n not in WHO and not concepts[n].verb}
        label = self._intents.lexicon.segment(self._report.facts[target].label)
        said = frozenset(name for token in label for name in token.values("concept"))
        return "".join(token.text for token in clause.tokens[: at + 1]) if kinds and kinds.isdisjoint(said) else ""

    def _counts_others(self, clause: Clause, target: str) -> str:
        """在产业园区上班的 in 在产业园区上班的有多少: those who are counted, where the fact knows nothing of them."""
        tokens = clause.tokens if not clause.ask.explicit else []  # 搵到食嘅有几多户
        for at in range(1, len(tokens) - 1):
            names = frozenset(tokens[at - 1].values("concept"))
            ends = tokens[at].text in self._intents.grammar.possessives and tokens[at + 1].values("contains")
            if ends and names and self._matcher.is_foreign(target, names):
                return "".join(token.text for token in tokens[: at + 1])
        return ""

    def _asks_of_each(self, query: Query) -> str:
        """五个深度贫困县各自 in 五个深度贫困县各自分到几个村: of which each is asked for; "" if nothing of the kind."""
        tokens = query.clause.tokens
        at = next((n for n, token in enumerate(tokens) if self._parts_out(token)), 0)
        begin = next((n for n in range(at - 1, -1, -1) if tokens[n].figure), at)
        mention = next((m for m in query.clause.mentions if m.figure is tokens[begin].figure), None) if at else None
        things = tokens[begin + 1 : at]
        if (
            mention is None
            or query.around
            or mention.figure.value < _SEVERAL
            or mention.unit in self._intents.grammar.kinds
        ):
            return ""
        plain = bool(things) and all(token.values("classifier") or token.values("concept") for token in things)
        return "".join(token.text for token in tokens[begin : at + 1]) if plain else ""

    def _narrower(self, clause: Clause, target: str) -> str:
        """贫困村 of 饮水提升的贫困村有几个: a kind of what the fact counts, of which it doesn't say that they are."""
        counts, concepts, own = self._report.facts[target].counts, self._intents.concepts, self._matcher.fullest[target]
        for token in clause.tokens if counts in WHO_AND_WHERE - WHO and not self._report.facts[target].formula else ():
            names = {name for name in token.values("concept") if concepts[name].counts == counts}
            kinds = names - {counts}
            if kinds and kinds == names and own.isdisjoint(token.values("concept")):
                return token.text
        return ""

    def _before_now(self, clause: Clause) -> str:
        """以前 in 以前报销多少: what says that the time before the report's is asked about; "" where nothing does.

        Unlike 以前喝水难的有几户, which says who is counted.
        """
        tokens, grammar = clause.tokens, self._intents.grammar
        asks = clause.ask.kind == "quantity" and clause.ask.interrogative and not clause.mentions
        describes = any(token.text in grammar.possessives for token in tokens[2:])
        return tokens[0].text if asks and not describes and tokens[0].values("past") else ""

    def only_this_year(self, clause: Clause, targets: Sequence[str]) -> str:
        """今年 in 今年搬了多少人, where the report counts all years together; "" where it doesn't, or both are said."""
        year = next((token.text for token in clause.tokens if token.text in self._intents.grammar.this_year), "")
        over_years = tuple(self._intents.grammar.over_years)
        if not year or any(word in clause.text for word in over_years):
            return ""
        parts = (self._report.facts[id].sentence_part for id in targets)
        return year if all(any(word in part for word in over_years) for part in parts) else ""

    def _parts_out(self, token: Token) -> bool:
        """各, 各自, 分别, unlike 都要."""
        return bool(token.values("distributor")) and token.text.startswith(tuple(self._intents.grammar.parting))

    def _is_told(self, mention: Mention, relations: Sequence[str]) -> bool:
        """Whether the report has the percentage, and draws its line that way: above 10%, not below."""
        return any(not turns(fact, relations) for fact in self._figures.owners(mention))

    def _bounds(self, shares: Sequence[Mention], target: str) -> bool:
        """Whether one of some percentages is, or stands in the report before, what the fact counts."""
        fact = self._report.facts[target]
        of = [self._report.facts[id] for id in fact.formula.operands] if fact.formula else [fact]
        bounds = [owner for share in shares for owner in self._figures.owners(share)]
        return any(bound is told or stands_before(bound, told) for bound in bounds for told in of)


def refused(found: Finding, reason: str, words: str) -> Finding:
    options = found.targets or found.options
    return found._replace(kind="abstain", rule="told", reason=reason, words=(words,), targets=(), options=options,
        confidence=80.0,
    )  # fmt: skip


def points_back(token: Token) -> bool:
    """其中, 里面有: whether a message that begins with it is about some out of what was said."""
    return bool(token.values("within")) or (bool(token.values("contains")) and len(token.text) > 1)
