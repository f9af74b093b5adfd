"""Reads a codebook from a spreadsheet: CSV, TSV, XLSX or ODS."""

from __future__ import annotations

from pathlib import Path

from harken.codebook.faults import Fault, raise_faults
from harken.codebook.table_reading import TableRow, codebook_from_rows
from harken.importers.tables import read_table
from harken.model import Codebook

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


def is_codebook_table(path: Path) -> bool:
    """Whether the file's name says that it is a spreadsheet rather than YAML."""
    return path.suffix.casefold() in SUFFIXES


def read_codebook_table(path: Path, *, sheet: str | None = None, encoding: str | None = None) -> Codebook:
    """The codebook in a spreadsheet; a file with faults is refused with the first of them."""
    codebook, faults = _read(path, sheet=sheet, encoding=encoding)
    raise_faults(str(path), faults)
    return codebook


def check_codebook_table(path: Path, *, sheet: str | None = None, encoding: str | None = None) -> list[Fault]:
    """Every fault of a codebook in a spreadsheet, by row and column. A file that is no table raises."""
    return _read(path, sheet=sheet, encoding=encoding)[1]


def _read(path: Path, *, sheet: str | None, encoding: str | None) -> tuple[Codebook, list[Fault]]:
    table = read_table(path, sheet=sheet, encoding=encoding)
    rows = zip(table.row_numbers, table.rows, strict=True)
    return codebook_from_rows(table.headers, [TableRow(number, tuple(cells)) for number, cells in rows])
