"""Reads a codebook from a spreadsheet: CSV, TSV, XLSX or ODS."""

from __future__ import annotations

import csv
import datetime
import io
from pathlib import Path

import python_calamine

from harken.codebook.faults import Fault, quoted, raise_faults
from harken.codebook.table_reading import TableRow, codebook_from_rows
from harken.errors import HarkenError
from harken.model import Codebook

WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
TEXT_TABLES = (".csv", ".tsv", ".txt")
LARGEST_SHEET = 2_000_000
"""Cells beyond this are no codebook but a stray cell far out, which would take all memory."""


def read_codebook_table(path: Path) -> Codebook:
    """The codebook in a spreadsheet; a file with faults is refused with the first of them."""
    codebook, faults = codebook_from_rows(_rows(path))
    raise_faults(str(path), faults)
    return codebook


def check_codebook_table(path: Path) -> list[Fault]:
    """Every fault of a codebook in a spreadsheet, by row and column."""
    return codebook_from_rows(_rows(path))[1]


def is_codebook_table(path: Path) -> bool:
    """Whether the file's suffix says that it is a spreadsheet rather than YAML."""
    return path.suffix.casefold() in WORKBOOKS + TEXT_TABLES


def _rows(path: Path) -> list[TableRow]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise HarkenError(f"Cannot read the codebook {str(path)!r}: {error.strerror}.") from error
    # What a workbook is shows in its first bytes; the suffix may lie.
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _workbook_rows(path, content)
    if path.suffix.casefold() in WORKBOOKS:
        raise HarkenError(f"{path} is not a workbook, though its name ends in {path.suffix}. Save it again.")
    return _text_rows(path, content)


def _text_rows(path: Path, content: bytes) -> list[TableRow]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        position = error.start + len(content) - len(error.object)
        raise HarkenError(
            f"{path}: byte {position} (0x{content[position]:02X}) is not UTF-8. Save the file as CSV UTF-8."
        ) from error
    headings = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",;\t", key=headings.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return [TableRow(number, tuple(cells)) for number, cells in enumerate(reader, start=1)]
    except csv.Error as error:
        raise HarkenError(f"{path}: line {reader.line_num}: {error}. Check the quotes there.") from error


def _workbook_rows(path: Path, content: bytes) -> list[TableRow]:
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            if sheet.total_height * sheet.total_width > LARGEST_SHEET:
                raise HarkenError(
                    f"{path}: sheet {quoted(name)} has {sheet.total_height:,} rows and {sheet.total_width:,}"
                    " columns, too many for a codebook. Delete what stands far from the table."
                )
            rows = [
                TableRow(number, tuple(_cell_text(cell) for cell in cells))
                for number, cells in enumerate(sheet.to_python(skip_empty_area=False), start=1)
            ]
            if any(cell.strip().casefold() == "path" for row in rows for cell in row.cells):
                return rows
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise HarkenError(f"{path} cannot be read as a workbook ({error}). Save it again as XLSX.") from error
    sheets = ", ".join(quoted(name) for name in workbook.sheet_names)
    raise HarkenError(f"{path}: no sheet has the heading 'path'. Sheets: {sheets or 'none'}.")


def _cell_text(
    cell: float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta,
) -> str:
    """A cell as the text that the person sees, as near as the file tells."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
