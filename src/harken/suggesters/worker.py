"""Suggestions from another process, so that no key ever waits for spaCy.

One thread of ours talks with one child, an answer at a time, so that the newest request can always be
the next. The child has its own session and none of the terminal's files: Ctrl+C and its death are not
seen on the screen. It ends when its standard input does, hence also when this process is killed.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import IO, Any

from harken.codebook import codebook_as_data
from harken.errors import HarkenError
from harken.model import Codebook, Suggestion
from harken.plugins import LEXICAL
from harken.suggesters.messages import suggestion_from_data

CHILD = "harken.suggesters.child"
MOST_STARTS = 2
LONGEST_GOODBYE = 1.0
"""Seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionRequest:
    """An answer that waits for suggestions; `id` is the caller's name for it."""

    id: Hashable
    text: str
    question: str


class SuggestionWorker:
    """Asks a suggester in another process. The callbacks run in this object's thread, not the caller's.

    Calls return at once. When the child has died twice, or refuses the codebook, the worker is off: `on_off`
    is told why, once, and nothing is suggested any more. A callback should post a message and return.
    """

    def __init__(
        self,
        codebook: Codebook,
        *,
        on_suggestions: Callable[[Hashable, tuple[Suggestion, ...]], None],
        on_off: Callable[[str], None],
        suggester: str = LEXICAL,
        top: int = 9,
    ) -> None:
        self._on_suggestions = on_suggestions
        self._on_off = on_off
        self._suggester = suggester
        self._top = top
        self._changed = threading.Condition()
        self._codebook = codebook
        self._edition = 0
        """Counts the codebooks, to tell which one suggestions were made with."""
        self._waiting: dict[Hashable, SuggestionRequest] = {}
        """The next one to ask stands last."""
        self._is_closed = False
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._run, name="harken-suggestions", daemon=True)

    def start(self) -> None:
        """Start the child, which needs a second or two to be ready; requests may come at once."""
        self._thread.start()

    def request(self, id: Hashable, text: str, question: str) -> None:
        """Ask for an answer's suggestions before all that waits."""
        with self._changed:
            self._waiting.pop(id, None)
            self._waiting[id] = SuggestionRequest(id=id, text=text, question=question)
            self._changed.notify()

    def prefetch(self, id: Hashable, text: str, question: str) -> None:
        """Ask for them when nothing else waits, for an answer that will be wanted soon."""
        with self._changed:
            if id not in self._waiting:
                request = SuggestionRequest(id=id, text=text, question=question)
                self._waiting = {id: request, **self._waiting}
                self._changed.notify()

    def forget(self) -> None:
        """Drop all that waits: the screen is somewhere else."""
        with self._changed:
            self._waiting.clear()

    def update_codebook(self, codebook: Codebook) -> None:
        """Make suggestions with this codebook from now on, also for what waits."""
        with self._changed:
            self._codebook = codebook
            self._edition += 1
            self._changed.notify()

    def close(self) -> None:
        """End the child and the thread."""
        with self._changed:
            self._is_closed = True
            self._waiting.clear()
            self._changed.notify()
            child = self._child
        if child is not None:
            child.kill()
        if self._thread.is_alive() and threading.current_thread() is not self._thread:
            # Not for ever: a callback of the thread may be waiting for the caller.
            self._thread.join(LONGEST_GOODBYE)

    # -- the thread --------------------------------------------------------------------------------

    def _run(self) -> None:
        reason = ""
        for _ in range(MOST_STARTS):
            with tempfile.TemporaryFile() as complaints:
                try:
                    self._converse(complaints)
                    reason = _last_line(complaints) or "the process for suggestions ended without saying why"
                except OSError as error:
                    reason = f"the process for suggestions does not start: {error.strerror}"
                except HarkenError as error:
                    reason = str(error)
                    break
                finally:
                    self._end_child()
            if self._is_closed:
                return
        with self._changed:
            self._waiting.clear()
            self._is_closed = True
        self._on_off(reason)

    def _converse(self, complaints: IO[bytes]) -> None:
        """Start a child and ask it until it dies or we are closed."""
        child = _start_child(complaints)
        with self._changed:
            self._child = child
        edition_there = -1
        while (turn := self._next_turn(edition_there)) is not None:
            request, edition, message = turn
            answer = _ask(child, message)
            if answer is None:
                return
            if "error" in answer:
                raise HarkenError(answer["error"])
            edition_there = edition
            if request is not None:
                self._deliver(request, answer["suggestions"], edition)

    def _next_turn(self, edition_there: int) -> tuple[SuggestionRequest | None, int, dict[str, Any]] | None:
        """Wait for something to say to a child that knows this edition of the codebook; None when closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_closed or self._waiting or self._edition != edition_there)
            if self._is_closed:
                return None
            codebook, edition = self._codebook, self._edition
            request = next(reversed(self._waiting.values()), None)
        if request is None or edition != edition_there:
            data = codebook_as_data(codebook)
            return None, edition, {"codebook": data, "suggester": self._suggester}
        message = {"text": request.text, "question": request.question, "top": self._top}
        return request, edition, message

    def _deliver(self, request: SuggestionRequest, suggestions: list[dict[str, Any]], edition: int) -> None:
        with self._changed:
            # Dropped meanwhile, or made with a codebook that has changed: then it is asked for again.
            if self._edition != edition or self._waiting.get(request.id) != request:
                return
            del self._waiting[request.id]
        self._on_suggestions(request.id, tuple(map(suggestion_from_data, suggestions)))

    def _end_child(self) -> None:
        child = self._child
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()


def _start_child(complaints: IO[bytes]) -> subprocess.Popen[bytes]:
    # -P: a file of the user's folder must not be taken for a module.
    return subprocess.Popen(
        [sys.executable, "-P", "-m", CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=complaints,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _ask(child: subprocess.Popen[bytes], message: dict[str, Any]) -> dict[str, Any] | None:
    """The child's answer; None if it has died."""
    if child.stdin is None or child.stdout is None:
        return None
    try:
        child.stdin.write(json.dumps(message).encode() + b"\n")
        child.stdin.flush()
        line = child.stdout.readline()
    except (OSError, ValueError):
        return None
    answer: dict[str, Any] | None = json.loads(line) if line.endswith(b"\n") else None
    return answer


def _last_line(complaints: IO[bytes]) -> str:
    complaints.seek(0)
    lines = complaints.read().decode("utf-8", "replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "")
