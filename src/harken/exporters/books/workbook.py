"""A book as a workbook: a sheet for each of its tables, numbered as on its pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from harken.exporters.books.numbering import NumberedSection, numbered_sections
from harken.exporters.workbook import workbook_bytes
from harken.report import Book, Report, Table


def book_workbook(book: Book) -> bytes:
    """All tables as XLSX; the last sheet says what they are of and lists them."""
    sections = list(numbered_sections(book))
    tables = [table for section in sections for table in _tables(section)]
    notes = [f"{name}: {value}" for name, value in book.facts]
    listed = [f"{section.heading}: {table.title}" for section in sections for table in _tables(section)]
    return workbook_bytes(Report(title=book.title, notes=(*notes, *listed), tables=tuple(tables)))


def _tables(section: NumberedSection) -> Iterator[Table]:
    notes = section.notes
    for number, table in enumerate(section.tables, start=section.first_table):
        # A sheet is read by itself, so it has what the page says once above all of them.
        yield replace(
            table,
            title=f"Table {number}. {table.title}".rstrip(),
            short_title=f"{number} {table.short_title or table.title}",
            notes=(*table.notes, *notes),
        )
