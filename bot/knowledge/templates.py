"""Hassil sentence templates: (a|b) is a choice, [a] may be left out, <rule> stands for a rule's template."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from string import Formatter

#: a template that samples to more sentences than this is a mistake (or an attack), not a paraphrase
MAX_SENTENCES = 512


_SYNTAX = re.compile(r"[()\[\]<>|{}]")


def has_syntax(template: str) -> bool:
    """Whether the text is more than a plain sentence."""
    return _SYNTAX.search(template) is not None


def expand(template: str, rules: Mapping[str, str] | None = None) -> list[str]:
    """Every sentence of a template, in order, without duplicates.

    Raises ValueError (in Chinese) for a broken template, an unknown rule or more than MAX_SENTENCES sentences.
    """
    if not has_syntax(template):
        return [template]
    if "?" in template or "*" in template:
        raise ValueError("模板里没有 ? 和 * 的写法")
    # hassil takes longer to import than all the rest of a start
    from hassil.errors import HassilError
    from hassil.parse_expression import parse_sentence
    from hassil.parser import ParseError
    from hassil.sample import sample_expression

    try:
        expression = parse_sentence(template).expression
        bodies = {name: parse_sentence(body) for name, body in (rules or {}).items()}
        sentences: Iterable[str] = sample_expression(expression, expansion_rules=bodies)
        found: dict[str, None] = {}
        for sentence in sentences:
            found[" ".join(sentence.split())] = None
            if len(found) > MAX_SENTENCES:
                raise ValueError(f"模板展开后超过 {MAX_SENTENCES} 句，请拆成几个")
    except (HassilError, ParseError) as error:
        raise ValueError(f"模板写法有误（{error}）") from None
    except RecursionError:
        raise ValueError("模板嵌套太深，或规则互相引用") from None
    if "{" in template:
        raise ValueError("模板里不能用 {列表}")
    return list(found)


def placeholders(text: str) -> set[str]:
    """The names in {} of a text; a broken text has the name "?" that nothing fills in."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return {"?"}
