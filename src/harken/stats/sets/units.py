"""Pairable units whose ratings are sets of codes, folded into the distinct ones and who holds them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from scipy import sparse

from harken.stats.coefficients import ratio
from harken.stats.intervals.resampling import ParticipantProfiles, find_profiles
from harken.stats.patterns import FloatArray
from harken.stats.ratings import MISSING, BoolArray, IntArray, SetRatings
from harken.stats.sets.distances import DistinctSets, SetMetric, measure_pairs, pack_sets


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SetUnits:
    """The distinct pairable units, whoever gave which rating, and how participants hold them.

    `units` is distinct units x coders, rows of `sets` in descending order, -1 last. `contents`
    (sparse, profiles x sets) counts a participant's ratings of each set.
    """

    n_coders: int
    n_units_rated: int
    n_units_pairable: int
    units: IntArray
    profiles: ParticipantProfiles
    contents: Any
    sets: DistinctSets

    @property
    def n_ratings(self) -> IntArray:
        """How many coders decided each distinct unit."""
        return np.asarray((self.units != MISSING).sum(axis=1))


def fold_units(sets: SetRatings) -> SetUnits:
    """The pairable units of `sets`, folded; sets that no pairable unit has are left out."""
    n_rated = (sets.set_ids != MISSING).sum(axis=1)
    pairable = n_rated >= 2
    ids, members = _renumber(sets, sets.set_ids[pairable])
    units, unit_class = _distinct_rows(-np.sort(-ids, axis=1))
    profiles = find_profiles(sets.participants[pairable], unit_class, np.ones(len(units), dtype=np.bool_))
    is_rated = units != MISSING
    ends = np.cumsum(is_rated.sum(axis=1))
    held = sparse.csr_array(
        (np.ones(ends[-1] if len(ends) else 0), units[is_rated], np.append(0, ends)),
        shape=(len(units), len(members)),
        dtype=np.float64,
    )
    return SetUnits(
        n_coders=len(sets.coders),
        n_units_rated=int((n_rated > 0).sum()),
        n_units_pairable=int(pairable.sum()),
        units=units,
        profiles=profiles,
        contents=sparse.csr_array(profiles.classes @ held),
        sets=pack_sets(members),
    )


def _renumber(sets: SetRatings, ids: IntArray) -> tuple[IntArray, BoolArray]:
    """`ids` with numbers for the sets in use only, in an order that their codes alone decide."""
    used = np.unique(ids[ids != MISSING])
    alphabetical = sorted(range(len(sets.codes)), key=lambda index: sets.codes[index])
    members = sets.members[used][:, alphabetical]
    order = np.lexsort(members.T[::-1]) if members.size else np.arange(len(members))
    places = np.full(len(sets.members) + 1, MISSING, dtype=np.int32)
    places[used[order]] = np.arange(len(used), dtype=np.int32)
    return places[ids], members[order]


def _distinct_rows(table: IntArray) -> tuple[IntArray, IntArray]:
    """Distinct rows and the number of each row's; column by column, as sorting whole rows is slow."""
    number = np.zeros(len(table), dtype=np.int64)
    for column in range(table.shape[1]):
        values = table[:, column].astype(np.int64) + 1
        _, number = np.unique(number * (int(values.max(initial=0)) + 1) + values, return_inverse=True)
    _, first = np.unique(number, return_index=True)
    return table[first], number


def sum_unit_distances(folded: SetUnits) -> dict[SetMetric, FloatArray]:
    """Each distinct unit's distances, summed over ordered pairs of ratings."""
    total = {metric: np.zeros(len(folded.units)) for metric in SetMetric}
    for one, other in combinations(range(folded.units.shape[1]), 2):
        both = np.flatnonzero(folded.units[:, other] != MISSING)
        apart = measure_pairs(folded.sets, folded.units[both, one], folded.units[both, other])
        for metric, distances in apart.items():
            total[metric][both] += 2 * distances
    return total


def share_equal_pairs(folded: SetUnits) -> FloatArray:
    """Each distinct unit's share of pairs of coders with equal sets."""
    equal = np.zeros(len(folded.units))
    for one, other in combinations(range(folded.units.shape[1]), 2):
        equal += (folded.units[:, other] != MISSING) & (folded.units[:, one] == folded.units[:, other])
    m = folded.n_ratings
    return ratio(equal, m * (m - 1) / 2)
