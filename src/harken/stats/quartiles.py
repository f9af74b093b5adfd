"""Median and quartiles, of values or of how often each number occurs."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median, quantiles

import numpy as np
from numpy.typing import NDArray


def middle_and_quartiles(values: Sequence[float]) -> tuple[float | None, tuple[float, float] | None]:
    """Median and quartiles (linear interpolation, type 7 of Hyndman and Fan 1996); None for no value."""
    if not values:
        return None, None
    if len(values) == 1:
        return float(values[0]), (float(values[0]), float(values[0]))
    lower, _, upper = quantiles(values, n=4, method="inclusive")
    return float(median(values)), (lower, upper)


def middle_and_quartiles_of(counts: NDArray[np.int64]) -> tuple[float | None, tuple[float, float] | None]:
    """As `middle_and_quartiles`, of numbers of which `counts` says how often 0, 1, 2 … is among them."""
    ends = np.cumsum(counts)
    n = int(ends[-1])
    if n == 0:
        return None, None

    def at(rank: int) -> int:
        return int(np.searchsorted(ends, rank, side="right"))

    def quarter(number: int) -> float:
        rank, rest = divmod(number * (n - 1), 4)
        return (at(rank) * (4 - rest) + at(min(rank + 1, n - 1)) * rest) / 4

    return (at((n - 1) // 2) + at(n // 2)) / 2, (quarter(1), quarter(3))
