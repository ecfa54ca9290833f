"""版权电话是010-65363056吧: a number that counts nothing, held digit for digit against the report's."""

from __future__ import annotations

import re

from bot.knowledge.model import Report
from bot.understanding.decision import Finding
from bot.understanding.matcher import Matcher
from bot.understanding.query import Query

#: digits that may be a number to call, however they are set apart
_NUMBER = re.compile(r"\d[\d -]{5,}\d")
#: characters nobody knows beside one, from which more is claimed than the number
_MORE = 6


def number_claim(query: Query, report: Report, matcher: Matcher) -> Finding | None:
    """Whether the one number claimed is the report's; None where none is, or something else is claimed of it.

    The area code may be left out.
    """
    said = _NUMBER.findall(query.clause.text)
    facts = [fact for fact in report.facts.values() if "number" in fact.answers]
    claims = query.is_claim or query.clause.is_question  # 谈版权打010-65363056？
    if not claims or len(said) != 1 or len(facts) != 1 or query.guards or len(query.mentions) > 1:
        return None  # 刊登的是人民网，电话是…，都对吧
    (fact,) = facts
    foreign = query.question.own - matcher.known[fact.id]
    if foreign or sum(len(word) for word in query.clause.unknown) >= _MORE:
        return None  # 打010-65363056能问到脱贫数据吗
    digits = re.sub(r"\D", "", said[0])
    if any(f.value == int(digits) for f in report.facts.values()):
        return None  # 130万就是1300000
    holds = digits == re.sub(r"\D", "", fact.figure) or digits == fact.figure.rpartition("-")[2]
    return Finding("answer", "claim", (fact.id,), confidence=90.0, verdict=holds)
