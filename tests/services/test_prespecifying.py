"""Declaring themes before they are seen by group."""

from __future__ import annotations

import pytest
from study_builder import codebook, decision

from harken.errors import HarkenError
from harken.services.checking import check_project
from harken.services.codebooks.codes import rename_code
from harken.services.prespecifying import prespecification_report, prespecified_for
from harken.services.project import Project


@pytest.fixture
def project(study) -> Project:
    store = study(
        people={"p1": {"group": "a", "age": "1"}, "p2": {"group": "b", "age": "2"}},
        answers=[("p1", "q", "one"), ("p2", "q", "two")],
        codebook=codebook("risk.worry", "risk.upset"),
        decisions=[decision("ada", "p1", "q", "risk.worry"), decision("ada", "p2", "q")],
    )
    return Project(store, actor="ada")


def test_what_is_declared_before_the_first_table_by_group_is_in_time(project: Project) -> None:
    project.prespecify_themes("worry", "risk", by="group")
    project.themes(by="group")
    project.prespecify_themes("upset")
    found = project.prespecification()
    assert [(theme.code, theme.by, theme.actor, theme.in_time) for theme in found.themes] == [
        ("risk.worry", "group", "ada", True),
        ("risk", "group", "ada", True),
        ("risk.upset", None, "ada", False),
    ]
    assert prespecified_for(project.store, "group") == {"risk.worry", "risk"}
    assert prespecified_for(project.store, "age") == frozenset()
    assert check_project(project.store) == ()


def test_a_table_without_groups_shows_nothing_that_a_hypothesis_is_about(project: Project) -> None:
    project.themes()
    assert project.prespecify_themes("worry").themes[0].in_time


@pytest.mark.parametrize(
    "look",
    [
        lambda project: project.crosstab("group"),
        lambda project: project.why("worry", by="group", group="a"),
        lambda project: project.retrieval(by="group"),
        lambda project: project.agreement(by="group"),
        lambda project: project.themes(where=[("group", "a")]),
        lambda project: project.cooccurrence(where=[("group", "a")]),
        lambda project: project.quotes(where=[("group", "a")]),
    ],
)
def test_whatever_shows_a_theme_in_a_group_comes_before_what_is_declared_then(project: Project, look) -> None:
    look(project)
    assert [theme.in_time for theme in project.prespecify_themes("worry").themes] == [False]


@pytest.mark.parametrize(
    "look",
    [
        lambda project: project.why("worry"),
        lambda project: project.cooccurrence(),
        lambda project: project.quotes(),
        lambda project: project.flow(by="group"),
    ],
)
def test_what_shows_no_theme_in_a_group_leaves_it_to_be_declared(project: Project, look) -> None:
    look(project)
    assert [theme.in_time for theme in project.prespecify_themes("worry").themes] == [True]


def test_a_declaration_that_is_taken_back_and_made_anew_counts_from_then_on(project: Project) -> None:
    project.prespecify_themes("worry")
    project.themes(by="group")
    assert project.prespecify_themes("worry", undo=True).themes == ()
    assert [theme.in_time for theme in project.prespecify_themes("worry").themes] == [False]


def test_declaring_again_keeps_the_first_time(project: Project) -> None:
    first = project.prespecify_themes("worry")
    project.themes(by="group")
    assert project.prespecify_themes("worry", "worry").themes == first.themes


def test_a_code_stays_declared_under_another_name(project: Project) -> None:
    project.prespecify_themes("worry")
    rename_code(project.store, "worry", "anxiety", actor="ada")
    assert [(theme.code, theme.is_gone) for theme in project.prespecification().themes] == [
        ("risk.anxiety", False)
    ]


@pytest.mark.parametrize(
    ("codes", "options", "words"),
    [
        ((), {}, "No theme is named"),
        (("nothing",), {}, "No code 'nothing' in the codebook"),
        (("worry",), {"by": "sex"}, "No column 'sex'"),
        (("upset", "worry"), {"undo": True}, "'risk.upset', 'risk.worry' is not declared"),
        (("risk",), {"by": "age"}, "'risk' is declared already, for the column 'group'"),
    ],
)
def test_a_mistake_declares_nothing(project: Project, codes, options, words: str) -> None:
    before = project.prespecify_themes("risk", by="group")
    with pytest.raises(HarkenError) as caught:
        project.prespecify_themes(*codes, **options)
    assert words in str(caught.value)
    assert project.prespecification() == before


def test_the_report_says_what_came_too_late(project: Project) -> None:
    project.themes(by="group")
    report = prespecification_report(project.prespecify_themes("worry", by="group"))
    (table,) = report.tables
    assert [[cell.text for cell in row[:3]] + [row[-1].text] for row in table.rows] == [
        ["Worry", "risk.worry", "group", "too late"],
    ]
    assert report.notes[-1] == (
        "What was declared after the first table stays exploratory: its figures had been seen."
    )
