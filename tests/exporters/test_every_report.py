"""Every report of a study in every format: the same cells, as each file is read back."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import Any

import pytest
from lxml import html
from reports_study import SHOWN, Shown, opened_study, whole_book
from test_office_files import as_in_a_sheet, body_of, document_of, rows_of, sheets_of
from test_pages import as_printed, body_rows, tables_of, tex_tables
from test_report_exports import csv_tables, markdown_rows

from harken.exporters.books import book_document, book_page, book_workbook
from harken.exporters.delimited import csv_text
from harken.exporters.document import document_bytes
from harken.exporters.html import html_text
from harken.exporters.latex import latex_text
from harken.exporters.layout import text_width
from harken.exporters.markdown import markdown_text
from harken.exporters.office_text import office_text
from harken.exporters.sheet_names import sheet_names
from harken.exporters.structured import dumps
from harken.exporters.terminal import terminal_text
from harken.exporters.workbook import workbook_bytes
from harken.report import Book, Cell, Report, Table, for_print, glued, percentage, typeset

SECTIONS = "sections of the whole report"


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Shown]:
    """Every look at the study."""
    with opened_study(tmp_path_factory.mktemp("study")) as project:
        return {name: look(project) for name, look in SHOWN.items()}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The study's whole report."""
    with opened_study(tmp_path_factory.mktemp("study")) as project:
        return whole_book(project)


@pytest.fixture(params=[*SHOWN, SECTIONS])
def reports(request: pytest.FixtureRequest) -> list[Report]:
    if request.param == SECTIONS:
        sections = request.getfixturevalue("book").sections
        return [replace(one.report, title=one.title) for one in sections if one.report is not None]
    return [request.getfixturevalue("shown")[request.param].report]


def on_pages(report: Report) -> list[list[list[str]]]:
    """The cells of each table as pages have them: joined columns joined."""
    return [
        [[office_text(cell.text) for cell in row] for row in typeset(table).rows] for table in report.tables
    ]


# -- equal cells -------------------------------------------------------------------------------------


def test_csv_holds_the_reports_cells(reports: list[Report]) -> None:
    for report in reports:
        # Without rows a table is its headings; without tables there are only remarks.
        wanted = [[[cell.text for cell in row] for row in table.rows] for table in report.tables]
        assert [table[1:] for table in csv_tables(csv_text(report))] == wanted, report.title


def test_a_workbook_holds_the_reports_cells_numbers_as_numbers(reports: list[Report]) -> None:
    for report in reports:
        data = workbook_bytes(report)
        sheets = sheets_of(data)
        names = sheet_names((one.short_title or one.title for one in report.tables), taken=["Notes"])
        assert list(sheets) == [*names, "Notes"]
        for number, (name, table) in enumerate(zip(names, report.tables, strict=True), start=1):
            wanted = [[as_in_a_sheet(cell) for cell in row] for row in table.rows]
            assert body_of(sheets[name], table) == wanted, (report.title, name)
            looks_like_a_number = {
                cell
                for row in body_of(sheets[name], table)
                for column, cell in zip(table.columns, row, strict=True)
                if column.align == "right"
                # What a file of counts prints is kept as it stands there.
                and column.heading != "printed"
                and isinstance(cell, str)
                and re.fullmatch(r"-?[\d.,]+", cell)
            }
            assert looks_like_a_number == set(), (report.title, name)
            assert _frozen_rows(data, number) == 2 + any(column.group for column in table.columns)


def _frozen_rows(data: bytes, number: int) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read(f"xl/worksheets/sheet{number}.xml").decode()
    (rows,) = re.findall(r'<pane [^>]*ySplit="(\d+)"', sheet)
    return int(rows)


def test_a_page_holds_the_reports_cells(reports: list[Report]) -> None:
    for report in reports:
        page = html.document_fromstring(html_text(report))
        assert [body_rows(table) for table in tables_of(page)] == on_pages(report), report.title


def test_markdown_holds_the_reports_cells(reports: list[Report]) -> None:
    for report in reports:
        # Markdown has no tables, but lines: the heads of tables stand among them.
        left = iter(markdown_rows(markdown_text(report)))
        found = []
        for table in report.tables:
            next(left)
            found.append([next(left) for _ in table.rows])
        assert list(left) == []
        assert found == on_pages(report), report.title


