"""`harken agreement thresholds`: limits of verdicts as a setting of the project."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command_line import Harken

LIMITS = {"reliable": 0.8, "tentative": 0.667, "expected_positives": 10.0}
CUSTOMARY = {**LIMITS, "is_customary": True, "history": []}


def one_line(shown: str) -> str:
    return " ".join(shown.split())


def changes_in(document: dict[str, Any]) -> list[dict[str, object]]:
    history: list[dict[str, object]] = document["history"]
    return history


def thresholds(harken: Harken, *options: str) -> dict[str, object]:
    done = harken("agreement", "thresholds", "--format", "json", *options)
    assert (done.code, done.err) == (0, "")
    document = json.loads(done.out)
    assert isinstance(document, dict)
    return document


@pytest.mark.usefixtures("study")
def test_a_new_project_has_the_customary_limits(harken: Harken) -> None:
    assert thresholds(harken) == CUSTOMARY


@pytest.mark.usefixtures("study")
def test_limits_that_were_set_stay_set_and_are_called_the_studys_own(harken: Harken) -> None:
    assert thresholds(harken, "--tentative", "0.7")["tentative"] == 0.7
    found = thresholds(harken)
    (change,) = changes_in(found)
    day = str(change["at"])[:10]
    assert change == {**LIMITS, "tentative": 0.7, "by": "lea", "at": change["at"]}
    assert found == {**LIMITS, "tentative": 0.7, "is_customary": False, "history": [change]}
    assert f"this study's own limits (set by lea on {day}), .800 (reliable) and .700 (tentative)" in one_line(
        harken("agreement").out
    )
    assert json.loads(harken("agreement", "--format", "json").out)["thresholds"] == {
        **{**LIMITS, "tentative": 0.7},
        **{"origin": "study", "set_by": "lea", "set_at": change["at"]},
    }


@pytest.mark.usefixtures("study")
def test_every_change_of_limits_is_told_with_who_and_when(harken: Harken) -> None:
    first = harken("agreement", "thresholds", "--reliable", "0.85").out
    second = harken("--as", "bob", "agreement", "thresholds", "--tentative", "0.7").out
    assert "Changed: reliable .800 → .850." in first
    assert "Changed: tentative .667 → .700." in second
    changes = changes_in(thresholds(harken))
    assert [(one["by"], one["reliable"], one["tentative"]) for one in changes] == [
        ("lea", 0.85, 0.667),
        ("bob", 0.85, 0.7),
    ]
    table = second.partition("How they came about")[2].splitlines()[3:]
    rows = [line.split()[-4:] for line in table if line][:3]
    assert rows == [
        ["–", ".800", ".667", "10"],
        ["lea", ".850", ".667", "10"],
        ["bob", ".850", ".700", "10"],
    ]


@pytest.mark.usefixtures("study")
def test_limits_that_stood_already_are_set_by_nobody_anew(harken: Harken) -> None:
    done = harken("agreement", "thresholds", "--reliable", "0.8")
    assert "Nothing changed: the project had these limits already." in done.out
    assert thresholds(harken) == CUSTOMARY


@pytest.mark.usefixtures("study")
def test_verdicts_follow_the_limits_that_were_set(harken: Harken) -> None:
    def verdict() -> str:
        document = json.loads(harken("agreement", "--format", "json").out)
        return str(next(code["verdict"] for code in document["codes"] if code["code"] == "theme.wait"))

    assert verdict() == "too_few"
    thresholds(harken, "--expected-positives", "0")
    assert verdict() == "unreliable"


@pytest.mark.usefixtures("study")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--tentative", "0"), "The tentative limit of alpha lies between 0 and 1, as in 0.667; got 0."),
        (("--reliable", "1"), "The reliable limit of alpha lies between 0 and 1, as in 0.667; got 1."),
        (
            ("--tentative", "0.9"),
            "The tentative limit 0.9 lies above the reliable one 0.8. Give both, the lower as --tentative.",
        ),
        (
            ("--expected-positives", "-1"),
            "The number of expected positive responses is at least 0; got -1.",
        ),
    ],
)
def test_limits_that_make_no_sense_are_refused_and_nothing_is_set(
    harken: Harken, options: tuple[str, ...], said: str
) -> None:
    done = harken("agreement", "thresholds", *options)
    assert (done.code, done.err) == (1, f"error: {said}\n")
    assert thresholds(harken) == CUSTOMARY


def test_setting_limits_keeps_the_project_sound(harken: Harken, study: Path) -> None:
    before = study.stat().st_mtime_ns
    thresholds(harken, "--reliable", "0.85")
    assert study.stat().st_mtime_ns != before
    assert harken("doctor").code == 0


@pytest.mark.usefixtures("study")
def test_limits_given_on_the_line_hold_for_this_once(harken: Harken) -> None:
    done = harken("agreement", "--expected-positives", "0", "--reliable", "0.9", "--format", "json")
    document = json.loads(done.out)
    assert next(code["verdict"] for code in document["codes"]) == "unreliable"
    assert document["thresholds"]["origin"] == "run"
    assert thresholds(harken) == CUSTOMARY


@pytest.mark.usefixtures("study")
@pytest.mark.parametrize(
    ("of_the_study", "usual"),
    [
        ((), "Krippendorff's customary .800 and .667"),
        (("--reliable", "0.9"), "the study's own .900 and .667"),
    ],
)
def test_limits_given_on_the_line_are_not_called_the_studys(
    harken: Harken, of_the_study: tuple[str, ...], usual: str
) -> None:
    harken("agreement", "thresholds", *of_the_study)
    shown = one_line(harken("agreement", "--all", "--tentative", "0.5", "--reliable", "0.6").out)
    given = f"limits given for this run (not {usual})"
    assert f"against {given}, .600 (reliable) and .500 (tentative)" in shown
    assert f"was held against {given}: .600 for reliable, .500 for tentative conclusions." in shown
    assert "own limits" not in shown


@pytest.mark.usefixtures("study")
def test_the_studys_own_limits_given_on_the_line_are_still_its_own(harken: Harken) -> None:
    thresholds(harken, "--reliable", "0.9")
    assert "this study's own limits (set by lea on " in one_line(harken("agreement", "--reliable", "0.9").out)


@pytest.mark.usefixtures("study")
@pytest.mark.parametrize(
    ("fewest", "said"),
    [
        ("10", "fewer than 10 expected positive responses, where intervals do not hold their level."),
        (
            "5",
            "fewer than 5 (given for this run, not 10) expected positive responses; simulations found "
            "intervals not to hold their level below 10.",
        ),
        ("20", "fewer than 20 (given for this run, not 10) expected positive responses. Figures were"),
    ],
)
def test_what_simulations_found_for_ten_is_said_of_no_other_number(
    harken: Harken, fewest: str, said: str
) -> None:
    document = json.loads(harken("agreement", "--expected-positives", fewest, "--format", "json").out)
    assert said in document["methods"]


def test_limits_can_be_given_for_a_file_too(harken: Harken, folder: Path) -> None:
    rows = "".join(f"{unit},{unit % 2},{unit % 2}\n" for unit in range(8))
    (folder / "wide.csv").write_text(f"unit,ann,bob\n{rows}")

    def verdict(*options: str) -> str:
        done = harken("agreement", "--codings", "wide.csv", "--exclusive", "--format", "json", *options)
        return str(json.loads(done.out)["families"][0]["verdict"])

    assert verdict() == "too_few"
    assert verdict("--expected-positives", "2") == "reliable"


def test_limits_given_for_a_file_are_no_studys(harken: Harken, folder: Path) -> None:
    (folder / "wide.csv").write_text("unit,ann,bob\n1,y,y\n2,n,n\n")
    shown = one_line(harken("agreement", "--codings", "wide.csv", "--reliable", "0.7").out)
    assert "limits given for this run (not Krippendorff's customary .800 and .667), .700" in shown
