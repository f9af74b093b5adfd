"""The coding screen on a pty: start to first paint, and Enter until the next answer's text is painted.

    python benchmarks/coding_screen.py [--answers 1000 10000] [--decisions 150] [--columns 160] [--lines 50]

Each figure stands beside the same of a bare Textual skeleton, measured in turns in the same run: an app that
paints a text and 34 codes and does one durable SQLite commit per key. The ratio is what counts: both bear the
same machine, and what else it does.
"""

from __future__ import annotations

import argparse
import os
import pty
import random
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from fcntl import ioctl
from pathlib import Path

WORDS = [
    *("understand", "picture", "worry", "doctor", "explain", "see", "report", "trust", "help", "wait"),
    *("scan", "fear", "know", "image", "time", "clear", "talk", "family", "change", "question"),
]
N_CODES = 34
READING = 0.36
"""Seconds between a new answer and the deciding key: the screen ignores keys that come too soon."""
QUIET = 0.03
LONGEST_WAIT = 20.0


def marker(number: int) -> str:
    return f"Zq{number:06d}"


def make_project(path: Path, *, n_answers: int) -> None:
    from harken.codebook import parse_codebook
    from harken.model import ResponseKey
    from harken.services.studies import create_study
    from harken.storage import codebooks
    from harken.storage.journal import new_id
    from harken.storage.survey_rows import SurveyWriter

    chance = random.Random(1)
    with create_study(path, lead="ada") as store:
        with store.action("ada") as action:
            import_id = new_id()
            writer = SurveyWriter(action, import_id=import_id)
            writer.add_question("q")
            for number in range(n_answers):
                name = f"P{number:06d}"
                writer.add_participant(name, {"group": chance.choice(["expert", "patient"])})
                said = " ".join(chance.choices(WORDS, k=chance.randint(4, 40)))
                writer.add_response(ResponseKey(name, "q"), f"{marker(number)} {said}", {})
            added = writer.finish()
            action.append(
                "survey.imported",
                {
                    "file": "synthetic.csv",
                    "sha256": "0" * 64,
                    "variables": [{"name": "group", "role": "group", "per_response": False}],
                    "rows_sha256": added.rows_sha256,
                },
                id=import_id,
            )
        book = "harken: 1\nfamilies:\n  - key: theme\n    label: Themes\n    codes:\n" + "".join(
            f"      - key: c{n}\n        label: Code {n} {WORDS[n % len(WORDS)]}\n"
            f"        definition: Mentions {WORDS[n % len(WORDS)]} in any way.\n"
            f"        keywords: [{WORDS[n % len(WORDS)]}]\n" + ("        hotkey: a\n" if n == 0 else "")
            for n in range(N_CODES)
        )
        new = parse_codebook(book)
        from harken.codebook import diff_codebooks

        old = codebooks.stored_codebook(store).codebook
        codebooks.replace_codebook(
            store,
            new,
            actor="ada",
            source=Path("synthetic.yaml"),
            diff=diff_codebooks(old, new),
            mapping={},
        )


SKELETON = """
import sqlite3, sys
from textual.app import App
from textual.content import Content
from textual.widgets import Static
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA journal_mode=WAL"); db.execute("PRAGMA synchronous=FULL")
db.execute("CREATE TABLE IF NOT EXISTS decisions (id INTEGER PRIMARY KEY, code TEXT)")
class Skeleton(App):
    CSS = "Screen { layout: horizontal; } #text { width: 1fr; } #codes { width: 40; } Static { height: 1fr; }"
    BINDINGS = [("enter", "decide", "decide"), ("a", "mark", "mark")]
    number = 0
    def compose(self):
        yield Static(Content(self.text()), id="text")
        yield Static(Content("\\n".join(f"{n} code {n}" for n in range(34))), id="codes")
    def text(self):
        return f"Zq{self.number:06d} " + "words of an answer " * 8
    def action_mark(self):
        pass
    def action_decide(self):
        db.execute("BEGIN IMMEDIATE")
        db.execute("INSERT INTO decisions (code) VALUES ('a')")
        db.execute("COMMIT")
        self.number += 1
        self.query_one("#text").update(Content(self.text()), layout=False)
Skeleton().run()
"""


