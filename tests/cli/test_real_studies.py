"""Real studies through the command line: what is in the files is in the project, and comes out again."""

from __future__ import annotations

import csv
import io
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from command_line import Harken

from harken import Project

SHARED = os.environ.get("HARKEN_SHARED")
pytestmark = pytest.mark.skipif(SHARED is None, reason="HARKEN_SHARED names no folder with data")
DATA = Path(SHARED or ".") / "data"
NAMED = ("participant", "question", "occasion", "coder", "code")


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def named(rows: list[dict[str, str]]) -> Counter[tuple[str, ...]]:
    return Counter(tuple(row.get(name, "") for name in NAMED) for row in rows)


def taken_in(harken: Harken, name: str, *options: str, adjudicated: bool = False) -> list[str]:
    """Import everything of a folder; what each import said on stdout and stderr."""
    said = []
    source = DATA / name
    for words in (
        ("init", "--lead", "lea"),
        ("import", source / "responses.csv", *options),
        ("codebook", "check", source / "codebook.yaml"),
        ("codebook", "import", source / "codebook.yaml"),
        ("codings", "import", source / "codings.csv", *(["--adjudicated"] if adjudicated else [])),
    ):
        outcome = harken(*words)
        assert outcome.code == 0, outcome.err
        said.append(outcome.out + outcome.err)
    return said


def assert_same_codings(harken: Harken, name: str) -> None:
    source = named(rows_of((DATA / name / "codings.csv").read_bytes()))
    assert named(rows_of(harken("codings", "export").stdout)) == Counter(dict.fromkeys(source, 1))


def document(harken: Harken, *words: str) -> dict[str, Any]:
    outcome = harken(*words, "--format", "json")
    assert outcome.code == 0, outcome.err
    return json.loads(outcome.stdout)  # type: ignore[no-any-return]


def test_nhs_feedback(harken, folder) -> None:
    said = taken_in(harken, "nhs_feedback", "--group", "group", "--group", "service")
    assert "took in 4,390 participants and 7,394 responses to 5 open questions." in said[1]
    assert said[2].endswith("no fault, 50 codes.\n")
    assert "codings.csv: 9,792 rows" in said[4]
    assert "warning" not in said[4]
    assert_same_codings(harken, "nhs_feedback")
    flow = document(harken, "flow", "--by", "group")
    rows = rows_of((DATA / "nhs_feedback" / "responses.csv").read_bytes())
    people = Counter({row["participant"]: row["group"] for row in rows}.values())
    assert {group["name"]: group["returned"] for group in flow["groups"]} == dict(people)


def test_nhs_feedback_with_a_text_that_means_non_response(harken, folder) -> None:
    said = taken_in(harken, "nhs_feedback", "--group", "group", "--non-response", "Did not answer")
    assert "warning: 1,189 codings on non-response; kept and exported, counted nowhere." in said[4]
    assert_same_codings(harken, "nhs_feedback")
    answers = rows_of((DATA / "nhs_feedback" / "responses.csv").read_bytes())
    blank = {
        (row["participant"], row["question"])
        for row in answers
        if row["response"].strip().casefold() in ("", "did not answer")
    }
    themes = document(harken, "themes", "--by", "group")
    coded = rows_of((DATA / "nhs_feedback" / "codings.csv").read_bytes())
    mentioned: dict[str, set[str]] = {}
    for row in coded:
        if (row["participant"], row["question"]) not in blank and row["code"]:
            mentioned.setdefault(row["code"], set()).add(row["participant"])
    counted = {theme["code"]: theme["total"]["n"] for theme in themes["themes"] if theme["total"]["n"]}
    undecided = themes["total"]["undecided"]
    assert counted.keys() == mentioned.keys()
    assert all(len(mentioned[code]) - undecided <= n <= len(mentioned[code]) for code, n in counted.items())


def test_passwords(harken, folder) -> None:
    said = taken_in(harken, "passwords", "--group", "group")
    assert "took in 150 participants and 1,281 responses to 12 open questions." in said[1]
    assert "New coder: coder_primary" in said[4]
    assert_same_codings(harken, "passwords")
    agreement = document(harken, "agreement", "--replicates", "20")
    assert len(agreement["scope"]["coders"]) == 2
    decided = Counter(
        (key[0], key[1])
        for key in {(row["participant"], row["question"], row["coder"]) for row in _codings("passwords")}
    )
    double = Counter(question for (_, question), n in decided.items() if n == 2)
    assert agreement["scope"]["n_units_pairable"] == double.total() == 759
    slices = {part["value"]: part for part in agreement["slices"]}
    assert {name: part["scope"]["n_units_pairable"] for name, part in slices.items()} == {
        name: double[name] for name in slices
    }
    with Project.open("harken.db") as project:
        from harken.services.codebooks import current_codebook

        entries = current_codebook(project.store).entries
    for code in agreement["codes"]:
        allowed = entries[code["code"]].questions or slices.keys()
        assert code["n_units_pairable"] == sum(double[question] for question in allowed)


def _codings(name: str) -> list[dict[str, str]]:
    return rows_of((DATA / name / "codings.csv").read_bytes())


def test_music(harken, folder) -> None:
    said = taken_in(harken, "music", "--group", "group", adjudicated=True)
    assert "took in 397 participants and 784 responses to 1 open question." in said[1]
    assert_same_codings(harken, "music")
    themes = document(harken, "themes", "--by", "group")
    assert [part["occasion"] for part in themes["slices"]] == ["1", "2"]
    groups = {group["name"]: group["returned"] for group in themes["groups"]}
    assert groups["(missing)"] == 75
    assert sum(groups.values()) == 397
    agreement = document(harken, "agreement")
    assert (agreement["scope"]["coders"], agreement["sets"]["alpha_masi"]["undefined"]) == ([], "no_ratings")


def test_anes_terrorism(harken, folder) -> None:
    said = taken_in(harken, "anes_terrorism", adjudicated=True)
    assert "took in 2,100 participants and 2,100 responses to 1 open question, 1 of them blank" in said[1]
    assert "warning: 1 coding on non-response" in said[4]
    assert_same_codings(harken, "anes_terrorism")


def test_anes_terrorism_is_refused_without_adjudicated(harken, folder) -> None:
    harken("init", "--lead", "lea")
    harken("import", DATA / "anes_terrorism" / "responses.csv")
    harken("codebook", "import", DATA / "anes_terrorism" / "codebook.yaml")
    outcome = harken("codings", "import", DATA / "anes_terrorism" / "codings.csv")
    assert outcome.code == 1
    assert "row 2: 'consensus' names the adjudicated layer" in outcome.err


def test_immigration(harken, folder) -> None:
    said = taken_in(harken, "immigration", "--group", "group")
    assert "took in 341 participants and 341 responses to 1 open question." in said[1]
    assert said[2].endswith("no fault, 0 codes.\n")
    assert said[4] == "codings.csv: 0 rows, 0 decisions.\n"
    assert document(harken, "themes", "--by", "group")["themes"] == []
    assert harken("doctor").code == 0
