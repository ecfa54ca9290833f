"""Hold YAML data against its schema and say every violation in plain Chinese, with place and remedy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rapidfuzz import process

from bot.knowledge.schemas import Schema
from bot.knowledge.yaml_source import YamlSource
from bot.problems import Problem

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

_TYPES = {
    "string": "文字（数字请加引号）",
    "array": "列表（每项一行，前面加 - ）",
    "object": "键值表（键: 值）",
    "integer": "整数",
    "boolean": "true 或 false",
    "number": "数字",
}


def did_you_mean(word: str, known: list[str]) -> str:
    """A remedy naming the likeliest known word, or all of them when few."""
    found = process.extractOne(word, known, score_cutoff=60)
    if found:
        return f"是不是想写“{found[0]}”？"
    return f"可以写的有：{'、'.join(known[:20])}" if known else "请删掉它"


def schema_problems(source: YamlSource, schema: Schema) -> Iterator[Problem]:
    """Every place where the file's data breaks the schema; nothing when the file has no data."""
    for _, problem in schema_errors(source, schema):
        yield problem


def schema_errors(source: YamlSource, schema: Schema) -> Iterator[tuple[list[Any], Problem]]:
    """The same, each with the path of the offending value."""
    if source.data is None:
        return
    # a start that finds its files validated before doesn't need this, and it takes long to import
    from jsonschema import Draft202012Validator

    for error in Draft202012Validator(schema).iter_errors(source.data):
        for problem in _explain(source, error):
            yield list(error.absolute_path), problem


def _explain(source: YamlSource, error: ValidationError) -> Iterator[Problem]:
    path: list[Any] = list(error.absolute_path)
    rule = error.validator
    expected: Any = error.validator_value
    value: Any = error.instance
    if rule == "additionalProperties" and isinstance(value, dict):
        known = list(error.schema.get("properties", {}))  # type: ignore[union-attr]
        for key in value:
            if key not in known:
                yield source.problem([*path, key], f"不认识的键“{key}”", did_you_mean(str(key), known), of_key=True)
    elif rule == "required" and isinstance(value, dict):
        for key in expected:
            if key not in value:
                yield source.problem(path, f"缺少“{key}”", f"请补上一行 {key}: …")
    elif rule == "type":
        yield source.problem(path, f"这里要写{_TYPES.get(str(expected), str(expected))}", "请改写这个值")
    elif rule == "enum":
        yield source.problem(path, f"不认识的值“{value}”", did_you_mean(str(value), [str(v) for v in expected]))
    elif rule == "pattern" and expected == r"\{figure\}":
        yield source.problem(path, "答句里没有 {figure}", "请在该写数字的地方写 {figure}")
    elif rule == "pattern":
        yield source.problem(path, f"“{value}”的写法不对", "编号请写成 topic.measure（小写英文和下划线）", of_key=True)
    elif rule == "uniqueItems":
        repeated = sorted({str(v) for v in value if value.count(v) > 1})
        yield source.problem(path, f"列表里有重复的项：{'、'.join(repeated)}", "请只留一个")
    elif rule in ("minItems", "minProperties", "minLength"):
        yield source.problem(path, "这里是空的", "请写上内容，或删掉这个键")
    elif rule in ("oneOf", "anyOf") and error.context:
        # Of the alternatives, explain the one that was meant: the one that got furthest into the value.
        deepest = max(error.context, key=lambda e: (len(e.absolute_path), e.validator != "type"))
        yield from _explain(source, deepest)
    else:
        yield source.problem(path, f"这个值不合要求（{rule}: {expected}）", "请按 README 的格式改写")
