"""Where the parts of a dot plot stand: rows, names and margins in inches, so that no text is cut."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from harken.exporters.figures.lettering import LINE, PAD, SMALL, broken, one_line, width_of
from harken.exporters.office_text import office_text
from harken.report import Dot, DotPlot, Mark, ReferenceLine

PLOT_WIDTH = 4.0
_ROW_GAP = 0.06
_CLOSE = 0.12
"""Inches between figures that share a label."""
_LEGEND_GAP = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the plot: a heading (`dot` is None) or a figure, with its place from the top in inches."""

    label: str
    dot: Dot | None
    top: float
    height: float
    label_middle: float
    """Where the label stands: at the middle of all rows that it is for."""

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """The name of a reference line: its place and width in inches along the axis, and how high it stands."""

    words: str
    line: ReferenceLine
    place: float
    left: float
    width: float
    level: int


def harmless(plot: DotPlot) -> DotPlot:
    """The plot with every text cleaned, and labels broken into lines."""
    rows = tuple(
        replace(
            row,
            label=broken(office_text(row.label).strip("\n")),
            group=broken(office_text(row.group)),
            note=one_line(row.note),
        )
        for row in plot.rows
    )
    references = tuple(replace(line, label=one_line(line.label)) for line in plot.references)
    marks = tuple((mark, one_line(words)) for mark, words in plot.marks)
    axis = broken(office_text(plot.axis), longest=64)
    return replace(plot, rows=rows, references=references, marks=marks, axis=axis)


def rows_of(dots: Sequence[Dot]) -> Iterator[Row]:
    """Headings and figures from the top down; figures without a label belong to the one above them."""
    top = 0.0
    for group, members in groupby(dots, key=lambda dot: dot.group):
        if group:
            height = _label_height(group)
            yield Row(label=group, dot=None, top=top, height=height, label_middle=top + height / 2)
            top += height
        for band in _bands(list(members)):
            step = LINE if any(dot.note for dot in band) else _CLOSE
            rows_height = 0.0 if len(band) == 1 else step * len(band) + _ROW_GAP
            height = max(_label_height(band[0].label), rows_height)
            if len(band) == 1:
                step = height
            first = top + (height - step * len(band)) / 2
            for number, dot in enumerate(band):
                yield Row(
                    label=dot.label,
                    dot=dot,
                    top=first + number * step,
                    height=step,
                    label_middle=top + height / 2,
                )
            top += height


def _bands(dots: Sequence[Dot]) -> Iterator[list[Dot]]:
    """Figures that share a label: the one that has it, and those without one below it."""
    band: list[Dot] = []
    for dot in dots:
        if dot.label and band:
            yield band
            band = []
        band.append(dot)
    if band:
        yield band


def _label_height(label: str) -> float:
    return LINE * (label.count("\n") + 1) + _ROW_GAP


def span_of(plot: DotPlot) -> tuple[float, float]:
    """What the axis reaches from and to: what is asked for, made longer by whole steps where rows need it."""
    figures = [
        figure
        for row in plot.rows
        if row.value is not None
        for figure in (row.value, row.low, row.high)
        if figure is not None
    ]
    figures += [line.value for line in plot.references]
    figures += [other for row in plot.rows for other in row.others]
    low, high = min([plot.low, *figures]), max([plot.high, *figures])
    step = 10 ** math.floor(math.log10((high - low) or 1)) / 5
    if low < plot.low:
        low = math.floor(low / step) * step
    if high > plot.high:
        high = math.ceil(high / step) * step
    # A dot on the very edge is drawn whole.
    margin = 0.02 * (high - low)
    return low - margin, high + margin


def place_of(value: float, span: tuple[float, float]) -> float:
    """Inches from the axis' beginning."""
    return (value - span[0]) / (span[1] - span[0]) * PLOT_WIDTH


def margins(plot: DotPlot, rows: Sequence[Row], names: Sequence[Name]) -> tuple[float, float]:
    """Inches on both sides of the axis that labels, notes, the axis' name and the legend need."""
    dots = [row.dot for row in rows if row.dot is not None]
    beyond = (width_of(plot.axis) - PLOT_WIDTH) / 2 + PAD
    left = [0.4, beyond]
    left += [width_of(row.label, bold=row.dot is None) + 2 * PAD for row in rows]
    left += [PAD - name.left for name in names]
    right = [0.3, beyond]
    right += [width_of(dot.note) + 2 * PAD - (PLOT_WIDTH if dot.value is None else 0) for dot in dots]
    right += [name.left + name.width + PAD - PLOT_WIDTH for name in names]
    needed = max((4 * PAD + width_of(words) for _, words in plot.marks), default=0.0)
    return max(left), max(*right, needed - max(left) - PLOT_WIDTH)


def names_of(references: Sequence[ReferenceLine], span: tuple[float, float]) -> list[Name]:
    """Where the reference lines' names stand above the plot so that no two touch."""
    names: list[Name] = []
    ends: list[float] = []
    for line in sorted(references, key=lambda line: line.value):
        words = line.label or f"{line.value:.3g}"
        width, place = width_of(words, size=SMALL), place_of(line.value, span)
        level = next((at for at, end in enumerate(ends) if end + PAD <= place - width / 2), len(ends))
        ends[level : level + 1] = [place + width / 2]
        names.append(
            Name(words=words, line=line, place=place, left=place - width / 2, width=width, level=level)
        )
    if len(names) == 2 and names[1].level:
        first, second = names
        gap = PAD / 4
        return [
            replace(first, left=first.place - first.width + gap),
            replace(second, left=second.place - gap, level=0),
        ]
    return names


def legend_of(marks: Sequence[tuple[Mark, str]], width: float) -> Iterator[list[tuple[Mark, str, float]]]:
    """The legend's lines: each mark with its words and the place of the mark from the left."""
    line: list[tuple[Mark, str, float]] = []
    x = 2 * PAD
    for mark, words in marks:
        needed = PAD + width_of(words)
        if line and x + needed > width:
            yield line
            line, x = [], 2 * PAD
        line.append((mark, words, x))
        x += needed + _LEGEND_GAP
    if line:
        yield line
