"""The page of a theme table: notes, then each scope's themes, differences and bases."""

from __future__ import annotations

from collections.abc import Iterator

from harken.report import Figure, Report, Table
from harken.services.tabulating.reporting.difference_table import difference_table
from harken.services.tabulating.reporting.further_tables import bases_table, check_table, tie_table
from harken.services.tabulating.reporting.notes import heading, notes
from harken.services.tabulating.reporting.plots import difference_plots, theme_plots
from harken.services.tabulating.reporting.theme_table import theme_table
from harken.services.tabulating.result import ThemeFigures, ThemeTable


def theme_report(
    result: ThemeTable, *, united: bool = False, with_p: bool = False, is_full: bool = False
) -> Report:
    """Tables for each question and occasion; `united` shows one of people over all of them.

    `with_p` prints the p-values of exploratory comparisons as well; `is_full` adds mentions, what silence
    could hide, odds ratios and Cramér's V.
    """
    scopes = list(_scopes(result, united=united))
    tables = [
        table
        for scope, figures in scopes
        for table in _tables(result, scope, figures, with_p=with_p, is_full=is_full)
    ]
    if result.counts_file is not None and result.counts_file.checks:
        tables.insert(0, check_table(result.counts_file.checks, has_groups=result.by is not None))
    if result.ties:
        tables.append(tie_table(result.ties))
    return Report(
        title=heading(result),
        notes=tuple(notes(result, is_full=is_full)),
        tables=tuple(tables),
        figures=tuple(_figures(result, scopes)),
    )


def _scopes(result: ThemeTable, *, united: bool) -> Iterator[tuple[str, ThemeFigures]]:
    if united or not result.slices:
        scope = ", ".join(result.questions) or "no question"
        if len(result.slices) > 1:
            scope = f"{scope}: each person once over {len(result.slices)} {_parts(result)}"
        yield ("Themes" if result.counts_file is not None else scope), result.united
        return
    for part in result.slices:
        yield part.question + (f" · {part.occasion}" if part.occasion else ""), part.figures


def _parts(result: ThemeTable) -> str:
    if len(result.questions) == 1:
        return "occasions"
    return "questions and occasions" if any(part.occasion for part in result.slices) else "questions"


def _tables(
    result: ThemeTable, scope: str, figures: ThemeFigures, *, with_p: bool, is_full: bool
) -> Iterator[Table]:
    yield theme_table(result, scope, figures, is_full=is_full)
    differences = difference_table(result, scope, figures, with_p=with_p, is_full=is_full)
    if differences is not None:
        yield differences
    if result.counts_file is None:
        yield bases_table(result, scope, figures)


def _figures(result: ThemeTable, scopes: list[tuple[str, ThemeFigures]]) -> Iterator[Figure]:
    """All shares first, then all differences: a picture file holds those of one kind."""
    for draw in (theme_plots, difference_plots):
        for scope, figures in scopes:
            yield from draw(result, scope, figures)
