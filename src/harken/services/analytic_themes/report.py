"""Analytic themes as a report: a table each, to be read as a page."""

from __future__ import annotations

from collections.abc import Iterator

from harken.report import Cell, Column, Report, Table, count, text
from harken.services.analytic_themes.counting import DEFAULT_BASIS
from harken.services.analytic_themes.result import AnalyticTheme, ThemeList
from harken.services.memos import dated, label_of, minute

_COLUMNS = (Column(heading="part"), Column(heading="text"), Column(heading="source"))


def themes_report(result: ThemeList) -> Report:
    """For each theme its central idea, codes, people, quotes and memos."""
    return Report(
        title=f"{result.title}: analytic themes",
        notes=_notes(result),
        tables=tuple(
            Table(title=theme.name, columns=_COLUMNS, rows=tuple(_rows(result, theme)))
            for theme in result.themes
        ),
    )


def themes_table(result: ThemeList) -> Report:
    """The same as one table, a column more for the theme: for other programs."""
    rows = tuple((text(theme.name), *row) for theme in result.themes for row in _rows(result, theme))
    table = Table(title="", columns=(Column(heading="theme"), *_COLUMNS), rows=rows)
    return Report(title=f"{result.title}: analytic themes", notes=_notes(result), tables=(table,))


def _notes(result: ThemeList) -> tuple[str, ...]:
    if not result.themes:
        return ("There are no analytic themes yet. `harken analytic-themes write NAME` makes one.",)
    notes = []
    if result.n_coded_people is not None:
        whose = "" if result.basis == DEFAULT_BASIS else f" (basis {result.basis})"
        notes.append(
            f"People: with any of the theme’s codes or of those below them, of {result.n_coded_people} "
            f"who have a code at all{whose}."
        )
    if result.is_blind:
        notes.append(
            "What others quoted, or noted on people and answers, is not shown: "
            "you have a blind round to finish."
        )
    return tuple(notes)


def _rows(result: ThemeList, theme: AnalyticTheme) -> Iterator[tuple[Cell, ...]]:
    by = "" if theme.changed_by == theme.author else f" by {theme.changed_by}"
    signed = f"{theme.author}, {minute(theme.written_at)}"
    if theme.changed_at != theme.written_at:
        signed += f", theme changed {minute(theme.changed_at)}{by}"
    yield text("central idea"), text(theme.idea), text(signed)
    for path in theme.codes:
        yield text("code"), text(result.labels[path]), text(path)
    if theme.n_people is not None:
        yield text("people"), _of(theme.n_people, result.n_coded_people), text("")
    for shown in theme.quotes:
        key = shown.quote.key
        where = " · ".join(word for word in (key.participant, key.question, key.occasion) if word)
        yield text("quote"), text(f"“{shown.text}”"), text(where)
    for memo in theme.memos:
        yield text("memo"), text(memo.body), text(f"{memo.author}, {label_of(memo.subject)}, {dated(memo)}")


def _of(n: int, base: int | None) -> Cell:
    return count(n) if base is None else Cell(f"{n} of {base}", n)
