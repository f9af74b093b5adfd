"""Looks into an XLSX file before it is read, for what its reader would not survive or would not tell."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO
from xml.etree import ElementTree

_CELL = re.compile(rb'<(?:\w+:)?c\s(?:[^<>]*?\s)?r="([A-Z]{1,3})([0-9]{1,7})"([^<>]*)>')
_ERROR = re.compile(rb'\bt="e"')
_CHUNK = 1 << 20
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetExtent:
    """How far a sheet reaches, and where its formulas failed."""

    n_cells: int
    area: int
    """Of the rectangle round all cells; the reader keeps room for all of it."""
    last_cell: str
    """In the lowest row and the rightmost column."""
    failed_formulas: tuple[str, ...]


def measure_sheet(archive: zipfile.ZipFile, sheet: str) -> SheetExtent | None:
    """The extent of a sheet; None where an archive that is XLSX does not have it, or is not XLSX."""
    part = sheet_parts(archive).get(sheet)
    return None if part is None else _extent(archive.open(part))


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of an XLSX archive that holds each sheet, by the sheet's name."""
    present = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= present:
        return {}
    try:
        relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    except ElementTree.ParseError:
        return {}
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    parts = {}
    for element in workbook.iter():
        if element.tag.rpartition("}")[2] != "sheet":
            continue
        target = targets.get(element.get(_RELATION_ID), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in present:
            parts[element.get("name", "")] = part
    return parts


def _extent(stream: IO[bytes]) -> SheetExtent:
    n_cells = 0
    top = left = 1 << 30
    bottom = right = 0
    failed: list[str] = []
    columns: dict[bytes, int] = {}
    for column, row, rest in _cells(stream):
        n_cells += 1
        at_row = int(row)
        at_column = columns.get(column) or columns.setdefault(column, _column_number(column))
        top, bottom = min(top, at_row), max(bottom, at_row)
        left, right = min(left, at_column), max(right, at_column)
        if _ERROR.search(rest):
            failed.append((column + row).decode())
    last = max(columns, key=lambda letters: columns[letters], default=b"A").decode() + str(bottom)
    area = (bottom - top + 1) * (right - left + 1) if n_cells else 0
    return SheetExtent(n_cells=n_cells, area=area, last_cell=last, failed_formulas=tuple(failed))


def _cells(stream: IO[bytes]) -> Iterator[tuple[bytes, bytes, bytes]]:
    rest = b""
    with stream:
        while chunk := stream.read(_CHUNK):
            text = rest + chunk
            # The last tag may be cut; it is looked at again with the next chunk.
            whole = max(text.rfind(b"<"), 0)
            for match in _CELL.finditer(text, 0, whole):
                yield match[1], match[2], match[3]
            rest = text[whole:]
    for match in _CELL.finditer(rest):
        yield match[1], match[2], match[3]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
