"""A report's table as a LaTeX table: tabular in a float, or longtable where it is longer than a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from harken.exporters.document_widths import (
    PageFit,
    fit_page,
    page_blocks,
    room_for_text,
    with_columns,
)
from harken.exporters.latex_text import latex_text_of
from harken.exporters.layout import wrap
from harken.exporters.office_text import n_lines, office_text, widest_line, widest_word
from harken.report import Align, Table

_MOST_LINES = {False: 40, True: 30}
"""Lines of a table that stays on one page, upright and (True) turned."""
_LINE = 455.0
"""Points of a line on A4 paper with margins of 25 mm."""
_TURNED = 690.0
_LONGEST_CELL = 30
"""Characters of a text that is not broken into lines."""
_SIZES = {
    9: r"\fontsize{9}{11}\selectfont",
    8: r"\fontsize{8}{9.5}\selectfont",
    7: r"\fontsize{7}{8.5}\selectfont",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """Columns that stand side by side, how wide, and how many characters they have room for."""

    table: Table
    fit: PageFit
    line: float
    """Points of a line of the page."""
    room: Sequence[int]

    @classmethod
    def of(cls, table: Table, line: float) -> _Block:
        fit = fit_page(table, {False: line, True: line})
        return cls(table=table, fit=fit, line=line, room=room_for_text(table, fit))

    @property
    def n_lines(self) -> int:
        return sum(
            max(n_lines(office_text(cell.text), room) for cell, room in zip(row, self.room, strict=True))
            for row in self.table.rows
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LatexTable:
    """A table as pages hold it: one too wide for any goes on below, block by block."""

    title: str
    notes: Sequence[str]
    blocks: Sequence[_Block]
    is_turned: bool
    """Whether an upright page has no room for it."""

    @classmethod
    def of(cls, table: Table) -> LatexTable:
        is_turned = fit_page(table, {False: _LINE, True: _TURNED}).is_landscape
        line = _TURNED if is_turned else _LINE
        return cls(
            title=table.title,
            notes=table.notes,
            blocks=[_Block.of(with_columns(table, places), line) for places in page_blocks(table, _TURNED)],
            is_turned=is_turned,
        )

    @property
    def is_long(self) -> bool:
        """Whether the table goes on over pages."""
        return sum(block.n_lines for block in self.blocks) > _MOST_LINES[self.is_turned]

    def lines(self, label: str) -> Iterator[str]:
        """The table with caption, label and notes."""
        caption = rf"\caption{{{_one_line(self.title)}}}\label{{{label}}}"
        if self.is_long:
            yield r"\begingroup\setlength{\tabcolsep}{3pt}\setlength{\LTcapwidth}{\linewidth}"
            for number, block in enumerate(self.blocks):
                yield from _long_lines(block, caption if number == 0 else "")
            yield from _note_lines(self.notes)
            yield r"\endgroup"
            return
        yield r"\begin{table}[htbp]"
        yield r"\centering\setlength{\tabcolsep}{3pt}"
        yield caption
        for number, block in enumerate(self.blocks):
            if number:
                yield r"\par\medskip"
            yield _SIZES[block.fit.size]
            yield rf"\begin{{tabular}}{{@{{}}{''.join(_specification(block))}@{{}}}}"
            yield from (r"\toprule", *_heading_lines(block), *_row_lines(block), r"\bottomrule")
            yield r"\end{tabular}"
        yield from _note_lines(self.notes)
        yield r"\end{table}"


def _long_lines(block: _Block, caption: str) -> Iterator[str]:
    """A longtable; without a caption it goes on with the one before and takes no number."""
    heading = [r"\toprule", *_heading_lines(block)]
    if not caption:
        yield r"\addtocounter{table}{-1}"
    yield _SIZES[block.fit.size]
    yield rf"\begin{{longtable}}{{@{{}}{''.join(_specification(block))}@{{}}}}"
    if caption:
        yield from (rf"{caption}\\", *heading, r"\endfirsthead")
    yield from (*heading, r"\endhead", r"\bottomrule", r"\endfoot")
    yield from _row_lines(block, is_long=True)
    yield r"\end{longtable}"


def _one_line(words: str) -> str:
    return latex_text_of(words, line_end=" ").strip()


def _specification(block: _Block) -> Iterator[str]:
    """A letter for each column of short texts, a width for one of texts that take several lines."""
    for at, (column, width) in enumerate(zip(block.table.columns, block.fit.widths, strict=True)):
        if _is_broken(block, at):
            side = r"\raggedleft" if column.align == "right" else r"\raggedright"
            yield rf">{{{side}\arraybackslash}}p{{{width / block.line:.3f}\linewidth}}"
        else:
            yield "r" if column.align == "right" else "l"


def _is_broken(block: _Block, at: int) -> bool:
    """Whether a column has texts of several lines."""
    most = min(block.room[at], _LONGEST_CELL)
    return any(
        "\n" in words or widest_line(words) > most
        for number, row in enumerate(block.table.rows)
        if not block.table.has_spanning_head(number)
        for words in [office_text(row[at].text)]
    )


def _heading_lines(block: _Block) -> Iterator[str]:
    columns = block.table.columns
    has_groups = any(column.group for column in columns)
    if has_groups:
        cells, rules = [], []
        at = 0
        for group, members in groupby(column.group for column in columns):
            n = len(list(members))
            room = sum(block.room[at : at + n]) + n - 1
            cells.append(
                rf"\multicolumn{{{n}}}{{c}}{{{_stacked(group, room, 'c')}}}" if group else "&" * (n - 1)
            )
            if group:
                rules.append(rf"\cmidrule(lr){{{at + 1}-{at + n}}}")
            at += n
        yield " & ".join(cells) + r" \\"
        yield " ".join(rules)
    if has_groups or any(column.heading for column in columns):
        yield " & ".join(_headings(block)) + r" \\"
        yield r"\midrule"


def _headings(block: _Block) -> Iterator[str]:
    sides: dict[Align, str] = {"left": "l", "right": "r"}
    for at, column in enumerate(block.table.columns):
        if _is_broken(block, at):
            yield _one_line(column.heading)
        else:
            yield _stacked(column.heading, block.room[at], sides[column.align])


def _stacked(words: str, room: int, side: str) -> str:
    """A heading in as many lines as it takes, none broken within a word."""
    written = " ".join(office_text(words).split())
    if widest_line(written) <= room:
        return _one_line(words)
    lines = wrap(written, max(room, widest_word(written)))
    stack = r"\\".join(map(_one_line, lines))
    return rf"\shortstack[{side}]{{{stack}}}"


def _row_lines(block: _Block, *, is_long: bool = False) -> Iterator[str]:
    table, heads = block.table, frozenset(block.table.heads)
    # A little less than there is room for: letters differ in width.
    longest = [max(room * 3 // 4, 1) if _is_broken(block, at) else None for at, room in enumerate(block.room)]
    for number, row in enumerate(table.rows):
        is_head = number in heads
        if (is_head and number) or number in table.breaks:
            yield r"\addlinespace"
        if table.has_spanning_head(number):
            yield _spanning_head(table, row[0].text)
            continue
        cells = [_cell(cell.text, longest_word=most) for cell, most in zip(row, longest, strict=True)]
        if is_head:
            cells = [rf"\textbf{{{words}}}" if words else "" for words in cells]
        # The star keeps a head on the page of what it heads, and the last row with the one before.
        is_kept = is_head or (is_long and number == len(table.rows) - 2)
        yield " & ".join(cells) + (r" \\*" if is_kept else r" \\")


def _cell(words: str, *, longest_word: int | None) -> str:
    depth = 0 if longest_word is None else len(words) - len(words.lstrip(" "))
    # Where an indented text goes on in the next line it stays indented, a little deeper.
    hang = rf"\hangindent={depth / 2 + 0.5:g}em " if depth and words.strip() else ""
    return hang + latex_text_of(words, longest_word=longest_word)


def _spanning_head(table: Table, words: str) -> str:
    kind = "l" if widest_line(office_text(words)) <= 2 * _LONGEST_CELL else r"p{0.95\linewidth}"
    head = rf"\textbf{{{_one_line(words)}}}"
    return rf"\multicolumn{{{len(table.columns)}}}{{@{{}}{kind}@{{}}}}{{{head}}} \\*"


def _note_lines(notes: Sequence[str]) -> Iterator[str]:
    if notes:
        yield r"\par\smallskip"
    for note in notes:
        yield rf"{{\raggedright\footnotesize {latex_text_of(note)}\par}}"
