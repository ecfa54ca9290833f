"""你开头说的是九万人吧, 刚才那个户数再报一下: what was told some turns ago is meant, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from bot.knowledge.intents import Intents
from bot.knowledge.model import Fact, Report
from bot.language.lexicon import Token
from bot.language.normalise import normalise
from bot.understanding.clause import Clause, Mention
from bot.understanding.conversation import Conversation
from bot.understanding.decision import Finding
from bot.understanding.figure_facts import FigureFacts
from bot.understanding.matcher import Matcher
from bot.understanding.message import Reader
from bot.understanding.query import counted_by

#: how many times larger or smaller a figure may be to be the one told, remembered wrongly
_MISREMEMBERED = Decimal("1.5")
#: reasons of a refusal that nothing told before changes
_ELSEWHERE = frozenset({"place", "time"})
#: rules that answer of what was told last
_LEANING = frozenset({"claim_on", "follow_up"})
#: meanings of words that ask for more than a number that was told
_ASKS_MORE = ("compare", "except", "within")


class Pointed(NamedTuple):
    """That a message points back: `rest` is its text without the words that do, which stood `at` this character;
    `first` says that the first that suits is meant, not the last."""

    rest: str
    at: int
    first: bool


class Recalled:
    """The step that keeps a message which points back (你开头说的…) to what was told in the conversation."""

    def __init__(
        self, intents: Intents, reader: Reader, matcher: Matcher, figures: FigureFacts, report: Report
    ) -> None:
        self._intents = intents
        self._reader = reader
        self._matcher = matcher
        self._figures = figures
        self._report = report

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        grammar = self._intents.grammar
        when = _one_of(grammar.told_first | grammar.told_before)
        who = _one_of(grammar.you | grammar.me)
        denied = _one_of(self._intents.lexicon.words_of("not"))
        told = f"{_one_of(grammar.told_said)}[{''.join(grammar.done | grammar.possessives)}]?"
        named, back, by_you = map(_one_of, (grammar.told_named, grammar.told_back, grammar.told_by_you))
        return re.compile(
            f"{when}{who}?{denied}?{told}|{by_you}{who}{denied}?{told}|{who}{denied}{told}|{when}{named}|{back}{when}{named}?"
        )

    def pointed(self, text: str, conversation: Conversation) -> Pointed | None:
        """Where a normalised message points back to what was told; None if it doesn't, or nothing was."""
        found = self._pattern.search(text) if conversation.told else None
        if found is None or self._ends_inside_word(text, found.end()):
            return None
        first = any(word in found[0] for word in self._intents.grammar.told_first)
        return Pointed(text[: found.start()] + text[found.end() :], found.start(), first)

    def _ends_inside_word(self, text: str, end: int) -> bool:
        """一开始报 in 住院一开始报销多少: whether what would be taken out ends inside a word of the report's things."""
        tokens = self._intents.lexicon.segment(text)
        return any(token.start < end < token.end and token.values("concept") for token in tokens)

    def narrowed(
        self, pointed: Pointed, tokens: Sequence[Token], findings: Sequence[Finding], conversation: Conversation
    ) -> list[Finding]:
        """The findings; what the message points at where they tell of something else."""
        kept = [*findings]
        if not tokens:  # 刚才那个, and nothing else
            one = conversation.told[0 if pointed.first else -1]
            return [Finding("answer", "recalled", (one,), confidence=85.0)]
        clause = self._pointing([token for token in tokens if token.start >= pointed.at])
        if len(kept) != 1 or (self._stands(kept[0], conversation) and not self._may_be_told(clause, kept[0])):
            return kept
        if any(token.values(kind) for token in tokens for kind in _ASKS_MORE):
            return kept
        told = [self._report.facts[id] for id in conversation.told]
        if pointed.first:
            told.reverse()  # of those that suit, the last is taken
        asks_else = clause.ask.kind not in ("", "quantity")
        says = clause.has_content or clause.ask.kind
        if asks_else or not says or clause.guards or self._matcher.computes_more(clause.concept_names):
            return kept
        found = self._claimed(clause, told) if clause.mentions else self._asked(clause, told)
        return [found._replace(clause=clause, question=kept[0].question)] if found else kept

    def leads_on(self, tokens: Sequence[Token], findings: Sequence[Finding]) -> str | None:
        """刚才喝水那个，涉及几个村, after households were told: the fact pointed at, of which another unit is asked."""
        if len(findings) != 1 or findings[0].rule != "recalled" or findings[0].clause is None:
            return None
        behind = [token for token in tokens if token.start >= findings[0].clause.tokens[-1].end]
        ask = self._reader.whole(behind).ask if behind else None
        told = self._report.facts[findings[0].targets[0]]
        another = ask is not None and ask.explicit and ask.counts is not None and not ask.fits(told.counts)
        return told.id if another else None

    def _pointing(self, tokens: Sequence[Token]) -> Clause:
        """What is said up to the pause behind the first thing named."""
        part: list[Token] = []
        for token in tokens:
            if token.is_separator and any(said.values("concept") or said.figure for said in part):
                break
            part.append(token)
        return self._reader.whole(part)

    @staticmethod
    def _stands(found: Finding, conversation: Conversation) -> bool:
        """Whether it answers by more than that something was told last, or is of another place or time."""
        told = {*conversation.facts} != {*found.targets} <= {*conversation.told}
        leans = found.rule in _LEANING and not told
        return (found.kind == "answer" and not leans) or found.reason in _ELSEWHERE

    def _may_be_told(self, clause: Clause, found: Finding) -> bool:
        """刚才那个旅游的是多少: whether what was asked of the thing isn't said again, whatever else is told of it."""
        ask, one = clause.ask, found.rule == "match" and found.kind == "answer"
        return one and ask.kind == "quantity" and not ask.explicit and not counted_by(clause, self._intents)

    def _asked(self, clause: Clause, told: Sequence[Fact]) -> Finding | None:
        counted = clause.ask.counts or counted_by(clause, self._intents)
        suiting = self._suiting(clause, [fact for fact in told if not counted or fact.counts in counted])
        return Finding("answer", "recalled", (suiting[-1].id,), confidence=85.0) if suiting else None

    def _suiting(self, clause: Clause, facts: Sequence[Fact]) -> list[Fact]:
        """The facts that have most in common with what the clause names; all where it names nothing but a unit."""
        named = frozenset(name for name in clause.concept_names if self._matcher.weights[name] > 1)
        shared = [self._matcher.weight(self._matcher.shares(fact.id, named)) for fact in facts]
        most = max(shared, default=0)
        if named and not most:
            return []
        best = [fact for fact, weight in zip(facts, shared, strict=True) if weight == most]
        best = [fact for fact in best if not self._matcher.is_foreign(fact.id, named)]
        return [fact for fact in best if not fact.formula] or best

    def _claimed(self, clause: Clause, told: Sequence[Fact]) -> Finding | None:
        """The fact told that has the figure, or the one nearest to it in its unit, and whether it is so."""
        mention = clause.mentions[-1]
        numbers = [f for f in told if f.value is not None and self._figures.same_unit(f, mention)]
        suiting = self._suiting(clause, numbers)
        said = {mention.figure.value for mention in clause.mentions}  # 是9745还是9754
        exact = [fact for fact in suiting if fact.value in said]
        names = any(self._matcher.weights[name] > 1 for name in clause.concept_names)
        near = suiting[-1:] if names else _nearest(mention, suiting)
        for fact in exact[-1:] or near:
            mention = next((m for m in clause.mentions if m.figure.value == fact.value), mention)
            holds = self._figures.is_true(fact, clause, mention, clause.relations)
            return Finding("answer", "recalled", (fact.id,), confidence=85.0, verdict=holds, mention=mention)
        return None


def _one_of(words: Collection[str]) -> str:
    """A pattern for any of the words, the longest first, as they stand in a normalised message."""
    return f"(?:{'|'.join(sorted(map(normalise, words), key=len, reverse=True))})"


def _nearest(mention: Mention, facts: Sequence[Fact]) -> list[Fact]:
    """The one fact that somebody who says this figure may have read, if there is one."""
    figure = mention.figure.value
    near = [
        (max(fact.value / figure, figure / fact.value), n, fact)
        for n, fact in enumerate(facts)
        if fact.value and figure > 0
    ]
    ratio, _, fact = min(near, default=(Decimal("Infinity"), 0, None))
    return [fact] if fact and ratio <= _MISREMEMBERED else []
