"""The groups held against each other, theme by theme: differences with their limits come first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harken.errors import many
from harken.report import DASH, HIDDEN, Cell, Column, Table, decimal, text
from harken.services.shares.comparing import Difference, GroupTest
from harken.services.shares.printing import in_percent, p_value
from harken.services.shares.wording import DIFFERENCES, level_in_percent
from harken.services.tabulating.comparing import parents_among
from harken.services.tabulating.reporting.cells import empty_groups, is_hidden, label_of
from harken.services.tabulating.reporting.wording import claim, named, words_line
from harken.services.tabulating.result import Theme, ThemeFigures, ThemeTable
from harken.stats.estimate import Estimate, Undefined

_TO = " to "
_APPROXIMATE = "mid-p"
_LARGE = 100
"""From here on decimals of a ratio say nothing."""


def difference_table(
    result: ThemeTable, scope: str, figures: ThemeFigures, *, with_p: bool = False, is_full: bool = False
) -> Table | None:
    """The comparisons of one scope; None where fewer than two groups have anybody who is counted.

    The p-values of themes that nobody declared beforehand are printed `with_p` alone.
    """
    if len(figures.groups) - len(empty_groups(figures)) < 2:
        return None
    rows = list(_themes(figures))
    shows_p = any(_shows_p(theme, with_p) for _, theme, _ in rows)
    has_declared = any(theme.comparison.test and theme.comparison.test.prespecified for _, theme, _ in rows)
    is_pair = len(figures.groups) == 2
    columns = tuple(_columns(result, is_pair, shows_p=shows_p, has_declared=has_declared, is_full=is_full))
    return Table(
        title=_title(scope, figures),
        short_title=f"{scope}: differences",
        columns=columns,
        rows=tuple(
            (
                text(label),
                *([text(theme.code)] if result.counts_file is None else []),
                *_cells(
                    result,
                    theme,
                    is_pair,
                    shows_p=shows_p,
                    has_declared=has_declared,
                    is_full=is_full,
                    with_p=with_p,
                ),
            )
            for label, theme, _ in rows
        ),
        notes=tuple(_notes(result, figures, [theme for _, theme, _ in rows], shows_p=shows_p, with_p=with_p)),
        heads=tuple(at for at, (_, _, is_head) in enumerate(rows) if is_head),
    )


def _title(scope: str, figures: ThemeFigures) -> str:
    if len(figures.groups) == 2:
        first, second = (group.name for group in figures.groups)
        return f"{scope}: {first} minus {second}, in percentage points"
    n_counted = len(figures.groups) - len(empty_groups(figures))
    return f"{scope}: differences between {n_counted} groups"


def _themes(figures: ThemeFigures) -> Iterator[tuple[str, Theme, bool]]:
    """Each row's label and theme, and whether it heads a family."""
    for family in figures.families:
        if family.applies:
            yield f"{family.label}: any", family, True
            yield from (
                (label_of(theme), theme, False)
                for theme in figures.themes
                if theme.family == family.code and theme.applies
            )
    yield from ((label_of(theme), theme, False) for theme in figures.themes if not theme.family)


def _shows_p(theme: Theme, with_p: bool) -> bool:
    test = theme.comparison.test
    return test is not None and (with_p or test.prespecified)


# -- columns -----------------------------------------------------------------------------------------


def _columns(
    result: ThemeTable, is_pair: bool, *, shows_p: bool, has_declared: bool, is_full: bool
) -> Iterator[Column]:
    yield Column(heading="Theme")
    if result.counts_file is None:
        yield Column(heading="Code", is_detail=True, is_for_data=True)
    if is_pair:
        yield from _limited("points", "Difference")
        if _has_lengths(result):
            yield from _limited("points", "Length-stratified")
        if is_full:
            yield from _limited("ratio", "Odds ratio")
    if not is_pair or is_full:
        yield from _limited("V", "Cramér's V")
    if shows_p:
        yield Column(heading="p", group="Test", align="right")
        yield Column(heading="Holm", group="Test", align="right", is_detail=not is_full)
        yield Column(heading="BH", group="Test", align="right", is_detail=not is_full)
        yield Column(heading="by", group="Test", is_detail=True)
    if has_declared:
        yield Column(heading="Status")


def _limited(heading: str, group: str) -> Iterator[Column]:
    yield Column(heading=heading, group=group, align="right")
    yield Column(heading="low", group=group, align="right")
    yield Column(heading="high", group=group, align="right", glue=_TO)


def _has_lengths(result: ThemeTable) -> bool:
    return result.counts_file is None and result.weights is None and result.base != "eligible"


# -- cells -------------------------------------------------------------------------------------------


def _cells(
    result: ThemeTable,
    theme: Theme,
    is_pair: bool,
    *,
    shows_p: bool,
    has_declared: bool,
    is_full: bool,
    with_p: bool,
) -> Iterator[Cell]:
    found, nothing = theme.comparison, HIDDEN if is_hidden(theme) else DASH
    if is_pair:
        yield from _difference(found.difference, result.decimals, nothing)
        if _has_lengths(result):
            yield from _difference(found.difference_by_length, result.decimals, nothing)
        if is_full:
            yield from _estimate(found.odds_ratio, 2, nothing)
    if not is_pair or is_full:
        yield from _estimate(found.cramers_v, 2, nothing)
    if shows_p:
        yield from _test(found.test if _shows_p(theme, with_p) else None, nothing)
    if has_declared:
        yield text(_status(found.test))


def _status(test: GroupTest | None) -> str:
    if test is None:
        return "not tested"
    return "prespecified" if test.prespecified else "exploratory"


