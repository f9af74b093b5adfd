"""The table form of a codebook: its columns, and what is wrong in a file, by row and column."""

# ruff: noqa: E501 - a row of a table of messages stands on one line

from __future__ import annotations

import pytest
import xlsxwriter

from harken.errors import HarkenError
from harken.exporters.codebook_table import codebook_to_csv, codebook_to_xlsx
from harken.importers.codebook_table import check_codebook_table, is_codebook_table, read_codebook_table
from harken.model import Code, Codebook, Family


def faults(tmp_path, text: str) -> list[str]:
    path = tmp_path / "codebook.csv"
    path.write_bytes(text.encode())
    return [str(fault) for fault in check_codebook_table(path)]


def test_only_columns_with_something_in_them_follow_the_seven():
    code = Code(key="a", label="A", examples=("one", "two, three"), hotkey="x")
    codebook = Codebook(families=(Family(key="f", label="F", codes=(code,)),))
    assert codebook_to_csv(codebook).decode() == (
        "path,label,definition,include,exclude,examples,keywords,hotkey\n"
        "f,F,,,,,,\n"
        'f.a,A,,,,"one\ntwo, three",,x\n'
    )


def test_an_example_of_several_lines_makes_its_cell_a_json_list():
    code = Code(key="a", label="A", examples=("one\ntwo", "three"))
    codebook = Codebook(families=(Family(key="f", label="F", codes=(code,)),))
    assert codebook_to_csv(codebook).decode().splitlines()[2] == 'f.a,A,,,,"[""one\\ntwo"", ""three""]",'


def test_formulas_are_kept_unless_a_spreadsheet_safe_file_is_asked_for():
    codebook = Codebook(families=(Family(key="f", label="=1+1"), Family(key="-", label="@x")))
    assert codebook_to_csv(codebook).decode().splitlines()[1:] == ["f,=1+1,,,,,", "-,@x,,,,,"]
    assert codebook_to_csv(codebook, spreadsheet_safe=True).decode().splitlines()[1:] == [
        "f,'=1+1,,,,,",
        "'-,'@x,,,,,",
    ]


def test_a_text_too_long_for_a_workbook_is_refused():
    codebook = Codebook(families=(Family(key="f", label="F", definition="x" * 32_768),))
    with pytest.raises(
        HarkenError, match=r"Row 2, column 'definition' begins 'x+…' and is too long .* Export CSV"
    ):
        codebook_to_xlsx(codebook)


def test_a_path_and_a_label_are_enough(tmp_path):
    path = tmp_path / "codebook.csv"
    path.write_text("Label;PATH\nFamily;f\nA;f.a\n;f.a.b\n", encoding="utf-8-sig")
    child = Code(key="b", label="b")
    family = Family(key="f", label="Family", codes=(Code(key="a", label="A", codes=(child,)),))
    assert read_codebook_table(path) == Codebook(families=(family,))


def test_a_table_without_family_rows_takes_their_keys_as_labels(tmp_path):
    path = tmp_path / "codebook.csv"
    path.write_text("path\ng.a\nf.a\ng.b\n")
    codes = (Code(key="a", label="a"), Code(key="b", label="b"))
    assert read_codebook_table(path) == Codebook(
        families=(Family(key="g", label="g", codes=codes), Family(key="f", label="f", codes=codes[:1]))
    )


def test_a_table_of_headings_alone_is_an_empty_codebook(tmp_path):
    path = tmp_path / "codebook.csv"
    path.write_text("path,label\n")
    assert read_codebook_table(path) == Codebook()


