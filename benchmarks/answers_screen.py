"""The answers screen on a pty with 1,000 and with 1,000,000 answers: from a key until its effect is painted.

    python benchmarks/answers_screen.py [--folder DIR] [--answers 1000 1000000] [--rounds 5] [--columns 160]

Projects are made in DIR where they are missing (a million answers take minutes and a GB) and kept there. Both
programs are used in turns in one run, so that they bear the same machine; the ratio is what counts. Each act
is done when the screen looks as it does in the end, its heading left out: counts may follow. Memory is the
highest that the program and its children ever held at once.
"""

from __future__ import annotations

import argparse
import os
import pty
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable
from fcntl import ioctl
from pathlib import Path

import pyte

from answers_store import build

QUIET = 0.45
"""Seconds without output after which an act is over, if the heading does not say that it counts."""
LONGEST_WAIT = 60.0
WORD = "bawoturen"
ACTS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("End", (("", "\x1b[F"),)),
    ("Page up", (("", "\x1b[5~"),)),
    ("Home", (("", "\x1b[H"),)),
    ("Down", (("", "\x1b[B"),)),
    ("search", (("open", "/"), *((f"“{WORD[: n + 1]}”", letter) for n, letter in enumerate(WORD)))),
    ("search", (("", "\r"), ("End", "\x1b[F"), ("dropped", "x"), ("", "\x1b[H"))),
    ("filter by code", (("choose", "c"), *(("", letter) for letter in "code 0"), ("list", "\r"))),
    ("both", (("choose group", "g"), *(("", letter) for letter in "pati"), ("list", "\r"))),
    ("both", (("End", "\x1b[F"), ("code alone", "x"), ("", "\x1b[H"))),
    ("filter by code", (("End", "\x1b[F"), ("dropped", "x"), ("", "\x1b[H"))),
    ("filter by group", (("choose", "g"), *(("", letter) for letter in "pati"), ("list", "\r"))),
    ("filter by group", (("End", "\x1b[F"), ("dropped", "x"), ("", "\x1b[H"))),
)
"""Names of acts, and their keys; keys without a name are pressed and not told of."""


class Terminal:
    """The program on a pty of its own, and the screen that its output makes."""

    def __init__(self, command: list[str], *, columns: int, lines: int, home: Path) -> None:
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        master, slave = pty.openpty()
        ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "HOME": str(home)}
        self.started_at = time.perf_counter()
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True
        )
        os.close(slave)
        self._master = master
        self.first_output_at = 0.0
        """When the last act began to show."""

    def press(self, keys: str) -> float:
        """Seconds until the screen looks as the keys leave it."""
        begun = time.perf_counter()
        os.write(self._master, keys.encode())
        return self.settle(begun)

    def settle(self, begun: float, *, is_there: Callable[[list[str]], bool] = lambda shown: True) -> float:
        """Wait until nothing comes any more; seconds from `begun` to the first sight of what then stands."""
        seen: list[tuple[float, list[str]]] = []
        self.first_output_at = 0.0
        while True:
            # Nothing is looked at while output comes: that would make what follows late.
            for came_at, output in self._until_quiet():
                self._stream.feed(output)
                self.first_output_at = self.first_output_at or came_at
                seen.append((came_at, self.shown[1:]))
            if is_there(self.shown) and "counting" not in self.shown[0]:
                break
            if time.perf_counter() - begun > LONGEST_WAIT:
                raise SystemExit("The screen did not come to rest:\n" + "\n".join(self.shown))
        final = self.shown[1:]
        first = len(seen)
        while first and seen[first - 1][1] == final:
            first -= 1
        return (seen[first][0] if first < len(seen) else time.perf_counter()) - begun

    def _until_quiet(self) -> list[tuple[float, bytes]]:
        outputs = []
        while select.select([self._master], [], [], QUIET)[0]:
            came_at = time.perf_counter()
            outputs.append((came_at, os.read(self._master, 1 << 20)))
        return outputs

    @property
    def shown(self) -> list[str]:
        return list(self._screen.display)

    def peak_mb(self) -> float:
        """Of the program and its children together, each at its own peak."""
        pids = [self.process.pid, *_children(self.process.pid)]
        return sum(_peak_kb(pid) for pid in pids) / 1024

    def end(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self._master)


def _children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [int(child), *_children(int(child))]
    return found


def _peak_kb(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1])
    return 0


def is_listed(shown: list[str]) -> bool:
    return any("P0000000" in line for line in shown)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--answers", type=int, nargs=2, default=[1_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--columns", type=int, default=160)
    parser.add_argument("--lines", type=int, default=50)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        projects = [folder / f"{n}.db" for n in arguments.answers]
        for project, n_answers in zip(projects, arguments.answers, strict=True):
            if not project.exists():
                print(f"making {project} …", file=sys.stderr)
                build(project, n_answers)
        measure(projects, arguments)


def measure(projects: list[Path], arguments: argparse.Namespace) -> None:
    size = {"columns": arguments.columns, "lines": arguments.lines, "home": projects[0].parent}
    commands = [
        [sys.executable, "-m", "harken", "--project", str(project), "answers"] for project in projects
    ]
    times: dict[str, list[list[float]]] = {}

    def note(name: str, place: int, seconds: float) -> None:
        times.setdefault(name, [[] for _ in projects])[place].append(seconds)

    for _ in range(arguments.rounds):
        for place, command in enumerate(commands):
            terminal = Terminal(command, **size)
            seconds = terminal.settle(terminal.started_at, is_there=is_listed)
            note("opening, with the process's start", place, seconds)
            first_output = terminal.first_output_at - terminal.started_at
            note("opening, from the first output on", place, seconds - first_output)
            terminal.end()
    terminals = [Terminal(command, **size) for command in commands]
    for terminal in terminals:
        terminal.settle(terminal.started_at, is_there=is_listed)
    for _ in range(arguments.rounds):
        for act, keys in ACTS:
            for place, terminal in enumerate(terminals):
                for name, key in keys:
                    seconds = terminal.press(key)
                    if name or len(keys) == 1:
                        note(f"{act}: {name}" if name else act, place, seconds)
    heads = "   ".join(f"{f'{n:,}':>16}" for n in arguments.answers)
    print(f"{'from the key to the paint, median (highest)':<46} {heads}     ratio")
    for name, found in times.items():
        cells = [f"{statistics.median(one) * 1000:7.1f} ({max(one) * 1000:6.1f})" for one in found]
        ratio = statistics.median(found[1]) / statistics.median(found[0])
        print(f"{name:<46} {'   '.join(cells)} ms  {ratio:5.2f}")
    for terminal, n_answers in zip(terminals, arguments.answers, strict=True):
        print(f"{n_answers:,} answers: {terminal.peak_mb():.0f} MB at most")
        terminal.end()


if __name__ == "__main__":
    main()
