"""A book as a Word document: contents, headings, numbered tables and figures, a line on every page."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from docx.shared import Pt

from harken.exporters.books.document_fields import add_bookmark, add_contents, add_running_line, add_title
from harken.exporters.books.numbering import NumberedSection, numbered_sections
from harken.exporters.document import add_table
from harken.exporters.document_figures import add_figure
from harken.exporters.document_styles import ROOM, add_notes, new_document, saved, turn_page
from harken.exporters.document_widths import fit_page
from harken.exporters.office_text import office_text
from harken.report import Book, Table, for_print, typeset

_BEFORE_CHAPTER = 20
"""Points above a chapter's heading that goes on on a page."""


def book_document(book: Book) -> bytes:
    """The book as DOCX: title, facts, contents, then its sections; what is behind figures is left out."""
    sections = list(numbered_sections(book))
    document = new_document(book.title)
    add_running_line(document, title=book.title, running=book.running)
    add_title(document, book.title)
    for name, value in book.facts:
        _add_fact(document, name, value)
    add_contents(document, [(one.heading, one.section.level, one.anchor) for one in sections])
    is_landscape = False
    for place, numbered in enumerate(sections):
        tables = _printed(numbered)
        wanted = _is_wide(tables) and not numbered.figures
        if wanted != is_landscape and (wanted or _has_upright(sections[place:])):
            turn_page(document, is_landscape=wanted)
            is_landscape = wanted
        heading = document.add_heading(office_text(numbered.heading), level=min(numbered.section.level, 3))
        if place == 0:
            # Title, facts and contents are a page of their own.
            heading.paragraph_format.page_break_before = True
        elif numbered.section.level == 1:
            heading.paragraph_format.space_before = Pt(_BEFORE_CHAPTER)
        add_bookmark(heading, numbered.anchor, place)
        is_landscape = _add_section(document, numbered, tables, is_landscape=is_landscape)
    return saved(document)


def _printed(numbered: NumberedSection) -> list[Table]:
    return [typeset(for_print(table)) for table in numbered.tables]


def _is_wide(tables: Sequence[Table]) -> bool:
    return any(fit_page(table, ROOM).is_landscape for table in tables)


def _has_upright(sections: Sequence[NumberedSection]) -> bool:
    """Whether what begins here is more than the heading of a wide section: only that stays on its side."""
    first = sections[0]
    if first.tables or first.figures or first.section.paragraphs or first.notes or len(sections) == 1:
        return True
    following = sections[1]
    return following.section.level <= first.section.level or not _is_wide(_printed(following))


def _add_section(
    document: Document, numbered: NumberedSection, tables: Sequence[Table], *, is_landscape: bool
) -> bool:
    for words in numbered.section.paragraphs:
        document.add_paragraph(office_text(words))
    add_notes(document, numbered.notes)
    if numbered.notes and (numbered.figures or tables):
        # A heading with its notes does not end a page that has nothing of what they are on.
        document.paragraphs[-1].paragraph_format.keep_with_next = True
    for number, figure in enumerate(numbered.figures, start=numbered.first_figure):
        add_figure(document, figure, number=number)
    is_wide = [fit_page(table, ROOM).is_landscape for table in tables]
    for place, table in enumerate(tables):
        number = numbered.first_table + place
        # Pages stay on their side between two wide tables: one for every turn would be mostly empty.
        wanted = is_wide[place] or (is_landscape and any(is_wide[place:]))
        if wanted != is_landscape:
            turn_page(document, is_landscape=wanted)
            is_landscape = wanted
        add_table(document, table, number=number, is_landscape=is_landscape)
    return is_landscape


def _add_fact(document: Document, name: str, value: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{office_text(name)}: ").bold = True
    paragraph.add_run(office_text(value))
