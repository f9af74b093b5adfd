"""What in a file of codings looks like a slip is said beside the figures, and nothing else is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from harken import measure_file_agreement
from harken.errors import HarkenError
from harken.services.agreeing import Agreement, agreement_report

LONG = "unit,coder,code\n1,ann,fear\n1,ann,cost\n1,bob,fear\n2,ann,\n2,bob,cost\n"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def measured(text: str, **options: Any) -> Agreement:
    Path("codings.csv").write_text(text, encoding="utf-8", newline="")
    return measure_file_agreement("codings.csv", replicates=2, **options)


def remarks(text: str, **options: Any) -> list[str]:
    """Of a file read as it is said to be, so that the guess of its columns needs no word."""
    options.setdefault("layout", "long" if "coder,code" in text else "wide")
    return list(measured(text, **options).remarks)


def notes(result: Agreement) -> tuple[str, ...]:
    return agreement_report(result, None, title="codings.csv").notes


def test_a_file_without_a_slip_has_no_remark() -> None:
    assert remarks(LONG) == []
    assert remarks("unit,ann,bob\n1,fear; cost,fear\n2,(none),cost\n3,,cost\n") == []
    assert remarks("unit,ann,bob\n1,yes,no\n2,,no\n", exclusive=True) == []
    assert remarks("unit,ann,bob\n1,1,2\n2,1.0,2\n", scale="interval") == []


def test_remarks_stand_on_the_page_and_in_the_document() -> None:
    result = measured("unit,ann,bob\n1,yes,no\n")
    assert len(result.remarks) == 2
    assert [note for note in notes(result) if note in result.remarks] == list(result.remarks)
    assert result.as_json()["remarks"] == list(result.remarks)


@pytest.mark.parametrize(
    ("text", "what", "there"),
    [(LONG, "row", "Coders"), ("unit,ann,bob\n1,a; b,b\n", "column", "Columns")],
)
def test_a_named_coder_whom_the_file_does_not_have_is_told_with_those_it_has(
    text: str, what: str, there: str
) -> None:
    result = measured(text, coders=["anne"])
    remark = f"Coder 'anne' has no {what} in the file. Did you mean 'ann'? {there} there: 'ann', 'bob'."
    assert result.remarks == (remark,)
    assert notes(result) == (
        "Only anne was asked for, and agreement needs two coders: name another with --coder, or leave "
        "--coder out.",
        remark,
    )
    (beside,) = measured(text, coders=["ann", "bobb"], codes=["b"]).remarks
    assert beside.startswith(f"Coder 'bobb' has no {what} in the file. Did you mean 'bob'?")


def test_a_file_with_one_coder_is_still_said_to_have_one() -> None:
    result = measured("unit,coder,code\n1,ann,x\n")
    assert notes(result)[0].startswith("In this file only ann has decided anything")


def test_a_cell_with_several_codes_that_was_read_as_one_category_is_told() -> None:
    text = "unit,ann,bob\n1,fear,fear\n2,fear; cost,cost; fear\n3,;,fear\n"
    assert remarks(text, exclusive=True) == [
        "2 cells hold ';' and each was read as one category, as 'fear; cost' in row 3. Without --exclusive "
        "they are sets of codes."
    ]
    declared = ["fear", ";", "fear; cost", "cost; fear"]
    (remark,) = remarks(text, scale="ordinal", codes=declared)
    assert remark.endswith("Without --scale they are sets of codes.")


def test_semicolons_part_nothing_in_a_file_with_a_row_a_code() -> None:
    assert remarks("unit,coder,code\n1,ann,a;b\n1,bob,c\n", exclusive=True) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("unit,ann,bob\n1,yes,no\n2,(none),no\n", "cell"),
        ("unit,coder,code\n1,ann,yes\n1,bob,no\n", "decision"),
    ],
)
def test_where_everything_holds_one_label_the_way_to_one_variable_is_told(text: str, what: str) -> None:
    assert remarks(text) == [
        f"Every {what} holds one label, and each label is measured as a code by itself. If the labels "
        "exclude each other, --exclusive reads them as one variable, with one alpha and one kappa (in full "
        "with --all)."
    ]
    assert remarks(text, exclusive=True) == []


def test_one_code_that_applies_or_not_is_no_variable() -> None:
    assert remarks("unit,ann,bob\n1,fear,(none)\n2,fear,fear\n") == []
    assert remarks("unit,coder,code\n1,ann,a\n1,bob,b\n2,ann,\n2,bob,b\n") == []


def test_codes_parted_by_commas_or_line_breaks_are_told() -> None:
    text = 'unit,ann,bob\n1,cost; fear,cost\n2,"cost, time",fear\n3,"fear\ncost",time\n4,"x, y",time\n'
    assert remarks(text) == [
        "2 cells hold commas or line breaks between what are codes elsewhere, as 'cost, time' in row 3, and "
        "each was read as one code. Codes of a cell are parted by ';'."
    ]


def test_codes_that_stand_in_such_cells_alone_are_told_where_all_of_them_return() -> None:
    (remark,) = remarks('unit,ann,bob\n1,"cost, time","time, cost"\n')
    assert remark.startswith("2 cells hold commas or line breaks")
    pains = remarks('unit,ann,bob\n1,"pain, acute","pain, chronic"\n2,a; b,a\n')
    assert pains == []


def test_several_codes_in_a_row_that_is_for_one_are_told() -> None:
    assert remarks("unit,coder,code\n1,ann,x; y\n1,bob,x\n") == [
        "1 decision holds commas, ';' or line breaks between what are codes elsewhere, as 'x; y' in row 2, "
        "and each was read as one code. Give each code a row of its own."
    ]


def test_a_line_break_in_a_code_stays_within_its_row() -> None:
    result = measured('unit,ann,bob\n1,"fear\ncost",(none)\n')
    report = agreement_report(result, None, title="codings.csv", with_disagreements=True)
    rows = {table.title: [[cell.text for cell in row] for row in table.rows] for table in report.tables}
    assert rows["Agreement per code"][0][0] == "fear␊cost"
    assert rows["Answers that coders decided differently"] == [["1", "fear␊cost", "no code applies"]]


def test_rows_that_nobody_decided_are_told_with_the_blanks_of_each_coder() -> None:
    text = "unit,ann,bob\n1,a; b,a\n2,,\n3,,\n4,,b\n"
    told = "2 rows have no decision by any coder; blank cells count as not decided ('ann' 3, 'bob' 2)."
    assert remarks(text) == [f"{told} Write (none) where no code applies."]
    assert remarks("unit,ann,bob\n1,1,1\n2,,\n3,,\n4,,1\n", scale="ordinal") == [told]
    assert remarks("unit,ann,bob\n1,a; b,a\n2,,b\n") == []


def test_only_rows_in_scope_count_as_undecided_and_the_adjudicated_layer_is_nobody() -> None:
    text = "participant,question,ann,bob,consensus\n1,q,a; b,a,\n1,r,,,a\n2,r,b,,\n"
    (remark,) = remarks(text, questions=["r"])
    assert remark.startswith(
        "1 row has no decision by any coder; blank cells count as not decided ('ann' 1, 'bob' 2)"
    )
    assert remarks(text, questions=["q"]) == []


def test_columns_taken_for_coders_are_told_where_nobody_said_so() -> None:
    text = "unit,ann,bob,notes\n1,a; b,a,check\n"
    assert measured(text).remarks == (
        "Each of the columns 'ann', 'bob', 'notes' was taken for a coder. Name the coders with --coder if "
        "one of them is none.",
    )
    assert measured(text, coders=["ann", "bob", "notes"]).remarks == ()
    assert measured(text, layout="wide").remarks == ()


def test_labels_that_only_case_or_blanks_tell_apart_are_told() -> None:
    text = "unit,coder,code\n1,ann,Fear\n1,bob,fear\n2,ann,\n2,bob,fear \n3,ann,fear\n3,bob,x\n"
    assert remarks(text) == [
        "These labels differ only in case or blanks and count as different ones: 'Fear' (1, as in row 2) and "
        "'fear' (2, as in row 3) and 'fear ' (1, as in row 5)."
    ]
    (none,) = remarks("unit,ann,bob\n1,a; b,(None)\n")
    assert none.endswith("'(none)' and '(None)' (1, as in row 2).")


def test_coders_that_only_case_tells_apart_are_told() -> None:
    assert remarks("unit,coder,code\n1,ann,x\n1,Ann,x\n1,bob,\n") == [
        "These coders differ only in case or blanks and count as different ones: 'Ann' and 'ann'."
    ]


def test_a_declared_code_that_is_nowhere_but_nearly_is_told() -> None:
    assert remarks(LONG, codes=["feer", "time"]) == [
        "--code 'feer' occurs nowhere in the file, and counts all the same. Did you mean 'fear'?"
    ]
    assert remarks(LONG, codes=["fear", "fears"]) == []
    assert remarks("unit,ann,bob\n1,code 1,code 2\n", exclusive=True, codes=["code 3"]) == []


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_decimal_commas_are_numbers_where_a_comma_parts_no_cells(delimiter: str) -> None:
    text = "unit;ann;bob\n1;1,5;1.5\n2;-2,0;-2\n3;4;3\n".replace(";", delimiter)
    result = measured(text, scale="interval", layout="wide", codes=["0,5"])
    assert result.remarks == ("Values with a comma were read as decimal numbers: '1,5' in row 2 as 1.5.",)
    with_points = measured(text.replace(",", "."), scale="interval", layout="wide", codes=["0.5"])
    assert result.whole == with_points.whole


def test_decimal_commas_in_a_workbook_are_numbers() -> None:
    with xlsxwriter.Workbook("codings.xlsx") as book:
        sheet = book.add_worksheet()
        for place, row in enumerate([("unit", "ann", "bob"), (1, "1,5", 1.5), (2, 3, 2)]):
            sheet.write_row(place, 0, row)
    found = measure_file_agreement("codings.xlsx", scale="interval", layout="wide", replicates=2)
    assert [(item.key.participant, item.codes) for item in found.disagreements] == [
        ("2", {"ann": ("3",), "bob": ("2",)})
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('unit,ann,bob\n1,"1,5",1.5\n', "'1,5'"),
        ("unit;ann;bob\n1;1,5;1,234,567\n", "'1,5'"),
        ("unit;ann;bob\n1;,5;2\n", "',5'"),
    ],
)
def test_commas_that_may_mean_something_else_are_refused(text: str, value: str) -> None:
    with pytest.raises(HarkenError, match=f"{value} is no number"):
        measured(text, scale="interval")


@pytest.mark.parametrize(
    ("text", "columns", "rows"),
    [
        ("unit,ann,bob\nz,a; b,b\na,b,b\nm,a,b\n", ["unit"], [["z"], ["m"]]),
        (
            "participant,question,round,ann,bob\n2,q,one,a,b\n1,q,one,a,b\n2,r,one,a,b\n",
            ["participant", "question", "round"],
            [["2", "q", "one"], ["1", "q", "one"], ["2", "r", "one"]],
        ),
        (
            "participant,unit,occasion,ann,bob\n1,u,,a,b\n1,v,t2,a,b\n",
            ["unit", "participant", "occasion"],
            [["u", "1", ""], ["v", "1", "t2"]],
        ),
    ],
)
def test_disagreements_stand_as_the_columns_of_the_file_name_them_in_its_order(
    text: str, columns: list[str], rows: list[list[str]]
) -> None:
    report = agreement_report(measured(text), None, title="codings.csv", with_disagreements=True)
    table = next(one for one in report.tables if one.title == "Answers that coders decided differently")
    assert [column.heading for column in table.columns] == [*columns, "ann", "bob"]
    assert [[cell.text for cell in row[: len(columns)]] for row in table.rows] == rows
