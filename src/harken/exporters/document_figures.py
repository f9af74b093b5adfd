"""A report's figure in a Word document: a picture with words for those who do not see it."""

from __future__ import annotations

import io

from docx.document import Document
from docx.shared import Pt

from harken.exporters.document_styles import ROOM, add_caption, add_notes
from harken.exporters.office_text import office_text
from harken.report import Figure

_HIGHEST = 640
"""Points that a picture may take of a page's height, so that its caption stands on the same page."""
_DESCRIPTION_ID = 10_000
"""Pictures are numbered from here on, apart from what the library numbers itself."""


def add_figure(document: Document, figure: Figure, *, number: int) -> None:
    """Picture, caption and notes at the end of an upright document."""
    from harken.exporters.figures import figure_png

    picture = document.add_picture(io.BytesIO(figure_png(figure)))
    scale = min(1.0, Pt(ROOM[False]) / picture.width, Pt(_HIGHEST) / picture.height)
    picture.width, picture.height = round(picture.width * scale), round(picture.height * scale)
    properties = picture._inline.docPr
    properties.set("id", str(_DESCRIPTION_ID + number))
    properties.set("name", f"Figure {number}")
    properties.set("title", office_text(figure.title))
    properties.set("descr", office_text(figure.alt))
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    caption = add_caption(document, number, figure.title, what="Figure")
    # Unlike a table's, it stands below what it names.
    caption.paragraph_format.keep_with_next = bool(figure.notes)
    add_notes(document, figure.notes)
