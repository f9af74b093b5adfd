"""Uncertainty of participants: who resembles whom, seeded bootstrap draws, leaving one out, limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy import sparse, special

from harken.stats.estimate import Estimate
from harken.stats.patterns import FloatArray
from harken.stats.ratings import MISSING, BoolArray, IntArray
from harken.stats.uncertainty import Uncertainty

_LARGEST_CHUNK = 1 << 20
_MULTINOMIAL_COST = 8
"""Time to draw the count of one profile, in draws of one participant."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ParticipantProfiles:
    """The participants who are resampled, those with the same units (by class) as one profile.

    `classes` (profiles x classes, sparse) counts a participant's units in each class, singly rated ones too;
    `sizes` tells how many participants share the profile.
    """

    classes: Any
    sizes: IntArray

    @property
    def n_participants(self) -> int:
        return int(self.sizes.sum())

    @property
    def has_single_units(self) -> bool:
        """Whether every participant has one unit."""
        return bool(self.classes.nnz == len(self.sizes) and (self.classes.data == 1).all())


def find_profiles(
    participants: IntArray, unit_classes: IntArray, is_pairable: BoolArray
) -> ParticipantProfiles:
    """Profiles of the participants of units (arrays over units; class -1 is no unit).

    `is_pairable` tells it of each class. The order of profiles depends on the units' classes alone, neither
    on the order of the units nor on the numbers of the participants.
    """
    counted = unit_classes != MISSING
    people, classes = np.asarray(participants)[counted], np.asarray(unit_classes)[counted]
    if (people[1:] < people[:-1]).any():
        order = np.argsort(people, kind="stable")
        people, classes = people[order], classes[order]
    starts = np.flatnonzero(np.append(True, people[1:] != people[:-1])) if len(people) else people
    if len(starts) == len(people):
        return _profiles_of_single_units(classes, is_pairable)

    kept = np.logical_or.reduceat(is_pairable[classes], starts)
    # A sum of random words, one a class, stands for the multiset of a participant's classes.
    words = np.random.default_rng(0).integers(0, 1 << 64, size=len(is_pairable), dtype=np.uint64)
    sums = np.add.reduceat(words[classes], starts)
    ends = np.append(starts[1:], len(people))
    starts, ends = starts[kept], ends[kept]
    _, first, sizes = np.unique(sums[kept], return_index=True, return_counts=True)
    lengths = (ends - starts)[first]
    rows = np.repeat(np.arange(len(first)), lengths)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    columns = classes[np.repeat(starts[first], lengths) + within]
    table = sparse.csr_array(
        (np.ones(len(rows)), (rows, columns)), shape=(len(first), len(is_pairable)), dtype=np.float64
    )
    return ParticipantProfiles(classes=table, sizes=sizes)


def _profiles_of_single_units(classes: IntArray, is_pairable: BoolArray) -> ParticipantProfiles:
    return profiles_of_counts(np.bincount(classes, minlength=len(is_pairable)), is_pairable)


def profiles_of_counts(counts: IntArray, is_pairable: BoolArray) -> ParticipantProfiles:
    """Profiles where every participant has one unit: the pairable classes that occur."""
    columns = np.flatnonzero(is_pairable & (counts > 0))
    table = sparse.csr_array(
        (np.ones(len(columns)), (np.arange(len(columns)), columns)),
        shape=(len(columns), len(is_pairable)),
        dtype=np.float64,
    )
    return ParticipantProfiles(classes=table, sizes=counts[columns])


def merge_profiles(
    profiles: ParticipantProfiles, class_of: IntArray, is_wanted: BoolArray
) -> ParticipantProfiles:
    """The same participants by coarser classes: class `class_of[i]` (-1: none) in place of class i.

    Those without a unit of a coarser class that `is_wanted` are left out. The order of the profiles depends
    on the coarser classes alone.
    """
    kept = np.flatnonzero(class_of != MISSING)
    if profiles.has_single_units:
        held = np.bincount(profiles.classes.indices, weights=profiles.sizes, minlength=len(class_of))
        counts = np.bincount(class_of[kept], weights=held[kept], minlength=len(is_wanted))
        return profiles_of_counts(counts.astype(np.int64), is_wanted)
    join = sparse.csr_array(
        (np.ones(len(kept)), (kept, class_of[kept])), shape=(len(class_of), len(is_wanted))
    )
    table = sparse.csr_array(profiles.classes @ join)
    wanted = np.flatnonzero(table @ is_wanted.astype(np.float64))
    table, sizes = table[wanted], profiles.sizes[wanted]
    # A sum of random words, one a class, stands for the multiset of a participant's classes.
    words = np.random.default_rng(0).integers(0, 1 << 64, size=len(is_wanted), dtype=np.uint64)
    spelt = np.add.reduceat(
        np.append(words[table.indices] * table.data.astype(np.uint64), np.uint64(0)), table.indptr[:-1]
    )
    _, first, number = np.unique(spelt, return_index=True, return_inverse=True)
    merged = np.bincount(number, weights=sizes, minlength=len(first)).astype(np.int64)
    return ParticipantProfiles(classes=table[first], sizes=merged)


