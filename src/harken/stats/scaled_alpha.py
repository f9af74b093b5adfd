"""Krippendorff's alpha where categories have an order or values: ordinal, interval, ratio."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from harken.stats.coefficients import ratio
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
