"""How often the intervals of theme tables hold, and how often their tests are wrong; writes it into the docs.

    python benchmarks/themes_coverage.py [--page FILE]

For two groups of people (121 v 282 and 20 v 60) every possible pair of counts is worked out once and weighed
by its probability, for a grid of true shares: the figures are exact, with no chance in them. The difference
within fifths of answer length has too many outcomes for that and is simulated with a fixed seed.
"""

from __future__ import annotations

import argparse
import os
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from math import inf, sqrt
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom, chi2

from harken.stats.differences import DifferenceMethod, difference_limits
from harken.stats.fisher import fisher_exact, fisher_midp
from harken.stats.odds_ratios import conditional_odds_ratio
from harken.stats.proportions import IntervalMethod, proportion_limits
from harken.stats.stratified import mantel_haenszel_difference
from harken.stats.two_groups import score_square, two_group_test

PAGE = Path(__file__).resolve().parents[1] / "docs" / "methods" / "themes.md"
BEGIN, END = "<!-- coverage: benchmarks/themes_coverage.py -->", "<!-- end -->"
DESIGNS = ((121, 282), (20, 60))
LEVEL = 0.95
ALPHA = 1 - LEVEL
Z = 1.959963984540054
SHARES = np.concatenate([[0.002, 0.005], np.arange(0.01, 1.0, 0.01), [0.995, 0.998]])
"""True shares of a group; every pair of them is a study that could be."""
FEW = 5
"""Expected counts from which the textbooks call a table large enough."""
STUDIES = 20_000
SEED = 2026

