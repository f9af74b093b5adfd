"""Closed-form standard errors by Gwet's linearisation, from the counts of units by category.

Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed., as his irrCAC 1.0 computes them: each unit gets a
value whose mean is the coefficient; variance = sum (value - coefficient)^2 / (n (n - 1)), limits by t(n - 1).
Each function takes `category_counts` (classes x categories) and `counts` (classes), and returns None below
two units or where the coefficient is undefined. Units are taken as independent: where participants have
several, the interval is narrower than it should be, and resampling participants is the way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType

import numpy as np
from scipy import special

from harken.stats.coefficients import agreeing_ratings, ratio
from harken.stats.estimate import Estimate
from harken.stats.intervals.resampling import with_limits
from harken.stats.patterns import FloatArray
from harken.stats.ratings import IntArray


def spread_of_mean(values: FloatArray, counts: FloatArray) -> float | None:
    """SE of the mean of `values` that occur `counts` times, divisor n - 1; None below two units."""
    n = float(counts.sum())
    if n < 2:
        return None
    mean = float(counts @ values) / n
    variance = float(counts @ (values - mean) ** 2) / (n * (n - 1))
    return None if np.isnan(variance) else float(np.sqrt(variance))


def unit_agreement(
    category_counts: IntArray, counts: IntArray, likeness: FloatArray | None = None
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Each class's share of agreeing pairs, 1 if pairable (scaled to mean 1), and category shares."""
    r = np.asarray(category_counts, dtype=np.float64)
    w = np.asarray(counts, dtype=np.float64)
    m = r.sum(axis=1)
    agreeing = ratio(agreeing_ratings(r, likeness), m * (m - 1), undefined=0.0)
    pairable = (m >= 2).astype(np.float64)
    return agreeing, ratio(pairable * w.sum(), w @ pairable), ratio(r, m[:, None], undefined=0.0)


def percent_agreement_se(category_counts: IntArray, counts: IntArray) -> float | None:
    """SE of the percent agreement over rated units."""
    agreeing, pairable, _ = unit_agreement(category_counts, counts)
    return spread_of_mean(agreeing * pairable, np.asarray(counts, dtype=np.float64))


def brennan_prediger_se(category_counts: IntArray, counts: IntArray) -> float | None:
    """SE of Brennan and Prediger's kappa over rated units."""
    q = np.shape(category_counts)[1]
    if q < 2:
        return None
    agreeing, pairable, _ = unit_agreement(category_counts, counts)
    return spread_of_mean(pairable * (agreeing - 1 / q) / (1 - 1 / q), np.asarray(counts, dtype=np.float64))


def fleiss_kappa_se(category_counts: IntArray, counts: IntArray) -> float | None:
    """SE of Fleiss' kappa over rated units."""
    agreeing, pairable, shares = unit_agreement(category_counts, counts)
    w = np.asarray(counts, dtype=np.float64)
    share = ratio(w @ shares, w.sum())
    if (share > 0).sum() < 2:
        return None
    return _chance_corrected_se(agreeing, pairable, shares @ share, float(share @ share), w)


def gwet_ac1_se(
    category_counts: IntArray, counts: IntArray, likeness: FloatArray | None = None
) -> float | None:
    """SE of Gwet's AC1, or with `likeness` (categories x categories) of AC2, over rated units."""
    q = np.shape(category_counts)[1]
    if q < 2:
        return None
    agreeing, pairable, shares = unit_agreement(category_counts, counts, likeness)
    w = np.asarray(counts, dtype=np.float64)
    share = ratio(w @ shares, w.sum())
    scale = (q if likeness is None else float(likeness.sum())) / (q * (q - 1))
    chance = scale * float(share @ (1 - share))
    if chance == 1:
        return None
    return _chance_corrected_se(agreeing, pairable, scale * (shares @ (1 - share)), chance, w)


