"""Reports of tables and figures, and books of several reports."""

from __future__ import annotations

from dataclasses import dataclass

from harken.report.figures import Figure
from harken.report.tables import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a command says: its title, notes on the whole, its figures and its tables."""

    title: str
    notes: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a book: a heading, paragraphs of prose, then figures and tables."""

    title: str
    paragraphs: tuple[str, ...] = ()
    report: Report | None = None
    """What is shown below the prose; its own title stands nowhere, its notes stand as paragraphs."""
    level: int = 1
    """1 for a chapter, 2 for a part of one, 3 for a part of that."""
    anchor: str = ""
    """What links lead here, as "methods"; else made of the title."""
    is_appendix: bool = False
    """Appendices stand at the end and are lettered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What is behind a figure: texts, each with whose it is."""

    title: str
    anchor: str
    level: int = 1
    """1 for a scope, 2 and more for what is below it."""
    notes: tuple[str, ...] = ()
    entries: tuple[tuple[str, str], ...] = ()
    """Whose text, and the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Several reports as one: what it is of, then its sections in their order."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    """Names and values of the title page, as ("Project hash", "3f0a…"): never a path, never the time now."""
    running: str = ""
    """One line that every page carries: tool, version, project hash."""
    sections: tuple[Section, ...] = ()
    listings: tuple[Listing, ...] = ()
    """Only a page that can be unfolded holds them."""
