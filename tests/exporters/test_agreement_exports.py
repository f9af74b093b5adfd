"""The report of agreement in every format: the same cells, as each file is read back."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from lxml import html
from test_office_files import as_in_a_sheet, body_of, document_of, rows_of, sheets_of
from test_pages import as_printed, body_rows, tex_tables
from test_report_exports import csv_tables, markdown_rows

from harken.exporters.delimited import csv_text
from harken.exporters.document import document_bytes
from harken.exporters.html import html_text
from harken.exporters.latex import latex_text
from harken.exporters.markdown import markdown_text
from harken.exporters.sheet_names import sheet_names
from harken.exporters.terminal import terminal_text
from harken.exporters.workbook import workbook_bytes
from harken.report import Report
from harken.services.agreeing import agreement_report, measure_file_agreement

CODINGS = """unit,question,ann,bob,eve
1,q1,fear,fear,fear
2,q1,fear; cost,fear,
3,q1,fear,(none),fear
4,q1,(none),(none),(none)
5,q2,cost,cost,
6,q2,,(none),cost
7,q2,fear,,
8,q2,cost,cost,cost
"""


@pytest.fixture
def report(tmp_path: Path) -> Report:
    path = tmp_path / "codings.csv"
    path.write_text(CODINGS, encoding="utf-8")
    result = measure_file_agreement(path, replicates=50)
    return agreement_report(result, None, title="codings.csv", is_full=True, with_disagreements=True)


@pytest.fixture
def rows(report: Report) -> list[list[list[str]]]:
    """The cells of each table as the report has them."""
    return [[[cell.text for cell in row] for row in table.rows] for table in report.tables]


def _rejoined(parts: Iterable[list[list[str]]], report: Report) -> list[list[list[str]]]:
    """The tables of a page; one too wide for it goes on below, each part with the first column."""
    left = iter(parts)
    tables = []
    for table in report.tables:
        found = next(left)
        while len(found[0]) < len(table.columns):
            found = [[*row, *more[1:]] for row, more in zip(found, next(left), strict=True)]
        tables.append(found)
    assert list(left) == []
    return tables


def test_data_files_hold_the_reports_cells(report: Report, rows: list[list[list[str]]]) -> None:
    assert [table[1:] for table in csv_tables(csv_text(report))] == rows
    names = sheet_names((one.short_title or one.title for one in report.tables), taken=["Notes"])
    sheets = sheets_of(workbook_bytes(report))
    assert list(sheets) == [*names, "Notes"]
    for name, table in zip(names, report.tables, strict=True):
        wanted = [[as_in_a_sheet(cell) for cell in row] for row in table.rows]
        assert body_of(sheets[name], table) == wanted


def test_pages_hold_the_reports_cells(report: Report, rows: list[list[list[str]]]) -> None:
    page = html.document_fromstring(html_text(report))
    assert [body_rows(table) for table in page.iter("table")] == rows
    printed = [[[as_printed(words) for words in row] for row in table] for table in rows]
    assert tex_tables(latex_text(report)) == printed
    # Markdown has no tables, but lines: the heads of tables stand among them.
    found = markdown_rows(markdown_text(report))
    assert len(found) == len(rows) + sum(map(len, rows))
    assert [row for row in found if row in [row for table in rows for row in table]] == [
        row for table in rows for row in table
    ]


def test_a_document_holds_the_reports_cells(report: Report, rows: list[list[list[str]]]) -> None:
    found = _rejoined(map(rows_of, document_of(document_bytes(report)).tables), report)
    # Headings are rows there.
    assert [table[len(table) - len(wanted) :] for table, wanted in zip(found, rows, strict=True)] == rows


def test_a_pipe_holds_the_reports_cells(report: Report, rows: list[list[list[str]]]) -> None:
    lines = [line.split() for line in terminal_text(report).splitlines()]
    for table in rows:
        for row in table:
            assert " ".join(row).split() in lines


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_of_the_report_is_wider_than_the_terminal(report: Report, width: int) -> None:
    assert [line for line in terminal_text(report, width=width).splitlines() if len(line) > width] == []
