"""Coefficients that do not ask who gave a rating, from how many coders chose each category.

Each takes `CategoryTotals`, whose arrays may have leading axes (one entry a bootstrap replicate), and returns
an array over those axes that is nan where the coefficient is undefined. The nan stays inside this package:
what leaves it is an `Estimate` with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from harken.stats.patterns import FloatArray
from harken.stats.ratings import IntArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CategoryTotals:
    """Sums over units, from which every coefficient here follows; `...` stands for leading axes.

    A unit has m ratings, r of them in a category; it is pairable where m is two or more.
    """

    n_rated: FloatArray
    """Units with a rating (...)."""
    n_pairable: FloatArray
    """Units with two or more (...)."""
    agreement: FloatArray
    """Sum over pairable units of the share of agreeing pairs (...)."""
    n_pairs: FloatArray
    n_agreeing_pairs: FloatArray
    ratings: FloatArray
    """Ratings of pairable units in each category (..., categories)."""
    coincidences: FloatArray
    """Diagonal of Krippendorff's coincidence matrix: sum of r(r-1)/(m-1) (..., categories)."""
    shares: FloatArray
    """Sum of r/m over all rated units, singly rated ones too (..., categories)."""


def total_categories(category_counts: IntArray, weights: ArrayLike) -> CategoryTotals:
    """Totals of units whose `category_counts` (classes x categories) occur `weights` times (..., classes)."""
    r = np.asarray(category_counts, dtype=np.float64)
    w = np.asarray(weights, dtype=np.float64)
    m = r.sum(axis=1)
    pairable = m >= 2
    agreeing = (r * (r - 1)).sum(axis=1) / 2
    pairs = m * (m - 1) / 2
    return CategoryTotals(
        n_rated=w @ (m > 0).astype(np.float64),
        n_pairable=w @ pairable.astype(np.float64),
        agreement=w @ ratio(agreeing, pairs, undefined=0.0),
        n_pairs=w @ pairs,
        n_agreeing_pairs=w @ agreeing,
        ratings=w @ (r * pairable[:, None]),
        coincidences=w @ ratio(r * (r - 1), (m - 1)[:, None], undefined=0.0),
        shares=w @ ratio(r, m[:, None], undefined=0.0),
    )


def agreeing_ratings(category_counts: FloatArray, likeness: FloatArray | None = None) -> FloatArray:
    """Sum over each class's ordered pairs of ratings of their likeness, by default 1 if equal, else 0."""
    r = category_counts
    return np.asarray((r * ((r if likeness is None else r @ likeness) - 1)).sum(axis=1))


def ratio(numerator: Any, denominator: Any, *, undefined: float = np.nan) -> FloatArray:
    """Quotient, `undefined` where the denominator is 0."""
    above, below = np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64)
    quotient = np.full(np.broadcast(above, below).shape, undefined)
    np.divide(above, below, out=quotient, where=below != 0)
    return quotient


def above_chance(observed: FloatArray, expected: FloatArray) -> FloatArray:
    """(observed - expected) / (1 - expected)."""
    return ratio(observed - expected, 1 - expected)


def percent_agreement(totals: CategoryTotals) -> FloatArray:
    """Mean over pairable units of the share of agreeing pairs (Gwet 2014); undefined without a pair."""
    return ratio(totals.agreement, totals.n_pairable)


def percent_agreement_pair_pooled(totals: CategoryTotals) -> FloatArray:
    """Agreeing pairs over all pairs: a unit with more ratings weighs more; undefined without a pair."""
    return ratio(totals.n_agreeing_pairs, totals.n_pairs)


