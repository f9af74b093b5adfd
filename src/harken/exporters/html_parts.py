"""What pages are made of: the template by its name, and tables and figures as templates write them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from harken.exporters.document_widths import SIZES, fit_page, page_blocks, with_columns
from harken.exporters.html_tables import HtmlTable, html_table
from harken.exporters.office_text import office_text
from harken.report import Figure, Table, typeset

_MM = 72 / 25.4
_ROOM = {False: 180 * _MM, True: 267 * _MM}
"""Points between the margins of a printed page, upright and (True) landscape; see @page in page.css."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlFigure:
    """A figure as the template writes it."""

    number: int
    title: str
    notes: tuple[str, ...]
    svg: Markup


def page_template(name: str) -> Template:
    """A template of this package."""
    return _environment().get_template(name)


def template_source(name: str) -> str:
    """A file of the templates as it is."""
    return files("harken.exporters").joinpath("templates", name).read_text("utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=FunctionLoader(template_source),
    )


def html_tables(tables: Iterable[Table], *, first: int = 1) -> list[HtmlTable]:
    """Tables for one page after another; the first has the number `first`."""
    printed = [typeset(table) for table in tables]
    fits = [fit_page(table, _ROOM) for table in printed]
    blocks = [_blocks(table, number=first + place) for place, table in enumerate(printed)]
    wide = [place for place, fit in enumerate(fits) if fit.is_landscape and not blocks[place]]
    # Between two wide tables the printed pages stay landscape: a page for every turn would be mostly empty.
    turned = range(wide[0], wide[-1] + 1) if wide else range(0)
    return [
        html_table(
            table,
            number=first + place,
            size=fit.size,
            is_wide=place in turned,
            blocks=blocks[place],
        )
        for place, (table, fit) in enumerate(zip(printed, fits, strict=True))
    ]


def _blocks(table: Table, *, number: int) -> list[HtmlTable]:
    """A table that no page has room for, in parts for upright pages; none where it goes as it is.

    Upright pages hold more rows, so that each part is a page where it would be three of the others.
    """
    if len(page_blocks(table, _ROOM[True])) == 1:
        return []
    room = _ROOM[False] * SIZES[-1] / SIZES[-2]
    parts = [with_columns(table, places) for places in page_blocks(table, room)]
    return [
        html_table(
            replace(part, title=part.title if at == 0 else "(continued)", notes=()),
            number=number,
            size=fit_page(part, _ROOM).size,
            is_wide=False,
        )
        for at, part in enumerate(parts)
    ]


def html_figures(figures: Iterable[Figure], *, first: int = 1) -> list[HtmlFigure]:
    """Figures in the colours of the page, with ids that no other element of it has."""
    from harken.exporters.figures import inline_svg

    return [
        HtmlFigure(
            number=number,
            title=office_text(figure.title),
            notes=tuple(office_text(note) for note in figure.notes),
            svg=Markup(inline_svg(figure, name=f"figure-{number}")),
        )
        for number, figure in enumerate(figures, start=first)
    ]
