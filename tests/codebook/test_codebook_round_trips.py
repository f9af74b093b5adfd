"""Whatever form a codebook is put in, the same codebook comes out."""

from __future__ import annotations

import json

from codebook_strategies import CODEBOOKS, CODES
from hypothesis import given, settings

from harken.codebook import (
    check_codebook,
    code_as_data,
    code_from_data,
    codebook_as_data,
    codebook_from_data,
    diff_codebooks,
    parse_codebook,
    write_codebook,
)
from harken.codebook.table import codebook_rows
from harken.codebook.table_reading import TableRow, codebook_from_rows
from harken.exporters.codebook_table import codebook_to_csv, codebook_to_xlsx
from harken.importers.codebook_table import read_codebook_table
from harken.model import Code, Codebook, Family

# The first pattern of a run imports spaCy, which takes longer than any deadline.
unhurried = settings(deadline=None)


@unhurried
@given(CODEBOOKS)
def test_a_codebook_written_as_yaml_reads_back_the_same(codebook):
    text = write_codebook(codebook)
    assert check_codebook(text) == []
    assert parse_codebook(text) == codebook


@unhurried
@given(CODEBOOKS)
def test_a_codebook_as_data_survives_json(codebook):
    assert codebook_from_data(json.loads(json.dumps(codebook_as_data(codebook)))) == codebook


@unhurried
@given(CODES)
def test_a_code_as_data_leaves_its_children_to_the_caller(codes):
    for code in codes:
        data = json.loads(json.dumps(code_as_data(code)))
        assert "codes" not in data
        assert code_from_data(data, code.codes) == code


@unhurried
@given(CODEBOOKS)
def test_a_codebook_as_table_rows_reads_back_the_same(codebook):
    headings, *rows = codebook_rows(codebook)
    numbered = [TableRow(number, row) for number, row in enumerate(rows, start=2)]
    assert codebook_from_rows(headings, numbered) == (codebook, [])


@unhurried
@given(CODEBOOKS)
def test_rows_of_a_table_may_put_children_before_their_parents(codebook):
    headings, *rows = codebook_rows(codebook)
    deepest_first = sorted(rows, key=lambda row: -row[0].count("."))
    numbered = [TableRow(number, row) for number, row in enumerate(deepest_first, start=2)]
    assert codebook_from_rows(headings, numbered) == (codebook, [])


@unhurried
@given(CODEBOOKS)
def test_a_codebook_does_not_differ_from_itself(codebook):
    assert diff_codebooks(codebook, codebook).is_empty


def hostile_codebook() -> Codebook:
    texts = [
        "=1+1",
        "[/b] [red]",
        "\x1b[31mred",
        "\u202eabc",
        "0012",
        "no",
        "a\nb",
        "tab\there",
        "🙂 e\u0301",
        "x, y",
    ]
    codes = tuple(
        Code(
            key=f"k{number}",
            label=" ".join(text.split()),
            hotkey=f"k{'abcdefghij'[number]}",
            questions=("q, 1", text.strip().replace("\n", " ")),
            definition=text,
            examples=(text, "second"),
            keywords=(" ".join(text.split()),),
            patterns=(({"LOWER": text}, {"OP": "{0,2}"}),),
        )
        for number, text in enumerate(texts)
    )
    scale = Family(
        key="v",
        label="Valence",
        exclusive=True,
        scale="interval",
        codes=(Code(key="a", label="a", value=-1.5),),
    )
    return Codebook(
        title="=T",
        language="de",
        families=(Family(key="f", label="F", codes=codes), scale, Family(key="e", label="e")),
    )


def test_a_codebook_exported_as_csv_is_imported_the_same(tmp_path):
    path = tmp_path / "codebook.csv"
    path.write_bytes(codebook_to_csv(hostile_codebook()))
    assert read_codebook_table(path) == hostile_codebook()


def test_a_codebook_exported_as_xlsx_is_imported_the_same(tmp_path):
    path = tmp_path / "codebook.xlsx"
    path.write_bytes(codebook_to_xlsx(hostile_codebook()))
    assert read_codebook_table(path) == hostile_codebook()


@settings(deadline=None, max_examples=40)
@given(CODEBOOKS)
def test_any_codebook_without_nul_goes_through_a_csv_file(tmp_path_factory, codebook):
    # A NUL is refused by the table reader: no spreadsheet holds one.
    content = codebook_to_csv(codebook)
    if b"\0" in content:
        return
    path = tmp_path_factory.mktemp("csv") / "codebook.csv"
    path.write_bytes(content)
    assert read_codebook_table(path) == codebook


def test_the_same_codebook_gives_the_same_workbook_bytes():
    assert codebook_to_xlsx(hostile_codebook()) == codebook_to_xlsx(hostile_codebook())
