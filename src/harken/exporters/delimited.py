"""A report as CSV: each table below its title and notes, cells byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from harken.exporters.csv_lines import csv_line
from harken.report import Report, Table

_LINE_ENDS = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")


def csv_text(report: Report, *, spreadsheet_safe: bool = False) -> str:
    """Lines beginning with "# " are titles and notes; a blank line stands between tables.

    A first cell that begins with # is quoted, so it cannot be taken for a note. `spreadsheet_safe` puts an
    apostrophe before cells that a spreadsheet would run as a formula.
    """
    blocks = ["".join(_table_lines(table, spreadsheet_safe=spreadsheet_safe)) for table in report.tables]
    head = "".join(_remarks((report.title, *report.notes)))
    return "\n".join((head, *blocks)) if head else "\n".join(blocks)


def _table_lines(table: Table, *, spreadsheet_safe: bool) -> Iterator[str]:
    yield from _remarks((table.title, *table.notes))
    headings = [
        f"{column.group}: {column.heading}" if column.group else column.heading for column in table.columns
    ]
    for cells in (headings, *([cell.text for cell in row] for row in table.rows)):
        yield csv_line(cells, spreadsheet_safe=spreadsheet_safe)


def _remarks(texts: Iterable[str]) -> Iterator[str]:
    for words in texts:
        if words:
            yield f"# {_LINE_ENDS.sub(' ', words)}\n"
