"""Surveys going in: what is added, known, in conflict, excluded and listed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from harken import Project
from harken.errors import HarkenError
from harken.importers.layout import ImportOptions
from harken.model import AnswerState, ResponseKey, TextList, TextRule
from harken.services.importing import import_survey, open_survey_file, text_rules
from harken.storage import survey
from harken.storage.store import Store

HEADER = "id,group,q1,q2\n"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "harken.db", lead="ada") as made:
        yield made


def csv(folder: Path, text: str, name: str = "survey.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def texts(store: Store) -> dict[tuple[str, ...], str]:
    return {tuple(part for part in one.key if part): one.text for one in survey.responses(store)}


def exclusions(store: Store) -> dict[str, str]:
    return {person.name: person.exclusion for person in survey.participants(store) if person.exclusion}


def states(store: Store, question: str) -> dict[str, AnswerState]:
    return {one.key.participant: one.state for one in survey.responses(store, questions=[question])}


QUESTIONS = {"id": "id", "questions": ("q1", "q2"), "groups": ("group",)}


def test_texts_are_kept_byte_for_byte(project, tmp_path) -> None:
    answers = [
        "0",
        "N/A",
        "None",
        "007",
        "  spaces  ",
        "two\nlines",
        "=cmd|' /C calc'!A0",
        "\u202egnp.exe",
        "😀",
    ]
    rows = "".join(f'p{n},a,"{answer}",x\n' for n, answer in enumerate(answers))
    project.import_survey(csv(tmp_path, HEADER + rows), **QUESTIONS)
    assert [texts(project.store)[f"p{n}", "q1"] for n in range(len(answers))] == answers


def test_the_same_file_again_adds_nothing_at_all(project, tmp_path) -> None:
    path = csv(tmp_path, HEADER + "p1,a,slow,\np2,b,n/a,rude\n")
    options = {**QUESTIONS, "required": ("q2",), "non_response": ("n/a",), "none_stated": ("q1=nothing",)}
    project.import_survey(path, **options)
    before = project.store.project_hash()
    again = project.import_survey(path, **options)
    assert project.store.project_hash() == before
    assert (again.added.n_participants_new, again.added.n_responses_new, again.n_excluded) == (0, 0, 0)
    assert (again.added.n_participants_known, again.added.n_responses_known) == (2, 4)
    assert project.doctor() == ()


def test_a_longer_file_adds_the_new_rows_alone(project, tmp_path) -> None:
    project.import_survey(csv(tmp_path, HEADER + "p1,a,slow,x\n"), **QUESTIONS)
    added = project.import_survey(csv(tmp_path, HEADER + "p1,a,slow,x\np2,b,rude,y\n"), **QUESTIONS).added
    assert (added.n_participants_new, added.n_responses_new) == (1, 2)
    assert (added.changed_texts, added.changed_attributes) == ([], [])
    assert [person.name for person in survey.participants(project.store)] == ["p1", "p2"]
    assert project.doctor() == ()


def test_a_changed_text_is_listed_and_the_first_one_kept(project, tmp_path) -> None:
    project.import_survey(csv(tmp_path, HEADER + "p1,a,slow,x\n"), **QUESTIONS)
    added = project.import_survey(csv(tmp_path, HEADER + "p1,a,SLOW,x\n"), **QUESTIONS).added
    assert added.changed_texts == [ResponseKey("p1", "q1")]
    assert texts(project.store) == {("p1", "q1"): "slow", ("p1", "q2"): "x"}


def test_a_changed_attribute_is_listed_and_the_first_one_kept(project, tmp_path) -> None:
    project.import_survey(csv(tmp_path, HEADER + "p1,a,slow,x\n"), **QUESTIONS)
    added = project.import_survey(csv(tmp_path, HEADER + "p1,b,slow,x\n"), **QUESTIONS).added
    assert added.changed_attributes == ["p1"]
    assert survey.participant_named(project.store, "p1").attributes == {"group": "a"}


def test_nothing_of_people_who_withdrew_comes_back(project, tmp_path) -> None:
    path = csv(tmp_path, HEADER + "p1,a,slow,x\np2,a,rude,y\n")
    project.import_survey(path, **QUESTIONS)
    project.withdraw("p1")
    added = project.import_survey(path, **QUESTIONS).added
    assert (added.withdrawn, added.n_participants_known) == (["p1"], 1)
    assert texts(project.store)["p1", "q1"] == ""
    assert project.doctor() == ()


def test_a_trial_tells_the_same_and_leaves_file_and_folder_as_they_were(tmp_path) -> None:
    rows = "".join(f'p{n},a,"{n} {"words " * 40}",x\n' for n in range(3_000))
    path = csv(tmp_path, HEADER + rows)
    options = {**QUESTIONS, "required": ("q2",), "non_response": ("x",)}
    with Project.create(tmp_path / "harken.db", lead="ada"):
        pass
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    with Project.open(tmp_path / "harken.db") as project:
        trial = project.import_survey(path, is_trial=True, **options)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before
    with Project.open(tmp_path / "harken.db") as project:
        real = project.import_survey(path, **options)
    told, true = asdict(trial), asdict(real)
    for summary in (told, true):
        del summary["is_trial"]
        del summary["added"]["rows_sha256"]  # salts differ
    assert told == true


@pytest.mark.parametrize(
    "bad",
    [
        HEADER + "p1,a,slow,x\n,a,rude,y\n",
        HEADER + "p1,a,slow,x\np1,a,rude,y\n",
        "id,group,q1,q2\np1,a,slow,x,too many\n",
    ],
)
def test_a_file_with_a_bad_row_leaves_nothing(project, tmp_path, bad) -> None:
    before = project.store.project_hash()
    with pytest.raises(HarkenError, match=r"survey\.csv"):
        project.import_survey(csv(tmp_path, bad), **QUESTIONS)
    assert project.store.project_hash() == before
    assert len(survey.participant_names(project.store)) == 0
    assert survey.questions(project.store) == ()


def test_a_group_that_differs_within_a_person_names_both_rows(project, tmp_path) -> None:
    path = csv(tmp_path, "participant,question,response,group\np1,q1,slow,a\np1,q2,rude,b\n")
    with pytest.raises(HarkenError, match=r"'p1' is in group 'a' in row 2 and 'b' in row 3"):
        project.import_survey(path)


# -- exclusions --------------------------------------------------------------------------------------


def test_required_questions_exclude_who_left_any_of_them_out(project, tmp_path) -> None:
    path = csv(tmp_path, HEADER + "p1,a,slow,x\np2,a,,y\np3,b,rude, \np4,b,n/a,z\n")
    summary = project.import_survey(path, **QUESTIONS, required=("q1", "q2"), non_response=("q1=N/A",))
    assert summary.n_excluded == 3
    assert exclusions(project.store) == dict.fromkeys(["p2", "p3", "p4"], "item non-response")


def test_a_column_that_is_no_question_can_be_required(project, tmp_path) -> None:
    path = csv(tmp_path, "id,age,consent,q1\np1,30,yes,slow\np2,,yes,rude\np3,41,,fine\n")
    project.import_survey(path, id="id", questions=("q1",), closed=("age", "consent"), required=("age",))
    assert list(exclusions(project.store)) == ["p2"]


def test_a_person_answers_a_required_question_on_any_occasion(project, tmp_path) -> None:
    path = csv(
        tmp_path, "participant,question,response,occasion\np1,q1,,1\np1,q1,slow,2\np2,q1,,1\np2,q1,,2\n"
    )
    project.import_survey(path, required=("q1",))
    assert list(exclusions(project.store)) == ["p2"]


def test_people_without_a_row_for_a_required_question_are_excluded(project, tmp_path) -> None:
    path = csv(tmp_path, "participant,question,response\np1,q1,slow\np1,q2,x\np2,q2,y\n")
    project.import_survey(path, required=("q1",))
    assert list(exclusions(project.store)) == ["p2"]


def test_who_was_taken_back_in_stays_in_when_the_file_comes_again(project, tmp_path) -> None:
    path = csv(tmp_path, HEADER + "p1,a,,x\n")
    project.import_survey(path, **QUESTIONS, required=("q1",))
    assert project.include("p1") == ("p1",)
    before = project.store.project_hash()
    project.import_survey(path, **QUESTIONS, required=("q1",))
    assert exclusions(project.store) == {}
    assert project.store.project_hash() == before


def test_a_text_in_conflict_does_not_lift_an_exclusion(project, tmp_path) -> None:
    project.import_survey(csv(tmp_path, HEADER + "p1,a,,x\n"), **QUESTIONS)
    summary = project.import_survey(csv(tmp_path, HEADER + "p1,a,now,x\n"), **QUESTIONS, required=("q1",))
    assert (summary.n_excluded, summary.added.changed_texts) == (1, [ResponseKey("p1", "q1")])


def test_the_column_of_who_was_asked_goes_with_its_question(project, tmp_path) -> None:
    path = csv(tmp_path, "id,shown,q1,q2\np1,yes,slow,x\np2,no,,y\n")
    project.import_survey(path, id="id", questions=("q1", "q2"), closed=("shown",), asked={"q1": "shown"})
    assert [(one.name, one.asked_variable) for one in survey.questions(project.store)] == [
        ("q1", "shown"),
        ("q2", ""),
    ]


# -- text lists --------------------------------------------------------------------------------------


def test_listed_texts_mean_non_response_in_their_question_alone(project, tmp_path) -> None:
    path = csv(tmp_path, HEADER + "p1,a,N/A ,n/a\np2,a,slow,x\n")
    project.import_survey(path, **QUESTIONS, non_response=("q1=n/a",))
    assert states(project.store, "q1") == {"p1": AnswerState.NON_RESPONSE, "p2": AnswerState.ANSWERED}
    assert states(project.store, "q2") == {"p1": AnswerState.ANSWERED, "p2": AnswerState.ANSWERED}


def test_a_text_listed_later_turns_answers_that_are_there_into_non_response(project, tmp_path) -> None:
    path = csv(tmp_path, HEADER + "p1,a,none,x\n")
    project.import_survey(path, **QUESTIONS)
    project.import_survey(path, **QUESTIONS, non_response=("none",))
    assert states(project.store, "q1") == {"p1": AnswerState.NON_RESPONSE}
    assert project.doctor() == ()


@pytest.mark.parametrize(
    ("given", "question", "text"),
    [
        ("nothing", "", "nothing"),
        ("q1=nothing", "q1", "nothing"),
        ("q1=a=b", "q1", "a=b"),
        ("a=b", "", "a=b"),
        ("=cmd", "", "=cmd"),
        ("why=how=nothing", "why=how", "nothing"),
        ("q9=nothing", "", "q9=nothing"),
    ],
)
def test_a_text_may_hold_equal_signs_and_so_may_a_question(given, question, text) -> None:
    assert text_rules(TextList.NO_CONTENT, [given], questions=["q1", "why=how"]) == (
        TextRule(list=TextList.NO_CONTENT, text=text, question=question),
    )


@pytest.mark.parametrize("given", ["", "  ", "q1=", "q1= "])
def test_a_list_of_no_text_is_refused(given) -> None:
    with pytest.raises(HarkenError, match="lists no text"):
        text_rules(TextList.NON_RESPONSE, [given], questions=["q1"])


def test_a_file_name_that_is_no_utf_8_is_recorded(project, tmp_path) -> None:
    name = os.fsdecode(b"caf\xe9.csv")
    project.import_survey(csv(tmp_path, HEADER + "p1,a,slow,x\n", name), **QUESTIONS)
    (payload,) = project.store.connection.execute(
        "SELECT payload ->> '$.file' FROM events WHERE kind = 'survey.imported'"
    ).fetchone()
    assert payload == "caf\\xe9.csv"


def test_reading_and_storing_report_progress_up_to_the_end(project, tmp_path) -> None:
    from harken.services.importing import import_survey

    rows = "".join(f"p{n},a,slow,x\n" for n in range(5_000))
    told: list[tuple[str, float]] = []
    file = open_survey_file(
        csv(tmp_path, HEADER + rows), ImportOptions(questions=("q1",)), progress=lambda *at: told.append(at)
    )
    import_survey(project.store, file, actor="ada", progress=lambda *at: told.append(at))
    stages = list(dict.fromkeys(stage for stage, _ in told))
    assert stages == ["reading", "storing"]
    assert [share for _, share in told if share == 1.0][-1:] == [1.0]
    assert all(0 <= share <= 1 for _, share in told)


def test_a_doubled_id_is_named_and_never_turns_ids_into_row_numbers(study, tmp_path) -> None:
    path = tmp_path / "s.csv"
    rows = [f"P{n},answer number {n} is a long one" for n in range(20)]
    path.write_text("id,what helps\n" + "\n".join([*rows, "P3,the same person once more"]) + "\n")
    with pytest.raises(HarkenError, match=r"'P3' stands in rows 5 and 22"):
        import_survey(Store.in_memory(), open_survey_file(path, ImportOptions()), actor="lead")


def test_row_numbers_are_no_ids_beside_ids_of_another_kind(study, tmp_path) -> None:
    path = tmp_path / "s.csv"
    path.write_text("what helps\na long answer of many words\nanother answer of many words\n")
    store = study(people=["P1"], answers=[("P1", "what helps", "x")])
    with pytest.raises(HarkenError, match="Name the column of ids with --id"):
        import_survey(store, open_survey_file(path, ImportOptions()), actor="lead")
    assert survey.participant_names(store) == {"P1"}
