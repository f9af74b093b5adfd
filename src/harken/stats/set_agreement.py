"""Agreement on whole sets of codes: alpha with a distance between sets, and the share of equal sets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from harken.stats.coefficients import ratio
from harken.stats.estimate import Estimate, explain_undefined
from harken.stats.patterns import FloatArray
from harken.stats.ratings import SetRatings
from harken.stats.resampling import (
    draw_profiles,
    with_jackknife_interval,
    with_percentile_interval,
)
from harken.stats.set_distances import SetDistances, SetMetric, factor_distances
from harken.stats.set_units import SetUnits, fold_units, measure_sets, share_equal_pairs, sum_unit_distances
from harken.stats.uncertainty import Uncertainty

BOOTSTRAP_BUDGET = 300_000_000
"""Beyond about this many steps the exact jackknife gives the intervals instead of the bootstrap."""
_PAIRS_AT_ONCE = 20_000_000
_CELLS_AT_ONCE = 1 << 22

ResamplingMethod = Literal["bootstrap", "jackknife"]
_Figure = Callable[[FloatArray], FloatArray]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAgreement:
    """Agreement on whole sets of codes over the units that two or more coders decided."""

    n_units_rated: int
    n_units_pairable: int
    alpha_masi: Estimate
    alpha_jaccard: Estimate
    alpha_dice: Estimate
    alpha_exact: Estimate
    percent_exact: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Krippendorff's observed and expected disagreement; None where there is no pair of ratings."""

    observed: float | None
    expected: float | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SetAlpha:
    """What alpha of whole sets by one metric needs of each profile of participants.

    Alpha is 1 - Do/De over pairable ratings, the distance between sets unsquared (Passonneau 2006); `part` is
    each profile's part of n Do. Undefined (nan) where all pairable ratings are one and the same set.
    """

    folded: SetUnits
    distances: SetDistances
    part: FloatArray

    def value(self, draws: FloatArray) -> FloatArray:
        """Alpha where profiles occur `draws` times (replicates x profiles)."""
        weights = np.asarray(draws @ self.folded.contents)
        return _alpha(draws @ self.part, self.distances.quadratic(weights), weights.sum(axis=-1))

    def disagreement(self) -> Disagreement:
        """Do and De over all participants."""
        sizes = self.folded.profiles.sizes.astype(np.float64)
        weights = np.asarray(sizes @ self.folded.contents)
        n = float(weights.sum())
        if n == 0:
            return Disagreement(observed=None, expected=None)
        chance = float(self.distances.quadratic(weights[None, :])[0])
        return Disagreement(observed=float(sizes @ self.part) / n, expected=max(chance, 0.0) / (n * (n - 1)))

    def leave_one_out(self) -> FloatArray:
        """Alpha without one participant of each profile, exactly."""
        sizes = self.folded.profiles.sizes.astype(np.float64)
        contents = self.folded.contents
        weights = np.asarray(sizes @ contents)
        chance = self.distances.quadratic(weights[None, :])[0]
        own = contents @ self.distances.times(weights[None, :])[0]
        return _alpha(
            sizes @ self.part - self.part,
            chance - 2 * own + _sum_within(self.folded, self.distances),
            weights.sum() - contents.sum(axis=1),
        )


def make_set_alpha(folded: SetUnits, metric: SetMetric) -> SetAlpha:
    """Alpha of the folded units by `metric`."""
    return SetAlpha(
        folded=folded,
        distances=factor_distances(folded.index, metric),
        part=np.asarray(folded.profiles.classes @ sum_unit_distances(folded, metric)),
    )


def _alpha(disagreement: FloatArray, chance: FloatArray, n: FloatArray) -> FloatArray:
    # Two different sets make chance at least 2 (n - 1) times the smallest distance; less is rounding.
    return 1 - ratio((n - 1) * disagreement, np.where(chance > 1e-4 * np.maximum(n, 1), chance, 0.0))


