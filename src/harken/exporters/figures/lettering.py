"""Texts of a picture: how wide they are, where they are broken, and writing them in inches."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath
from rich.cells import cell_len

from harken.exporters.figures.colours import INK
from harken.exporters.office_text import office_text

FAMILY = "DejaVu Sans"
"""Comes with matplotlib and is broad: what fits in it fits in what others show instead."""
SIZE, SMALL = 9, 8
LINE = 0.165
"""Inches that a line of text takes."""
PAD = 0.1
DPI = 200
"""Dots an inch of a picture made of dots."""
_POINTS = 72
_HINTING = 0.5 / DPI
"""Inches by which a picture made of dots widens a character at most, to set it on whole dots."""
_LONGEST_LINE = 44
"""Characters of a label before it goes on in another line."""


@dataclass(frozen=True, slots=True)
class Text:
    """Writes on a canvas in inches from its upper left corner."""

    canvas: Any
    width: float
    height: float

    def write(self, words: str, x: float, y: float, **look: Any) -> None:
        """Write lines around a place; each stands for itself, so that another font sets it as well."""
        lines = words.split("\n")
        for number, line in enumerate(lines):
            place = (x / self.width, 1 - (y + LINE * (number - (len(lines) - 1) / 2)) / self.height)
            self.canvas.text(
                *place, line, **{"fontsize": SIZE, "color": INK, "va": "center_baseline", **look}
            )


def one_line(words: str) -> str:
    """A text cleaned, in one line."""
    return " ".join(office_text(words).split())


def broken(words: str, *, longest: int = _LONGEST_LINE) -> str:
    """A text in lines, broken at spaces and behind the dots and slashes of a code's path."""
    lines = []
    for paragraph in words.split("\n"):
        line = ""
        for piece in re.findall(r"\s*[^\s./]*[./]?", paragraph):
            while cell_len(line + piece) > longest:
                if line.strip():
                    lines.append(line)
                    line, piece = "", piece.lstrip()
                else:
                    lines.append(piece[: longest // 2])
                    line, piece = "", piece[longest // 2 :]
            line += piece
        lines.append(line)
    return "\n".join(lines)


def width_of(words: str, *, size: int = SIZE, bold: bool = False) -> float:
    """Inches of a text's longest line, rather too many for characters that the font does not have."""
    font = FontProperties(family=FAMILY, size=size, weight="bold" if bold else "normal")
    widest = 0.0
    for line in words.split("\n"):
        if line:
            width, _, _ = TextToPath().get_text_width_height_descent(line, font, False)
            rough = 0.0 if line.isascii() else cell_len(line) * size * 0.65
            widest = max(widest, width + len(line) * _HINTING * _POINTS, rough)
    return widest / _POINTS
