"""A message that asks nothing clause by clause, read as a whole (光伏 装机, 那还是回张家口吧)."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.clause import Clause
from bot.understanding.query import joined

#: unknown characters from which a clause that names a newspaper is chatter
_CHATTER = 2


def as_a_whole(clauses: Sequence[Clause]) -> Clause:
    """What a message without a question says: of what is only chatter, nothing."""
    home = any("home" in c.marks for c in clauses)
    telling = [c for c in clauses if c.concepts or c.mentions or "claim" in c.marks or (not home and _limits(c))]
    telling = [c for c in telling if not _introduces(c)] or telling
    told = any(c.mentions and any(token.values("equals") for token in c.tokens) for c in telling)
    # 4.8亿元是光伏的收益，不是救助的支出: what it isn't either is no claim of the figure.
    telling = [c for c in telling if not told or c.mentions or not c.tokens[0].values("not")]
    last = clauses[-1]
    judges = all(why == "opinion" for why, _ in last.guards) and any(c.mentions for c in telling)
    if not home and last.guards and last not in telling and not judges:  # but …五家吧？也太少了
        telling.append(last)  # 那七个带长字的，谁说了算: what a message ends in is what it wants
    telling = [_as_comment(c) for c in telling] if len(telling) > 1 else telling or list(clauses)
    return joined(telling, joined_by=telling[0].joined_by)


def _introduces(clause: Clause) -> bool:
    """我是报社核稿的: whether a clause only says what the asker is, and not where they live or what is so."""
    begins = bool(clause.tokens) and bool(clause.tokens[0].values("speaker"))
    plain = all(reason in ("measure", "media", "offtopic") for reason, _ in clause.guards)
    return begins and plain and not (clause.mentions or clause.ask.kind or "claim" in clause.marks)


def _as_comment(clause: Clause) -> Clause:
    """板书没写错吧老师, 这也太少了吧: what only comments on a claim, without the words that are no part of it."""
    if clause.concepts or clause.mentions or "claim" not in clause.marks:
        return clause
    kept = [guard for guard in clause.guards if guard[0] in ("place", "time", "ours", "media")]
    return clause.but(guards=kept, unknown=[])


def _limits(clause: Clause) -> bool:
    """今年比去年多了多少: whether a clause says which figure is meant, though it names nothing."""
    chatter = sum(len(word) for word in clause.unknown) >= _CHATTER  # 新闻联播口吻我都会背了
    return any(
        reason in ("place", "time", "ours", "rate", "remaining", "population") or (reason == "media" and not chatter)
        for reason, _ in clause.guards
    )
