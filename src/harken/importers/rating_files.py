"""Reads codings that belong to no project: a row a code, or a column a coder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from harken.errors import HarkenError, listed, near_match, quoted
from harken.importers.raw_table import Progress, RawTable
from harken.importers.tables import read_table
from harken.model import CODING_COLUMNS, MAIN_ROUND, DecisionState

SEPARATOR = ";"
"""Stands between the codes of a cell in a wide file."""
NO_CODE = "(none)"
"""What a cell of a wide file says where the coder decided that no code applies."""
_UNIT_COLUMNS = ("unit", "participant", "question", "occasion", "round")
_KNOWN = (*_UNIT_COLUMNS[:1], *CODING_COLUMNS)


class RatingLayout(StrEnum):
    """What a row of a file of codings stands for."""

    LONG = "long"
    """One code that one coder applied to one unit."""
    WIDE = "wide"
    """A unit, with a column for each coder."""


class RatedUnit(NamedTuple):
    """What coders agree on or not, as a file names it; empty where the file has no such column."""

    unit: str
    participant: str
    question: str
    occasion: str
    round: str

    @property
    def person(self) -> tuple[str, ...]:
        """Whom all of it belongs to: a `unit` without a participant is a person of its own."""
        return ("participant", self.participant) if self.participant else ("unit", self.unit)


class RatedCell(NamedTuple):
    """What one line says of a coder and a unit; several lines of a long file may make one decision."""

    unit: RatedUnit
    coder: str
    codes: tuple[str, ...]
    """Empty where no code applies."""
    is_uncodable: bool
    at: str
    row: int
    column: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RatingFile:
    """Everything that a file of codings says, line by line."""

    table: RawTable
    layout: RatingLayout
    coders: tuple[str, ...]
    """Wide: the columns taken as coders. Long: empty, as coders are those that occur."""
    cells: Sequence[RatedCell]
    has_rounds: bool
    has_questions: bool

    def place(self, row: int | None = None, column: str = "") -> str:
        return self.table.place(row, column)


def read_ratings(
    path: str | Path,
    *,
    layout: RatingLayout | None = None,
    coders: Sequence[str] = (),
    one_code_a_cell: bool = False,
    sheet: str | None = None,
    encoding: str | None = None,
    progress: Progress | None = None,
) -> RatingFile:
    """Read a file of codings; without `layout`, columns `coder` and `code` make it long, else it is wide.

    `coders` picks columns of a wide file. With `one_code_a_cell` a wide cell is one code whatever it holds;
    otherwise semicolons part its codes. Codes are texts as they stand, spaces and all; a cell of spaces is
    blank.
    """
    table = read_table(path, sheet=sheet, encoding=encoding, progress=progress)
    columns = {header.casefold(): at for at, header in enumerate(table.headers)}
    layout = layout or _layout(table, columns)
    if not columns.keys() & {"unit", "participant"}:
        raise HarkenError(
            f"{table.place()}: no column says what was coded. Call it unit, or name participant, question and"
            f" occasion. Columns: {listed(table.headers)}."
        )
    if layout is RatingLayout.LONG:
        _refuse_unknown(table)
        return RatingFile(
            table=table,
            layout=layout,
            coders=(),
            cells=list(_long_cells(table, columns)),
            has_rounds="round" in columns,
            has_questions="question" in columns,
        )
    named = tuple(header for header in table.headers if header.casefold() not in _UNIT_COLUMNS)
    if not named:
        raise HarkenError(
            f"{table.place()}: no column holds codings. Give each coder a column, or a row a code with the"
            f" columns coder and code. Columns: {listed(table.headers)}."
        )
    picked = tuple(dict.fromkeys(coders)) or named
    return RatingFile(
        table=table,
        layout=layout,
        coders=picked,
        cells=list(
            _wide_cells(table, columns, [name for name in picked if name in named], one_code=one_code_a_cell)
        ),
        has_rounds="round" in columns,
        has_questions="question" in columns,
    )


def _layout(table: RawTable, columns: dict[str, int]) -> RatingLayout:
    has = [name for name in ("coder", "code") if name in columns]
    if len(has) == 1:
        missing = "code" if has == ["coder"] else "coder"
        raise HarkenError(
            f"{table.place()}: there is a column {has[0]!r} and none called {missing!r}. A row a code needs"
            f" both: add {missing!r}. If each coder has a column, say so with --layout wide."
        )
    return RatingLayout.LONG if has else RatingLayout.WIDE


def _refuse_unknown(table: RawTable) -> None:
    unknown = [header for header in table.headers if header.casefold() not in _KNOWN]
    if unknown:
        hint = near_match(unknown[0], _KNOWN) or " Remove it, or rename it."
        raise HarkenError(
            f"{table.place(column=unknown[0])}: codings with a row a code have no such column.{hint}"
            f" Known: {', '.join(_KNOWN)}. If each coder has a column, say so with --layout wide."
        )
    missing = [name for name in ("coder", "code") if name not in map(str.casefold, table.headers)]
    if missing:
        raise HarkenError(
            f"{table.place()}: column {listed(missing)} is missing. A row a code needs coder, code, and unit"
            " or participant and question; if each coder has a column, that is --layout wide."
        )


class _Units:
    """Makes the unit of a row, the same object for the same unit."""

    def __init__(self, table: RawTable, columns: dict[str, int]) -> None:
        self._table = table
        self._at = {name: columns[name] for name in _UNIT_COLUMNS if name in columns}
        self._order = tuple(self._at.values())
        self._known: dict[tuple[str, ...], RatedUnit] = {}

    def of_row(self, number: int, cells: Sequence[str]) -> RatedUnit:
        key = tuple([cells[at] for at in self._order])
        return self._known.get(key) or self._new(number, key)

    def _new(self, number: int, key: tuple[str, ...]) -> RatedUnit:
        said = dict(zip(self._at, key, strict=True))
        for column in ("unit", "participant", "question"):
            if column in said and not said[column].strip():
                raise _blank(self._table, number, column)
        if "round" in said and not said["round"].strip():
            said["round"] = MAIN_ROUND
        unit = RatedUnit(*(said.get(name, "") for name in _UNIT_COLUMNS))
        return self._known.setdefault(key, unit)


def _blank(table: RawTable, number: int, column: str) -> HarkenError:
    return HarkenError(f"{table.place(number, column)} is blank. Fill it in, or remove the row.")


def _long_cells(table: RawTable, columns: dict[str, int]) -> Iterator[RatedCell]:
    units = _Units(table, columns)
    coder_at, code_at = columns["coder"], columns["code"]
    state_at, time_at = columns.get("state"), columns.get("at")
    column = table.headers[code_at]
    codes: dict[str, tuple[str, ...]] = {}
    for number, cells in zip(table.row_numbers, table.rows, strict=True):
        coder, code = cells[coder_at], cells[code_at]
        if not coder.strip():
            raise _blank(table, number, "coder")
        applied = codes.get(code)
        if applied is None:
            applied = codes[code] = (code,) if code.strip() else ()
        is_uncodable = False
        if state_at is not None and cells[state_at]:
            is_uncodable = _is_uncodable(table, number, cells[state_at])
            if is_uncodable and applied:
                raise HarkenError(
                    f"{table.place(number, column)}: {quoted(code)} stands in a row whose state is uncodable."
                    " Leave one of the two out."
                )
        at = cells[time_at] if time_at is not None else ""
        yield RatedCell(units.of_row(number, cells), coder, applied, is_uncodable, at, number, column)


def _is_uncodable(table: RawTable, number: int, text: str) -> bool:
    state = text.strip().casefold() or DecisionState.CODED
    if state not in tuple(DecisionState):
        raise HarkenError(
            f"{table.place(number, 'state')}: {quoted(text)} is no state. Write coded or uncodable."
        )
    return state == DecisionState.UNCODABLE


def _wide_cells(
    table: RawTable, columns: dict[str, int], coders: Sequence[str], *, one_code: bool
) -> Iterator[RatedCell]:
    units = _Units(table, columns)
    places = [(coder, table.index(coder)) for coder in coders]
    codes: dict[str, tuple[str, ...]] = {}
    for number, cells in zip(table.row_numbers, table.rows, strict=True):
        unit = units.of_row(number, cells)
        for coder, at in places:
            text = cells[at]
            if not text.strip():
                continue
            applied = codes.get(text)
            if applied is None:
                applied = codes[text] = (text,) if one_code else _parted(text, table.place(number, coder))
            yield RatedCell(unit, coder, applied, False, "", number, coder)


def _parted(text: str, place: str) -> tuple[str, ...]:
    """The codes of a wide cell; spaces beside a semicolon are no part of them."""
    if SEPARATOR not in text:
        return () if text == NO_CODE else (text,)
    parts = [part.strip() for part in text.split(SEPARATOR)]
    codes = tuple(dict.fromkeys(part for part in parts if part))
    if not codes:
        raise HarkenError(f"{place}: {quoted(text)} holds no code. Write {NO_CODE} where no code applies.")
    if NO_CODE in codes:
        raise HarkenError(
            f"{place}: {quoted(text)} says that no code applies and names one. Keep one of the two."
        )
    return codes
