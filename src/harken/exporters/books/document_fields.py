"""What a word processor works out itself: a document's contents, page numbers, places that links lead to."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from harken.exporters.document_styles import ROOM, set_font
from harken.exporters.office_text import office_text

_DEEPEST = 2
"""Levels of headings that the contents list."""
_INDENT = 14
"""Points by which a level stands in."""


def add_title(document: Document, title: str) -> None:
    """The title above all headings; the contents leave it out."""
    styles: Any = document.styles
    set_font(styles["Title"], size=18, before=0, after=12, bold=True)
    for rule in styles["Title"].element.pPr.findall(qn("w:pBdr")):
        styles["Title"].element.pPr.remove(rule)
    document.add_paragraph(office_text(title), style="Title")


def add_bookmark(paragraph: Any, anchor: str, number: int) -> None:
    """Make a heading a place that the contents lead to."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), _bookmark(anchor))
    paragraph._p.insert_element_before(start, "w:r")
    paragraph._p.append(end)


def _bookmark(anchor: str) -> str:
    """A name as Word allows it: at most 40 characters, letters, digits and underscores alone."""
    return f"_Toc{hashlib.sha256(anchor.encode()).hexdigest()[:16]}"


def add_contents(document: Document, headings: Sequence[tuple[str, int, str]]) -> None:
    """The contents, a link a heading with its page's number.

    Each number is a field of its own, which every word processor works out when it opens the file; contents
    that are one field are worked out by Word alone.
    """
    _add_styles(document)
    document.add_paragraph("Contents", style="Contents Title")
    listed = [heading for heading in headings if heading[1] <= _DEEPEST]
    for words, level, anchor in listed:
        paragraph = document.add_paragraph(style=f"TOC {level}")
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), _bookmark(anchor))
        link.set(qn("w:history"), "1")
        paragraph._p.append(link)
        _add_run(link, office_text(words))
        link.append(_run_of(OxmlElement("w:tab")))
        _begin_field(link, f" PAGEREF {_bookmark(anchor)} \\h ", is_outdated=True)
        _add_run(link, "")
        link.append(_run_of(_field_mark("end")))


def _add_styles(document: Document) -> None:
    styles: Any = document.styles
    title = styles.add_style("Contents Title", WD_STYLE_TYPE.PARAGRAPH)
    title.base_style = styles["Normal"]
    title.font.bold, title.font.size = True, Pt(12)
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(14), Pt(4)
    title.paragraph_format.keep_with_next = True
    for level in range(1, _DEEPEST + 1):
        style = styles.add_style(f"TOC {level}", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        look = style.paragraph_format
        look.left_indent, look.space_after = Pt(_INDENT * (level - 1)), Pt(2)
        look.tab_stops.add_tab_stop(Pt(ROOM[False]), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def add_running_line(document: Document, *, title: str, running: str) -> None:
    """What every page says: the title above, and below what made it of which data, and the page's number."""
    section = document.sections[0]
    styles: Any = document.styles
    for name in ("Header", "Footer"):
        styles[name].font.size = Pt(7.5)
    section.header.paragraphs[0].text = office_text(title)
    footer = section.footer.paragraphs[0]
    footer.text = f"{office_text(running)} · page "
    _begin_field(footer._p, " PAGE ")
    _add_run(footer._p, "1")
    footer._p.append(_run_of(_field_mark("end")))


def _begin_field(parent: Any, instruction: str, *, is_outdated: bool = False) -> None:
    words = OxmlElement("w:instrText")
    words.set(qn("xml:space"), "preserve")
    words.text = instruction
    begin = _field_mark("begin")
    if is_outdated:
        begin.set(qn("w:dirty"), "true")
    for part in (begin, words, _field_mark("separate")):
        parent.append(_run_of(part))


def _field_mark(kind: str) -> Any:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    return mark


def _run_of(part: Any) -> Any:
    run = OxmlElement("w:r")
    run.append(part)
    return run


def _add_run(parent: Any, words: str) -> None:
    text = OxmlElement("w:t")
    text.set(qn("xml:space"), "preserve")
    text.text = words
    parent.append(_run_of(text))
