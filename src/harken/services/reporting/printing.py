"""Notes as a book has them: what holds for several parts stands once, and no note tells what to type."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from harken.report import Report

_HINT = re.compile(r" \([^()]*(?<![\w-])--[a-z][^()]*\)")
"""What a reader of the screen could do next, in brackets; or the option that somebody chose."""

Notes = tuple[str, ...]


def notes_of_all(parts: Sequence[Report]) -> Notes:
    """Notes on figures and tables that every part has, in their order."""
    first, *others = [dict.fromkeys(_below(part)) for part in parts]
    return tuple(note for note in first if all(note in other for other in others))


def without_notes(report: Report, notes: Notes) -> Report:
    """The report whose figures and tables leave out notes that stand elsewhere."""
    return _each(report, lambda own: tuple(note for note in own if note not in notes))


def printed(report: Report) -> Report:
    """The report without what is for the person at the terminal."""

    def kept(notes: Notes) -> Notes:
        return tuple(_HINT.sub("", note) for note in notes)

    return _each(replace(report, notes=kept(report.notes)), kept)


def _below(report: Report) -> Notes:
    of_figures = (note for figure in report.figures for note in figure.notes)
    return (*of_figures, *(note for table in report.tables for note in table.notes))


def _each(report: Report, change: Callable[[Notes], Notes]) -> Report:
    return replace(
        report,
        figures=tuple(replace(figure, notes=change(figure.notes)) for figure in report.figures),
        tables=tuple(replace(table, notes=change(table.notes)) for table in report.tables),
    )
