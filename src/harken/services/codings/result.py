"""What became of a codings file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingsImport:
    """What became of a codings file. Rows, not decisions, are what a person counts in a file."""

    file: str
    is_trial: bool
    n_rows: int
    n_decisions: int
    n_known: int
    """Decisions that stood in the project just so."""
    n_replaced: int
    new_coders: tuple[str, ...]
    new_rounds: tuple[str, ...]
    n_rows_on_non_response: int
    """Kept and exported, counted nowhere."""
    retired: Mapping[str, int]
    """Retired codes that the file applies anew, each with the number of its decisions; they are taken."""
    withdrawn: tuple[str, ...]
    """Participants who withdrew; nothing about them is taken in."""
