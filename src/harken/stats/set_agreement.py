"""Agreement on whole sets of codes: alpha with a distance between sets, and the share of equal sets."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from harken.stats.coefficients import ratio
from harken.stats.estimate import Estimate, explain_undefined
from harken.stats.intervals import Samples, collect_figures
from harken.stats.linearised import spread_of_mean, with_linearised_interval
from harken.stats.minimum import BelowMinimum
from harken.stats.patterns import FloatArray
from harken.stats.ratings import SetRatings
from harken.stats.resampling import draw_profiles
from harken.stats.set_distances import SetDistances, SetMetric, factor_distances
from harken.stats.set_units import SetUnits, fold_units, measure_sets, share_equal_pairs, sum_unit_distances
from harken.stats.uncertainty import Uncertainty, UncertaintyMethod
from harken.stats.verdicts import DEFAULT_BANDS, Bands

BOOTSTRAP_BUDGET = 300_000_000
"""Beyond about this many steps the exact jackknife gives the intervals instead of the bootstrap."""
_PAIRS_AT_ONCE = 20_000_000
_CELLS_AT_ONCE = 1 << 22


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
    below_minimum: BelowMinimum
    """How probable it is that `alpha_masi` lies below the least that would do."""


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
    sets: SetRatings, *, uncertainty: Uncertainty | None = None, bands: Bands = DEFAULT_BANDS
) -> SetAgreement:
    """Agreement of any number of coders on whole sets of codes.

    Parameters
    ----------
    sets
        What each coder applied to each unit; the empty set is a rating.
    uncertainty
        How intervals are made; by default 2,000 bootstrap samples of participants.
    bands
        Its tentative limit is the minimum whose probability is given, unless `uncertainty` names another.

    Returns
    -------
    SetAgreement
        Alpha by four distances, and the mean over pairable units of the share of pairs of coders with equal
        sets, with intervals. Undefined for one coder, without overlap, and (alpha) where all pairable ratings
        are one and the same set.

    Notes
    -----
    Each figure names the method of its interval. Where samples would take long, the exact jackknife takes the
    place of both kinds of bootstrap; where a closed form is asked for, that of the alphas, which have none.

    References
    ----------
    Passonneau (2006), Measuring agreement on set-valued items (MASI) for semantic and pragmatic annotation.
    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability.

    Examples
    --------
    >>> from harken.stats.ratings import collect_set_ratings
    >>> decisions = [("u1", "ann", ["love", "gifts"]), ("u1", "bob", ["love"]),
    ...              ("u2", "ann", ["games"]), ("u2", "bob", ["games"]), ("u3", "ann", [])]
    >>> found = measure_set_agreement(collect_set_ratings(decisions))
    >>> found.n_units_rated, found.n_units_pairable, found.percent_exact.value
    (3, 2, 0.5)
    >>> round(found.alpha_masi.value, 3), round(found.alpha_jaccard.value, 3)
    (0.571, 0.667)
    """
    options = uncertainty or Uncertainty()
    folded = fold_units(sets)
    alphas = {metric: make_set_alpha(folded, metric) for metric in SetMetric}
    equal = np.asarray(folded.profiles.classes @ share_equal_pairs(folded))
    n_units = np.asarray(folded.profiles.classes.sum(axis=1), dtype=np.float64)
    sizes = folded.profiles.sizes.astype(np.float64)

    def figures(draws: FloatArray) -> dict[str, FloatArray]:
        found = {metric.value: alpha.value(draws) for metric, alpha in alphas.items()}
        return {**found, "percent": ratio(draws @ equal, draws @ n_units)}

    def leave_one_out() -> dict[str, FloatArray]:
        found = {metric.value: alpha.leave_one_out() for metric, alpha in alphas.items()}
        return {**found, "percent": ratio(sizes @ equal - equal, sizes @ n_units - n_units)}

    method = _attainable(options, _count_steps(folded, alphas[SetMetric.MASI].distances))
    nothing = np.empty((0, len(sizes)))
    samples = Samples(
        uncertainty=replace(options, method=method),
        replicates=collect_figures(
            figures,
            None if method is UncertaintyMethod.JACKKNIFE else draw_profiles(folded.profiles.sizes, options),
            nothing,
        ),
        left_out={} if method is UncertaintyMethod.BOOTSTRAP else leave_one_out(),
        sizes=folded.profiles.sizes,
    )
    points = {
        name: _point(value, folded, level=options.level) for name, value in figures(sizes[None, :]).items()
    }
    estimates = {name: samples.estimate(name, point) for name, point in points.items()}
    if options.method is UncertaintyMethod.ANALYTIC:
        estimates["percent"] = with_linearised_interval(
            points["percent"], _percent_exact_se(folded), folded.n_units_rated
        )
    return SetAgreement(
        n_units_rated=folded.n_units_rated,
        n_units_pairable=folded.n_units_pairable,
        alpha_masi=estimates[SetMetric.MASI],
        alpha_jaccard=estimates[SetMetric.JACCARD],
        alpha_dice=estimates[SetMetric.DICE],
        alpha_exact=estimates[SetMetric.EXACT],
        percent_exact=estimates["percent"],
        below_minimum=samples.below(
            SetMetric.MASI,
            estimates[SetMetric.MASI],
            bands.tentative if options.minimum is None else options.minimum,
            n_units=folded.n_units_pairable,
        ),
    )


def _attainable(options: Uncertainty, steps_a_replicate: int) -> UncertaintyMethod:
    """The method for alphas of sets: as asked for, unless it has no form for them or would take long."""
    is_drawn = options.method in (UncertaintyMethod.BOOTSTRAP, UncertaintyMethod.BCA)
    if is_drawn and steps_a_replicate * options.replicates <= BOOTSTRAP_BUDGET:
        return options.method
    return UncertaintyMethod.JACKKNIFE


def _percent_exact_se(folded: SetUnits) -> float | None:
    """SE of the share of equal pairs by Gwet's linearisation, as for the percent agreement of a variable."""
    if folded.n_units_pairable == 0:
        return None
    n_single = folded.n_units_rated - folded.n_units_pairable
    counts = np.append(folded.profiles.sizes @ folded.profiles.classes, n_single)
    shares = np.append(share_equal_pairs(folded), 0.0) * folded.n_units_rated / folded.n_units_pairable
    return spread_of_mean(shares, counts)


def _count_steps(folded: SetUnits, distances: SetDistances) -> int:
    """About what one bootstrap replicate costs."""
    # A dense product takes about a tenth of the time of a sparse one.
    dense = len(folded.index.large) * len(folded.index.sizes) // 10
    entries = folded.contents.nnz + folded.index.holds.nnz + distances.kernel.nnz + dense
    return int(folded.profiles.n_participants + len(SetMetric) * entries)


def _point(value: FloatArray, folded: SetUnits, *, level: float) -> Estimate:
    if not np.isnan(value[0]):
        return Estimate(value=float(value[0]), level=level)
    reason = explain_undefined(
        n_coders=folded.n_coders,
        n_units_rated=folded.n_units_rated,
        n_units_pairable=folded.n_units_pairable,
    )
    return Estimate(value=None, undefined=reason, level=level)
