"""Fitting columns into a terminal's width: what is left out, wrapped, or goes on below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.cells import cell_len, set_cell_size

from harken.report import Align, Column

_READABLE = 24
"""Cells to which a column of texts is wrapped before a table is split."""
_NARROWEST = 12
"""Cells to which one is wrapped where splitting is no help."""
_LONGEST_NAME = 24
"""Cells of a group's name for which its columns are spread."""
_RULE = 4
"""Cells for the rule on both sides of a group's name."""
_JOINTS = "._-/"
"""Behind these a word too long for its column is broken, where it can be."""
_GAP = 2
_GROUP_GAP = 3


def text_width(words: str) -> int:
    """Cells that a text takes on a terminal; wide characters take two."""
    return cell_len(words)


def pad(words: str, width: int, align: Align) -> str:
    """Words filled up with spaces to `width` cells; what is wider stays as it is."""
    spaces = " " * max(width - text_width(words), 0)
    return spaces + words if align == "right" else words + spaces


def wrap(words: str, width: int | None) -> list[str]:
    """Lines of at most `width` cells, broken at spaces where that goes; a deep line keeps its indent."""
    return [line for paragraph in words.split("\n") for line in _wrapped(paragraph, width)]


def _wrapped(words: str, width: int | None) -> Iterator[str]:
    if width is None or text_width(words) <= width:
        yield words
        return
    indent = words[: len(words) - len(words.lstrip(" "))]
    if len(indent) >= width:
        indent = ""
    line = indent
    for word in words.split():
        joined = line + word if line == indent else f"{line} {word}"
        if text_width(joined) <= width:
            line = joined
            continue
        if line != indent:
            yield line
            line = indent
        while text_width(line + word) > width:
            part = set_cell_size(word, width - len(indent)).rstrip(" ") or word[:1]
            joint = max(map(part.rfind, _JOINTS)) + 1
            part = part[:joint] if joint > len(part) // 2 else part
            yield indent + part
            word = word[len(part) :]
        line = indent + word
    if line.strip():
        yield line


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a table fits: blocks of columns, each with their places and widths, and the headings left out."""

    blocks: Sequence[tuple[list[int], list[int]]]
    left_out: Sequence[str] = ()


def fit(columns: Sequence[Column], cells: Sequence[Sequence[str]], width: int | None) -> Layout:
    """Leave out details, then wrap texts, then split; a block after the first repeats what names a row."""
    places = list(range(len(columns)))
    natural = [_natural(column, [row[at] for row in cells]) for at, column in enumerate(columns)]
    _make_room_for_groups(natural, columns, width)
    if width is None or _total(places, natural, columns) <= width:
        return Layout(blocks=[(places, natural)])
    left_out: list[str] = []
    names = _detail_names(columns)
    for name in dict.fromkeys(filter(None, names)):
        left_out.append(name)
        places = [at for at in places if names[at] != name]
        if _total(places, natural, columns) <= width:
            break
    return Layout(blocks=_blocks(places, natural, columns, width), left_out=left_out)


def _blocks(
    kept: list[int], natural: Sequence[int], columns: Sequence[Column], width: int
) -> list[tuple[list[int], list[int]]]:
    stub, *parts = _bundles(kept, columns)
    widths = _squeezed(kept, natural, columns, width=width, floor=_READABLE)
    if len(parts) < 2 or all(columns[at].align == "left" for at in kept):
        widths = _squeezed(kept, widths, columns, width=width, floor=_NARROWEST)
    if not parts or _total(kept, widths, columns) <= width:
        return [(kept, [widths[at] for at in kept])]
    blocks = [[*stub, *parts[0]]]
    for part in parts[1:]:
        if _total([*blocks[-1], *part], widths, columns) <= width:
            blocks[-1] += part
        else:
            blocks.append([*stub, *part])
    fitted = [_squeezed(block, natural, columns, width=width, floor=_NARROWEST) for block in blocks]
    for at in stub:
        # The first column is equally wide in every block.
        narrowest = min(narrow[at] for narrow in fitted)
        for narrow in fitted:
            narrow[at] = narrowest
    return [(block, [narrow[at] for at in block]) for block, narrow in zip(blocks, fitted, strict=True)]


def _detail_names(columns: Sequence[Column]) -> list[str]:
    """What each detail goes by: its heading, or its group where that has nothing but details."""
    kept = {column.group for column in columns if not column.is_detail}
    return [
        "" if not column.is_detail else column.heading if column.group in kept else column.group
        for column in columns
    ]


def _natural(column: Column, texts: Sequence[str]) -> int:
    lines = (line for words in (column.heading, *texts) for line in words.split("\n"))
    return max(map(text_width, lines))


def _make_room_for_groups(widths: list[int], columns: Sequence[Column], width: int | None) -> None:
    """Widen the last column of a group whose name is longer than its columns together."""
    for group, members in groupby(range(len(columns)), key=lambda at: columns[at].group):
        span = list(members)
        named = text_width(group) + _RULE
        wanted = named if width is None else min(named, _LONGEST_NAME)
        room = _total(span, widths, columns)
        if group and wanted > room:
            widths[span[-1]] += wanted - room


def gap(columns: Sequence[Column], at: int) -> int:
    """Cells before a column: none, few, or more where another group begins."""
    if at == 0:
        return 0
    return _GAP if columns[at].group == columns[at - 1].group else _GROUP_GAP


def _total(places: Sequence[int], widths: Sequence[int], columns: Sequence[Column]) -> int:
    shown = [columns[place] for place in places]
    return sum(widths[place] + gap(shown, at) for at, place in enumerate(places))


def _bundles(places: Sequence[int], columns: Sequence[Column]) -> list[list[int]]:
    """The columns that begin every block, then those that stay together."""
    names = _n_names([columns[place] for place in places])
    n_first = next((at for at, place in enumerate(places) if columns[place].group), names)
    bundles = [list(places[:n_first])]
    for group, members in groupby(places[n_first:], key=lambda place: columns[place].group):
        if group:
            bundles.append(list(members))
        else:
            bundles += [[place] for place in members]
    return bundles


def _n_names(columns: Sequence[Column]) -> int:
    """How many columns say what a row is: those of words, where figures alone follow; else the first."""
    n_words = sum(column.align == "left" for column in columns)
    begins_with_them = all(column.align == "left" for column in columns[:n_words])
    return n_words if begins_with_them and 0 < n_words < len(columns) else 1


def _squeezed(
    places: Sequence[int], widths: Sequence[int], columns: Sequence[Column], *, width: int, floor: int
) -> list[int]:
    """Widths with the broadest columns of texts made narrower, down to `floor`, until all fits."""
    squeezed = list(widths)
    texts = [at for at in places if columns[at].align == "left"]
    excess = _total(places, squeezed, columns) - width
    while excess > 0 and texts:
        broadest = max(texts, key=lambda at: squeezed[at])
        if squeezed[broadest] <= floor:
            break
        squeezed[broadest] -= 1
        excess -= 1
    return squeezed
