"""Whether a printed percentage follows from its n and base, and what would give it; in whole numbers."""

from __future__ import annotations


def follows(units: int, decimals: int, n: int, base: int, *, bound: str = "") -> bool:
    """Whether `n` of `base` rounds to `units` of 10 to the power of -`decimals` percent.

    A tie may be rounded either way: half up, half to even and a computer's binary neighbour are all in use.
    With a `bound` of "<" or ">" the printed number is a limit. Nothing follows from an empty base.
    """
    if base == 0:
        return False
    exact, printed = _scale(decimals) * n, 2 * units * base
    if bound:
        return exact < printed if bound == "<" else exact > printed
    return abs(exact - printed) <= base


def numbers_giving(units: int, decimals: int, base: int) -> tuple[int, int] | None:
    """The fewest and the most people of `base` that print so; None where no number does."""
    scale = _scale(decimals)
    low = max(_ceiling((2 * units - 1) * base, scale), 0)
    high = min((2 * units + 1) * base // scale, base)
    return (low, high) if base and low <= high else None


def bases_giving(units: int, decimals: int, n: int) -> tuple[int, int] | None:
    """The least and the largest base of which `n` people print so; None where none or any large one does."""
    if n == 0 or units == 0:
        return None
    scale = _scale(decimals)
    low = max(_ceiling(scale * n, 2 * units + 1), n)
    high = scale * n // (2 * units - 1)
    return (low, high) if low <= high else None


def _ceiling(numerator: int, denominator: int) -> int:
    return -(-numerator // denominator)


def _scale(decimals: int) -> int:
    """Half units of the last printed place in the whole."""
    units: int = 10**decimals
    return 200 * units
