"""Themes and differences as pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from harken.errors import many
from harken.report import Dot, DotPlot, Figure, Mark, ReferenceLine, decimal
from harken.services.shares.wording import level_in_percent
from harken.services.tabulating.reporting.cells import empty_groups, group_name, share
from harken.services.tabulating.reporting.wording import claim_note, named
from harken.services.tabulating.result import Theme, ThemeCell, ThemeFigures, ThemeTable
from harken.stats.proportions import SMALLEST_BASE

_MARKS: tuple[Mark, ...] = ("full", "empty", "half", "cross")
_MOST_GROUPS = len(_MARKS)


def theme_plots(result: ThemeTable, scope: str, figures: ThemeFigures) -> Iterator[Figure]:
    """The share of each theme, by group where these are few enough to be told apart; else how they spread."""
    themes = [theme for theme in figures.themes if theme.applies and theme.total.n != 0]
    groups = _drawn_groups(figures)
    is_spread = len(figures.groups) > _MOST_GROUPS
    drawn = [
        theme
        for theme in themes
        if any(
            _is_drawn(cell) for cell in ([theme.total] if is_spread else [theme.cells[at] for at in groups])
        )
    ]
    if not drawn:
        return
    families = {family.code: family.label for family in figures.families}
    level = level_in_percent(result.level)
    has_marks = 1 < len(figures.groups) <= _MOST_GROUPS
    notes = list(_notes(result, figures))
    if is_spread and len(groups) > 1:
        notes.append(
            f"Dot and interval: all people. Strokes: the shares of the {len(groups)} groups of "
            f"{result.by}, as far as they have {SMALLEST_BASE} people or more."
        )
    yield Figure(
        title=f"{scope}: who mentioned what" if scope else "Who mentioned what",
        alt=_shares_in_words(drawn, result, figures),
        plot=DotPlot(
            rows=tuple(
                dot
                for theme in drawn
                for group in [families.get(theme.family, "")]
                for dot in ([_spread(theme, group)] if is_spread else _shares(theme, group, groups))
            ),
            axis=f"% of people who mentioned the theme, {level} interval",
            low=0,
            high=100,
            marks=tuple((_MARKS[at], figures.groups[at].name) for at in groups) if has_marks else (),
        ),
        notes=tuple(notes),
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
    level = level_in_percent(result.level)
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
            axis=f"Difference in percentage points, {level} interval",
            low=-10,
            high=10,
            references=(ReferenceLine(value=0, label="no difference"),),
        ),
        notes=tuple(_notes(result, figures)),
    )


def _drawn_groups(figures: ThemeFigures) -> list[int]:
    """The places of the groups of whom anybody is counted; of all where nobody is."""
    empty = empty_groups(figures)
    every = range(len(figures.groups))
    return [at for at in every if figures.groups[at].name not in empty] or list(every)


def _notes(result: ThemeTable, figures: ThemeFigures) -> Iterator[str]:
    yield claim_note(result)
    empty = empty_groups(figures)
    if empty and len(figures.groups) > 1:
        yield f"Nobody is counted in {named(empty)}."
    silent = [theme.label for theme in figures.themes if theme.applies and theme.total.n == 0]
    if silent:
        yield f"Not drawn, as nobody mentioned them: {named(silent)}."


def _percent(value: float | None) -> float | None:
    return None if value is None else 100 * value


def _is_drawn(cell: ThemeCell) -> bool:
    return cell.proportion is not None and cell.base >= SMALLEST_BASE


def _shares(theme: Theme, family: str, groups: Sequence[int]) -> Iterator[Dot]:
    """A row for each of these groups; the first one has the label for all of them."""
    for at in groups:
        cell = theme.cells[at]
        label = theme.label if at == groups[0] else ""
        of = cell.group if len(groups) > 1 else ""
        yield _share(cell, label=label, mark=_MARKS[at], family=family, of=of)


def _spread(theme: Theme, family: str) -> Dot:
    """All people, with a stroke for the share of each group that is large enough."""
    others = tuple(100 * (cell.proportion or 0.0) for cell in theme.cells if _is_drawn(cell))
    return replace(_share(theme.total, label=theme.label, mark="full", family=family), others=others)


def _share(cell: ThemeCell, *, label: str, mark: Mark, family: str, of: str = "") -> Dot:
    if not _is_drawn(cell):
        why = "confidential" if cell.suppressed else "nobody" if not cell.base else f"{cell.n} of {cell.base}"
        return Dot(label=label, note=f"{of}: {why}" if of else why, group=family, mark=mark)
    return Dot(
        label=label,
        value=_percent(cell.proportion),
        low=_percent(cell.low),
        high=_percent(cell.high),
        group=family,
        mark=mark,
    )


def _has_difference(theme: Theme) -> bool:
    found = theme.comparison.difference
    is_large = all(cell.base >= SMALLEST_BASE for cell in theme.cells)
    return found is not None and found.value is not None and is_large


def _shares_in_words(themes: list[Theme], result: ThemeTable, figures: ThemeFigures) -> str:
    is_spread = len(figures.groups) > _MOST_GROUPS
    parts = (
        [("", [theme.total for theme in themes])]
        if is_spread
        else [
            (group_name(result, group.name), [theme.cells[at] for theme in themes])
            for at, group in enumerate(figures.groups)
        ]
    )
    said = []
    for name, cells in parts:
        known = [(theme, cell) for theme, cell in zip(themes, cells, strict=True) if _is_drawn(cell)]
        if not known:
            continue
        top, cell = max(known, key=lambda one: one[1].proportion or 0.0)
        printed = share(result, cell).text
        said.append(f"{f'{name}: m' if name else 'M'}ost often mentioned is {top.label} ({printed} %)")
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
