"""Memos and analytic themes from the command line."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from command_line import Harken

from harken.services.project import Project


@pytest.fixture
def noted(harken: Harken, study: Path) -> Path:
    """The study, with an entry of the diary and memos on a code and on an answer, oldest first."""
    for words in (
        ("add", "the diary, =1+1"),
        ("add", "--code", "wait", "one code or two?"),
        ("add", "--as", "ann", "--answer", "p1", "--question", "q1", "who was slow?"),
    ):
        assert harken("memos", *words).code == 0
    return study


def ids(harken: Harken) -> list[str]:
    return [json.loads(line)["id"] for line in harken("memos", "--format", "jsonl").out.splitlines()]


def test_memos_are_listed_as_a_table_with_the_ids_that_change_them(harken: Harken, noted: Path) -> None:
    shown = harken("memos").out
    assert [title for title in ("Diary", "Memos on codes", "Memos on answers") if title in shown] == [
        "Diary",
        "Memos on codes",
        "Memos on answers",
    ]
    assert [id[:8] in shown for id in ids(harken)] == [True, True, True]
    assert "too slow on the phone" in shown


def test_memos_are_data_in_json(harken: Harken, noted: Path) -> None:
    memo = json.loads(harken("memos", "--format", "json", "--about", "answer").out)["memos"][0]
    assert {name: memo[name] for name in ("participant", "question", "author", "memo", "answer")} == {
        "participant": "p1",
        "question": "q1",
        "author": "ann",
        "memo": "who was slow?",
        "answer": "too slow on the phone",
    }


def test_the_spreadsheet_safe_table_runs_no_formula(harken: Harken, study: Path) -> None:
    harken("memos", "add", "=1+1")
    assert ",'=1+1," in harken("memos", "--format", "csv", "--spreadsheet-safe").out


def test_memos_are_written_to_word(harken: Harken, noted: Path) -> None:
    from docx import Document

    assert harken("memos", "--output", "memos.docx").code == 0
    cells = [cell.text for table in Document("memos.docx").tables for row in table.rows for cell in row.cells]
    assert [
        words for words in ("the diary, =1+1", "one code or two?", "who was slow?") if words in cells
    ] == [
        "the diary, =1+1",
        "one code or two?",
        "who was slow?",
    ]


def test_a_memo_comes_from_standard_input(
    harken: Harken, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"one\ntwo\n")))
    assert harken("memos", "add", "-").code == 0
    with Project.open(study) as project:
        assert [memo.body for memo in project.memos().memos] == ["one\ntwo"]


def test_a_memo_is_changed_and_its_history_shown(harken: Harken, noted: Path) -> None:
    newest = ids(harken)[0]
    assert harken("memos", "change", "--as", "ann", newest[:6], "who, when?").code == 0
    shown = harken("memos", "history", newest).out
    assert shown.index("who was slow?") < shown.index("who, when?")


def test_a_memo_is_removed(harken: Harken, noted: Path) -> None:
    newest = ids(harken)[0]
    assert harken("memos", "remove", newest).code == 0
    assert newest not in ids(harken)


def test_another_coders_memo_is_not_changed(harken: Harken, noted: Path) -> None:
    outcome = harken("memos", "change", "--as", "bob", ids(harken)[0], "mine")
    assert (outcome.code, outcome.err) == (
        1,
        "error: This memo is ann’s. Its author and the lead may change or remove it.\n",
    )


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (("add", " "), 1, "A memo needs words"),
        (("add", "--code", "nope", "x"), 1, "No code 'nope'"),
        (("add", "--code", "wait", "--participant", "p1", "x"), 1, "A memo is on one thing"),
        (("change", "zzz", "x"), 1, "No memo 'zzz'"),
        (("--since", "yesterday"), 1, "is no day"),
        (("--author", "nobody"), 1, "No coder named 'nobody'"),
        (("--search", "x", "add", "y"), 2, "--search before 'add' would do nothing"),
        (("screen",), 1, "`harken memos screen` needs a terminal"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(
    harken: Harken, study: Path, words: tuple[str, ...], code: int, why: str
) -> None:
    outcome = harken("memos", *words)
    assert (outcome.code, outcome.out) == (code, "")
    assert why in outcome.err
    assert outcome.err.count("\n") == 1


def test_an_analytic_theme_is_written_quoted_listed_and_removed(harken: Harken, noted: Path) -> None:
    memo = ids(harken)[1]
    write = ("--idea", "time is respect", "--code", "wait", "--memo", memo[:8])
    assert harken("analytic-themes", "write", "Time", *write).code == 0
    assert harken("analytic-themes", "quote", "time", "p1", "q1", "--words", "too slow").code == 0
    (theme,) = json.loads(harken("analytic-themes", "--format", "json").out)["themes"]
    assert {name: theme[name] for name in ("name", "idea", "codes")} == {
        "name": "Time",
        "idea": "time is respect",
        "codes": ["theme.wait"],
    }
    assert (theme["quotes"][0]["text"], theme["memos"][0]["memo"]) == ("too slow", "one code or two?")
    shown = harken("analytic-themes", "--format", "md").out
    assert "## Time" in shown
    assert "“too slow”" in shown
    assert harken("analytic-themes", "remove", "TIME").code == 0
    assert "There are no analytic themes yet." in harken("analytic-themes").out


def test_reading_needs_a_terminal_and_notes_nothing_without_one(harken: Harken, study: Path) -> None:
    outcome = harken("read")
    assert (outcome.code, outcome.err) == (
        1,
        "error: `harken read` needs a terminal to draw on and to read keys from. Run it in one.\n",
    )


def test_reading_a_question_that_is_not_there_names_those_that_are(harken: Harken, study: Path) -> None:
    outcome = harken("read", "--question", "q9")
    assert (outcome.code, "Known questions: q1, q2." in outcome.err) == (1, True)
