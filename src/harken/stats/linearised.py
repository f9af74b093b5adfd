"""Closed-form standard errors by Gwet's linearisation, from the counts of units by category.

Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed., as his irrCAC 1.0 computes them: each unit gets a
value whose mean is the coefficient; variance = sum (value - coefficient)^2 / (n (n - 1)), limits by t(n - 1).
Each function takes `category_counts` (classes x categories) and `counts` (classes), and returns None below
two units or where the coefficient is undefined.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import special

from harken.stats.coefficients import ratio
from harken.stats.estimate import Estimate
from harken.stats.patterns import FloatArray
from harken.stats.ratings import IntArray
from harken.stats.resampling import with_limits


def _spread(values: FloatArray, counts: FloatArray) -> float | None:
    n = float(counts.sum())
    if n < 2:
        return None
    mean = float(counts @ values) / n
    variance = float(counts @ (values - mean) ** 2) / (n * (n - 1))
    return None if np.isnan(variance) else float(np.sqrt(variance))


def _unit_agreement(category_counts: IntArray, counts: IntArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Each class's share of agreeing pairs, 1 if pairable (scaled to mean 1), and category shares."""
    r = np.asarray(category_counts, dtype=np.float64)
    w = np.asarray(counts, dtype=np.float64)
    m = r.sum(axis=1)
    agreeing = ratio((r * (r - 1)).sum(axis=1), m * (m - 1), undefined=0.0)
    pairable = (m >= 2).astype(np.float64)
    return agreeing, ratio(pairable * w.sum(), w @ pairable), ratio(r, m[:, None], undefined=0.0)


def percent_agreement_se(category_counts: IntArray, counts: IntArray) -> float | None:
    """SE of the percent agreement over rated units."""
    agreeing, pairable, _ = _unit_agreement(category_counts, counts)
    return _spread(agreeing * pairable, np.asarray(counts, dtype=np.float64))


def brennan_prediger_se(category_counts: IntArray, counts: IntArray) -> float | None:
    """SE of Brennan and Prediger's kappa over rated units."""
    q = np.shape(category_counts)[1]
    if q < 2:
        return None
    agreeing, pairable, _ = _unit_agreement(category_counts, counts)
    return _spread(pairable * (agreeing - 1 / q) / (1 - 1 / q), np.asarray(counts, dtype=np.float64))


def fleiss_kappa_se(category_counts: IntArray, counts: IntArray) -> float | None:
    """SE of Fleiss' kappa over rated units."""
    agreeing, pairable, shares = _unit_agreement(category_counts, counts)
    w = np.asarray(counts, dtype=np.float64)
    share = ratio(w @ shares, w.sum())
    if (share > 0).sum() < 2:
        return None
    return _chance_corrected_se(agreeing, pairable, shares @ share, float(share @ share), w)


def gwet_ac1_se(category_counts: IntArray, counts: IntArray) -> float | None:
    """SE of Gwet's AC1 over rated units."""
    q = np.shape(category_counts)[1]
    if q < 2:
        return None
    agreeing, pairable, shares = _unit_agreement(category_counts, counts)
    w = np.asarray(counts, dtype=np.float64)
    share = ratio(w @ shares, w.sum())
    chance = float(share @ (1 - share)) / (q - 1)
    return _chance_corrected_se(agreeing, pairable, shares @ (1 - share) / (q - 1), chance, w)


def _chance_corrected_se(
    agreeing: FloatArray, pairable: FloatArray, unit_chance: FloatArray, chance: float, w: FloatArray
) -> float | None:
    values = pairable * (agreeing - chance) / (1 - chance)
    coefficient = float(ratio(w @ values, w.sum()))
    return _spread(values - 2 * (1 - coefficient) * (unit_chance - chance) / (1 - chance), w)


def krippendorff_alpha_se(category_counts: IntArray, counts: IntArray) -> float | None:
    """SE of the nominal alpha over pairable units."""
    r = np.asarray(category_counts, dtype=np.float64)
    m = r.sum(axis=1)
    r, w, m = r[m >= 2], np.asarray(counts, dtype=np.float64)[m >= 2], m[m >= 2]
    n = w.sum()
    if n < 2:
        return None
    mean = float(w @ m) / n
    share = w @ r / (n * mean)
    chance = float(share @ share)
    if (share > 0).sum() < 2:
        return None
    agreeing = (r * (r - 1)).sum(axis=1) / (mean * (m - 1))
    plain_observed = float(w @ agreeing) / n
    observed = plain_observed + (1 - plain_observed) / (n * mean)
    excess = (m - mean) / mean
    values = (agreeing - observed * excess - chance) / (1 - chance)
    plain = (plain_observed - chance) / (1 - chance)
    unit_chance = r @ share / mean - chance * excess
    return _spread(values - 2 * (1 - plain) * (unit_chance - chance) / (1 - chance), w)


def with_linearised_interval(estimate: Estimate, se: float | None, n_units: int) -> Estimate:
    """`estimate` with its closed-form SE and t(n - 1) limits within [-1, 1], method "analytic"."""
    estimate = replace(estimate, method="analytic")
    if se is None or n_units < 2:
        return estimate
    quantile = float(special.stdtrit(n_units - 1, (1 + estimate.level) / 2))
    return with_limits(estimate, se=se, quantile=quantile)
