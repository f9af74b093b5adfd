"""What an account of saturation is, and its JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from harken.stats.incidence import RarefactionPoint, Richness
from harken.stats.saturation import BaseRunThreshold


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPoint:
    """A unit in the order of coding: its number from 1, codes that no earlier one had, and codes so far."""

    n: int
    n_new: int
    n_codes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstUse:
    """A code: on how many units it is, the number of the first of them, and when it was made."""

    code: str
    label: str
    first: int
    n_units: int
    made_at: str
    """UTC; empty where the journal does not tell."""
    is_from_before: bool | None
    """Whether it was there before the first decision; None where nobody can tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saturation:
    """New codes in the order of coding, and how many there may be beyond those seen."""

    title: str
    unit: str
    """person or answer."""
    basis: str
    questions: tuple[str, ...]
    families: tuple[str, ...]
    """Families asked for; none: all."""
    level: float
    with_excluded: bool
    n_units: int
    n_undecided: int
    """Answers in scope without a decision that counts."""
    n_from_file: int
    """Answers whose decisions came with a file, which says their order as far as it has times."""
    order: tuple[OrderPoint, ...]
    codes: tuple[FirstUse, ...]
    """By first use."""
    n_unused: int
    """Codes in scope that no unit has."""
    rarefaction: tuple[RarefactionPoint, ...]
    richness: Richness
    coverage: float | None
    accounts: tuple[BaseRunThreshold, ...]
    n_before: int
    """Codes in use that were there before the first decision."""
    n_during: int
    """Codes in use that were made afterwards."""
    is_making_known: bool
    """Whether the journal tells which codes were made before coding began."""
    where: tuple[tuple[str, str], ...] = ()
    """Only people with one of the values given for each column are counted."""

    @property
    def is_inductive(self) -> bool:
        """Whether any code is known to have come out of the answers."""
        return self.is_making_known and self.n_during > 0

    def as_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "unit": self.unit,
            "basis": self.basis,
            "questions": list(self.questions),
            "families": list(self.families),
            "level": self.level,
            "with_excluded": self.with_excluded,
            "where": [list(pair) for pair in self.where],
            "n_units": self.n_units,
            "n_undecided": self.n_undecided,
            "n_from_file": self.n_from_file,
            "is_making_known": self.is_making_known,
            "n_before": self.n_before,
            "n_during": self.n_during,
            "order": [asdict(point) for point in self.order],
            "rarefaction": [asdict(point) for point in self.rarefaction],
            "richness": {
                "observed": self.richness.observed,
                "once": self.richness.once,
                "twice": self.richness.twice,
                "chao2": asdict(self.richness.chao2),
            },
            "coverage": self.coverage,
            "accounts": [{**asdict(one), "notation": one.notation} for one in self.accounts],
            "codes": [asdict(code) for code in self.codes],
            "n_unused": self.n_unused,
        }

    def to_records(self) -> list[dict[str, Any]]:
        """A flat record for each unit in the order of coding."""
        return [asdict(point) for point in self.order]
