"""A report as one HTML page that needs nothing else: read on any screen, aloud, and on paper."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from harken.exporters.document_widths import fit_page
from harken.exporters.html_tables import HtmlTable, html_table
from harken.exporters.office_text import office_text
from harken.report import Figure, Report, glued

_TEMPLATE = "templates/report.html.j2"
_MM = 72 / 25.4
_ROOM = {False: 180 * _MM, True: 267 * _MM}
"""Points between the margins of a printed page, upright and (True) landscape; see @page in the template."""


def html_text(report: Report) -> str:
    """The report as a page: title, notes, figures, then each table below its caption and above its notes."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string(files("harken.exporters").joinpath(_TEMPLATE).read_text("utf-8"))
    tables = _tables(report)
    return template.render(
        is_wide=bool(tables) and tables[0].is_wide and not report.figures,
        title=office_text(report.title),
        notes=[office_text(note) for note in report.notes],
        figures=[_figure(figure, number) for number, figure in enumerate(report.figures, start=1)],
        tables=tables,
    )


def _tables(report: Report) -> list[HtmlTable]:
    tables = []
    is_wide = False
    for table in map(glued, report.tables):
        fit = fit_page(table, _ROOM)
        # As in a document, from the first wide table on the printed pages stay landscape.
        is_wide = is_wide or fit.is_landscape
        tables.append(html_table(table, size=fit.size, is_wide=is_wide))
    return tables


def _figure(figure: Figure, number: int) -> dict[str, Any]:
    from harken.exporters.figures import inline_svg

    return {
        "title": office_text(figure.title),
        "notes": [office_text(note) for note in figure.notes],
        "svg": Markup(inline_svg(figure, name=f"figure-{number}")),
    }
