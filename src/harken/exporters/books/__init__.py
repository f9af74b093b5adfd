"""A book of reports as one page, one document, one workbook, and its figures as files."""

from harken.exporters.books.document import book_document
from harken.exporters.books.figures import book_figures
from harken.exporters.books.page import book_page
from harken.exporters.books.workbook import book_workbook

__all__ = ["book_document", "book_figures", "book_page", "book_workbook"]
