"""What the cells of an HTML table are: headings of columns, groups, rows and sections, and how they look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from harken.exporters.office_text import office_text, widest_line
from harken.report import Cell, Column, Table

_SHORT = 24
"""Characters up to which the texts of a column are not broken."""
_LONG = 40
"""Characters from which on a column gets room to be read in."""
_FEW_ROWS, _FEW_CHARACTERS = 20, 2_000
"""A table of no more stands whole on a printed page."""
_TALL = 500
"""Characters in a cell from which its row may go on over the page's end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlCell:
    """A cell with what it is to a reader's ear (`scope`) and eye (`looks`)."""

    text: str
    scope: str = ""
    n_columns: int = 1
    n_rows: int = 1
    looks: str = ""
    depth: int = 0
    """How far the text is indented, in leading spaces."""
    leads_to: str = ""
    """Anchor on the same page of what is behind the figure."""

    @property
    def tag(self) -> str:
        return "th" if self.scope else "td"


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlRow:
    """A row of a table's body."""

    cells: Sequence[HtmlCell]
    looks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlTable:
    """A table as the template writes it; each part of its body begins with the head of a section."""

    number: int
    title: str
    notes: Sequence[str]
    spans: Sequence[int]
    headings: Sequence[Sequence[HtmlCell]]
    parts: Sequence[Sequence[HtmlRow]]
    size: int
    is_wide: bool
    is_short: bool
    blocks: Sequence[HtmlTable] = ()
    """What is printed of a table too wide for paper: some of its columns at a time."""


def html_table(
    table: Table, *, number: int, size: int, is_wide: bool, blocks: Sequence[HtmlTable] = ()
) -> HtmlTable:
    """The table for a page; printed in `size` points and, if `is_wide`, on landscape pages."""
    groups = [(group, len(list(members))) for group, members in groupby(_groups(table))]
    return HtmlTable(
        number=number,
        title=office_text(table.title),
        notes=[office_text(note) for note in table.notes],
        spans=[n for _, n in groups],
        headings=_headings(table, groups),
        parts=_parts(table),
        size=size,
        is_wide=is_wide,
        is_short=len(table.rows) <= _FEW_ROWS and _n_characters(table) <= _FEW_CHARACTERS,
        blocks=blocks,
    )


def _n_characters(table: Table) -> int:
    return sum(len(cell.text) for row in table.rows for cell in row)


def _groups(table: Table) -> Iterator[str]:
    return (column.group for column in table.columns)


def _headings(table: Table, groups: Sequence[tuple[str, int]]) -> list[list[HtmlCell]]:
    """One row of headings, or two where groups stand over columns; a column without a group has both."""
    looks = [_place_looks(table, at) for at in range(len(table.columns))]
    if not any(group for group, _ in groups):
        if not any(column.heading for column in table.columns):
            return []
        return [[_heading(column, look) for column, look in zip(table.columns, looks, strict=True)]]
    upper, lower = [], []
    at = 0
    for group, n in groups:
        members = range(at, at + n)
        if group:
            words = office_text(group)
            look = "group short" if widest_line(words) <= _SHORT else "group"
            upper.append(HtmlCell(text=words, scope="colgroup", n_columns=n, looks=look))
            lower += [_heading(table.columns[member], looks[member]) for member in members]
        else:
            upper += [_heading(table.columns[member], looks[member], n_rows=2) for member in members]
        at += n
    return [upper, lower]


def _heading(column: Column, looks: str, *, n_rows: int = 1) -> HtmlCell:
    words = office_text(column.heading)
    return HtmlCell(text=words, scope="col" if words.strip() else "", n_rows=n_rows, looks=looks)


def _place_looks(table: Table, at: int) -> str:
    """How a column's cells are aligned, and whether they stand apart from those before."""
    column, before = table.columns[at], table.columns[max(at - 1, 0)]
    is_apart = at > 0 and (column.group != before.group or (column.align, before.align) == ("left", "right"))
    return " ".join(
        look for look, holds in (("right", column.align == "right"), ("apart", is_apart)) if holds
    )


def _parts(table: Table) -> list[list[HtmlRow]]:
    looks = [_column_looks(table, at) for at in range(len(table.columns))]
    heads = frozenset(table.heads)
    parts: list[list[HtmlRow]] = []
    for number, cells in enumerate(table.rows):
        if not parts or number in heads or number in table.breaks:
            parts.append([])
        parts[-1].append(_row(table, number, cells, looks, is_head=number in heads))
    return parts


def _column_looks(table: Table, at: int) -> str:
    texts = [
        office_text(row[at].text)
        for number, row in enumerate(table.rows)
        if not table.has_spanning_head(number)
    ]
    widest = max(map(widest_line, texts), default=0)
    width = "short" if widest <= _SHORT else "long" if widest > _LONG else "middling"
    return f"{_place_looks(table, at)} {width}".strip()


def _row(table: Table, number: int, cells: Sequence[Cell], looks: Sequence[str], *, is_head: bool) -> HtmlRow:
    if table.has_spanning_head(number):
        head = HtmlCell(text=office_text(cells[0].text), scope="rowgroup", n_columns=len(cells))
        return HtmlRow(cells=[head], looks="head")
    scope = "rowgroup" if is_head else "row"
    drawn = [
        _body_cell(cell, column, look, scope=scope if at == 0 and len(cells) > 1 else "")
        for at, (cell, column, look) in enumerate(zip(cells, table.columns, looks, strict=True))
    ]
    is_tall = any(len(cell.text) > _TALL for cell in cells)
    return HtmlRow(cells=drawn, looks=f"{'head' if is_head else ''} {'tall' if is_tall else ''}".strip())


def _body_cell(cell: Cell, column: Column, looks: str, *, scope: str) -> HtmlCell:
    words = office_text(cell.text)
    depth = len(words) - len(words.lstrip(" ")) if column.align == "left" else 0
    return HtmlCell(
        text=words[depth:],
        scope=scope if words.strip() else "",
        looks=looks,
        depth=depth,
        leads_to=cell.leads_to,
    )
