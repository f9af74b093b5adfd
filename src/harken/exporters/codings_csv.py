"""Writes a codings file that reads back as the same codings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from harken.exporters.csv_lines import csv_line
from harken.model import CODING_COLUMNS, CodingRow

_LINE_END = "\r\n"


def write_codings(rows: Iterable[CodingRow], stream: TextIO, *, spreadsheet_safe: bool = False) -> int:
    """Write all columns, sorted, to a stream opened with `newline=""`; return how many rows there were.

    The order is that of the columns, text by code points, a code on the whole response before its segments.
    `spreadsheet_safe` puts an apostrophe before cells that a spreadsheet would run as a formula.
    """
    stream.write(csv_line(CODING_COLUMNS, end=_LINE_END))
    n_rows = 0
    for row in sorted(rows, key=_place_in_order):
        stream.write(csv_line(_cells(row), spreadsheet_safe=spreadsheet_safe, end=_LINE_END))
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
