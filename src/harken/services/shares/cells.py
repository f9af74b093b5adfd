"""A share of people: n of N with its limits."""

from __future__ import annotations

from dataclasses import dataclass

from harken.stats.proportions import IntervalMethod, percent, proportion_limits


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareCell:
    """How many people of a group have something, of how many; everything unrounded but `percent`."""

    group: str
    n: int | None
    base: int
    proportion: float | None
    low: float | None
    high: float | None
    percent: float | None
    """As printed, exact half up; None below a base of 20."""
    suppressed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareMaker:
    """Makes cells out of counts, all in the same way."""

    level: float
    interval: IntervalMethod
    decimals: int

    def cell(self, group: str, n: int, base: int) -> ShareCell:
        low, high = proportion_limits(n, base, level=self.level, method=self.interval) or (None, None)
        return ShareCell(
            group=group,
            n=n,
            base=base,
            proportion=n / base if base else None,
            low=low,
            high=high,
            percent=percent(n, base, decimals=self.decimals),
        )
