"""Leaving a study, being taken back in, and what still holds somebody who left."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from study_builder import LEAD, codebook, decision

from harken.errors import HarkenError
from harken.services.meeting import record_meeting
from harken.services.project import Project
from harken.services.withdrawing import include_participants, withdraw_participant
from harken.storage import coding, survey
from harken.storage.journal import new_id
from harken.storage.survey_rows import SurveyWriter


@pytest.fixture
def project(tmp_path: Path):
    """A project on disk with two people from a file."""
    folder = tmp_path / "study"
    folder.mkdir()
    with Project.create(folder / "study.db", lead="ada") as project:
        with project.store.action("ada") as action:
            import_id = new_id()
            writer = SurveyWriter(action, import_id=import_id)
            writer.add_question("q")
            for name in ("P1", "P2"):
                writer.add_participant(name, {"ward": f"ward of {name}"})
                writer.add_response(survey.ResponseKey(name, "q"), f"I am {name} and liked it", {})
            payload = {"file": "wave one.csv", "variables": [], "rows_sha256": writer.finish().rows_sha256}
            action.append("survey.imported", payload, id=import_id)
        yield project


def test_it_says_what_was_erased_and_what_may_still_hold_the_person(project):
    report = withdraw_participant(project.store, "P1", actor="ada")
    assert (report.participant, report.n_texts) == ("P1", 2)
    assert report.still_held == (
        "the survey file wave one.csv, wherever it is kept",
        "backups and copies elsewhere: reports, exports, hand-outs",
    )


def test_texts_of_the_team_that_repeat_a_piece_of_an_answer_are_named(study):
    said = "the nurse on ward nine laughed at me when I asked for water"
    store = study(
        people=["P1", "P2", "P3"],
        answers=[("P1", "q", said), ("P2", "q", "the same"), ("P3", "q", "when I asked for water")],
        codebook=codebook("theme.staff"),
        decisions=[
            replace(decision("ann", "P2", "q"), is_unsure=True, message=f"As P1: “{said[:36]}” – staff?"),
            replace(decision("ann", "P3", "q"), memo="when I asked, nobody came"),
        ],
    )
    record_meeting(store, "Agreed: “Laughed at me, when I asked for water!” is staff.", actor=LEAD)
    assert withdraw_participant(store, "P1", actor=LEAD).still_held[:-1] == (
        "a text about participant P2: it repeats an answer's words",
        "a text of the journal: it repeats an answer's words",
        "the survey file survey.csv, wherever it is kept",
    )


def test_copies_beside_the_project_are_named_whatever_they_are_called(project):
    folder = project.store.path.parent
    project.close()
    shutil.copy(folder / "study.db", folder / "study.db.old")
    shutil.copy(folder / "study.db", folder / "before I forget")
    (folder / "notes.db").write_text("not a project")
    (folder / "empty.db").touch()
    with Project.open(folder / "study.db") as again:
        report = withdraw_participant(again.store, "P1", actor="ada")
    assert [line for line in report.still_held if "copy of this project" in line] == [
        f"the file {folder / 'before I forget'}, a copy of this project",
        f"the file {folder / 'study.db.old'}, a copy of this project",
    ]


def test_a_damaged_copy_is_named_too(project):
    folder = project.store.path.parent
    project.close()
    (folder / "cut.db").write_bytes((folder / "study.db").read_bytes()[:-8192])
    with Project.open(folder / "study.db") as again:
        report = withdraw_participant(again.store, "P1", actor="ada")
    assert f"the file {folder / 'cut.db'}, a copy of this project" in report.still_held


def test_withdrawing_twice_finishes_the_work_and_erases_nothing_more(project):
    withdraw_participant(project.store, "P1", actor="ada")
    before = project.store.project_hash()
    assert withdraw_participant(project.store, "P1", actor="ada").n_texts == 0
    assert project.store.project_hash() == before


def test_others_keep_what_they_said(project):
    withdraw_participant(project.store, "P1", actor="ada")
    texts = {response.key.participant: response.text for response in survey.responses(project.store)}
    assert texts == {"P1": "", "P2": "I am P2 and liked it"}


def study_of_three(study):
    return study(
        people=["P1", "P2", "P3"],
        answers=[(name, "q", "yes") for name in ("P1", "P2", "P3")],
        excluded={"item non-response": ["P1", "P2"]},
        codebook=codebook("theme.trust"),
        decisions=[decision("ada", "P1", "q", "theme.trust")],
    )


def exclusions(store) -> dict[str, str]:
    return {person.name: person.exclusion for person in survey.participants(store)}


def test_an_exclusion_is_lifted_and_the_codings_count_again(study):
    store = study_of_three(study)
    assert list(coding.decisions(store)) == []
    assert include_participants(store, ["P1", "P3"], actor=LEAD) == ("P1",)
    assert exclusions(store) == {"P1": "", "P2": "item non-response", "P3": ""}
    assert [found.codes for found in coding.decisions(store)] == [("theme.trust",)]


def test_including_nobody_new_writes_nothing(study):
    store = study_of_three(study)
    before = store.project_hash()
    assert include_participants(store, ["P3"], actor=LEAD) == ()
    assert store.project_hash() == before


def test_who_was_included_stays_in_when_excluded_by_a_rule_again(study):
    store = study_of_three(study)
    include_participants(store, ["P1"], actor=LEAD)
    with store.action(LEAD) as action:
        action.append("participants.excluded", {"participants": ["P1", "P3"], "reason": "item non-response"})
    assert exclusions(store) == {"P1": "", "P2": "item non-response", "P3": "item non-response"}


def test_who_withdrew_cannot_be_included(study):
    store = study_of_three(study)
    withdraw_participant(store, "P2", actor=LEAD)
    with pytest.raises(HarkenError, match="'P2' has withdrawn and cannot be included again"):
        include_participants(store, ["P1", "P2"], actor=LEAD)
    assert exclusions(store) == {"P1": "item non-response", "P2": "withdrawn", "P3": ""}


def test_an_unknown_participant_is_named_and_nobody_is_included(study):
    store = study_of_three(study)
    with pytest.raises(HarkenError, match="No participant 'P9'"):
        include_participants(store, ["P1", "P9"], actor=LEAD)
    assert exclusions(store)["P1"] == "item non-response"
