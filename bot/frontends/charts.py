"""A small bar chart of figures in like units, as a PNG; needs the extra reportbot[charts]."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

#: a package that ships Noto Sans CJK, whose one file holds the characters of all Chinese scripts
_FONT_PACKAGE, _FONT = "notojp_matplotlib", "fonts/NotoSansCJKjp-Regular.otf"
_BAR = "#3a76c4"
_WIDTH, _HEIGHT_A_BAR, _MARGINS = 7.0, 0.55, 1.3
_DPI = 160
#: characters of a label in one line
_LABEL = 14


@dataclass(frozen=True)
class Bar:
    """A figure as the report writes it, and its number in base units."""

    label: str
    figure: str
    value: float


def can_draw() -> bool:
    """Whether the packages of the extra are installed."""
    return find_spec("matplotlib") is not None and find_spec(_FONT_PACKAGE) is not None


def draw(title: str, bars: Sequence[Bar], source: str) -> bytes:
    """A PNG of horizontal bars in the order given, each with its figure; `source` stands below."""
    from matplotlib.figure import Figure

    font, small = _font(11), _font(8)
    chart = Figure(figsize=(_WIDTH, _MARGINS + _HEIGHT_A_BAR * len(bars)), dpi=_DPI, layout="constrained")
    axes = chart.add_subplot()
    places = range(len(bars), 0, -1)
    drawn = axes.barh(places, [bar.value for bar in bars], color=_BAR, height=0.6)
    axes.bar_label(drawn, [bar.figure for bar in bars], padding=4, fontproperties=font)
    axes.set_yticks(places, [_wrapped(bar.label) for bar in bars], fontproperties=font)
    axes.set_xlim(0, 1.25 * max(bar.value for bar in bars))
    axes.set_xticks([])
    axes.tick_params(left=False)
    for side in ("top", "right", "bottom"):
        axes.spines[side].set_visible(False)
    axes.set_title(title, fontproperties=_font(13), loc="left")
    axes.set_xlabel(source, fontproperties=small, color="#666666", loc="left")
    png = io.BytesIO()
    chart.savefig(png, format="png")
    return png.getvalue()


def _wrapped(label: str) -> str:
    return "\n".join(label[at : at + _LABEL] for at in range(0, len(label), _LABEL))


@cache
def _font(size: int) -> Any:
    from matplotlib.font_manager import FontProperties

    spec = find_spec(_FONT_PACKAGE)
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    return FontProperties(fname=str(folder / _FONT), size=size)
