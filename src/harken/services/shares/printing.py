"""How shares of people, their differences and their tests are printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Protocol

from harken.report import DASH, HIDDEN, Cell, Column, count, decimal, percentage, share_in_percent
from harken.services.shares.comparing import Difference, GroupTest
from harken.stats.proportions import SMALLEST_BASE

SMALLEST_P = 0.001


class PrintableShare(Protocol):
    """What `printed_share` prints: cells of looks, and those of theme tables."""

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
        yield in_percent(cell.low, places)
        yield in_percent(cell.high, places)


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
        yield in_percent(value, places)


def in_share(share: float | None, places: int) -> Cell:
    """A share of people in percent, half up and never a false 0 or 100."""
    return DASH if share is None else Cell(share_in_percent(share, places), 100 * share)


def in_percent(value: float | None, places: int) -> Cell:
    """A fraction as percent, or as percentage points."""
    return DASH if value is None else Cell(decimal(100 * value, places).text, 100 * value)


def p_value(p: float | None) -> Cell:
    """A p-value to three places; a smaller one is called so."""
    if p is None:
        return DASH
    return Cell(f"<{SMALLEST_P:.3f}" if p < SMALLEST_P else decimal(p).text, p)


def printed_p(p: float | None) -> str:
    """A p-value for a line of text."""
    if p is None:
        return "–"
    return f"< {SMALLEST_P:.3f}" if p < SMALLEST_P else f"= {decimal(p).text}"


def described_test(test: GroupTest) -> str:
    """A test as a paper gives it, with its p over the family of hypotheses as Holm has it."""
    statistic = ""
    if test.statistic is not None:
        df = f"({test.df})" if test.df is not None else ""
        statistic = f"{df} = {test.statistic:.2f}"
    words = f"{test.name}{statistic}, p {printed_p(test.p)}"
    return f"{words} (Holm {printed_p(test.p_holm)})" if test.p_holm != test.p else words


def told_apart(labels: Mapping[str, str]) -> dict[str, str]:
    """Labels by their code's path; where several codes are called the same, the path stands behind."""
    n_called = Counter(labels.values())
    return {path: f"{label} ({path})" if n_called[label] > 1 else label for path, label in labels.items()}


def percent_note() -> str:
    """How a percentage is rounded, and where there is none."""
    return f"% is exact, rounded half up; below a base of {SMALLEST_BASE} only n and N are given."
