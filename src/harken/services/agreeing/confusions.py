"""Codes that coders confused, with what the codebook says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from harken.model import Codebook
from harken.services.agreeing.disagreeing import decided_codes
from harken.services.agreeing.rated import Rating
from harken.stats.confusions import Confusion, count_confusions
from harken.stats.ratings import SetRatings, collect_set_ratings


class ConfusionKind(StrEnum):
    """How two codes were confused."""

    SWAPPED = "swapped"
    """One coder applied the one, another coder the other."""
    DEPTH = "depth"
    """So it was, and one of the two stands below the other: coders differ on how fine a code is wanted."""
    ALONE = "alone"
    """One coder applied the code, another coder nothing in its stead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfusedCodes:
    """Two codes in each other's place, or one that others left out."""

    kind: ConfusionKind
    codes: tuple[str, str | None]
    """Paths; `(uncodable)` stands for itself, None for no other code."""
    n_responses: int
    n_coder_pairs: int
    """Pairs of coders who confused them, over all responses."""
    n_either: int
    """Responses that two coders decided and to which anybody applied either code."""
    share: float
    """`n_responses` of `n_either`."""
    used: tuple[Mapping[str, int], Mapping[str, int]]
    """Of each of the two: who applied it, in how many of the pairs."""

    def as_json(self) -> dict[str, Any]:
        return {
            "codes": list(self.codes),
            "kind": self.kind.value,
            "n_responses": self.n_responses,
            "n_coder_pairs": self.n_coder_pairs,
            "n_either": self.n_either,
            "share": self.share,
            "used": [dict(one) for one in self.used],
        }


def confused_codes(
    ratings: Sequence[Rating], codebook: Codebook, *, coder: str | None = None
) -> tuple[ConfusedCodes, ...]:
    """The codes that coders confused in these decisions, those in most responses first.

    With `coder` only in pairs with that coder.
    """
    return confused_in(
        collect_set_ratings(((r.unit, r.coder, decided_codes(r)) for r in ratings), codes=codebook.paths),
        coder=coder,
    )


def confused_in(sets: SetRatings, *, coder: str | None = None) -> tuple[ConfusedCodes, ...]:
    """As `confused_codes`, of sets in which `(uncodable)` stands for itself."""
    return tuple(_named(one) for one in count_confusions(sets, coder=coder))


def _named(found: Confusion) -> ConfusedCodes:
    return ConfusedCodes(
        kind=_kind(found.first, found.second),
        codes=(found.first, found.second),
        n_responses=found.n_units,
        n_coder_pairs=found.n_pairs,
        n_either=found.n_either,
        share=found.share,
        used=(found.first_by, found.second_by),
    )


def _kind(first: str, second: str | None) -> ConfusionKind:
    if second is None:
        return ConfusionKind.ALONE
    is_above = second.startswith(f"{first}.") or first.startswith(f"{second}.")
    return ConfusionKind.DEPTH if is_above else ConfusionKind.SWAPPED
