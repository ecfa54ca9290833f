"""Load facts.yaml. A fact whose figure isn't in its sentence, or that breaks any other rule, doesn't load."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.knowledge.cache import StartCache
from bot.knowledge.formula import compute, format_figure, parse_formula
from bot.knowledge.model import Fact, Report, Sentence, Topic
from bot.knowledge.schemas import FACTS
from bot.knowledge.templates import placeholders
from bot.knowledge.validate import did_you_mean, schema_errors
from bot.knowledge.yaml_source import KnownSource, YamlSource
from bot.language.figures import find_figures
from bot.problems import KnowledgeError, Problem

_NUMBERS = re.compile(r"\d+(?:\.\d+)?")


def load_report(path: Path, name: str = "facts.yaml", cache: StartCache | None = None) -> Report:
    """Read and check facts.yaml. Raises KnowledgeError with every problem at once.

    `cache`: what an earlier start held against its schema; figures and sentences are always checked.
    """
    cache = cache or StartCache(None)
    known = cache.get("data", name)
    source = YamlSource(path, name) if known is None else KnownSource(path, name, known)
    errors = [] if cache.is_valid else list(schema_errors(source, FACTS))
    problems = [*source.problems, *(problem for _, problem in errors)]
    if source.data is None or any(len(where) < 2 or where[0] != "facts" for where, _ in errors):
        raise KnowledgeError(problems)
    # A fact with a broken entry is left out, so that what is wrong with the others is told as well.
    broken = {where[1] for where, _ in errors}
    loader = _Loader(source, broken)
    report = loader.load()
    if problems or loader.problems:
        raise KnowledgeError([*problems, *loader.problems])
    cache.put_data(name, source.data)
    return report


class _Loader:
    def __init__(self, source: YamlSource, broken: set[str]) -> None:
        self.source = source
        self.broken = broken
        self.data: dict[str, Any] = source.data
        self.problems: list[Problem] = []

    def load(self) -> Report:
        topics = {id: Topic(id, spec["label"]) for id, spec in self.data["topics"].items()}
        sentences = self._sentences()
        facts: dict[str, Fact] = {}
        specs: dict[str, dict[str, Any]] = {
            id: spec for id, spec in self.data["facts"].items() if id not in self.broken
        }
        for id, spec in specs.items():
            if id.partition(".")[0] not in topics:
                topic = id.partition(".")[0]
                self._add(("facts", id), f"没有主题“{topic}”", did_you_mean(topic, list(topics)), of_key=True)
            if "formula" not in spec and (fact := self._stated(id, spec, sentences)):
                facts[id] = fact
        for id, spec in specs.items():
            if "formula" in spec and (fact := self._derived(id, spec, facts)):
                facts[id] = fact
        emendations = tuple(self._emendations(sentences))
        return Report(
            **self.data["report"],
            sentences=sentences,
            topics=topics,
            facts={id: facts[id] for id in specs if id in facts},
            emendations=emendations,
        )

    def _add(self, path: tuple[str | int, ...], what: str, mend: str, *, of_key: bool = False) -> None:
        self.problems.append(self.source.problem(path, what, mend, of_key=of_key))

    def _sentences(self) -> dict[str, Sentence]:
        sentences: dict[str, Sentence] = {}
        for number, paragraph in enumerate(self.data["paragraphs"]):
            for id, text in paragraph.items():
                if id in sentences:
                    self._add(("paragraphs", number, id), f"句子编号“{id}”用了两次", "请换一个编号", of_key=True)
                sentences[id] = Sentence(id, text, number)
        return sentences

    def _emendations(self, sentences: dict[str, Sentence]) -> Iterator[tuple[str, str, str]]:
        for number, spec in enumerate(self.data.get("emendations", [])):
            sentence = sentences.get(spec["sentence"])
            if sentence is None:
                mend = did_you_mean(spec["sentence"], list(sentences))
                self._add(("emendations", number, "sentence"), f"没有句子“{spec['sentence']}”", mend)
            elif spec["reads"] not in sentence.text:
                self._add(("emendations", number, "reads"), f"“{spec['reads']}”不在句子里", "请照句子原文抄写")
            yield (spec["sentence"], spec["crawled"], spec["reads"])

    def _stated(self, id: str, spec: dict[str, Any], sentences: dict[str, Sentence]) -> Fact | None:
        for key in ("figure", "sentence"):
            if key not in spec:
                self._add(("facts", id), f"缺少“{key}”", f"请补上一行 {key}: …（推算的事实则写 formula）")
                return None
        sentence = sentences.get(spec["sentence"])
        if sentence is None:
            mend = did_you_mean(spec["sentence"], list(sentences))
            self._add(("facts", id, "sentence"), f"没有句子“{spec['sentence']}”", mend)
            return None
        figure: str = spec["figure"]
        if figure not in sentence.text:
            self._add(("facts", id, "figure"), f"“{figure}”不在句子“{sentence.id}”里", "请照报告原文一字不差地抄写")
            return None
        if placeholders(spec["reply"]) != {"figure"}:
            self._add(("facts", id, "reply"), "答句里有填不上的 {…}", "答句里只能写 {figure}")
        for number in _NUMBERS.findall(spec["reply"]):
            if number not in _NUMBERS.findall(sentence.text):
                self._add(("facts", id, "reply"), f"答句里的“{number}”不在句子里", "答句只能写报告原句里有的数字")
        for place, member in enumerate(spec.get("members", ())):
            if member not in sentence.text:
                self._add(("facts", id, "members", place), f"“{member}”不在句子里", "请照报告原文一字不差地抄写")
        counts = spec.get("counts", "")
        value: Decimal | None = None
        unit = spec.get("unit", "")
        if counts:
            numbers = find_figures(figure)
            if len(numbers) != 1 or numbers[0].start != 0:
                self._add(
                    ("facts", id, "figure"), f"“{figure}”里读不出一个数", "数量要以数字开头；不是数量就删掉 counts"
                )
                return None
            value = numbers[0].value
            stated_unit = "%" if numbers[0].is_percent else figure[numbers[0].end :]
            if stated_unit and unit and not stated_unit.startswith(unit):
                self._add(
                    ("facts", id, "unit"), f"单位“{unit}”和原文的“{stated_unit}”不同", "原文写明了单位，请删掉这一行"
                )
            unit = unit or stated_unit
            if not unit:
                self._add(("facts", id), "数量没有单位", "请补上一行 unit: …")
        return Fact(
            id=id,
            label=spec["label"],
            figure=figure,
            reply=spec["reply"],
            counts=counts,
            value=value,
            unit=unit,
            answers=frozenset(spec.get("answers", ())),
            denied_by=frozenset((*spec.get("denied_by", ()), *self._undone(id, spec))),
            bound=spec.get("bound", ""),
            pairs=tuple(spec.get("pairs", {}).items()),
            members=tuple(spec.get("members", ())),
            named=tuple(spec.get("named", ())),
            rest=tuple(spec.get("rest", ())),
            share_of=spec.get("share_of", ""),
            sentence=sentence,
        )

    def _undone(self, id: str, spec: dict[str, Any]) -> list[str]:
        """The words that deny what the report says was done."""
        if "done" in spec and "undone" not in self.data:
            self._add(("facts", id, "done"), "没有列出 undone", "请在文件开头写一行 undone: […]，列出“没办完”的说法")
        return self.data.get("undone", []) if spec.get("done") else []

    def _derived(self, id: str, spec: dict[str, Any], facts: dict[str, Fact]) -> Fact | None:
        if "done" in spec:
            self._add(("facts", id, "done"), "推算的数字说不上办完没办完", "请删掉 done")
        if "figure" in spec:
            self._add(("facts", id, "figure"), "推算的数字不能写死", "请删掉 figure，机器人会按 formula 算出来")
            return None
        try:
            formula = parse_formula(spec["formula"])
        except ValueError as error:
            self._add(("facts", id, "formula"), str(error), "例如 solar.income / solar.households")
            return None
        values: dict[str, Decimal] = {}
        for operand in formula.operands:
            fact = facts.get(operand)
            if operand in self.data["facts"] and fact is None:
                return None  # it has a problem of its own
            if fact is None:
                self._add(("facts", id, "formula"), f"没有事实“{operand}”", did_you_mean(operand, list(facts)))
            elif fact.value is None:
                self._add(("facts", id, "formula"), f"“{operand}”不是数量", "公式里只能用有 counts 的事实")
            else:
                values[operand] = fact.value
        if len(values) < len(set(formula.operands)):
            return None
        for key in ("unit", "counts"):
            if key not in spec:
                self._add(("facts", id), f"缺少“{key}”", f"推算的事实要写明 {key}")
                return None
        try:
            value = compute(formula, values)
        except ZeroDivisionError:
            self._add(("facts", id, "formula"), "除数是 0", "请改公式")
            return None
        unit = spec["unit"]
        return Fact(
            id=id,
            label=spec["label"],
            figure=format_figure(value, unit, spec.get("decimals", 0)),
            reply=spec["reply"],
            counts=spec["counts"],
            value=value * 100 if unit == "%" else value,
            unit=unit.lstrip("万亿"),
            answers=frozenset(spec.get("answers", ())),
            formula=formula,
        )
