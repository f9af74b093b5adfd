"""Runs a command as a whole process and tells what it took."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """Wall time in seconds and peak resident memory in MB of a process that ended well."""

    seconds: float
    peak_mb: float
    output: str


def run_measured(command: Sequence[str | Path]) -> Finished:
    """Run to the end; a failure ends the benchmark with what the command said."""
    started = time.perf_counter()
    with tempfile.TemporaryFile() as complaints, tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=output, stderr=complaints
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - started
        output.seek(0)
        complaints.seek(0)
        if process.returncode != 0:
            sys.exit(f"{' '.join(map(str, command))} failed:\n{complaints.read().decode()}")
        return Finished(seconds=seconds, peak_mb=usage.ru_maxrss / 1024, output=output.read().decode())
