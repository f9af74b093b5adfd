"""Reports as workbooks and documents: the report's cells, read back with other programs' eyes."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.shared import Pt
from docx.table import _Cell
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from test_report_exports import HOSTILE, report_of, wide_report

from harken.exporters.codebook_document import codebook_to_docx
from harken.exporters.document import document_bytes
from harken.exporters.document_widths import fit_page, page_blocks, room_for_text, with_columns
from harken.exporters.office_text import office_text
from harken.exporters.sheet_names import sheet_names
from harken.exporters.workbook import workbook_bytes
from harken.exporters.workbook_cells import LONGEST_TEXT, Number, number_in
from harken.model import Code, Codebook, Family
from harken.report import Cell, Column, Report, Table, count, decimal, text, typeset

MORE_HOSTILE = (
    *HOSTILE,
    "<r>markup</r>",
    "<r><t>x</t></r>",
    "_x0041_ and _x000D_",
    "https://example.org/?q=1#x",
    "internal:Sheet1!A1",
    "\ufffe\uffff\ud800 no XML",
    "   indented",
    "007",
    "1e5",
)


ROW = (text("a"), count(1))


def sheets_of(data: bytes) -> dict[str, list[list[Any]]]:
    """Every sheet's cells from A1 on."""
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        return {
            name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in workbook.sheet_names
        }


def body_of(sheet: list[list[Any]], table: Table) -> list[list[Any]]:
    """The rows below a sheet's headings; blank cells at its edge are not kept in the file."""
    first, width = 2 + any(column.group for column in table.columns), len(table.columns)
    padded = [*sheet, *[[]] * (first + len(table.rows) - len(sheet))]
    return [[*row, *[""] * width][:width] for row in padded[first : first + len(table.rows)]]


def as_in_a_sheet(cell: Cell) -> object:
    found = number_in(cell)
    # The file keeps sixteen digits.
    return office_text(cell.text) if found is None else float(f"{found.value:.16g}")


