"""版权电话是010-65363056吧: a number that counts nothing, held digit for digit against the report's."""

from __future__ import annotations

import re

from bot.knowledge.model import Report
from bot.understanding.decision import Finding
from bot.understanding.query import Query

#: an area code and a number
_NUMBER = re.compile(r"\d{3,4}-\d{7,8}")


def number_claim(query: Query, report: Report) -> Finding | None:
    """Whether the one number claimed is the report's; None where none is claimed, or the report has several."""
    said = _NUMBER.findall(query.clause.text)
    facts = [fact for fact in report.facts.values() if "number" in fact.answers]
    if not query.is_claim or len(said) != 1 or len(facts) != 1 or query.guards:
        return None  # 刊登的是人民网，电话是…，都对吧 claims more than the number
    return Finding("answer", "claim", (facts[0].id,), confidence=90.0, verdict=said[0] == facts[0].figure)
