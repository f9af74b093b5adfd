"""Two codes on the same people: how often together, and whether more often than apart would have it."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from harken.stats.estimate import Estimate, Undefined
from harken.stats.proportions import wilson
from harken.stats.two_groups import TestResult, two_group_test

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Two codes over the same people: both, the first alone, the second alone, neither."""

    both: int
    only_first: int
    only_second: int
    neither: int

    @property
    def n(self) -> int:
        return self.both + self.only_first + self.only_second + self.neither


def jaccard(overlap: Overlap, *, level: float = 0.95) -> Estimate:
    """People with both codes among those with either, with Wilson's limits; no value where nobody has one.

    Examples
    --------
    >>> found = jaccard(Overlap(both=12, only_first=18, only_second=8, neither=62))
    >>> (round(found.value, 4), round(found.low, 4), round(found.high, 4))
    (0.3158, 0.1908, 0.4746)
    """
    either = overlap.both + overlap.only_first + overlap.only_second
    limits = wilson(overlap.both, either, level=level)
    if limits is None:
        return Estimate(value=None, undefined=Undefined.NO_RATINGS, level=level)
    return Estimate(value=overlap.both / either, low=limits[0], high=limits[1], level=level, method="wilson")


def phi(overlap: Overlap) -> float | None:
    """Pearson's correlation of two yes/no variables: -1 never together, 1 always together.

    (ad - bc) / √((a + b)(c + d)(a + c)(b + d)); None where a code is on everybody or on nobody.

    Examples
    --------
    >>> round(phi(Overlap(both=12, only_first=18, only_second=8, neither=62)), 4)
    0.3273
    """
    a, b, c, d = overlap.both, overlap.only_first, overlap.only_second, overlap.neither
    product = (a + b) * (c + d) * (a + c) * (b + d)
    return (a * d - b * c) / sqrt(product) if product else None


def lift(overlap: Overlap) -> float | None:
    """How many times as often together as if the codes had nothing to do with each other; None for 0/0.

    Examples
    --------
    >>> lift(Overlap(both=12, only_first=18, only_second=8, neither=62))
    2.0
    """
    expected = (overlap.both + overlap.only_first) * (overlap.both + overlap.only_second)
    return overlap.both * overlap.n / expected if expected else None


def overlap_test(overlap: Overlap) -> TestResult | None:
    """The test that one code is as frequent with the other as without it; None where one does not vary.

    That of two groups: (N-1) chi-square, or Fisher's mid-p where fewer than one person is expected in a cell.

    Examples
    --------
    >>> found = overlap_test(Overlap(both=12, only_first=18, only_second=8, neither=62))
    >>> (found.name, round(found.p, 4))
    ('n-1 chi-square', 0.0011)
    """
    return two_group_test(
        overlap.both,
        overlap.both + overlap.only_first,
        overlap.only_second,
        overlap.only_second + overlap.neither,
    )


def overlaps(said: Flags, counted: Flags) -> dict[tuple[int, int], Overlap]:
    """For every two codes, by their rows, how they overlap over the people who are counted for both.

    A row a code and a column a person: who has the code, and of whom that is known.
    """
    has, known = (np.packbits(flags, axis=1) for flags in (said & counted, counted))

    def common(one: NDArray[np.uint8], others: NDArray[np.uint8]) -> list[int]:
        return [int(n) for n in np.bitwise_count(one & others).sum(axis=1, dtype=np.int64)]

    found = {}
    for first in range(len(has)):
        later = slice(first + 1, None)
        both = common(has[first], has[later])
        one = common(has[first], known[later])
        other = common(known[first], has[later])
        n = common(known[first], known[later])
        for at, second in enumerate(range(first + 1, len(has))):
            found[first, second] = Overlap(
                both=both[at],
                only_first=one[at] - both[at],
                only_second=other[at] - both[at],
                neither=n[at] - one[at] - other[at] + both[at],
            )
    return found