def document_of(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def rows_of(table: Any) -> list[list[str]]:
    """A document's table cell by cell, with each indent written as the spaces that it stands for.

    Columns that a cell spans are blank behind its text.
    """
    return [
        [
            words
            for cell in row._tr.tc_lst
            for words in (_with_spaces(_Cell(cell, table).paragraphs[0]), *[""] * (cell.grid_span - 1))
        ]
        for row in table.rows
    ]


def _with_spaces(paragraph: Any) -> str:
    indent = paragraph.paragraph_format.left_indent
    return " " * (0 if indent is None else round(indent / Pt(4))) + str(paragraph.text)


_TEXTS = st.one_of(st.text(max_size=30), st.sampled_from(MORE_HOSTILE))
_CELLS = st.one_of(
    _TEXTS.map(text),
    st.integers(-(10**16), 10**16).map(count),
    st.builds(decimal, st.floats(-1e9, 1e9), st.integers(0, 6)),
    st.builds(Cell, _TEXTS, st.floats() | st.integers() | st.none()),
)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    tables = []
    for _ in range(draw(st.integers(0, 3))):
        n_columns = draw(st.integers(1, 4))
        columns = tuple(
            Column(
                heading=draw(_TEXTS),
                group=draw(st.sampled_from(["", "g", "h"])),
                align=draw(st.sampled_from(["left", "right"])),
                glue=draw(st.sampled_from(["", "", "/"])),
            )
            for _ in range(n_columns)
        )
        rows = draw(st.lists(st.tuples(*[_CELLS] * n_columns), max_size=4))
        heads = tuple(number for number in range(len(rows)) if draw(st.booleans()))
        notes = tuple(draw(st.lists(_TEXTS, max_size=2)))
        tables.append(Table(title=draw(_TEXTS), columns=columns, rows=tuple(rows), notes=notes, heads=heads))
    notes = tuple(draw(st.lists(_TEXTS, max_size=2)))
    return Report(title=draw(_TEXTS), notes=notes, tables=tuple(tables))


# -- equal cells -------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=60)
@given(report=reports())
def test_a_workbook_holds_every_cell_of_the_report(report: Report) -> None:
    sheets = sheets_of(workbook_bytes(report))
    names = sheet_names((table.title for table in report.tables), taken=["Notes"])
    assert list(sheets) == [*names, "Notes"]
    for name, table in zip(names, report.tables, strict=True):
        wanted = [[as_in_a_sheet(cell) for cell in row] for row in table.rows]
        assert body_of(sheets[name], table) == wanted


@settings(deadline=None, max_examples=60)
@given(report=reports())
def test_a_document_holds_every_cell_of_the_report(report: Report) -> None:
    tables = iter(document_of(document_bytes(report)).tables)
    for table in map(typeset, report.tables):
        wanted = [[office_text(cell.text) for cell in row] for row in table.rows]
        # A table too wide for a page goes on below, each part with the first column and its own headings.
        parts = [next(tables)]
        while sum(len(part.columns) - 1 for part in parts) + 1 < len(table.columns):
            parts.append(next(tables))
        bodies = [rows_of(part)[len(part.rows) - len(wanted) :] for part in parts]
        joined = zip(*bodies, strict=True)
        assert [first + [cell for row in more for cell in row[1:]] for first, *more in joined] == wanted
    assert list(tables) == []


def test_a_table_too_wide_for_a_page_goes_on_below_with_its_first_column() -> None:
    columns = (Column(heading="code"), *(Column(heading=f"{n}" * 20, align="right") for n in range(1, 10)))
    row = (text("benefit"), *(count(n) for n in range(1, 10)))
    tables = document_of(
        document_bytes(Report(title="r", tables=(Table(title="t", columns=columns, rows=(row,)),)))
    ).tables
    assert [[cell.text for cell in found.rows[1].cells] for found in tables] == [
        ["benefit", "1", "2", "3", "4", "5"],
        ["benefit", "6", "7", "8", "9"],
    ]


def test_no_page_begins_or_ends_with_a_single_row_of_a_table() -> None:
    table = Table(title="t", columns=(Column(heading="code"), Column(heading="n")), rows=(ROW,) * 25)
    # The headings and the first row with the second; the last two with the notes.
    assert _kept_rows(table) == [{True}, {True}, *[{False}] * 22, {True}, {True}]


def test_a_short_table_stands_whole_on_a_page() -> None:
    table = Table(title="t", columns=(Column(heading="code"), Column(heading="n")), rows=(ROW,) * 20)
    assert _kept_rows(table) == [{True}] * 21


def _kept_rows(table: Table) -> list[set[bool]]:
    """Of each row of the table in a document, whether its cells stay with the next one."""
    (found,) = document_of(document_bytes(Report(title="r", tables=(table,)))).tables
    return [
        {bool(cell.paragraphs[0].paragraph_format.keep_with_next) for cell in row.cells} for row in found.rows
    ]


@given(
    names=st.lists(st.text("abcdefgh-", min_size=1, max_size=20), min_size=1, max_size=25),
    room=st.integers(450, 800),
)
def test_no_heading_of_a_wide_table_is_broken_within_a_word(names: list[str], room: int) -> None:
    columns = (Column(heading="code"), *(Column(heading=name, align="right") for name in names))
    table = Table(title="t", columns=columns, rows=((text("a.code"), *(count(1) for _ in names)),))
    for block in page_blocks(table, room):
        part = with_columns(table, block)
        fit = fit_page(part, {False: room, True: room})
        assert sum(fit.widths) <= room + 1e-6
        for column, n in zip(part.columns, room_for_text(part, fit), strict=True):
            assert n >= len(column.heading)


@settings(deadline=None, max_examples=20)
@given(report=reports())
def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    assert workbook_bytes(report) == workbook_bytes(report)
    assert document_bytes(report) == document_bytes(report)


def test_nothing_in_the_files_tells_when_they_were_made() -> None:
    for data in (workbook_bytes(wide_report()), document_bytes(wide_report())):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            core = archive.read("docProps/core.xml").decode()
        assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2000-01-01T00:00:00Z"}


def test_a_head_of_words_alone_goes_across_all_columns_of_a_document() -> None:
    words = "everybody: 3 of 121 people who have a decided answer"
    table = Table(
        title="A code",
        columns=(Column(heading="Participant"), Column(heading="Answer")),
        rows=((text(words), text("")), (text("P1"), text("It helped."))),
        heads=(0,),
    )
    (found,) = document_of(document_bytes(Report(title="r", tables=(table,)))).tables
    assert [[cell.grid_span for cell in row._tr.tc_lst] for row in found.rows] == [[1, 1], [2], [1, 1]]
    alone = replace(table, rows=table.rows[1:], heads=())
    (without,) = document_of(document_bytes(Report(title="r", tables=(alone,)))).tables
    assert [column.width for column in found.columns] == [column.width for column in without.columns]


def test_a_sheet_is_called_by_the_short_title() -> None:
    table = Table(
        title="A long title (of.a.code)", short_title="A code", columns=(Column(heading="a"),), rows=()
    )
    assert list(sheets_of(workbook_bytes(Report(title="r", tables=(table,))))) == ["A code", "Notes"]


# -- workbooks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (Cell("12", 12), Number(12, "0")),
        (Cell("0.876", 0.87604), Number(0.87604, "0.000")),
        (Cell("1,234.5", 1234.46), Number(1234.46, "#,##0.0")),
        # Python rounds 0.0625 to 0.062 and a spreadsheet to 0.063; what is printed decides.
        (Cell("0.062", 0.0625), Number(0.062, "0.000")),
        # A spreadsheet would print -0.000.
        (Cell("0.000", -0.0001), Number(0.0, "0.000")),
        (Cell("57.9", 0.579), Number(57.9, "0.0")),
        (Cell("<0.1", 0.04), None),
        (Cell("undefined", None), None),
        (Cell("007", "007"), None),
        (Cell("7", "7"), None),
        (Cell("2000000000000000", 2 * 10**15), None),
        (Cell("nan", float("nan")), None),
    ],
)
def test_a_figure_is_a_number_only_if_a_format_prints_it_as_the_report_does(
    cell: Cell, number: Number | None
) -> None:
    assert number_in(cell) == number


