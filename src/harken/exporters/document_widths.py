"""How wide a table's columns are on a page: figures as wide as they are, long texts in what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from harken.exporters.office_text import office_text, widest_line, widest_word
from harken.report import Table

SIZES = (9, 8, 7)
"""Points in which a table is set, the first that fits."""
PADDING = 3
"""Points left and right in a cell."""
GROUP_GAP = 7
"""Points more before the first column of another group, and before a text behind a figure."""
_CHARACTER = 0.56
"""Mean width of a character in parts of the size; bold ones are wider still, see `_BOLD`."""
_BOLD = 1.13
_BROAD = 0.6
"""Characters more for a word of a heading, as W and m are broader than most."""
_READABLE = 16
"""Characters that a column of texts should have at least."""
_LONGEST_WORD = 26
"""A longer word is broken."""
_SHARES = (0.5, 0.6, 0.7, 0.8, 0.9)
"""Parts of a page's room that are tried so that columns spread over blocks."""
_MOST = 90
"""Characters beyond which a text asks for no more room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFit:
    """How a table is set: the page's orientation, the size of its texts, widths in points."""

    is_landscape: bool
    size: int
    widths: tuple[float, ...]


def fit_page(table: Table, room: dict[bool, float]) -> PageFit:
    """Upright where that goes, else landscape, a little smaller where that spares wrapping, else smaller.

    Where that is not enough long words are broken, and at worst all columns shrink alike.
    """
    least, wanted = _needs(table)
    gaps = [left_padding(table, at) + PADDING for at in range(len(table.columns))]
    ways = [*((False, size, least) for size in SIZES[:2]), *((True, size, wanted) for size in SIZES[:2])]
    for is_landscape, size, needed in (*ways, *((True, size, least) for size in SIZES)):
        if sum(_points(needed, size, gaps)) <= room[is_landscape]:
            narrow, broad = _points(least, size, gaps), _points(wanted, size, gaps)
            widths = _shared(narrow, broad, _held(table), room[is_landscape])
            return PageFit(is_landscape=is_landscape, size=size, widths=widths)
    narrowest = _points(_broken_up(table, least), SIZES[-1], gaps)
    if sum(narrowest) <= room[True]:
        widths = _shared(narrowest, _points(least, SIZES[-1], gaps), _held(table), room[True])
        return PageFit(is_landscape=True, size=SIZES[-1], widths=widths)
    share = room[True] / sum(narrowest)
    return PageFit(is_landscape=True, size=SIZES[-1], widths=tuple(width * share for width in narrowest))


def page_blocks(table: Table, room: float) -> tuple[tuple[int, ...], ...]:
    """Which columns stand side by side: all, or where they do not fit even at the smallest, some at a time.

    Every block begins with the first column; columns of one group stay together where they fit. No more
    blocks than it takes, and these about equally wide.
    """
    every = tuple(range(len(table.columns)))
    least, _ = _needs(table)
    gaps = [left_padding(table, at) + PADDING for at in every]
    widths = _points(least, SIZES[-1], gaps)
    if sum(_points(_broken_up(table, least), SIZES[-1], gaps)) <= room or len(every) < 3:
        return (every,)
    parts: list[list[int]] = []
    for _, members in groupby(every[1:], key=lambda at: table.columns[at].group or at):
        span = list(members)
        fits = widths[0] + sum(widths[at] for at in span) <= room
        parts += [span] if fits else [[at] for at in span]
    ways = [_filled(parts, widths, room * share) for share in (*_SHARES, 1.0)]
    return next(blocks for blocks in ways if len(blocks) == len(ways[-1]))


def _filled(
    parts: Sequence[Sequence[int]], widths: Sequence[float], room: float
) -> tuple[tuple[int, ...], ...]:
    """Blocks with the first column, filled one after the other."""
    blocks: list[list[int]] = [[0]]
    for part in parts:
        wanted = sum(widths[at] for at in (*blocks[-1], *part))
        if len(blocks[-1]) > 1 and wanted > room:
            blocks.append([0])
        blocks[-1] += part
    return tuple(tuple(block) for block in blocks)


