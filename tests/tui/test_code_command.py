"""`harken code` as a program of its own: without a terminal, with nothing to do, and killed."""

from __future__ import annotations

import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator, Sequence
from fcntl import ioctl
from pathlib import Path

import pytest

from harken.model import ResponseKey
from harken.storage import audit, codebooks, coding, survey
from harken.storage.store import Store

SURVEY = "id,q\nP1,I understand it now\nP2,It made me worry a lot\nP3,nothing\n"
BOOK = """
harken: 1
families:
  - key: f
    label: Family
    codes:
      - {key: a, label: Alpha, hotkey: a}
      - {key: b, label: Beta, hotkey: b}
"""


def harken(*arguments: str, project: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "harken", "--project", str(project), *arguments],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "study.db"
    (tmp_path / "survey.csv").write_text(SURVEY)
    (tmp_path / "book.yaml").write_text(BOOK)
    for arguments in (
        ("init", "--lead", "ada"),
        ("import", str(tmp_path / "survey.csv"), "--id", "id", "--question", "q"),
        ("codebook", "import", str(tmp_path / "book.yaml")),
    ):
        done = harken(*arguments, project=path)
        assert done.returncode == 0, done.stderr
    return path


class Terminal:
    """`harken code` on a pty."""

    def __init__(self, project: Path, *arguments: str, command: Sequence[str] = ()) -> None:
        self._master, slave = pty.openpty()
        ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.process = subprocess.Popen(
            command or [sys.executable, "-m", "harken", "--project", str(project), "code", *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**os.environ, "TERM": "xterm-256color"},
            start_new_session=True,
        )
        os.close(slave)
        self._seen = b""

    def press(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def wait_for(self, text: str) -> None:
        wanted = text.encode()
        while wanted not in self._seen:
            ready, _, _ = select.select([self._master], [], [], 20)
            assert ready, f"{text!r} never came: {self._seen[-800:]!r}"
            self._seen += os.read(self._master, 65536)
        self._seen = self._seen[self._seen.index(wanted) + len(wanted) :]

    def read_to_the_end(self) -> str:
        """What is still written until the program ends."""
        while select.select([self._master], [], [], 20)[0]:
            try:
                self._seen += os.read(self._master, 65536)
            except OSError:  # what Linux says when the last writer has gone
                break
        return self._seen.decode(errors="replace")

    def kill(self, number: int) -> None:
        os.kill(self.process.pid, number)
        self.process.wait()

    def hang_up(self) -> None:
        """Close the terminal's window."""
        os.close(self._master)
        self._master = os.open(os.devnull, os.O_RDONLY)

    def close(self) -> None:
        if self.process.poll() is None:
            self.kill(signal.SIGKILL)
        os.close(self._master)


@pytest.fixture
def terminal(project: Path) -> Iterator[Terminal]:
    opened = Terminal(project, "--no-suggestions")
    yield opened
    opened.close()


def stored(project: Path) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Decided and drafted codes by participant."""
    with Store.open(project) as store:
        book = codebooks.stored_codebook(store)
        decided, drafted = {}, {}
        for response in survey.responses(store):
            key: ResponseKey = response.key
            decision = coding.decision_at(store, book, key, round="main", coder="ada")
            draft = coding.draft_at(store, book, key, round="main", coder="ada")
            if decision is not None:
                decided[key.participant] = decision.codes
            if draft is not None:
                drafted[key.participant] = draft.codes
        assert list(audit.findings(store)) == []
    return decided, drafted


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP, signal.SIGTERM])
def test_nothing_that_was_shown_as_saved_is_lost_when_the_program_dies(
    project: Path, terminal: Terminal, number: int
) -> None:
    terminal.wait_for("I understand it now")
    terminal.press("a")
    terminal.wait_for("draft")
    terminal.press("\x1b[C")  # away, and back: a moment passes before the deciding key
    terminal.wait_for("It made me worry a lot")
    terminal.press("\x1b[D")
    terminal.wait_for("I understand it now")
    assert select.select([], [], [], 0.4) == ([], [], [])
    terminal.press("\r")
    terminal.wait_for("saved 1")
    terminal.press("b")
    terminal.wait_for("draft")
    terminal.kill(number)
    assert stored(project) == ({"P1": ("f.a",)}, {"P2": ("f.b",)})


def test_a_kill_between_key_and_paint_leaves_a_sound_file(project: Path) -> None:
    terminal = Terminal(project, "--no-suggestions")
    terminal.wait_for("I understand it now")
    terminal.press("ab")
    terminal.kill(signal.SIGKILL)
    terminal.close()
    decided, drafted = stored(project)
    assert decided == {}
    assert drafted in ({}, {"P1": ("f.a",)}, {"P1": ("f.a", "f.b")})


CONTROLLED = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, "-m", "harken", *sys.argv[1:]])
"""
"""As a shell starts it: the terminal says when it goes away."""


def test_a_closed_window_ends_the_program_and_loses_nothing(project: Path) -> None:
    arguments = ["--project", str(project), "code", "--no-suggestions"]
    terminal = Terminal(project, command=[sys.executable, "-c", CONTROLLED, *arguments])
    terminal.wait_for("I understand it now")
    terminal.press("a")
    terminal.wait_for("draft")
    terminal.hang_up()
    terminal.process.wait(timeout=20)
    terminal.close()
    assert stored(project) == ({}, {"P1": ("f.a",)})


PASTED = "Have a look at bab\nand 0 of that, a b\n"


def test_a_text_pasted_without_the_terminals_word_for_it_codes_nothing(
    project: Path, terminal: Terminal
) -> None:
    terminal.wait_for("I understand it now")
    terminal.press(PASTED)
    terminal.wait_for("came at once, as when a text is pasted")
    terminal.press("\x1b[200~" + PASTED + "\x1b[201~")
    terminal.wait_for("Pasting does nothing here")
    # Painted anew where its flash ends: a key that comes sooner may be taken for a part of the text.
    terminal.wait_for("Pasting does nothing here")
    terminal.press("b")
    terminal.wait_for("draft")
    terminal.kill(signal.SIGTERM)
    assert stored(project) == ({}, {"P1": ("f.b",)})


def test_without_a_terminal_it_says_what_to_do(project: Path) -> None:
    before = project.read_bytes()
    done = harken("code", project=project)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error: `harken code` needs a terminal")
    assert project.read_bytes() == before


@pytest.mark.parametrize(
    ("option", "value", "known"),
    [("--round", "second", "Known rounds: main."), ("--question", "other", "Known questions: q.")],
)
def test_an_unknown_round_or_question_names_the_known_ones(
    project: Path, option: str, value: str, known: str
) -> None:
    done = harken("code", option, value, project=project)
    assert (done.returncode, known in done.stderr) == (1, True)


def test_with_every_answer_decided_there_is_nothing_to_do(project: Path) -> None:
    with Store.open(project) as store:
        from harken.services.coding import CodingSession

        session = CodingSession.open(store, coder="ada")
        while session.current is not None:
            session.decide_no_code()
    done = harken("code", project=project)
    assert (done.returncode, done.stdout) == (0, "Every answer is decided: 3 of 3 by ada.\n")


def test_without_answers_it_names_the_next_step(tmp_path: Path) -> None:
    project = tmp_path / "new.db"
    assert harken("init", "--lead", "ada", project=project).returncode == 0
    done = harken("code", project=project)
    assert (done.returncode, done.stdout) == (
        0,
        "There are no answers to code yet. Take in a survey with `harken import FILE`.\n",
    )


# -- endings -----------------------------------------------------------------------------------------

CRASHING = """
import sys
from harken.cli.main import main
from harken.tui.widgets.definition import DefinitionView

def break_(self, entry):
    secret = "I understand it now"
    raise KeyError(secret + " and more")

DefinitionView.show = break_
main(["--project", sys.argv[1], "code", "--no-suggestions"])
"""
RESTORED = ["\x1b[?1049l", "\x1b[?25h", "\x1b[?2004l"]
"""Back to the ordinary page, the cursor shown, pasting as before."""


def run_to_the_end(terminal: Terminal) -> tuple[int, str]:
    shown = terminal.read_to_the_end()
    return terminal.process.wait(), shown


def test_a_crash_shows_where_but_no_answer_and_says_what_is_safe(project: Path) -> None:
    terminal = Terminal(project, command=[sys.executable, "-c", CRASHING, str(project)])
    terminal.wait_for("I understand it now")
    code, shown = run_to_the_end(terminal)
    terminal.close()
    page = shown[shown.index(RESTORED[0]) :]
    assert code == 1
    assert [part for part in RESTORED if part not in shown] == []
    assert ("in break_" in page, "builtins.KeyError" in page) == (True, True)
    assert "Every decision and draft that it showed\r\nis on disk" in page
    assert "I understand" not in page


def test_asked_to_end_it_gives_the_terminal_back(project: Path, terminal: Terminal) -> None:
    terminal.wait_for("I understand it now")
    terminal.press("a")
    terminal.wait_for("draft")
    os.kill(terminal.process.pid, signal.SIGTERM)
    code, shown = run_to_the_end(terminal)
    assert (code, [part for part in RESTORED if part not in shown]) == (128 + signal.SIGTERM, [])
    assert stored(project) == ({}, {"P1": ("f.a",)})
