"""我去年住过院，请问…, 上周老板叫我查…: when and to whom something happened that isn't what is asked about."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.knowledge.grammar import Grammar
from bot.language.lexicon import Token
from bot.understanding.clause import Clause

#: what guards against words that only tell who asked the asker, and when
_OF_WHO_ASKS = frozenset({"time", "measure", "population"})


def without_own_story(clauses: Sequence[Clause], grammar: Grammar) -> list[Clause]:
    """The clauses, times and ages in what the asker tells of themselves before the question no longer guarded against.

    Whom the asker belongs to (我不是建档立卡的，想问…) may be whom the question is about, and stays guarded against.
    """
    kept = list(clauses)
    for number, (clause, following) in enumerate(pairwise(clauses)):
        if clause.ask.kind or clause.has_question_word or clause.is_question:
            continue
        led = "lead_in" in following.marks
        if led and _is_told_by(clause, following, grammar):
            who = {token.text for token in clause.tokens if "uncounted" in token.meanings}
            told = {word for why, word in clause.guards if why in _OF_WHO_ASKS and (why != "population" or word in who)}
            meant = [guard for guard in clause.guards if guard[1] not in told]
            kept[number] = clause.but(guards=meant)
        elif clause.tokens[0].text in grammar.me and (led or not clause.concepts):
            ages = {t.text for before, t in pairwise(clause.tokens) if before.figure}
            meant = [g for g in clause.guards if g[0] != "time" and not (g[0] == "population" and g[1] in ages)]
            kept[number] = clause.but(guards=meant, mentions=[] if ages & _guarded(clause.tokens) else clause.mentions)
    return kept


def _is_told_by(clause: Clause, following: Clause, grammar: Grammar) -> bool:
    """老师今天 before 让我查…: whether a clause, without a pause, only tells who asked the asker to find out."""
    begins = following.tokens[0]
    by_others = begins.text[0] not in grammar.me and any(me in begins.text for me in grammar.me)
    return by_others and clause.tokens[-1].end == begins.start and not clause.concepts


def _guarded(tokens: Sequence[Token]) -> set[str]:
    return {token.text for token in tokens if token.values("guard")}
