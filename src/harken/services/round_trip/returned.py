"""What a returned coding workbook says, row by row, once it is known to be unharmed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harken.errors import HarkenError, listed, quoted
from harken.importers.coding_workbook import FilledWorkbook
from harken.model import Codebook, ResponseKey
from harken.services.round_trip import layout
from harken.services.round_trip.sheet_reading import Origin, ReturnedRow, SheetReader

_MOST_FAULTS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A returned workbook, checked against itself and the codebook."""

    origin: Origin
    rows: tuple[ReturnedRow, ...]
    remarks: tuple[str, ...]
    """What is odd about it and does no harm."""


def origin_of(workbook: FilledWorkbook) -> Origin:
    """Read the hidden sheet; raises where it is damaged or of another version."""
    sheet = workbook.sheets.get(layout.KEY_SHEET)
    damaged = HarkenError(
        f"{workbook.name}: the hidden sheet {layout.KEY_SHEET!r} was changed. Export the workbook again, and "
        "copy the codes into it."
    )
    if sheet is None or sheet.table.headers != layout.KEY_COLUMNS:
        raise damaged
    table = sheet.table
    first = table.rows[0][0] if table.rows else ""
    if first != layout.FORMAT:
        raise HarkenError(
            f"{workbook.name} was made by another version of Harken ({quoted(first)}; this one reads "
            f"{layout.FORMAT!r}). Export it again."
        )
    settings = {row[0]: row[1] for row in table.rows[1:] if row[0] != layout.ROW}
    if {layout.PROJECT, layout.ROUND, layout.CODER} - set(settings):
        raise damaged
    return Origin(
        project=settings[layout.PROJECT],
        round=settings[layout.ROUND],
        coder=settings[layout.CODER],
        rows={
            ResponseKey(participant, question, occasion): (check, mark)
            for what, participant, question, occasion, check, mark in table.rows
            if what == layout.ROW
        },
    )


def read_returned(workbook: FilledWorkbook, origin: Origin, codebook: Codebook) -> Returned:
    """Check every sheet and read its rows; one error names all faults that were found, up to some."""
    faults: list[str] = []
    remarks: list[str] = []
    rows: list[ReturnedRow] = []
    others = (layout.KEY_SHEET, layout.CODES_SHEET, layout.GUIDE_SHEET, "lists")
    for name, sheet in workbook.sheets.items():
        if name in others:
            continue
        if not {layout.PARTICIPANT, layout.ANSWER, layout.code_column(1)} & set(sheet.table.headers):
            remarks.append(f"Sheet {name!r} is none of Harken's and was not read.")
            continue
        reader = SheetReader(name, sheet, origin, codebook)
        rows += reader.rows()
        faults += reader.faults
        remarks += reader.remarks()
    faults += _misplaced(rows, origin)
    if faults:
        more = len(faults) - _MOST_FAULTS
        shown = " ".join(faults[:_MOST_FAULTS]) + (f" And {more} more." if more > 0 else "")
        raise HarkenError(f"{workbook.name}: nothing was taken. {shown}")
    return Returned(origin=origin, rows=tuple(rows), remarks=tuple(remarks))


def _misplaced(rows: Sequence[ReturnedRow], origin: Origin) -> Iterator[str]:
    """Rows that stand twice or are gone."""
    first: dict[ResponseKey, ReturnedRow] = {}
    for row in rows:
        before = first.setdefault(row.key, row)
        if before is not row:
            yield (
                f"Sheet {row.sheet!r}, row {row.row}: {row.key.participant!r} stands in row {before.row} "
                f"of sheet {before.sheet!r} already. Remove one of the two."
            )
    gone = [key for key in origin.rows if key not in first]
    if gone:
        people = listed((key.participant for key in gone), most=5)
        yield (
            f"Of the workbook's rows {len(gone)} can no longer be found ({people}). Put them back, or export "
            "again and copy the codes."
        )
