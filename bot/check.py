"""`reportbot check`: every problem of a report folder at once, each with its place and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from rapidfuzz import fuzz

from bot.assistant import default_report_folder
from bot.knowledge.intents import OVERVIEW, UNANSWERED, Intents, Paraphrase
from bot.knowledge.load import load_knowledge
from bot.knowledge.model import Report
from bot.language.normalise import normalise
from bot.lint import lint
from bot.problems import KnowledgeError, Problem
from bot.understanding.candidates import Phrase, read
from bot.understanding.message import Reader

#: paraphrases of different facts, more alike than this, and read as the same, are near-identical (0–100)
NEAR_IDENTICAL = 85.0


def run(folder: Path | None, form: str = "text") -> int:
    """Print every problem of the folder (default: the packaged report); 0 when there is none, else 1.

    `form`: "text", or "github" for annotations in a pull request.
    """
    packaged = default_report_folder()
    found = problems(folder or packaged, packaged)
    for problem in found:
        print(problem if form == "text" else _annotation(problem))
    if found:
        print(f"共 {len(found)} 处问题。")
        return 1
    print("没有发现问题。")
    return 0


def problems(folder: Path, packaged: Path) -> list[Problem]:
    """Every problem of a report folder, in file order."""
    try:
        report, intents = load_knowledge(folder, packaged)
    except KnowledgeError as error:
        return error.problems
    found: list[Problem] = []
    reader = Reader(intents)
    phrases = [read(paraphrase, intents, reader) for paraphrase in intents.paraphrases]
    found += _unreached(report, intents)
    found += _same_paraphrase(intents)
    found += _read_alike(phrases)
    found += _says_nothing(phrases)
    found += lint(report, intents, phrases)
    return sorted(set(found))


def _annotation(problem: Problem) -> str:
    """The problem as GitHub Actions shows it beside the line: what its text can't hold is escaped as it asks for."""
    text = f"{problem.what}；{problem.mend}".replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    file = problem.file.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    return f"::error file={file},line={max(problem.line, 1)},col={max(problem.column, 1)}::{text}"


def _unreached(report: Report, intents: Intents) -> Iterator[Problem]:
    reached = {paraphrase.target for paraphrase in intents.paraphrases}
    for fact in report.facts.values():
        if fact.id not in reached:
            mend = f"请在 intents/{fact.topic}.yaml 里给 {fact.id} 写几种问法"
            yield Problem("intents", 0, 0, f"没有问法能问到事实“{fact.id}”（{fact.label}）", mend)


def _same_paraphrase(intents: Intents) -> Iterator[Problem]:
    """The same sentence written for two facts of which one is meant: not a choice, an oversight."""
    first: dict[str, Paraphrase] = {}
    for paraphrase in intents.paraphrases:
        text = normalise(paraphrase.text)
        held = first.setdefault(text, paraphrase)
        if held.target != paraphrase.target and _is_mixed(held, paraphrase):
            where = f"{held.template.file}:{held.template.line}"
            what = f"“{paraphrase.text}”既指向 {paraphrase.target}，又指向 {held.target}（{where}）"
            yield Problem(paraphrase.template.file, paraphrase.template.line, 1, what, "请删掉一处，或写得更具体")


def _is_mixed(one: Paraphrase, other: Paraphrase) -> bool:
    # Two facts that share a paraphrase are offered as a choice; a fact and a refusal, or a fact and an
    # overview, can't be.
    return _family(one.target) != _family(other.target)


def _family(target: str) -> str:
    return next((prefix for prefix in (OVERVIEW, UNANSWERED) if target.startswith(prefix)), "fact")


def _read_alike(phrases: list[Phrase]) -> Iterator[Problem]:
    """Nearly the same sentence for two facts, told apart by nothing that the bot reads."""
    by_reading: dict[tuple[frozenset[str], str], list[Phrase]] = {}
    for phrase in phrases:
        by_reading.setdefault((phrase.bag, phrase.ask.kind), []).append(phrase)
    for alike_read in by_reading.values():
        shared = _shared_texts(alike_read)
        for one, other in combinations(alike_read, 2):
            a, b = one.paraphrase, other.paraphrase
            alike = fuzz.ratio(a.text, b.text)
            if a.target != b.target and a.text != b.text and one.ask == other.ask and alike >= NEAR_IDENTICAL:
                if (a.target, b.target) in shared or (b.target, a.target) in shared:
                    continue
                where, here = f"{a.template.file}:{a.template.line}", b.template
                what = f"“{b.text}”（{b.target}）和“{a.text}”（{a.target}，{where}）几乎一样，机器人分不开"
                yield Problem(here.file, here.line, 1, what, "请写出能区分的词，或把两句写成一样，让用户选")


def _shared_texts(phrases: list[Phrase]) -> set[tuple[str, str]]:
    """The pairs of facts that share a paraphrase to the letter: there a choice is meant to be offered."""
    targets: dict[str, list[str]] = {}
    for phrase in phrases:
        targets.setdefault(phrase.paraphrase.text, []).append(phrase.paraphrase.target)
    return {pair for group in targets.values() for pair in combinations(group, 2)}


def _says_nothing(phrases: list[Phrase]) -> Iterator[Problem]:
    for phrase in phrases:
        if not phrase.bag and not phrase.ask.explicit:
            where = phrase.paraphrase.template
            what = f"“{phrase.paraphrase.text}”里没有一个词表认识的词"
            yield Problem(
                where.file, where.line, 1, what, "请换成词表里的词，或把新词加进 intents/shared/vocabulary.yaml"
            )
