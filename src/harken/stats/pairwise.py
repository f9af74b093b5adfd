"""Coefficients that know who gave a rating: Cohen, Scott, Light, Conger."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
from scipy import special

from harken.stats.coefficients import above_chance, percent_agreement, ratio, total_categories
from harken.stats.estimate import Estimate, Undefined
from harken.stats.intervals.resampling import with_limits
from harken.stats.patterns import FloatArray, PatternClasses, RatingPatterns
from harken.stats.ratings import MISSING, IntArray


def pair_table(classes: PatternClasses, weights: IntArray | FloatArray, *, n_categories: int) -> FloatArray:
    """Cross table of two coders (..., q, q), rows the first coder's; `weights` is (..., classes)."""
    cells = np.zeros((len(classes.rows), n_categories, n_categories))
    cells[np.arange(len(classes.rows)), classes.rows[:, 0], classes.rows[:, 1]] = 1
    return np.tensordot(np.asarray(weights, dtype=np.float64), cells, axes=1)


def table_agreement(table: FloatArray) -> FloatArray:
    """Share of units on which two coders agree; undefined (nan) without a common unit."""
    return ratio(np.trace(table, axis1=-2, axis2=-1), table.sum(axis=(-2, -1)))


def cohen_kappa(table: FloatArray) -> FloatArray:
    """Cohen's kappa (1960) of a cross table (..., q, q): chance = sum of products of the coders' own shares.

    Undefined (nan) without a common unit and where both coders use one and the same category throughout.
    """
    n = table.sum(axis=(-2, -1))
    products = (table.sum(axis=-1) * table.sum(axis=-2)).sum(axis=-1)
    agreeing = np.trace(table, axis1=-2, axis2=-1)
    return ratio(n * agreeing - products, n * n - products)


def scott_pi(table: FloatArray) -> FloatArray:
    """Scott's pi (1955) of a cross table (..., q, q): chance = sum of squared shares of both coders together.

    Undefined (nan) without a common unit and where only one category occurs.
    """
    n = table.sum(axis=(-2, -1))
    both = table.sum(axis=-1) + table.sum(axis=-2)
    squares = (both**2).sum(axis=-1)
    agreeing = np.trace(table, axis1=-2, axis2=-1)
    return ratio(4 * n * agreeing - squares, 4 * n * n - squares)


def cohen_kappa_se(table: FloatArray) -> float | None:
    """Large-sample SE of kappa (not under the null hypothesis) by Fleiss, Cohen and Everitt (1969).

    `table` is one cross table (q, q). None where kappa is undefined or the coders share fewer than two units.
    """
    n = float(table.sum())
    if n < 2:
        return None
    kappa = float(cohen_kappa(table))
    if np.isnan(kappa):
        return None
    p = table / n
    first, second = p.sum(axis=1), p.sum(axis=0)
    chance = float(first @ second)
    crossed = first[None, :] + second[:, None]
    agreeing = float((np.diag(p) * (1 - np.diag(crossed) * (1 - kappa)) ** 2).sum())
    apart = float((p * crossed**2).sum() - (np.diag(p) * np.diag(crossed) ** 2).sum()) * (1 - kappa) ** 2
    variance = (agreeing + apart - (kappa - chance * (1 - kappa)) ** 2) / (n * (1 - chance) ** 2)
    # The three terms cancel to a tiny negative number where agreement is perfect.
    return float(np.sqrt(max(variance, 0.0)))


def estimate_cohen_kappa(table: FloatArray, *, level: float = 0.95) -> Estimate:
    """Cohen's kappa of one cross table with its closed-form SE and normal interval, method "analytic"."""
    estimate = estimate_from_table(cohen_kappa(table), table, level=level, method="analytic")
    return with_normal_interval(estimate, cohen_kappa_se(table))


def with_normal_interval(estimate: Estimate, se: float | None) -> Estimate:
    """`estimate` with its large-sample SE and normal limits within [-1, 1], method "analytic"."""
    estimate = replace(estimate, method="analytic")
    if se is None:
        return estimate
    return with_limits(estimate, se=se, quantile=float(special.ndtri((1 + estimate.level) / 2)))


def estimate_from_table(
    value: FloatArray, table: FloatArray, *, level: float = 0.95, method: str | None = None
) -> Estimate:
    """The point estimate `value` of one cross table, or why there is none."""
    if not np.isnan(value):
        return Estimate(value=float(value), level=level, method=method)
    reason = Undefined.ONE_CATEGORY if table.sum() > 0 else Undefined.NO_OVERLAP
    return Estimate(value=None, undefined=reason, level=level, method=method)


def pair_kappas(patterns: RatingPatterns, weights: IntArray | FloatArray) -> FloatArray:
    """Cohen's kappa of every pair of coders (..., pairs), nan if undefined; `weights` is (..., patterns)."""
    w = np.asarray(weights, dtype=np.float64)
    pairs = list(combinations(range(len(patterns.coders)), 2))
    kappas = np.empty((*w.shape[:-1], len(pairs)))
    for place, (first, second) in enumerate(pairs):
        both = np.flatnonzero((patterns.patterns[:, [first, second]] != MISSING).all(axis=1))
        classes = PatternClasses(
            rows=patterns.patterns[both][:, [first, second]],
            class_of=np.arange(len(both)),
            counts=patterns.counts[both],
            is_pairable=np.ones(len(both), dtype=np.bool_),
        )
        table = pair_table(classes, w[..., both], n_categories=patterns.n_categories)
        kappas[..., place] = cohen_kappa(table)
    return kappas


def mean_of_defined(values: FloatArray) -> FloatArray:
    """Mean over the last axis of what is not nan; nan where nothing is left."""
    is_defined = ~np.isnan(values)
    return ratio(np.where(is_defined, values, 0.0).sum(axis=-1), is_defined.sum(axis=-1))


def conger_kappa(patterns: RatingPatterns, weights: IntArray | FloatArray) -> FloatArray:
    """Conger's kappa (1980) in Gwet's (2014) form for missing ratings; `weights` is (..., patterns).

    Agreement as in percent agreement; chance = the mean over pairs of different coders of the sum of products
    of their shares, each over the units that coder rated. Undefined (nan) without a pair, where a coder has
    no rating, and where only one category occurs.
    """
    w = np.asarray(weights, dtype=np.float64)
    chosen = (patterns.patterns[:, :, None] == np.arange(patterns.n_categories)).astype(np.float64)
    by_coder = np.tensordot(w, chosen, axes=1)
    share = ratio(by_coder, by_coder.sum(axis=-1, keepdims=True))
    n_coders = len(patterns.coders)
    pairs = (share.sum(axis=-2) ** 2).sum(axis=-1) - (share**2).sum(axis=(-2, -1))
    chance = ratio(pairs, float(n_coders * (n_coders - 1)))
    several = (by_coder.sum(axis=-2) > 0).sum(axis=-1) > 1
    observed = percent_agreement(total_categories(patterns.category_counts, w))
    return above_chance(observed, np.where(several, chance, np.nan))
