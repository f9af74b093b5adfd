"""Tests of one family of hypotheses, with their adjusted p-values."""

from __future__ import annotations

from collections.abc import Sequence

from harken.services.tabulating.result import GroupTest
from harken.stats.multiplicity import benjamini_hochberg, holm
from harken.stats.two_groups import TestResult


def adjusted(tests: Sequence[TestResult | None]) -> list[GroupTest | None]:
    """The tests with Holm's and Benjamini and Hochberg's p; those that were not made leave the family."""
    ps = [test.p if test else None for test in tests]
    return [
        GroupTest(
            name=test.name,
            statistic=test.statistic,
            df=test.df,
            p=test.p,
            p_holm=p_holm,
            p_bh=p_bh,
            prespecified=False,
            se=test.se,
        )
        if test
        else None
        for test, p_holm, p_bh in zip(tests, holm(ps), benjamini_hochberg(ps), strict=True)
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
