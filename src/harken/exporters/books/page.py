"""A book as one HTML page that needs nothing else: read on any screen, aloud, by keyboard and on paper."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from harken.exporters.books.numbering import NumberedSection, numbered_sections
from harken.exporters.html_parts import (
    HtmlFigure,
    html_figures,
    html_tables,
    page_template,
    template_source,
)
from harken.exporters.html_tables import HtmlTable
from harken.exporters.office_text import office_text
from harken.report import Book, Listing, for_print

_DEEPEST = 4
"""Headings of listings go no deeper than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    heading: str
    anchor: str
    level: int
    paragraphs: Sequence[str]
    notes: Sequence[str]
    figures: Sequence[HtmlFigure]
    tables: Sequence[HtmlTable]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listing:
    title: str
    anchor: str
    tag: str
    notes: Sequence[str]
    entries: Sequence[tuple[str, str]]


def book_page(book: Book) -> str:
    """The book as a page: title, facts, contents, sections, and what is behind its figures."""
    sections = [_section(numbered) for numbered in numbered_sections(book)]
    script = template_source("book.js")
    return page_template("book.html.j2").render(
        title=office_text(book.title),
        facts=[(office_text(name), office_text(value)) for name, value in book.facts],
        running=office_text(book.running),
        running_css=Markup(_css_text(book.running)),
        title_css=Markup(_css_text(book.title)),
        sections=sections,
        listings=_by_scope(book.listings),
        script=Markup(script),
        # The policy lets this script run and no other, whatever a text may hold.
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


def _section(numbered: NumberedSection) -> _Section:
    return _Section(
        heading=office_text(numbered.heading),
        anchor=f"section-{numbered.anchor}",
        level=min(numbered.section.level, 3),
        paragraphs=[office_text(words) for words in numbered.section.paragraphs],
        notes=[office_text(words) for words in numbered.notes],
        figures=html_figures(numbered.figures, first=numbered.first_figure),
        tables=html_tables(map(for_print, numbered.tables), first=numbered.first_table),
    )


def _by_scope(listings: Sequence[Listing]) -> list[list[_Listing]]:
    """Listings as the page folds them: a listing of level 1 with all that are below it."""
    scopes: list[list[_Listing]] = []
    for is_first, members in groupby(listings, key=lambda listing: listing.level == 1):
        drawn = [_listing(listing) for listing in members]
        if is_first or not scopes:
            scopes += [[one] for one in drawn]
        else:
            scopes[-1] += drawn
    return scopes


def _listing(listing: Listing) -> _Listing:
    return _Listing(
        title=office_text(listing.title),
        anchor=listing.anchor,
        tag=f"h{min(listing.level + 2, _DEEPEST + 1)}",
        notes=[office_text(words) for words in listing.notes],
        entries=[(office_text(whose), office_text(words)) for whose, words in listing.entries],
    )


def _css_text(words: str) -> str:
    """A text as a string of a style sheet, every character but letters and digits escaped."""
    flat = " ".join(office_text(words).split())
    return '"' + "".join(one if one.isascii() and one.isalnum() else f"\\{ord(one):x} " for one in flat) + '"'
