"""An empty document with the styles that reports use, saved so that the same text gives the same bytes."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from harken.exporters.office_text import office_text

NOTE = "Table Note"
TABLE_TEXT = {9: "Table Text", 8: "Table Text Small", 7: "Table Text Smallest"}
"""Style of a table's cells by its size in points."""
_FONT = "Arial"
_MADE_AT = datetime.datetime(2000, 1, 1)
_ZIPPED_AT = (1980, 1, 1, 0, 0, 0)
_SHORT_SIDE, _LONG_SIDE, _MARGIN = Mm(210), Mm(297), Mm(20)
ROOM = {False: (_SHORT_SIDE - 2 * _MARGIN) / Pt(1), True: (_LONG_SIDE - 2 * _MARGIN) / Pt(1)}
"""Points between the margins of an upright page, and (True) of a landscape one."""
_LONGEST_PROPERTY = 255


def new_document(title: str) -> Document:
    """An A4 document in which nothing tells when or where it was made."""
    document = docx.Document()
    properties = document.core_properties
    properties.title = office_text(title)[:_LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = _MADE_AT
    properties.revision = 1
    _set_styles(document)
    set_page(document.sections[0], is_landscape=False)
    return document


def _set_styles(document: Document) -> None:
    styles: Any = document.styles
    set_font(styles["Normal"], size=10, before=0, after=4)
    set_font(styles["Heading 1"], size=14, before=0, after=6, bold=True)
    set_font(styles["Heading 2"], size=12, before=12, after=4, bold=True)
    set_font(styles["Heading 3"], size=10, before=10, after=3, bold=True)
    set_font(styles["Caption"], size=9, before=10, after=3, bold=True)
    styles["Caption"].paragraph_format.keep_with_next = True
    for size, name in TABLE_TEXT.items():
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        set_font(style, size=size, before=1, after=1)
    note = styles.add_style(NOTE, WD_STYLE_TYPE.PARAGRAPH)
    note.base_style = styles["Normal"]
    set_font(note, size=8, before=2, after=0)


def set_font(style: Any, *, size: int, before: int, after: int, bold: bool = False) -> None:
    """Make a style black and plain, of one size in points, with room before and after it."""
    style.font.name, style.font.size, style.font.bold = _FONT, Pt(size), bold
    style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    for kind in ("hAnsi", "cs"):
        fonts.set(qn(f"w:{kind}"), _FONT)
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(after), 1.0
    layout.alignment = WD_PARAGRAPH_ALIGNMENT.LEFT


def set_page(section: Any, *, is_landscape: bool) -> None:
    """Lay a section's pages upright or on their side."""
    section.orientation = WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT
    section.page_width = _LONG_SIDE if is_landscape else _SHORT_SIDE
    section.page_height = _SHORT_SIDE if is_landscape else _LONG_SIDE
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN


def turn_page(document: Document, *, is_landscape: bool) -> None:
    """Begin pages of the other orientation."""
    set_page(document.add_section(WD_SECTION.NEW_PAGE), is_landscape=is_landscape)


def add_caption(document: Document, number: int, title: str, *, what: str = "Table") -> Any:
    """What stands above a table, as in Table 1. Title; the number is a field, so Word can list the tables."""
    paragraph = document.add_paragraph(style="Caption")
    paragraph.add_run(f"{what} ")
    for kind in ("begin", None, "separate"):
        run = paragraph.add_run()
        if kind is None:
            field = OxmlElement("w:instrText")
            field.set(qn("xml:space"), "preserve")
            field.text = f" SEQ {what} \\* ARABIC "
        else:
            field = _field_mark(kind)
        run._r.append(field)
    paragraph.add_run(str(number))
    paragraph.add_run()._r.append(_field_mark("end"))
    paragraph.add_run(f". {office_text(title)}" if title else ".")
    return paragraph


def _field_mark(kind: str) -> Any:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    return mark


def add_notes(document: Document, notes: tuple[str, ...]) -> None:
    """Each note as a paragraph in small type, all of them on one page."""
    for number, note in enumerate(notes, start=1):
        paragraph = document.add_paragraph(office_text(note), style=NOTE)
        paragraph.paragraph_format.keep_with_next = number < len(notes)


def saved(document: Document) -> bytes:
    """The document's bytes; the archive carries no time of its own."""
    buffer, packed = io.BytesIO(), io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(packed, "w") as target:
        for entry in source.infolist():
            member = zipfile.ZipInfo(entry.filename, _ZIPPED_AT)
            target.writestr(member, source.read(entry), compress_type=zipfile.ZIP_DEFLATED)
    return packed.getvalue()
