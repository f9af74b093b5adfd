"""Figures of whole sets over bootstrap samples of participants, as long as that is quick."""

from __future__ import annotations

import numpy as np

from harken.stats.coefficients import ratio
from harken.stats.intervals.resampling import count_draws, draw_profiles
from harken.stats.patterns import FloatArray
from harken.stats.sets.distances import SetMetric, measure_rows
from harken.stats.sets.figures import SHARE_EQUAL, SetFigures, set_alpha
from harken.stats.sets.units import SetUnits
from harken.stats.uncertainty import Uncertainty

SAMPLING_BUDGET = 0.2
"""Seconds that samples may take by the rough count below; beyond, the exact jackknife gives the intervals."""
_NS_A_DRAW = 12.0
_NS_A_CELL = 4.0
_NS_A_PAIR = 8.0
_NS_A_PRODUCT = 0.1
"""For all metrics together."""
_CELLS_AT_ONCE = 1 << 20
_COLUMNS_AT_ONCE = 512


def is_quick(folded: SetUnits, uncertainty: Uncertainty) -> bool:
    """Whether samples keep within the budget."""
    n_profiles, n_sets = len(folded.profiles.sizes), len(folded.sets)
    a_replicate = (
        _NS_A_DRAW * count_draws(folded.profiles.sizes)
        + _NS_A_CELL * (n_profiles + n_sets + folded.contents.nnz)
        + _NS_A_PRODUCT * min(n_profiles, n_sets) ** 2
    )
    nanoseconds = uncertainty.replicates * a_replicate + _NS_A_PAIR * n_sets**2
    return bool(nanoseconds / 1e9 <= SAMPLING_BUDGET)


def sample_figures(figures: SetFigures, uncertainty: Uncertainty) -> dict[str, FloatArray]:
    """Each alpha by its metric's name, and `SHARE_EQUAL`, over bootstrap samples of participants."""
    folded = figures.folded
    sizes, contents = folded.profiles.sizes, folded.contents
    by_profile = contents.shape[0] < contents.shape[1]
    tables = _tabulate_profiles(folded) if by_profile else _tabulate_sets(folded)
    columns = np.stack([*figures.parts.values(), figures.equal, figures.n_units], axis=1)
    totals: list[FloatArray] = []
    numbers: list[FloatArray] = []
    chances: dict[SetMetric, list[FloatArray]] = {metric: [] for metric in SetMetric}
    waiting: list[FloatArray] = []

    def multiply() -> None:
        # Few large products, as each has to wait for all processors.
        times = np.concatenate(waiting)
        waiting.clear()
        for metric, table in tables.items():
            chances[metric].append(_sum_products(times, table))

    for draws in draw_profiles(sizes, uncertainty):
        totals.append(draws @ columns)
        weights = np.asarray(draws @ contents)
        n = weights.sum(axis=1)
        numbers.append(n)
        # Of exact distances nothing but the equal pairs counts, which needs no table.
        chances[SetMetric.EXACT].append(n * n - np.einsum("ij,ij->i", weights, weights))
        waiting.append(draws if by_profile else weights)
        if sum(block.size for block in waiting) >= _CELLS_AT_ONCE:
            multiply()
    if waiting:
        multiply()
    total = np.concatenate([np.empty((0, columns.shape[1])), *totals])
    n = np.concatenate([np.empty(0), *numbers])
    found = {
        metric.value: set_alpha(total[:, place], np.concatenate([np.empty(0), *chances[metric]]), n)
        for place, metric in enumerate(figures.parts)
    }
    return {**found, SHARE_EQUAL: ratio(total[:, -2], total[:, -1])}


def _sum_products(weights: FloatArray, table: FloatArray) -> FloatArray:
    """For each row w of `weights` w' T w, T being symmetric: half of it is met and counts twice."""
    total = np.zeros(len(weights))
    for begin in range(0, len(table), _COLUMNS_AT_ONCE):
        block = slice(begin, begin + _COLUMNS_AT_ONCE)
        product = weights[:, block] @ table[block, block]
        if begin:
            product += weights[:, :begin] @ (2 * table[:begin, block])
        total += np.einsum("ij,ij->i", product, weights[:, block])
    return total


def _tabulate_sets(folded: SetUnits) -> dict[SetMetric, FloatArray]:
    """Distances between every two sets."""
    tables = _empty_tables(len(folded.sets))
    for rows, distances in measure_rows(folded.sets, np.arange(len(folded.sets))):
        for metric, table in tables.items():
            table[rows] = distances[metric]
    return tables


def _tabulate_profiles(folded: SetUnits) -> dict[SetMetric, FloatArray]:
    """Sums of distances between the ratings of a participant of each profile and those of another's."""
    tables = _empty_tables(len(folded.profiles.sizes))
    by_set = folded.contents.T.tocsr()
    for rows, distances in measure_rows(folded.sets, np.arange(len(folded.sets))):
        for metric, table in tables.items():
            table += by_set[rows].T @ (distances[metric] @ by_set)
    return tables


def _empty_tables(n: int) -> dict[SetMetric, FloatArray]:
    return {metric: np.zeros((n, n)) for metric in SetMetric if metric is not SetMetric.EXACT}
