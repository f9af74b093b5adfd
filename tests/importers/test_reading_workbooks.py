"""Sheets of workbooks as text."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from harken.errors import HarkenError
from harken.importers.tables import read_table

ODS_CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>
<office:spreadsheet><table:table table:name="Answers">{rows}</table:table></office:spreadsheet>
</office:body></office:document-content>"""
ODS_MANIFEST = """<?xml version="1.0"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/"
 manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>"""


def write_sheets(path: Path, **sheets: list[list[object]]) -> Path:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        formats = {
            dt.date: workbook.add_format({"num_format": "yyyy-mm-dd"}),
            dt.datetime: workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            dt.time: workbook.add_format({"num_format": "hh:mm:ss"}),
            dt.timedelta: workbook.add_format({"num_format": "[h]:mm:ss"}),
        }
        for name, rows in sheets.items():
            worksheet = workbook.add_worksheet(name)
            for at_row, row in enumerate(rows):
                for at_column, value in enumerate(row):
                    worksheet.write(at_row, at_column, value, formats.get(type(value)))
    return path


def write_ods(path: Path, rows: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", ODS_MANIFEST)
        archive.writestr("content.xml", ODS_CONTENT.format(rows=rows))
    return path


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (3.0, "3"),
        (-7, "-7"),
        (0.25, "0.25"),
        (1e20, "100000000000000000000"),
        ("007", "007"),
        ("  spaces  ", "  spaces  "),
        ("N/A", "N/A"),
        ("two\nlines", "two\nlines"),
        ("one\rtwo", "one\rtwo"),
        ("_x000D_", "_x000D_"),
        ("=cmd", "=cmd"),
        ("[/b] \x1b[31m \u202e 😀", "[/b] \x1b[31m \u202e 😀"),
        ("x" * 10_000, "x" * 10_000),
        (True, "TRUE"),
        (False, "FALSE"),
        (dt.date(2024, 1, 5), "2024-01-05"),
        (dt.datetime(2024, 1, 5, 10, 11, 12), "2024-01-05T10:11:12"),
        (dt.datetime(2024, 1, 5, 23, 59, 59, 999000), "2024-01-05T23:59:59.999"),
        (dt.time(10, 11, 12), "10:11:12"),
        (dt.timedelta(hours=36, minutes=5), "36:05:00"),
    ],
)
def test_a_typed_cell_becomes_text(tmp_path, value, text):
    path = write_sheets(tmp_path / "a.xlsx", Data=[["id", "value"], ["1", value]])
    assert read_table(path).rows == [["1", text]]


def test_the_first_sheet_that_holds_anything_is_read_and_the_others_are_named(tmp_path):
    path = write_sheets(tmp_path / "a.xlsx", Blank=[], Data=[["id"], ["1"]], More=[["x"], ["2"]])
    table = read_table(path)
    assert (table.source.sheet, table.rows, table.notes) == (
        "Data",
        [["1"]],
        ("Read sheet 'Data', the first that holds anything; other sheets: 'Blank', 'More'.",),
    )


def test_a_named_sheet_is_read(tmp_path):
    path = write_sheets(tmp_path / "a.xlsx", Data=[["id"], ["1"]], More=[["x"], ["2"]])
    table = read_table(path, sheet="more")
    assert (table.headers, table.rows, table.notes) == (("x",), [["2"]], ())


def test_an_unknown_sheet_is_refused_with_the_known_ones(tmp_path):
    path = write_sheets(tmp_path / "a.xlsx", Data=[["id"]], More=[["x"]])
    with pytest.raises(HarkenError, match=r"holds no sheet 'Mroe'. Its sheets: 'Data', 'More'"):
        read_table(path, sheet="Mroe")


def test_a_workbook_named_csv_is_read_as_a_workbook(tmp_path):
    path = write_sheets(tmp_path / "a.xlsx", Data=[["id", "text"], ["1", "a"]]).rename(tmp_path / "a.csv")
    table = read_table(path)
    assert (table.source.format, table.rows) == ("xlsx", [["1", "a"]])


def test_plain_text_named_xlsx_is_read_as_text(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_text("id,text\n1,a\n")
    table = read_table(path)
    assert (table.source.format, table.rows) == ("csv", [["1", "a"]])


def test_rows_are_numbered_as_in_the_sheet_though_the_table_begins_lower(tmp_path):
    path = write_sheets(
        tmp_path / "a.xlsx", Data=[[], [], ["", "id", "t"], ["", "1", "a"], [], ["", "2", "b"]]
    )
    table = read_table(path)
    assert (table.headers, table.rows, list(table.row_numbers)) == (
        ("id", "t"),
        [["1", "a"], ["2", "b"]],
        [4, 6],
    )


def test_cells_with_a_formulas_error_are_named(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Data")
        sheet.write_row(0, 0, ["id", "value"])
        sheet.write(1, 0, "1")
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
    assert read_table(path).notes == ("1 cells hold a formula's error and are read as blank: 'B2'.",)


def test_a_cell_at_the_far_end_of_the_sheet_is_refused_and_does_not_end_the_process(tmp_path):
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Data")
        sheet.write_row(0, 0, ["id", "text"])
        sheet.write(1_048_575, 16_383, "far")
    with pytest.raises(HarkenError, match=r"its 3 cells reach as far as XFD1048576"):
        read_table(path)


def test_encoding_for_a_workbook_and_sheet_for_text_are_refused(tmp_path):
    workbook = write_sheets(tmp_path / "a.xlsx", Data=[["id"], ["1"]])
    text = tmp_path / "a.csv"
    text.write_text("id\n1\n")
    with pytest.raises(HarkenError, match=r"Leave out --encoding"):
        read_table(workbook, encoding="cp1252")
    with pytest.raises(HarkenError, match=r"Leave out --sheet"):
        read_table(text, sheet="Data")


def test_a_workbook_cut_short_is_refused(tmp_path):
    path = write_sheets(tmp_path / "a.xlsx", Data=[["id"], ["1"]])
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(HarkenError, match=r"is a damaged workbook"):
        read_table(path)


def test_an_archive_that_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(HarkenError, match=r"cannot be read as a workbook"):
        read_table(path)


def test_an_ods_sheet_is_read_with_zeros_spaces_and_lines(tmp_path):
    def cell(text: str) -> str:
        return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'

    zero = (
        '<table:table-cell office:value-type="float" office:value="0"><text:p>0</text:p></table:table-cell>'
    )
    row = "<table:table-row>{}</table:table-row>"
    lines = cell('a<text:s text:c="2"/>b</text:p><text:p>two')
    path = write_ods(
        tmp_path / "a.ods",
        row.format(cell("id") + cell("t") + cell("n")) + row.format(cell("007") + lines + zero),
    )
    table = read_table(path)
    assert (table.source.format, table.source.sheet, table.rows) == (
        "ods",
        "Answers",
        [["007", "a  b\ntwo", "0"]],
    )
