"""Intervals of figures that are functions of sums over participants."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from harken.stats.estimate import Estimate
from harken.stats.intervals.methods import Samples, collect_figures
from harken.stats.intervals.resampling import draw_profiles
from harken.stats.patterns import FloatArray
from harken.stats.uncertainty import Uncertainty, UncertaintyMethod

LARGEST_BOOTSTRAP = 10_000_000
"""Beyond this many draws (participants who differ x replicates) the exact jackknife takes its place."""


def with_interval(
    points: Mapping[str, Estimate],
    figures: Callable[[FloatArray], Mapping[str, FloatArray]],
    sums: FloatArray,
    how: Uncertainty,
) -> dict[str, Estimate]:
    """The `points` with limits from resampling participants whole, by a method that has a form for them.

    `sums` has a row for each participant; `figures` gives the figures of totals (replicates x sums).
    """
    rows, sizes = np.unique(sums, axis=0, return_counts=True)
    used = replace(how, method=_possible(how, n_profiles=len(rows)))
    nothing = np.empty((0, sums.shape[1]))
    samples = Samples(
        uncertainty=used,
        replicates=(
            {}
            if used.method is UncertaintyMethod.JACKKNIFE
            else collect_figures(figures, (draws @ rows for draws in draw_profiles(sizes, used)), nothing)
        ),
        left_out=(
            {}
            if used.method is UncertaintyMethod.BOOTSTRAP
            else collect_figures(figures, [sizes @ rows - rows], nothing)
        ),
        sizes=sizes,
    )
    return {name: samples.estimate(name, point) for name, point in points.items()}


def _possible(how: Uncertainty, *, n_profiles: int) -> UncertaintyMethod:
    is_drawn = how.method in (UncertaintyMethod.BOOTSTRAP, UncertaintyMethod.BCA)
    is_affordable = n_profiles * how.replicates <= LARGEST_BOOTSTRAP
    return how.method if is_drawn and is_affordable else UncertaintyMethod.JACKKNIFE
