"""What a reader of cells does not tell: formulas, merged cells, and rows that are hidden."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree

from harken.importers.workbook_guard import sheet_parts

_ODS_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_FARTHEST = 1_048_576
"""Rows of a sheet; a stretch of empty rows that reaches so far is counted no further."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetMarks:
    """Places in a sheet, rows counted from 1 and columns from 1."""

    formulas: tuple[tuple[int, int], ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """First row and column, last row and column of each merged range."""
    hidden_rows: frozenset[int] = frozenset()


NO_MARKS = SheetMarks()


@dataclass(slots=True)
class _Found:
    formulas: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)

    def marks(self) -> SheetMarks:
        return SheetMarks(
            formulas=tuple(self.formulas),
            merged=tuple(self.merged),
            hidden_rows=frozenset(self.hidden_rows),
        )


def cell_name(row: int, column: int) -> str:
    """A cell as spreadsheets name it, as in B12."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def xlsx_marks(archive: zipfile.ZipFile) -> Mapping[str, SheetMarks]:
    """The marks of every sheet of an XLSX file."""
    return {sheet: _xlsx_sheet(archive, part) for sheet, part in sheet_parts(archive).items()}


def _xlsx_sheet(archive: zipfile.ZipFile, part: str) -> SheetMarks:
    found = _Found()
    with archive.open(part) as stream:
        for event, element in ElementTree.iterparse(stream, events=("start", "end")):
            tag = element.tag.rpartition("}")[2]
            if event == "start":
                if tag == "row" and element.get("hidden") in ("1", "true"):
                    found.hidden_rows.add(int(element.get("r", "0")))
                elif tag == "mergeCell":
                    first, _, last = element.get("ref", "").partition(":")
                    found.merged.append((*_place(first), *_place(last or first)))
            elif tag == "c":
                if any(child.tag.rpartition("}")[2] == "f" for child in element):
                    found.formulas.append(_place(element.get("r", "")))
            elif tag == "row":
                element.clear()
    return found.marks()


def _place(name: str) -> tuple[int, int]:
    letters = name.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(name[len(letters) :] or 0), column


def ods_marks(archive: zipfile.ZipFile) -> Mapping[str, SheetMarks]:
    """The marks of every sheet of an ODS file."""
    found: dict[str, SheetMarks] = {}
    with archive.open("content.xml") as stream:
        for _, element in ElementTree.iterparse(stream):
            if element.tag == f"{_ODS_TABLE}table":
                found[element.get(f"{_ODS_TABLE}name", "")] = _ods_sheet(element)
                element.clear()
    return found


def _ods_sheet(table: ElementTree.Element) -> SheetMarks:
    found = _Found()
    row = 1
    for element in table.iter(f"{_ODS_TABLE}table-row"):
        times = int(element.get(f"{_ODS_TABLE}number-rows-repeated", "1"))
        if element.get(f"{_ODS_TABLE}visibility", "visible") != "visible" and row + times < _FARTHEST:
            found.hidden_rows.update(range(row, row + times))
        for column, cell in _ods_cells(element):
            if cell.get(f"{_ODS_TABLE}formula"):
                found.formulas.append((row, column))
            height, width = (
                int(cell.get(f"{_ODS_TABLE}number-{way}-spanned", "1")) for way in ("rows", "columns")
            )
            if height > 1 or width > 1:
                found.merged.append((row, column, row + height - 1, column + width - 1))
        row += times
    return found.marks()


def _ods_cells(row: ElementTree.Element) -> Iterator[tuple[int, ElementTree.Element]]:
    column = 1
    for cell in row:
        yield column, cell
        column += int(cell.get(f"{_ODS_TABLE}number-columns-repeated", "1"))