Floats = NDArray[np.float64]
Limits = Callable[[int, int, int, int], tuple[float, float] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Coverage over the grid of true shares, in fractions: mean, lowest, lowest where counts are large."""

    mean: float
    lowest: float
    lowest_large: float


def wald(n1: int, base1: int, n2: int, base2: int) -> tuple[float, float]:
    """The interval of old textbooks, for comparison."""
    p1, p2 = n1 / base1, n2 / base2
    reach = Z * sqrt(p1 * (1 - p1) / base1 + p2 * (1 - p2) / base2)
    return p1 - p2 - reach, p1 - p2 + reach


def odds_ratio_limits(n1: int, base1: int, n2: int, base2: int, *, method: str) -> tuple[float, float] | None:
    """Limits of the odds ratio; an unbounded one is infinite. None where there is nothing to estimate."""
    found = conditional_odds_ratio(n1, base1, n2, base2, level=LEVEL, method=method)
    if found.low is None and found.high is None:
        return None
    return found.low or 0.0, inf if found.high is None else found.high


DIFFERENCES: dict[str, Limits] = {
    "Miettinen–Nurminen (used)": partial(difference_limits, level=LEVEL),
    "Newcombe (`--difference newcombe`)": partial(
        difference_limits, level=LEVEL, method=DifferenceMethod.NEWCOMBE
    ),
    "Wald, for comparison": wald,
}
ODDS_RATIOS: dict[str, Limits] = {
    "odds ratio, mid-p (used)": partial(odds_ratio_limits, method="mid-p"),
    "odds ratio, exact": partial(odds_ratio_limits, method="exact"),
}


def ours(n1: int, base1: int, n2: int, base2: int) -> float:
    found = two_group_test(n1, base1, n2, base2)
    return 1.0 if found is None else found.p


def pearson(n1: int, base1: int, n2: int, base2: int) -> float:
    base = base1 + base2
    if not 0 < n1 + n2 < base:
        return 1.0
    return float(chi2.sf(score_square(n1, base1, n2, base2) * base / (base - 1), 1))


TESTS: dict[str, Callable[[int, int, int, int], float]] = {
    "(N−1) chi-square, mid-p where an expected count is below 1 (used)": ours,
    "Fisher, mid-p throughout": fisher_midp,
    "Fisher, exact": fisher_exact,
    "Pearson chi-square": pearson,
}


def limits_row(task: tuple[Limits, int, int, int]) -> list[tuple[float, float]]:
    """Limits for one count of the first group and every count of the second; nan where there are none."""
    limits, n1, base1, base2 = task
    return [limits(n1, base1, n2, base2) or (np.nan, np.nan) for n2 in range(base2 + 1)]


def p_row(task: tuple[Callable[[int, int, int, int], float], int, int, int]) -> list[float]:
    test, n1, base1, base2 = task
    return [test(n1, base1, n2, base2) for n2 in range(base2 + 1)]


def likelihoods(base: int) -> Floats:
    """Probabilities, true shares × counts."""
    return np.asarray(binom.pmf(np.arange(base + 1)[None, :], base, SHARES[:, None]), dtype=np.float64)


def are_large(*bases: int) -> NDArray[np.bool_]:
    """For each tuple of true shares, whether every expected count is at least `FEW`."""
    enough = [np.minimum(SHARES, 1 - SHARES) * base >= FEW for base in bases]
    return enough[0] if len(enough) == 1 else enough[0][:, None] & enough[1][None, :]


def kept(coverage: Floats, large: NDArray[np.bool_]) -> Kept:
    return Kept(
        mean=float(np.nanmean(coverage)),
        lowest=float(np.nanmin(coverage)),
        lowest_large=float(np.nanmin(coverage[large])),
    )


def coverage_of_one(base: int, method: IntervalMethod) -> Kept:
    """Of the interval of one share."""
    found = np.array([proportion_limits(n, base, level=LEVEL, method=method) for n in range(base + 1)])
    holds = (found[None, :, 0] <= SHARES[:, None]) & (SHARES[:, None] <= found[None, :, 1])
    return kept((likelihoods(base) * holds).sum(axis=1), are_large(base))


def coverage_of_two(
    pool: Any, base1: int, base2: int, limits: Limits, truth: Callable[[float, float], float]
) -> Kept:
    """Of an interval of what `truth` makes of two shares; tables without an interval are left out."""
    rows = pool.map(limits_row, [(limits, n1, base1, base2) for n1 in range(base1 + 1)], chunksize=2)
    low, high = np.moveaxis(np.array(rows), 2, 0)
    defined = ~np.isnan(low)
    first, second = likelihoods(base1), likelihoods(base2)
    coverage = np.empty((len(SHARES), len(SHARES)))
    for at1, share1 in enumerate(SHARES):
        for at2, share2 in enumerate(SHARES):
            true = truth(float(share1), float(share2))
            holds = (low <= true + 1e-12) & (true - 1e-12 <= high)
            covered = first[at1] @ (holds & defined) @ second[at2]
            coverage[at1, at2] = covered / (first[at1] @ defined @ second[at2])
    return kept(coverage, are_large(base1, base2))


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How often a test at 5 % finds a difference where there is none, in fractions."""

    mean: float
    largest: float
    largest_large: float
    at: tuple[float, ...]


SHOWN = (0.01, 0.05, 0.10, 0.30, 0.50)


def size_of(pool: Any, base1: int, base2: int, test: Callable[[int, int, int, int], float]) -> Size:
    rows = pool.map(p_row, [(test, n1, base1, base2) for n1 in range(base1 + 1)], chunksize=2)
    rejects = np.array(rows) < ALPHA
    sizes = np.einsum("si,ij,sj->s", likelihoods(base1), rejects.astype(float), likelihoods(base2))
    large = np.minimum(SHARES, 1 - SHARES) * min(base1, base2) >= FEW
    return Size(
        mean=float(sizes.mean()),
        largest=float(sizes.max()),
        largest_large=float(sizes[large].max()),
        at=tuple(float(sizes[np.argmin(abs(SHARES - share))]) for share in SHOWN),
    )


def simulated_within_lengths(base1: int, base2: int) -> tuple[tuple[float, float], float, float]:
    """Coverage of the stratified interval for no difference and for .15, and how far the crude one misses.

    Mentions grow with length from .10 in the shortest fifth to .50 in the longest; the second group writes
    less, so that the crude difference is not zero where the stratified one is.
    """
    generator = np.random.default_rng(SEED)
    by_fifth = np.linspace(0.10, 0.50, 5)
    mixes = np.array([0.1, 0.15, 0.2, 0.25, 0.3]), np.array([0.3, 0.25, 0.2, 0.15, 0.1])
    covered = []
    crude_held = 0
    for true in (0.0, 0.15):
        held = n_defined = 0
        for _ in range(STUDIES):
            sizes = [
                generator.multinomial(base, mix) for base, mix in zip((base1, base2), mixes, strict=True)
            ]
            n1 = generator.binomial(sizes[0], by_fifth + true)
            n2 = generator.binomial(sizes[1], by_fifth)
            strata = [
                (int(a), int(b), int(c), int(d))
                for a, b, c, d in zip(n1, sizes[0], n2, sizes[1], strict=True)
            ]
            found = mantel_haenszel_difference(strata, level=LEVEL)
            if found is not None and found[1] is not None and found[2] is not None:
                n_defined += 1
                held += found[1] <= true <= found[2]
            if true == 0.0:
                crude = difference_limits(int(n1.sum()), base1, int(n2.sum()), base2, level=LEVEL)
                crude_held += crude is not None and crude[0] <= 0 <= crude[1]
        covered.append(held / n_defined)
    return (covered[0], covered[1]), crude_held / STUDIES, float((mixes[0] - mixes[1]) @ by_fifth)


def percent(share: float) -> str:
    return f"{100 * share:.1f}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "| --- |" + " ---: |" * (len(head) - 1)
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def wrapped(line: str) -> str:
    return line if line.startswith("|") else textwrap.fill(line, 115)


def odds_ratio_of(share1: float, share2: float) -> float:
    return share1 * (1 - share2) / (share2 * (1 - share1))


def page(pool: Any) -> Iterator[str]:
    yield (
        f"Written by `python benchmarks/themes_coverage.py`. True shares: {len(SHARES)} from {SHARES[0]} to "
        f"{SHARES[-1]} in each group, every pair of them. For each, all possible pairs of counts are weighed "
        "by their probability, so the figures are exact. Coverage is in per cent, of intervals of 95 %: the "
        f"mean over the grid, the lowest, and the lowest where every expected count is at least {FEW}."
    )
    yield ""
    yield "**One share**"
    yield ""
    rows = []
    for base in sorted({base for design in DESIGNS for base in design}):
        for method, name in (
            (IntervalMethod.WILSON, "Wilson (used)"),
            (IntervalMethod.CLOPPER_PEARSON, "Clopper–Pearson"),
        ):
            one = coverage_of_one(base, method)
            rows.append([f"{base} people, {name}", *map(percent, (one.mean, one.lowest, one.lowest_large))])
    head = ("", "mean", "lowest", f"lowest, {FEW} and more expected")
    yield from table(head, rows)
    for base1, base2 in DESIGNS:
        yield ""
        yield f"**{base1} v {base2} people: intervals**"
        yield ""
        rows = []
        for name, limits in DIFFERENCES.items():
            two = coverage_of_two(pool, base1, base2, limits, lambda p1, p2: p1 - p2)
            rows.append([f"difference, {name}", *map(percent, (two.mean, two.lowest, two.lowest_large))])
        for name, limits in ODDS_RATIOS.items():
            two = coverage_of_two(pool, base1, base2, limits, odds_ratio_of)
            rows.append([name, *map(percent, (two.mean, two.lowest, two.lowest_large))])
        yield from table(head, rows)
        yield ""
        yield (
            f"**{base1} v {base2} people: size of tests at 5 %**, in per cent of studies without a "
            "difference, by the true share of both groups"
        )
        yield ""
        rows = []
        for name, test in TESTS.items():
            size = size_of(pool, base1, base2, test)
            values = (*size.at, size.mean, size.largest, size.largest_large)
            rows.append([name, *map(percent, values)])
        at = [f"{100 * share:.0f} %" for share in SHOWN]
        yield from table(("", *at, "mean", "largest", f"largest, {FEW} and more expected"), rows)
    yield ""
    yield f"**Within fifths of answer length**, simulated ({STUDIES:,} studies each, seed {SEED})"
    yield ""
    rows = []
    for base1, base2 in DESIGNS:
        (none, some), crude, bias = simulated_within_lengths(base1, base2)
        rows.append([f"{base1} v {base2}", percent(none), percent(some), percent(crude)])
    yield from table(
        ("people", "no difference", "difference of 15 points", "crude interval, no difference"), rows
    )
    yield ""
    yield (
        "Mentions rise from 10 % in the shortest fifth of the answers to 50 % in the longest, and the second "
        f"group writes less, which alone makes a crude difference of {100 * bias:.0f} points. The last "
        "column is how often the crude interval then holds 0, the difference between people who write alike."
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--page", type=Path, default=PAGE, help="the page with the place for the figures")
    chosen = options.parse_args()
    text = chosen.page.read_text(encoding="utf-8")
    if BEGIN not in text:
        raise SystemExit(f"{chosen.page} has no place for the figures: a line {BEGIN} and below it {END}")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    with Pool(os.cpu_count()) as pool:
        lines = "\n".join(wrapped(line) for line in page(pool))
    chosen.page.write_text(f"{before}{BEGIN}\n\n{lines}\n\n{END}{after}", encoding="utf-8")
    print(lines)


if __name__ == "__main__":
    main()
