"""Participants, responses and variables of a survey whose columns are settled."""

from __future__ import annotations

import pytest

from harken.errors import HarkenError
from harken.importers.layout import ImportOptions
from harken.importers.raw_table import TableSource, build_table
from harken.importers.settling import settle_layout
from harken.importers.survey import Survey, SurveyParticipant, SurveyResponse, read_survey
from harken.model import ResponseKey, Variable, VariableRole

WIDE = ImportOptions(id="id", questions=("q1", "q2"), groups=("group",))


def survey_of(*records: list[str], options: ImportOptions | None = None) -> Survey:
    table = build_table(TableSource(name="answers.csv", format="csv", sha256=""), enumerate(records, 1))
    return read_survey(table, settle_layout(table, options or ImportOptions()))


def refusal(*records: list[str], options: ImportOptions | None = None) -> str:
    with pytest.raises(HarkenError) as caught:
        survey_of(*records, options=options)
    return str(caught.value)


def test_a_wide_survey_gives_every_participant_a_response_to_every_question():
    survey = survey_of(
        ["id", "group", "age", "q1", "q2"],
        ["b", "A", "30", " yes ", ""],
        ["a", "", "31", "0", "N/A"],
        options=WIDE,
    )
    assert survey.participants == (
        SurveyParticipant(id="b", attributes={"group": "A", "age": "30"}, row=2),
        SurveyParticipant(id="a", attributes={"group": "", "age": "31"}, row=3),
    )
    assert survey.responses == (
        SurveyResponse(ResponseKey("b", "q1"), " yes ", 2, {}),
        SurveyResponse(ResponseKey("b", "q2"), "", 2, {}),
        SurveyResponse(ResponseKey("a", "q1"), "0", 3, {}),
        SurveyResponse(ResponseKey("a", "q2"), "N/A", 3, {}),
    )
    assert survey.questions == ("q1", "q2")
    assert survey.variables == (
        Variable(name="group", role=VariableRole.GROUP),
        Variable(name="age", role=VariableRole.CLOSED),
    )


def test_a_long_survey_gives_the_responses_it_lists():
    survey = survey_of(
        ["participant", "question", "occasion", "response", "group", "mood"],
        ["p1", "q2", "1", "x", "A", "good"],
        ["p2", "q1", "1", "y", "", "fair"],
        ["p1", "q2", "2", "", "A", "bad"],
    )
    assert survey.participants == (
        SurveyParticipant(id="p1", attributes={"group": "A"}, row=2),
        SurveyParticipant(id="p2", attributes={"group": ""}, row=3),
    )
    assert survey.responses == (
        SurveyResponse(ResponseKey("p1", "q2", "1"), "x", 2, {"mood": "good"}),
        SurveyResponse(ResponseKey("p2", "q1", "1"), "y", 3, {"mood": "fair"}),
        SurveyResponse(ResponseKey("p1", "q2", "2"), "", 4, {"mood": "bad"}),
    )
    assert survey.questions == ("q2", "q1")
    assert survey.variables == (
        Variable(name="group", role=VariableRole.GROUP),
        Variable(name="mood", role=VariableRole.ATTRIBUTE, per_response=True),
    )


def test_rows_of_a_wide_survey_are_numbered_where_it_has_no_ids():
    survey = survey_of(["q1"], ["a"], ["b"], options=ImportOptions(questions=("q1",)))
    assert [participant.id for participant in survey.participants] == ["1", "2"]


def test_a_wide_survey_may_have_a_row_for_each_occasion():
    survey = survey_of(
        ["id", "wave", "q1"],
        ["p", "1", "a"],
        ["p", "2", "b"],
        options=ImportOptions(id="id", occasion="wave", questions=("q1",)),
    )
    assert [response.key for response in survey.responses] == [
        ResponseKey("p", "q1", "1"),
        ResponseKey("p", "q1", "2"),
    ]


def test_a_group_that_differs_within_a_participant_is_refused_with_rows_and_values():
    assert refusal(
        ["participant", "question", "response", "group"],
        ["p1", "q1", "a", "A"],
        ["p2", "q1", "b", "B"],
        ["p1", "q2", "c", "B"],
    ) == (
        "answers.csv, column 'group': participant 'p1' is in group 'A' in row 2 and 'B' in row 4. A group"
        " holds for the whole person: mend the file, or keep the column as --attribute 'group'."
    )


def test_a_blank_participant_is_refused_with_its_row():
    message = refusal(["participant", "question", "response"], ["p1", "q1", "a"], [" ", "q1", "b"])
    assert message.startswith("answers.csv, row 3, column 'participant': the participant's id is blank.")


def test_a_blank_question_is_refused_with_its_row():
    message = refusal(["participant", "question", "response"], ["p1", "", "a"])
    assert message == "answers.csv, row 2, column 'question': the question is blank. Fill it in."


def test_a_second_response_to_the_same_question_is_refused_though_it_says_the_same():
    assert refusal(
        ["participant", "question", "response"], ["p1", "q1", "a"], ["p2", "q1", "a"], ["p1", "q1", "a"]
    ) == (
        "answers.csv: participant 'p1' answers 'q1' in rows 2 and 4. Name the column that tells such rows "
        "apart with --occasion, or remove one of them."
    )


def test_a_second_response_on_the_same_occasion_is_refused():
    assert refusal(
        ["participant", "question", "occasion", "response"], ["p1", "q1", "1", "a"], ["p1", "q1", "1", "b"]
    ) == (
        "answers.csv: participant 'p1' on occasion '1' answers 'q1' in rows 2 and 3. Remove one of them, or "
        "tell them apart in column 'occasion'."
    )


def test_an_id_that_repeats_in_a_wide_survey_is_refused_with_its_rows():
    message = refusal(
        ["id", "q1"], ["p1", "a"], ["p1", "b"], options=ImportOptions(id="id", questions=("q1",))
    )
    assert message == (
        "answers.csv: participant 'p1' stands in rows 2 and 3. Name the column that tells such rows apart"
        " with --occasion, or remove one of them."
    )


def test_ids_that_differ_in_case_and_spaces_are_two_people_and_noted():
    survey = survey_of(["participant", "question", "response"], ["P1", "q1", "a"], ["p1 ", "q1", "b"])
    assert survey.notes == (
        "Participants 'P1', 'p1 ' differ in spaces or case alone and count as different people.",
    )


def test_values_in_errors_are_escaped_and_cut():
    message = refusal(
        ["participant", "question", "response"],
        ["\x1b[31m" + "x" * 500, "q\n1", "a"],
        ["\x1b[31m" + "x" * 500, "q\n1", "a"],
    )
    assert "\x1b" not in message
    assert "\n" not in message
    assert len(message) < 300
