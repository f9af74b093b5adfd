"""What taking a returned workbook in would change, or changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from harken.model import Decision, DecisionState, ResponseKey
from harken.services.round_trip import layout


class ChangeKind(StrEnum):
    """What taking a row would do."""

    NEW = "new"
    CHANGED = "changed"
    CONFLICT = "conflict"
    """The project's decision was made, changed or undone after the export, and the row says another thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One row that says something else than the project."""

    kind: ChangeKind
    before: Decision | None
    after: Decision
    sheet: str
    row: int

    def as_json(self) -> dict[str, Any]:
        key = self.after.key
        return {
            "participant": key.participant,
            "question": key.question,
            "occasion": key.occasion,
            "kind": self.kind.value,
            "before": None if self.before is None else in_words(self.before),
            "after": in_words(self.after),
            "sheet": self.sheet,
            "row": self.row,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookImport:
    """What a returned workbook would change, or changed."""

    file: str
    sha256: str
    coder: str
    round: str
    changes: tuple[Change, ...]
    n_same: int
    """Rows that say what the project says."""
    n_undecided: int
    """Rows that say nothing on answers without a decision."""
    left_as_decided: tuple[ResponseKey, ...]
    """Answers that are decided and whose rows are blank, or as they were before a later decision."""
    withdrawn: tuple[str, ...]
    """Participants who withdrew since; nothing about them is taken."""
    remarks: tuple[str, ...]

    @property
    def conflicts(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.kind is ChangeKind.CONFLICT)

    def n_of(self, kind: ChangeKind) -> int:
        return sum(change.kind is kind for change in self.changes)

    def as_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "coder": self.coder,
            "round": self.round,
            "changes": [change.as_json() for change in self.changes],
            "n_same": self.n_same,
            "n_undecided": self.n_undecided,
            "n_left_as_decided": len(self.left_as_decided),
            "withdrawn": list(self.withdrawn),
            "remarks": list(self.remarks),
        }


def in_words(decision: Decision) -> str:
    """A decision in a cell of a table: its codes, or what else was decided, and what goes with it."""
    if decision.state is DecisionState.UNCODABLE:
        words = layout.UNCODABLE
    else:
        words = ", ".join(decision.codes) or layout.NO_CODE
    extras: Mapping[str, bool] = {"unsure": decision.is_unsure, "memo": bool(decision.memo)}
    named = [name for name, is_there in extras.items() if is_there]
    return f"{words} ({', '.join(named)})" if named else words
