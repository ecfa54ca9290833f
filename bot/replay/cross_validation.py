"""How well each paraphrase is recognised when it is left out: which facts need more of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.assistant import default_report_folder
from bot.knowledge.intents import OVERVIEW, UNANSWERED, Intents, Paraphrase, Template
from bot.knowledge.load import load_knowledge
from bot.knowledge.model import Report
from bot.understanding.conversation import Conversation
from bot.understanding.understand import Understander

#: sentences asked of one template: they are much alike
_MOST_OF_TEMPLATE = 6


@dataclass(frozen=True)
class Recognition:
    """How many of a fact's paraphrases were asked, how many recognised, and those that were not."""

    target: str
    asked: int
    recognised: int
    missed: tuple[str, ...]

    @property
    def percent(self) -> float:
        """0 to 100."""
        return 100 * self.recognised / self.asked if self.asked else 100.0


def cross_validate(folder: Path | None, folds: int) -> list[Recognition]:
    """Leave out each of `folds` parts of the templates in turn and ask their sentences; the worst facts first.

    All sentences of a template are left out together, or its other sentences would give the answer away.
    Raises KnowledgeError.
    """
    packaged = default_report_folder()
    report, intents = load_knowledge(folder or packaged, packaged)
    asked: dict[str, list[tuple[str, bool]]] = {}
    for left_out, understander in _folds(report, intents, folds):
        for paraphrase in left_out:
            decision = understander.understand(paraphrase.text, Conversation())
            said = {id for f in decision.findings for id in (*f.targets, *f.options)}
            asked.setdefault(paraphrase.target, []).append((paraphrase.text, paraphrase.target in said))
    recognised = [
        Recognition(
            target, len(all_), sum(known for _, known in all_), tuple(text for text, known in all_ if not known)
        )
        for target, all_ in asked.items()
    ]
    return sorted(recognised, key=lambda fact: (fact.percent, fact.target))


def _folds(report: Report, intents: Intents, folds: int) -> Iterator[tuple[list[Paraphrase], Understander]]:
    templates: dict[Template, list[Paraphrase]] = {}
    targets: dict[str, set[str]] = {}
    for paraphrase in intents.paraphrases:
        targets.setdefault(paraphrase.text, set()).add(paraphrase.target)
    for paraphrase in intents.paraphrases:
        # What is written for several facts makes a choice between them, which nothing else could.
        if not paraphrase.target.startswith((OVERVIEW, UNANSWERED)) and len(targets[paraphrase.text]) == 1:
            templates.setdefault(paraphrase.template, []).append(paraphrase)
    written = list(templates)
    for fold in range(folds):
        # A fact's templates stand one after the other, so that each fold leaves out some of every fact.
        hidden = set(written[fold::folds])
        kept = tuple(p for p in intents.paraphrases if p.template not in hidden)
        left_out = [p for template in hidden for p in _spread(templates[template])]
        yield left_out, Understander(intents._replace(paraphrases=kept), report)


def _spread(paraphrases: Sequence[Paraphrase]) -> Sequence[Paraphrase]:
    """Some of a template's sentences, from all over it."""
    step = max(1, len(paraphrases) // _MOST_OF_TEMPLATE)
    return paraphrases[::step][:_MOST_OF_TEMPLATE]
