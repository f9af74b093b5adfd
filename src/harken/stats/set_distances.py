"""Distances between sets of codes, and sums of them over all pairs without a table of sets x sets.

Exact, Jaccard, MASI and Dice depend on |A|, |B| and i = |A and B| alone: d = f(a, b, i). Binomial inversion
writes f(a, b, i) = sum_s C(i, s) g(a, b, s), and C(i, s) counts the subsets of size s that A and B share. So
the distances factor through (subset, size of the set that holds it): D = P G P', P sparse (sets x keys) and
G sparse (keys x keys). Sets too large to list their subsets keep their rows of D as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import combinations
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from harken.stats.patterns import FloatArray
from harken.stats.ratings import BoolArray, IntArray

WordArray = NDArray[np.uint64]

SUBSET_BUDGET = 1 << 22
"""Subsets listed at most, over all distinct sets."""
_LARGEST_TABLE = 1 << 22
_SMALL_TABLE = 1000
"""Up to so many distinct sets the plain table of distances is the quickest."""


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


def pack_sets(members: BoolArray) -> WordArray:
    """Sets as bits, sets x 64-bit words."""
    n_sets, n_codes = members.shape
    padded = np.zeros((n_sets, max(1, -(-n_codes // 64)) * 64), dtype=np.bool_)
    padded[:, :n_codes] = members
    return np.ascontiguousarray(np.packbits(padded, axis=1)).view(np.uint64)


def count_shared(words: WordArray, first: IntArray, second: IntArray) -> IntArray:
    """How many codes two sets share, for arrays of rows of `words`."""
    return np.asarray(np.bitwise_count(words[first] & words[second]).sum(axis=-1, dtype=np.int64))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SubsetIndex:
    """The subsets of the distinct sets, ready to sum any of the distances over pairs.

    `holds` is sparse, sets x keys, a key being a subset together with the size of the set that holds it;
    `pairs` lists the ordered pairs of keys with the same subset. `large` are the rows of sets whose subsets
    are not listed.
    """

    words: WordArray
    sizes: IntArray
    holds: Any
    pairs: tuple[IntArray, IntArray]
    key_sizes: IntArray
    subset_sizes: IntArray
    large: IntArray


def index_subsets(members: BoolArray, *, subset_budget: int | None = None) -> SubsetIndex:
    """The subsets of the distinct sets `members` (sets x codes), small sets first, within the budget.

    By default none are listed where a table of the distances is small.
    """
    if subset_budget is None:
        subset_budget = SUBSET_BUDGET if len(members) > _SMALL_TABLE else 0
    n_sets, n_codes = members.shape
    sizes = members.sum(axis=1)
    by_size = np.bincount(sizes, minlength=1)
    spent, largest = 0, -1
    while (
        largest + 1 < len(by_size) and spent + (int(by_size[largest + 1]) << (largest + 1)) <= subset_budget
    ):
        largest += 1
        spent += int(by_size[largest]) << largest
    # Up to 64 codes a subset is its bits; beyond, a sum of random words stands for it.
    marks: WordArray = np.empty(n_codes, dtype=np.uint64)
    if n_codes <= 64:
        marks[:] = [1 << code for code in range(n_codes)]
    else:
        marks[:] = np.random.default_rng(0).integers(0, 1 << 64, size=n_codes, dtype=np.uint64)
    rows, names, cardinals = [], [], []
    for size in range(largest + 1):
        of_size = np.flatnonzero(sizes == size)
        codes = np.nonzero(members[of_size])[1].reshape(len(of_size), size)
        bits = marks[codes]
        for cardinal in range(size + 1):
            for chosen in combinations(range(size), cardinal):
                rows.append(of_size)
                names.append(bits[:, list(chosen)].sum(axis=1, dtype=np.uint64))
                cardinals.append(np.full(len(of_size), cardinal))
    row = np.concatenate(rows) if rows else np.empty(0, dtype=np.int64)
    name = np.concatenate(names) if names else np.empty(0, dtype=np.uint64)
    cardinal_of = np.concatenate(cardinals) if cardinals else np.empty(0, dtype=np.int64)

    _, subset = np.unique(name, return_inverse=True)
    stride = len(by_size)
    keys, first, key = np.unique(
        subset.astype(np.int64) * stride + sizes[row], return_index=True, return_inverse=True
    )
    holds = sparse.csr_array((np.ones(len(row)), (row, key)), shape=(n_sets, len(keys)))
    return SubsetIndex(
        words=pack_sets(members),
        sizes=sizes,
        holds=holds,
        pairs=_pairs_within(keys // stride),
        key_sizes=keys % stride,
        subset_sizes=cardinal_of[first],
        large=np.flatnonzero(sizes > largest),
    )


def _pairs_within(groups: IntArray) -> tuple[IntArray, IntArray]:
    """All ordered pairs of positions (with themselves too) that have the same of the sorted `groups`."""
    _, starts, lengths = np.unique(groups, return_index=True, return_counts=True)
    length_of, start_of = np.repeat(lengths, lengths), np.repeat(starts, lengths)
    first = np.repeat(np.arange(len(groups)), length_of)
    within = np.arange(len(first)) - np.repeat(np.cumsum(length_of) - length_of, length_of)
    return first, np.repeat(start_of, length_of) + within


@cache
def _inverted_distance(metric: SetMetric, a: int, b: int, s: int) -> float:
    """g(a, b, s) = sum over i <= s of (-1)^(s - i) C(s, i) f(a, b, i)."""
    i = np.arange(s + 1)
    distances = measure_distance(metric, np.array(a), np.array(b), i)
    return float(sum((-1) ** (s - k) * comb(s, k) * distances[k] for k in range(s + 1)))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SetDistances:
    """All distances between the distinct sets by one metric, factored (see the module's head)."""

    index: SubsetIndex
    metric: SetMetric
    kernel: Any
    """Sparse, keys x keys."""
    rows: FloatArray | None
    """Distances of the large sets to every set, large sets x sets; None where that would not fit."""

    def times(self, weights: FloatArray) -> FloatArray:
        """Sum over sets B of weight(B) d(A, B), for every A; `weights` and the result are ... x sets."""
        product = np.zeros_like(weights)
        if self.kernel.nnz:
            product += ((weights @ self.index.holds) @ self.kernel) @ self.index.holds.T
        small = self._small_only(weights)
        for block, rows in self._blocks():
            product += weights[..., block] @ rows
            product[..., block] += small @ rows.T
        return product

    def quadratic(self, weights: FloatArray) -> FloatArray:
        """Sum over ordered pairs of weight(A) weight(B) d(A, B); `weights` is replicates x sets."""
        total = np.zeros(len(weights))
        if self.kernel.nnz:
            held = np.asarray(weights @ self.index.holds)
            total += ((held @ self.kernel) * held).sum(axis=-1)
        # A pair of a large and a small set is met once here and counts twice.
        doubled = weights + self._small_only(weights)
        for block, rows in self._blocks():
            total += ((weights[..., block] @ rows) * doubled).sum(axis=-1)
        return total

    def _small_only(self, weights: FloatArray) -> FloatArray:
        small = weights.copy()
        small[..., self.index.large] = 0
        return small

    def _blocks(self) -> Iterator[tuple[IntArray, FloatArray]]:
        large = self.index.large
        if self.rows is not None:
            if large.size:
                yield large, self.rows
            return
        step = max(1, _LARGEST_TABLE // len(self.index.sizes))
        for begin in range(0, len(large), step):
            block = large[begin : begin + step]
            yield block, _measure_rows(self.index, self.metric, block)


def _measure_rows(index: SubsetIndex, metric: SetMetric, chosen: IntArray) -> FloatArray:
    """Distances of the `chosen` sets to every set, chosen x sets."""
    shared = count_shared(index.words, chosen[:, None], np.arange(len(index.sizes))[None, :])
    return measure_distance(metric, index.sizes[chosen][:, None], index.sizes[None, :], shared)


def factor_distances(index: SubsetIndex, metric: SetMetric) -> SetDistances:
    """The distances of the sets in `index` by `metric`."""
    first, second = index.pairs
    n_sizes = int(index.sizes.max(initial=0)) + 1
    a, b, s = index.key_sizes[first], index.key_sizes[second], index.subset_sizes[first]
    kinds, kind = np.unique((a * n_sizes + b) * n_sizes + s, return_inverse=True)
    values = np.array(
        [
            _inverted_distance(metric, a, b, s)
            for a, b, s in zip(
                (kinds // n_sizes // n_sizes).tolist(),
                (kinds // n_sizes % n_sizes).tolist(),
                (kinds % n_sizes).tolist(),
                strict=True,
            )
        ]
    )
    n_keys = len(index.key_sizes)
    kernel = sparse.csr_array((values[kind], (first, second)), shape=(n_keys, n_keys))
    kernel.eliminate_zeros()
    fits = len(index.large) * len(index.sizes) <= _LARGEST_TABLE
    return SetDistances(
        index=index,
        metric=metric,
        kernel=kernel,
        rows=_measure_rows(index, metric, index.large) if fits else None,
    )
