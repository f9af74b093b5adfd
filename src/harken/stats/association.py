"""How shares differ over several groups: tests of independence, and Cramér's V."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from operator import index

import numpy as np
import numpy.typing as npt

from harken.errors import HarkenError
from harken.stats.estimate import Estimate, Undefined
from harken.stats.proportions import checked_level
from harken.stats.roots import find_root
from harken.stats.two_groups import TestResult, check_count, two_group_test

IntArray = npt.NDArray[np.int64]

SMALLEST_EXPECTED = 5
"""Below this expected count the chi-square's distribution no longer holds for several groups."""


def group_test(ns: Sequence[int], bases: Sequence[int], *, seed: int = 1) -> TestResult | None:
    """Whether the share is the same in all groups, `ns` of `bases`.

    Two groups are tested by `two_group_test`; more by `table_test`. Empty groups are left out.

    Parameters
    ----------
    ns, bases
        People with the theme, and all people, of each group.
    seed
        Of the tables drawn where they are too many to be counted.

    Returns
    -------
    TestResult or None
        None where fewer than two groups hold anybody, or nobody or everybody has the theme.

    Examples
    --------
    >>> found = group_test([30, 25, 40, 12, 8], [81, 80, 140, 52, 50])
    >>> (found.name, round(found.statistic, 4), found.df, round(found.p, 4))
    ('chi-square', 7.7725, 4, 0.1003)
    >>> found = group_test([3, 0, 2], [9, 12, 10])
    >>> (found.name, round(found.p, 4))
    ('exact', 0.0714)
    """
    counts = _counts(ns, bases)
    kept = [(n, base) for n, base in counts if base]
    if len(kept) == 2:
        (n1, base1), (n2, base2) = kept
        return two_group_test(n1, base1, n2, base2)
    return table_test(_table_of(kept), seed=seed)


def table_test(table: Sequence[Sequence[int]], *, seed: int = 1) -> TestResult | None:
    """Whether rows and columns of a table of counts are independent; every person stands in one cell.

    Pearson's chi-square where every expected count is at least 5; else the exact test of Freeman and Halton
    (1951), or where there are too many tables to count its Monte Carlo with 99,999 tables, which gives p its
    standard error. Not for codes of which a person may have several: their cells are not apart.

    Parameters
    ----------
    table
        Rows of whole numbers.
    seed
        Of the tables drawn.

    Returns
    -------
    TestResult or None
        None where fewer than two rows or two columns hold anybody.

    Examples
    --------
    >>> found = table_test([[279, 73, 225], [165, 47, 191]])
    >>> (found.name, round(found.statistic, 4), found.df, round(found.p, 6))
    ('chi-square', 7.0095, 2, 0.030054)
    """
    counts = _without_empty(_as_table(table))
    if min(counts.shape) < 2:
        return None
    expected = _expected(counts)
    if expected.min() >= SMALLEST_EXPECTED:
        from scipy.special import chdtrc

        statistic, df = _chi_square(counts)
        return TestResult(name="chi-square", statistic=statistic, df=df, p=float(chdtrc(df, statistic)))
    from harken.stats.fixed_margins import drawn_p, exact_p

    p = exact_p(counts)
    if p is not None:
        return TestResult(name="exact", statistic=None, df=None, p=p)
    p, se = drawn_p(counts, seed=seed)
    return TestResult(name="monte-carlo", statistic=None, df=None, p=p, se=se)


def cramers_v(ns: Sequence[int], bases: Sequence[int], *, level: float = 0.95) -> Estimate:
    """Cramér's V of theme and group, from 0 (the same share everywhere) to 1, with its limits.

    The limits turn the noncentral chi-square around; the lower one is 0 where the chi-square is no larger
    than chance makes it. For two groups V is the size of phi. Sources: Cramér (1946); Smithson (2003).

    Parameters
    ----------
    ns, bases
        People with the theme, and all people, of each group.
    level
        How often such limits hold V.

    Returns
    -------
    Estimate
        Undefined where nobody or everybody has the theme (one category) or fewer than two groups hold anybody
        (too few units).

    Examples
    --------
    >>> found = cramers_v([30, 25, 40, 12, 8], [81, 80, 140, 52, 50])
    >>> (round(found.value, 4), found.low, round(found.high, 4))
    (0.1389, 0.0, 0.2148)
    """
    return table_cramers_v(_table_of(_counts(ns, bases)), level=level)


