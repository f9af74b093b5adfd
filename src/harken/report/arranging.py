"""Tables as pages have them: columns joined, true minus signs, nothing that is for data files alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from harken.report.cells import DASH, HIDDEN, text
from harken.report.tables import Table

_HYPHEN_MINUS = re.compile(r"(?<![\w.\u2013-])-(?=[\d.])")


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


def without_empty(table: Table) -> Table:
    """The table without columns in which no row says anything."""
    filled = [place for place in range(len(table.columns)) if any(row[place].text for row in table.rows)]
    return _with_columns(table, filled) if filled else table


def for_print(table: Table) -> Table:
    """The table for a printed book: without the columns that are for screens and data files."""
    kept = [place for place, column in enumerate(table.columns) if not column.is_for_data]
    return _with_columns(table, kept)


def _with_columns(table: Table, kept: Sequence[int]) -> Table:
    return replace(
        table,
        columns=tuple(table.columns[place] for place in kept),
        rows=tuple(tuple(row[place] for place in kept) for row in table.rows),
    )
