"""Several figures in one statement (80家企业带动3.11万户6.07万人): does each belong to what it is said of?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.knowledge.intents import Intents
from bot.knowledge.model import Fact, Report
from bot.language.lexicon import Token
from bot.understanding.clause import UNCOUNTABLE, WHO, WHO_AND_WHERE, Clause, Mention
from bot.understanding.decision import Finding
from bot.understanding.figure_facts import FigureFacts, tells_rest, turns
from bot.understanding.figure_order import has_other_doer, stands_before, told_as_one, told_instead
from bot.understanding.matcher import Matcher
from bot.understanding.query import Query

#: kinds of word by which a figure isn't said as it is told
_TURNING = ("not", "none", "undone", "undone_next", "relation", "compare", "versus", "many", "quantity", "ask")
#: figures that are said to belong together where nothing parts them
_PAIR = 2
#: words behind a figure and what it counts, among which 里面 stands
_UNIT = 3


class FiguresTogether:
    """Holds figures that are said to belong together against the facts that have them."""

    def __init__(self, intents: Intents, matcher: Matcher, figures: FigureFacts, report: Report) -> None:
        self._intents = intents
        self._matcher = matcher
        self._figures = figures
        self._report = report

    def all_told(self, clause: Clause) -> list[Finding]:
        """975个电站装机130万千瓦: each figure, where the report tells all of them so, and all words beside; else []."""
        if clause.guards or any(token.values(kind) for token in clause.tokens for kind in _TURNING):
            return []
        owned = [self._figures.owners(mention) for mention in clause.mentions]
        if any(len(owners) != 1 for owners in owned):
            return []
        facts = [owners[0] for owners in owned]
        known = frozenset[str]().union(*(self._matcher.known.get(fact.id, frozenset()) for fact in facts))
        told = all(group & known for group in clause.concepts) and all(map(self._belong, facts, facts[1:]))
        if not told or any(fact.is_denied_by(clause.stated) for fact in facts):
            return []
        return [
            Finding("answer", "claim", (fact.id,), confidence=90.0, verdict=True, mention=mention)
            for fact, mention in zip(facts, clause.mentions, strict=True)
        ]

    def told_in_order(self, clause: Clause, found: Sequence[Finding | None]) -> list[Finding | None]:
        """1020个主体带动17989户: what is found, where a figure that seemed another fact's is right of its own.

        The report tells it of what is named behind it, in the same sentence before the next, and none other of that.
        """
        return [
            self._of_its_own(clause, one, other) if one and other else one
            for one, other in zip(found, [*found, None][1:], strict=True)
        ]

    def _of_its_own(self, clause: Clause, found: Finding, behind: Finding) -> Finding:
        seemed = found.verdict is False and len(found.targets) == _PAIR and behind.verdict
        begin, end = (clause.place_of(f.mention) if f.mention else None for f in (found, behind))
        if not seemed or begin is None or end is None:
            return found
        own, then = self._report.facts[found.targets[1]], self._report.facts[behind.targets[0]]
        names = [frozenset(token.values("concept")) for token in clause.tokens[begin + 1 : end]]
        things = [group for group in names if group][:1]  # what stands right behind the figure
        told = (
            any(map(self._matcher.names_what_is_counted, things))
            and self._matcher.knows(own.id, things)
            and stands_before(own, then)
        )
        if not told or told_instead(own, then, self._figures.stated):
            return found
        return found._replace(targets=(own.id,), verdict=True)

    def _belong(self, one: Fact, other: Fact) -> bool:
        """Whether two figures are told as one, or the other as a part of the one (25.6万人…就业18.15万人)."""
        return told_as_one(one, other) or self._report.wholes.get(other.id) == one.id

    def stated(self, query: Query, mention: Mention) -> Finding | None:
        """80家企业带动3.11万户6.07万人: of several figures, one that the fact it is said of has."""
        if self._figures.is_negated(query.clause, mention):
            return None
        alike, beside = self._said_beside(query.clause, mention)
        owners = [fact for fact in self._figures.owners(mention) if self._matcher.knows(fact.id, beside)]
        owners = [fact for fact in owners if not tells_rest(fact, query.clause, mention)]
        if len(owners) == 1 and turns(owners[0], query.relations):
            return Finding("answer", "claim", (owners[0].id,), confidence=80.0, verdict=False, mention=mention)
        if len(owners) == 1 and (mistaken := self._told_of_another(owners[0], query.clause, mention)):
            return mistaken
        if len(owners) == 1 and not (alike or self._is_told_with(owners[0], query.clause, mention)):
            return None
        if len(owners) == 1:
            return Finding("answer", "claim", (owners[0].id,), confidence=90.0, verdict=True, mention=mention)
        # 316个是非贫困村，192个是贫困村: the figures are right, but each is said of the other's.
        others = [
            fact for other in query.clause.mentions if other is not mention for fact in self._figures.owners(other)
        ]
        # 救助62.04万人次花了3.68亿元: an amount is none of those who were helped.
        swapped = [
            fact for fact in others if self._matcher.knows(fact.id, beside) and self._figures.same_unit(fact, mention)
        ]
        if not alike or owners or len(swapped) != 1 or not self._figures.owners(mention):
            return None
        return Finding("answer", "claim", (swapped[0].id,), confidence=80.0, verdict=False, mention=mention)

    def untold(self, clause: Clause, found: Sequence[Finding]) -> bool:
        """26.9亿元投了975个电站: whether of figures that are all right two are related as the report doesn't.

        It doesn't relate figures of different sentences, nor by a deed that it tells of neither, nor an amount by what
        isn't done with it, nor what is done by others (1090个项目带动6.07万人, whom the enterprises help).
        """
        each = [(f.mention, self._report.facts[f.targets[0]]) for f in found if f.mention and f.verdict]
        if len(each) < len(found):
            return False
        return any(self._is_related_otherwise(clause, one, other) for one, other in pairwise(each))

    def holds_other(self, clause: Clause) -> list[str]:
        """9754户包括4795户, 98157人来自747个村: the facts of figures one of which is said to be of the other.

        [] where the report says that it is, where nothing is said to be, or where one of the figures isn't told.
        """
        includes = any(word in clause.text for word in self._intents.grammar.includes)
        for first, second in pairwise(clause.mentions):
            owners = [self._figures.owners(first), self._figures.owners(second)]
            within = self._is_within(clause, first) and second.figure.value <= first.figure.value
            if not (includes or within or self._is_within(clause, second)) or not all(owners):
                continue
            pairs = [(fact, other) for fact in owners[0] for other in owners[1]]
            if not any(self._is_part(fact, other, named=includes) for fact, other in pairs):
                return [fact.id for facts in owners for fact in facts[:1]]
        return []

    def _is_within(self, clause: Clause, mention: Mention) -> bool:
        """9754户里有4795户, 4212人在46.68万人里面: whether something is said to be within what a figure counts."""
        at = clause.place_of(mention)
        behind = clause.tokens[at + 1 : at + 1 + _UNIT] if at is not None else []
        return any(token.values("within") or (token.values("contains") and len(token.text) > 1) for token in behind)

    def _is_part(self, fact: Fact, other: Fact, *, named: bool) -> bool:
        """Whether the report tells one figure as a part of the other; `named`: 包括 says so, rather than 里."""
        for whole in self._figures.computed:
            parts = whole.formula.operands if whole.formula and whole.is_sum else ()
            if {fact.id, other.id} & {whole.id} and {fact.id, other.id} & {*parts}:
                return True
        wholes = self._report.wholes
        together = told_as_one(fact, other) or told_as_one(other, fact)
        people = {fact.counts, other.counts} == WHO  # 4212人来自1912户
        return (
            wholes.get(other.id) == fact.id or wholes.get(fact.id) == other.id or (together and (people or not named))
        )

    def _is_related_otherwise(self, clause: Clause, one: tuple[Mention, Fact], other: tuple[Mention, Fact]) -> bool:
        (first, fact), (second, then) = one, other
        between = clause.between(first, second)
        named = [frozenset(token.values("concept")) for token in between if token.values("concept")]
        amount = fact.counts in UNCOUNTABLE and then.counts not in UNCOUNTABLE
        deeds = [names for names in named if self._is_deed(names)] or (named[:1] if amount else [])  # 投 of 26.9亿投给
        if (
            not deeds
            or not self._relates(clause, between)
            or not self._matcher.knows(fact.id, named[: named.index(deeds[0])])
        ):
            return False  # 光伏带了10.69万户旅游带了17989户: the deed is another's
        knows = [fact] if amount else [fact, then]
        told = all(any(self._matcher.knows(each.id, [deed]) for each in knows) for deed in deeds)
        # 80家龙头企业投资26.9亿元: those who do it are told behind what was done.
        told = told and not (fact.counts not in (*UNCOUNTABLE, *WHO_AND_WHERE) and stands_before(then, fact))
        behind = clause.tokens[(clause.place_of(second) or 0) + 1 :]
        whom = [token.values("concept") for token in behind if token.values("concept")][:1]
        told = told and (
            not amount or self._matcher.knows(fact.id, [frozenset(names) for names in whom])
        )  # 投给了80家企业
        return fact.sentence is not then.sentence or not told or has_other_doer(then, fact, self._figures.stated)

    def _is_deed(self, names: frozenset[str]) -> bool:
        """Whether a word says what was done: it is neither what is counted nor a thing."""
        named = [self._intents.concepts[name] for name in names]
        return any(c.verb or not (c.counts or c.computes or self._matcher.names_thing({c.name})) for c in named)

    def _told_of_another(self, fact: Fact, clause: Clause, mention: Mention) -> Finding | None:
        """33个村惠及46.68万人: both figures are right, but the report tells the one of 618 villages."""
        for other in clause.mentions:
            owners = [owner for owner in self._figures.owners(other) if owner.sentence is fact.sentence]
            related = self._relates(clause, clause.between(other, mention))
            own = told_instead(fact, owners[0], self._figures.stated) if len(owners) == 1 and related else None
            if own and own.counts == fact.counts:
                return Finding("answer", "claim", (own.id, fact.id), confidence=80.0, verdict=False, mention=mention)
        return None

    def _relates(self, clause: Clause, between: Sequence[Token]) -> bool:
        """惠及 in 33个村惠及46.68万人: whether two figures are said to belong together, and aren't only listed.

        Of just two (33个村46.68万人) nothing between them says so as well.
        """
        named = [self._intents.concepts[name] for token in between for name in token.values("concept")]
        lists = any(c.computes for c in named) or any(t.values("connective") for t in between)
        if lists or not between:
            return False  # 1912户加上惠及群众46.68万人
        pauses = any(following.start > token.end for token, following in pairwise(between))
        deeds = any(c.verb for c in named) or any(t.values("contains") or t.values("within") for t in between)
        return deeds or (not pauses and len(clause.mentions) == _PAIR)

    def _is_told_with(self, fact: Fact, clause: Clause, mention: Mention) -> bool:
        """Whether what the other figures count is said of this fact too: 80家企业带动6.07万人, but not 9.1万人.

        It is where the fact knows it, or stands in one sentence with whose figures those are.
        """
        for other in clause.mentions:
            named = [g for g in clause.concepts if any(self._intents.concepts[n].counts in other.counts for n in g)]
            if other is mention or self._matcher.knows(fact.id, named):
                continue
            if not any(owner.sentence is fact.sentence for owner in self._figures.owners(other)):
                return False
        return True

    def _said_beside(self, clause: Clause, mention: Mention) -> tuple[bool, list[frozenset[str]]]:
        """Whether several figures count the same, and what is said of one; units say nothing (户 in 3.11万户).

        Of such that do (316个贫困村和192个非贫困村), each has the words after it to itself.
        """
        units = frozenset().union(*(other.counts for other in clause.mentions))
        parts: list[list[frozenset[str]]] = [[]]
        own = 0
        for token in clause.tokens:
            if token.figure:
                parts.append([])
                own = len(parts) - 1 if token.figure is mention.figure else own
            elif (names := frozenset(token.values("concept"))) and not names <= units:
                parts[-1].append(names)
        counted = [{c.counts for g in part for n in g if (c := self._intents.concepts[n]).counts} for part in parts]
        if not counted[0] and all(counted[1:]) and len(frozenset().union(*counted)) == 1:
            return True, parts[0] + parts[own]
        # 贫困人口46.68万人 says whom this figure counts.
        others = frozenset().union(*(other.counts for other in clause.mentions if other is not mention))
        units_only = (
            all(
                self._intents.concepts[name].counts in (others if self._matcher.weights[name] > 1 else units)
                for name in g
            )
            for g in clause.concepts
        )
        return False, [g for g, is_unit in zip(clause.concepts, units_only, strict=True) if not is_unit]
