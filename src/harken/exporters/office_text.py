"""Texts for workbooks and documents: harmless, and nothing in them that XML cannot hold."""

from __future__ import annotations

from rich.cells import cell_len

from harken.report import visible

_UNWRITABLE = dict.fromkeys((*range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\ufffd")


def office_text(words: str) -> str:
    """The text with its line ends as line feeds; what does something or cannot be written becomes a mark."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    return visible(lines, keep_lines=True).translate(_UNWRITABLE)


def widest_line(words: str) -> int:
    """Width of the longest line in characters, wide ones counted as two."""
    return max(map(cell_len, words.split("\n")))


def widest_word(words: str) -> int:
    """Width of the longest piece that no line break can fall into."""
    return max(map(cell_len, words.split()), default=0)


def n_lines(words: str, width: int) -> int:
    """About how many lines a text takes where it is wrapped to `width` characters."""
    return sum(-(-cell_len(line) // max(width, 1)) or 1 for line in words.split("\n"))
