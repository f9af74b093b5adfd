"""Agreement on whole sets of codes: alpha with a distance between sets, and the share of equal sets."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from harken.stats.estimate import Estimate, explain_undefined
from harken.stats.intervals.linearised import spread_of_mean, with_linearised_interval
from harken.stats.intervals.methods import Samples
from harken.stats.intervals.resampling import as_share
from harken.stats.minimum import BelowMinimum
from harken.stats.ratings import SetRatings
from harken.stats.sets.distances import SetMetric
from harken.stats.sets.figures import SHARE_EQUAL, read_figures
from harken.stats.sets.samples import is_quick, sample_figures
from harken.stats.sets.units import SetUnits, fold_units, share_equal_pairs
from harken.stats.uncertainty import Uncertainty, UncertaintyMethod
from harken.stats.verdicts import DEFAULT_BANDS, Bands


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
    figures = read_figures(folded)
    method = _attainable(folded, options)
    samples = Samples(
        uncertainty=replace(options, method=method),
        replicates={} if method is UncertaintyMethod.JACKKNIFE else sample_figures(figures, options),
        left_out={} if method is UncertaintyMethod.BOOTSTRAP else figures.leave_one_out(),
        sizes=folded.profiles.sizes,
    )
    points = {name: _point(value, folded, level=options.level) for name, value in figures.values().items()}
    estimates = {name: samples.estimate(name, point) for name, point in points.items()}
    if options.method is UncertaintyMethod.ANALYTIC:
        estimates[SHARE_EQUAL] = with_linearised_interval(
            points[SHARE_EQUAL], _percent_exact_se(folded), folded.n_units_rated
        )
    estimates[SHARE_EQUAL] = as_share(estimates[SHARE_EQUAL])
    return SetAgreement(
        n_units_rated=folded.n_units_rated,
        n_units_pairable=folded.n_units_pairable,
        alpha_masi=estimates[SetMetric.MASI],
        alpha_jaccard=estimates[SetMetric.JACCARD],
        alpha_dice=estimates[SetMetric.DICE],
        alpha_exact=estimates[SetMetric.EXACT],
        percent_exact=estimates[SHARE_EQUAL],
        below_minimum=samples.below(
            SetMetric.MASI,
            estimates[SetMetric.MASI],
            bands.tentative if options.minimum is None else options.minimum,
            n_units=folded.n_units_pairable,
        ),
    )


def _attainable(folded: SetUnits, options: Uncertainty) -> UncertaintyMethod:
    """The method for alphas of sets: as asked for, unless it has no form for them or would take long."""
    is_drawn = options.method in (UncertaintyMethod.BOOTSTRAP, UncertaintyMethod.BCA)
    return options.method if is_drawn and is_quick(folded, options) else UncertaintyMethod.JACKKNIFE


def _percent_exact_se(folded: SetUnits) -> float | None:
    """SE of the share of equal pairs by Gwet's linearisation, as for the percent agreement of a variable."""
    if folded.n_units_pairable == 0:
        return None
    n_single = folded.n_units_rated - folded.n_units_pairable
    counts = np.append(folded.profiles.sizes @ folded.profiles.classes, n_single)
    shares = np.append(share_equal_pairs(folded), 0.0) * folded.n_units_rated / folded.n_units_pairable
    return spread_of_mean(shares, counts)


def _point(value: float, folded: SetUnits, *, level: float) -> Estimate:
    if not np.isnan(value):
        return Estimate(value=value, level=level)
    reason = explain_undefined(
        n_coders=folded.n_coders,
        n_units_rated=folded.n_units_rated,
        n_units_pairable=folded.n_units_pairable,
    )
    return Estimate(value=None, undefined=reason, level=level)
