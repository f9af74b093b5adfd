"""A report's table as a LaTeX table: tabular in a float, or longtable where it is longer than a page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from harken.exporters.document_widths import PageFit, fit_page
from harken.exporters.latex_text import latex_text_of
from harken.exporters.office_text import office_text, widest_line
from harken.report import Table

_MOST_ROWS = 40
"""Rows of a table that stays on one page."""
_LINE = 455.0
"""Points of a line on A4 paper with usual margins."""
_TURNED = 690.0
_LONGEST_CELL = 30
"""Characters of a text that is not broken into lines."""
_SIZES = {9: r"\small", 8: r"\footnotesize", 7: r"\scriptsize"}


def is_long(table: Table) -> bool:
    """Whether the table goes on over pages."""
    return len(table.rows) > _MOST_ROWS


def _fit(table: Table) -> PageFit:
    return fit_page(table, {False: _LINE, True: _TURNED})


def needs_turning(table: Table) -> bool:
    """Whether an upright page has no room for the table."""
    return _fit(table).is_landscape


def table_lines(table: Table, label: str) -> Iterator[str]:
    """The table with caption, label and notes."""
    fit = _fit(table)
    columns = "".join(_specification(table, fit))
    caption = rf"\caption{{{_one_line(table.title)}}}\label{{{label}}}"
    heading = [r"\toprule", *_heading_lines(table)]
    if is_long(table):
        yield rf"\begingroup{_SIZES[fit.size]}\setlength{{\tabcolsep}}{{3pt}}"
        yield rf"\begin{{longtable}}{{@{{}}{columns}@{{}}}}"
        yield rf"{caption}\\"
        yield from (*heading, r"\endfirsthead", *heading, r"\endhead", r"\bottomrule", r"\endfoot")
        yield from _row_lines(table)
        yield r"\end{longtable}"
        yield from _note_lines(table)
        yield r"\endgroup"
        return
    yield r"\begin{table}[htbp]"
    yield rf"\centering{_SIZES[fit.size]}\setlength{{\tabcolsep}}{{3pt}}"
    yield caption
    yield rf"\begin{{tabular}}{{@{{}}{columns}@{{}}}}"
    yield from (*heading, *_row_lines(table), r"\bottomrule")
    yield r"\end{tabular}"
    yield from _note_lines(table)
    yield r"\end{table}"


def _one_line(words: str) -> str:
    return latex_text_of(words, line_end=" ").strip()


def _specification(table: Table, fit: PageFit) -> Iterator[str]:
    """A letter for each column of short texts, a width for one of texts that take several lines."""
    room = _TURNED if fit.is_landscape else _LINE
    for column, broken, width in zip(table.columns, _broken_columns(table), fit.widths, strict=True):
        if broken:
            side = r"\raggedleft" if column.align == "right" else r"\raggedright"
            yield rf">{{{side}\arraybackslash}}p{{{width / room:.3f}\linewidth}}"
        else:
            yield "r" if column.align == "right" else "l"


def _broken_columns(table: Table) -> list[bool]:
    broken = []
    for at in range(len(table.columns)):
        texts = [
            office_text(row[at].text)
            for number, row in enumerate(table.rows)
            if not table.has_spanning_head(number)
        ]
        broken.append(any("\n" in words or widest_line(words) > _LONGEST_CELL for words in texts))
    return broken


def _heading_lines(table: Table) -> Iterator[str]:
    columns = table.columns
    has_groups = any(column.group for column in columns)
    if has_groups:
        cells, rules = [], []
        at = 1
        for group, members in groupby(column.group for column in columns):
            n = len(list(members))
            cells.append(rf"\multicolumn{{{n}}}{{c}}{{{_one_line(group)}}}" if group else "&" * (n - 1))
            if group:
                rules.append(rf"\cmidrule(lr){{{at}-{at + n - 1}}}")
            at += n
        yield " & ".join(cells) + r" \\"
        yield " ".join(rules)
    if has_groups or any(column.heading for column in columns):
        yield " & ".join(_heading(table)) + r" \\"
        yield r"\midrule"


def _heading(table: Table) -> Iterator[str]:
    for column in table.columns:
        yield _one_line(column.heading)


def _row_lines(table: Table) -> Iterator[str]:
    heads = frozenset(table.heads)
    for number, row in enumerate(table.rows):
        is_head = number in heads
        if is_head and number:
            yield r"\addlinespace"
        if table.has_spanning_head(number):
            yield _spanning_head(table, row[0].text)
            continue
        cells = [latex_text_of(cell.text) for cell in row]
        if is_head:
            cells = [rf"\textbf{{{words}}}" if words else "" for words in cells]
        # The star keeps a head on the page of what it heads.
        yield " & ".join(cells) + (r" \\*" if is_head else r" \\")


def _spanning_head(table: Table, words: str) -> str:
    kind = "l" if widest_line(office_text(words)) <= 2 * _LONGEST_CELL else r"p{0.95\linewidth}"
    head = rf"\textbf{{{_one_line(words)}}}"
    return rf"\multicolumn{{{len(table.columns)}}}{{@{{}}{kind}@{{}}}}{{{head}}} \\*"


def _note_lines(table: Table) -> Iterator[str]:
    if table.notes:
        yield r"\par\smallskip"
    for note in table.notes:
        yield rf"{{\raggedright\footnotesize {latex_text_of(note)}\par}}"
