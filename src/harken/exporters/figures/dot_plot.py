"""Draws a dot plot: a row for each figure, its interval as a bar, all told apart without colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from harken.exporters.figures.colours import FAINT, INK, PAPER
from harken.exporters.figures.layout import (
    PLOT_WIDTH,
    Name,
    Row,
    harmless,
    legend_of,
    margins,
    names_of,
    rows_of,
    span_of,
)
from harken.exporters.figures.lettering import LINE, PAD, SMALL, Text
from harken.report import Dot, DotPlot, Mark

_DASHES = ((0, (5, 2)), (0, (1.5, 1.5)), (0, (6, 2, 1.5, 2)))
"""Reference lines that stand beside each other are told apart by their dashes."""
_ROOM_BELOW = 0.04
_STROKE = 0.05
"""Half of the height in inches of the stroke that stands for a part's figure."""


def draw_dots(plot: DotPlot) -> Any:
    """The plot on a canvas just as large as its rows, labels and notes need."""
    plot = harmless(plot)
    rows = list(rows_of(plot.rows))
    body = max((row.top + row.height for row in rows), default=LINE) + _ROOM_BELOW
    span = span_of(plot)
    names = names_of(plot.references, span)
    left, right = margins(plot, rows, names)
    top = LINE * (1 + max((name.level for name in names), default=-1)) + PAD
    legend = list(legend_of(plot.marks, left + PLOT_WIDTH + right))
    n_axis = plot.axis.count("\n") + 1
    below = 0.3 + LINE * n_axis + PAD
    width, height = left + PLOT_WIDTH + right, top + body + below + len(legend) * (LINE + 0.04) + PAD / 2
    canvas = Canvas(figsize=(width, height), facecolor=PAPER)
    text = Text(canvas, width, height)
    axes = canvas.add_axes(
        (left / width, 1 - (top + body) / height, PLOT_WIDTH / width, body / height), facecolor="none"
    )
    _set_axes(axes, span, body)
    _draw_references(axes, names, text, left=left, top=top)
    _draw_lines(axes, [(row.middle, row.dot) for row in rows if row.dot is not None], span)
    for row in rows:
        _draw_row(axes, row, text, left=left, top=top)
    text.write(plot.axis, left + PLOT_WIDTH / 2, top + body + 0.3 + LINE * n_axis / 2, ha="center")
    for number, items in enumerate(legend):
        y = top + body + below + (number + 0.5) * (LINE + 0.04)
        for mark, words, x in items:
            line = Line2D([x / width], [1 - y / height], transform=canvas.transFigure, **_look(mark))
            canvas.add_artist(line)
            text.write(words, x + 0.1, y)
    return canvas


def _set_axes(axes: Any, span: tuple[float, float], body: float) -> None:
    axes.set_xlim(*span)
    axes.set_ylim(body, 0)
    axes.set_yticks([])
    axes.xaxis.set_major_locator(MaxNLocator(nbins=8, steps=[1, 2, 5, 10]))
    axes.tick_params(axis="x", colors=INK, labelsize=SMALL, width=0.6, length=3)
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set(linewidth=0.6, color=INK)


def _draw_references(axes: Any, names: Sequence[Name], text: Text, *, left: float, top: float) -> None:
    for number, name in enumerate(names):
        dashes = _DASHES[number % len(_DASHES)]
        axes.axvline(name.line.value, color=FAINT, linewidth=0.9, linestyle=dashes, zorder=1)
        y = top - PAD / 2 - LINE * (name.level + 0.5)
        text.write(name.words, left + name.left + name.width / 2, y, ha="center", fontsize=SMALL)


def _draw_lines(axes: Any, dots: Sequence[tuple[float, Dot]], span: tuple[float, float]) -> None:
    """What goes along the rows: a faint line through each, the interval, strokes for parts."""
    drawn = [(middle, dot) for middle, dot in dots if dot.value is not None]
    axes.hlines([middle for middle, _ in drawn], *span, color=FAINT, linewidth=0.3, zorder=0)
    others = [(other, middle) for middle, dot in drawn for other in dot.others]
    if others:
        places, middles = np.array(others).T
        axes.vlines(places, middles - _STROKE, middles + _STROKE, color=FAINT, linewidth=1.0, zorder=1)
    limits = [
        (middle, dot.low, dot.high) for middle, dot in drawn if dot.low is not None and dot.high is not None
    ]
    if limits:
        axes.hlines(*zip(*limits, strict=True), color=INK, linewidth=1.3, zorder=2)


def _draw_row(axes: Any, row: Row, text: Text, *, left: float, top: float) -> None:
    middle, dot = top + row.middle, row.dot
    if dot is None:
        text.write(row.label, PAD / 2, middle, fontweight="bold")
        return
    text.write(row.label, left - PAD, top + row.label_middle, ha="right")
    if dot.value is None:
        text.write(dot.note, left + PAD, middle, fontstyle="italic")
        return
    axes.add_artist(Line2D([dot.value], [row.middle], zorder=3, clip_on=False, **_look(dot.mark)))
    if dot.note:
        text.write(dot.note, left + PLOT_WIDTH + PAD, middle)


def _look(mark: Mark) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "marker": "x" if mark == "cross" else "o",
        "markersize": 6,
        "markeredgecolor": INK,
        "markeredgewidth": 1.6 if mark == "cross" else 1.1,
        "markerfacecolor": PAPER if mark == "empty" else INK,
        "markerfacecoloralt": PAPER,
        "fillstyle": "left" if mark == "half" else "full",
        "linestyle": "none",
    }
    return shape
