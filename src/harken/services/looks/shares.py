"""A share of people as looks beside theme tables give it: n of N with its limits, and how it prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from harken.model import Sampling
from harken.report import DASH, HIDDEN, Cell, Column, count, decimal, percentage
from harken.services.tabulating.result import Difference, GroupTest
from harken.stats.proportions import SMALLEST_BASE, IntervalMethod, percent, proportion_limits


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


class PrintableShare(Protocol):
    """What `printed_share` prints: these cells, and those of theme tables."""

    @property
    def n(self) -> int | None: ...
    @property
    def base(self) -> int | None: ...
    @property
    def percent(self) -> float | None: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def suppressed(self) -> bool: ...


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


def share_columns(group: str, *, with_limits: bool = True) -> Iterator[Column]:
    """The columns of `printed_share`, under one heading."""
    yield Column(heading="n", group=group, align="right")
    yield Column(heading="N", group=group, align="right", glue="/")
    yield Column(heading="%", group=group, align="right")
    if with_limits:
        yield Column(heading="low", group=group, align="right")
        yield Column(heading="high", group=group, align="right", glue="–")


def printed_share(cell: PrintableShare, *, places: int, with_limits: bool = True) -> Iterator[Cell]:
    """n, N, percent and limits; what is suppressed prints as one mark, a small base as n and N alone."""
    if cell.suppressed:
        yield HIDDEN
        yield count(cell.base)
        yield from (HIDDEN,) * (3 if with_limits else 1)
        return
    yield count(cell.n)
    yield count(cell.base)
    if cell.percent is None or cell.n is None or cell.base is None:
        yield from (DASH,) * (3 if with_limits else 1)
        return
    yield Cell(percentage(cell.n, cell.base, places), cell.percent)
    if with_limits:
        yield printed_points(cell.low, places)
        yield printed_points(cell.high, places)


def difference_columns(group: str) -> Iterator[Column]:
    """The columns of `printed_difference`."""
    yield Column(heading="% points", group=group, align="right")
    yield Column(heading="low", group=group, align="right")
    yield Column(heading="high", group=group, align="right", glue=" to ")


def printed_difference(difference: Difference | None, *, places: int) -> Iterator[Cell]:
    """A difference in percentage points with its limits."""
    if difference is None:
        yield from (DASH,) * 3
        return
    for value in (difference.value, difference.low, difference.high):
        yield printed_points(value, places)


def printed_points(value: float | None, places: int) -> Cell:
    """A fraction as percent, or percentage points."""
    return DASH if value is None else Cell(decimal(100 * value, places).text, 100 * value)


def printed_p(p: float | None) -> str:
    """A p-value for a line of text."""
    if p is None:
        return "–"
    return "< 0.001" if p < 0.001 else f"= {p:.3f}"


def described_test(test: GroupTest) -> str:
    """A test as a paper gives it, with its p over the family of hypotheses as Holm has it."""
    statistic = ""
    if test.statistic is not None:
        df = f"({test.df})" if test.df is not None else ""
        statistic = f"{df} = {test.statistic:.2f}"
    words = f"{test.name}{statistic}, p {printed_p(test.p)}"
    return f"{words} (Holm {printed_p(test.p_holm)})" if test.p_holm != test.p else words


INTERVALS = {"wilson": "Wilson score", "clopper-pearson": "Clopper–Pearson"}
_CLAIMS = {
    Sampling.CONVENIENCE: "as if people had been sampled at random; recruitment is not modelled "
    "(convenience sample)",
    Sampling.PROBABILITY: "as for a simple random sample; design and weights are not modelled",
    Sampling.CENSUS: "as if who answered were a random draw; everybody was asked (census)",
}


def limits_note(*, level: float, interval: str, sampling: str) -> str:
    """What low and high are, and what the way people were sampled lets them claim."""
    claim = _CLAIMS.get(Sampling(sampling), "") if sampling else ""
    words = f"low–high: {100 * level:.6g} % {INTERVALS[interval]} interval"
    return f"{words}, {claim}." if claim else f"{words}."


def percent_note() -> str:
    return f"% is exact, rounded half up; below a base of {SMALLEST_BASE} only n and N are given."