def _difference(found: Difference | None, places: int, nothing: Cell) -> Iterator[Cell]:
    if found is None or found.value is None:
        yield from (nothing,) * 3
        return
    yield from (in_percent(value, places) for value in (found.value, found.low, found.high))


def _estimate(found: Estimate | None, places: int, nothing: Cell) -> Iterator[Cell]:
    if found is None:
        yield from (nothing,) * 3
        return
    is_unbounded = found.undefined is Undefined.UNBOUNDED

    def cell(value: float | None, *, may_be_infinite: bool) -> Cell:
        if value is not None:
            return decimal(value, places if abs(value) < _LARGE else 0)
        return Cell("∞", None) if is_unbounded and may_be_infinite else DASH

    yield cell(found.value, may_be_infinite=True)
    yield cell(found.low, may_be_infinite=False)
    yield cell(found.high, may_be_infinite=True)


def _test(test: GroupTest | None, nothing: Cell) -> Iterator[Cell]:
    if test is None:
        yield from (nothing,) * 4
        return
    yield from (p_value(p) for p in (test.p, test.p_holm, test.p_bh))
    yield text(test.name)


# -- notes -------------------------------------------------------------------------------------------


def _notes(
    result: ThemeTable, figures: ThemeFigures, themes: Sequence[Theme], *, shows_p: bool, with_p: bool
) -> Iterator[str]:
    is_pair = len(figures.groups) == 2
    level = level_in_percent(result.level)
    if is_pair:
        method = "linearised, weighted" if result.weights is not None else DIFFERENCES[result.difference]
        yield f"low to high: {level} interval, {method}, {claim(result)}."
    else:
        yield (
            f"Cramér's V is 0 where all groups mention a theme equally often, 1 at most; {level} interval, "
            f"{claim(result)}."
        )
    words = words_line(figures.groups)
    if words:
        yield words
    if is_pair and _has_lengths(result):
        yield (
            "Length-stratified: the difference within fifths of how much people wrote, pooled (Mantel–"
            "Haenszel). Who writes more mentions more; this is a sensitivity analysis."
        )
        parted = [theme.label for theme in themes if parts_from_crude(theme)]
        if parted:
            yield (
                f"The crude and the length-stratified difference disagree for {named(parted)}: they lie on "
                "different sides of zero, or only one interval holds zero."
            )
    yield from _on_tests(result, themes, shows_p=shows_p, with_p=with_p)


def parts_from_crude(theme: Theme) -> bool:
    """Whether the difference at like length says something else: the sign, or whether zero is held."""
    crude, by_length = theme.comparison.difference, theme.comparison.difference_by_length
    if crude is None or by_length is None or crude.value is None or by_length.value is None:
        return False
    if crude.value * by_length.value < 0:
        return True
    known = [limit for limit in (crude.low, crude.high, by_length.low, by_length.high) if limit is not None]
    return len(known) == 4 and _holds_zero(crude) != _holds_zero(by_length)


def _holds_zero(found: Difference) -> bool:
    return found.low is not None and found.high is not None and found.low <= 0 <= found.high


def _on_tests(result: ThemeTable, themes: Sequence[Theme], *, shows_p: bool, with_p: bool) -> Iterator[str]:
    tests = [theme.comparison.test for theme in themes if theme.comparison.test]
    n_declared = sum(test.prespecified for test in tests)
    if result.counts_file is not None:
        if tests:
            yield (
                "What was declared before the figures were seen is not on record: every comparison counts as "
                f"exploratory{'' if with_p else ', so no p is printed (--p prints it)'}."
            )
    elif tests and not n_declared:
        yield (
            "Every comparison is exploratory: no theme tested here was declared before the first table by "
            "group"
            f"{'' if with_p else ', so no p is printed (--p prints it)'}."
        )
    elif tests and n_declared < len(tests):
        yield (
            "Exploratory: not declared before the first table by group"
            f"{'' if with_p else '; no p is printed (--p prints it)'}."
        )
    if shows_p:
        names = ", ".join(dict.fromkeys(test.name for test in tests))
        yield (
            f"p: {names}, two-sided. Holm and BH (Benjamini–Hochberg): adjusted over "
            f"{_adjusted_over(themes)}."
        )
        simulated = [test.se for test in tests if test.se is not None]
        if simulated:
            yield f"Monte Carlo p-values have a standard error of {max(simulated):.4f} at most."
    if len(themes) and any(theme.comparison.difference for theme in themes):
        rare = [
            theme.label
            for theme in themes
            if theme.comparison.test and theme.comparison.test.name == _APPROXIMATE
        ]
        if rare:
            yield f"Interval approximate, may differ from the test: {named(rare)}."
    yield from _untested(themes)


def _adjusted_over(themes: Sequence[Theme]) -> str:
    """The hypotheses of the table, in its two families."""
    parents = parents_among(themes)
    above = [theme.code == theme.family or theme.code in parents for theme in themes if theme.comparison.test]
    n_codes, n_nets = above.count(False), above.count(True)
    if not n_nets:
        return f"the {many(n_codes, 'theme')} tested in this table"
    nets = many(n_nets, "parent or family", "parents and families")
    if not n_codes:
        return f"the {nets} tested in this table"
    return f"the {many(n_codes, 'code')} tested in this table, and apart from these over the {nets}"


def _untested(themes: Sequence[Theme]) -> Iterator[str]:
    reasons: dict[str, list[str]] = {}
    for theme in themes:
        if theme.comparison.not_tested and not is_hidden(theme):
            reasons.setdefault(theme.comparison.not_tested, []).append(theme.label)
    if list(reasons) == ["weighted"]:
        yield "Not tested: figures are weighted."
    elif reasons:
        yield f"Not tested: {'; '.join(f'{named(labels)} ({reason})' for reason, labels in reasons.items())}."
