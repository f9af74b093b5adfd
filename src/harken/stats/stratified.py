"""A difference of two shares within strata, pooled; and strata of people by the length of their answers."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from harken.stats.proportions import normal_quantile

FIFTHS = 5

Stratum = tuple[int, int, int, int]
"""n and base of the first group, then n and base of the second."""


def mantel_haenszel_difference(
    strata: Sequence[Stratum], *, level: float = 0.95
) -> tuple[float, float | None, float | None] | None:
    """The difference of two shares, first group minus second, pooled over strata, with its limits.

    d = Σ w (p1 - p2) / Σ w with w = N1 N2 / (N1 + N2); a stratum where a group is empty says nothing of a
    difference and has no weight. None where no stratum has both groups. The variance is Sato's (1989): it
    holds for few large strata as for many small ones, and takes the difference to be the same in all of them;
    limits are normal, cut at -1 and 1. They are None where the variance is 0 (in each stratum everybody
    or nobody of a group has the theme): an interval without width would claim to know.

    Source: Mantel and Haenszel (1959); Sato (1989), as written out in "Common Risk Difference" of the
    documentation of SAS, PROC FREQ.

    Parameters
    ----------
    strata
        For each stratum n and base of the first group, then n and base of the second.
    level
        Confidence level of the limits.

    Returns
    -------
    tuple or None
        The difference and its limits.

    Examples
    --------
    >>> [round(figure, 4) for figure in mantel_haenszel_difference([(10, 20, 5, 30), (3, 9, 4, 30)])]
    [0.2846, 0.079, 0.4901]
    >>> mantel_haenszel_difference([(20, 20, 0, 30)])
    (1.0, None, None)
    """
    weight = weighted = p = q = 0.0
    for n1, base1, n2, base2 in strata:
        if base1 == 0 or base2 == 0:
            continue
        size = base1 + base2
        weight += base1 * base2 / size
        weighted += (n1 * base2 - n2 * base1) / size
        p += (base1**2 * n2 - base2**2 * n1 + base1 * base2 * (base2 - base1) / 2) / size**2
        q += (n1 * (base2 - n2) + n2 * (base1 - n1)) / (2 * size)
    if weight == 0:
        return None
    difference = weighted / weight
    variance = (difference * p + q) / weight**2
    if variance <= 1e-15:
        return difference, None, None
    reach = normal_quantile(level) * sqrt(variance)
    return difference, max(difference - reach, -1.0), min(difference + reach, 1.0)


def length_strata(lengths: Sequence[int], *, n_strata: int = FIFTHS) -> list[int]:
    """For each length the number of its stratum, from 0 for the shortest; as many equal parts as asked for.

    Equal lengths always share a stratum: that of their middle rank, floor(k (r - 1/2) / n). Where ties are
    many there are fewer strata; numbers have no gaps.
    """
    numbers: list[int] = strata_of(np.array(lengths, dtype=np.int64), n_strata=n_strata).tolist()
    return numbers


def strata_of(lengths: NDArray[np.int64], *, n_strata: int = FIFTHS) -> NDArray[np.int64]:
    """As `length_strata`, of many lengths at once."""
    _, which, times = np.unique(lengths, return_inverse=True, return_counts=True)
    last = np.cumsum(times)
    # Ranks count from 1: the middle one less one half is half of first - 1 + last.
    raw = n_strata * (2 * last - times) // (2 * max(len(lengths), 1))
    _, number = np.unique(raw, return_inverse=True)
    found: NDArray[np.int64] = number[which].astype(np.int64)
    return found
