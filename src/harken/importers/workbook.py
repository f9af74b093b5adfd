"""Reads sheets of XLSX, XLS and ODS workbooks as text."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from harken.errors import HarkenError, listed
from harken.importers.raw_table import ROWS_PER_REPORT, Progress, RawTable, TableSource, build_table
from harken.importers.workbook_guard import SheetExtent, measure_sheet

CellValue = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ROOM = 20_000_000
"""Cells of the rectangle round a sheet's content that are read without asking how full it is."""
_SHARE_FILLED = 50
_LARGEST_WITHOUT_EXPONENT = 1e21


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are those of a workbook, whatever the file is called."""
    return data.startswith((_ZIP, _OLE))


def read_workbook(
    data: bytes, *, name: str, sha256: str, sheet: str | None = None, progress: Progress | None = None
) -> RawTable:
    """Read one sheet: the one named, or the first that holds anything."""
    # Imported here because most runs read no workbook.
    from python_calamine import CalamineError, CalamineWorkbook

    kind = _kind(data, name=name)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            chosen = _choose_sheet(workbook.sheet_names, sheet, name=name)
            for candidate in chosen:
                extent = refuse_far_cells(data, candidate, name=name)
                found = workbook.get_sheet_by_name(candidate)
                if found.start is not None or candidate == chosen[-1]:
                    break
            first_row = found.start[0] + 1 if found.start else 1
            cells: list[list[CellValue]] = found.to_python()
            every_sheet = list(workbook.sheet_names)
    except CalamineError as error:
        raise HarkenError(
            f"{name} cannot be read as a workbook ({error}). If it has a password, remove it; else save the"
            " sheet as CSV and give that."
        ) from error
    notes = []
    if sheet is None and len(every_sheet) > 1:
        others = listed(other for other in every_sheet if other != candidate)
        notes.append(f"Read sheet {candidate!r}, the first that holds anything; other sheets: {others}.")
    if extent is not None and extent.failed_formulas:
        failed = extent.failed_formulas
        notes.append(f"{len(failed)} cells hold a formula's error and are read as blank: {listed(failed)}.")
    source = TableSource(name=name, format=kind, sha256=sha256, sheet=candidate)
    return build_table(source, _records(cells, first_row, progress), notes=notes)


@contextmanager
def _archive(data: bytes, *, name: str) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, RuntimeError, ValueError, OSError) as error:
        raise HarkenError(
            f"{name} is a damaged workbook ({error}). Save it again, or save it as CSV."
        ) from error


def _kind(data: bytes, *, name: str) -> str:
    if data.startswith(_OLE):
        return "xls"
    with _archive(data, name=name) as archive:
        parts = set(archive.namelist())
    return "xlsx" if "xl/workbook.xml" in parts else "xlsb" if "xl/workbook.bin" in parts else "ods"


def _choose_sheet(names: list[str], sheet: str | None, *, name: str) -> list[str]:
    """The sheets to try, in order."""
    if not names:
        raise HarkenError(f"{name} holds no sheet.")
    if sheet is None:
        return names
    if sheet in names:
        return [sheet]
    folded = [other for other in names if other.strip().casefold() == sheet.strip().casefold()]
    if len(folded) == 1:
        return folded
    raise HarkenError(f"{name} holds no sheet {sheet!r}. Its sheets: {listed(names)}.")


def refuse_far_cells(data: bytes, sheet: str, *, name: str) -> SheetExtent | None:
    """Raise for a sheet with a stray cell far away, which no reader may meet; else give its extent, if known.

    The reader reserves the whole rectangle at once and ends the process when memory is short.
    """
    if data.startswith(_OLE):
        return None
    with _archive(data, name=name) as archive:
        extent = measure_sheet(archive, sheet)
    if extent and extent.area > _ROOM and extent.area > extent.n_cells * _SHARE_FILLED:
        raise HarkenError(
            f"{name} (sheet {sheet!r}): its {extent.n_cells} cells reach as far as {extent.last_cell}. Delete"
            " the stray cell far from the table, or save the sheet as CSV."
        )
    return extent


def _records(
    cells: list[list[CellValue]], first_row: int, progress: Progress | None
) -> Iterator[tuple[int, list[str]]]:
    for number, record in enumerate(cells, first_row):
        yield number, [cell if type(cell) is str else cell_text(cell) for cell in record]
        if progress is not None and number % ROWS_PER_REPORT == 0:
            progress(number, (number - first_row + 1) / len(cells))
    if progress is not None:
        progress(first_row + len(cells) - 1, 1.0)


def cell_text(value: CellValue) -> str:
    """A typed cell as text: 3.0 is `3`, dates are ISO 8601, truth values TRUE and FALSE."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return (
            str(int(value)) if value.is_integer() and abs(value) < _LARGEST_WITHOUT_EXPONENT else repr(value)
        )
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="milliseconds" if value.microsecond else "seconds")
    if isinstance(value, dt.timedelta):
        return _duration_text(value)
    return str(value) if isinstance(value, int) else value.isoformat()


def _duration_text(value: dt.timedelta) -> str:
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