def table_cramers_v(table: Sequence[Sequence[int]], *, level: float = 0.95) -> Estimate:
    """Cramér's V of a table of counts, with limits from the noncentral chi-square, as `cramers_v`.

    Examples
    --------
    >>> found = table_cramers_v([[279, 73, 225], [165, 47, 191]])
    >>> (round(found.value, 4), found.low, round(found.high, 4))
    (0.0846, 0.0, 0.1425)
    """
    tail = (1 - checked_level(level)) / 2
    counts, undefined = _varied(table)
    if undefined is not None:
        return Estimate(value=None, undefined=undefined, level=level, method="noncentral chi-square")
    statistic, df = _chi_square(counts)
    scale = float(counts.sum()) * (min(counts.shape) - 1)
    low, high = (min(1.0, sqrt(_noncentrality(statistic, df, share) / scale)) for share in (1 - tail, tail))
    return Estimate(
        value=min(1.0, sqrt(statistic / scale)),
        low=low,
        high=high,
        level=level,
        method="noncentral chi-square",
    )


def bias_corrected_v(table: Sequence[Sequence[int]]) -> Estimate:
    """Cramér's V of a table less what chance alone gives it, without limits. Source: Bergsma (2013).

    Examples
    --------
    >>> round(bias_corrected_v([[279, 73, 225], [165, 47, 191]]).value, 4)
    0.0715
    """
    counts, undefined = _varied(table)
    n = int(counts.sum())
    if undefined is None and n < 3:
        undefined = Undefined.TOO_FEW_UNITS
    if undefined is not None:
        return Estimate(value=None, undefined=undefined, method="Bergsma")
    statistic, df = _chi_square(counts)
    square = max(0.0, statistic / n - df / (n - 1))
    least = min(size - (size - 1) ** 2 / (n - 1) for size in counts.shape) - 1
    if least <= 0:
        return Estimate(value=None, undefined=Undefined.TOO_FEW_UNITS, method="Bergsma")
    return Estimate(value=min(1.0, sqrt(square / least)), method="Bergsma")


def _noncentrality(statistic: float, df: int, share: float) -> float:
    """The noncentrality at which a chi-square is below the one seen with this probability; 0 for none."""
    from scipy.special import chndtr

    def above(noncentrality: float) -> float:
        return float(chndtr(statistic, df, noncentrality)) - share

    if above(0.0) <= 0:
        return 0.0
    highest = max(statistic, 1.0)
    while above(highest) > 0:
        highest *= 2
    return find_root(above, 0.0, highest)


def _counts(ns: Sequence[int], bases: Sequence[int]) -> list[tuple[int, int]]:
    counts = [(index(n), index(base)) for n, base in zip(ns, bases, strict=True)]
    for n, base in counts:
        check_count(n, base)
    return counts


def _table_of(counts: Sequence[tuple[int, int]]) -> list[list[int]]:
    return [[n for n, _ in counts], [base - n for n, base in counts]]


def _as_table(table: Sequence[Sequence[int]]) -> IntArray:
    counts = np.array([[index(n) for n in row] for row in table], dtype=np.int64)
    if counts.ndim != 2:
        raise HarkenError(f"A table of counts has rows and columns; got an array of shape {counts.shape}.")
    if counts.size and counts.min() < 0:
        raise HarkenError(f"A table holds counts of people; got {int(counts.min())}.")
    return counts


def _without_empty(counts: IntArray) -> IntArray:
    kept: IntArray = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    return kept


def _varied(table: Sequence[Sequence[int]]) -> tuple[IntArray, Undefined | None]:
    """The table without empty rows and columns, or why nothing in it varies."""
    counts = _without_empty(_as_table(table))
    if counts.shape[1] < 2:
        return counts, Undefined.TOO_FEW_UNITS
    if counts.shape[0] < 2:
        return counts, Undefined.ONE_CATEGORY
    return counts, None


def _expected(counts: IntArray) -> npt.NDArray[np.float64]:
    rows, columns = counts.sum(axis=1).astype(np.float64), counts.sum(axis=0).astype(np.float64)
    expected: npt.NDArray[np.float64] = np.outer(rows, columns) / rows.sum()
    return expected


def _chi_square(counts: IntArray) -> tuple[float, int]:
    expected = _expected(counts)
    statistic = float(((counts - expected) ** 2 / expected).sum())
    return statistic, (counts.shape[0] - 1) * (counts.shape[1] - 1)
