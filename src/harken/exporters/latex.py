"""A report as a LaTeX fragment: tables with the rules of booktabs, for any document to take in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from harken.exporters.latex_tables import LatexTable
from harken.exporters.latex_text import FALLBACK, has_fallback, latex_comment, latex_text_of
from harken.report import Report, Table, typeset

_NOT_IN_LABEL = re.compile(r"[^a-z0-9]+")
_LONGEST_LABEL = 40


def latex_text(report: Report) -> str:
    """Notes, then each table below its caption and above its notes; the title stands in a comment.

    Every text is escaped. Figures are left out: a comment names them and the way to write them.
    """
    tables = [LatexTable.of(typeset(table)) for table in report.tables]
    body = list(_body(report, tables))
    lines = list(_head(report, tables))
    if has_fallback("\n".join(body)):
        lines += FALLBACK
    return "\n".join([*lines, "", *body]).rstrip("\n") + "\n"


def _head(report: Report, tables: list[LatexTable]) -> Iterator[str]:
    yield f"% {latex_comment(report.title)}"
    packages = ["booktabs", "array"]
    if any(table.is_long for table in tables):
        packages.append("longtable")
    if any(table.is_turned for table in tables):
        packages.append("pdflscape")
    yield f"% Needs in the preamble: \\usepackage[T1]{{fontenc}} \\usepackage{{{','.join(packages)}}}"
    if tables:
        yield "% Wide tables are fitted to A4 paper with \\usepackage[margin=25mm]{geometry}."
    for figure in report.figures:
        yield (
            f"% The figure {latex_comment(figure.title)!r} is a file of its own: write it with --output "
            "FILE.png, then \\includegraphics{FILE}."
        )


def _body(report: Report, tables: list[LatexTable]) -> Iterator[str]:
    for note in report.notes:
        yield from (latex_text_of(note), "")
    labelled = zip(tables, _labels(report.tables), strict=True)
    for is_turned, neighbours in groupby(labelled, key=lambda one: one[0].is_turned):
        # What is too wide for an upright page is turned together: each turn begins a page.
        if is_turned:
            yield r"\begin{landscape}"
        for table, label in neighbours:
            yield from (*table.lines(label), "")
        if is_turned:
            yield from (r"\end{landscape}", "")


def _labels(tables: tuple[Table, ...]) -> list[str]:
    """A label for each table by its title, no two alike."""
    labels: list[str] = []
    for table in tables:
        words = _NOT_IN_LABEL.sub("-", (table.short_title or table.title).lower())
        label = first = f"tab:{words.strip('-')[:_LONGEST_LABEL].strip('-') or 'table'}"
        number = 1
        while label in labels:
            number += 1
            label = f"{first}-{number}"
        labels.append(label)
    return labels
