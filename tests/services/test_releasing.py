"""The log of releases, and what two of them tell together."""

from __future__ import annotations

import pytest
from study_builder import build_study, codebook, decision

from harken.services.project import Project


@pytest.fixture
def project():
    people = {f"P{at}": {"group": "a" if at < 20 else "b"} for at in range(40)}
    store = build_study(
        people=people,
        answers=[(name, "q", "words") for name in people],
        codebook=codebook("risk", "risk.cost"),
        decisions=[
            decision("ann", name, "q", *(["risk.cost"] if int(name[1:]) % 2 else [])) for name in people
        ],
    )
    return Project(store, actor="lead")


def test_a_release_is_listed_with_its_threshold_and_the_hash_of_the_data(project) -> None:
    before = project.store.project_hash()
    project.note_release(
        project.themes(by="group", suppress=5), command="themes", suppress=5, file="table.csv"
    )
    (release,) = project.releases().releases
    assert (release.actor, release.command, release.file, release.suppress, release.project_hash) == (
        "lead",
        "themes",
        "table.csv",
        5,
        before,
    )
    assert project.store.project_hash() == before


def test_the_same_figures_again_raise_no_warning(project) -> None:
    for _ in range(2):
        remarks = project.note_release(project.themes(by="group", suppress=5), command="themes", suppress=5)
    assert remarks == ()


def test_figures_that_differ_by_one_person_from_an_earlier_release_are_told(project) -> None:
    project.note_release(project.themes(by="group", suppress=5), command="themes", suppress=5)
    _exclude(project, "P1")
    (remark,) = project.note_release(project.themes(by="group", suppress=5), command="themes", suppress=5)
    assert "differ by fewer than 5 people" in remark
    assert "(themes)" in remark


def _exclude(project: Project, name: str) -> None:
    with project.store.action("lead") as action:
        action.append("participants.excluded", {"participants": [name], "reason": "asked to"})


def test_a_figure_that_an_earlier_release_shows_is_not_hidden_by_hiding_it_now(project) -> None:
    project.note_release(project.themes(by="group", suppress=2), command="themes", suppress=2)
    (remark,) = project.note_release(project.themes(by="group", suppress=15), command="themes", suppress=15)
    assert "hidden here and shown in the release" in remark


def test_the_log_holds_no_names_of_groups(project) -> None:
    project.note_release(project.themes(by="group", suppress=5), command="themes", suppress=5)
    (payload,) = project.store.connection.execute(
        "SELECT payload FROM looks WHERE kind = 'release'"
    ).fetchone()
    assert "risk" not in payload
    assert '"group"' not in payload


def test_a_figure_of_some_people_is_not_shown_by_that_of_everybody(project) -> None:
    project.note_release(project.themes(suppress=5), command="themes", suppress=5)
    some = project.themes(where=[("group", "a")], suppress=15)
    assert some.united.total.coded == 20
    assert project.note_release(some, command="themes", suppress=15) == ()
    remarks = project.note_release(project.themes(suppress=25), command="themes", suppress=25)
    assert sum("hidden here and shown in the release" in remark for remark in remarks) == 1
