"""Where the parts of a dot plot stand: rows, names and margins in inches, so that no text is cut."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath
from rich.cells import cell_len

from harken.exporters.office_text import office_text
from harken.report import Dot, DotPlot, Mark, ReferenceLine

FAMILY = "DejaVu Sans"
"""Comes with matplotlib and is broad: what fits in it fits in what others show instead."""
SIZE, SMALL = 9, 8
LINE = 0.165
"""Inches that a line of text takes."""
PLOT_WIDTH = 4.0
PAD = 0.1
DPI = 200
"""Dots an inch of a picture made of dots."""
_POINTS = 72
_HINTING = 0.5 / DPI
"""Inches by which a picture made of dots widens a character at most, to set it on whole dots."""
_ROW_GAP = 0.06
_LONGEST_LINE = 44
"""Characters of a label before it goes on in another line."""
_LEGEND_GAP = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the plot: a heading (`dot` is None) or a figure, with its place from the top in inches."""

    label: str
    dot: Dot | None
    top: float
    height: float

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
            label=_broken(office_text(row.label).strip("\n")),
            group=_broken(office_text(row.group)),
            note=_one_line(row.note),
        )
        for row in plot.rows
    )
    references = tuple(replace(line, label=_one_line(line.label)) for line in plot.references)
    marks = tuple((mark, _one_line(words)) for mark, words in plot.marks)
    axis = _broken(office_text(plot.axis), longest=64)
    return replace(plot, rows=rows, references=references, marks=marks, axis=axis)


def _one_line(words: str) -> str:
    return " ".join(office_text(words).split())


def _broken(words: str, *, longest: int = _LONGEST_LINE) -> str:
    """A text in lines, broken at spaces and behind the dots and slashes of a code's path."""
    lines = []
    for paragraph in words.split("\n"):
        line = ""
        for piece in re.findall(r"\s*[^\s./]*[./]?", paragraph):
            while cell_len(line + piece) > longest:
                if line.strip():
                    lines.append(line)
                    line, piece = "", piece.lstrip()
                else:
                    lines.append(piece[: longest // 2])
                    line, piece = "", piece[longest // 2 :]
            line += piece
        lines.append(line)
    return "\n".join(lines)


def rows_of(dots: Sequence[Dot]) -> Iterator[Row]:
    top = 0.0
    for group, members in groupby(dots, key=lambda dot: dot.group):
        headed: list[tuple[str, Dot | None]] = [(group, None)] if group else []
        for label, dot in (*headed, *((dot.label, dot) for dot in members)):
            height = LINE * (label.count("\n") + 1) + _ROW_GAP
            yield Row(label=label, dot=dot, top=top, height=height)
            top += height


def _width(words: str, *, size: int = SIZE, bold: bool = False) -> float:
    """Inches of a text's longest line, rather too many for characters that the font does not have."""
    font = FontProperties(family=FAMILY, size=size, weight="bold" if bold else "normal")
    widest = 0.0
    for line in words.split("\n"):
        if line:
            width, _, _ = TextToPath().get_text_width_height_descent(line, font, False)
            rough = 0.0 if line.isascii() else cell_len(line) * size * 0.65
            widest = max(widest, width + len(line) * _HINTING * _POINTS, rough)
    return widest / _POINTS


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
    beyond = (_width(plot.axis) - PLOT_WIDTH) / 2 + PAD
    left = [0.4, beyond]
    left += [_width(row.label, bold=row.dot is None) + 2 * PAD for row in rows]
    left += [PAD - name.left for name in names]
    right = [0.3, beyond]
    right += [_width(dot.note) + 2 * PAD - (PLOT_WIDTH if dot.value is None else 0) for dot in dots]
    right += [name.left + name.width + PAD - PLOT_WIDTH for name in names]
    needed = max((4 * PAD + _width(words) for _, words in plot.marks), default=0.0)
    return max(left), max(*right, needed - max(left) - PLOT_WIDTH)


def names_of(plot: DotPlot, span: tuple[float, float]) -> list[Name]:
    """Where the reference lines' names stand above the plot so that no two touch."""
    names: list[Name] = []
    ends: list[float] = []
    for line in sorted(plot.references, key=lambda line: line.value):
        words = line.label or f"{line.value:.3g}"
        width, place = _width(words, size=SMALL), place_of(line.value, span)
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
        needed = PAD + _width(words)
        if line and x + needed > width:
            yield line
            line, x = [], 2 * PAD
        line.append((mark, words, x))
        x += needed + _LEGEND_GAP
    if line:
        yield line
