"""The odds ratio of two groups and its limits, given the margins of the table."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from math import exp, log

from harken.stats.estimate import Estimate, Undefined
from harken.stats.fisher import BoolArray, margins_of
from harken.stats.proportions import checked_level
from harken.stats.roots import find_root
from harken.stats.two_groups import as_counts


class OddsRatioMethod(StrEnum):
    """How the limits of an odds ratio are found."""

    MID_P = "mid-p"
    EXACT = "exact"


def conditional_odds_ratio(
    n1: int,
    base1: int,
    n2: int,
    base2: int,
    *,
    level: float = 0.95,
    method: OddsRatioMethod | str = OddsRatioMethod.MID_P,
) -> Estimate:
    """The odds ratio that makes the table likeliest among those with its margins, with equal-tailed limits.

    Unlike the ratio of the odds seen, it is estimated given how many have the theme, as Fisher's test is
    made. The limits turn the two one-sided tests around, exact or with mid-p. Sources: Fisher (1935),
    Cornfield (1956); mid-p: Vollset, Hirji and Afifi (1991).

    Parameters
    ----------
    n1, base1, n2, base2
        People with the theme, and all people, of both groups.
    level
        How often such limits hold the ratio.
    method
        Whether the table seen counts by half in its tail (mid-p) or wholly (exact).

    Returns
    -------
    Estimate
        Where the ratio or its upper limit is infinite, that is None and `undefined` says unbounded. Undefined
        where nobody or everybody has the theme (one category) or a group is empty (too few units).

    Examples
    --------
    >>> found = conditional_odds_ratio(31, 121, 40, 282)
    >>> (round(found.value, 3), round(found.low, 3), round(found.high, 3))
    (2.08, 1.22, 3.53)
    >>> found = conditional_odds_ratio(5, 5, 3, 9)
    >>> (found.value, found.undefined.value, round(found.low, 2), found.high)
    (None, 'unbounded', 1.33, None)
    """
    n1, base1, n2, base2 = as_counts(n1, base1, n2, base2)
    method = OddsRatioMethod(method)
    tail = (1 - checked_level(level)) / 2
    name = f"conditional {method.value}"
    if not (base1 and base2):
        return Estimate(value=None, undefined=Undefined.TOO_FEW_UNITS, level=level, method=name)
    if not 0 < n1 + n2 < base1 + base2:
        return Estimate(value=None, undefined=Undefined.ONE_CATEGORY, level=level, method=name)
    # From near the answer on, so that the tables that matter are those that matter there.
    near = log((n1 + 0.5) * (base2 - n2 + 0.5) / ((base1 - n1 + 0.5) * (n2 + 0.5)))
    margins = margins_of(n1, base1, n2, base2, tilt=near)
    share_of_seen = 0.5 if method is OddsRatioMethod.MID_P else 1.0
    beyond, below = margins.steps > 0, margins.steps < 0

    def mass(side: BoolArray, log_odds: float) -> float:
        weights = margins.weights(log_odds)
        return float(weights[side].sum()) + share_of_seen * float(weights[margins.steps == 0].sum())

    is_lowest, is_highest = n1 == margins.lowest, n1 == margins.highest
    value = (
        0.0
        if is_lowest
        else None
        if is_highest
        else exp(_where_zero(lambda log_odds: float(margins.weights(log_odds) @ margins.steps), near))
    )
    low = 0.0 if is_lowest else exp(_where_zero(lambda log_odds: mass(beyond, log_odds) - tail, near))
    high = None if is_highest else exp(_where_zero(lambda log_odds: tail - mass(below, log_odds), near))
    return Estimate(
        value=value,
        undefined=Undefined.UNBOUNDED if is_highest else None,
        low=low,
        high=high,
        level=level,
        method=name,
    )


def _where_zero(rising: Callable[[float], float], near: float) -> float:
    """Where a function that rises is zero; sought in wider and wider rooms around a place near it."""
    reach = 0.5
    low = high = near
    while rising(low) > 0:
        low, reach = low - reach, 2 * reach
    reach = 0.5
    while rising(high) < 0:
        high, reach = high + reach, 2 * reach
    return low if low == high else find_root(rising, low, high)
