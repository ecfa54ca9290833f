"""张家口和唐山各有多少: other places that are named in one breath with the report's own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from bot.language.lexicon import Token
from bot.understanding.clause import Clause
from bot.understanding.decision import Finding

#: what guards against places that aren't the report's own, and against the asker's own
_ELSEWHERE = frozenset({"place", "ours"})


def named_beside_home(tokens: Sequence[Token]) -> list[str]:
    """The other places that 和, 比 or a pause joins to the report's own place, in order."""
    if not any(token.values("home") for token in tokens):
        return []
    said = [token for token in tokens if not token.values("filler")]
    own = [place for speaker, place in pairwise(said) if speaker.values("speaker")]  # 我是内蒙的，张家口那边…
    joins = [n for n, t in enumerate(said) if t.values("connective") or t.values("versus")]
    pairs = [(said[n - 1], said[n + 1]) for n in joins if 0 < n < len(said) - 1]
    # 我要去石家庄汇报，张家口… lists no places
    pairs += [(tokens[n - 1], tokens[n + 1]) for n in range(1, len(tokens) - 1) if tokens[n].is_separator]
    return [
        place.text
        for pair in pairs
        for home, place in (pair, pair[::-1])
        if home.values("home") and "place" in place.values("guard") and place not in own
    ]


def asks_of_each(tokens: Sequence[Token]) -> bool:
    """Whether 各 or the like asks of each place by itself."""
    return any(token.values("distributor") for token in tokens)


def without_places(clause: Clause, places: Sequence[str]) -> Clause:
    """The clause as if only the report's own place were named."""
    return clause.but(guards=[guard for guard in clause.guards if guard[1] not in places])


def without_home(clause: Clause) -> Clause:
    """The clause as if the report's own place, which is only compared with another, weren't named."""
    return clause.but(marks=clause.marks - {"home"})


def is_of_neighbour(clause: Clause, possessives: Collection[str]) -> bool:
    """跟张家口挨着的乌兰察布: whether the report's own place only says where another is."""
    said = clause.tokens
    ends = len(said) > 2 and "place" in said[-1].values("guard") and said[-2].text in possessives
    return ends and any(token.values("home") for token in said[:-2])


def refused(places: Sequence[str]) -> Finding:
    """The refusal of what is asked of the other places."""
    return Finding("abstain", "guard", reason="place", words=tuple(places), confidence=90.0)


def refused_instead(clauses: Sequence[Clause], findings: list[Finding]) -> list[Finding]:
    """全市搬迁102470人，那承德呢: what is asked of another place, and not what only leads up to it."""
    last = clauses[-1]
    elsewhere = [(reason, word) for reason, word in last.guards if reason in _ELSEWHERE]
    leads_up = len(clauses) > 1 and last.is_elliptical and not (last.concepts or "home" in last.marks)
    told = bool(findings) and all(f.kind == "answer" and f.clause is not last for f in findings)
    states = not any(clause.ask.kind or clause.has_question_word for clause in clauses[:-1])
    if not (elsewhere and leads_up and told and states):
        return findings
    reason, word = elsewhere[0]
    return [refused([word])._replace(reason=reason, options=findings[-1].targets, clause=last)]
