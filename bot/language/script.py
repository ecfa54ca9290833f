"""Simplified and Traditional Chinese, by OpenCC."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from opencc import OpenCC

#: 跟著: OpenCC leaves the 著 of what goes on as it is, as that of 著名
_ASPECT = re.compile("(?<![名土显编专原论卓巨合昭所译遗拙])著(?![名作称述书录者有])")


@cache
def _converter(config: str) -> OpenCC:
    return OpenCC(config)


@lru_cache(maxsize=8)  # a message is folded, and then asked what script it is in
def _folded(text: str) -> str:
    return str(_converter("t2s").convert(text))


def to_simplified(text: str) -> str:
    """Fold Traditional characters to Simplified; other text is unchanged."""
    return _ASPECT.sub("着", _folded(text))


def to_traditional(text: str) -> str:
    """Simplified text in the Traditional characters that readers in Taiwan and Hong Kong share."""
    # OpenCC takes 并网 (to connect to the grid) for 併; the report itself writes 並網.
    return str(_converter("s2tw").convert(text)).replace("併網", "並網")


def is_traditional(text: str) -> bool:
    """Whether the text holds characters that only Traditional script uses."""
    return _folded(text) != text
