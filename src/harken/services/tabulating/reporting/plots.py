"""Themes and differences as pictures."""

from __future__ import annotations

from collections.abc import Iterator

from harken.errors import many
from harken.report import Dot, DotPlot, Figure, Mark, ReferenceLine, decimal
from harken.services.tabulating.reporting.cells import group_name
from harken.services.tabulating.reporting.wording import claim, named
from harken.services.tabulating.result import Theme, ThemeFigures, ThemeTable
from harken.stats.proportions import SMALLEST_BASE

_MARKS: tuple[Mark, ...] = ("full", "empty", "half", "cross")
_MOST_GROUPS = len(_MARKS)


def theme_plots(result: ThemeTable, scope: str, figures: ThemeFigures) -> Iterator[Figure]:
    """The shares of each theme by group, where the groups are few enough to be told apart."""
    themes = [theme for theme in figures.themes if theme.applies and theme.total.n != 0]
    drawn = [theme for theme in themes if any(_is_drawn(theme, at) for at in range(len(theme.cells)))]
    if not drawn or len(figures.groups) > _MOST_GROUPS:
        return
    is_one = len(figures.groups) == 1
    families = {family.code: family.label for family in figures.families}
    level = f"{100 * result.level:.6g}"
    yield Figure(
        title=f"{scope}: who mentioned what" if scope else "Who mentioned what",
        alt=_shares_in_words(drawn, result, figures),
        plot=DotPlot(
            rows=tuple(
                _share(theme, at, label=theme.label if is_one else cell.group, mark=_MARKS[at], group=group)
                for theme in drawn
                for group in [families.get(theme.family, "") if is_one else theme.label]
                for at, cell in enumerate(theme.cells)
            ),
            axis=f"% of people who mentioned the theme, {level} % interval",
            low=0,
            high=100,
            marks=()
            if is_one
            else tuple((_MARKS[at], group.name) for at, group in enumerate(figures.groups)),
        ),
        notes=tuple(_notes(result, figures)),
    )


def difference_plots(result: ThemeTable, scope: str, figures: ThemeFigures) -> Iterator[Figure]:
    """The differences of two groups with their limits."""
    if len(figures.groups) != 2:
        return
    drawn = [theme for theme in figures.themes if theme.total.n != 0 and _has_difference(theme)]
    if not drawn:
        return
    first, second = (group.name for group in figures.groups)
    families = {family.code: family.label for family in figures.families}
    level = f"{100 * result.level:.6g}"
    yield Figure(
        title=f"{scope}: {first} minus {second}" if scope else f"{first} minus {second}",
        alt=_differences_in_words(drawn, first, second),
        plot=DotPlot(
            rows=tuple(
                Dot(
                    label=theme.label,
                    value=100 * (found.value or 0.0),
                    low=_percent(found.low),
                    high=_percent(found.high),
                    group=families.get(theme.family, ""),
                )
                for theme in drawn
                for found in [theme.comparison.difference]
                if found is not None
            ),
            axis=f"Difference in percentage points, {level} % interval",
            low=-10,
            high=10,
            references=(ReferenceLine(value=0, label="no difference"),),
        ),
        notes=tuple(_notes(result, figures)),
    )


def _notes(result: ThemeTable, figures: ThemeFigures) -> Iterator[str]:
    yield f"Intervals {claim(result)}."
    silent = [theme.label for theme in figures.themes if theme.applies and theme.total.n == 0]
    if silent:
        yield f"Not drawn, as nobody mentioned them: {named(silent)}."


def _percent(value: float | None) -> float | None:
    return None if value is None else 100 * value


def _is_drawn(theme: Theme, at: int) -> bool:
    cell = theme.cells[at]
    return cell.proportion is not None and cell.base >= SMALLEST_BASE


def _share(theme: Theme, at: int, *, label: str, mark: Mark, group: str) -> Dot:
    cell = theme.cells[at]
    if not _is_drawn(theme, at):
        why = "confidential" if cell.suppressed else "nobody" if not cell.base else f"{cell.n} of {cell.base}"
        return Dot(label=label, note=why, group=group, mark=mark)
    return Dot(
        label=label,
        value=_percent(cell.proportion),
        low=_percent(cell.low),
        high=_percent(cell.high),
        group=group,
        mark=mark,
    )


def _has_difference(theme: Theme) -> bool:
    found = theme.comparison.difference
    is_large = all(cell.base >= SMALLEST_BASE for cell in theme.cells)
    return found is not None and found.value is not None and is_large


def _shares_in_words(themes: list[Theme], result: ThemeTable, figures: ThemeFigures) -> str:
    said = []
    for at, group in enumerate(figures.groups):
        known = [theme for theme in themes if _is_drawn(theme, at)]
        if not known:
            continue
        top = max(known, key=lambda theme: theme.cells[at].proportion or 0.0)
        share = decimal(100 * (top.cells[at].proportion or 0.0), result.decimals).text
        name = group_name(result, group.name)
        said.append(f"{f'{name}: m' if name else 'M'}ost often mentioned is {top.label} ({share} %)")
    return f"{many(len(themes), 'theme')}. {'; '.join(said)}."


def _differences_in_words(themes: list[Theme], first: str, second: str) -> str:
    def value(theme: Theme) -> float:
        found = theme.comparison.difference
        return (found.value if found else None) or 0.0

    clear = [
        theme
        for theme in themes
        for found in [theme.comparison.difference]
        if found and found.low is not None and found.high is not None and not found.low <= 0 <= found.high
    ]
    largest = max(themes, key=lambda theme: abs(value(theme)))
    more = first if value(largest) > 0 else second
    points = decimal(abs(100 * value(largest)), 1).text
    return (
        f"{many(len(themes), 'theme')}; for {len(clear)} the interval leaves out zero. The largest "
        f"difference is in {largest.label}: {points} percentage points more of {more}."
    )
