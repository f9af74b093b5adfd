"""What only a terminal gets: a question about the guess, a progress bar."""

from __future__ import annotations

import os
import pty
import select
import sys
from pathlib import Path

import pexpect
import pytest
from command_line import HARKEN, contents, in_process_of_its_own

from harken import Project
from harken.cli.rooms import drop_typed_ahead
from harken.storage import survey

SURVEY = "participant,question,response\np1,q1,too slow\np2,q1,rude\n"


@pytest.fixture
def project(harken, folder: Path) -> Path:
    assert harken("init", "--lead", "lea").code == 0
    (folder / "survey.csv").write_text(SURVEY)
    return folder / "harken.db"


def at_a_terminal(*words: str) -> pexpect.spawn:
    return pexpect.spawn(HARKEN[0], [*HARKEN[1:], *words], timeout=30, encoding="utf-8", dimensions=(24, 100))


def ends_with(child: pexpect.spawn) -> int:
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus is not None
    return child.exitstatus


def n_people(path: Path) -> int:
    with Project.open(path) as project:
        return len(survey.participant_names(project.store))


def test_the_guess_is_shown_and_enter_takes_it(project) -> None:
    child = at_a_terminal("import", "survey.csv")
    child.expect("participant +id +by its name")
    child.expect(r"Take it in this way\? \[Y/n\]")
    child.sendline("")
    child.expect("took in 2 participants and 2 responses")
    assert ends_with(child) == 0
    assert n_people(project) == 2


def test_no_leaves_everything_as_it_was(project, folder) -> None:
    before = contents(folder)
    child = at_a_terminal("import", "survey.csv")
    child.expect(r"Take it in this way\?")
    child.sendline("n")
    child.expect("error: survey.csv was not taken in. Say what its columns are")
    assert ends_with(child) == 1
    assert contents(folder) == before


def test_control_c_at_the_question_is_code_130(project, folder) -> None:
    before = contents(folder)
    child = at_a_terminal("import", "survey.csv")
    child.expect(r"Take it in this way\?")
    child.sendcontrol("c")
    assert ends_with(child) == 130
    assert contents(folder) == before


@pytest.mark.parametrize("words", [("--dry-run",), ("--layout", "long")])
def test_nothing_is_asked_on_trial_or_where_columns_are_said(project, words) -> None:
    child = at_a_terminal("import", "survey.csv", *words)
    assert ends_with(child) == 0
    assert "Take it in" not in child.before


def test_without_a_terminal_the_guess_is_shown_and_taken(project) -> None:
    done = in_process_of_its_own("import", "survey.csv")
    assert done.returncode == 0
    assert b"by its name" in done.stderr
    assert b"Take it in" not in done.stderr
    assert n_people(project) == 2


def test_a_terminal_sees_a_bar_that_is_wiped_and_a_pipe_sees_none(project) -> None:
    child = at_a_terminal("import", "survey.csv", "--layout", "long")
    assert ends_with(child) == 0
    assert "reading" in child.before
    assert "\u2588" in child.before
    assert child.before.rindex("\r\x1b[K") > child.before.rindex("\u2588")
    done = in_process_of_its_own("import", "survey.csv", "--layout", "long")
    assert "\u2588".encode() not in done.stderr + done.stdout


def test_withdrawing_asks_first_and_no_is_the_default(project, folder, harken) -> None:
    assert harken("import", "survey.csv").code == 0
    before = contents(folder)
    child = at_a_terminal("participants", "withdraw", "p1")
    child.expect(r"Erase p1 for good\? \[y/N\]")
    child.sendline("")
    child.expect("error: Nothing of participant 'p1' was erased.")
    assert ends_with(child) == 1
    assert contents(folder) == before
    child = at_a_terminal("participants", "withdraw", "p1")
    child.expect(r"Erase p1 for good\?")
    child.sendline("y")
    child.expect("Erased 1 text of participant p1")
    assert ends_with(child) == 0


def test_the_demo_pauses_before_it_opens_the_coding_screen(folder) -> None:
    child = at_a_terminal("demo", "sample")
    child.expect("Press a key to code some of its answers")
    child.sendcontrol("c")
    assert ends_with(child) == 130
    assert [path.name for path in (folder / "sample").iterdir()] == ["synthetic_sample.db"]


def test_keys_typed_ahead_of_a_program_that_ended_by_a_fault_are_dropped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keyboard, end = pty.openpty()
    with os.fdopen(end) as terminal:
        monkeypatch.setattr(sys, "stdin", terminal)
        os.write(keyboard, b"rm -r x\n")
        assert select.select([terminal], [], [], 5)[0] == [terminal]
        drop_typed_ahead()
        assert select.select([terminal], [], [], 0)[0] == []
    os.close(keyboard)


def test_who_codes_is_said_where_it_could_be_somebody_else(project, harken) -> None:
    assert harken("import", "survey.csv").code == 0
    said = "Coding as lea (the lead). --as NAME codes as somebody else."
    for others, arguments, is_said in (([], (), False), (["ann"], (), True), ([], ("--as", "lea"), False)):
        for name in others:
            assert harken("coders", "add", name).code == 0
        child = at_a_terminal("code", "--plain", *arguments)
        child.expect_exact("Codes?")
        assert (said in child.before) is is_said
        child.sendline("/quit")
        assert ends_with(child) == 0
