"""What every output draws: titles, notes, tables of typed cells and figures. All rounding happens here."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

Align = Literal["left", "right"]
Mark = Literal["full", "half", "empty", "cross"]
"""How a dot is drawn; told apart without colour."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What is printed (`text`) and the unrounded value behind it (for formats that keep numbers)."""

    text: str
    value: str | int | float | None = None
    leads_to: str = ""
    """Anchor of the listing in the same book that shows what is behind the figure; only pages link to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column; neighbours with the same `group` stand under one spanning heading."""

    heading: str
    group: str = ""
    align: Align = "left"
    glue: str = ""
    """Pages print this column joined to the one before it by this: n and N as n/N. Data files do not."""
    is_detail: bool = False
    """A screen too narrow for the table leaves this column out; no file does."""
    is_for_data: bool = False
    """A printed book leaves this column out, as the path of a code whose name stands beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; `rows` are as wide as `columns`."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    heads: tuple[int, ...] = ()
    """Places of rows that head a section: set off on a page."""
    breaks: tuple[int, ...] = ()
    """Places of rows before which a page leaves a gap: blocks that no row of their own heads."""
    short_title: str = ""
    """What a sheet of a workbook is called; else by the title."""
    kind: str = ""
    """Which of several tables of a report it is, as "bases", for who puts them together."""

    def has_spanning_head(self, number: int) -> bool:
        """Whether a row heads a section with words alone, which then go across all columns of a page."""
        others = self.rows[number][1:]
        return number in self.heads and bool(others) and not any(cell.text for cell in others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A row of a dot plot: a figure with its interval, unrounded, or words on why there is none."""

    label: str
    """Without one, a row stands close to the one above, and shares its label."""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    note: str = ""
    """Where there is no figure, why: "undefined: one category"; else it stands behind the row."""
    group: str = ""
    """Neighbours with the same group stand under one heading."""
    mark: Mark = "full"
    others: tuple[float, ...] = ()
    """Figures of parts, drawn as small strokes on the row: where they lie, not which is which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceLine:
    """A value that figures are held against."""

    value: float
    label: str = ""
    """What stands at the line's top, as "reliable .800"; else the value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DotPlot:
    """Figures with their intervals, a row each, from the top down."""

    rows: tuple[Dot, ...]
    axis: str
    """What the figures are, as "Krippendorff's alpha, 95 % interval"."""
    low: float = 0.0
    high: float = 1.0
    """What the axis reaches from and to at least; rows that lie beyond make it longer."""
    references: tuple[ReferenceLine, ...] = ()
    marks: tuple[tuple[Mark, str], ...] = ()
    """What the marks mean, in the order of the legend; none, no legend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowStep:
    """A box of a flow diagram, and who leaves below it."""

    label: str
    n: str
    left: tuple[str, ...] = ()
    """Lines on those who do not reach the next box, as "Excluded: 10"; none, no box beside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowColumn:
    """The steps of one group, from the top down."""

    heading: str
    steps: tuple[FlowStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowDiagram:
    """Who came and who is left, group beside group."""

    columns: tuple[FlowColumn, ...]
    axis: str = ""
    """Words below the picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint:
    """A point of a curve; its limits, where it has some, are drawn as a band."""

    x: float
    y: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A line through points from left to right."""

    label: str
    points: tuple[CurvePoint, ...]
    is_stepped: bool = False
    """Whether it stays level until the next point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePlot:
    """Curves over one axis, told apart by their dashes."""

    curves: tuple[Curve, ...]
    axis: str
    """What goes from left to right, as "people, in the order of the file"."""
    upright: str
    """What goes upwards."""
    levels: tuple[ReferenceLine, ...] = ()
    """Heights that curves are held against."""
    places: tuple[ReferenceLine, ...] = ()
    """Places along the axis that are pointed out."""


Plot = DotPlot | FlowDiagram | CurvePlot


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture of a report: `alt` says in words what it shows to those who do not see it."""

    title: str
    alt: str
    plot: Plot
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a command says: its title, notes on the whole, its figures and its tables."""

    title: str
    notes: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a book: a heading, paragraphs of prose, then figures and tables."""

    title: str
    paragraphs: tuple[str, ...] = ()
    report: Report | None = None
    """What is shown below the prose; its own title stands nowhere, its notes stand as paragraphs."""
    level: int = 1
    """1 for a chapter, 2 for a part of one, 3 for a part of that."""
    anchor: str = ""
    """What links lead here, as "methods"; else made of the title."""
    is_appendix: bool = False
    """Appendices stand at the end and are lettered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What is behind a figure: texts, each with whose it is."""

    title: str
    anchor: str
    level: int = 1
    """1 for a scope, 2 and more for what is below it."""
    notes: tuple[str, ...] = ()
    entries: tuple[tuple[str, str], ...] = ()
    """Whose text, and the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Several reports as one: what it is of, then its sections in their order."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    """Names and values of the title page, as ("Project hash", "3f0a…"): never a path, never the time now."""
    running: str = ""
    """One line that every page carries: tool, version, project hash."""
    sections: tuple[Section, ...] = ()
    listings: tuple[Listing, ...] = ()
    """Only a page that can be unfolded holds them."""


EMPTY = Cell("", None)
DASH = Cell("–", None)
HIDDEN = Cell("[c]", None)
"""A figure kept back so that nobody is known by it: confidential, as official statistics mark it."""


def text(value: str) -> Cell:
    """A text that prints as it is."""
    return Cell(value, value)


def count(value: int | None) -> Cell:
    """A whole number; `None` prints as a dash."""
    return DASH if value is None else Cell(str(value), value)


def decimal(value: float | None, places: int = 3, *, undefined: str = "undefined") -> Cell:
    """A coefficient, rounded to `places`; `None` prints the word for why there is none."""
    if value is None:
        return Cell(undefined, None)
    printed = f"{value:.{places}f}"
    return Cell(printed[1:] if float(printed) == 0 and printed.startswith("-") else printed, value)


def interval(low: float | None, high: float | None, places: int = 3) -> Cell:
    """Two limits in brackets, as one cell."""
    if low is None or high is None:
        return Cell("–", None)
    printed = f"[{decimal(low, places).text}, {decimal(high, places).text}]"
    return Cell(printed, printed)


def percentage(n: int, base: int, decimals: int = 1) -> str:
    """`n` of `base` in percent, rounded exactly half up; never a false 0 or 100 (METHODS, Printing)."""
    scale = 10**decimals
    units = (200 * scale * n + base) // (2 * base)
    if n > 0 and units == 0:
        return f"<{1 / scale:.{decimals}f}"
    if n < base and units == 100 * scale:
        return f">{100 - 1 / scale:.{decimals}f}"
    return f"{units // scale}.{units % scale:0{decimals}d}" if decimals else str(units)


def share_in_percent(share: float, decimals: int = 1) -> str:
    """A share that is no fraction of whole people, as a weighted one, printed as `percentage` prints.

    Half up by the shortest digits that mean the number, for the number itself lies beside the tie.
    """
    percent = (100 * Decimal(repr(share))).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    if share > 0 and percent == 0:
        return f"<{10.0**-decimals:.{decimals}f}"
    if share < 1 and percent == 100:
        return f">{100 - 10.0**-decimals:.{decimals}f}"
    return f"{percent:f}"


def glued(table: Table) -> Table:
    """The table with the columns joined that belong together on a page, see `Column.glue`."""
    places: list[list[int]] = []
    for place, column in enumerate(table.columns):
        if column.glue and places:
            places[-1].append(place)
        else:
            places.append([place])
    if len(places) == len(table.columns):
        return table

    def join(texts: list[str], joined: list[int]) -> str:
        words = texts[joined[0]]
        for place in joined[1:]:
            is_repeated_mark = texts[place] == words == HIDDEN.text
            if texts[place] not in ("", DASH.text) and not is_repeated_mark:
                words += table.columns[place].glue + texts[place]
        return words

    headings = [column.heading for column in table.columns]
    columns = tuple(replace(table.columns[joined[0]], heading=join(headings, joined)) for joined in places)
    rows = []
    for row in table.rows:
        texts = [cell.text for cell in row]
        rows.append(
            tuple(
                row[joined[0]]
                if len(joined) == 1
                else replace(text(join(texts, joined)), leads_to=row[joined[0]].leads_to)
                for joined in places
            )
        )
    return replace(table, columns=columns, rows=tuple(rows))


def typeset(table: Table) -> Table:
    """The table as a printed page has it: columns joined, and a true minus before negative figures."""
    is_figure = [column.align == "right" for column in table.columns]
    rows = tuple(
        tuple(
            replace(cell, text=_HYPHEN_MINUS.sub("\u2212", cell.text)) if is_right else cell
            for cell, is_right in zip(row, is_figure, strict=True)
        )
        for row in table.rows
    )
    return glued(replace(table, rows=rows))


def for_print(table: Table) -> Table:
    """The table for a printed book: without the columns that are for screens and data files."""
    kept = [place for place, column in enumerate(table.columns) if not column.is_for_data]
    return replace(
        table,
        columns=tuple(table.columns[place] for place in kept),
        rows=tuple(tuple(row[place] for place in kept) for row in table.rows),
    )


_HYPHEN_MINUS = re.compile(r"(?<![\w.\u2013-])-(?=[\d.])")
_BIDI = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C), "\ufffd")
_CONTROLS = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"}
_C1 = dict.fromkeys(range(0x80, 0xA0), "\ufffd")
_VISIBLE = {**_CONTROLS, **_C1, **_BIDI, 0x2028: "\u2424", 0x2029: "\u2424"}
_VISIBLE_BUT_LINES = {code: mark for code, mark in _VISIBLE.items() if code not in (0x0A,)}


def visible(text: str, *, keep_lines: bool = False) -> str:
    """A participant's text made harmless for a screen, code point for code point.

    Control characters and direction overrides become marks that do nothing, so places in the text stay.
    """
    return text.translate(_VISIBLE_BUT_LINES if keep_lines else _VISIBLE)
