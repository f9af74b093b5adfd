"""`harken agreement`: what can be asked for, and what it says where that makes no sense."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command_line import Harken

QUICK = ("--replicates", "20")


def document(harken: Harken, *options: str) -> dict[str, Any]:
    done = harken("agreement", *QUICK, *options, "--format", "json")
    assert (done.code, done.err) == (0, "")
    found: dict[str, Any] = json.loads(done.out)
    return found


def test_only_the_codes_that_are_named_are_measured(harken: Harken, study: Path) -> None:
    found = document(harken, "--code", "staff", "--code", "theme.wait")
    assert [code["code"] for code in found["codes"]] == ["theme.wait", "theme.staff"]


@pytest.mark.parametrize("method", ["bootstrap", "bca", "analytic", "jackknife"])
def test_intervals_are_made_as_it_was_asked_for(harken: Harken, study: Path, method: str) -> None:
    (wait,) = document(harken, "--method", method, "--code", "wait")["codes"]
    assert wait["krippendorff_alpha"]["method"] == method


def test_the_minimum_of_alpha_can_be_chosen(harken: Harken, study: Path) -> None:
    (wait,) = document(harken, "--minimum", "0.5", "--code", "wait")["codes"]
    assert wait["below_minimum"]["minimum"] == 0.5


def test_the_scope_says_what_was_pooled_and_left_out(harken: Harken, study: Path) -> None:
    scope = document(harken, "--pool", "--distinct")["scope"]
    assert (scope["pooled"], scope["distinct"], scope["n_repeated_texts"]) == (True, True, 0)


def test_questions_and_what_is_kept_apart_are_slices(harken: Harken, study: Path) -> None:
    found = document(harken, "--apart", "suggestions", "--apart", "versions", "--by", "group")
    assert [(part["kind"], part["by"], part["value"]) for part in found["slices"]] == [
        ("question", "question", "q1"),
        ("question", "question", "q2"),
        ("group", "group", "north"),
        ("group", "group", "south"),
        ("suggestions", "suggestions", "shown"),
        ("suggestions", "suggestions", "hidden"),
        ("codebook", "codebook", "1"),
    ]


def test_a_code_made_after_the_coding_was_decided_by_nobody(harken: Harken, study: Path) -> None:
    before = document(harken, "--code", "wait")
    assert harken("codebook", "add", "theme.late", "--label", "Late").code == 0
    assert document(harken, "--code", "wait") == before
    (late,) = document(harken, "--code", "late")["codes"]
    assert (late["n_units_rated"], late["krippendorff_alpha"]["undefined"]) == (0, "no_ratings")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--code", "zzz"), "No code 'zzz' in the codebook. Codes: 'theme.wait', 'theme.staff'"),
        (("--code", "stafff"), "Did you mean 'staff'?"),
        (("--minimum", "1.5"), "The minimum of alpha lies between 0 and 1, as in 0.667; got 1.5."),
        (("--intra",), "No round here repeats decisions"),
    ],
)
def test_what_is_unknown_or_makes_no_sense_is_refused_with_the_way_out(
    harken: Harken, study: Path, options: tuple[str, ...], said: str
) -> None:
    done = harken("agreement", *options)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("error: ")
    assert done.err.count("\n") == 1
    assert said in done.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--level", "1"), "A level lies between 0 and 1"),
        (("--replicates", "0"), "0 is too few. Write a whole number, 1 or more."),
        (("--method", "magic"), "'bootstrap', 'bca', 'analytic', 'jackknife'"),
        (("--apart", "moods"), "'versions', 'discussion', 'suggestions', 'periods'"),
    ],
)
def test_a_value_that_no_run_could_take_is_a_usage_error(
    harken: Harken, study: Path, options: tuple[str, ...], said: str
) -> None:
    done = harken("agreement", *options)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
