"""Themes by several attributes at once."""

from __future__ import annotations

import json

import pytest
from study_builder import codebook, decision

from harken.errors import HarkenError
from harken.services.crosstabulating import crosstab_report, crosstabulate
from harken.services.tabulating import tabulate

CODES = codebook("f.a", "f.b")


@pytest.fixture
def coded(study):
    people = {
        f"p{at}": {"group": "x" if at < 3 else "y", "age": "old" if at % 2 else "young"} for at in range(6)
    }
    return study(
        people=people,
        answers=[(name, "q", "text") for name in people],
        codebook=CODES,
        decisions=[
            decision("ada", name, "q", *(["f.a"] if name in ("p0", "p1", "p4") else [])) for name in people
        ],
    )


def test_the_figures_are_those_of_a_theme_table_by_each_attribute(coded) -> None:
    result = crosstabulate(coded, by=["group", "age"])
    assert result.tables == (tabulate(coded, by="group"), tabulate(coded, by="age"))
    theme = result.as_json()["themes"][0]
    assert (theme["code"], theme["total"]["n"]) == ("f.a", 3)
    assert [
        (one["by"], [(cell["group"], cell["n"], cell["base"]) for cell in one["cells"]])
        for one in theme["attributes"]
    ] == [("group", [("x", 2, 3), ("y", 1, 3)]), ("age", [("young", 2, 3), ("old", 1, 3)])]


def test_without_a_column_the_surveys_groups_are_taken_each_once(coded, study) -> None:
    assert [table.by for table in crosstabulate(coded).tables] == ["group", "age"]
    assert [table.by for table in crosstabulate(coded, by=["age", "age"]).tables] == ["age"]
    bare = study(people=["p"], answers=[("p", "q", "x")], codebook=CODES)
    with pytest.raises(HarkenError, match="no group columns"):
        crosstabulate(bare)


def test_the_page_has_a_row_for_each_family_and_theme_and_columns_for_each_value(coded) -> None:
    (table,) = crosstab_report(crosstabulate(coded)).tables
    assert [row[0].text.strip() for row in table.rows] == ["F: any", "A", "B"]
    assert list(dict.fromkeys(column.group for column in table.columns[2:])) == [
        *("all", "group: x", "group: y", "age: young", "age: old"),
    ]
    assert [cell.text for cell in table.rows[1][2:]] == [
        *("3", "6", "–"),
        *("2", "3", "–", "1", "3", "–"),
        *("2", "3", "–", "1", "3", "–"),
    ]
    with_p = crosstab_report(crosstabulate(coded), with_p=True).tables[0]
    assert [column.group for column in with_p.columns if column.heading == "p (Holm)"] == ["group", "age"]


def test_the_result_is_strict_json_and_has_flat_records(coded) -> None:
    result = crosstabulate(coded)
    json.dumps(result.as_json(), allow_nan=False)
    assert len(result.to_records()) == 3 * 4
