"""Every report of a study in every format. As a program it writes them: PROJECT FOLDER."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from reports_study import SHOWN, Shown, whole_book

from harken import Project
from harken.exporters.books import book_document, book_page, book_workbook
from harken.exporters.delimited import csv_text
from harken.exporters.document import document_bytes
from harken.exporters.figures import figure_png, figure_svg
from harken.exporters.html import html_text
from harken.exporters.latex import latex_text
from harken.exporters.markdown import markdown_text
from harken.exporters.structured import dumps
from harken.exporters.terminal import terminal_text
from harken.exporters.workbook import workbook_bytes

TEXTS: dict[str, Callable[[Shown], str]] = {
    "txt": lambda shown: terminal_text(shown.report),
    "csv": lambda shown: csv_text(shown.report),
    "md": lambda shown: markdown_text(shown.report),
    "tex": lambda shown: latex_text(shown.report),
    "html": lambda shown: html_text(shown.report),
    "json": lambda shown: dumps(shown.result.as_json()),
}
FILES: dict[str, Callable[[Shown], bytes]] = {
    "xlsx": lambda shown: workbook_bytes(shown.report),
    "docx": lambda shown: document_bytes(shown.report),
}


def write_every_format(project: Project, folder: Path) -> None:
    """A file for each report and format, and the whole report."""
    folder.mkdir()
    for name, look in SHOWN.items():
        shown = look(project)
        for suffix, write in TEXTS.items():
            (folder / f"{name}.{suffix}").write_text(write(shown), encoding="utf-8", newline="")
        for suffix, write_file in FILES.items():
            (folder / f"{name}.{suffix}").write_bytes(write_file(shown))
        for number, figure in enumerate(shown.report.figures[:1]):
            (folder / f"{name} {number}.svg").write_bytes(figure_svg(figure))
            (folder / f"{name} {number}.png").write_bytes(figure_png(figure))
    book = whole_book(project)
    (folder / "book.html").write_text(book_page(book), encoding="utf-8", newline="")
    (folder / "book.docx").write_bytes(book_document(book))
    (folder / "book.xlsx").write_bytes(book_workbook(book))


if __name__ == "__main__":
    with Project.open(sys.argv[1]) as opened:
        write_every_format(opened, Path(sys.argv[2]))
