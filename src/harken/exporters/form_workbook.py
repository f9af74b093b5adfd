"""A workbook to be filled in: texts that are locked, and open cells with drop-downs."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range_abs

from harken.errors import HarkenError
from harken.exporters.office_text import n_lines
from harken.exporters.workbook import MADE_AT, set_height
from harken.exporters.workbook_cells import write_text

LISTS = "lists"
"""The hidden sheet from which the drop-downs read."""
_MOST_ROWS = 1_048_575
_OPEN_COLOUR = "#FFF8E1"
_PERMITTED = {
    "format_rows": True,
    "format_columns": True,
    "autofilter": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}
"""What a protected sheet still allows: making room, and filtering."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormColumn:
    """A column; an open one may be filled in, from the list named `choices` where there is one."""

    heading: str
    width: int
    is_open: bool = False
    choices: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSheet:
    """A sheet of texts below one row of headings; `n_in_sight` columns stay when it is scrolled."""

    name: str
    columns: tuple[FormColumn, ...]
    rows: Sequence[Sequence[str]]
    n_in_sight: int = 1
    is_hidden: bool = False


def form_workbook_bytes(
    sheets: Sequence[FormSheet], *, lists: Mapping[str, Sequence[str]], title: str
) -> bytes:
    """The workbook as XLSX, protected without a password; the same sheets give the same bytes."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_urls": False}) as workbook:
        workbook.set_properties({"title": title[:255], "created": MADE_AT})
        looks = _Looks(workbook)
        for sheet in sheets:
            _write_sheet(workbook.add_worksheet(sheet.name), sheet, lists, looks)
        _write_lists(workbook.add_worksheet(LISTS), lists)
    return buffer.getvalue()


class _Looks:
    """The three looks of cells. All are texts, so nothing that is typed turns into a date or a number."""

    def __init__(self, workbook: Any) -> None:
        text = {"num_format": "@", "valign": "top", "text_wrap": True}
        self.heading = workbook.add_format({**text, "bold": True, "bottom": 1, "valign": "bottom"})
        self.locked = workbook.add_format(text)
        self.open = workbook.add_format(
            {**text, "locked": False, "bg_color": _OPEN_COLOUR, "border": 1, "border_color": "#D9D9D9"}
        )


def _write_sheet(target: Any, sheet: FormSheet, lists: Mapping[str, Sequence[str]], looks: _Looks) -> None:
    if len(sheet.rows) > _MOST_ROWS:
        raise HarkenError(
            f"{len(sheet.rows):,} answers are more than the sheet {sheet.name!r} can hold. Choose fewer."
        )
    set_height(target, 0, max(n_lines(column.heading, column.width - 2) for column in sheet.columns))
    for at, column in enumerate(sheet.columns):
        target.set_column(at, at, column.width)
        write_text(target, 0, at, column.heading, looks.heading)
        for number, row in enumerate(sheet.rows, start=1):
            write_text(target, number, at, row[at], looks.open if column.is_open else looks.locked)
        if column.choices and sheet.rows and lists[column.choices]:
            target.data_validation(
                *(1, at, len(sheet.rows), at),
                {
                    "validate": "list",
                    "source": _source(lists, column.choices),
                    "error_title": "Not in the list",
                    "error_message": "Choose from the list, or leave the cell blank.",
                },
            )
    for number, row in enumerate(sheet.rows, start=1):
        texts = zip(row, sheet.columns, strict=True)
        set_height(target, number, max(n_lines(words, column.width - 1) for words, column in texts))
    target.freeze_panes(1, sheet.n_in_sight)
    target.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
    target.set_paper(9)
    target.set_landscape()
    target.fit_to_pages(1, 0)
    target.repeat_rows(0)
    target.protect("", _PERMITTED)
    if sheet.is_hidden:
        target.hide()


def _write_lists(target: Any, lists: Mapping[str, Sequence[str]]) -> None:
    for at, (name, choices) in enumerate(lists.items()):
        for number, words in enumerate((name, *choices)):
            write_text(target, number, at, words)
    target.protect("", _PERMITTED)
    target.hide()


def _source(lists: Mapping[str, Sequence[str]], name: str) -> str:
    at = list(lists).index(name)
    return f"={LISTS}!{xl_range_abs(1, at, len(lists[name]), at)}"
