"""A report as one HTML page that needs nothing else: read on any screen, aloud, and on paper."""

from __future__ import annotations

from harken.exporters.html_parts import html_figures, html_tables, page_template
from harken.exporters.office_text import office_text
from harken.report import Report


def html_text(report: Report) -> str:
    """The report as a page: title, notes, figures, then each table below its caption and above its notes."""
    tables = html_tables(report.tables)
    return page_template("report.html.j2").render(
        is_wide=bool(tables) and tables[0].is_wide and not report.figures,
        title=office_text(report.title),
        notes=[office_text(note) for note in report.notes],
        figures=html_figures(report.figures),
        tables=tables,
    )
