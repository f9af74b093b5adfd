"""Sums of distances from each set to all ratings, without a table of sets x sets where that is large.

Exact, Jaccard, MASI and Dice depend on a = |A|, b = |B| and i = |A and B| alone: d = f(a, b, i). Newton's
formula writes f(a, b, i) = sum_s C(i, s) g(a, b, s), g being the s-th difference of f over i at 0, and
C(i, s) counts the subsets of s codes that A and B share. With N_b(S) the ratings of b codes that hold S,

    sum_B w(B) d(A, B) = sum over S in A of sum_b g(a, b, |S|) N_b(S).

The subsets are either listed set by set, or all there are of the codes in use form a lattice. Sets too large
for that are compared with every set, one by one. Whatever costs least by a rough count is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

import numpy as np

from harken.stats.patterns import FloatArray
from harken.stats.ratings import IntArray
from harken.stats.sets.distances import DistinctSets, SetMetric, WordArray, measure_rows
from harken.stats.sets.lattice import estimate_lattice, sum_by_lattice
from harken.stats.sets.subsets import subset_weights

MostListed = int
"""Sets of at most so many codes have their subsets listed; -1 where none have."""

_NS_A_PAIR = 8.0
_NS_A_SUBSET = 250.0
_NS_A_CHOICE = 5000.0
"""For one choice of positions among the codes of all sets of one size."""
_LARGEST_LEVEL = 1 << 23
_KEYS_AT_ONCE = 1 << 21


def sum_distances(sets: DistinctSets, weights: FloatArray) -> dict[SetMetric, FloatArray]:
    """Sum over ratings B of d(A, B) for every set A; each set is rated `weights` times."""
    most_listed, cost = plan_listing(sets)
    if estimate_lattice(sets) < cost:
        return sum_by_lattice(sets, weights)
    return sum_by_listing(sets, weights, most_listed=most_listed)


def plan_listing(sets: DistinctSets) -> tuple[MostListed, float]:
    """Up to which size listing subsets, and comparing larger sets one by one, costs least; and the cost."""
    by_size = np.bincount(sets.sizes, minlength=1).astype(np.float64)
    best, least = -1, _NS_A_PAIR * len(sets) ** 2
    spent, n_left = 0.0, float(len(sets))
    # Beyond thirty codes even one set has too many subsets.
    for size, n in enumerate(by_size[:31]):
        spent += 2.0**size * (_NS_A_CHOICE + _NS_A_SUBSET * n) if n else 0.0
        n_left -= n
        cost = spent + _NS_A_PAIR * n_left * len(sets)
        if cost < least and _largest_level(by_size[: size + 1]) <= _LARGEST_LEVEL:
            best, least = size, cost
    return best, least


def _largest_level(by_size: FloatArray) -> float:
    """Subsets of one cardinality listed at most."""
    level = np.zeros(1)
    for n in by_size[::-1]:
        # Pascal's rule, from the largest size down: (1 + x) times what stands, plus the sets of this size.
        level = np.append(level, 0.0) + np.append(0.0, level)
        level[0] += n
    return float(level.max())


def sum_by_listing(
    sets: DistinctSets, weights: FloatArray, *, most_listed: MostListed
) -> dict[SetMetric, FloatArray]:
    """The sums by listing the subsets of sets of up to `most_listed` codes."""
    is_small = sets.sizes <= most_listed
    small, large = np.flatnonzero(is_small), np.flatnonzero(~is_small)
    total = {metric: np.zeros(len(sets)) for metric in SetMetric}
    for metric, found in _sum_over_subsets(sets.take(small), weights[small]).items():
        total[metric][small] = found
    for rows, distances in measure_rows(sets, large):
        for metric, table in distances.items():
            total[metric][rows] = table @ weights
            if small.size:
                total[metric] += (weights[rows] @ table) * is_small
    return total


def _sum_over_subsets(sets: DistinctSets, weights: FloatArray) -> dict[SetMetric, FloatArray]:
    total = {metric: np.zeros(len(sets)) for metric in SetMetric}
    sizes, size_of = np.unique(sets.sizes, return_inverse=True)
    for cardinal in range(int(sizes.max(initial=-1)) + 1):
        factors = {metric: subset_weights(metric, sizes, cardinal) for metric in SetMetric}
        for rows, names in _list_subsets(sets, cardinal, n_sizes=len(sizes)):
            found, subset = np.unique(names, return_inverse=True)
            key = size_of[rows] * len(found) + subset
            held = np.bincount(key, weights=weights[rows], minlength=len(sizes) * len(found))
            held = held.reshape(len(sizes), len(found))
            for metric, factor in factors.items():
                if factor.any():
                    summed = (factor @ held).ravel()[key]
                    total[metric] += np.bincount(rows, weights=summed, minlength=len(sets))
    return total


def _list_subsets(sets: DistinctSets, cardinal: int, *, n_sizes: int) -> Iterator[tuple[IntArray, WordArray]]:
    """The subsets of this `cardinal` of all sets: rows of sets, and a name for each subset.

    Comes in parts, all mentions of a subset in one of them.
    """
    n_codes = sets.members.shape[1]
    # Up to 64 codes a subset is its bits; beyond, a sum of random words stands for it.
    marks: WordArray = np.empty(n_codes, dtype=np.uint64)
    if n_codes <= 64:
        marks[:] = [1 << code for code in range(n_codes)]
    else:
        marks[:] = np.random.default_rng(0).integers(0, 1 << 64, size=n_codes, dtype=np.uint64)
    rows, names = [], []
    for size in np.unique(sets.sizes[sets.sizes >= cardinal]).tolist():
        of_size = np.flatnonzero(sets.sizes == size).astype(np.int32)
        codes = np.nonzero(sets.members[of_size])[1].reshape(len(of_size), size)
        bits = np.ascontiguousarray(marks[codes].T)
        for chosen in combinations(range(size), cardinal):
            rows.append(of_size)
            names.append(bits[list(chosen)].sum(axis=0, dtype=np.uint64))
    row, name = np.concatenate(rows), np.concatenate(names)
    n_parts = -(-len(row) * n_sizes // _KEYS_AT_ONCE)
    if n_parts == 1:
        yield row, name
        return
    # Fibonacci hashing spreads names evenly over the range of words.
    hashed = name * np.uint64(0x9E3779B97F4A7C15)
    bounds = [part * (1 << 64) // n_parts for part in range(n_parts)] + [(1 << 64) - 1]
    for low, high in pairwise(bounds):
        is_last = high == (1 << 64) - 1
        chosen_part = (hashed >= np.uint64(low)) & ((hashed < np.uint64(high)) | is_last)
        yield row[chosen_part], name[chosen_part]
