"""What a look at codes on the same people is, and its JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from harken.services.shares.comparing import GroupTest
from harken.stats.cooccurrence import Overlap
from harken.stats.estimate import Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedCode:
    """A code by itself: `n` people have it, of the `base` whose answers in its scope are coded."""

    code: str
    label: str
    family: str
    n: int | None
    base: int
    suppressed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePair:
    """Two codes over the people who are counted for both; the first stands first in the codebook."""

    first: str
    second: str
    overlap: Overlap | None
    """None where it is hidden to protect people, as are the figures that follow from it."""
    jaccard: Estimate | None
    phi: float | None
    lift: float | None
    test: GroupTest | None
    not_tested: str | None
    suppressed: bool = False

    def as_json(self) -> dict[str, Any]:
        counts = self.overlap
        return {
            "first": self.first,
            "second": self.second,
            "n": counts.n if counts else None,
            "n11": counts.both if counts else None,
            "n10": counts.only_first if counts else None,
            "n01": counts.only_second if counts else None,
            "n00": counts.neither if counts else None,
            "jaccard": asdict(self.jaccard) if self.jaccard else None,
            "phi": self.phi,
            "lift": self.lift,
            "test": asdict(self.test) if self.test else None,
            "not_tested": self.not_tested,
            "suppressed": self.suppressed,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Cooccurrence:
    """Pairs of codes on the same people, in the order of the codebook."""

    title: str
    basis: str
    questions: tuple[str, ...]
    level: float
    with_excluded: bool
    n_undecided: int
    """Answers in scope without a decision that counts."""
    codes: tuple[CountedCode, ...]
    """Those that anybody has."""
    n_unused: int
    """Codes in scope that nobody has; they make no pairs."""
    pairs: tuple[CodePair, ...]
    where: tuple[tuple[str, str], ...] = ()
    """Only people with one of the values given for each column are counted."""
    suppress: int = 0
    """Counts of people below this are hidden, and what would give them away; 0 hides nothing."""

    def as_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "basis": self.basis,
            "questions": list(self.questions),
            "level": self.level,
            "with_excluded": self.with_excluded,
            "where": [list(pair) for pair in self.where],
            "n_undecided": self.n_undecided,
            "suppress": self.suppress,
            "codes": [asdict(code) for code in self.codes],
            "n_unused": self.n_unused,
            "pairs": [pair.as_json() for pair in self.pairs],
        }

    def to_records(self) -> list[dict[str, Any]]:
        """A flat record for each pair."""
        return [
            {
                **{name: value for name, value in pair.as_json().items() if name not in ("jaccard", "test")},
                "jaccard": pair.jaccard.value if pair.jaccard else None,
                "jaccard_low": pair.jaccard.low if pair.jaccard else None,
                "jaccard_high": pair.jaccard.high if pair.jaccard else None,
                "p": pair.test.p if pair.test else None,
                "p_bh": pair.test.p_bh if pair.test else None,
            }
            for pair in self.pairs
        ]
