"""Real processes on one file: two coders at once, and a coder whose program is killed."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from storage_study import decide_one, decision, new_study

from harken.errors import HarkenError
from harken.services.checking import check_project
from harken.storage import coding, driver, survey
from harken.storage.store import Store

WRITER = Path(__file__).with_name("writer.py")
LONGEST_WAIT_SECONDS = 1.0


def writer(path: Path, coder: str, first: int, last: int, mode: str = "own") -> subprocess.Popen[str]:
    command = [sys.executable, WRITER, path, coder, str(first), str(last), mode]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def go(program: subprocess.Popen[str]) -> None:
    program.stdin.write("go\n")
    program.stdin.flush()


def decided(store: Store, coder: str) -> set[int]:
    return coding.decided_ids(store, coder=coder, round="main")


@pytest.mark.parametrize(("mode", "n_answers"), [("own", 300), ("standard", 60)])
def test_two_coders_at_once_lose_nothing_and_nobody_waits_a_second(path, record_property, mode, n_answers):
    if mode == "standard" and driver.has_safe_wal(sqlite3.sqlite_version_info):
        pytest.skip("this Python's own SQLite needs no rollback journal")
    new_study(path, [f"P{number}" for number in range(n_answers // 2)]).close()
    with (
        writer(path, "ada", 0, n_answers, mode) as ada,
        writer(path, "ben", 0, n_answers, mode) as ben,
    ):
        for program in (ada, ben):
            assert program.stdout.readline() == "ready\n"
        for program in (ada, ben):
            go(program)
        said = [program.communicate()[0].splitlines() for program in (ada, ben)]
    waits = [float(lines[-1].removeprefix("longest ")) for lines in said]
    record_property("longest waits in seconds", waits)
    assert [lines[:-1] for lines in said] == [[f"saved {n}" for n in range(n_answers)]] * 2
    with Store.open(path) as store:
        ids = [response.id for response in survey.responses(store)]
        assert decided(store, "ada") == decided(store, "ben") == set(ids)
        assert check_project(store) == ()
    assert max(waits) < LONGEST_WAIT_SECONDS


def test_a_write_that_waits_too_long_is_refused_and_the_next_one_goes_through(study, path):
    coding.wait_at_most(study, 30)
    with Store.open(path) as other, other.action("ben") as action:
        action.append("coder.added", {"name": "cy"})
        with pytest.raises(HarkenError, match=r"study\.db is being written by another program; try again"):
            decide_one(study, decision("P1", "theme.trust"))
    decide_one(study, decision("P1", "theme.trust"))
    assert len(decided(study, "ada")) == 1
    assert check_project(study) == ()


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is POSIX")
@pytest.mark.parametrize(("mode", "n_kills"), [("own", 20), ("standard", 5)])
def test_what_a_program_said_was_saved_outlives_its_killing(path, mode, n_kills):
    if mode == "standard" and driver.has_safe_wal(sqlite3.sqlite_version_info):
        pytest.skip("this Python's own SQLite needs no rollback journal")
    moments = random.Random(20_260_101)
    new_study(path, [f"P{number}" for number in range(n_kills * 30)]).close()
    with Store.open(path) as store:
        ids = [response.id for response in survey.responses(store)]
    saved: set[int] = set()
    begin = 0
    for _ in range(n_kills):
        with writer(path, "ada", begin, len(ids), mode) as program:
            program.stdout.readline()
            go(program)
            lines = [program.stdout.readline() for _ in range(moments.randint(1, 40))]
            program.send_signal(signal.SIGKILL)
            # What it still said before it died counts as well.
            lines += program.stdout.read().splitlines()
        saved |= {ids[int(line.removeprefix("saved "))] for line in lines if line.startswith("saved ")}
        with Store.open(path) as store:
            on_disk = decided(store, "ada")
            assert saved <= on_disk
            assert len(on_disk - saved) <= n_kills
            assert check_project(store) == ()
        begin = len(on_disk)
    assert len(saved) > n_kills
