"""`harken marks`: what it prints, writes and keeps to itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import Harken

from harken.services.project import Project


@pytest.fixture
def marked(study: Path) -> Path:
    """The study, with a quote, a hidden place and a reference."""
    with Project.open(study, actor="ann") as project:
        project.mark_identifying("p2", "q1", words="phone", detail="organisation")
        project.mark_quote("p2", "q1", words="picked up the phone")
        project.link_answers(("p3", "q1"), ("p2", "q1"))
    return study


def test_quotes_are_printed_redacted_with_who_marked_them(harken: Harken, marked: Path) -> None:
    outcome = harken("marks", "--kind", "quote", "--format", "csv")
    assert (outcome.code, outcome.out.splitlines()[-1]) == (
        0,
        "p2,south,q1,picked up the [organisation removed],ann",
    )


def test_hidden_words_come_to_the_screen_on_demand_and_into_no_file(
    harken: Harken, marked: Path, tmp_path: Path
) -> None:
    assert "phone" not in harken("marks").out
    assert "phone" in harken("marks", "--show").out
    for more in (("--format", "json"), ("--output", str(tmp_path / "marks.txt"))):
        outcome = harken("marks", "--show", *more)
        assert (outcome.code, "--show is for the screen" in outcome.err) == (2, True)
    assert not (tmp_path / "marks.txt").exists()


@pytest.mark.parametrize("format", ["json", "csv", "md", "xlsx", "docx"])
def test_every_format_is_written_without_hidden_words(
    harken: Harken, marked: Path, tmp_path: Path, format: str
) -> None:
    file = tmp_path / f"marks.{format}"
    assert harken("marks", "--output", str(file)).code == 0
    assert b"phone" not in file.read_bytes()


def test_json_has_each_mark_with_its_place_and_what_is_referred_to(harken: Harken, marked: Path) -> None:
    found = json.loads(harken("marks", "--format", "json").out)["marks"]
    assert [(one["kind"], one["start"], one["end"], one["detail"]) for one in found] == [
        ("quote", 7, 26, ""),
        ("identifying", 21, 26, "organisation"),
        ("link", None, None, ""),
    ]
    assert found[2]["to"] == {"participant": "p2", "question": "q1", "occasion": ""}


def test_a_project_without_marks_says_so(harken: Harken, study: Path) -> None:
    assert "No marks here." in harken("marks").out
