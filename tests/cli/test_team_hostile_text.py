"""Hostile answers, questions, replies, notes and outcomes pass through every output of these commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import Harken
from test_hostile_text import FORBIDDEN, HOSTILE

from harken import Project
from harken.model import Coding, Decision, ResponseKey
from harken.services.asking import find_question, raise_alert, reply
from harken.storage.codebooks import stored_codebook
from harken.storage.coding import decide
from harken.storage.store import Store

WORDS = "\n".join(HOSTILE.values())
COMMANDS = (("questions", "--all"), ("alerts", "--all"), ("meeting",), ("meeting", "list"), ("status",), ())


def say(store: Store, coder: str, words: str, *codes: str) -> None:
    one = Decision(
        key=ResponseKey("p1", "q1"),
        coder=coder,
        codings=tuple(map(Coding, codes)),
        is_unsure=bool(words),
        message=words,
    )
    with store.action(coder) as action:
        decide(action, stored_codebook(store), one)


@pytest.fixture
def talk(harken: Harken, folder: Path) -> Path:
    """A project in which everything that anybody wrote is hostile."""
    (folder / "survey.csv").write_text(
        'id,q1\np1,"' + WORDS.replace('"', '""') + '"\n', encoding="utf-8", newline=""
    )
    for command in (
        ("init", "--lead", "lea", "--title", HOSTILE["closing markup"]),
        ("import", "survey.csv", "--id", "id", "--question", "q1"),
        ("coders", "add", "ann", "bob"),
    ):
        assert harken(*command).code == 0
    (folder / "book.yaml").write_text(
        "harken: 1\nfamilies: [{key: t, label: T, codes: [{key: a, label: A}]}]"
    )
    assert harken("codebook", "import", "book.yaml").code == 0
    with Project.open(folder / "harken.db") as project:
        say(project.store, "bob", "", "t.a")
        say(project.store, "ann", WORDS)
        key = ResponseKey("p1", "q1")
        reply(project.store, find_question(project.store, key, viewer="lea"), actor="lea", words=WORDS)
        say(project.store, "ann", f"{WORDS} again")
        raise_alert(project.store, key, coder="ann", note=WORDS)
        project.record_meeting(WORDS)
        say(project.store, "bob", "")
    return folder


@pytest.mark.parametrize("words", COMMANDS)
def test_the_terminal_gets_no_control_character(harken: Harken, talk: Path, words: tuple[str, ...]) -> None:
    outcome = harken(*words)
    assert (outcome.code, FORBIDDEN.search(outcome.out)) == (0, None)


@pytest.mark.parametrize("words", COMMANDS[:-1])
@pytest.mark.parametrize("format", ["md", "csv", "xlsx", "docx"])
def test_every_file_is_written(harken: Harken, talk: Path, words: tuple[str, ...], format: str) -> None:
    assert harken(*words, "--format", format, "--output", f"out.{format}").code == 0
    assert (talk / f"out.{format}").stat().st_size > 0


def test_json_keeps_every_text_as_it_is(harken: Harken, talk: Path) -> None:
    (question,) = json.loads(harken("questions", "--format", "json").stdout)["questions"]
    (alert,) = json.loads(harken("alerts", "--format", "json").stdout)["alerts"]
    (held,) = json.loads(harken("meeting", "list", "--format", "json").stdout)["meetings"]
    assert (question["words"], question["reply"]["words"]) == (f"{WORDS} again", WORDS)
    assert (alert["note"], alert["response"]) == (WORDS, question["response"])
    assert held["outcome"] == WORDS.strip()