class Terminal:
    """A program on a pty of its own, and what it has written."""

    def __init__(self, command: list[str], *, columns: int, lines: int, home: Path) -> None:
        self.started_at = time.perf_counter()
        master, slave = pty.openpty()
        ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "HOME": str(home)}
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True
        )
        os.close(slave)
        self._master = master

    def press(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def wait_for(self, text: str) -> float:
        """Seconds until a text has come, counted from now."""
        begun, seen, wanted = time.perf_counter(), b"", text.encode()
        while wanted not in seen:
            ready, _, _ = select.select([self._master], [], [], LONGEST_WAIT)
            if not ready:
                raise SystemExit(f"{text!r} was not painted within {LONGEST_WAIT:.0f} s: {seen[-400:]!r}")
            seen = seen[-4096:] + os.read(self._master, 65536)
        return time.perf_counter() - begun

    def read_for(self, seconds: float) -> None:
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            if select.select([self._master], [], [], left)[0]:
                os.read(self._master, 65536)

    def end(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self._master)


def decide_times(terminals: list[Terminal], *, n_decisions: int) -> list[list[float]]:
    """For each terminal in turn: a code's letter, a moment to read, Enter, the next answer's text."""
    times: list[list[float]] = [[] for _ in terminals]
    for number in range(n_decisions):
        for terminal, found in zip(terminals, times, strict=True):
            terminal.press("a")
            terminal.read_for(READING)
            terminal.press("\r")
            found.append(terminal.wait_for(marker(number + 1)))
            terminal.read_for(QUIET)
    return times


def percentile(values: list[float], share: float) -> float:
    return statistics.quantiles(values, n=1000, method="inclusive")[round(share * 1000) - 1]


def show(name: str, ours: list[float], bare: list[float]) -> None:
    cells = []
    for share in (0.5, 0.95, 0.99):
        mine, its = percentile(ours, share) * 1000, percentile(bare, share) * 1000
        cells.append(f"p{share * 100:.0f} {mine:6.1f} ms / {its:6.1f} ms = {mine / its:4.2f}")
    print(f"{name:<34} {'   '.join(cells)}", flush=True)


def measure(folder: Path, *, n_answers: int, arguments: argparse.Namespace) -> None:
    project = folder / f"{n_answers}.db"
    make_project(project, n_answers=n_answers)
    size = {"columns": arguments.columns, "lines": arguments.lines, "home": folder}
    command = [sys.executable, "-m", "harken", "--project", str(project), "code"]
    skeleton = [sys.executable, "-c", SKELETON, str(folder / f"{n_answers}.skeleton.db")]
    starts: list[list[float]] = [[], []]
    for _ in range(arguments.starts):
        for found, program in zip(starts, (command, skeleton), strict=True):
            terminal = Terminal(program, **size)
            terminal.wait_for(marker(0))
            found.append(time.perf_counter() - terminal.started_at)
            terminal.end()
    ours, bare = (statistics.median(found) * 1000 for found in starts)
    print(f"{n_answers:,} answers: start to first paint {ours:.0f} ms / {bare:.0f} ms = {ours / bare:.2f}")
    terminals = [Terminal(command, **size), Terminal(skeleton, **size)]
    for terminal in terminals:
        terminal.wait_for(marker(0))
    terminals[0].wait_for("Suggestions")
    terminals[0].read_for(4.0)  # the suggesting process is ready then, and has prepared answers
    times = decide_times(terminals, n_decisions=arguments.decisions)
    for terminal in terminals:
        terminal.end()
    show(f"{n_answers:,} answers: Enter to next answer", times[0], times[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--answers", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--decisions", type=int, default=150)
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--columns", type=int, default=160)
    parser.add_argument("--lines", type=int, default=50)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for n_answers in arguments.answers:
            measure(Path(folder), n_answers=n_answers, arguments=arguments)


if __name__ == "__main__":
    main()