@pytest.mark.parametrize("words", MORE_HOSTILE)
def test_a_workbook_runs_no_text_and_links_none(words: str) -> None:
    column = Column(heading=words, group=words)
    table = Table(title=words, columns=(column, column), rows=((text(words), text(words)),), notes=(words,))
    data = workbook_bytes(Report(title=words, notes=(words,), tables=(table,)))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        for name in sheets:
            assert not re.search(rb"<f[ >]|<hyperlink", archive.read(name))
        assert not any("rels" in name and "worksheets" in name for name in archive.namelist())
    held = {cell for sheet in sheets_of(data).values() for row in sheet for cell in row if cell}
    assert held == {office_text(words)} - {""}


def test_sheets_have_names_that_spreadsheets_allow() -> None:
    titles = [
        "",
        "a/b: [c]*?",
        "A B C",
        "History",
        "Notes",
        "'quoted'",
        "x" * 40,
        "x" * 40,
        "🙂" * 20,
        "📊\x00",
    ]
    names = sheet_names(titles, taken=["Notes"])
    assert names == [
        "Table 1",
        "a b c",
        "A B C (2)",
        "History (2)",
        "Notes (2)",
        "quoted",
        "x" * 31,
        "x" * 27 + " (2)",
        "🙂" * 15,
        "📊␀",
    ]


def test_a_text_that_no_cell_can_hold_is_cut_and_says_so() -> None:
    long = "🙂" * 20_000
    sheet = sheets_of(workbook_bytes(report_of(long)))["Table"]
    (kept, *_), *_ = sheet[3:]
    mark = " […] [the text goes on: 20,000 characters in all]"
    assert kept == "🙂" * ((LONGEST_TEXT - len(mark)) // 2) + mark
    assert sheet[-1][0] == (
        "1 text is longer than a cell can hold (32,767 characters) and cut here; CSV and JSON hold all of it."
    )


def test_a_workbook_keeps_its_headings_in_sight() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook_bytes(wide_report()))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert '<pane xSplit="1" ySplit="3" topLeftCell="B4"' in sheet
    assert '<mergeCell ref="C2:E2"/>' in sheet