def draw_profiles(sizes: IntArray, uncertainty: Uncertainty) -> Iterator[FloatArray]:
    """Bootstrap samples of as many participants as there are, as counts of profiles (replicates x profiles).

    Comes in chunks of replicates. One multinomial a replicate draws the common profiles, at a cost that does
    not grow with the number of participants, and how many others there are; those are drawn one by one.
    Nothing is drawn from fewer than two participants, who can show no spread.
    """
    rng = np.random.default_rng(uncertainty.seed)
    n, n_profiles = int(sizes.sum()), len(sizes)
    if n < 2:
        return
    order, n_rare_left, cost = _rank_profiles(sizes)
    n_common = int(np.argmin(cost))
    common, n_rare = order[:n_common], int(n_rare_left[n_common])
    rare_people = np.repeat(order[n_common:], sizes[order[n_common:]])
    odds = np.append(sizes[common], n_rare) / n
    chunk = max(1, _LARGEST_CHUNK // max(n_profiles, n_rare))
    for begin in range(0, uncertainty.replicates, chunk):
        many = min(chunk, uncertainty.replicates - begin)
        drawn = rng.multinomial(n, odds, size=many)
        counts = np.zeros((many, n_profiles))
        if n_rare:
            places = np.repeat(np.arange(many) * n_profiles, drawn[:, -1])
            places += rare_people[rng.integers(0, n_rare, size=len(places))]
            counts += np.bincount(places, minlength=many * n_profiles).reshape(many, n_profiles)
        counts[:, common] = drawn[:, :-1]
        yield counts


def count_draws(sizes: IntArray) -> int:
    """What one sample of participants costs, in draws of one participant."""
    return int(_rank_profiles(sizes)[2].min())


def _rank_profiles(sizes: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Profiles with the common ones first, and two arrays over how many of them are drawn as common.

    The first tells how many participants remain to be drawn one by one, the second what a sample costs.
    """
    order = np.argsort(-sizes, kind="stable")
    n_rare_left = sizes.sum() - np.cumsum(np.append(0, sizes[order]))
    return order, n_rare_left, n_rare_left + _MULTINOMIAL_COST * np.arange(len(sizes) + 1)


def bootstrap_weights(profiles: ParticipantProfiles, uncertainty: Uncertainty) -> FloatArray:
    """How often each class of unit occurs in each bootstrap sample of participants (replicates x classes)."""
    chunks = [draws @ profiles.classes for draws in draw_profiles(profiles.sizes, uncertainty)]
    return np.concatenate(chunks) if chunks else np.empty((0, profiles.classes.shape[1]))


def left_out_blocks(profiles: ParticipantProfiles) -> Iterator[FloatArray]:
    """How often each class of unit occurs without one participant of each profile (profiles x classes).

    In blocks of profiles, as one table of many profiles and classes might not fit.
    """
    total = np.asarray(profiles.sizes @ profiles.classes)
    n_profiles, n_classes = profiles.classes.shape
    step = max(1, _LARGEST_CHUNK // max(1, n_classes))
    for begin in range(0, n_profiles, step):
        yield total - profiles.classes[begin : begin + step].toarray()


def with_percentile_interval(estimate: Estimate, replicates: FloatArray, *, level: float) -> Estimate:
    """`estimate` with the percentile interval of its bootstrap `replicates` (Efron and Tibshirani 1993).

    Undefined replicates (nan) are left out and counted; without two defined ones there is no interval.
    """
    defined = replicates[~np.isnan(replicates)]
    dropped = len(replicates) - len(defined)
    estimate = replace(estimate, level=level, method="bootstrap", n_undefined_replicates=dropped)
    if estimate.value is None or len(defined) < 2:
        return estimate
    low, high = np.quantile(defined, [(1 - level) / 2, (1 + level) / 2])
    return replace(estimate, se=float(np.std(defined, ddof=1)), low=float(low), high=float(high))


def with_jackknife_interval(
    estimate: Estimate, left_out: FloatArray, sizes: IntArray, *, level: float
) -> Estimate:
    """`estimate` with the jackknife SE and t interval from its values with one participant `left_out`.

    `left_out` has one value a profile, shared by as many participants as `sizes` tells; undefined ones (nan)
    are left out and counted. SE = sqrt((n-1)/n sum (value - mean)^2), t with n - 1 degrees of freedom, limits
    kept within [-1, 1]; none below two values. Efron and Tibshirani (1993).
    """
    defined = ~np.isnan(left_out)
    values, weights = left_out[defined], sizes[defined]
    n = int(weights.sum())
    estimate = replace(estimate, level=level, method="jackknife", n_undefined_replicates=int(sizes.sum()) - n)
    if estimate.value is None or n < 2:
        return estimate
    mean = float(weights @ values) / n
    se = float(np.sqrt((n - 1) / n * (weights @ (values - mean) ** 2)))
    return with_limits(estimate, se=se, quantile=float(special.stdtrit(n - 1, (1 + level) / 2)))


def with_limits(estimate: Estimate, *, se: float, quantile: float) -> Estimate:
    """`estimate` with its standard error and the limits `quantile` standard errors away, within [-1, 1]."""
    if estimate.value is None:
        return estimate
    low, high = estimate.value - quantile * se, estimate.value + quantile * se
    # Gwet's forms for missing ratings can fall below -1 in a handful of units.
    return replace(estimate, se=se, low=max(min(-1.0, estimate.value), low), high=min(1.0, high))


def as_share(estimate: Estimate) -> Estimate:
    """`estimate` of a share, whose limits lie within [0, 1]."""
    return estimate if estimate.low is None else replace(estimate, low=max(0.0, estimate.low))
