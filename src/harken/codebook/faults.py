"""What is wrong in a codebook's file and where, and how it becomes one error line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harken.errors import HarkenError


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault in a file. Lines and columns count from 1; in a table, `line` is the row."""

    line: int
    column: int
    message: str
    column_name: str = ""
    """The heading of the table's column; empty in YAML and where the whole row is meant."""
    is_row: bool = False
    """Whether `line` is the row of a table."""

    @property
    def place(self) -> str:
        if not self.is_row:
            return f"line {self.line}, column {self.column}"
        return f"row {self.line}, column {self.column_name!r}" if self.column_name else f"row {self.line}"

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


def sort_faults(faults: Sequence[Fault]) -> list[Fault]:
    """The faults in reading order."""
    return sorted(faults, key=lambda fault: (fault.line, fault.column, fault.message))


def raise_faults(name: str, faults: Sequence[Fault]) -> None:
    """Refuse the file called `name` if it has faults: the first, and how to see the others."""
    if not faults:
        return
    first = sort_faults(faults)[0]
    more = f" (and {len(faults) - 1} more; `harken codebook check {name}` lists them)" if faults[1:] else ""
    raise HarkenError(f"{name}: {first}{more}")
