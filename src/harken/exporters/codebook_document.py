"""A codebook as the appendix of a paper: a heading and a table of its codes for each family."""

from __future__ import annotations

from harken.exporters.codebook_families import family_notes, family_table
from harken.exporters.document import add_table
from harken.exporters.document_styles import new_document, saved, set_page
from harken.exporters.office_text import office_text
from harken.model import Codebook

_NO_TITLE = "Codebook"


def codebook_to_docx(codebook: Codebook) -> bytes:
    """The codebook as DOCX on landscape pages; the same codebook always gives the same bytes."""
    title = codebook.title or _NO_TITLE
    document = new_document(title)
    set_page(document.sections[0], is_landscape=True)
    document.add_heading(office_text(title), level=1)
    for number, family in enumerate(codebook.families, start=1):
        document.add_heading(office_text(family.label), level=2)
        for words in family_notes(family):
            document.add_paragraph(office_text(words))
        add_table(document, family_table(codebook, family), number=number, is_landscape=True)
    if not codebook.families:
        document.add_paragraph("The codebook holds no code yet.")
    return saved(document)
