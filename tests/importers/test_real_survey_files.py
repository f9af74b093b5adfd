"""Real surveys and exports, read where they lie; nothing of them is part of this project."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from harken.errors import HarkenError
from harken.importers.codings import read_codings
from harken.importers.settling import settle_layout
from harken.importers.survey import Survey, read_survey
from harken.importers.tables import read_table

SHARED = os.environ.get("HARKEN_SHARED")
pytestmark = pytest.mark.skipif(not SHARED, reason="HARKEN_SHARED is not set")
DATA = Path(SHARED or ".") / "data"
EXPORTS = Path(SHARED or ".") / "interop" / "survey"


def read(path: Path, **options) -> Survey:
    table = read_table(path, **options)
    return read_survey(table, settle_layout(table))


@pytest.mark.parametrize(
    ("name", "n_participants", "n_questions", "n_responses", "groups", "n_codings"),
    [
        ("nhs_feedback", 4390, 5, 7394, ("group",), 9792),
        ("anes_terrorism", 2100, 1, 2100, (), 4089),
        ("passwords", 150, 12, 1281, ("group",), 3322),
        ("music", 397, 1, 784, ("group",), 3768),
        ("immigration", 341, 1, 341, ("group",), 0),
    ],
)
def test_the_measured_surveys_are_read_without_options(
    name, n_participants, n_questions, n_responses, groups, n_codings
):
    survey = read(DATA / name / "responses.csv")
    codings = list(read_codings(DATA / name / "codings.csv"))
    assert (len(survey.participants), len(survey.questions), len(survey.responses)) == (
        n_participants,
        n_questions,
        n_responses,
    )
    assert (survey.layout.groups, len(codings)) == (groups, n_codings)


def test_music_has_two_occasions_and_75_people_without_a_group():
    survey = read(DATA / "music" / "responses.csv")
    blank = [person.id for person in survey.participants if person.attributes["group"] == ""]
    assert (survey.layout.occasion, len(blank)) == ("occasion", 75)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("surveymonkey_thanksgiving.csv", {}),
        ("surveygizmo_jupyter2015.csv", {}),
        ("googleforms_jupyter_edu2016.csv", {}),
        ("limesurvey_re19.csv", {"encoding": "cp1252"}),
        ("limesurvey_re19.xlsx", {}),
        ("typeform_stacks.csv", {}),
        ("typeform_stacks.xlsx", {}),
        ("redcap_simple_data.csv", {}),
        ("redcap_longitudinal_data.csv", {}),
        ("qualtrics_comment_coding.csv", {}),
    ],
)
def test_exports_of_survey_services_are_read_with_most_open_questions_found(name, options):
    expected = json.loads((EXPORTS / "expected.json").read_text())[name]
    survey = read(EXPORTS / name, **options)
    open_columns = {" ".join(question["column"].split()) for question in expected["open_questions"]}
    assert len(survey.participants) == expected["n_participants"]
    assert len(open_columns & set(survey.questions)) >= 0.5 * len(open_columns)


@pytest.mark.parametrize("path", sorted(EXPORTS.glob("*.*")) if SHARED else [], ids=lambda path: path.name)
def test_any_export_is_read_or_refused_in_one_line(path):
    try:
        outcome = f"{path}: {len(read(path).responses)} responses"
    except HarkenError as error:
        outcome = str(error)
    assert str(path) in outcome
    assert "\n" not in outcome
    assert ": 0 responses" not in outcome
