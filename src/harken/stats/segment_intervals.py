"""Intervals of figures that are functions of sums over participants."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from harken.stats.estimate import Estimate
from harken.stats.patterns import FloatArray
from harken.stats.resampling import draw_profiles, with_jackknife_interval, with_percentile_interval
from harken.stats.uncertainty import Uncertainty, UncertaintyMethod

LARGEST_BOOTSTRAP = 10_000_000
"""Beyond this many draws (participants who differ x replicates) the exact jackknife takes its place."""


def with_interval(
    points: Mapping[str, Estimate],
    figures: Callable[[FloatArray], Mapping[str, FloatArray]],
    sums: FloatArray,
    how: Uncertainty,
) -> dict[str, Estimate]:
    """The `points` with limits from resampling participants whole.

    `sums` has a row for each participant; `figures` gives the figures of totals (replicates x sums).
    """
    rows, sizes = np.unique(sums, axis=0, return_counts=True)
    if how.method is UncertaintyMethod.BOOTSTRAP and len(rows) * how.replicates <= LARGEST_BOOTSTRAP:
        chunks = [figures(draws @ rows) for draws in draw_profiles(sizes, how)]
        return {
            name: with_percentile_interval(
                point,
                np.concatenate([chunk[name] for chunk in chunks]) if chunks else np.empty(0),
                level=how.level,
            )
            for name, point in points.items()
        }
    left_out = figures(sizes @ rows - rows)
    return {
        name: with_jackknife_interval(point, left_out[name], sizes, level=how.level)
        for name, point in points.items()
    }
