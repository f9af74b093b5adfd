"""A report's figures as SVG and PNG: the same figure gives the same bytes."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from harken.exporters.figures.png import with_words
from harken.exporters.figures.svg import svg_element, svg_file
from harken.report import Figure, Plot, visible

_SALT = "harken"
_KEPT = 64
"""Drawings that are kept: a report has each on its page, in its document and as files."""
_OTHER_SCRIPTS = (
    "Noto Sans CJK JP",
    "Noto Sans CJK SC",
    "Microsoft YaHei",
    "Yu Gothic",
    "Malgun Gothic",
    "Hiragino Sans",
    "PingFang SC",
    "WenQuanYi Zen Hei",
    "Noto Sans Devanagari",
    "Nirmala UI",
    "Arial Unicode MS",
)
"""Fonts that draw what the first one lacks, where a machine has them."""


def figure_png(figure: Figure) -> bytes:
    """The figure as PNG, 200 dots an inch."""
    words = {"Title": _latin(figure.title), "Description": _latin(figure.alt)}
    return with_words(_in_dots(figure.plot), words)


def figure_svg(figure: Figure) -> bytes:
    """The figure as an SVG file; texts stay texts that can be searched."""
    return svg_file(_in_lines(figure.plot), figure)


def inline_svg(figure: Figure, *, name: str) -> str:
    """The figure as an element of a page, in the page's colours; `name` is that of no other element there."""
    return svg_element(_in_lines(figure.plot), figure, name=name)


@lru_cache(maxsize=_KEPT)
def _in_dots(plot: Plot) -> bytes:
    from harken.exporters.figures.lettering import DPI

    buffer = io.BytesIO()
    with _canvas(plot) as canvas:
        canvas.savefig(buffer, format="png", dpi=DPI, metadata={"Software": None})
    return buffer.getvalue()


@lru_cache(maxsize=_KEPT)
def _in_lines(plot: Plot) -> bytes:
    buffer = io.BytesIO()
    with _canvas(plot) as canvas:
        nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        canvas.savefig(buffer, format="svg", metadata=nothing)
    return buffer.getvalue()


@contextmanager
def _canvas(plot: Plot) -> Iterator[Any]:
    """The drawing, in the look of the library itself whatever a person's own settings for it are."""
    import matplotlib
    from matplotlib.font_manager import fontManager

    from harken.exporters.figures.drawing import draw
    from harken.exporters.figures.lettering import FAMILY

    installed = set(fontManager.get_font_names())
    with matplotlib.rc_context(), warnings.catch_warnings():
        # A character that no font here has is drawn as a box; an SVG holds it as it is.
        warnings.filterwarnings("ignore", message=r"Glyph \d+ ")
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(
            {
                "font.family": [FAMILY, *(name for name in _OTHER_SCRIPTS if name in installed)],
                "svg.fonttype": "none",
                "svg.hashsalt": _SALT,
                "text.parse_math": False,
                "axes.unicode_minus": True,
            }
        )
        yield draw(plot)


def _latin(words: str) -> str:
    """A text as the PNG format can hold it."""
    return visible(words).encode("latin-1", "replace").decode("latin-1")
