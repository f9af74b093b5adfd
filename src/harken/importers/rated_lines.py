"""What a file of codings that belongs to no project says: units, coders and words, line by line."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from harken.importers.raw_table import TableSource

SEPARATOR = ";"
"""Stands between the codes of a cell in a wide file."""
NO_CODE = "(none)"
"""What a cell of a wide file says where the coder decided that no code applies."""


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


class Said(NamedTuple):
    """What one line says of a coder and a unit; several lines of a long file may make one decision."""

    codes: tuple[str, ...]
    """Empty where no code applies."""
    is_uncodable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RatingFile:
    """Everything that a file of codings says: for each line the numbers of its unit, coder and words.

    In a wide file a line is one filled cell.
    """

    source: TableSource
    layout: RatingLayout
    units: tuple[RatedUnit, ...]
    coders: tuple[str, ...]
    """Wide: the columns taken as coders, filled or not. Long: those that occur."""
    said: tuple[Said, ...]
    unit_of: array[int]
    coder_of: array[int]
    said_of: array[int]
    rows: Sequence[int]
    times: Sequence[str] | None
    """When each line was decided, as the file has it; None where it has no such column."""
    has_rounds: bool
    has_questions: bool
    known_coders: tuple[str, ...]
    """Whom the file could name: wide, every column that says nothing of the unit; long, as `coders`."""
    is_layout_guessed: bool
    """Whether the columns alone told the layout."""

    def place(self, line: int | None = None, column: str = "") -> str:
        """The words by which an error names a spot: by default of a line, its code."""
        if line is None:
            return self.source.place(None, column)
        is_long = self.layout is RatingLayout.LONG
        return self.source.place(
            self.rows[line], column or ("code" if is_long else self.coders[self.coder_of[line]])
        )
