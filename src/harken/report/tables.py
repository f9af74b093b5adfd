"""Tables of typed cells, with columns under spanning headings and rows in sections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from harken.report.cells import Cell

Align = Literal["left", "right"]


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
