"""Alpha and AC2 where categories have an order or values: ordinal, interval, ratio."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from harken.stats.coefficients import above_chance, agreeing_ratings, ratio
from harken.stats.patterns import FloatArray
from harken.stats.ratings import IntArray


class Scale(StrEnum):
    """What the distance between two categories is made of: their ranks, their difference, their ratio."""

    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


def count_coincidences(category_counts: IntArray, weights: ArrayLike) -> FloatArray:
    """Krippendorff's coincidence matrix (..., q, q) of units whose `category_counts` occur `weights` times.

    A unit with m ratings adds 1/(m-1) for each ordered pair of them; with fewer than two it adds nothing.
    """
    r = np.asarray(category_counts, dtype=np.float64)
    pairs = r[:, :, None] * r[:, None, :] - r[:, :, None] * np.eye(r.shape[1])
    return np.tensordot(
        np.asarray(weights, dtype=np.float64),
        ratio(pairs, (r.sum(axis=1) - 1)[:, None, None], undefined=0.0),
        axes=1,
    )


def scaled_alpha(coincidences: FloatArray, scale: Scale, *, values: ArrayLike | None = None) -> FloatArray:
    """Alpha with the distance of `scale`, from coincidences (..., q, q) in the order of the categories.

    Ordinal: (sum of n_g from c to k - (n_c + n_k)/2)^2; interval: (c - k)^2; ratio: ((c - k)/(c + k))^2, with
    `values` (q) the numbers of the categories, by default 1, 2, 3, ... Undefined (nan) without a pair and
    where the pairable ratings have one value. Krippendorff (2011), Computing Krippendorff's
    Alpha-Reliability.
    """
    per_category = coincidences.sum(axis=-1)
    n = per_category.sum(axis=-1)
    if scale is Scale.ORDINAL:
        scores = np.cumsum(per_category, axis=-1) - per_category / 2
    else:
        numbers = np.arange(1, per_category.shape[-1] + 1) if values is None else np.asarray(values)
        scores = numbers.astype(np.float64)
    distances = (scores[..., :, None] - scores[..., None, :]) ** 2
    if scale is Scale.RATIO:
        distances = ratio(distances, (scores[:, None] + scores[None, :]) ** 2, undefined=0.0)
    disagreement = (coincidences * distances).sum(axis=(-2, -1))
    products = per_category[..., :, None] * per_category[..., None, :]
    return 1 - ratio((n - 1) * disagreement, (products * distances).sum(axis=(-2, -1)))


def scale_likeness(scale: Scale, values: FloatArray) -> FloatArray:
    """How alike two categories with ascending `values` (q) are, from 0 to 1, as Gwet weighs them (q, q).

    1 - distance / largest distance between two of the categories. Ordinal: the distance of the categories in
    places k and l is C(|k - l| + 1, 2); interval: (c - k)^2; ratio: ((c - k)/(c + k))^2, 0 for two zeros.
    Gwet (2014), chapter 4, as his irrCAC has it in `ordinal.weights`, `quadratic.weights`, `ratio.weights`.
    """
    if scale is Scale.ORDINAL:
        places = np.arange(len(values), dtype=np.float64)
        steps = np.abs(places[:, None] - places[None, :])
        distances = steps * (steps + 1) / 2
    else:
        distances = (values[:, None] - values[None, :]) ** 2
        if scale is Scale.RATIO:
            distances = ratio(distances, (values[:, None] + values[None, :]) ** 2, undefined=0.0)
    return 1 - ratio(distances, float(distances.max(initial=0.0)), undefined=0.0)


def gwet_ac2(category_counts: IntArray, weights: ArrayLike, likeness: FloatArray) -> FloatArray:
    """Gwet's AC2: AC1 in which unequal categories agree as far as `likeness` (q, q) says.

    Agreement is the mean over pairable units of the likeness of their pairs; chance = T sum of
    share (1 - share) / (q (q - 1)), T the sum of `likeness`, a share being the mean of r/m over all rated
    units. With a likeness of 1 for equal categories and 0 for others it is AC1. Undefined (nan) without a
    pair, with fewer than two declared categories, and where all categories are wholly alike. Gwet (2014).
    """
    r = np.asarray(category_counts, dtype=np.float64)
    w = np.asarray(weights, dtype=np.float64)
    m = r.sum(axis=1)
    q = r.shape[1]
    alike = ratio(agreeing_ratings(r, likeness), m * (m - 1), undefined=0.0)
    share = ratio(w @ ratio(r, m[:, None], undefined=0.0), (w @ (m > 0).astype(np.float64))[..., None])
    scale = ratio(likeness.sum(), float(q * (q - 1)))
    chance = scale * (share * (1 - share)).sum(axis=-1)
    return above_chance(ratio(w @ alike, w @ (m >= 2).astype(np.float64)), chance)
