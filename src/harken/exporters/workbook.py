"""A report as a workbook: a sheet a table, figures as numbers that print as the report prints them."""

from __future__ import annotations

import datetime
import io
from itertools import groupby
from typing import Any

import xlsxwriter

from harken.errors import HarkenError, quoted
from harken.exporters.office_text import n_lines, office_text, widest_line, widest_word
from harken.exporters.sheet_names import sheet_names
from harken.exporters.workbook_cells import LONGEST_TEXT, fitting, n_units, number_in, write_text
from harken.report import Report, Table

NOTES = "Notes"
MADE_AT = datetime.datetime(2000, 1, 1)
"""Stands in every file, so that the same report gives the same bytes."""
_MOST_ROWS = 1_048_576
_BROADEST_TEXT = 60
_BROADEST_FIRST = 44
"""Characters; a first column stays in sight, so it leaves room for the others."""
_BROADEST_NOTE = 110
_LINE_HEIGHT = 15
_HIGHEST_ROW = 409
"""Points."""


def workbook_bytes(report: Report) -> bytes:
    """The report as XLSX; every text is a text, never a formula and never a link."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        workbook.set_properties({"title": office_text(report.title)[:255], "created": MADE_AT})
        formats = _Formats(workbook)
        names = sheet_names((table.short_title or table.title for table in report.tables), taken=[NOTES])
        for name, table in zip(names, report.tables, strict=True):
            _TableSheet(workbook.add_worksheet(name), table, formats).write()
        _write_notes(workbook.add_worksheet(NOTES), report, formats)
    return buffer.getvalue()


class _Formats:
    """The looks of cells, each made once."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def get(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format({"valign": "top", **properties})
        return self._made[key]


class _TableSheet:
    """One table on its sheet, from the title down to the notes."""

    def __init__(self, sheet: Any, table: Table, formats: _Formats) -> None:
        self.sheet = sheet
        self.table = table
        self.formats = formats
        self.has_groups = any(column.group for column in table.columns)
        self.first_row = 2 + self.has_groups
        if self.first_row + len(table.rows) + len(table.notes) + 2 > _MOST_ROWS:
            raise HarkenError(
                f"Table {quoted(table.title)} has {len(table.rows):,} rows, more than a sheet can hold. "
                "Write CSV, or choose fewer."
            )
        self.widths = _widths(table)

    def write(self) -> None:
        write_text(self.sheet, 0, 0, fitting(office_text(self.table.title)), self._look(bold=True, size=12))
        for at, width in enumerate(self.widths):
            self.sheet.set_column(at, at, width)
        self._write_headings()
        n_cut = self._write_rows()
        self._write_notes(n_cut)
        self.sheet.freeze_panes(self.first_row, 1 if len(self.widths) > 1 else 0)
        self.sheet.set_paper(9)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(1, self.first_row - 1)

    def _look(self, *, bold: bool = False, size: int | None = None, **properties: Any) -> Any:
        if bold:
            properties["bold"] = True
        if size is not None:
            properties["font_size"] = size
        return self.formats.get(**properties)

    def _write_headings(self) -> None:
        columns = self.table.columns
        if self.has_groups:
            for group, members in groupby(range(len(columns)), key=lambda at: columns[at].group):
                span = list(members)
                look = self._look(bold=True, align="center", top=1, bottom=1 if group else 0)
                if len(span) > 1 and group:
                    self.sheet.merge_range(1, span[0], 1, span[-1], "", look)
                    write_text(self.sheet, 1, span[0], office_text(group), look)
                else:
                    for at in span:
                        write_text(self.sheet, 1, at, office_text(group), look)
        height = 1
        for at, column in enumerate(columns):
            look = self._look(
                bold=True,
                align=column.align,
                indent=self._indent(at),
                text_wrap=True,
                bottom=1,
                top=0 if self.has_groups else 1,
            )
            words = fitting(office_text(column.heading))
            write_text(self.sheet, self.first_row - 1, at, words, look)
            height = max(height, n_lines(words, self.widths[at] - 1))
        set_height(self.sheet, self.first_row - 1, height)

    def _write_rows(self) -> int:
        """Write the cells; returns how many texts were cut."""
        n_cut = 0
        heads = frozenset(self.table.heads)
        last = len(self.table.rows) - 1
        for number, row in enumerate(self.table.rows):
            rules = {"bottom": 1} if number == last else {}
            is_head = number in heads
            height = 1
            for at, (cell, column) in enumerate(zip(row, self.table.columns, strict=True)):
                place = (self.first_row + number, at)
                found = number_in(cell)
                if found is not None:
                    look = self._look(bold=is_head, num_format=found.format, align=column.align, **rules)
                    self.sheet.write_number(*place, found.value, look)
                    continue
                words = office_text(cell.text)
                n_cut += n_units(words) > LONGEST_TEXT
                # "@" keeps a text a text when somebody opens the cell and closes it again.
                look = self._look(
                    bold=is_head,
                    num_format="@",
                    align=column.align,
                    text_wrap=self._wraps(words, at),
                    **rules,
                )
                write_text(self.sheet, *place, fitting(words), look)
                height = max(height, n_lines(words, self.widths[at] - 1))
            set_height(self.sheet, self.first_row + number, height)
        return n_cut

    def _indent(self, at: int) -> int:
        """A text behind a column of figures stands apart from it."""
        columns = self.table.columns
        return int(at > 0 and columns[at].align == "left" and columns[at - 1].align == "right")

    def _wraps(self, words: str, at: int) -> bool:
        return "\n" in words or len(words) > self.widths[at] - 1

    def _write_notes(self, n_cut: int) -> None:
        notes = list(self.table.notes)
        if n_cut:
            notes.append(
                f"{n_cut} text{' is' if n_cut == 1 else 's are'} longer than a cell can hold "
                f"({LONGEST_TEXT:,} characters) and cut here; CSV and JSON hold all of it."
            )
        row = self.first_row + len(self.table.rows) + 1
        look = self._look(size=9, text_wrap=True)
        last = len(self.widths) - 1
        room = max(sum(self.widths), 1)
        for note in notes:
            words = fitting(office_text(note))
            if last > 0:
                self.sheet.merge_range(row, 0, row, last, "", look)
            write_text(self.sheet, row, 0, words, look)
            set_height(self.sheet, row, n_lines(words, room))
            row += 1


