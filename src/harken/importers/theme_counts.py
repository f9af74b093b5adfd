"""Reads a table of counts: how many people of each group mentioned each theme, of how many."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from harken.errors import HarkenError, listed, near_match, quoted
from harken.importers.raw_table import RawTable
from harken.importers.tables import read_table
from harken.model import EVERYONE

_NEEDED = ("theme", "n", "base")
_KNOWN = ("theme", "group", "n", "base", "percent")
_MOST_DIGITS = 10
_WHOLE = re.compile(r"\d+")
_PERCENT = re.compile(r"(?P<bound>[<>]?)\s*(?P<whole>\d+)(?:[.,](?P<decimals>\d+))?\s*%?")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPercent:
    """A percentage as a publication prints it, exactly: `units` of 10 to the power of -`decimals`."""

    text: str
    units: int
    decimals: int
    bound: str
    """"<" or ">" where it only says below or above what; else empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow:
    """One line of a file of counts."""

    theme: str
    group: str
    n: int
    base: int
    percent: PrintedPercent | None
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeCounts:
    """A file of counts; themes and groups in the order in which they occur."""

    name: str
    """The file's name, as it was given."""
    themes: tuple[str, ...]
    groups: tuple[str, ...]
    rows: tuple[CountRow, ...]
    has_groups: bool


def read_theme_counts(
    path: str | Path, *, sheet: str | None = None, encoding: str | None = None
) -> ThemeCounts:
    """Read the columns theme, group, n, base and, optionally, percent; a row a theme and group.

    Without groups everybody is in the one group `all`. Raises `HarkenError`, naming row and column, for what
    is no whole number, for n beyond its base, and for a theme that stands twice in a group.
    """
    table = read_table(path, sheet=sheet, encoding=encoding)
    columns = _columns(table)
    groups = [row[columns["group"]].strip() if "group" in columns else "" for row in table.rows]
    has_groups = any(groups)
    rows = []
    seen: dict[tuple[str, str], int] = {}
    for at, cells in enumerate(table.rows):
        number = table.row_numbers[at]

        def place(column: str, number: int = number) -> str:
            return table.place(number, column)

        theme, group = cells[columns["theme"]].strip(), groups[at] or EVERYONE
        if not theme:
            raise HarkenError(f"{place('theme')} is blank. Name the theme, or remove the row.")
        if has_groups and not groups[at]:
            raise HarkenError(
                f"{place('group')} is blank where other rows name one. Name the group; leave the whole "
                "column empty if there are none."
            )
        n, base = (_whole_number(cells[columns[column]].strip(), place(column)) for column in ("n", "base"))
        if n > base:
            raise HarkenError(f"{place('n')}: {n} is more than the base, {base}. Put n before base.")
        if (theme, group) in seen:
            where = f" of group {quoted(group)}" if has_groups else ""
            raise HarkenError(
                f"{place('theme')}: {quoted(theme)}{where} stands in row {seen[theme, group]} "
                "already. Keep one."
            )
        seen[theme, group] = number
        printed = cells[columns["percent"]].strip() if "percent" in columns else ""
        rows.append(
            CountRow(
                theme=theme,
                group=group,
                n=n,
                base=base,
                percent=_printed(printed, place("percent")) if printed else None,
                row=number,
            )
        )
    return ThemeCounts(
        name=Path(path).name,
        themes=tuple(dict.fromkeys(row.theme for row in rows)),
        groups=tuple(dict.fromkeys(row.group for row in rows)) or (EVERYONE,),
        rows=tuple(rows),
        has_groups=has_groups,
    )


def _columns(table: RawTable) -> dict[str, int]:
    columns = {header.casefold(): at for at, header in enumerate(table.headers)}
    unknown = [header for header in table.headers if header.casefold() not in _KNOWN]
    missing = [name for name in _NEEDED if name not in columns]
    if missing:
        raise HarkenError(
            f"{table.place()}: column {listed(missing)} is missing. A row a theme and group has the columns "
            f"theme, group, n, base and, if printed, percent. Columns: {listed(table.headers)}."
        )
    if unknown:
        hint = near_match(unknown[0], _KNOWN) or " Remove it, or rename it."
        raise HarkenError(
            f"{table.place(column=unknown[0])}: a file of counts has no such column.{hint} "
            f"Known: {', '.join(_KNOWN)}."
        )
    return columns


def _whole_number(cell: str, place: str) -> int:
    if not cell:
        raise HarkenError(f"{place} is blank. Give a number of people, or remove the row.")
    if not (cell.isascii() and _WHOLE.fullmatch(cell)) or len(cell) > _MOST_DIGITS:
        raise HarkenError(
            f"{place}: {quoted(cell)} is no whole number of people. Write digits alone, as in 1204."
        )
    return int(cell)


def _printed(cell: str, place: str) -> PrintedPercent:
    found = _PERCENT.fullmatch(cell) if cell.isascii() else None
    if found is None:
        raise HarkenError(
            f"{place}: {quoted(cell)} is no percentage. Write it as it is printed, as in 36.4 or <0.1, or "
            "leave it blank."
        )
    decimals = found["decimals"] or ""
    units = int(found["whole"] + decimals)
    if units > 100 * 10 ** len(decimals):
        raise HarkenError(f"{place}: {quoted(cell)} is above 100. Check the percentage, or leave it blank.")
    return PrintedPercent(text=cell, units=units, decimals=len(decimals), bound=found["bound"])
