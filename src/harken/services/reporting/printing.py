"""Reports as a book has them: shared notes stand once, none tells what to type, figures fit their pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from harken.report import Dot, DotPlot, Figure, Report

_HINT = re.compile(r" \([^()]*(?<![\w-])--[a-z][^()]*\)")
"""What a reader of the screen could do next, in brackets; or the option that somebody chose."""
_MOST_ROWS = 64
"""Rows of a dot plot that can be read on one page."""

Notes = tuple[str, ...]


def notes_of_all(parts: Sequence[Report]) -> Notes:
    """Notes on figures and tables that every part has, in their order."""
    first, *others = [dict.fromkeys(_below(part)) for part in parts]
    return tuple(note for note in first if all(note in other for other in others))


def without_notes(report: Report, notes: Notes) -> Report:
    """The report whose figures and tables leave out notes that stand elsewhere."""
    return _each(report, lambda own: tuple(note for note in own if note not in notes))


def printed(report: Report) -> Report:
    """The report without what is for the person at the terminal; tall plots go on in a further figure."""

    def kept(notes: Notes) -> Notes:
        return tuple(_HINT.sub("", note) for note in notes)

    figures = tuple(part for figure in report.figures for part in _in_pages(figure))
    return _each(replace(report, notes=kept(report.notes), figures=figures), kept)


def _in_pages(figure: Figure) -> Iterator[Figure]:
    if not isinstance(figure.plot, DotPlot) or len(figure.plot.rows) <= _MOST_ROWS:
        yield figure
        return
    parts = list(_parts(figure.plot.rows))
    for number, rows in enumerate(parts, start=1):
        which = f" ({number} of {len(parts)})"
        yield replace(
            figure,
            title=figure.title + which,
            alt=figure.alt if number == 1 else f"{figure.title}, continued.",
            plot=replace(figure.plot, rows=rows),
            notes=figure.notes if number == len(parts) else (),
        )


def _parts(rows: Sequence[Dot]) -> Iterator[tuple[Dot, ...]]:
    """About equally many rows each; rows without a label belong to the one above."""
    n_parts = -(-len(rows) // _MOST_ROWS)
    first = 0
    for part in range(1, n_parts):
        end = first + -(-(len(rows) - first) // (n_parts - part + 1))
        while end < len(rows) and not rows[end].label:
            end += 1
        yield tuple(rows[first:end])
        first = end
    yield tuple(rows[first:])


def _below(report: Report) -> Notes:
    of_figures = (note for figure in report.figures for note in figure.notes)
    return (*of_figures, *(note for table in report.tables for note in table.notes))


def _each(report: Report, change: Callable[[Notes], Notes]) -> Report:
    return replace(
        report,
        figures=tuple(replace(figure, notes=change(figure.notes)) for figure in report.figures),
        tables=tuple(replace(table, notes=change(table.notes)) for table in report.tables),
    )
