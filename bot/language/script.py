"""Simplified and Traditional Chinese, by OpenCC."""

from __future__ import annotations

from functools import cache

from opencc import OpenCC


@cache
def _converter(config: str) -> OpenCC:
    return OpenCC(config)


def to_simplified(text: str) -> str:
    """Fold Traditional characters to Simplified; other text is unchanged."""
    return _converter("t2s").convert(text)


def to_traditional(text: str) -> str:
    """Simplified text in Traditional characters."""
    return _converter("s2t").convert(text)


def is_traditional(text: str) -> bool:
    """Whether the text holds characters that only Traditional script uses."""
    return to_simplified(text) != text
