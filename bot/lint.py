"""What is allowed in intents/, but had better be otherwise: found across all intents by `reportbot check`."""

from __future__ import annotations

from collections.abc import Iterator

from bot.knowledge.intents import OVERVIEW, UNANSWERED, Intents, Template
from bot.knowledge.model import Report
from bot.problems import Problem
from bot.understanding.candidates import Phrase
from bot.understanding.conversation import Conversation
from bot.understanding.understand import Understander

#: sentences of a fact below which it is recognised only by those who ask in just these words
FEWEST_PARAPHRASES = 4


def lint(report: Report, intents: Intents, phrases: list[Phrase]) -> Iterator[Problem]:
    """Everything found, in no order."""
    yield from _stolen(report, intents)
    yield from _too_few(report, intents)
    yield from _unused(intents, phrases)


def _stolen(report: Report, intents: Intents) -> Iterator[Problem]:
    """Each paraphrase asked of the whole: it must lead to its own fact, or to a choice that holds it."""
    understander = Understander(intents, report)
    told: set[Template] = set()
    for paraphrase in intents.paraphrases:
        template = paraphrase.template
        if template in told or paraphrase.target.startswith((OVERVIEW, UNANSWERED)):
            continue
        findings = understander.understand(paraphrase.text, Conversation()).findings
        said = [id for finding in findings for id in (*finding.targets, *finding.options)]
        topic = paraphrase.target.partition(".")[0]
        if paraphrase.target not in said and topic not in said:  # its topic's overview tells it as well
            told.add(template)
            taken = f"被 {'、'.join(said)} 抢走了" if said else "问了没有答案"
            what = f"{paraphrase.target} 的问法“{paraphrase.text}”{taken}"
            yield Problem(template.file, template.line, 1, what, "请写得更具体，或改另一个事实的问法")


def _too_few(report: Report, intents: Intents) -> Iterator[Problem]:
    """Facts that few sentences lead to."""
    by_target: dict[str, set[str]] = {}
    first: dict[str, Template] = {}
    for paraphrase in intents.paraphrases:
        by_target.setdefault(paraphrase.target, set()).add(paraphrase.text)
        first.setdefault(paraphrase.target, paraphrase.template)
    for fact in report.facts.values():
        number = len(by_target.get(fact.id, ()))
        if 0 < number < FEWEST_PARAPHRASES:
            what = f"{fact.id} 只有 {number} 种问法"
            template = first[fact.id]
            yield Problem(template.file, template.line, 1, what, f"请至少写 {FEWEST_PARAPHRASES} 种（模板展开后）")


def _unused(intents: Intents, phrases: list[Phrase]) -> Iterator[Problem]:
    """Concepts that no paraphrase says: they only make a question less understood."""
    used = set(intents.universal).union(*(phrase.bag for phrase in phrases), *intents.context.values())
    used = used.union(*intents.needs.values())
    for name, concept in intents.concepts.items():
        if name not in used and concept.weight != 0 and not concept.computes:
            mend = "请在 intents/ 的问法里用上它，或从 vocabulary.yaml 里删掉"
            yield Problem("intents/shared/vocabulary.yaml", 0, 0, f"没有一种问法用到概念“{name}”", mend)
