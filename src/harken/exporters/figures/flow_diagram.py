"""Draws a flow diagram: boxes from the top down, who leaves beside them, groups side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from matplotlib.figure import Figure as Canvas
from matplotlib.patches import FancyArrowPatch, Rectangle

from harken.exporters.figures.colours import INK, PAPER
from harken.exporters.figures.lettering import LINE, PAD, Text, broken, one_line, width_of
from harken.exporters.office_text import office_text
from harken.report import FlowColumn, FlowDiagram, FlowStep

_MOST_BESIDE = 3
"""Groups that stand side by side; more go on below."""
_LONGEST_LINE = 24
_GAP = 0.22
"""Inches between a box and what stands beside it, and twice between groups."""
_BELOW = 0.16
"""Inches that an arrow has at least between two boxes."""
_LINE_WIDTH = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """What all groups of a picture share: widths of boxes, and where each step stands from the top."""

    main: float
    beside: float
    tops: tuple[float, ...]
    heights: tuple[float, ...]
    """Of the boxes."""
    gaps: tuple[float, ...]
    """Below each box, with room for who leaves there."""
    heading: float
    body: float

    @property
    def width(self) -> float:
        return self.main + (_GAP + self.beside if self.beside else 0.0)

    @property
    def height(self) -> float:
        return self.heading + self.body


def draw_flow(diagram: FlowDiagram) -> Any:
    """The diagram on a canvas just as large as its boxes need."""
    columns = [_harmless(column) for column in diagram.columns]
    words = broken(office_text(diagram.axis).strip("\n"), longest=64)
    frame = _frame_of(columns)
    lines = [columns[at : at + _MOST_BESIDE] for at in range(0, len(columns), _MOST_BESIDE)]
    n_beside = max((len(line) for line in lines), default=0)
    needed = n_beside * frame.width + max(0, n_beside - 1) * 2 * _GAP
    width = max(needed, width_of(words), 1.0) + 2 * PAD
    caption = LINE * (words.count("\n") + 1) + PAD if words else 0.0
    height = len(lines) * (frame.height + 2 * PAD) + caption + PAD
    canvas = Canvas(figsize=(width, height), facecolor=PAPER)
    axes = canvas.add_axes((0, 0, 1, 1), facecolor="none")
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    text = Text(canvas, width, height)
    for number, line in enumerate(lines):
        top = PAD + number * (frame.height + 2 * PAD)
        for place, column in enumerate(line):
            left = (width - needed) / 2 + place * (frame.width + 2 * _GAP)
            _draw_column(axes, text, column, frame, left=left, top=top)
    if words:
        text.write(words, width / 2, height - PAD / 2 - caption / 2, ha="center")
    return canvas


def _harmless(column: FlowColumn) -> FlowColumn:
    return FlowColumn(
        heading=broken(one_line(column.heading), longest=_LONGEST_LINE),
        steps=tuple(
            replace(
                step,
                label=broken(one_line(step.label), longest=_LONGEST_LINE),
                n=one_line(step.n),
                left=tuple(broken(one_line(line), longest=_LONGEST_LINE + 4) for line in step.left),
            )
            for step in column.steps
        ),
    )


def _frame_of(columns: Sequence[FlowColumn]) -> _Frame:
    """Boxes as wide and high as the largest text in them, so that steps stand level in all groups."""
    steps = [step for column in columns for step in column.steps]
    n_steps = max((len(column.steps) for column in columns), default=0)
    heights, gaps = [], []
    for at in range(n_steps):
        level = [column.steps[at] for column in columns if at < len(column.steps)]
        heights.append(max(LINE * _n_lines(_words(step)) for step in level) + PAD)
        leaving = max(LINE * _n_lines("\n".join(step.left)) if step.left else 0.0 for step in level)
        is_last = at == n_steps - 1
        gaps.append(leaving + PAD + 2 * _BELOW if leaving else 0.0 if is_last else 2 * _BELOW)
    tops = [sum(heights[:at]) + sum(gaps[:at]) for at in range(n_steps)]
    beside_width = max((width_of("\n".join(step.left)) for step in steps if step.left), default=0.0)
    beside = beside_width + 2 * PAD if beside_width else 0.0
    beside_main = _GAP + beside if beside else 0.0
    headings = [column.heading for column in columns if column.heading]
    return _Frame(
        main=max(
            *(width_of(_words(step)) for step in steps),
            *(width_of(heading, bold=True) - beside_main for heading in headings),
            0.8,
            0.8,
        )
        + 2 * PAD,
        beside=beside,
        tops=tuple(tops),
        heights=tuple(heights),
        gaps=tuple(gaps),
        heading=max((LINE * _n_lines(heading) for heading in headings), default=0.0) + PAD / 2,
        body=sum(heights) + sum(gaps),
    )


def _words(step: FlowStep) -> str:
    return f"{step.label}\n{step.n}"


def _n_lines(words: str) -> int:
    return words.count("\n") + 1


def _draw_column(
    axes: Any, text: Text, column: FlowColumn, frame: _Frame, *, left: float, top: float
) -> None:
    middle = left + frame.main / 2
    if column.heading:
        y = top + LINE * _n_lines(column.heading) / 2
        text.write(column.heading, left, y, fontweight="bold", ha="left")
    top += frame.heading
    for at, step in enumerate(column.steps):
        y, height, gap = top + frame.tops[at], frame.heights[at], frame.gaps[at]
        _box(axes, left, y, frame.main, height)
        text.write(_words(step), middle, y + height / 2, ha="center")
        below = y + height
        if at + 1 < len(column.steps):
            _arrow(axes, (middle, below), (middle, below + gap))
        if step.left:
            words = "\n".join(step.left)
            beside, room = left + frame.main + _GAP, LINE * _n_lines(words) + PAD
            at_middle = below + gap / 2
            # The arrow starts at the stem, or where nothing follows at a stem of its own.
            if at + 1 == len(column.steps):
                axes.plot([middle, middle], [below, at_middle], color=INK, linewidth=_LINE_WIDTH)
            _arrow(axes, (middle, at_middle), (beside, at_middle))
            _box(axes, beside, at_middle - room / 2, frame.beside, room)
            text.write(words, beside + PAD, at_middle)


def _box(axes: Any, x: float, y: float, width: float, height: float) -> None:
    axes.add_patch(Rectangle((x, y), width, height, facecolor=PAPER, edgecolor=INK, linewidth=_LINE_WIDTH))


def _arrow(axes: Any, start: tuple[float, float], end: tuple[float, float]) -> None:
    axes.add_patch(
        FancyArrowPatch(
            start,
            end,
            arrowstyle="-|>",
            mutation_scale=7,
            shrinkA=0,
            shrinkB=0,
            color=INK,
            linewidth=_LINE_WIDTH,
        )
    )
