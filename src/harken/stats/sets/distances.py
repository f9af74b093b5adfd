"""Distances between sets of codes: of pairs, and of some sets to all others as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from harken.stats.patterns import FloatArray
from harken.stats.ratings import BoolArray, IntArray

WordArray = NDArray[np.uint64]

_CELLS_AT_ONCE = 1 << 16


class SetMetric(StrEnum):
    """A distance between two sets, used unsquared; 0 for two empty ones, 1 for an empty and another.

    With i codes in both and u in either: exact is 0 or 1; Jaccard 1 - i/u; MASI 1 - (i/u) M with M = 1 for
    equal sets, 2/3 where one holds the other, 1/3 where they overlap, 0 for disjoint ones (Passonneau 2006,
    exact thirds); Dice 1 - 2i/(a + b).
    """

    EXACT = "exact"
    JACCARD = "jaccard"
    MASI = "masi"
    DICE = "dice"


def measure_distance(metric: SetMetric, a: IntArray, b: IntArray, shared: IntArray) -> FloatArray:
    """Distance of sets with `a` and `b` codes, `shared` of them in both (arrays that broadcast)."""
    a, b, shared = np.broadcast_arrays(a, b, shared)
    equal = (a == b) & (a == shared)
    if metric is SetMetric.EXACT:
        return np.where(equal, 0.0, 1.0)
    either = np.maximum(a + b - shared, 1)
    if metric is SetMetric.DICE:
        return np.where(equal, 0.0, 1 - 2 * shared / np.maximum(a + b, 1))
    if metric is SetMetric.JACCARD:
        return np.where(equal, 0.0, 1 - shared / either)
    nested = shared == np.minimum(a, b)
    likeness = np.where(nested, 2 / 3, 1 / 3)
    return np.where(equal, 0.0, 1 - shared / either * likeness)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DistinctSets:
    """Different sets of codes: `members` is sets x codes, `words` the same as bits, `sizes` their codes."""

    members: BoolArray
    words: WordArray
    sizes: IntArray

    def __len__(self) -> int:
        return len(self.sizes)

    def take(self, rows: IntArray) -> DistinctSets:
        """The sets in these rows alone."""
        return DistinctSets(members=self.members[rows], words=self.words[rows], sizes=self.sizes[rows])


def pack_sets(members: BoolArray) -> DistinctSets:
    """The sets of `members` (sets x codes), no two of them equal."""
    n_sets, n_codes = members.shape
    padded = np.zeros((n_sets, max(1, -(-n_codes // 64)) * 64), dtype=np.bool_)
    padded[:, :n_codes] = members
    words = np.ascontiguousarray(np.packbits(padded, axis=1)).view(np.uint64)
    return DistinctSets(members=members, words=words, sizes=members.sum(axis=1))


def measure_pairs(sets: DistinctSets, first: IntArray, second: IntArray) -> dict[SetMetric, FloatArray]:
    """Distances between the sets in the rows `first` and those in the rows `second`, pair by pair."""
    found = {metric: np.empty(len(first)) for metric in SetMetric}
    for begin in range(0, len(first), _CELLS_AT_ONCE):
        block = slice(begin, begin + _CELLS_AT_ONCE)
        one, other = first[block], second[block]
        shared = _count_shared(sets.words[one], sets.words[other])
        for metric, distances in found.items():
            distances[block] = measure_distance(metric, sets.sizes[one], sets.sizes[other], shared)
    return found


def measure_rows(
    sets: DistinctSets, chosen: IntArray
) -> Iterator[tuple[IntArray, Mapping[SetMetric, FloatArray]]]:
    """Distances of the `chosen` sets to every set, in blocks: some of the rows, and rows x sets by metric."""
    n_sizes = int(sets.sizes.max(initial=0)) + 1
    size, shared = np.arange(n_sizes)[:, None], np.arange(n_sizes)[None, :]
    step = max(1, _CELLS_AT_ONCE // max(1, len(sets)))
    for own_size in np.unique(sets.sizes[chosen]):
        of_size = chosen[sets.sizes[chosen] == own_size]
        by_kind = {metric: measure_distance(metric, own_size, size, shared).ravel() for metric in SetMetric}
        for begin in range(0, len(of_size), step):
            rows = of_size[begin : begin + step]
            kind = _count_shared(sets.words[rows][:, None], sets.words[None]) + sets.sizes * n_sizes
            yield rows, {metric: distances[kind] for metric, distances in by_kind.items()}


def _count_shared(one: WordArray, other: WordArray) -> IntArray:
    """How many codes sets share, given their words (..., words)."""
    shared = np.bitwise_count(one[..., 0] & other[..., 0])
    if one.shape[-1] == 1:
        return np.asarray(shared, dtype=np.int64)
    return np.asarray(np.bitwise_count(one & other).sum(axis=-1, dtype=np.int64))
