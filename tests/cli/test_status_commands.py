"""The commands that `harken status` prints list as many answers as it says."""

from __future__ import annotations

import json
import shlex
from dataclasses import replace
from pathlib import Path

import pytest
from command_line import Harken

from harken.model import Coding, Decision, ResponseKey
from harken.services.project import Project
from harken.storage.codebooks import stored_codebook
from harken.storage.coding import decide


@pytest.fixture
def doubtful(harken: Harken, study: Path) -> Path:
    """The study, in which lea, ann and bob were unsure, and theme.wait and theme.price are retired."""
    unsure = Decision(
        key=ResponseKey("p1", "q1"), coder="ann", codings=(Coding("theme.wait"),), is_unsure=True
    )
    with Project.open(study) as project:
        for one in (
            unsure,
            replace(unsure, key=ResponseKey("p1", "q2"), message="is it?"),
            replace(unsure, key=ResponseKey("p3", "q2")),
            replace(unsure, coder="bob"),
            replace(unsure, coder="bob", key=ResponseKey("p2", "q1")),
            replace(unsure, coder="lea"),
        ):
            with project.store.action(one.coder) as action:
                decide(action, stored_codebook(project.store), one)
    for code in ("wait", "price"):
        assert harken("codebook", "retire", code).code == 0
    return study


def listed(harken: Harken, coder: str) -> dict[str, tuple[int, int]]:
    """By matter what status counts for a coder, and what the command beside it lists."""
    before = json.loads(harken("status", "--as", coder, "--format", "json").out)["before_tables"]
    found = {}
    for one in before:
        if one["matter"] in ("unsure", "retired"):
            outcome = harken(*shlex.split(one["command"])[1:], "--format", "json")
            found[one["matter"]] = (one["n"], len(json.loads(outcome.out)["answers"]))
    return found


@pytest.mark.parametrize("coder", ["lea", "ann", "bob"])
def test_as_many_answers_are_listed_as_were_counted(harken: Harken, doubtful: Path, coder: str) -> None:
    assert listed(harken, coder) == {"unsure": (4, 4), "retired": (4, 4)}


def test_who_is_blind_is_told_of_their_own_and_shown_these(harken: Harken, doubtful: Path) -> None:
    with Project.open(doubtful) as project, project.store.action("lea") as action:
        double = {"name": "double", "kind": "reliability", "is_blind": True, "hides_group": False}
        action.append("round.added", {**double, "primary_coder": "", "coders": ["bob"]})
    assert listed(harken, "bob") == {"unsure": (2, 2), "retired": (2, 2)}
    assert listed(harken, "lea") == {"unsure": (4, 4), "retired": (4, 4)}
