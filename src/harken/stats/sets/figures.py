"""Figures of whole sets: alpha by each distance and the share of equal pairs, of all and without one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from harken.stats.coefficients import ratio
from harken.stats.patterns import FloatArray
from harken.stats.ratings import IntArray
from harken.stats.sets.distances import SetMetric, measure_pairs
from harken.stats.sets.sums import sum_distances
from harken.stats.sets.units import SetUnits, share_equal_pairs, sum_unit_distances

SHARE_EQUAL = "equal"
"""Name of the mean over pairable units of the share of pairs of coders with equal sets."""
_MANY_SETS = 300
"""A participant with so many different sets has them summed as a study of its own."""
_ENTRIES_AT_ONCE = 1 << 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Krippendorff's observed and expected disagreement; None where there is no pair of ratings."""

    observed: float | None
    expected: float | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SetFigures:
    """What the figures of whole sets need of each profile of participants.

    Alpha is 1 - Do/De over pairable ratings, the distance between sets unsquared (Passonneau 2006); undefined
    (nan) where all of them are one and the same set. By metric, `within` is the sum of distances over each
    distinct unit's ordered pairs of ratings, `parts` each profile's part of n Do, and `apart` the sum of
    distances from each set to all ratings. `equal` is the sum over a profile's units of the share of equal
    pairs, `n_units` how many units these are.
    """

    folded: SetUnits
    within: Mapping[SetMetric, FloatArray]
    parts: Mapping[SetMetric, FloatArray]
    apart: Mapping[SetMetric, FloatArray]
    equal: FloatArray
    n_units: FloatArray

    def values(self) -> dict[str, float]:
        """Each alpha by its metric's name, and `SHARE_EQUAL`, over all participants."""
        sizes, weights = self._weights()
        found = {
            metric.value: set_alpha(sizes @ part, weights @ self.apart[metric], weights.sum())
            for metric, part in self.parts.items()
        }
        found[SHARE_EQUAL] = ratio(sizes @ self.equal, sizes @ self.n_units)
        return {name: float(value) for name, value in found.items()}

    def disagreement(self, metric: SetMetric) -> Disagreement:
        """Do and De over all participants."""
        sizes, weights = self._weights()
        n = float(weights.sum())
        if n == 0:
            return Disagreement(observed=None, expected=None)
        chance = float(weights @ self.apart[metric])
        return Disagreement(
            observed=float(sizes @ self.parts[metric]) / n, expected=max(chance, 0.0) / (n * (n - 1))
        )

    def leave_one_out(self) -> dict[str, FloatArray]:
        """The same figures without one participant of each profile, exactly."""
        sizes, weights = self._weights()
        own = self._sum_within_participants()
        n = weights.sum() - self.folded.contents.sum(axis=1)
        found = {
            metric.value: set_alpha(
                sizes @ part - part,
                weights @ self.apart[metric] - 2 * (self.folded.contents @ self.apart[metric]) + own[metric],
                n,
            )
            for metric, part in self.parts.items()
        }
        found[SHARE_EQUAL] = ratio(sizes @ self.equal - self.equal, sizes @ self.n_units - self.n_units)
        return found

    def _weights(self) -> tuple[FloatArray, FloatArray]:
        """How many participants have each profile, and how often each set is a rating."""
        sizes = self.folded.profiles.sizes.astype(np.float64)
        return sizes, np.asarray(sizes @ self.folded.contents)

    def _sum_within_participants(self) -> dict[SetMetric, FloatArray]:
        """Sum of distances over the ordered pairs of ratings of one participant of each profile."""
        profiles, contents = self.folded.profiles, self.folded.contents
        if profiles.has_single_units:
            return {metric: np.asarray(profiles.classes @ within) for metric, within in self.within.items()}
        lengths = np.diff(contents.indptr)
        total = _nothing(len(lengths))
        for row in np.flatnonzero(lengths > _MANY_SETS).tolist():
            held = slice(contents.indptr[row], contents.indptr[row + 1])
            sums = sum_distances(self.folded.sets.take(contents.indices[held]), contents.data[held])
            for metric, distances in sums.items():
                total[metric][row] = contents.data[held] @ distances
        few = np.flatnonzero(lengths <= _MANY_SETS)
        ends = np.searchsorted(np.cumsum(lengths[few]), np.arange(0, lengths[few].sum(), _ENTRIES_AT_ONCE))
        for rows in np.split(few, np.unique(ends)[1:]):
            for metric, pair_sums in _sum_pairs(self.folded, rows).items():
                total[metric][rows] = pair_sums
        return total


def read_figures(folded: SetUnits) -> SetFigures:
    """The figures of the folded units."""
    within = sum_unit_distances(folded)
    classes = folded.profiles.classes
    weights = np.asarray(folded.profiles.sizes @ folded.contents, dtype=np.float64)
    return SetFigures(
        folded=folded,
        within=within,
        parts={
            metric: np.asarray(classes @ (total / (folded.n_ratings - 1))) for metric, total in within.items()
        },
        apart=sum_distances(folded.sets, weights),
        equal=np.asarray(classes @ share_equal_pairs(folded)),
        n_units=np.asarray(classes.sum(axis=1), dtype=np.float64),
    )


def set_alpha(disagreement: FloatArray, chance: FloatArray, n: FloatArray) -> FloatArray:
    """1 - Do/De from n Do, the sum of distances over all ordered pairs of ratings, and their number n."""
    # Two different sets make chance at least 2 (n - 1) times the smallest distance; less is rounding.
    return 1 - ratio((n - 1) * disagreement, np.where(chance > 1e-4 * np.maximum(n, 1), chance, 0.0))


def _sum_pairs(folded: SetUnits, rows: IntArray) -> dict[SetMetric, FloatArray]:
    """The sums within participants of the profiles in `rows`, pair by pair."""
    contents = folded.contents[rows]
    lengths = np.diff(contents.indptr)
    owner = np.repeat(np.arange(len(lengths)), lengths)
    ends = np.repeat(contents.indptr[1:], lengths)
    total = _nothing(len(lengths))
    entries = np.arange(len(owner))
    for offset in range(1, int(lengths.max(initial=0))):
        entries = entries[entries + offset < ends[entries]]
        others = entries + offset
        times = 2 * contents.data[entries] * contents.data[others]
        apart = measure_pairs(folded.sets, contents.indices[entries], contents.indices[others])
        for metric, distances in apart.items():
            total[metric] += np.bincount(owner[entries], weights=times * distances, minlength=len(lengths))
    return total


def _nothing(n: int) -> dict[SetMetric, FloatArray]:
    return {metric: np.zeros(n) for metric in SetMetric}
