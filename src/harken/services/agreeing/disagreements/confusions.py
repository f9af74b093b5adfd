"""Codes that coders confused, with what the codebook says of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np

from harken.services.agreeing.rating.rated import UNCODABLE, RatedUnits
from harken.stats.confusions import Confusion, count_confusions
from harken.stats.ratings import SetRatings


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


def confused_codes(rated: RatedUnits, *, coder: str | None = None) -> tuple[ConfusedCodes, ...]:
    """The codes that coders confused on these units, those in most responses first.

    With `coder` only in pairs with that coder. The codes of a pair stand in the order of the units' codes.
    """
    return confused_in(_with_uncodable(rated), coder=coder)


def _with_uncodable(rated: RatedUnits) -> SetRatings:
    """The units' sets, where an uncodable response is not one to which no code applies."""
    n_sets, n_codes = rated.sets.members.shape
    members = np.zeros((n_sets + 1, n_codes + 1), dtype=np.bool_)
    members[:n_sets, :n_codes] = rated.sets.members
    members[n_sets, n_codes] = True
    return replace(
        rated.sets,
        codes=(*rated.sets.codes, UNCODABLE),
        members=members,
        set_ids=np.where(rated.is_uncodable, n_sets, rated.sets.set_ids),
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
