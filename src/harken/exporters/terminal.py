"""A report on a terminal: tables that fit its width, or all there is where the output goes elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from harken.exporters.layout import fit, gap, pad, text_width, wrap
from harken.report import Column, Report, Table, glued, visible

_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


@dataclass(frozen=True, slots=True)
class _Style:
    """Bold and dim where the output is a terminal that shows them; nothing elsewhere."""

    is_on: bool

    def bold(self, words: str) -> str:
        return f"{_BOLD}{words}{_PLAIN}" if self.is_on and words else words

    def dim(self, words: str) -> str:
        return f"{_DIM}{words}{_PLAIN}" if self.is_on and words else words


def terminal_text(report: Report, *, width: int | None = None, styled: bool = False) -> str:
    """The report as lines. `width` is the terminal's; None wraps, splits and leaves out nothing.

    A table too wide leaves out its detail columns, then wraps its texts, then goes on below with the columns
    repeated that say what a row is. No text is cut.
    """
    style = _Style(styled)
    lines = [style.bold(line) for line in wrap(visible(report.title), width)]
    lines += _notes(report.notes, width, style)
    for table in report.tables:
        lines += ["", *_table_lines(glued(table), width, style)]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _notes(notes: Sequence[str], width: int | None, style: _Style) -> Iterator[str]:
    for note in notes:
        yield from (style.dim(line) for line in wrap(visible(note), width))


def _table_lines(table: Table, width: int | None, style: _Style) -> Iterator[str]:
    if table.title:
        yield from (style.bold(line) for line in wrap(visible(table.title), width))
    shown = _Shown.of(table)
    layout = fit(shown.columns, shown.cells, width)
    for number, (places, widths) in enumerate(layout.blocks):
        if number:
            yield ""
        yield from _block_lines(shown, places, widths, style)
    yield from _notes(table.notes, width, style)
    if layout.left_out:
        names = ", ".join(layout.left_out)
        yield from _notes([f"Not shown in this width: {names.rstrip('.')}."], width, style)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A table's columns and cells as harmless text."""

    columns: Sequence[Column]
    cells: Sequence[Sequence[str]]
    heads: frozenset[int]
    breaks: frozenset[int]

    @classmethod
    def of(cls, table: Table) -> _Shown:
        columns = [
            Column(
                heading=visible(column.heading),
                group=visible(column.group),
                align=column.align,
                is_detail=column.is_detail,
            )
            for column in table.columns
        ]
        cells = [[visible(cell.text, keep_lines=True) for cell in row] for row in table.rows]
        return cls(columns, cells, frozenset(table.heads), frozenset(table.breaks))


def _block_lines(shown: _Shown, places: Sequence[int], widths: Sequence[int], style: _Style) -> Iterator[str]:
    columns = [shown.columns[place] for place in places]
    gaps = [" " * gap(columns, at) for at in range(len(columns))]
    if any(column.group for column in columns):
        yield from (style.bold(line) for line in _group_lines(columns, widths, gaps))
    if any(column.heading for column in columns):
        headings = [column.heading for column in columns]
        yield from (style.bold(line) for line in _row_lines(headings, columns, widths, gaps))
    yield style.dim("─" * (sum(widths) + sum(map(len, gaps))))
    for number, row in enumerate(shown.cells):
        is_head = number in shown.heads
        if (is_head and number) or number in shown.breaks:
            yield ""
        for line in _row_lines([row[place] for place in places], columns, widths, gaps):
            yield style.bold(line) if is_head else line


def _group_lines(columns: Sequence[Column], widths: Sequence[int], gaps: Sequence[str]) -> Iterator[str]:
    spans: list[tuple[str, list[str], int]] = []
    for group, members in groupby(range(len(columns)), key=lambda at: columns[at].group):
        span = list(members)
        room = sum(widths[at] for at in span) + sum(len(gaps[at]) for at in span[1:])
        spans.append((gaps[span[0]], wrap(group, room) if group else [], room))
    height = max(len(names) for _, names, _ in spans)
    for line in range(height):
        words = ""
        for before, names, room in spans:
            at = line - (height - len(names))
            name = names[at] if at >= 0 else ""
            is_last = bool(names) and line == height - 1
            words += before + (_ruled(name, room) if is_last else pad(name, room, "left"))
        yield words


def _ruled(name: str, span: int) -> str:
    """A group's name in the rule over its columns."""
    room = span - text_width(name) - 2
    if room < 2:
        return pad(name, span, "left")
    return f"{'─' * (room // 2)} {name} {'─' * (room - room // 2)}"


def _row_lines(
    texts: Sequence[str], columns: Sequence[Column], widths: Sequence[int], gaps: Sequence[str]
) -> Iterator[str]:
    wrapped = [wrap(words, width) for words, width in zip(texts, widths, strict=True)]
    for line in range(max(map(len, wrapped))):
        yield "".join(
            gap + pad(lines[line] if line < len(lines) else "", width, column.align)
            for gap, lines, width, column in zip(gaps, wrapped, widths, columns, strict=True)
        )