def test_numbers_and_truth_values_of_a_workbook_are_read(tmp_path):
    path = tmp_path / "codebook.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate(
            [
                ["path", "label", "exclusive", "scale", "value"],
                [1, "One", True, "interval"],
                ["1.a", 2020, None, None, 3],
            ]
        ):
            sheet.write_row(number, 0, row)
    code = Code(key="a", label="2020", value=3.0)
    family = Family(key="1", label="One", exclusive=True, scale="interval", codes=(code,))
    assert read_codebook_table(path) == Codebook(families=(family,))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("label\nA\n", "row 1: no column 'path': it holds each code's family.key"),
        ("path,lable\nf,A\n", "row 1: unknown column 'lable'. Did you mean 'label'? Rename or remove it."),
        ("path,label\n,A\n", "row 2, column 'path': the path is blank: write family.key"),
        ("path\nf\nf.a\nf.a\n", "row 4, column 'path': 'f.a' stands twice, first in row 3: keep one"),
        ("path\nf\nf.a.b\n", "row 3, column 'path': 'f.a.b' has no parent: add a row with the path 'f.a'"),
        ("path\nf.a.b\n", "row 2, column 'path': 'f.a.b' has no parent: add a row with the path 'f.a'"),
        ("path\nf\ng.a\n", "row 3, column 'path': 'g.a' has no parent: add a row with the path 'g'"),
        ("path\nf\nf.a b\n", "row 3, column 'path': the key 'a b' may hold only letters, digits, _ and -, without spaces or dots"),
        ("path\nf\nf.\n", "row 3, column 'path': the key is blank: write a short name"),
        ("path\na b.c\n", "row 2, column 'path': the key 'a b' may hold only letters, digits, _ and -, without spaces or dots"),
        ("path,keywords\nf,a\n", "row 2, column 'keywords': 'f' is a family, which has no keywords ('a'); a code's path is family.key"),
        ("path,scale\nf,\nf.a,ordinal\n", "row 3, column 'scale': 'f.a' is a code, and scale ('ordinal') is for families: move it there"),
        ("path,exclusive\nf,perhaps\n", "row 2, column 'exclusive': 'perhaps' must be true, false or blank"),
        ("path,exclusive,scale\nf,true,ratio\n", "row 2, column 'scale': the scale 'ratio' must be one of nominal, ordinal, interval"),
        ('path,value\nf,\nf.a,"1,5"\n', "row 3, column 'value': '1,5' is not a number, such as 2 or 1.5"),
        ("path,value\nf,\nf.a,inf\n", "row 3, column 'value': the value inf is not a finite number"),
        ("path,hotkey\nf,\nf.a,É\n", "row 3, column 'hotkey': the hotkey 'É' must be one or two of the letters a to z, lower case"),
        ("path,hotkey\nf,\nf.a,x\nf.b,x\n", "row 4, column 'hotkey': the hotkey 'x' is taken by f.a, which applies to the same question"),
        ("path,exclusive,scale,value\nf,1,ordinal,\nf.a,,,1\nf.b,,,\n", "row 4, column 'path': no value, but f.a has one: give each code of the family one, or none"),
        ("path,patterns\nf,\nf.a,see myself\n", "row 3, column 'patterns': 'see myself' is no pattern, written as JSON like [{\"LEMMA\": \"see\"}, {\"LOWER\": \"myself\"}]"),
        ('path,patterns\nf,\nf.a,"[{""OP"": ""*""}]"\n', "row 3, column 'patterns': token 1: the gap '*' is unbounded: slow, and it matches across whole answers; bound it, as in OP: \"{0,3}\""),
        ('path,label\nf,"a\nb"\n', "row 2, column 'label': the label 'a\\nb' must be one line"),
        ("path,codebook_title\nf,A\ng,B\n", "row 3, column 'codebook_title': 'B', but a row above says 'A': keep one"),
        ("path,codebook_language\nf,English\n", "row 2, column 'codebook_language': the language 'English' must be a code such as en or de"),
    ],
)  # fmt: skip
def test_a_fault_in_a_table_is_named_by_row_and_column(tmp_path, text, expected):
    assert faults(tmp_path, text) == [expected]


def test_all_faults_of_a_table_are_named_from_top_to_bottom(tmp_path):
    text = "path,hotkey,value,note\nf,,,\nf.a,1,x,\nf.b.c,,,\nf.a,,,\n"
    assert [fault.split(":")[0] for fault in faults(tmp_path, text)] == [
        "row 1",
        "row 3, column 'hotkey'",
        "row 3, column 'value'",
        "row 4, column 'path'",
        "row 5, column 'path'",
    ]


def test_reading_refuses_a_table_with_its_first_fault(tmp_path):
    path = tmp_path / "codebook.csv"
    path.write_text("path\nf\nf.a b\nf.c d\n")
    with pytest.raises(HarkenError) as refused:
        read_codebook_table(path)
    assert str(refused.value) == (
        f"{path}: row 3, column 'path': the key 'a b' may hold only letters, digits, _ and -, without spaces or dots"
        f" (and 1 more; `harken codebook check {path}` lists them)"
    )


def test_a_file_that_is_no_table_is_refused(tmp_path):
    path = tmp_path / "codebook.xlsx"
    path.write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(HarkenError, match="is a damaged workbook"):
        check_codebook_table(path)


def test_the_name_tells_a_table_from_yaml(tmp_path):
    names = ("a.csv", "a.TSV", "a.xlsx", "a.ods", "a.yaml", "a.yml", "a")
    assert [is_codebook_table(tmp_path / name) for name in names] == [True] * 4 + [False] * 3