def _widths(table: Table) -> list[int]:
    """A width for each column, by its content; texts that are long are wrapped."""
    widths = []
    for at, column in enumerate(table.columns):
        texts = [office_text(row[at].text) for row in table.rows]
        broadest = _BROADEST_FIRST if at == 0 and len(table.columns) > 1 else _BROADEST_TEXT
        content = max(map(widest_line, texts), default=0)
        heading = office_text(column.heading)
        needed = max(min(content, broadest), min(widest_line(heading), max(widest_word(heading), 12)), 4)
        widths.append(min(needed, broadest) + 2)
    return _room_for_groups(widths, table)


def _room_for_groups(widths: list[int], table: Table) -> list[int]:
    columns = table.columns
    for group, members in groupby(range(len(columns)), key=lambda at: columns[at].group):
        span = list(members)
        missing = min(widest_line(office_text(group)), 40) + 2 - sum(widths[at] for at in span)
        if group and missing > 0:
            for at in span:
                widths[at] += -(-missing // len(span))
    return widths


def _write_notes(sheet: Any, report: Report, formats: _Formats) -> None:
    sheet.set_column(0, 0, _BROADEST_NOTE)
    write_text(
        sheet, 0, 0, fitting(office_text(report.title)), formats.get(bold=True, font_size=12, text_wrap=True)
    )
    for number, note in enumerate(report.notes, start=2):
        words = fitting(office_text(note))
        write_text(sheet, number, 0, words, formats.get(text_wrap=True))
        set_height(sheet, number, n_lines(words, _BROADEST_NOTE))
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def set_height(sheet: Any, row: int, height: int) -> None:
    """Make a row of wrapped text some lines high: not every program does so by itself."""
    if height > 1:
        sheet.set_row(row, min(_LINE_HEIGHT * height, _HIGHEST_ROW))
