"""The numbers of a book's chapters, appendices, tables and figures: the same in each of its files."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass

from harken.report import Book, Figure, Section, Table

_NO_ANCHOR = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedSection:
    """A section with its number; its tables and figures are numbered over the whole book."""

    section: Section
    number: str
    """As "3", "3.1" or, of an appendix, "A" and "A.1"."""
    anchor: str
    first_table: int
    first_figure: int

    @property
    def heading(self) -> str:
        if self.section.is_appendix and self.section.level == 1:
            return f"Appendix {self.number}. {self.section.title}"
        return f"{self.number} {self.section.title}"

    @property
    def notes(self) -> tuple[str, ...]:
        return self.section.report.notes if self.section.report else ()

    @property
    def tables(self) -> tuple[Table, ...]:
        return self.section.report.tables if self.section.report else ()

    @property
    def figures(self) -> tuple[Figure, ...]:
        return self.section.report.figures if self.section.report else ()


def numbered_sections(book: Book) -> Iterator[NumberedSection]:
    """The sections in their order, appendices last, with the numbers that readers cite."""
    counts = [0, 0, 0]
    is_appendix = False
    next_table = next_figure = 1
    anchors: set[str] = set()
    for section in _ordered(book.sections):
        if section.is_appendix and not is_appendix:
            counts, is_appendix = [0, 0, 0], True
        level = min(max(section.level, 1), len(counts))
        counts[level - 1] += 1
        counts[level:] = [0] * (len(counts) - level)
        first = _letters(counts[0]) if is_appendix else str(counts[0])
        numbered = NumberedSection(
            section=section,
            number=".".join((first, *map(str, counts[1:level]))),
            anchor=_own(section.anchor or section.title, anchors),
            first_table=next_table,
            first_figure=next_figure,
        )
        next_table += len(numbered.tables)
        next_figure += len(numbered.figures)
        yield numbered


def _ordered(sections: tuple[Section, ...]) -> list[Section]:
    return sorted(sections, key=lambda section: section.is_appendix)


def _letters(number: int) -> str:
    """A, B … Z, AA, AB …"""
    letters = ""
    while number > 0:
        number, place = divmod(number - 1, len(string.ascii_uppercase))
        letters = string.ascii_uppercase[place] + letters
    return letters


def _own(words: str, taken: set[str]) -> str:
    """An anchor like some words, which no other section has."""
    wanted = _NO_ANCHOR.sub("-", words.casefold()).strip("-") or "section"
    anchor, again = wanted, 1
    while anchor in taken:
        again += 1
        anchor = f"{wanted}-{again}"
    taken.add(anchor)
    return anchor
