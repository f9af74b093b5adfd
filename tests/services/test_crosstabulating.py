"""Themes by several attributes at once."""

from __future__ import annotations

import json

import pytest
from study_builder import codebook, decision

from harken.errors import HarkenError
from harken.services.closed_items import closed_report
from harken.services.cooccurring import cooccurrence_report
from harken.services.crosstabulating import crosstab_report, crosstabulate
from harken.services.project import Project
from harken.services.saturating import saturation_report
from harken.services.tabulating import tabulate, theme_report

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


_LOOKS = [
    (lambda project, **how: project.themes(**how), theme_report),
    (lambda project, **how: project.crosstab("age", **how), crosstab_report),
    (lambda project, **how: project.closed_items("age", **how), closed_report),
    (lambda project, **how: project.cooccurrence(**how), cooccurrence_report),
    (lambda project, **how: project.saturation(**how), saturation_report),
]


@pytest.mark.parametrize(("look", "report"), _LOOKS)
def test_every_look_at_some_people_says_at_whom(coded, look, report) -> None:
    project = Project(coded, actor="ada")
    some = look(project, where=[("group", "x")])
    assert some.as_json()["where"] == [["group", "x"]]
    assert "Only people with group = x." in report(some).notes
    every = look(project)
    assert every.as_json()["where"] == []
    assert not [note for note in report(every).notes if note.startswith("Only people")]


def test_tests_of_declared_themes_are_not_called_exploratory(coded) -> None:
    project = Project(coded, actor="ada")
    project.prespecify_themes("f.a", by="age")
    notes = crosstab_report(project.crosstab("group", "age"), with_p=True).notes
    assert notes[-1].endswith("Exploratory but for A by age.")
