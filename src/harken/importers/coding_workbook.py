"""Reads a workbook that was filled in: every sheet as text, and what its cells' texts do not tell."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from harken.errors import HarkenError
from harken.importers.coding_workbook_marks import NO_MARKS, SheetMarks, ods_marks, xlsx_marks
from harken.importers.raw_table import RawTable
from harken.importers.workbook import read_workbook, refuse_far_cells

_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledSheet:
    """One sheet: its table, and where it holds formulas, merged cells and hidden rows."""

    table: RawTable
    marks: SheetMarks
    header_row: int
    """Where the headings stand, counted from 1."""
    columns: Mapping[str, int]
    """Headings, as the table has them, and the columns below which they stand, counted from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledWorkbook:
    """A workbook's sheets by name; those that hold nothing are left out."""

    name: str
    sha256: str
    sheets: Mapping[str, FilledSheet]


def holds_sheet(path: Path, sheet: str) -> bool:
    """Whether a file is an XLSX or ODS workbook with a sheet of this name; no other sheet is read."""
    from python_calamine import CalamineError, CalamineWorkbook

    if not path.is_file():
        return False
    with path.open("rb") as stream:
        if stream.read(len(_ZIP)) != _ZIP:
            return False
        stream.seek(0)
        try:
            with CalamineWorkbook.from_filelike(stream) as workbook:
                return sheet in workbook.sheet_names
        except CalamineError:
            return False


def read_filled_workbook(path: Path) -> FilledWorkbook:
    """Read every sheet of an XLSX or ODS workbook."""
    from python_calamine import CalamineError

    data, name = path.read_bytes(), str(path)
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        sheets = dict(_sheets(data, name=name, sha256=sha256))
    except CalamineError as error:
        raise HarkenError(f"{name} is a damaged workbook ({error}). Save it again.") from error
    return FilledWorkbook(name=name, sha256=sha256, sheets=sheets)


def _sheets(data: bytes, *, name: str, sha256: str) -> Iterator[tuple[str, FilledSheet]]:
    from python_calamine import CalamineWorkbook

    marks = _marks(data, name=name)
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        for sheet in workbook.sheet_names:
            refuse_far_cells(data, sheet, name=name)
            found = workbook.get_sheet_by_name(sheet)
            if found.start is None:
                continue
            table = read_workbook(data, name=name, sha256=sha256, sheet=sheet)
            cells = found.to_python(skip_empty_area=False)
            header_row = next(number for number, row in enumerate(cells, 1) if any(map(_is_text, row)))
            columns: dict[str, int] = {}
            for at, cell in enumerate(cells[header_row - 1], 1):
                columns.setdefault(" ".join(str(cell).split()), at)
            yield (
                sheet,
                FilledSheet(
                    table=table, marks=marks.get(sheet, NO_MARKS), header_row=header_row, columns=columns
                ),
            )


def _is_text(cell: object) -> bool:
    return bool(str(cell).strip())


def _marks(data: bytes, *, name: str) -> Mapping[str, SheetMarks]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = set(archive.namelist())
            if "xl/workbook.xml" in parts:
                return xlsx_marks(archive)
            if "content.xml" in parts:
                return ods_marks(archive)
    except (zipfile.BadZipFile, ElementTree.ParseError, EOFError) as error:
        raise HarkenError(f"{name} is a damaged workbook ({error}). Save it again.") from error
    raise HarkenError(f"{name} is neither XLSX nor ODS. Save it as XLSX and import that.")
