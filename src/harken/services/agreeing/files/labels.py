"""The labels that decisions of a file hold, how often, and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from harken.services.agreeing.files.decisions import FileDecisions


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelUse:
    """One label as decisions hold it."""

    n: int
    """Decisions with it."""
    row: int
    """A row that says it."""


def labels_in(found: FileDecisions) -> Mapping[str, LabelUse]:
    """Each code or category that occurs in decisions in scope."""
    times = Counter(found.said_of)
    first: dict[int, int] = {}
    for said, line in zip(found.said_of, found.line_of, strict=True):
        first.setdefault(said, line)
    uses: dict[str, LabelUse] = {}
    for said, n in times.items():
        row = found.file.rows[first[said]]
        for label in found.said[said].codes:
            before = uses.get(label)
            uses[label] = (
                LabelUse(n=n, row=row)
                if before is None
                else LabelUse(n=before.n + n, row=min(before.row, row))
            )
    return uses