def test_a_fragment_holds_the_reports_cells(reports: list[Report]) -> None:
    for report in reports:
        tables = [typeset(table) for table in report.tables]
        wanted = [
            [
                [_in_tex(cell, is_one_line=table.has_spanning_head(number)) for cell in row]
                for number, row in enumerate(table.rows)
            ]
            for table in tables
        ]
        assert tex_tables(latex_text(report)) == wanted, report.title


def _in_tex(cell: Cell, *, is_one_line: bool) -> str:
    words = as_printed(cell.text)
    return words.replace("\n", " ").strip() if is_one_line else words


def test_a_document_holds_the_reports_cells(reports: list[Report]) -> None:
    for report in reports:
        left = iter([rows_of(table) for table in document_of(document_bytes(report)).tables])
        for table in map(typeset, report.tables):
            wanted = [[office_text(cell.text) for cell in row] for row in table.rows]
            # Headings are rows there.
            assert _rejoined(left, table)[-len(wanted) :] == wanted, (report.title, table.title)
        assert list(left) == []


def _rejoined(parts: Iterator[list[list[str]]], table: Table) -> list[list[str]]:
    """A table that is too wide for a page goes on below, each part with the first column."""
    bodies = [next(parts)]
    while sum(len(part[0]) - 1 for part in bodies) + 1 < len(table.columns):
        bodies.append(next(parts))
    bodies = [part[len(part) - len(table.rows) :] for part in bodies]
    return [first + [cell for row in more for cell in row[1:]] for first, *more in zip(*bodies, strict=True)]


def test_a_pipe_holds_the_reports_cells(reports: list[Report]) -> None:
    for report in reports:
        for table in report.tables:
            cells = [[office_text(cell.text) for cell in row] for row in glued(table).rows]
            alone = terminal_text(Report(title="", tables=(table,)))
            assert alone.removeprefix("\n") in terminal_text(report)
            lines = iter(alone.splitlines())
            assert any(re.fullmatch("─+", line) for line in lines)
            for number, row in enumerate(cells):
                if number and number in (*table.heads, *table.breaks):
                    assert next(lines) == ""
                height = max(len(words.split("\n")) for words in row)
                printed = " ".join(next(lines) for _ in range(height)).split()
                if height == 1:
                    assert printed == " ".join(row).split(), (report.title, table.title)
                assert Counter(printed) == Counter(" ".join(row).split())


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_terminal(reports: list[Report], width: int) -> None:
    for report in reports:
        lines = terminal_text(report, width=width).splitlines()
        assert [line for line in lines if text_width(line) > width] == []


# -- the whole report --------------------------------------------------------------------------------


@pytest.fixture
def tables(book: Book) -> list[Table]:
    """All tables of the whole report, as its files have them: appendices stand at the end."""
    in_order = sorted(book.sections, key=lambda section: section.is_appendix)
    found = [table for section in in_order if section.report for table in section.report.tables]
    assert len(found) > 10
    return found


def test_the_reports_page_holds_the_cells_of_every_section(book: Book, tables: list[Table]) -> None:
    page = html.document_fromstring(book_page(book))
    printed = [typeset(for_print(table)) for table in tables]
    wanted = [[[office_text(cell.text) for cell in row] for row in table.rows] for table in printed]
    assert [body_rows(table) for table in tables_of(page)] == wanted


def test_the_reports_document_holds_the_cells_of_every_section(book: Book, tables: list[Table]) -> None:
    left = iter([rows_of(table) for table in document_of(book_document(book)).tables])
    for table in map(typeset, map(for_print, tables)):
        wanted = [[office_text(cell.text) for cell in row] for row in table.rows]
        assert _rejoined(left, table) == wanted, table.title


def test_the_reports_workbook_holds_the_cells_of_every_section(book: Book, tables: list[Table]) -> None:
    *sheets, _ = sheets_of(book_workbook(book)).values()
    for sheet, table in zip(sheets, tables, strict=True):
        assert body_of(sheet, table) == [[as_in_a_sheet(cell) for cell in row] for row in table.rows]


# -- JSON --------------------------------------------------------------------------------------------

