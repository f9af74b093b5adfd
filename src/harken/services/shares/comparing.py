"""Shares of groups held against each other: differences, and tests of a family with their adjusted p."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harken.stats.differences import DifferenceMethod, difference_limits
from harken.stats.multiplicity import benjamini_hochberg, holm
from harken.stats.two_groups import TestResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A difference of two shares, first group minus second, unrounded; None where a base is empty."""

    value: float | None
    low: float | None
    high: float | None
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTest:
    """A test that a share is the same in all groups, with its p over a family of such tests."""

    name: str
    """n-1 chi-square, mid-p, chi-square, exact or monte-carlo."""
    statistic: float | None
    df: int | None
    p: float
    p_holm: float | None
    p_bh: float | None
    prespecified: bool
    """Whether the theme was declared before the first table by group was looked at."""
    se: float | None = None
    """Standard error of p, of a Monte Carlo test alone."""


def difference_of_shares(
    n1: int, base1: int, n2: int, base2: int, *, level: float, method: DifferenceMethod
) -> Difference | None:
    """The first share minus the second with its limits; None where a base is empty."""
    if not (base1 and base2):
        return None
    low, high = difference_limits(n1, base1, n2, base2, level=level, method=method) or (None, None)
    return Difference(value=n1 / base1 - n2 / base2, low=low, high=high, method=method.value)


def adjusted(
    tests: Sequence[TestResult | None], *, prespecified: Sequence[bool] | None = None
) -> list[GroupTest | None]:
    """The tests with Holm's and Benjamini and Hochberg's p; those that were not made leave the family.

    `prespecified` says of each whether it was declared in time; left out, none was.
    """
    ps = [test.p if test else None for test in tests]
    declared = [False] * len(tests) if prespecified is None else prespecified
    return [
        GroupTest(
            name=test.name,
            statistic=test.statistic,
            df=test.df,
            p=test.p,
            p_holm=p_holm,
            p_bh=p_bh,
            prespecified=is_declared,
            se=test.se,
        )
        if test
        else None
        for test, p_holm, p_bh, is_declared in zip(
            tests, holm(ps), benjamini_hochberg(ps), declared, strict=True
        )
    ]


def why_not(ns: Sequence[int], bases: Sequence[int], names: Sequence[str]) -> str | None:
    """Why shares of groups cannot be tested, in words; None where they can."""
    if len(ns) < 2:
        return "one group"
    empty = [name for name, base in zip(names, bases, strict=True) if base == 0]
    if len(ns) - len(empty) < 2:
        return f"nobody is counted in {', '.join(empty)}"
    if sum(ns) == 0:
        return "nobody"
    return "everybody" if sum(ns) == sum(bases) else None
