"""Writes a codebook as a spreadsheet: CSV or XLSX, every cell a text."""

from __future__ import annotations

import io

import xlsxwriter

from harken.codebook.table import codebook_rows
from harken.errors import HarkenError, quoted
from harken.exporters.csv_lines import csv_line
from harken.exporters.workbook import MADE_AT
from harken.exporters.workbook_cells import LONGEST_TEXT, n_units, write_text
from harken.model import Codebook

WIDTHS = {
    "path": 30,
    "label": 30,
    "definition": 50,
    "include": 40,
    "exclude": 40,
    "examples": 50,
    "keywords": 24,
}


def codebook_to_csv(codebook: Codebook, *, spreadsheet_safe: bool = False) -> bytes:
    """The codebook as CSV (UTF-8); `spreadsheet_safe` puts ' before what would be taken as a formula."""
    lines = (csv_line(row, spreadsheet_safe=spreadsheet_safe) for row in codebook_rows(codebook))
    return "".join(lines).encode()


def codebook_to_xlsx(codebook: Codebook) -> bytes:
    """The codebook as a workbook of one sheet; the same codebook always gives the same bytes."""
    headings, *rows = codebook_rows(codebook)
    for number, row in enumerate(rows, start=2):
        for heading, cell in zip(headings, row, strict=True):
            if n_units(cell) > LONGEST_TEXT:
                raise HarkenError(
                    f"Row {number}, column {heading!r} begins {quoted(cell)} and is too long for a workbook"
                    f" ({len(cell):,} characters, at most {LONGEST_TEXT:,}). Export CSV or YAML."
                )
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": MADE_AT})
        sheet = workbook.add_worksheet("codebook")
        wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        heading_format = workbook.add_format({"bold": True})
        sheet.freeze_panes(1, 1)
        for column, heading in enumerate(headings):
            sheet.set_column(column, column, WIDTHS.get(heading, 16))
            sheet.write_string(0, column, heading, heading_format)
            for row_number, row in enumerate(rows, start=1):
                if row[column]:
                    write_text(sheet, row_number, column, row[column], wrapped)
    return buffer.getvalue()
