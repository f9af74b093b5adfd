"""Reads a codings file, a line per code applied, checking each line by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from harken.errors import HarkenError, listed, near_match, quoted
from harken.importers.raw_table import Progress, RawTable
from harken.importers.tables import read_table
from harken.model import CODING_COLUMNS, MAIN_ROUND, CodingRow, DecisionState

_NEEDED = ("participant", "question", "coder", "code")
_POSITION = re.compile(r"[0-9]{1,9}")
_TRUTH = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": False}


def read_codings(
    path: str | Path,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    progress: Progress | None = None,
) -> Iterator[CodingRow]:
    """Read a codings file line by line; the columns are checked at once, the lines as they are asked for.

    Whether participants, questions and codes exist is for the project to say.
    """
    table = read_table(path, sheet=sheet, encoding=encoding, progress=progress)
    columns = _columns(table)
    return (
        _coding_row(table, columns, number, cells)
        for number, cells in zip(table.row_numbers, table.rows, strict=True)
    )


def _columns(table: RawTable) -> dict[str, int]:
    columns = {header.casefold(): at for at, header in enumerate(table.headers)}
    unknown = [header for header in table.headers if header.casefold() not in CODING_COLUMNS]
    if unknown:
        hint = near_match(unknown[0], CODING_COLUMNS) or " Remove it, or rename it."
        raise HarkenError(
            f"{table.place()}: a codings file has no column {listed(unknown)}.{hint}"
            f" Columns: {', '.join(CODING_COLUMNS)}."
        )
    missing = [column for column in _NEEDED if column not in columns]
    if missing:
        raise HarkenError(
            f"{table.place()}: column {listed(missing)} is missing. A codings file needs"
            f" {', '.join(_NEEDED)}."
        )
    return columns


def _coding_row(table: RawTable, columns: dict[str, int], number: int, cells: Sequence[str]) -> CodingRow:
    def cell(column: str) -> str:
        at = columns.get(column)
        return "" if at is None else cells[at]

    def refuse(column: str, value: str, way_out: str) -> HarkenError:
        return HarkenError(f"{table.place(number, column)}: {quoted(value)} {way_out}")

    for column in ("participant", "question", "coder"):
        if not cell(column).strip():
            raise HarkenError(f"{table.place(number, column)} is blank. Fill it in, or remove the row.")
    code = cell("code") if cell("code").strip() else ""
    state_text = cell("state").strip().casefold() or DecisionState.CODED
    if state_text not in tuple(DecisionState):
        raise refuse("state", cell("state"), "is no state. Write coded or uncodable.")
    state = DecisionState(state_text)
    if code and state is DecisionState.UNCODABLE:
        raise refuse("code", code, "stands in a row whose state is uncodable. Leave one of the two out.")
    unsure = _TRUTH.get(cell("unsure").strip().casefold())
    if unsure is None:
        raise refuse("unsure", cell("unsure"), "is neither yes nor no. Write yes, no, 1, 0, true or false.")
    start, end = cell("start").strip(), cell("end").strip()
    if bool(start) != bool(end):
        column = "end" if start else "start"
        raise HarkenError(f"{table.place(number, column)} is blank. Give start and end both, or neither.")
    for column, value in (("start", start), ("end", end)):
        if value and not _POSITION.fullmatch(value):
            raise refuse(column, value, "is no position. Write a whole number, counting characters from 0.")
    if start and int(start) >= int(end):
        raise refuse("end", end, f"is not after the start, {start}. A segment holds one character or more.")
    if start and not code:
        raise refuse("start", start, "marks a segment, but no code is given. Name the code.")
    at = cell("at").strip()
    try:
        at = utc_time(at) if at else ""
    except (ValueError, OverflowError) as error:
        way_out = "is no time. Write it as 2026-01-31T09:30:00Z, or leave it blank."
        raise refuse("at", at, way_out) from error
    return CodingRow(
        participant=cell("participant"),
        question=cell("question"),
        occasion=cell("occasion"),
        round=cell("round") if cell("round").strip() else MAIN_ROUND,
        coder=cell("coder"),
        code=code,
        start=int(start) if start else None,
        end=int(end) if end else None,
        state=state,
        unsure=unsure,
        memo=cell("memo"),
        at=at,
        row=number,
    )


def utc_time(text: str) -> str:
    """A time as decisions keep it (UTC where nothing else is said): sorted as texts, times are in order."""
    at = datetime.fromisoformat(text)
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return at.isoformat(timespec="microseconds").replace("+00:00", "Z")