def with_columns(table: Table, places: Sequence[int]) -> Table:
    """The table with these of its columns alone."""
    if len(places) == len(table.columns):
        return table
    return replace(
        table,
        columns=tuple(table.columns[at] for at in places),
        rows=tuple(tuple(row[at] for at in places) for row in table.rows),
    )


def room_for_text(table: Table, fit: PageFit) -> list[int]:
    """Characters that a line has room for in each column."""
    return [
        max(int((width - left_padding(table, at) - PADDING) / (_CHARACTER * fit.size) + 0.001), 1)
        for at, width in enumerate(fit.widths)
    ]


def _needs(table: Table) -> tuple[list[float], list[float]]:
    """For each column the characters that it needs at least, and those that it would fill."""
    least, wanted = [], []
    heads = frozenset(table.heads)
    rows = [(number, row) for number, row in enumerate(table.rows) if not table.has_spanning_head(number)]
    for at, column in enumerate(table.columns):
        heading = office_text(column.heading)
        word = _heading_word(heading)
        longest = min(widest_line(heading), _READABLE) * _BOLD
        piece = 0.0
        for number, row in rows:
            words = office_text(row[at].text)
            weight = _BOLD if number in heads else 1.0
            longest = max(longest, widest_line(words) * weight)
            piece = max(piece, widest_word(words) * weight)
        if column.align == "right":
            least.append(max(min(longest, _LONGEST_WORD), word))
        else:
            least.append(max(min(longest, max(_READABLE, min(piece, _LONGEST_WORD))), word, 1.0))
        wanted.append(max(min(longest, _MOST), least[-1]))
    _make_room_for_groups(table, least, wanted)
    return least, wanted


def _heading_word(heading: str) -> float:
    """Characters that the widest word of a heading takes; a short one may be all broad letters."""
    word = widest_word(heading)
    return word * _BOLD + _BROAD if word else 0.0


def _make_room_for_groups(table: Table, least: list[float], wanted: list[float]) -> None:
    """Widen the columns of a group together until no word of its name is broken over them."""
    for group, members in groupby(range(len(table.columns)), key=lambda at: table.columns[at].group):
        span = list(members)
        missing = min(_heading_word(office_text(group)), _LONGEST_WORD) - sum(least[at] for at in span)
        for at in span if missing > 0 else ():
            least[at] += missing / len(span)
            wanted[at] = max(wanted[at], least[at])


def _broken_up(table: Table, least: Sequence[float]) -> list[float]:
    """What each column needs where long words may be broken: in texts, not in figures and headings."""
    return [
        need
        if column.align == "right"
        else max(min(need, _READABLE), _heading_word(office_text(column.heading)))
        for column, need in zip(table.columns, least, strict=True)
    ]


def _held(table: Table) -> list[float]:
    """The mean length of the texts in each column; a few long ones among many short ask for little room."""
    lengths = [
        sum(len(row[at].text) for row in table.rows) / max(len(table.rows), 1)
        for at in range(len(table.columns))
    ]
    return [max(length, 1.0) for length in lengths]


def left_padding(table: Table, at: int) -> int:
    """Points before the text in a column's cells."""
    if at == 0:
        return PADDING
    column, before = table.columns[at], table.columns[at - 1]
    is_apart = column.group != before.group or (column.align, before.align) == ("left", "right")
    return PADDING + (GROUP_GAP if is_apart else 0)


def _points(characters: Sequence[float], size: int, gaps: Sequence[int]) -> list[float]:
    return [count * _CHARACTER * size + gap for count, gap in zip(characters, gaps, strict=True)]


def _shared(
    narrow: Sequence[float], broad: Sequence[float], weights: Sequence[float], room: float
) -> tuple[float, ...]:
    """What every column wants where there is room, else what is left over shared by how much they hold."""
    if sum(broad) <= room:
        return tuple(broad)
    widths = list(narrow)
    growing = [at for at, (few, many) in enumerate(zip(narrow, broad, strict=True)) if many > few]
    while growing:
        left = room - sum(widths)
        whole = sum(weights[at] for at in growing)
        full = [at for at in growing if widths[at] + left * weights[at] / whole >= broad[at]]
        for at in full or growing:
            widths[at] = broad[at] if full else widths[at] + left * weights[at] / whole
        growing = [at for at in growing if at not in full] if full else []
    return tuple(widths)
