"""我去年住过院，请问…, 上周老板叫我查…: when and to whom something happened that isn't what is asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from bot.knowledge.grammar import Grammar
from bot.language.lexicon import Token
from bot.understanding.clause import Clause

#: what guards against words that only tell who asked the asker, and when
_OF_WHO_ASKS = frozenset({"time", "measure", "population"})


def without_own_story(
    clauses: Sequence[Clause], grammar: Grammar, names_matter: Callable[[Iterable[str]], bool]
) -> list[Clause]:
    """The clauses, times and ages in what the asker tells of themselves before the question no longer guarded against.

    An age is no figure that is claimed either. Whom the asker belongs to (我不是建档立卡的，想问…), and what they look
    for (我查去年的，请问…), may be what the question is about, and stay guarded against. Where the question names its
    own thing (`names_matter`: whether concepts do), what the asker does (我在产业园上班，…) is no part of it.
    """
    kept = list(clauses)
    for number, (clause, following) in enumerate(pairwise(clauses)):
        if clause.ask.kind or clause.has_question_word or clause.is_question:
            continue
        if _is_of_life(clause, grammar) and _asks_of_thing(clauses[number + 1 :], names_matter, grammar):
            kept[number] = clause.but(concepts=[], tells=False)
            continue
        led = "lead_in" in following.marks
        if led and _is_told_by(clause, following, grammar):
            who = {token.text for token in clause.tokens if "uncounted" in token.meanings}
            told = {word for why, word in clause.guards if why in _OF_WHO_ASKS and (why != "population" or word in who)}
            kept[number] = clause.but(guards=[guard for guard in clause.guards if guard[1] not in told])
        elif _tells_of_asker(clause, grammar) and (led or not clause.concepts):
            aged = [(n, t) for n, t in pairwise(clause.tokens) if n.figure and t.text.startswith(_ages(grammar))]
            ages, numbers = {t.text for _, t in aged}, [n.figure for n, _ in aged]
            guards = [(why, word) for why, word in clause.guards if why != "time" and word not in ages]
            mentions = [m for m in clause.mentions if not any(m.figure is figure for figure in numbers)]
            kept[number] = clause.but(guards=guards, mentions=mentions)
    return kept


def _is_of_life(clause: Clause, grammar: Grammar) -> bool:
    """我在产业园上班, 作为家长, unlike 我说的是光伏 and 我看1090个: whether it only tells what the asker is or does."""
    begins = clause.tokens[0].text in grammar.me | grammar.as_whom or bool(clause.tokens[0].values("speaker"))
    speaks = any(token.values(kind) for token in clause.tokens for kind in ("speech", "lead_in", "claim", "correction"))
    looks = any(word in clause.text for word in grammar.looks_for) or clause.tokens[-1].text in grammar.possessives
    return begins and bool(clause.concepts) and not (speaks or looks or clause.mentions or clause.guards)


def _asks_of_thing(
    following: Sequence[Clause], names_matter: Callable[[Iterable[str]], bool], grammar: Grammar
) -> bool:
    """Whether the first clause that asks names what it asks of, and isn't asked of the asker's like (像俺这样的)."""
    asking = next((c for c in following if c.ask.kind or c.has_question_word), None)
    if asking is None or any(token.text[0] in grammar.me for clause in following for token in clause.tokens):
        return False
    return names_matter(asking.concept_names)


def _is_told_by(clause: Clause, following: Clause, grammar: Grammar) -> bool:
    """老师今天 before 让我查…: whether a clause, without a pause, only tells who asked the asker to find out."""
    begins = following.tokens[0]
    by_others = begins.text[0] not in grammar.me and any(me in begins.text for me in grammar.me)
    return by_others and clause.tokens[-1].end == begins.start and not clause.concepts


def _tells_of_asker(clause: Clause, grammar: Grammar) -> bool:
    """我昨天没听清, unlike 我2015年 and 我关心去年的: whether it only tells what the asker did or is."""
    first, *rest = clause.tokens
    says = [token for token in rest if not (token.values("guard") or token.figure or token.text in grammar.particles)]
    looks = any(word in clause.text for word in grammar.looks_for) or clause.tokens[-1].text in grammar.possessives
    aged = any(token.text.startswith(_ages(grammar)) for token in rest)
    return first.text in grammar.me and not looks and (aged or any(map(_says_something, says)))


def _says_something(token: Token) -> bool:
    return len(token.text) > 1 or bool(token.values("concept"))


def _ages(grammar: Grammar) -> tuple[str, ...]:
    return tuple(grammar.years_old)
