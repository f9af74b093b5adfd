"""A report as a Word document, its tables set as journals set them."""

from __future__ import annotations

from docx.document import Document

from harken.exporters.document_figures import add_figure
from harken.exporters.document_styles import (
    ROOM,
    add_caption,
    add_notes,
    new_document,
    saved,
    set_page,
    turn_page,
)
from harken.exporters.document_tables import table_element
from harken.exporters.document_widths import fit_page, page_blocks, with_columns
from harken.exporters.office_text import office_text
from harken.report import Report, Table, typeset


def document_bytes(report: Report) -> bytes:
    """The report as DOCX: title, notes, figures, then each table below its caption and above its notes."""
    document = new_document(report.title)
    document.add_heading(office_text(report.title), level=1)
    add_notes(document, report.notes)
    for number, figure in enumerate(report.figures, start=1):
        add_figure(document, figure, number=number)
    is_landscape = False
    for number, table in enumerate(report.tables, start=1):
        joined = typeset(table)
        # From the first wide table on the pages stay landscape: a page for every turn would be mostly empty.
        if not is_landscape and fit_page(joined, ROOM).is_landscape:
            is_landscape = True
            if number == 1 and not report.figures:
                set_page(document.sections[0], is_landscape=True)
            else:
                turn_page(document, is_landscape=True)
        add_table(document, joined, number=number, is_landscape=is_landscape)
    return saved(document)


def add_table(document: Document, table: Table, *, number: int, is_landscape: bool) -> None:
    """Caption, table and notes at the end of a document; a table too wide goes on below, block by block."""
    room = ROOM if not is_landscape else {False: ROOM[True], True: ROOM[True]}
    for place, block in enumerate(page_blocks(table, ROOM[True])):
        part = with_columns(table, block)
        if place == 0:
            add_caption(document, number, table.title)
        else:
            # Two tables that touch are one to Word.
            document.add_paragraph()
        # The body's last element says how the last pages lie, so the table goes before it.
        document.element.body._insert_tbl(table_element(part, fit_page(part, room)))
    add_notes(document, table.notes)
    if not table.notes:
        # Two tables that touch are one to Word.
        document.add_paragraph()