# -- documents ---------------------------------------------------------------------------------------


def test_a_document_numbers_its_tables_and_keeps_notes_below_them() -> None:
    one = Table(title="One", columns=(Column(heading="a"),), rows=((text("x"),),), notes=("On one.",))
    found = document_of(document_bytes(Report(title="Title", notes=("On all.",), tables=(one, one))))
    assert [(paragraph.style.name, paragraph.text) for paragraph in found.paragraphs] == [
        ("Heading 1", "Title"),
        ("Table Note", "On all."),
        ("Caption", "Table 1. One"),
        ("Table Note", "On one."),
        ("Caption", "Table 2. One"),
        ("Table Note", "On one."),
    ]


def test_a_documents_header_rows_come_again_on_every_page() -> None:
    (table,) = document_of(document_bytes(wide_report())).tables
    marked = [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in table.rows]
    assert marked == [True, True, False, False]
    assert [cell.text for cell in table.rows[0].cells] == [
        *("", ""),
        *["experts"] * 2,
        *["patients"] * 2,
        *["somebody else"] * 2,
    ]


def test_a_wide_table_turns_the_page() -> None:
    columns = tuple(Column(heading=f"column {number}") for number in range(14))
    wide = Table(title="Wide", columns=columns, rows=((text("some words"),) * 14,))
    narrow = Table(title="Narrow", columns=columns[:2], rows=((text("x"),) * 2,))
    found = document_of(document_bytes(Report(title="", tables=(narrow, wide, narrow))))
    assert [section.orientation for section in found.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]


def test_long_texts_get_the_room_that_figures_leave() -> None:
    columns = (Column(heading="id"), Column(heading="answer"), Column(heading="n", align="right"))
    table = Table(title="", columns=columns, rows=((text("p1"), text("many words " * 80), count(1)),))
    (found,) = document_of(document_bytes(Report(title="", tables=(table,)))).tables
    narrow, broad, figure = (column.width for column in found.columns)
    assert broad > 10 * max(narrow, figure)


@pytest.mark.parametrize("words", MORE_HOSTILE)
def test_a_document_shows_hostile_text_as_text(words: str) -> None:
    found = document_of(document_bytes(Report(title=words, notes=(words,), tables=report_of(words).tables)))
    assert found.paragraphs[0].text == office_text(words)
    assert rows_of(found.tables[0])[2][0] == office_text(words)


def test_a_codebook_document_says_of_each_code_what_it_means() -> None:
    codes = (
        Code(
            key="a",
            label="Alpha",
            definition="What it is.",
            include="all of it",
            exclude="nothing",
            examples=("one", "<r>two</r>"),
            questions=("q1",),
            codes=(Code(key="b", label="Beta"),),
        ),
    )
    family = Family(key="f", label="Family", definition="All of them.", exclusive=True, codes=codes)
    data = codebook_to_docx(Codebook(title="Book", families=(family,)))
    assert data == codebook_to_docx(Codebook(title="Book", families=(family,)))
    found = document_of(data)
    assert [paragraph.text for paragraph in found.paragraphs] == [
        "Book",
        "Family",
        "All of them.",
        "At most one of these codes is given to an answer; the scale is nominal.",
        "Table 1. Codes of the family Family",
        "f.a: given to answers to q1 alone.",
    ]
    assert rows_of(found.tables[0]) == [
        ["Code", "Definition", "Include", "Exclude", "Examples"],
        ["Alpha\nf.a", "What it is.", "all of it", "nothing", "“one”\n“<r>two</r>”"],
        ["  Beta\nf.a.b", "", "", "", ""],
    ]


def test_a_codebook_without_codes_is_a_document_too() -> None:
    found = document_of(codebook_to_docx(Codebook()))
    assert [paragraph.text for paragraph in found.paragraphs] == [
        "Codebook",
        "The codebook holds no code yet.",
    ]
