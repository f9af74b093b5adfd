"""Reads codings that belong to no project: a row a code, or a column a coder."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable, Sequence
from operator import itemgetter
from pathlib import Path
from typing import TypeVar

from harken.errors import HarkenError, listed, near_match, quoted
from harken.importers.rated_lines import NO_CODE, SEPARATOR, RatedUnit, RatingFile, RatingLayout, Said
from harken.importers.raw_table import Progress, RawTable
from harken.importers.tables import read_table
from harken.model import CODING_COLUMNS, MAIN_ROUND, DecisionState

_UNIT_COLUMNS = ("unit", "participant", "question", "occasion", "round")
_KNOWN = (*_UNIT_COLUMNS[:1], *CODING_COLUMNS)

Value = TypeVar("Value", bound=Hashable)


def read_ratings(
    path: str | Path,
    *,
    layout: RatingLayout | None = None,
    coders: Sequence[str] = (),
    is_single: bool = False,
    sheet: str | None = None,
    encoding: str | None = None,
    progress: Progress | None = None,
) -> RatingFile:
    """Read a file of codings; without `layout`, columns `coder` and `code` make it long, else it is wide.

    `coders` picks columns of a wide file. With `is_single` a wide cell is one code whatever it holds;
    otherwise semicolons part its codes. Codes are texts as they stand, spaces and all; a cell of spaces is
    blank.
    """
    table = read_table(path, sheet=sheet, encoding=encoding, progress=progress)
    columns = {header.casefold(): at for at, header in enumerate(table.headers)}
    is_guessed = layout is None
    layout = layout or _layout(table, columns)
    if not columns.keys() & {"unit", "participant"}:
        raise HarkenError(
            f"{table.place()}: no column says what was coded. Call it unit, or name participant, question and"
            f" occasion. Columns: {listed(table.headers)}."
        )
    if layout is RatingLayout.LONG:
        _refuse_unknown(table)
        return _read_long(table, columns, is_guessed=is_guessed)
    return _read_wide(table, columns, coders, is_single=is_single, is_guessed=is_guessed)


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


def _read_long(table: RawTable, columns: dict[str, int], *, is_guessed: bool) -> RatingFile:
    units, unit_of = _units(table, columns)
    coders, coder_of = _numbered(map(itemgetter(columns["coder"]), table.rows))
    for at, coder in enumerate(coders):
        if not coder.strip():
            raise _blank(table, coder_of.index(at), "coder")
    cells = _cells(table, [columns[name] for name in ("code", "state") if name in columns])
    words, word_of = _numbered(cells)
    said, said_of = _renumbered(
        [_said(table, word_of.index(at), *word) for at, word in enumerate(words)], word_of
    )
    return RatingFile(
        source=table.source,
        layout=RatingLayout.LONG,
        units=units,
        coders=coders,
        said=said,
        unit_of=unit_of,
        coder_of=coder_of,
        said_of=said_of,
        rows=table.row_numbers,
        times=table.values(table.headers[columns["at"]]) if "at" in columns else None,
        has_rounds="round" in columns,
        has_questions="question" in columns,
        known_coders=coders,
        is_layout_guessed=is_guessed,
    )


def _read_wide(
    table: RawTable,
    columns: dict[str, int],
    coders: Sequence[str],
    *,
    is_single: bool,
    is_guessed: bool,
) -> RatingFile:
    named = tuple(header for header in table.headers if header.casefold() not in _UNIT_COLUMNS)
    if not named:
        raise HarkenError(
            f"{table.place()}: no column holds codings. Give each coder a column, or a row a code with the"
            f" columns coder and code. Columns: {listed(table.headers)}."
        )
    picked = tuple(dict.fromkeys(coders)) or named
    _refuse_renamed(table, picked)
    units, unit_of_row = _units(table, columns)
    numbers: dict[str, int] = {}
    parted: list[Said] = []
    unit_of, coder_of, said_of, rows = array("q"), array("q"), array("q"), array("q")
    for coder, name in enumerate(picked):
        if name not in named:
            continue
        for at, text in enumerate(table.values(name)):
            number = numbers.get(text)
            if number is None:
                if not text.strip():
                    continue
                number = numbers[text] = len(numbers)
                place = table.place(table.row_numbers[at], name)
                parted.append(Said((text,) if is_single else _parted(text, place)))
            unit_of.append(unit_of_row[at])
            coder_of.append(coder)
            said_of.append(number)
            rows.append(table.row_numbers[at])
    said, said_of = _renumbered(parted, said_of)
    return RatingFile(
        source=table.source,
        layout=RatingLayout.WIDE,
        units=units,
        coders=picked,
        said=said,
        unit_of=unit_of,
        coder_of=coder_of,
        said_of=said_of,
        rows=rows,
        times=None,
        has_rounds="round" in columns,
        has_questions="question" in columns,
        known_coders=named,
        is_layout_guessed=is_guessed,
    )


def _refuse_renamed(table: RawTable, coders: Iterable[str]) -> None:
    """A column without a name of its own is no coder: an index, or one coder twice."""
    for header in coders:
        said = table.renamed.get(header)
        if said is not None:
            what = f"two columns are called {quoted(said)}" if said else f"{header} has no header"
            raise HarkenError(
                f"{table.place()}: {what}. Give each coder one column, called by the coder's name."
            )


def _numbered(values: Iterable[Value]) -> tuple[tuple[Value, ...], array[int]]:
    """The distinct values in the order in which they occur, and the number of each."""
    numbers: dict[Value, int] = {}
    every = array("q", [numbers.setdefault(value, len(numbers)) for value in values])
    return tuple(numbers), every


def _renumbered(values: Sequence[Value], of: array[int]) -> tuple[tuple[Value, ...], array[int]]:
    """As `_numbered`, of what `values` mean by numbers."""
    distinct, number = _numbered(values)
    return distinct, of if len(distinct) == len(values) else array("q", [number[one] for one in of])


def _cells(table: RawTable, places: Sequence[int]) -> Iterable[tuple[str, ...]]:
    if len(places) == 1:
        return zip(map(itemgetter(places[0]), table.rows), strict=True)
    return map(itemgetter(*places), table.rows)


def _units(table: RawTable, columns: dict[str, int]) -> tuple[tuple[RatedUnit, ...], array[int]]:
    names = [name for name in _UNIT_COLUMNS if name in columns]
    keys, key_of = _numbered(_cells(table, [columns[name] for name in names]))
    units = []
    for at, key in enumerate(keys):
        said = dict(zip(names, key, strict=True))
        for column in ("unit", "participant", "question"):
            if column in said and not said[column].strip():
                raise _blank(table, key_of.index(at), column)
        if "round" in said and not said["round"].strip():
            said["round"] = MAIN_ROUND
        units.append(RatedUnit(*(said.get(name, "") for name in _UNIT_COLUMNS)))
    return _renumbered(units, key_of)


def _blank(table: RawTable, at: int, column: str) -> HarkenError:
    place = table.place(table.row_numbers[at], column)
    return HarkenError(f"{place} is blank. Fill it in, or remove the row.")


def _said(table: RawTable, at: int, code: str, state: str = "") -> Said:
    row = table.row_numbers[at]
    word = state.strip().casefold() or DecisionState.CODED
    if word not in tuple(DecisionState):
        raise HarkenError(
            f"{table.place(row, 'state')}: {quoted(state)} is no state. Write coded or uncodable."
        )
    codes = (code,) if code.strip() else ()
    if word == DecisionState.UNCODABLE and codes:
        raise HarkenError(
            f"{table.place(row, 'code')}: {quoted(code)} stands in a row whose state is uncodable. Leave one"
            " of the two out."
        )
    return Said(codes, word == DecisionState.UNCODABLE)


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
