"""Nothing leaves the machine: the main job runs where no socket can be made."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

GUARD = """
import socket

def forbidden(*arguments, **options):
    raise RuntimeError("a socket was asked for")

socket.socket.__init__ = forbidden
socket.create_connection = socket.getaddrinfo = socket.gethostbyname = forbidden
"""


@pytest.fixture
def offline(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD)
    return {**os.environ, "PYTHONPATH": str(tmp_path / "guard")}


def test_the_guard_forbids_sockets(offline) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import socket; socket.socket()"],
        env=offline,
        capture_output=True,
        check=False,
    )
    assert b"a socket was asked for" in done.stderr


def test_the_whole_way_needs_no_network(offline, folder) -> None:
    def harken(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "harken", *words],
            env=offline,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, "socket" in done.stderr) == (0, False), done.stderr
        return done.stdout

    shown = harken("demo", "sample")
    assert "486 returned → 83 excluded" in shown
    (project,) = (folder / "sample").iterdir()
    at = ("--project", str(project))
    assert len(harken(*at, "suggest", "--question", "q_requirements", "--top", "1").splitlines()) > 100
    assert harken(*at, "agreement", "--replicates", "20").startswith("Sharing diagnostic images")
    assert "benefit.understanding" in harken(*at, "themes", "--by", "group", "--format", "csv")
    assert harken(*at, "codings", "export", "codings.csv") == ""
    assert harken(*at, "doctor").startswith("Sound.")
