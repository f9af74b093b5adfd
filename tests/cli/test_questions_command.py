"""Asking, replying and alerting from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import Harken

from harken.model import Coding, Decision, ResponseKey
from harken.services.project import Project
from harken.storage.codebooks import stored_codebook
from harken.storage.coding import decide


@pytest.fixture
def asked(study: Path) -> Path:
    """The study, with a question of ann's on p1's first answer."""
    with Project.open(study, actor="ann") as project, project.store.action("ann") as action:
        decide(
            action,
            stored_codebook(project.store),
            Decision(
                key=ResponseKey("p1", "q1"),
                coder="ann",
                codings=(Coding("theme.wait"),),
                is_unsure=True,
                message="is slow waiting?",
            ),
        )
    return study


def test_open_questions_are_listed_with_answer_codes_and_words(harken: Harken, asked: Path) -> None:
    outcome = harken("questions", "--format", "csv")
    assert outcome.code == 0
    (line,) = outcome.out.splitlines()[-1:]
    assert line.startswith("p1,q1,too slow on the phone,ann,main,theme.wait,is slow waiting?,")


def test_a_reply_with_a_rule_is_seen_by_the_coder_and_in_the_codebook(harken: Harken, asked: Path) -> None:
    outcome = harken(
        *("questions", "reply", "p1", "q1", "yes, it is", "--rule", "wait", "--rule-text", "slow service")
    )
    assert (outcome.code, outcome.out) == (
        0,
        "Replied to ann on p1, by lea.\nThe rule stands in the wording of theme.wait (include).\n",
    )
    assert json.loads(harken("questions", "--format", "json").out) == {"questions": []}
    (mine,) = json.loads(harken("questions", "--mine", "--as", "ann", "--format", "json").out)["questions"]
    assert (mine["state"], mine["reply"]["words"], mine["reply"]["by"], mine["reply"]["rule_code"]) == (
        "replied",
        "yes, it is",
        "lea",
        "theme.wait",
    )
    assert b"include: slow service" in harken("codebook", "export").stdout


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (
            ("questions", "--all", "reply", "p1", "q1", "yes"),
            2,
            "--open/--all before 'reply' would do nothing",
        ),
        (("questions", "reply", "p1", "q1", "yes", "--rule-text", "x"), 2, "--rule-text needs --rule CODE"),
        (("questions", "reply", "p1", "q1"), 1, "A reply needs words"),
        (("questions", "reply", "p2", "q1", "yes"), 1, "Nobody asked anything about the answer of 'p2'"),
        (("questions", "reply", "p9", "q1", "yes"), 1, "No participant 'p9'"),
        (("questions", "reply", "p1", "q9", "yes"), 1, "No question named 'q9'"),
        (("alerts", "close", "p1", "q1", "called"), 1, "No open alert that you can see"),
        (("alerts", "raise", "p9", "q1"), 1, "No participant 'p9'"),
        (("alerts", "raise", "p1", "q9"), 1, "No question named 'q9'"),
    ],
)
def test_what_cannot_be_done_is_said(
    harken: Harken, asked: Path, words: tuple[str, ...], code: int, error: str
) -> None:
    outcome = harken(*words)
    assert outcome.code == code
    assert error in outcome.err


def test_an_alert_is_raised_listed_and_closed(harken: Harken, study: Path) -> None:
    assert harken("alerts", "raise", "p1", "q1", "in danger", "--as", "ann").code == 0
    (raised,) = json.loads(harken("alerts", "--format", "json").out)["alerts"]
    assert (raised["participant"], raised["coder"], raised["state"], raised["note"]) == (
        "p1",
        "ann",
        "open",
        "in danger",
    )
    assert harken("alerts", "close", "p1", "q1", "called", "--as", "bob").err.startswith(
        "error: No open alert that you can see"
    )
    assert harken("alerts", "close", "p1", "q1", "called").out == "Closed the alert of ann on p1.\n"
    assert "No alerts here." in harken("alerts").out
    assert "called" in harken("alerts", "--all").out


def test_who_raised_an_alert_takes_it_back_with_a_reason(harken: Harken, study: Path) -> None:
    harken("alerts", "raise", "p1", "q1", "--as", "ann")
    assert harken("alerts", "close", "p1", "q1", "misread", "--as", "ann").code == 0
    (alert,) = json.loads(harken("alerts", "--all", "--format", "json").out)["alerts"]
    assert (alert["state"], alert["closed_by"], alert["done"]) == ("closed", "ann", "misread")


def test_a_question_is_a_block_of_short_lines_where_it_is_read_as_text(harken: Harken, asked: Path) -> None:
    harken(
        "questions", "reply", "p1", "q1", f"yes, {'whoever waits for anything ' * 9}does", "--rule", "wait"
    )
    harken("codebook", "undo")
    lines = harken("questions", "--all").out.splitlines()
    assert max(map(len, lines)) <= 80
    head = lines.index("Replied to") + 2
    assert [lines[head][:32], *lines[head + 1 : head + 4]] == [
        "p1       q1 · ann in main, 2026-",
        "answer   too slow on the phone",
        "codes    theme.wait",
        "asks     is slow waiting?",
    ]
    assert lines[-1] == "rule in  theme.wait (include), taken back since"


def test_a_rule_for_a_retired_code_is_refused_with_the_way_out(harken: Harken, asked: Path) -> None:
    harken("codebook", "retire", "wait")
    outcome = harken("questions", "reply", "p1", "q1", "yes", "--rule", "wait")
    assert outcome.code == 1
    assert "`harken codebook restore theme.wait`" in outcome.err
    assert len(json.loads(harken("questions", "--format", "json").out)["questions"]) == 1


def test_mine_and_all_are_not_asked_for_together(harken: Harken, asked: Path) -> None:
    outcome = harken("questions", "--mine", "--all")
    assert (outcome.code, "leave --all out" in outcome.err) == (2, True)
