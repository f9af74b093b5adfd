"""Texts for LaTeX: nothing in them does anything, and any document compiles with them."""

from __future__ import annotations

import re
import unicodedata

from harken.exporters.office_text import office_text

_ESCAPED = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "`": r"\textasciigrave{}",
    # Some languages of babel make a command of it.
    '"': r"\symbol{34}",
    # At the beginning of a row these would be taken for an argument of the row before.
    "[": "{[}",
    "]": "{]}",
    "*": "{*}",
    "\u00a0": "~",
    "\u2013": r"\textendash{}",
    "\u2014": r"\textemdash{}",
    "\u2018": r"\textquoteleft{}",
    "\u2019": r"\textquoteright{}",
    "\u201c": r"\textquotedblleft{}",
    "\u201d": r"\textquotedblright{}",
    "\u201e": r"\quotedblbase{}",
    "\u2026": r"\textellipsis{}",
    "\u2022": r"\textbullet{}",
    "\u202f": r"\,",
}
_MATHS = {
    "\u2212": "-",
    "\u00d7": r"\times",
    "\u2264": r"\leq",
    "\u2265": r"\geq",
    "\u2260": r"\neq",
    "\u2248": r"\approx",
    "\u221e": r"\infty",
    "\u221a": r"\surd",
    "\u2190": r"\leftarrow",
    "\u2192": r"\rightarrow",
    "\u0394": r"\Delta",
    "\u03a3": r"\Sigma",
    "\u03b1": r"\alpha",
    "\u03b2": r"\beta",
    "\u03b3": r"\gamma",
    "\u03b4": r"\delta",
    "\u03ba": r"\kappa",
    "\u03bb": r"\lambda",
    "\u03bc": r"\mu",
    "\u03c0": r"\pi",
    "\u03c1": r"\rho",
    "\u03c3": r"\sigma",
    "\u03c4": r"\tau",
    "\u03c6": r"\phi",
    "\u03c7": r"\chi",
    "\u03c9": r"\omega",
}
WRITTEN = {**_ESCAPED, **{sign: rf"\ensuremath{{{name}}}" for sign, name in _MATHS.items()}}
"""Characters and what LaTeX is given for them."""
_BREAKS, _BREAK = "\1", r"\allowbreak{}"
"""Where a long word may go on in the next line; no text holds the first, see `office_text`."""
_PIECE = re.compile(r"[^._/\-]*[._/\-]+|[^._/\-]+")
# Two of these in a row would be set as another sign.
_LIGATURE = re.compile(r"(?<=([-',]))(?=\1)")
_KNOWN = re.compile(r"[\x20-\x7e\u00a1-\u017f]")
"""What every LaTeX of today reads in UTF-8 with the font encoding T1."""
_MACRO = r"\harkenchar"
FALLBACK = (
    "% A character that pdfLaTeX does not have: LuaLaTeX and XeLaTeX set it (in a font that has it),",
    "% pdfLaTeX sets its number.",
    rf"\providecommand{{{_MACRO}}}[2]{{\ifdefined\XeTeXversion#1\else\ifdefined\directlua#1\else",
    r"  {\ttfamily U+#2}\fi\fi}",
)
"""Defines what stands for characters that not every LaTeX knows."""


def latex_text_of(words: str, *, line_end: str = r"\newline ", longest_word: int | None = None) -> str:
    """The text as LaTeX sets it; spaces at its beginning indent it, a line feed becomes `line_end`.

    A word of more than `longest_word` characters may be broken.
    """
    lines = unicodedata.normalize("NFC", office_text(words)).split("\n")
    if longest_word is not None:
        lines = [" ".join(_breakable(word, longest_word) for word in line.split(" ")) for line in lines]
    # Before its first word a paragraph has no line that could end.
    start = "" if lines[0].strip() or len(lines) == 1 else r"\leavevmode"
    return start + line_end.join(map(_line, lines))


def _breakable(word: str, longest: int) -> str:
    """A long word with breaks behind its stops, and where it has none, wherever a line is full."""
    if len(word) <= longest:
        return word
    return _BREAKS.join(
        piece[start : start + longest]
        for piece in _PIECE.findall(word)
        for start in range(0, len(piece), longest)
    )


def _line(words: str) -> str:
    depth = len(words) - len(words.lstrip(" "))
    indent = rf"\hspace*{{{depth / 2:g}em}}" if depth and words.strip() else ""
    return indent + "".join(map(_character, _LIGATURE.sub("\0", words[depth:])))


def _character(character: str) -> str:
    if character == "\0":
        return "{}"
    if character == _BREAKS:
        return _BREAK
    written = WRITTEN.get(character)
    if written is not None:
        return written
    if _KNOWN.fullmatch(character):
        return character
    return rf"{_MACRO}{{{character}}}{{{ord(character):04X}}}"


def has_fallback(written: str) -> bool:
    """Whether a fragment needs `FALLBACK`."""
    return _MACRO in written


def latex_comment(words: str) -> str:
    """The text as it may stand behind a % in one line."""
    return " ".join(office_text(words).split())
