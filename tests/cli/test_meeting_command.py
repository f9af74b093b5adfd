"""The agenda and the record of meetings from the command line, and the status."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from command_line import Harken
from docx import Document


def test_the_agenda_is_gathered_recorded_and_begins_anew(harken: Harken, study: Path) -> None:
    before = json.loads(harken("meeting", "--format", "json").out)
    assert [(one["participant"], one["codes"]) for one in before["disagreements"]] == [
        ("p2", {"ann": ["theme.wait"], "bob": []})
    ]
    assert before["since"] is None
    assert harken("meeting", "--record", "p2 is waiting").code == 0
    after = json.loads(harken("meeting", "--format", "json").out)
    assert (after["disagreements"], after["n_older_disagreements"]) == ([], 1)
    assert (after["since"]["held_by"], after["since"]["outcome"]) == ("lea", "p2 is waiting")
    (held,) = json.loads(harken("meeting", "list", "--format", "json").out)["meetings"]
    assert held == after["since"]


def test_an_outcome_comes_from_standard_input(
    harken: Harken, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"first\nsecond\n")))
    assert harken("meeting", "--record", "-").code == 0
    (held,) = json.loads(harken("meeting", "list", "--format", "json").out)["meetings"]
    assert held["outcome"] == "first\nsecond"


def test_the_agenda_is_a_document_with_the_answers_and_each_coders_codes(
    harken: Harken, study: Path, folder: Path
) -> None:
    assert harken("meeting", "--output", "agenda.docx").code == 0
    document = Document(str(folder / "agenda.docx"))
    (table,) = document.tables
    assert [cell.text for cell in table.rows[1].cells] == [
        "p2",
        "q1",
        "nobody picked up the phone",
        "main",
        "ann: theme.wait\nbob: (no code applies)",
    ]


def test_an_option_before_list_is_refused(harken: Harken, study: Path) -> None:
    outcome = harken("meeting", "--record", "x", "list")
    assert (outcome.code, "--record before 'list' would do nothing" in outcome.err) == (2, True)
    assert json.loads(harken("meeting", "list", "--format", "json").out) == {"meetings": []}


def test_recording_with_a_place_for_the_agenda_records_nothing(harken: Harken, study: Path) -> None:
    outcome = harken("meeting", "--record", "x", "--output", "agenda.docx")
    assert (outcome.code, outcome.err) == (
        2,
        "error: --record writes no agenda; leave --format and --output out. See `harken meeting --help`.\n",
    )
    assert json.loads(harken("meeting", "list", "--format", "json").out) == {"meetings": []}


@pytest.mark.parametrize("minutes", ["0", "-1", "nan", "inf"])
def test_a_pause_is_a_number_of_minutes(harken: Harken, study: Path, minutes: str) -> None:
    outcome = harken("status", "--pause", minutes)
    assert (outcome.code, f"got {minutes}." in outcome.err) == (2, True)


def test_without_a_survey_the_status_says_what_comes_first(harken: Harken) -> None:
    harken("init", "--lead", "lea")
    assert "there is no answer to code yet  harken import FILE" in harken("status").out


def test_the_status_counts_work_and_names_what_is_left(harken: Harken, study: Path) -> None:
    state = json.loads(harken("status", "--format", "json").out)
    assert [
        (one["coder"], one["question"], one["n_to_do"], one["n_done"], one["n_left"]) for one in state["work"]
    ] == [("ann", "q1", 3, 3, 0), ("ann", "q2", 2, 2, 0), ("bob", "q1", 3, 3, 0), ("bob", "q2", 2, 1, 1)]
    assert {one["matter"]: one["n"] for one in state["before_tables"]} == {"disagreements": 1, "excluded": 1}
    assert (state["viewer"], state["own"]["per_hour"], state["study"]["per_hour"]) == ("lea", None, None)
    assert "harken agreement disagreements" in harken("status").out


def test_home_names_the_alert_before_everything_else(harken: Harken, study: Path) -> None:
    assert harken("alerts", "raise", "p1", "q1", "--as", "ann").code == 0
    lines = harken().out.splitlines()
    assert "1 open alert: harken alerts" in lines
    assert lines.index("1 open alert: harken alerts") < next(
        place for place, line in enumerate(lines) if line.startswith("Next:")
    )
