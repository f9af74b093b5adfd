"""The chapter of theme tables: a part for each question, its counts leading to the answers behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from harken.model import EVERYONE
from harken.report import Cell, Report, Section, Table
from harken.services.reporting.behind import Anchors
from harken.services.reporting.printing import notes_of_all, printed, without_notes
from harken.services.tabulating import ThemeTable, theme_report
from harken.services.tabulating.reporting import BASES, THEMES, claim_note, flow_line


def theme_sections(result: ThemeTable, *, anchors: Anchors, is_united: bool) -> Iterator[Section]:
    """What holds for all tables, then each question's, then all questions taken together if asked."""
    scopes = _scopes(result)
    parts = [_report(one, occasion, anchors, at) for at, (one, occasion) in enumerate(scopes)]
    # What intervals suppose stands among the notes on the whole.
    said = (claim_note(result),)
    parts = [without_notes(report, said) for report in parts]
    together = notes_of_all(parts) if len(parts) > 1 else ()
    yield Section(
        title=_title(result),
        anchor="themes",
        report=printed(Report(title="", notes=(*theme_report(result).notes, *together))),
    )
    for at, ((one, occasion), report) in enumerate(zip(scopes, parts, strict=True)):
        yield Section(
            title=" · ".join(filter(None, (*one.questions, occasion))) or "No question",
            level=2,
            anchor=f"themes-{at}",
            report=printed(without_notes(report, together)),
        )
    if is_united and result.slices:
        report = theme_report(replace(result, ties=()), united=True)
        yield Section(
            title="All questions together",
            level=2,
            anchor="themes-united",
            paragraphs=("Each person counts once, whichever question they mentioned a theme in.",),
            report=printed(without_notes(replace(report, notes=()), (*said, *together))),
        )


def as_shown(result: ThemeTable, *, is_united: bool) -> ThemeTable:
    """The table without the themes of all questions together, where the report shows each question alone."""
    if is_united or not result.slices:
        return result
    return replace(result, united=replace(result.united, themes=(), families=()))


def _scopes(result: ThemeTable) -> list[tuple[ThemeTable, str]]:
    """Each question and occasion as a table of its own, and the occasion's name."""
    if not result.slices:
        return [(result, "")]
    return [
        (
            replace(
                result,
                slices=(),
                united=part.figures,
                questions=(part.question,),
                ties=tuple(
                    tie
                    for tie in result.ties
                    if (tie.question, tie.occasion) == (part.question, part.occasion)
                ),
            ),
            part.occasion,
        )
        for part in result.slices
    ]


def _report(result: ThemeTable, occasion: str, anchors: Anchors, unit: int) -> Report:
    report = theme_report(result, united=True)
    # Who is counted comes first: upright like the figures, it needs no page of its own.
    ordered = sorted(report.tables, key=lambda table: table.kind != BASES)
    tables = tuple(_linked(_captioned(table, result, occasion), anchors, unit) for table in ordered)
    return replace(report, notes=(), tables=tables)


def _title(result: ThemeTable) -> str:
    by = f" by {result.by}" if result.by else ""
    return f"Themes{by}{' (PROVISIONAL)' if result.is_provisional else ''}"


def _captioned(table: Table, result: ThemeTable, occasion: str) -> Table:
    """The table of themes says what it is of; the table of bases beside it has the flow of each group."""
    if table.kind != THEMES:
        return table
    scope = " · ".join(filter(None, (", ".join(result.questions), occasion)))
    by = f" by {result.by}" if result.by else ""
    flows = {flow_line(result, bases) for bases in (*result.united.groups, result.united.total)}
    return replace(
        table,
        title=f"{scope}: people who mentioned each theme{by}",
        short_title=table.short_title or scope,
        notes=tuple(note for note in table.notes if note not in flows),
    )


def _linked(table: Table, anchors: Anchors, unit: int) -> Table:
    """The table of themes with each n that has answers behind it leading there."""
    addresses = [at for at, column in enumerate(table.columns) if column.is_for_data]
    if table.kind != THEMES or not addresses:
        return table
    places = [
        (at, column.group or EVERYONE) for at, column in enumerate(table.columns) if column.heading == "n"
    ]
    return replace(
        table, rows=tuple(_with_links(row, places, anchors, unit, row[addresses[0]]) for row in table.rows)
    )


def _with_links(
    row: Sequence[Cell], places: Sequence[tuple[int, str]], anchors: Anchors, unit: int, code: Cell
) -> tuple[Cell, ...]:
    cells = list(row)
    for at, group in places:
        anchor = anchors.of(unit, str(code.value), group)
        if anchor and cells[at].value:
            cells[at] = replace(cells[at], leads_to=anchor)
    return tuple(cells)
