"""The chapter of theme tables: a part for each question, its counts leading to the answers behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from harken.model import EVERYONE
from harken.report import Cell, Section, Table
from harken.services.reporting.behind import Anchors
from harken.services.tabulating import ThemeTable, theme_report

BASES = ": bases"
"""What tells the table of bases from its neighbours."""


def theme_sections(result: ThemeTable, *, anchors: Anchors, is_united: bool) -> Iterator[Section]:
    """What holds for all tables, then each question's, then all questions taken together if asked."""
    whole = theme_report(result)
    yield Section(title=_title(result), anchor="themes", report=replace(whole, tables=(), figures=()))
    scopes = [(part.question, part.occasion, part.figures) for part in result.slices]
    for at, (question, occasion, figures) in enumerate(scopes or [("", "", result.united)]):
        alone = replace(
            result,
            slices=(),
            united=figures,
            questions=(question,) if question else result.questions,
            ties=tuple(
                tie
                for tie in result.ties
                if not scopes or (tie.question, tie.occasion) == (question, occasion)
            ),
        )
        report = theme_report(alone, united=True)
        # Who is counted comes first: upright like the figures, it needs no page of its own.
        ordered = sorted(report.tables, key=lambda table: BASES not in table.title)
        tables = tuple(_linked(_captioned(table, alone, occasion), anchors, at) for table in ordered)
        yield Section(
            title=" · ".join(filter(None, (*alone.questions, occasion))) or "No question",
            level=2,
            anchor=f"themes-{at}",
            report=replace(report, notes=(), tables=tables),
        )
    if is_united and scopes:
        report = theme_report(replace(result, ties=()), united=True)
        yield Section(
            title="All questions together",
            level=2,
            anchor="themes-united",
            paragraphs=("Each person counts once, whichever question they mentioned a theme in.",),
            report=replace(report, notes=()),
        )


def _title(result: ThemeTable) -> str:
    by = f" by {result.by}" if result.by else ""
    return f"Themes{by}{' (PROVISIONAL)' if result.is_provisional else ''}"


def _captioned(table: Table, result: ThemeTable, occasion: str) -> Table:
    """The table of themes says what it is of; its neighbours do so already."""
    scope = " · ".join(filter(None, (", ".join(result.questions), occasion)))
    if table.title not in (scope, ", ".join(result.questions)):
        return table
    by = f" by {result.by}" if result.by else ""
    return replace(
        table, title=f"{scope}: people who mentioned each theme{by}", short_title=table.short_title or scope
    )


def _linked(table: Table, anchors: Anchors, unit: int) -> Table:
    """The table with each n that has answers behind it leading there."""
    headings = [column.heading for column in table.columns]
    if "Code" not in headings or "n" not in headings:
        return table
    code = headings.index("Code")
    places = [
        (at, column.group or EVERYONE) for at, column in enumerate(table.columns) if column.heading == "n"
    ]
    rows = []
    for row in table.rows:
        cells = list(row)
        for at, group in places:
            cells[at] = _leading(cells[at], anchors.of(unit, str(row[code].value), group))
        rows.append(tuple(cells))
    return replace(table, rows=tuple(rows))


def _leading(cell: Cell, anchor: str) -> Cell:
    return replace(cell, leads_to=anchor) if anchor and cell.value else cell
