"""A report's table as a table of a Word document: three rules, and a header that every page repeats."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Literal

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from harken.exporters.document_styles import TABLE_TEXT
from harken.exporters.document_widths import PADDING, PageFit, left_padding
from harken.exporters.office_text import office_text
from harken.report import Align, Table

_TWIPS = 20
"""In a point."""
_INDENT = 4
"""Points that a leading space indents a text, so that its later lines stand below the first."""
_DEEPEST_INDENT = 20
_THICK, _THIN = 8, 4
"""Rules, in eighths of a point."""
_FEW_ROWS, _FEW_CHARACTERS = 20, 2_000
"""A table of no more stands whole on a page."""
_LONG_ROW = 500
"""Characters in a cell from which its row may go on over the page's end."""
_STYLE_IDS = {size: name.replace(" ", "") for size, name in TABLE_TEXT.items()}

Rules = dict[str, int]
"""Side of a cell to the thickness of its rule."""


def table_element(table: Table, fit: PageFit) -> Any:
    """The table as `w:tbl`, cell for cell."""
    element = OxmlElement("w:tbl")
    widths = [round(width * _TWIPS) for width in fit.widths]
    _set_properties(element, widths)
    has_groups = any(column.group for column in table.columns)
    has_headings = has_groups or any(column.heading for column in table.columns)
    style = _STYLE_IDS[fit.size]
    if has_groups:
        _add_groups(element, table, widths, style)
    if has_headings:
        row = _add_row(element, is_header=True)
        rules = {"bottom": _THIN} if has_groups else {"top": _THICK, "bottom": _THIN}
        for at, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
            _add_cell(
                row,
                column.heading,
                width,
                style,
                align=column.align,
                bold=True,
                rules=rules,
                padding=left_padding(table, at),
                valign="bottom",
                is_kept=True,
            )
    _add_rows(element, table, widths, style, has_headings=has_headings)
    return element


def _set_properties(element: Any, widths: Sequence[int]) -> None:
    properties = _add(element, "w:tblPr")
    _add(properties, "w:tblW", w=sum(widths), type="dxa")
    _add(properties, "w:tblLayout", type="fixed")
    margins = _add(properties, "w:tblCellMar")
    for side in ("left", "right"):
        _add(margins, f"w:{side}", w=PADDING * _TWIPS, type="dxa")
    grid = _add(element, "w:tblGrid")
    for width in widths:
        _add(grid, "w:gridCol", w=width)


def _add_groups(element: Any, table: Table, widths: Sequence[int], style: str) -> None:
    """The row of names that span their columns, each with a rule below it."""
    row = _add_row(element, is_header=True)
    for group, members in groupby(range(len(table.columns)), key=lambda at: table.columns[at].group):
        span = list(members)
        rules = {"top": _THICK, "bottom": _THIN} if group else {"top": _THICK}
        width = sum(widths[at] for at in span)
        _add_cell(
            row,
            group,
            width,
            style,
            align="center",
            bold=True,
            rules=rules,
            padding=left_padding(table, span[0]),
            n_columns=len(span),
            is_kept=True,
        )


def _add_rows(element: Any, table: Table, widths: Sequence[int], style: str, *, has_headings: bool) -> None:
    heads = frozenset(table.heads)
    last = len(table.rows) - 1
    n_characters = sum(len(cell.text) for row in table.rows for cell in row)
    is_whole = len(table.rows) <= _FEW_ROWS and n_characters <= _FEW_CHARACTERS
    for number, cells in enumerate(table.rows):
        row = _add_row(element, may_break=any(len(cell.text) > _LONG_ROW for cell in cells))
        rules: Rules = {}
        if number == 0 and not has_headings:
            rules["top"] = _THICK
        if number == last:
            rules["bottom"] = _THICK
        is_head = number in heads
        if table.has_spanning_head(number):
            _add_cell(
                row,
                cells[0].text,
                sum(widths),
                style,
                align="left",
                bold=True,
                rules=rules,
                n_columns=len(widths),
                is_kept=True,
                is_set_off=number > 0,
            )
            continue
        for at, (cell, column, width) in enumerate(zip(cells, table.columns, widths, strict=True)):
            _add_cell(
                row,
                cell.text,
                width,
                style,
                align=column.align,
                bold=is_head,
                rules=rules,
                padding=left_padding(table, at),
                # A head stays with what it heads, the last row with the notes below it, and no page
                # begins or ends with a single row of a table.
                is_kept=is_whole or is_head or number == 0 or number >= last - 1,
                is_set_off=(is_head and number > 0) or number in table.breaks,
            )


def _add_row(element: Any, *, is_header: bool = False, may_break: bool = False) -> Any:
    row = _add(element, "w:tr")
    properties = _add(row, "w:trPr")
    if not may_break:
        _add(properties, "w:cantSplit")
    if is_header:
        _add(properties, "w:tblHeader")
    return row


def _add_cell(
    row: Any,
    text: str,
    width: int,
    style: str,
    *,
    align: Align | Literal["center"],
    bold: bool,
    rules: Rules,
    padding: int = PADDING,
    n_columns: int = 1,
    valign: str = "top",
    is_kept: bool = False,
    is_set_off: bool = False,
) -> None:
    cell = _add(row, "w:tc")
    properties = _add(cell, "w:tcPr")
    _add(properties, "w:tcW", w=width, type="dxa")
    if n_columns > 1:
        _add(properties, "w:gridSpan", val=n_columns)
    if rules:
        borders = _add(properties, "w:tcBorders")
        for side in ("top", "bottom"):
            if side in rules:
                _add(borders, f"w:{side}", val="single", sz=rules[side], space=0, color="auto")
    if padding != PADDING:
        margins = _add(properties, "w:tcMar")
        _add(margins, "w:left", w=padding * _TWIPS, type="dxa")
    _add(properties, "w:vAlign", val=valign)
    paragraph = _add(cell, "w:p")
    look = _add(paragraph, "w:pPr")
    _add(look, "w:pStyle", val=style)
    if is_kept:
        _add(look, "w:keepNext")
    if is_set_off:
        _add(look, "w:spacing", before=6 * _TWIPS)
    words = office_text(text)
    indent = min(len(words) - len(words.lstrip(" ")), _DEEPEST_INDENT) if align == "left" else 0
    if indent:
        _add(look, "w:ind", left=indent * _INDENT * _TWIPS)
    if align != "left":
        _add(look, "w:jc", val=align)
    _add_words(paragraph, words[indent:], bold=bold)


def _add_words(paragraph: Any, words: str, *, bold: bool) -> None:
    if not words:
        return
    run = _add(paragraph, "w:r")
    if bold:
        _add(_add(run, "w:rPr"), "w:b")
    for number, line in enumerate(words.split("\n")):
        if number:
            _add(run, "w:br")
        piece = _add(run, "w:t")
        piece.set(qn("xml:space"), "preserve")
        piece.text = line


def _add(parent: Any, tag: str, **attributes: object) -> Any:
    element = parent.makeelement(qn(tag))
    parent.append(element)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    return element
