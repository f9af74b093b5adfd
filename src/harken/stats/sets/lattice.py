"""The sums of sums.py over all subsets of the codes in use, for many different sets of few codes."""

from __future__ import annotations

from math import comb, inf

import numpy as np

from harken.stats.patterns import FloatArray
from harken.stats.sets.distances import DistinctSets, SetMetric
from harken.stats.sets.subsets import subset_weights

_MOST_CODES = 22
_LARGEST_TABLE = 1 << 24
_NS_A_CELL = 90.0


def estimate_lattice(sets: DistinctSets) -> float:
    """About how many nanoseconds the lattice takes; infinite where it would be too large."""
    n_codes = int(sets.members.any(axis=0).sum())
    sizes = np.unique(sets.sizes)
    if n_codes > _MOST_CODES:
        return inf
    n_cells = sum(comb(n_codes, cardinal) * int((sizes >= cardinal).sum()) for cardinal in range(n_codes + 1))
    return inf if n_cells > _LARGEST_TABLE else _NS_A_CELL * len(sizes) * 2**n_codes


def sum_by_lattice(sets: DistinctSets, weights: FloatArray) -> dict[SetMetric, FloatArray]:
    """Sum over ratings B of d(A, B) for every set A; each set is rated `weights` times.

    N_b(S) is a sum over supersets of S, and the sum over the subsets of A another of the same kind. Subsets
    are ordered by how many codes they have: a set of size b holds only the first levels.
    """
    members = sets.members[:, sets.members.any(axis=0)]
    n_codes = members.shape[1]
    place = members @ (1 << np.arange(n_codes))
    n_low = n_codes // 2
    sizes = np.unique(sets.sizes)
    # How many codes the subset at each place has; this does not change with the order of the bits.
    cardinals = np.bitwise_count(np.arange(1 << n_codes, dtype=np.uint32))
    order = np.argsort(cardinals, kind="stable").astype(np.int32)
    ends = np.cumsum([0, *(comb(n_codes, cardinal) for cardinal in range(n_codes + 1))]).tolist()

    held: list[FloatArray] = [
        np.empty((int((sizes >= cardinal).sum()), ends[cardinal + 1] - ends[cardinal]))
        for cardinal in range(int(sizes[-1]) + 1)
    ]
    for size in sizes.tolist():
        of_size = sets.sizes == size
        spread = np.zeros(1 << n_codes)
        spread[place[of_size]] = weights[of_size]
        spread = _sum_over(spread, n_low, is_superset=True)
        for cardinal in range(size + 1):
            row = int((sizes[sizes >= cardinal] < size).sum())
            held[cardinal][row] = spread[order[ends[cardinal] : ends[cardinal + 1]]]

    n = float(weights.sum())
    total = {metric: np.empty(len(sets)) for metric in SetMetric}
    total[SetMetric.EXACT][:] = n - weights
    summed = [metric for metric in SetMetric if metric is not SetMetric.EXACT]
    factors = [
        np.stack([subset_weights(metric, sizes[sizes >= cardinal], cardinal) for metric in summed])
        for cardinal in range(len(held))
    ]
    for size in sizes.tolist():
        of_size = sets.sizes == size
        by_subset = np.zeros((len(summed), 1 << n_codes))
        for cardinal in range(size + 1):
            row = int((sizes[sizes >= cardinal] < size).sum())
            level = order[ends[cardinal] : ends[cardinal + 1]]
            by_subset[:, level] = factors[cardinal][:, row] @ held[cardinal]
        for metric, values in zip(summed, by_subset, strict=True):
            total[metric][of_size] = _sum_over(values, n_codes - n_low, is_superset=False)[place[of_size]]
    return total


def _sum_over(values: FloatArray, n_low: int, *, is_superset: bool) -> FloatArray:
    """Sums over all supersets (or subsets) of each subset, `values` being indexed by the bits of subsets.

    Of the result's bits the `n_low` lowest are the topmost ones: bits are summed over while they are high, as
    numbers far apart are added faster than neighbours.
    """
    table = values.reshape(-1, 1 << n_low).copy()
    _add_along(table, is_superset=is_superset)
    table = np.ascontiguousarray(table.T)
    _add_along(table, is_superset=is_superset)
    return table.ravel()


def _add_along(table: FloatArray, *, is_superset: bool) -> None:
    """Sums over the bits of the rows of `table`, in place."""
    n_rows, width = table.shape
    step = 1
    while step < n_rows:
        halves = table.reshape(-1, 2, step * width)
        if is_superset:
            halves[:, 0] += halves[:, 1]
        else:
            halves[:, 1] += halves[:, 0]
        step *= 2