def krippendorff_alpha(totals: CategoryTotals) -> FloatArray:
    """Krippendorff's nominal alpha, 1 - Do/De, for any number of coders and missing ratings.

    Units with fewer than two ratings drop out; a unit with m ratings weighs m, each of its ordered pairs
    1/(m-1). With n pairable ratings, n_c of them in category c, De is the chance that two of the n, drawn
    without replacement, differ. Undefined without a pair and where the pairable ratings show one category.
    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability.
    """
    n = totals.ratings.sum(axis=-1)
    disagreement = n - totals.coincidences.sum(axis=-1)
    chance = n * n - (totals.ratings**2).sum(axis=-1)
    return 1 - ratio((n - 1) * disagreement, chance)


def fleiss_kappa(totals: CategoryTotals) -> FloatArray:
    """Fleiss' kappa in Gwet's (2014) form for missing ratings; with complete data that of Fleiss (1971).

    Agreement from pairable units; chance = sum of squared category shares, a share being the mean over all
    rated units of r/m. Undefined without a pair and where only one category occurs.
    """
    share = ratio(totals.shares, totals.n_rated[..., None])
    several = (totals.shares > 0).sum(axis=-1) > 1
    chance = np.where(several, (share**2).sum(axis=-1), np.nan)
    return above_chance(percent_agreement(totals), chance)


def gwet_ac1(totals: CategoryTotals) -> FloatArray:
    """Gwet's AC1 (2008; missing ratings as in Gwet 2014): chance = sum of share(1 - share) / (q - 1).

    q counts the declared categories. Undefined without a pair and with q below two; 1 where all choose one.
    """
    q = totals.shares.shape[-1]
    share = ratio(totals.shares, totals.n_rated[..., None])
    return above_chance(
        percent_agreement(totals), ratio((share * (1 - share)).sum(axis=-1), float(q - 1 if q > 1 else 0))
    )


def brennan_prediger(totals: CategoryTotals) -> FloatArray:
    """Brennan and Prediger's kappa (1981): chance = 1/q, q the declared categories; undefined below two."""
    q = totals.shares.shape[-1]
    observed = percent_agreement(totals)
    return above_chance(observed, np.full_like(observed, 1 / q if q > 1 else np.nan))


def category_agreement(totals: CategoryTotals, category: int) -> FloatArray:
    """Of the pairable ratings in `category`, the share whose partners chose it too (o_cc / n_c).

    For a yes/no variable positive (1) and negative (0) agreement; with two coders 2a / (2a + b + c), as in
    Cicchetti and Feinstein (1990). Undefined where nobody chose the category in a pairable unit.
    """
    return ratio(totals.coincidences[..., category], totals.ratings[..., category])


def positive_agreement(totals: CategoryTotals) -> FloatArray:
    """Agreement on "yes" of a yes/no variable, see `category_agreement`."""
    return category_agreement(totals, 1)


def negative_agreement(totals: CategoryTotals) -> FloatArray:
    """Agreement on "no" of a yes/no variable, see `category_agreement`."""
    return category_agreement(totals, 0)


Coefficient = Callable[[CategoryTotals], FloatArray]

COEFFICIENTS: Mapping[str, Coefficient] = MappingProxyType(
    {
        "percent_agreement": percent_agreement,
        "percent_agreement_pair_pooled": percent_agreement_pair_pooled,
        "krippendorff_alpha": krippendorff_alpha,
        "fleiss_kappa": fleiss_kappa,
        "gwet_ac1": gwet_ac1,
        "brennan_prediger": brennan_prediger,
    }
)
"""Those that any nominal variable has."""
BINARY_COEFFICIENTS: Mapping[str, Coefficient] = MappingProxyType(
    {"positive_agreement": positive_agreement, "negative_agreement": negative_agreement}
)
"""Those that only a yes/no variable has."""
SHARES = frozenset(
    {"percent_agreement", "percent_agreement_pair_pooled", "positive_agreement", "negative_agreement"}
)
"""Those that are not corrected for chance, so that neither they nor their limits are below 0."""
OF_ALL_RATED = frozenset({"fleiss_kappa", "gwet_ac1"})
"""Those that singly rated units move, by the shares of categories."""