def _sum_within(folded: SetUnits, distances: SetDistances) -> FloatArray:
    """Sum of distances over the ordered pairs of ratings of one participant of each profile."""
    contents = folded.contents
    lengths = np.diff(contents.indptr)
    total = np.zeros(len(lengths))
    if int((lengths.astype(np.float64) ** 2).sum()) > _PAIRS_AT_ONCE:
        step = max(1, _CELLS_AT_ONCE // max(1, contents.shape[1]))
        for begin in range(0, len(lengths), step):
            block = contents[begin : begin + step].toarray()
            total[begin : begin + step] = distances.quadratic(block)
        return total
    owner = np.repeat(np.arange(len(lengths)), lengths)
    ends = np.repeat(contents.indptr[1:], lengths)
    entries = np.arange(len(owner))
    for offset in range(1, int(lengths.max(initial=0))):
        entries = entries[entries + offset < ends[entries]]
        others = entries + offset
        apart = measure_sets(
            folded.index, distances.metric, contents.indices[entries], contents.indices[others]
        )
        pairs = 2 * contents.data[entries] * contents.data[others] * apart
        total += np.bincount(owner[entries], weights=pairs, minlength=len(total))
    return total


def measure_set_agreement(
    sets: SetRatings, *, uncertainty: Uncertainty | None = None, method: ResamplingMethod | None = None
) -> SetAgreement:
    """Alpha of whole sets by four distances and the share of equal pairs of sets, with intervals.

    `percent_exact` is the mean over pairable units of the share of pairs of coders with equal sets. Intervals
    come from resampling participants, by default with the bootstrap unless that would take long, else the
    jackknife. Undefined for one coder, without overlap, and (alpha) where all pairable ratings are one set.
    """
    options = uncertainty or Uncertainty()
    folded = fold_units(sets)
    alphas = {metric: make_set_alpha(folded, metric) for metric in SetMetric}
    equal = np.asarray(folded.profiles.classes @ share_equal_pairs(folded))
    n_units = np.asarray(folded.profiles.classes.sum(axis=1), dtype=np.float64)
    sizes = folded.profiles.sizes.astype(np.float64)

    def percent(draws: FloatArray) -> FloatArray:
        return ratio(draws @ equal, draws @ n_units)

    figures: dict[str, _Figure] = {metric.value: alpha.value for metric, alpha in alphas.items()}
    figures["percent"] = percent
    if method is None:
        steps = _count_steps(folded, alphas[SetMetric.MASI].distances)
        method = "bootstrap" if steps * options.replicates <= BOOTSTRAP_BUDGET else "jackknife"
    points = {
        name: _point(figure(sizes[None, :]), folded, level=options.level) for name, figure in figures.items()
    }
    if method == "bootstrap":
        replicates = _bootstrap(figures, folded, options)
        estimates = {
            name: with_percentile_interval(point, replicates[name], level=options.level)
            for name, point in points.items()
        }
    else:
        left_out = {metric.value: alpha.leave_one_out() for metric, alpha in alphas.items()}
        left_out["percent"] = ratio(sizes @ equal - equal, sizes @ n_units - n_units)
        estimates = {
            name: with_jackknife_interval(point, left_out[name], folded.profiles.sizes, level=options.level)
            for name, point in points.items()
        }
    return SetAgreement(
        n_units_rated=folded.n_units_rated,
        n_units_pairable=folded.n_units_pairable,
        alpha_masi=estimates[SetMetric.MASI],
        alpha_jaccard=estimates[SetMetric.JACCARD],
        alpha_dice=estimates[SetMetric.DICE],
        alpha_exact=estimates[SetMetric.EXACT],
        percent_exact=estimates["percent"],
    )


def _count_steps(folded: SetUnits, distances: SetDistances) -> int:
    """About what one bootstrap replicate costs."""
    # A dense product takes about a tenth of the time of a sparse one.
    dense = len(folded.index.large) * len(folded.index.sizes) // 10
    entries = folded.contents.nnz + folded.index.holds.nnz + distances.kernel.nnz + dense
    return int(folded.profiles.n_participants + len(SetMetric) * entries)


def _bootstrap(figures: dict[str, _Figure], folded: SetUnits, options: Uncertainty) -> dict[str, FloatArray]:
    drawn: dict[str, list[FloatArray]] = {name: [] for name in figures}
    for draws in draw_profiles(folded.profiles.sizes, options):
        for name, figure in figures.items():
            drawn[name].append(figure(draws))
    return {name: np.concatenate(values) if values else np.empty(0) for name, values in drawn.items()}


def _point(value: FloatArray, folded: SetUnits, *, level: float) -> Estimate:
    if not np.isnan(value[0]):
        return Estimate(value=float(value[0]), level=level)
    reason = explain_undefined(
        n_coders=folded.n_coders,
        n_units_rated=folded.n_units_rated,
        n_units_pairable=folded.n_units_pairable,
    )
    return Estimate(value=None, undefined=reason, level=level)
