"""`harken agreement thresholds`: limits of verdicts as a setting of the project."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import Harken

CUSTOMARY = {"reliable": 0.8, "tentative": 0.667, "expected_positives": 10.0, "is_customary": True}


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
    assert thresholds(harken) == {**CUSTOMARY, "tentative": 0.7, "is_customary": False}
    shown = harken("agreement").out
    assert "this study's own limits, .800 (reliable) and .700 (tentative)" in " ".join(shown.split())


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
    assert next(code["verdict"] for code in json.loads(done.out)["codes"]) == "unreliable"
    assert thresholds(harken) == CUSTOMARY


def test_limits_can_be_given_for_a_file_too(harken: Harken, folder: Path) -> None:
    rows = "".join(f"{unit},{unit % 2},{unit % 2}\n" for unit in range(8))
    (folder / "wide.csv").write_text(f"unit,ann,bob\n{rows}")

    def verdict(*options: str) -> str:
        done = harken("agreement", "--codings", "wide.csv", "--exclusive", "--format", "json", *options)
        return str(json.loads(done.out)["families"][0]["verdict"])

    assert verdict() == "too_few"
    assert verdict("--expected-positives", "2") == "reliable"