def _chance_corrected_se(
    agreeing: FloatArray, pairable: FloatArray, unit_chance: FloatArray, chance: float, w: FloatArray
) -> float | None:
    values = pairable * (agreeing - chance) / (1 - chance)
    coefficient = float(ratio(w @ values, w.sum()))
    return spread_of_mean(values - 2 * (1 - coefficient) * (unit_chance - chance) / (1 - chance), w)


def krippendorff_alpha_se(
    category_counts: IntArray, counts: IntArray, likeness: FloatArray | None = None
) -> float | None:
    """SE of alpha over pairable units: nominal, or with `likeness` 1 - distance in any unit of distance."""
    r, w, m = _pairable(category_counts, counts)
    n = w.sum()
    if n < 2:
        return None
    mean = float(w @ m) / n
    share = w @ r / (n * mean)
    likely = share if likeness is None else likeness @ share
    chance = float(share @ likely)
    if 1 - chance < 1e-12:
        return None
    agreeing = agreeing_ratings(r, likeness) / (mean * (m - 1))
    plain_observed = float(w @ agreeing) / n
    observed = plain_observed + (1 - plain_observed) / (n * mean)
    excess = (m - mean) / mean
    values = (agreeing - observed * excess - chance) / (1 - chance)
    plain = (plain_observed - chance) / (1 - chance)
    unit_chance = r @ likely / mean - chance * excess
    return spread_of_mean(values - 2 * (1 - plain) * (unit_chance - chance) / (1 - chance), w)


def _share_se(part: FloatArray, whole: FloatArray, counts: FloatArray) -> float | None:
    """SE of sum(part) / sum(whole) over units, by the delta method (a ratio of two means), divisor n - 1."""
    total = float(counts @ whole)
    if total == 0:
        return None
    mean = total / float(counts.sum())
    return spread_of_mean((part - whole * float(counts @ part) / total) / mean, counts)


def pair_pooled_se(category_counts: IntArray, counts: IntArray) -> float | None:
    """SE of agreeing pairs over all pairs, over pairable units."""
    r, w, m = _pairable(category_counts, counts)
    return _share_se(agreeing_ratings(r), m * (m - 1), w)


def category_agreement_se(category_counts: IntArray, counts: IntArray, category: int) -> float | None:
    """SE of the agreement on one category (o_cc / n_c), over pairable units."""
    r, w, m = _pairable(category_counts, counts)
    chosen = r[:, category]
    return _share_se(chosen * (chosen - 1) / (m - 1), chosen, w)


def _pairable(category_counts: IntArray, counts: IntArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    r = np.asarray(category_counts, dtype=np.float64)
    m = r.sum(axis=1)
    return r[m >= 2], np.asarray(counts, dtype=np.float64)[m >= 2], m[m >= 2]


ClosedForm = Callable[[IntArray, IntArray], float | None]

RATED_FORMS: Mapping[str, ClosedForm] = MappingProxyType(
    {
        "percent_agreement": percent_agreement_se,
        "fleiss_kappa": fleiss_kappa_se,
        "gwet_ac1": gwet_ac1_se,
        "brennan_prediger": brennan_prediger_se,
    }
)
"""SEs over rated units, by the name of the coefficient."""
PAIRABLE_FORMS: Mapping[str, ClosedForm] = MappingProxyType(
    {
        "krippendorff_alpha": krippendorff_alpha_se,
        "percent_agreement_pair_pooled": pair_pooled_se,
        "positive_agreement": partial(category_agreement_se, category=1),
        "negative_agreement": partial(category_agreement_se, category=0),
    }
)
"""SEs over pairable units."""


def with_linearised_interval(estimate: Estimate, se: float | None, n_units: int) -> Estimate:
    """`estimate` with its closed-form SE and t(n - 1) limits within [-1, 1], method "analytic"."""
    estimate = replace(estimate, method="analytic")
    if se is None or n_units < 2:
        return estimate
    quantile = float(special.stdtrit(n_units - 1, (1 + estimate.level) / 2))
    return with_limits(estimate, se=se, quantile=quantile)
