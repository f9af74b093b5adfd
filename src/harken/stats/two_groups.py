"""Whether two groups differ in a share: the (N-1) chi-square, and Fisher's test where counts are small."""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, sqrt
from operator import index

from harken.errors import HarkenError

SMALLEST_EXPECTED = 1
"""Below this expected count the chi-square's distribution no longer holds for two groups."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TestResult:
    """What a test of equal shares found."""

    # pytest takes classes of this name for tests.
    __test__ = False

    name: str
    """n-1 chi-square, mid-p, chi-square, exact or monte-carlo."""
    statistic: float | None
    df: int | None
    p: float
    se: float | None = None
    """Standard error of `p`, of a Monte Carlo test alone."""


def two_group_test(n1: int, base1: int, n2: int, base2: int) -> TestResult | None:
    """Whether `n1` of `base1` and `n2` of `base2` are the same share.

    The chi-square of Pearson times (N-1)/N, which is the score test behind Miettinen and Nurminen's limits
    (`difference_limits`): zero lies outside these exactly where p is below 1 - level. Where an expected
    count is below 1, Fisher's exact test with mid-p. Source: E. Pearson (1947); Campbell (2007).

    Parameters
    ----------
    n1, base1, n2, base2
        People with the theme, and all people, of both groups.

    Returns
    -------
    TestResult or None
        None where a group is empty, or nobody or everybody has the theme: there is nothing to test.

    Examples
    --------
    >>> found = two_group_test(31, 121, 40, 282)
    >>> (found.name, round(found.statistic, 4), found.df, round(found.p, 7))
    ('n-1 chi-square', 7.6097, 1, 0.0058054)
    >>> found = two_group_test(1, 12, 0, 14)
    >>> (found.name, round(found.p, 4))
    ('mid-p', 0.2308)
    """
    n1, base1, n2, base2 = as_counts(n1, base1, n2, base2)
    n, base = n1 + n2, base1 + base2
    if not (base1 and base2 and 0 < n < base):
        return None
    if min(base1, base2) * min(n, base - n) < SMALLEST_EXPECTED * base:
        from harken.stats.fisher import fisher_midp

        return TestResult(name="mid-p", statistic=None, df=None, p=fisher_midp(n1, base1, n2, base2))
    statistic = score_square(n1, base1, n2, base2)
    return TestResult(name="n-1 chi-square", statistic=statistic, df=1, p=tail_of_square(statistic))


def score_square(n1: int, base1: int, n2: int, base2: int) -> float:
    """The (N-1) chi-square; products of whole numbers, so that nothing is lost before the division."""
    n, base = n1 + n2, base1 + base2
    apart = n1 * base2 - n2 * base1
    return (base - 1) * apart * apart / (base1 * base2 * n * (base - n))


def tail_of_square(statistic: float) -> float:
    """How often a chi-square with one degree of freedom is larger."""
    return erfc(sqrt(statistic / 2))


def as_counts(n1: int, base1: int, n2: int, base2: int) -> tuple[int, int, int, int]:
    """The counts of two groups as plain whole numbers, whose products never overflow."""
    counts = index(n1), index(base1), index(n2), index(base2)
    for n, base in (counts[:2], counts[2:]):
        check_count(n, base)
    return counts


def check_count(n: int, base: int) -> None:
    """Refuse a count that is not part of its base."""
    if not 0 <= n <= base:
        raise HarkenError(f"A count lies between 0 and its base; got {n} of {base}.")
