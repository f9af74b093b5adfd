"""Writes a codings file that reads back as the same codings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TextIO

from harken.model import CODING_COLUMNS, CodingRow

_NEEDS_QUOTES = re.compile(r'[,"\r\n]')
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_codings(rows: Iterable[CodingRow], stream: TextIO, *, spreadsheet_safe: bool = False) -> int:
    """Write all columns, sorted, to a stream opened with `newline=""`; return how many rows there were.

    The order is that of the columns, text by code points, a code on the whole response before its segments.
    `spreadsheet_safe` puts an apostrophe before cells that a spreadsheet would run as a formula.
    """
    stream.write(",".join(CODING_COLUMNS) + "\r\n")
    n_rows = 0
    for row in sorted(rows, key=_place_in_order):
        cells = _cells(row)
        if spreadsheet_safe:
            cells = [f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells]
        # Python 3.11's csv module can leave a carriage return unquoted, which ends the row for readers.
        stream.write(",".join(map(_quoted, cells)) + "\r\n")
        n_rows += 1
    return n_rows


def _place_in_order(row: CodingRow) -> tuple[str | int, ...]:
    start = -1 if row.start is None else row.start
    end = -1 if row.end is None else row.end
    return (*row[:6], start, end, row.state, row.unsure, row.memo, row.at)


def _cells(row: CodingRow) -> list[str]:
    return [
        *row[:6],
        "" if row.start is None else str(row.start),
        "" if row.end is None else str(row.end),
        row.state.value,
        "yes" if row.unsure else "no",
        row.memo,
        row.at,
    ]


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES.search(cell) else cell
