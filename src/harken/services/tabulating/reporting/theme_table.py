"""The table of themes: of each group n, N, percentage and limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from harken.report import DASH, HIDDEN, Cell, Column, Table, percentage, text
from harken.services.shares.printing import in_percent, in_share
from harken.services.tabulating.reporting.cells import (
    empty_groups,
    group_name,
    label_of,
    people,
    share,
    shown_cells,
    shown_groups,
)
from harken.services.tabulating.reporting.wording import flow_line, named, why_provisional
from harken.services.tabulating.result import Theme, ThemeCell, ThemeFigures, ThemeTable

THEMES = "themes"
_FLOW_LINES = 6
"""Groups up to which each has its flow line below the table; the table of bases has them all."""


def theme_table(result: ThemeTable, scope: str, figures: ThemeFigures, *, is_full: bool = False) -> Table:
    """The themes of one scope below their families; `is_full` adds mentions and what silence could hide."""
    shown, empty = shown_groups(figures), empty_groups(figures)
    # Pages have no column of dashes, unless there would be no group's column at all.
    left_out = empty if len(empty) < len(figures.groups) else ()
    rows, heads = _rows(result, figures, is_full)
    has_codes = result.counts_file is None
    return Table(
        title=scope,
        kind=THEMES,
        columns=(
            Column(heading="Theme"),
            *([Column(heading="Code", is_detail=True, is_for_data=True)] if has_codes else []),
            *(
                replace(column, is_detail=True, is_for_data=True) if bases.name in left_out else column
                for bases in shown
                for column in _columns(result, figures, bases.name, is_full)
            ),
        ),
        rows=rows,
        notes=tuple(_notes(result, figures)),
        heads=heads,
    )


def _notes(result: ThemeTable, figures: ThemeFigures) -> Iterator[str]:
    if result.counts_file is None:
        shown = shown_groups(figures)
        lines = shown if len(shown) <= _FLOW_LINES else [figures.total]
        yield from (flow_line(result, bases) for bases in lines)
    empty = empty_groups(figures)
    if empty and len(figures.groups) > 1:
        alone = ", so that groups are not compared" if len(figures.groups) - len(empty) < 2 else ""
        yield f"Nobody is counted in {named(empty)}{alone}."
    if figures.caveats.is_provisional and figures is not result.united:
        yield f"Provisional: {why_provisional(figures.caveats)}."
    if not result.united.themes:
        yield (
            "The codebook is empty, so there is nothing to count yet."
            if result.counts_file is None
            else "The file has no row, so there is nothing to compare."
        )


def has_range(result: ThemeTable, figures: ThemeFigures) -> bool:
    """Whether the range from what all coders said to what any did stands beside each percentage.

    Not beside a weighted one, which the range of people need not hold; and not where the base is people with
    any code, who are others if all coders have to say so.
    """
    is_of_these_people = result.weights is None and result.base != "substantive"
    return is_of_these_people and figures.caveats.n_several_coders > 0


def has_mentions(result: ThemeTable, *, is_full: bool) -> bool:
    """Whether mentions stand beside each percentage."""
    return is_full and result.counts_file is None


def has_bounds(result: ThemeTable, *, is_full: bool) -> bool:
    """Whether what missing answers could hide does, which is told of people and not of weights."""
    return has_mentions(result, is_full=is_full) and result.weights is None


def _columns(result: ThemeTable, figures: ThemeFigures, name: str, is_full: bool) -> Iterator[Column]:
    group = group_name(result, name)
    yield Column(heading="n", group=group, align="right")
    yield Column(heading="N", group=group, align="right", glue="/")
    yield Column(heading="%", group=group, align="right")
    yield Column(heading="low", group=group, align="right")
    yield Column(heading="high", group=group, align="right", glue="–")
    if has_range(result, figures):
        yield Column(heading="all", group=group, align="right", is_detail=True)
        yield Column(heading="any", group=group, align="right", glue="–", is_detail=True)
    if has_mentions(result, is_full=is_full):
        yield Column(heading="mentions", group=group, align="right", is_detail=True)
    if has_bounds(result, is_full=is_full):
        yield Column(heading="least", group=group, align="right", is_detail=True)
        yield Column(heading="most", group=group, align="right", glue="–", is_detail=True)


def _rows(
    result: ThemeTable, figures: ThemeFigures, is_full: bool
) -> tuple[tuple[tuple[Cell, ...], ...], tuple[int, ...]]:
    rows: list[tuple[Cell, ...]] = []
    heads: list[int] = []
    has_codes = result.counts_file is None

    def add(theme: Theme, label: str) -> None:
        printed = (
            printed_cell
            for cell in shown_cells(figures, theme)
            for printed_cell in _cells(result, figures, cell, is_full)
        )
        rows.append((text(label), *([text(theme.code)] if has_codes else []), *printed))

    for family in figures.families:
        if not family.applies:
            continue
        heads.append(len(rows))
        add(family, f"{family.label}: any")
        if family.without_none_stated:
            add(family.without_none_stated, "  any but none stated")
        for theme in figures.themes:
            if theme.family == family.code and theme.applies:
                add(theme, label_of(theme))
    for theme in figures.themes:
        if not theme.family:
            add(theme, label_of(theme))
    return tuple(rows), tuple(heads)


def _cells(result: ThemeTable, figures: ThemeFigures, cell: ThemeCell, is_full: bool) -> Iterator[Cell]:
    if cell.suppressed:
        n_others = 3 + 2 * has_range(result, figures)
        n_others += has_mentions(result, is_full=is_full) + 2 * has_bounds(result, is_full=is_full)
        yield from (HIDDEN, people(result, cell.base), *[HIDDEN] * n_others)
        return
    n, base, places = cell.n, cell.base, result.decimals
    is_printed = cell.percent is not None and n is not None
    yield people(result, n)
    yield people(result, base)
    yield share(result, cell)
    yield from (in_percent(limit, places) if is_printed else DASH for limit in (cell.low, cell.high))
    if has_range(result, figures):
        unknown = HIDDEN if result.suppress else DASH
        yield from (
            DASH
            if not is_printed
            else unknown
            if part is None
            else Cell(percentage(part, base, places), 100 * part / base)
            for part in (cell.n_all, cell.n_any)
        )
    if has_mentions(result, is_full=is_full):
        yield people(result, cell.mentions)
    if has_bounds(result, is_full=is_full):
        bounds = (cell.low_if_missing, cell.high_if_missing)
        yield from (in_share(bound, places) if is_printed else DASH for bound in bounds)
