from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from harken.model import Code, Codebook, Family
from harken.suggesters.child import answer_all
from harken.suggesters.lexical import LexicalSuggester
from harken.suggesters.messages import suggestion_as_data, suggestion_from_data
from harken.suggesters.worker import SuggestionWorker

PATIENCE = 30


class Desk:
    """A worker, and what it said in order."""

    def __init__(self, codebook: Codebook, **options: str) -> None:
        self.said: queue.SimpleQueue[tuple[object, object]] = queue.SimpleQueue()
        self.worker = SuggestionWorker(
            codebook,
            on_suggestions=lambda *said: self.said.put(said),
            on_off=lambda reason: self.said.put(("off", reason)),
            **options,
        )

    def next(self) -> tuple[object, object]:
        return self.said.get(timeout=PATIENCE)

    @property
    def child(self) -> subprocess.Popen[bytes]:
        assert self.worker._child is not None
        return self.worker._child


@pytest.fixture
def desk(codebook) -> Iterator[Desk]:
    desk = Desk(codebook)
    yield desk
    desk.worker.close()


def test_suggestions_are_those_of_the_suggester(desk, codebook):
    text = "😀 I understood \ud800 [/b]\x1b[0m\nand saw myself"
    desk.worker.start()
    desk.worker.request("P1", text, "benefits")
    assert desk.next() == ("P1", LexicalSuggester(codebook).suggest(text, "benefits", top=9))


def test_the_newest_request_comes_first_and_what_is_prefetched_last(desk):
    desk.worker.prefetch("later", "control", "benefits")
    desk.worker.prefetch("latest", "control", "benefits")
    desk.worker.request("old", "control", "benefits")
    desk.worker.request("new", "control", "benefits")
    desk.worker.start()
    assert [desk.next()[0] for _ in range(4)] == ["new", "old", "later", "latest"]


def test_a_request_for_what_is_prefetched_moves_it_to_the_front(desk):
    desk.worker.request("old", "control", "benefits")
    desk.worker.prefetch("wanted", "control", "benefits")
    desk.worker.request("wanted", "control", "benefits")
    desk.worker.start()
    assert [desk.next()[0] for _ in range(2)] == ["wanted", "old"]


def test_what_is_forgotten_is_not_answered(desk):
    desk.worker.request("forgotten", "control", "benefits")
    desk.worker.forget()
    desk.worker.request("wanted", "control", "benefits")
    desk.worker.start()
    assert desk.next()[0] == "wanted"
    assert desk.said.empty()


def test_a_new_codebook_is_used_from_then_on(desk):
    desk.worker.start()
    desk.worker.request(1, "the food", "q")
    assert desk.next() == (1, ())
    food = Codebook(families=(Family(key="f", label="F", codes=(Code(key="food", label="Food"),)),))
    desk.worker.update_codebook(food)
    desk.worker.request(2, "the food", "q")
    assert desk.next() == (2, LexicalSuggester(food).suggest("the food", "q"))


def test_the_worker_survives_one_death_of_its_child_and_is_off_after_the_second(desk):
    desk.worker.start()
    desk.worker.request(1, "control", "benefits")
    first = desk.next()
    desk.child.kill()
    desk.worker.request(1, "control", "benefits")
    assert desk.next() == first
    desk.child.kill()
    desk.worker.request(2, "control", "benefits")
    assert desk.next() == ("off", "the process for suggestions ended without saying why")


def test_a_suggester_that_is_not_installed_puts_the_worker_off_with_the_reason(codebook):
    desk = Desk(codebook, suggester="oracle")
    desk.worker.start()
    said, reason = desk.next()
    assert said == "off"
    assert str(reason).startswith("No plugin 'oracle'")


def test_closing_ends_the_child(desk):
    desk.worker.start()
    desk.worker.request(1, "control", "benefits")
    desk.next()
    desk.worker.close()
    assert desk.child.poll() is not None


def test_a_worker_can_be_closed_before_it_starts(desk):
    desk.worker.close()
    desk.worker.start()
    desk.worker.close()
    assert desk.said.empty()


@pytest.mark.skipif(os.name != "posix", reason="sessions and signals are POSIX's")
def test_the_child_is_out_of_reach_of_ctrl_c(desk):
    desk.worker.start()
    desk.worker.request(1, "control", "benefits")
    first = desk.next()
    assert os.getsid(desk.child.pid) != os.getsid(0)
    os.kill(desk.child.pid, signal.SIGINT)
    desk.worker.request(1, "control", "benefits")
    assert (desk.next(), desk.child.poll()) == (first, None)


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX's")
def test_the_child_ends_when_its_parent_is_killed():
    program = (
        "import os, queue, signal\n"
        "from harken.model import Codebook\n"
        "from harken.suggesters.worker import SuggestionWorker\n"
        "out = queue.SimpleQueue()\n"
        "worker = SuggestionWorker(Codebook(), on_suggestions=lambda *said: out.put(said), on_off=out.put)\n"
        "worker.start(); worker.request(1, 'a', 'q'); out.get()\n"
        "print(worker._child.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    parent = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, check=False)
    child = int(parent.stdout)
    assert parent.returncode == -signal.SIGKILL
    assert _ends(child)


def _ends(pid: int) -> bool:
    """Whether a process that is no child of ours ends within our patience."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        state = subprocess.run(
            ["ps", "-o", "stat=", "-p", str(pid)], stdout=subprocess.PIPE, check=False
        ).stdout
        if not state.strip() or state.startswith(b"Z"):
            return True
    return False


def test_spacy_is_imported_in_the_child_alone():
    program = (
        "import sys; import harken.suggesters.worker;"
        "print(sorted({'spacy', 'rapidfuzz', 'simplemma', 'numpy', 'sklearn'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"


def test_a_child_that_is_asked_before_it_has_a_codebook_says_so():
    line = b'{"text": "a", "question": "q", "top": 3}\n'
    assert list(answer_all([line])) == [{"error": "No codebook has come before the first answer."}]


def test_suggestions_survive_the_way_as_data(codebook):
    found = LexicalSuggester(codebook).suggest("I could see what the doctor meant", "q")
    assert found != ()
    assert tuple(suggestion_from_data(suggestion_as_data(suggestion)) for suggestion in found) == found
