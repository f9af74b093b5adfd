"""Tables of plain text: encodings, delimiters, line ends, quotes, ragged rows, headers."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from harken.errors import HarkenError
from harken.importers.delimited import DelimitedText
from harken.importers.raw_table import RawTable, TableSource, build_table
from harken.importers.tables import read_table


@pytest.fixture
def read(tmp_path: Path):
    def read_bytes(data: bytes | str, **options) -> RawTable:
        path = tmp_path / "answers.csv"
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return read_table(path, **options)

    return read_bytes


def refusal(read, data: bytes | str, **options) -> str:
    with pytest.raises(HarkenError) as caught:
        read(data, **options)
    message = str(caught.value)
    assert "\n" not in message
    return message[message.index("answers.csv") :] if "answers.csv" in message else message


def test_cells_that_other_readers_take_for_missing_are_kept(read):
    cells = ["0", "N/A", "None", "NA", "null", "nan", "007", " leading", "trailing ", "-", "#N/A", "1.50"]
    assert (
        read("id,text\n" + "".join(f"{n},{cell}\n" for n, cell in enumerate(cells))).values("text") == cells
    )


@pytest.mark.parametrize(
    "cell",
    [
        "I said [/b] and [red]",
        "\x1b[31mred\x1b]0;title\x07",
        "\u202eright to left\u202c",
        "=cmd|' /C calc'!A0",
        "'; DROP TABLE responses; --",
        "😀👩‍👩‍👧 𝔘𝔫𝔦𝔠𝔬𝔡𝔢",
        "x" * 10_000,
        "y" * 200_000,
        "form\x0cfeed, line\u2028separator, next\x85line",
        "two\nlines",
        "two\r\nlines",
        'she said "no"',
    ],
)
def test_hostile_answers_are_kept_as_they_are(read, cell):
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([["id", "text"], ["1", cell]])
    assert read(stream.getvalue()).rows == [["1", cell]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_though_texts_hold_the_others(read, delimiter):
    rows = [
        ["id", "What, if anything; helps?", "group"],
        ["1", "a, b; c | d\te", "x"],
        ["2", "so; so, so", "y"],
    ]
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    table = read(stream.getvalue())
    assert (table.source.delimiter, [list(table.headers), *table.rows]) == (delimiter, rows)


def test_a_delimiter_declared_in_the_first_line_is_believed(read):
    table = read("sep=;\r\nid;text\r\n1;a,b\r\n")
    assert (table.headers, table.rows, list(table.row_numbers)) == (("id", "text"), [["1", "a,b"]], [3])


def test_short_rows_are_padded_when_most_rows_are_short(read):
    assert read("id,a,b,c\n1,x\n2,y\n3,z,w,v\n").rows == [
        ["1", "x", "", ""],
        ["2", "y", "", ""],
        ["3", "z", "w", "v"],
    ]


def test_blank_cells_beyond_the_headers_are_cut(read):
    assert read("id,a\n1,x,,\n").rows == [["1", "x"]]


def test_a_cell_beyond_the_headers_is_refused_with_its_row(read):
    assert refusal(read, "id,a\n1,x\n2,well, yes\n") == (
        "answers.csv, row 3: cell 3 (' yes') stands under none of the 2 headers."
        " Put quotation marks round cells that hold ','."
    )


def test_row_numbers_count_records_and_blank_lines_as_a_spreadsheet_does(read):
    table = read('id,a\n1,"two\nlines"\n\n,\n2,x\n')
    assert (table.rows, list(table.row_numbers)) == ([["1", "two\nlines"], ["2", "x"]], [2, 5])


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_bare_carriage_return_belongs_to_its_cell_where_lines_end_otherwise(read, end):
    text = end.join(["id,a", '1,"one\rtwo"', "2,three\rfour", ""])
    assert read(text).rows == [["1", "one\rtwo"], ["2", "three\rfour"]]


def test_carriage_returns_end_rows_where_nothing_else_does(read):
    assert read('id,a\r1,"one\ntwo"\r2,x\r').rows == [["1", "one\ntwo"], ["2", "x"]]


def test_a_character_set_aside_for_private_use_survives_beside_bare_carriage_returns(read):
    assert read("id,a\n1,\ufdd0\rb\n").rows == [["1", "\ufdd0\rb"]]


def test_an_unclosed_quotation_mark_is_refused_with_row_and_line(read):
    assert refusal(read, 'id,a\n1,"x\ny"\n2,"never closed\n3,z\n') == (
        "answers.csv, row 3 (line 4): a quotation mark opens a cell and none closes it. Add the closing one."
    )


def test_text_after_a_closing_quotation_mark_is_refused(read):
    assert refusal(read, 'id,a\n1,"x" y\n').startswith(
        "answers.csv, row 2 (line 2): text follows the quotation"
    )


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
    ],
)
def test_encodings_with_a_mark_are_recognised(read, codec, name):
    table = read("id,text\n1,Müller 😀\n".encode(codec))
    assert (table.headers, table.rows, table.source.encoding) == (("id", "text"), [["1", "Müller 😀"]], name)


def test_bytes_that_are_not_utf8_are_refused_with_their_offset_and_line(read):
    assert refusal(read, "id,text\n1,ok\n2,Müller\n".encode("cp1252")) == (
        "answers.csv, line 3: byte 0xfc at offset 16 is not utf-8. Save the file as UTF-8, or add"
        " --encoding cp1252 if it comes from Excel on Windows."
    )


def test_a_named_encoding_is_believed(read):
    assert read("id,text\n1,Müller “so”\n".encode("cp1252"), encoding="cp1252").rows == [["1", "Müller “so”"]]


@pytest.mark.parametrize("encoding", ["no-such", "base64"])
def test_an_unknown_encoding_is_refused(read, encoding):
    assert refusal(read, "id\n1\n", encoding=encoding).startswith(f"{encoding!r} is no text encoding")


def test_utf16_without_a_mark_is_refused_with_the_way_out(read):
    message = refusal(read, "id,text\n1,a\n".encode("utf-16-le"))
    assert message.startswith("answers.csv, line 1: a NUL character stands at character 1")
    assert read("id,text\n1,a\n".encode("utf-16-le"), encoding="utf-16-le").rows == [["1", "a"]]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "answers.csv is empty (0 bytes)."),
        (b"\n", "answers.csv holds no header and no rows."),
        (b"\xef\xbb\xbf", "answers.csv holds no header and no rows."),
        (b",,\n,,\n", "answers.csv holds no header and no rows."),
        (b'{"text": "a"}\n', "answers.csv is JSON, not a table."),
        (b"$FL2@(#) SPSS", "answers.csv is an SPSS file, not a table."),
        (b"PK\x03\x04rubbish", "answers.csv is a damaged workbook"),
    ],
)
def test_what_is_no_table_is_refused(read, data, words):
    assert refusal(read, data).startswith(words)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(HarkenError, match="There is no file"):
        read_table(tmp_path / "none.csv")
    with pytest.raises(HarkenError, match="is a folder"):
        read_table(tmp_path)


def test_headers_that_repeat_are_numbered_and_the_decision_noted(read):
    table = read("id,other,other (2),other\n1,a,b,c\n")
    assert (table.headers, table.notes) == (
        ("id", "other", "other (2)", "other (3)"),
        ("The header 'other' stands again over column 4: 'other (3)'.",),
    )


def test_a_column_without_a_header_is_named_if_it_holds_something_and_dropped_if_not(read):
    table = read("id,,b,\n1,x,y,\n")
    assert (table.headers, table.rows, table.notes) == (
        ("id", "column 2", "b"),
        [["1", "x", "y"]],
        ("Column 2 has no header; it is called 'column 2'.",),
    )


def test_white_space_in_headers_becomes_one_space(read):
    assert read('" id ","what\nhelps\xa0 you? "\n1,2\n').headers == ("id", "what helps you?")


def test_the_source_tells_where_the_table_came_from(read, tmp_path):
    data = b"id\ttext\n1\ta\n"
    assert read(data).source == TableSource(
        name=str(tmp_path / "answers.csv"),
        format="tsv",
        sha256=hashlib.sha256(data).hexdigest(),
        encoding="utf-8",
        delimiter="\t",
    )


def test_progress_is_reported_up_to_the_end(read):
    reports: list[tuple[int, float]] = []
    read("id,a\n" + "1,x\n" * 5_000, progress=lambda rows, share: reports.append((rows, share)))
    assert [rows for rows, _ in reports] == [2000, 4000, 5001]
    assert reports[-1][1] == 1.0
    assert reports == sorted(reports)


def test_rows_of_question_texts_that_qualtrics_adds_are_left_out(read):
    table = read(
        'ResponseId,Q1\nResponse ID,What helps?\n"{""ImportId"":""_id""}","{""ImportId"":""QID1""}"\nR_1,a\n'
    )
    assert (table.rows, list(table.row_numbers)) == ([["R_1", "a"]], [4])
    assert table.notes == (
        "Rows 2 and 3 hold Qualtrics' question texts and ids, no answers; they are left out.",
    )


_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@given(
    rows=st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(_TEXT, min_size=width, max_size=width), max_size=8)
    ),
    delimiter=st.sampled_from(",;\t|"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
@example(rows=[["\ra", "b\r"]], delimiter=",", quoting=csv.QUOTE_MINIMAL)
@example(rows=[[","]], delimiter=";", quoting=csv.QUOTE_MINIMAL)
@example(rows=[[",0"]], delimiter=";", quoting=csv.QUOTE_MINIMAL)
def test_any_table_of_text_reads_back_identical(rows, delimiter, quoting):
    headers = [f"column{n}" for n in range(len(rows[0]) if rows else 2)]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, quoting=quoting)
    writer.writerows([headers, *rows])
    text = DelimitedText(stream.getvalue(), name="t.csv")
    table = build_table(TableSource(name="t.csv", format="csv", sha256=""), text.records())
    assert table.headers == tuple(headers)
    assert table.rows == [row for row in rows if any(row)]
