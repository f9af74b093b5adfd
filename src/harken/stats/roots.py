"""Where a function of one number changes its sign, to the last digits that a float has."""

from __future__ import annotations

from collections.abc import Callable

_STEPS = 200
_RELATIVE = 4e-16


def find_root(function: Callable[[float], float], low: float, high: float, *, within: float = 1e-14) -> float:
    """The place between `low` and `high`, where the signs differ, at which the function is zero.

    Halving and inverse quadratic steps by turns; the place is found to `within`, or to what a float tells
    apart. Where one end is zero, that end. Source: Chandrupatla (1997).
    """
    a, b = high, low
    at_a, at_b = function(a), function(b)
    if at_b == 0.0:
        return b
    if at_a == 0.0:
        return a
    if (at_a > 0) == (at_b > 0):
        raise ValueError(f"No change of sign between {low!r} and {high!r}.")
    c, at_c = a, at_a
    share = 0.5
    for _ in range(_STEPS):
        x = a + share * (b - a)
        at_x = function(x)
        if (at_x > 0) == (at_a > 0):
            c, at_c = a, at_a
        else:
            c, at_c, b, at_b = b, at_b, a, at_a
        a, at_a = x, at_x
        best, at_best = (a, at_a) if abs(at_a) < abs(at_b) else (b, at_b)
        room = abs(b - a)
        smallest = 2 * _RELATIVE * abs(best) + within
        if at_best == 0.0 or room <= smallest:
            return best
        share = _next_share(a, at_a, b, at_b, c, at_c)
        edge = smallest / (2 * room)
        share = min(1 - edge, max(edge, share))
    return best


def _next_share(a: float, at_a: float, b: float, at_b: float, c: float, at_c: float) -> float:
    """How far from `a` to `b` the next trial lies: by inverse quadratic steps where these are safe."""
    if at_c in (at_b, at_a):
        return 0.5
    place, height = (a - b) / (c - b), (at_a - at_b) / (at_c - at_b)
    if not 1 - (1 - place) ** 0.5 < height < place**0.5:
        return 0.5
    return at_a / (at_b - at_a) * at_c / (at_b - at_c) + (c - a) / (b - a) * at_a / (at_c - at_a) * at_b / (
        at_c - at_b
    )
