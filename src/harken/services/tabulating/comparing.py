"""The groups of a theme table held against each other, theme by theme."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count

from harken.services.shares.comparing import Difference, GroupTest, adjusted, difference_of_shares
from harken.services.tabulating.result import (
    Comparison,
    Theme,
    ThemeCell,
    ThemeFigures,
)
from harken.stats.association import cramers_v, group_test
from harken.stats.differences import DifferenceMethod
from harken.stats.odds_ratios import conditional_odds_ratio
from harken.stats.stratified import Stratum, mantel_haenszel_difference
from harken.stats.two_groups import TestResult

MANTEL_HAENSZEL = "mantel-haenszel"
WEIGHTED = "weighted"
"""Why there is no test of figures that stand for more people than they count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparing:
    """How groups are compared."""

    level: float = 0.95
    method: DifferenceMethod = DifferenceMethod.MIETTINEN_NURMINEN
    prespecified: frozenset[str] = frozenset()
    """Codes and families that were declared in time."""
    seed: int = 1
    """Of a Monte Carlo test."""


def compare_groups(
    figures: ThemeFigures,
    how: Comparing,
    *,
    strata: Callable[[Theme], Sequence[Stratum] | None] | None = None,
    weighted: Callable[[Theme], Difference | None] | None = None,
    progress: Callable[[float], None] | None = None,
) -> ThemeFigures:
    """The figures with every theme and family compared over the groups; as they are where there is one.

    `strata` gives the two groups of a theme in parts of like answer length, None where there are none;
    `weighted` its difference where figures are weighted, which are not tested. The p-values of one table are
    adjusted in two families: codes without codes below them, and parents with the code families.
    """
    if len(figures.groups) < 2:
        return figures
    n_themes, done = len(figures.themes) + len(figures.families), count()

    def compare(theme: Theme) -> tuple[Theme, TestResult | None]:
        if progress is not None:
            progress(next(done) / n_themes)
        if weighted is not None:
            said = Comparison(difference=weighted(theme), not_tested=_hindrance(theme) or WEIGHTED)
            return replace(theme, comparison=said), None
        comparison, test = _compared(theme, how, strata)
        return replace(theme, comparison=comparison), test

    themes = [compare(theme) for theme in figures.themes]
    families = [compare(family) for family in figures.families]
    parents = parents_among(figures.themes)
    leaves = [pair for pair in themes if pair[0].code not in parents]
    above = [*(pair for pair in themes if pair[0].code in parents), *families]
    tested = {**_adjusted(leaves, how), **_adjusted(above, how)}

    def finished(pairs: Sequence[tuple[Theme, TestResult | None]]) -> tuple[Theme, ...]:
        return tuple(
            replace(theme, comparison=replace(theme.comparison, test=tested.get(theme.code)))
            for theme, _ in pairs
        )

    return replace(figures, themes=finished(themes), families=finished(families))


def parents_among(themes: Sequence[Theme]) -> set[str]:
    """Paths of the codes with codes below them; none in a file of counts, whatever its themes are called."""
    return {theme.code.rpartition(".")[0] for theme in themes if theme.family}


def _hindrance(theme: Theme) -> str | None:
    """Why a theme cannot be tested, in words; None where it can."""
    cells = theme.cells
    if not theme.applies:
        return "it cannot be applied to any question in scope"
    if any(cell.suppressed for cell in cells):
        return "suppressed"
    missing = [cell.group for cell in cells if cell.n is None]
    if missing:
        return f"no figure for {', '.join(missing)}"
    filled = [cell for cell in cells if cell.base]
    if len(filled) < 2:
        return f"nobody is counted in {', '.join(cell.group for cell in cells if not cell.base)}"
    n = sum(cell.n or 0 for cell in filled)
    if n == 0:
        return "nobody mentioned it"
    return "everybody mentioned it" if n == sum(cell.base for cell in filled) else None


def _compared(
    theme: Theme, how: Comparing, strata: Callable[[Theme], Sequence[Stratum] | None] | None
) -> tuple[Comparison, TestResult | None]:
    hindrance = _hindrance(theme)
    counts = [(cell.n, cell.base) for cell in theme.cells if cell.n is not None and cell.base]
    if len(counts) < 2 or any(cell.n is None for cell in theme.cells):
        return Comparison(not_tested=hindrance), None
    ns, bases = [n for n, _ in counts], [base for _, base in counts]
    test = None if hindrance else _tested(tuple(ns), tuple(bases), how.seed)
    if test is None and hindrance is None:
        hindrance = "no test has an answer for it"
    is_pair = len(theme.cells) == 2
    return Comparison(
        difference=_difference(*theme.cells, how=how) if is_pair else None,
        difference_by_length=_by_length(theme, how, strata) if is_pair else None,
        odds_ratio=conditional_odds_ratio(ns[0], bases[0], ns[1], bases[1], level=how.level)
        if is_pair
        else None,
        not_tested=hindrance,
        cramers_v=cramers_v(ns, bases, level=how.level),
    ), test


@lru_cache(maxsize=4096)
def _tested(ns: tuple[int, ...], bases: tuple[int, ...], seed: int) -> TestResult | None:
    """A net of one code repeats counts, and a report tabulates again: exact tests take their time."""
    return group_test(ns, bases, seed=seed)


def _difference(first: ThemeCell, second: ThemeCell, *, how: Comparing) -> Difference | None:
    if first.n is None or second.n is None:
        return None
    return difference_of_shares(
        first.n, first.base, second.n, second.base, level=how.level, method=how.method
    )


def _by_length(
    theme: Theme, how: Comparing, strata: Callable[[Theme], Sequence[Stratum] | None] | None
) -> Difference | None:
    parts = strata(theme) if strata else None
    pooled = mantel_haenszel_difference(parts, level=how.level) if parts else None
    if pooled is None:
        return None
    value, low, high = pooled
    return Difference(value=value, low=low, high=high, method=MANTEL_HAENSZEL)


def _adjusted(pairs: Sequence[tuple[Theme, TestResult | None]], how: Comparing) -> dict[str, GroupTest]:
    """The tests of themes that are one family of hypotheses; those without a test leave the family."""
    tests = adjusted(
        [test for _, test in pairs], prespecified=[theme.code in how.prespecified for theme, _ in pairs]
    )
    return {theme.code: test for (theme, _), test in zip(pairs, tests, strict=True) if test is not None}
