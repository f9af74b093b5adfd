"""One proportion: its limits, and its percentage as a table prints it."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

from harken.errors import Choice, HarkenError

SMALLEST_BASE = 20
MOST_DECIMALS = 6
"""Below this many people no percentage is given: n and its base say more."""


class IntervalMethod(Choice):
    """How the limits of a proportion are found."""

    WILSON = "wilson"
    CLOPPER_PEARSON = "clopper-pearson"


def wilson(n: int, base: int, *, level: float = 0.95) -> tuple[float, float] | None:
    """Score limits of `n` of `base`, without continuity correction; None where the base is empty.

    Exactly 0 and 1 at the ends. Source: Wilson (1927); as method 3 in Newcombe (1998), whose Table I
    figures the test holds.

    Parameters
    ----------
    n, base
        People with the theme, and all people.
    level
        How often such limits hold the proportion.

    Returns
    -------
    tuple of float, or None
        The lower and the upper limit.

    Examples
    --------
    >>> low, high = wilson(106, 121)
    >>> (round(low, 3), round(high, 3))
    (0.806, 0.923)
    """
    if base == 0:
        return None
    z2 = normal_quantile(level) ** 2
    middle = 2 * n + z2
    reach = sqrt(z2 * (z2 + 4 * n * (base - n) / base))
    scale = 2 * (base + z2)
    low = 0.0 if n == 0 else (middle - reach) / scale
    high = 1.0 if n == base else (middle + reach) / scale
    return low, high


def clopper_pearson(n: int, base: int, *, level: float = 0.95) -> tuple[float, float] | None:
    """Limits by inverting the two one-sided binomial tests (beta quantiles); None where the base is empty.

    They hold at least the level and are wider than Wilson's. Source: Clopper and Pearson (1934).

    Parameters
    ----------
    n, base
        People with the theme, and all people.
    level
        How often such limits hold the proportion, at the least.

    Returns
    -------
    tuple of float, or None
        The lower and the upper limit.

    Examples
    --------
    >>> low, high = clopper_pearson(106, 121)
    >>> (round(low, 3), round(high, 3))
    (0.804, 0.929)
    """
    if base == 0:
        return None
    from scipy.special import betaincinv  # not needed for the default, and slow to load

    tail = (1 - checked_level(level)) / 2
    low = 0.0 if n == 0 else float(betaincinv(n, base - n + 1, tail))
    high = 1.0 if n == base else float(betaincinv(n + 1, base - n, 1 - tail))
    return low, high


def proportion_limits(
    n: int, base: int, *, level: float = 0.95, method: IntervalMethod = IntervalMethod.WILSON
) -> tuple[float, float] | None:
    """Limits of `n` of `base` by the method named; None where the base is empty."""
    limits = wilson if method is IntervalMethod.WILSON else clopper_pearson
    return limits(n, base, level=level)


def percent(n: int, base: int, *, decimals: int = 1) -> float | None:
    """`n` of `base` in percent, rounded exactly half up; None below a base of 20.

    Whole-number arithmetic: a float would round 12.25 by its binary neighbour. Raises for decimals that no
    table prints.
    """
    if not 0 <= decimals <= MOST_DECIMALS:
        raise HarkenError(f"Percentages are printed with 0 to {MOST_DECIMALS} decimals; got {decimals}.")
    if base < SMALLEST_BASE:
        return None
    scale: int = 10**decimals
    return (200 * scale * n + base) // (2 * base) / scale


def normal_quantile(level: float) -> float:
    """How many standard errors a normal interval of this level reaches; raises for what is no level."""
    return NormalDist().inv_cdf((1 + checked_level(level)) / 2)


def checked_level(level: float) -> float:
    """The level; raises for what is none."""
    if not 0 < level < 1:
        raise HarkenError(f"A confidence level lies between 0 and 1, as in 0.95; got {level!r}.")
    return level
