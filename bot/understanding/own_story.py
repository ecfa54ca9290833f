"""我去年住过院，请问…, 上周老板叫我查…: when and to whom something happened that isn't what is asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from bot.knowledge.grammar import Grammar
from bot.language.lexicon import Token
from bot.understanding.clause import SHARE, WHO, Clause
from bot.understanding.short_questions import asks_whether

#: what guards against words that only tell who asked the asker, and when
_OF_WHO_ASKS = frozenset({"time", "measure", "population"})
#: … and those that tell whom something is for
_OF_WHOM = frozenset({"population", "ours"})
#: … and those that may be all that a question is about
_OF_WHERE = frozenset({"place", "time", "population", "rate"})
#: kinds of word by which an asker says what they ask or claim
_SPEAKS = ("speech", "lead_in", "claim", "correction", "quantity", "ask")


def without_own_story(
    clauses: Sequence[Clause], grammar: Grammar, names_subject: Callable[[Iterable[str]], bool]
) -> list[Clause]:
    """The clauses, times and ages in what the asker tells of themselves before the question no longer guarded against.

    An age is no figure that is claimed either. Whom the asker belongs to (我不是建档立卡的，想问…), and what they look
    for (我查去年的，请问…), may be what the question is about, and stay guarded against. Where the question names its
    own thing (`names_subject`: whether concepts do), what the asker does (我在产业园上班，…) is no part of it.
    """
    asking = _asking(clauses, names_subject, grammar)
    at = clauses.index(asking) if asking else 0
    kept = [
        _without_life(c, asking, grammar, before=n < at) if asking and _is_of_life(c, grammar) else c
        for n, c in enumerate(clauses)
    ]
    for number, (clause, following) in enumerate(pairwise(clauses)):
        if clause.ask.kind or clause.has_question_word or clause.is_question or kept[number] is not clause:
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
    """我在产业园上班, 2019年我参加过培训, unlike 我说的是光伏, 我看1090个 and 我2015年: what the asker is or does."""
    me, tokens = grammar.me | grammar.as_whom, clause.tokens
    begins = tokens[1:] if tokens[0].values("guard") else tokens  # 2019年我…
    if not begins or not (begins[0].text in me or begins[0].values("speaker")):
        return False
    asks = clause.ask.kind or clause.has_question_word or clause.is_question or clause.is_elliptical
    speaks = any(token.values(kind) for token in tokens for kind in _SPEAKS)
    looks = any(word in clause.text for word in grammar.looks_for)
    of_what = tokens[-1].text in grammar.possessives and not any(token.values("equals") for token in tokens)
    limits = any(t.values("guard") and following.text in grammar.possessives for t, following in pairwise(tokens[:-1]))
    says = any(_OF_WHERE.isdisjoint(t.values("guard")) and not t.figure and _says_something(t) for t in begins[1:])
    of_where = "there" in clause.marks or "ours" in tokens[-1].values("guard")  # 我对象他们乡
    return says and not of_where and not (asks or speaks or looks or of_what or limits)


def _without_life(clause: Clause, asking: Clause, grammar: Grammar, *, before: bool) -> Clause:
    """The clause without what is no part of the question; a number of people may be of those like the asker (我上高中).

    What is named behind the question (我只记得有个标准) may still say of what it is asked.
    """
    places = [word for why, word in clause.guards if why == "place"]
    counts = asking.ask.counts or frozenset({SHARE})
    reasons = (_OF_WHOM if counts & (WHO | {SHARE}) else set()) | ({"measure"} if SHARE in counts else set())
    reasons = reasons if asking.ask.kind in ("", "quantity") else set()
    ages = _ages(grammar)
    kept = [(why, word) for why, word in clause.guards if why in reasons and not word.startswith(ages)]
    own = [*clause.own_places, *places]
    concepts, tells = ([], False) if before else (clause.concepts, clause.tells)
    return clause.but(concepts=concepts, tells=tells, mentions=[], guards=kept, own_places=own)


def _asking(
    clauses: Sequence[Clause], names_subject: Callable[[Iterable[str]], bool], grammar: Grammar
) -> Clause | None:
    """The first clause that asks, if it names of what, and asks neither of then nor of people like the asker."""
    asking = next((c for c in clauses if c.ask.kind or c.has_question_word or asks_whether(c, grammar)), None)
    if asking is None or "then" in asking.marks or any(token.text[0] in grammar.me for token in asking.tokens):
        return None
    alike = any(token.text in grammar.alike for clause in clauses for token in clause.tokens[:1])  # 像我们这样的
    return asking if names_subject(asking.concept_names) and not alike else None


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