_PRINTED = re.compile(r"(?<![\w.<>])-?(?:\d+(?:\.\d+)?|\.\d+)(?![\w.]*\w)")
"""A figure; not one behind < or >, which says that it is another."""
_COUNTS_OF = ("base", "participants", "eligible")
"""What the counts beside them are of, in documents that leave their shares to the reader."""


# Agreement has tests of its own; the table of participants has counts alone in its document.
@pytest.mark.parametrize("name", sorted(SHOWN.keys() - {"agreement", "agreement of a file", "participants"}))
def test_every_figure_of_a_table_is_a_value_of_the_json_rounded(shown: dict[str, Shown], name: str) -> None:
    look = shown[name]
    data = json.loads(dumps(look.result.as_json()))
    numbers = list(_numbers(data))
    held = {}
    for table in look.report.tables:
        for at, column in enumerate(table.columns):
            if column.align == "right":
                for figure in _PRINTED.findall(" ".join(row[at].text for row in table.rows)):
                    held[figure] = held.get(figure) or _is_rounded(figure, numbers)
    assert sorted(figure for figure, is_held in held.items() if not is_held) == []


def _numbers(data: Any) -> Iterator[float]:
    if isinstance(data, dict):
        for whole in (data[name] for name in _COUNTS_OF if isinstance(data.get(name), int) and data[name]):
            yield from (n / whole for n in data.values() if type(n) is int)
        yield from chain.from_iterable(map(_numbers, data.values()))
    elif isinstance(data, list):
        yield from chain.from_iterable(map(_numbers, data))
    elif isinstance(data, int | float) and not isinstance(data, bool):
        yield float(data)


def _is_rounded(figure: str, numbers: Iterable[float]) -> bool:
    """Whether a figure is one of the numbers, or a hundred times one, within half of its last digit."""
    near = 0.5 * 10 ** -len(figure.partition(".")[2]) + 1e-9
    return any(min(abs(float(figure) - n), abs(float(figure) - 100 * n)) <= near for n in numbers)


# -- records -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHOWN)
def test_every_result_has_flat_records_all_with_the_same_names(shown: dict[str, Shown], name: str) -> None:
    records = shown[name].result.to_records()
    assert isinstance(records, list)
    values = [value for record in records for value in record.values()]
    assert all(value is None or isinstance(value, str | int | float) for value in values)
    assert len({tuple(record) for record in records}) <= 1
    assert bool(records) == bool(shown[name].report.tables)


# -- each figure in its place ------------------------------------------------------------------------


def _printed_share(share: dict[str, Any]) -> list[str]:
    counts = [str(share["n"]), str(share["base"])]
    if share["percent"] is None:
        return [*counts, "–", "–", "–"]
    limits = (f"{100 * share[limit]:.1f}" for limit in ("low", "high"))
    return [*counts, percentage(share["n"], share["base"]), *limits]


def test_a_row_of_a_closed_item_has_the_shares_of_its_answer(shown: dict[str, Shown]) -> None:
    look = shown["closed"]
    (item,) = look.result.as_json()["items"]
    table = look.report.tables[0]
    for row, answer in zip(table.rows, item["answers"], strict=False):
        shares = [*answer["cells"], answer["total"]]
        wanted = [words for share in shares for words in _printed_share(share)]
        assert [cell.text for cell in row[: 1 + len(wanted)]] == [answer["label"], *wanted]


def test_a_row_of_codes_on_the_same_people_has_the_figures_of_its_pair(shown: dict[str, Shown]) -> None:
    look = shown["cooccurrence"]
    data = look.result.as_json()
    label = {code["code"]: code["label"] for code in data["codes"]}
    pairs = {(label[pair["first"]], label[pair["second"]]): pair for pair in data["pairs"]}
    rows = look.report.tables[0].rows
    assert len(rows) == len(pairs) > 5
    for row in rows:
        first, second, both, only_first, only_second, neither, *_, phi, _ = (cell.text for cell in row)
        pair = pairs[first, second]
        assert [both, only_first, only_second, neither] == [
            str(pair[name]) for name in ("n11", "n10", "n01", "n00")
        ]
        assert float(phi) == pytest.approx(pair["phi"], abs=0.00501)
