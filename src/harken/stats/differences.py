"""Limits of the difference of two shares."""

from __future__ import annotations

from collections.abc import Callable
from math import acos, cos, hypot, inf, pi, sqrt

from harken.errors import Choice
from harken.stats.proportions import normal_quantile, wilson
from harken.stats.roots import find_root
from harken.stats.two_groups import as_counts, score_square, tail_of_square


class DifferenceMethod(Choice):
    """How the limits of a difference are found."""

    MIETTINEN_NURMINEN = "miettinen-nurminen"
    NEWCOMBE = "newcombe"
    MEE = "mee"


def difference_limits(
    n1: int,
    base1: int,
    n2: int,
    base2: int,
    *,
    level: float = 0.95,
    method: DifferenceMethod = DifferenceMethod.MIETTINEN_NURMINEN,
) -> tuple[float, float] | None:
    """Limits of the difference of two independent shares, `n1` of `base1` minus `n2` of `base2`.

    By the score test of each difference, with the variance that holds under it (Miettinen and Nurminen 1985,
    with the factor N/(N-1); Mee 1984, without it), or by squares of what Wilson's limits lie apart
    (Newcombe 1998, method 10). Miettinen and Nurminen's never contradict `two_group_test`: zero lies within
    them exactly where its chi-square has a p of at least 1 - level. A difference of exactly -1 or 1 is its
    own limit.

    Parameters
    ----------
    n1, base1, n2, base2
        People with the theme, and all people, of both groups.
    level
        How often such limits hold the difference.
    method
        How they are found.

    Returns
    -------
    tuple of float, or None
        The lower and the upper limit; None where a group is empty.

    Examples
    --------
    >>> low, high = difference_limits(56, 70, 48, 80)
    >>> (round(low, 4), round(high, 4))
    (0.0528, 0.3382)
    """
    n1, base1, n2, base2 = as_counts(n1, base1, n2, base2)
    z = normal_quantile(level)
    if not (base1 and base2):
        return None
    if DifferenceMethod(method) is DifferenceMethod.NEWCOMBE:
        return _newcombe(n1, base1, n2, base2, level=level)
    has_factor = DifferenceMethod(method) is DifferenceMethod.MIETTINEN_NURMINEN
    high = _upper_limit(n1, base1, n2, base2, z=z, level=level, has_factor=has_factor)
    # The lower limit is the upper one of the groups seen the other way round.
    low = -_upper_limit(n2, base2, n1, base1, z=z, level=level, has_factor=has_factor)
    return low, high


def _newcombe(n1: int, base1: int, n2: int, base2: int, *, level: float) -> tuple[float, float]:
    limits1, limits2 = wilson(n1, base1, level=level), wilson(n2, base2, level=level)
    assert limits1 is not None
    assert limits2 is not None
    (low1, high1), (low2, high2) = limits1, limits2
    share1, share2 = n1 / base1, n2 / base2
    difference = (n1 * base2 - n2 * base1) / (base1 * base2)
    return (
        max(-1.0, difference - hypot(share1 - low1, high2 - share2)),
        min(1.0, difference + hypot(high1 - share1, share2 - low2)),
    )


def _upper_limit(
    n1: int, base1: int, n2: int, base2: int, *, z: float, level: float, has_factor: bool
) -> float:
    difference = (n1 * base2 - n2 * base1) / (base1 * base2)
    if difference == 1.0:
        return 1.0
    total = base1 + base2
    factor = z * z * (total / (total - 1) if has_factor else 1.0)
    variance = _restricted_variance(n1, base1, n2, base2)

    def beyond(delta: float) -> float:
        """Above zero where the score test rejects the difference `delta`."""
        return (delta - difference) ** 2 - factor * variance(delta)

    # The test of no difference at all decides on which side of zero the limit lies, so that the two agree.
    inner, outer = difference, 1.0
    if difference < 0.0 < n1 + n2 < total:
        square = score_square(n1, base1, n2, base2)
        if not has_factor:
            square *= total / (total - 1)
        if tail_of_square(square) < 1 - level:
            outer = 0.0
        else:
            inner = 0.0
    return _crossing(beyond, inner, outer)


def _crossing(beyond: Callable[[float], float], inner: float, outer: float) -> float:
    """Where `beyond` turns positive between a place within the limits and one outside them."""
    # At the very ends the variance may be zero, so that the sign there is known only by what they are.
    tiny = 1e-15 * (outer - inner)

    def signed(delta: float) -> float:
        if delta <= inner + tiny:
            return min(beyond(delta), -5e-324)
        if delta >= outer - tiny:
            return max(beyond(delta), 5e-324)
        return beyond(delta)

    return find_root(signed, inner, outer)


def _restricted_variance(n1: int, base1: int, n2: int, base2: int) -> Callable[[float], float]:
    """The variance of the difference of shares where the true one is known, each share at its likeliest."""
    n, base = n1 + n2, base1 + base2

    def variance(delta: float) -> float:
        share2 = _likeliest_share(delta, n1, base1, n2, base2, n, base)
        share1 = min(1.0, max(0.0, share2 + delta))
        return share1 * (1 - share1) / base1 + share2 * (1 - share2) / base2

    return variance


def _likeliest_share(delta: float, n1: int, base1: int, n2: int, base2: int, n: int, base: int) -> float:
    """The second group's share that is likeliest where the first one's is larger by `delta`.

    The root of Miettinen and Nurminen's cubic, made exact by Newton steps on the likelihood's slope: where
    two roots of the cubic lie close to each other the closed form loses half of its digits.
    """
    lowest, highest = max(0.0, -delta), min(1.0, 1.0 - delta)
    if lowest >= highest:
        return lowest
    at = min(highest, max(lowest, _cubic_root(delta, base1, n2, base2, n, base)))

    def slope(share2: float) -> tuple[float, float]:
        value = change = 0.0
        share1 = share2 + delta
        for number, share in (
            (n1, share1),
            (n1 - base1, 1 - share1),
            (n2, share2),
            (n2 - base2, 1 - share2),
        ):
            if number:
                if share <= 0.0:
                    return (inf if number > 0 else -inf), -inf
                value += number / share
                change -= abs(number) / (share * share)
        return value, change

    # The likelihood is concave: a slope that does not change its sign has its top at an end.
    if slope(lowest)[0] <= 0:
        return lowest
    if slope(highest)[0] >= 0:
        return highest
    for _ in range(100):
        value, change = slope(at)
        if value > 0:
            lowest = max(lowest, at)
        elif value < 0:
            highest = min(highest, at)
        else:
            return at
        after = at - value / change if change != -inf else lowest
        if not lowest < after < highest:
            after = (lowest + highest) / 2
        if abs(after - at) <= 1e-15 * max(after, 1e-300) or not lowest < after < highest:
            return after
        at = after
    return at


def _cubic_root(delta: float, base1: int, n2: int, base2: int, n: int, base: int) -> float:
    """Miettinen and Nurminen (1985), appendix: the trigonometric root, with the sign of 0 taken as +1."""
    third = ((base2 + base) * delta - base - n) / (3 * base)
    second = ((base2 * delta - base - 2 * n2) * delta + n) / base
    first = n2 * delta * (1 - delta) / base
    q = third**3 - third * second / 2 + first / 2
    radius = sqrt(max(0.0, third * third - second / 3))
    signed = -radius if q < 0 else radius
    if signed == 0.0:
        return -third
    angle = (pi + acos(min(1.0, max(-1.0, q / signed**3)))) / 3
    return 2 * signed * cos(angle) - third
