"""Derived facts: read a formula over fact ids, compute it exactly, show it in Chinese."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from bot.knowledge.model import Formula

_OPERATOR = re.compile(r"\s*([-+*/])\s*")
_FACT_ID = re.compile(r"[a-z_]+\.[a-z_]+")
_SHOWN = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_UNIT_SCALES = {"%": Decimal("0.01"), "万": Decimal(10_000), "亿": Decimal(100_000_000)}


def parse_formula(text: str) -> Formula:
    """Read `a.b + c.d - …` or `a.b / c.d`: fact ids joined by + - or by * /, applied from left to right.

    Raises ValueError (in Chinese) for anything else: numbers, names, brackets or calls.
    """
    operands, operators = _OPERATOR.split(text.strip())[::2], _OPERATOR.findall(text)
    if not all(map(_FACT_ID.fullmatch, operands)):
        raise ValueError("公式写法有误：只能写事实编号（例如 solar.income），用 + - * / 连起来")
    if len(operands) < 2:
        raise ValueError("公式至少要有两个事实编号")
    if len(set(operators) & {"+", "-"}) and len(set(operators) & {"*", "/"}):
        raise ValueError("公式不能把加减和乘除混在一起")
    return Formula(tuple(operands), tuple(operators))


def compute(formula: Formula, values: dict[str, Decimal]) -> Decimal:
    """The exact result. Raises ZeroDivisionError when a divisor is 0."""
    result = values[formula.operands[0]]
    for operator, operand in zip(formula.operators, formula.operands[1:], strict=True):
        value = values[operand]
        if operator == "+":
            result += value
        elif operator == "-":
            result -= value
        elif operator == "*":
            result *= value
        elif value == 0:
            raise ZeroDivisionError(operand)
        else:
            result /= value
    return result


def format_figure(value: Decimal, unit: str, decimals: int) -> str:
    """The computed value as a figure in its unit: (0.7089, "%", 1) → 70.9%; (2467889.9, "万元", 0) → 247万元."""
    scaled = value / _UNIT_SCALES.get(unit[:1], Decimal(1))
    return f"{scaled.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP):f}{unit}"


def show(formula: Formula, figures: dict[str, str], result: str, *, exact: bool) -> str:
    """The formula with the report's own figures: 4.8亿元 ÷ 10.69万户 ≈ 4490元."""
    parts = [figures[formula.operands[0]]]
    for operator, operand in zip(formula.operators, formula.operands[1:], strict=True):
        parts += [_SHOWN[operator], figures[operand]]
    return " ".join([*parts, "=" if exact else "≈", result])
