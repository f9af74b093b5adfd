"""Shares and their difference under survey weights."""

from __future__ import annotations

from math import exp, log, sqrt

import numpy as np
from numpy.typing import NDArray

from harken.stats.estimate import Estimate, Undefined
from harken.stats.proportions import normal_quantile

Flags = NDArray[np.bool_]
Weights = NDArray[np.float64]

LOGIT = "logit t"
KISH = "wilson at kish's n"


def weighted_proportion(has: Flags, weights: Weights, in_domain: Flags, *, level: float = 0.95) -> Estimate:
    """The weighted share of a domain's people who have something, with its standard error and limits.

    The arrays run over all people of the sample, those outside the domain too. p = Σ w d x / Σ w d (Hájek).
    The error is linearised, people drawn with replacement: n/(n - 1) Σ (w d (x - p) / Σ w d)², n all
    people. The limits are of the logit, t with one degree of freedom less than the domain has people of
    positive weight. Where p is 0 or 1 the error is 0 and the logit has no value: the limits are then
    Wilson's at the effective number of people (Σ w)² / Σ w², and `method` says so. No value where the
    domain has no weight.

    Source: Hájek (1971); the form of R's `survey`, `svyciprop(method = "xlogit")` on a subset; effective
    number: Kish (1965).

    Parameters
    ----------
    has, weights, in_domain
        For each person of the sample: whether they have it, their weight (0 or more), whether they count.
    level
        Confidence level of the limits.

    Returns
    -------
    Estimate
        The share, its standard error and limits.

    Examples
    --------
    >>> has, weights = np.array([True, True, False, False, True]), np.array([1.0, 2.0, 3.0, 1.0, 1.0])
    >>> found = weighted_proportion(has, weights, np.ones(5, dtype=bool))
    >>> (found.value, round(found.se, 4), round(found.low, 4), round(found.high, 4))
    (0.5, 0.2795, 0.0429, 0.9571)
    """
    counted = in_domain & (weights > 0)
    w = np.where(counted, weights, 0.0)
    total = float(w.sum())
    if total <= 0:
        return Estimate(value=None, undefined=Undefined.NO_RATINGS, level=level)
    value = float((w * has).sum() / total)
    if bool(has[counted].all()) or not bool(has[counted].any()):
        low, high = _wilson(round(value), total**2 / float((w**2).sum()), level)
        return Estimate(value=float(round(value)), se=0.0, low=low, high=high, level=level, method=KISH)
    se = sqrt(_variance(_influence(has, weights, in_domain, value)))
    logit, reach = log(value / (1 - value)), _t_quantile(level, int(counted.sum()) - 1) * se
    reach /= value * (1 - value)
    return Estimate(
        value=value,
        se=se,
        low=_expit(logit - reach),
        high=_expit(logit + reach),
        level=level,
        method=LOGIT,
    )


def weighted_difference(
    has: Flags, weights: Weights, first: Flags, second: Flags, *, level: float = 0.95
) -> Estimate:
    """The weighted share of one domain minus that of another, with a linearised error and t limits.

    The arrays run over all people; the domains have nobody in common. Degrees of freedom: people of both
    with positive weight, less two. Where a share is 0 or 1 its error is not to be had from the sample: the
    limits are then squared and added from those of the two shares (Newcombe 1998, with the limits of
    `weighted_proportion`). No value where either domain has no weight.

    Parameters
    ----------
    has, weights, first, second
        For each person of the sample: whether they have it, their weight (0 or more), whether they are in
        the first domain, whether in the second.
    level
        Confidence level of the limits.

    Returns
    -------
    Estimate
        The difference, its standard error and limits.

    Examples
    --------
    >>> has, weights = np.array([True, True, False, False, True]), np.array([1.0, 2.0, 3.0, 1.0, 1.0])
    >>> first = np.array([True, False, True, False, False])
    >>> found = weighted_difference(has, weights, first, ~first)
    >>> (found.value, round(found.se, 4))
    (-0.5, 0.3953)
    """
    one = weighted_proportion(has, weights, first, level=level)
    other = weighted_proportion(has, weights, second, level=level)
    if one.value is None or other.value is None:
        return Estimate(value=None, undefined=Undefined.NO_RATINGS, level=level)
    value = one.value - other.value
    influence = _influence(has, weights, first, one.value) - _influence(has, weights, second, other.value)
    se = sqrt(_variance(influence))
    if KISH in (one.method, other.method):
        low, high = _square_and_add(one, other)
        return Estimate(value=value, se=se, low=low, high=high, level=level, method="square-and-add")
    n = int(((first | second) & (weights > 0)).sum())
    reach = _t_quantile(level, n - 2) * se
    return Estimate(
        value=value,
        se=se,
        low=max(value - reach, -1.0),
        high=min(value + reach, 1.0),
        level=level,
        method="linearised t",
    )


def effective_number(weights: Weights) -> float | None:
    """As many people of equal weight as say what these say: (Σ w)² / Σ w² (Kish 1965); None for none."""
    squares = float((weights**2).sum())
    return float(weights.sum()) ** 2 / squares if squares > 0 else None


def _influence(has: Flags, weights: Weights, domain: Flags, share: float) -> Weights:
    """What each person adds to the error of a domain's share."""
    w: Weights = np.where(domain, weights, 0.0)
    influence: Weights = w * (has - share) / w.sum()
    return influence


def _variance(influence: NDArray[np.float64]) -> float:
    n = len(influence)
    return n / (n - 1) * float((influence**2).sum()) if n > 1 else 0.0


def _t_quantile(level: float, df: int) -> float:
    from scipy.special import stdtrit  # slow to load, and only weights need it

    normal_quantile(level)
    return float(stdtrit(df, (1 + level) / 2))


def _wilson(value: int, n: float, level: float) -> tuple[float, float]:
    z2 = normal_quantile(level) ** 2
    reach = z2 / (n + z2)
    return (0.0, reach) if value == 0 else (1 - reach, 1.0)


def _square_and_add(one: Estimate, other: Estimate) -> tuple[float | None, float | None]:
    limits = (one.value, one.low, one.high, other.value, other.low, other.high)
    if any(limit is None for limit in limits):
        return None, None
    p1, l1, u1, p2, l2, u2 = (float(limit) for limit in limits if limit is not None)
    difference = p1 - p2
    return (
        difference - sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2),
        difference + sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2),
    )


def _expit(x: float) -> float:
    return 1 / (1 + exp(-x)) if x >= 0 else exp(x) / (1 + exp(x))
