"""Running `harken` as a person does, and looking at what it left."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HARKEN = [sys.executable, "-m", "harken"]

SURVEY = """id,group,q1,q2
p1,north,too slow on the phone,rude staff
p2,south,nobody picked up the phone,
p3,north,nothing,the price
p4,,n/a,
"""
LAYOUT = ("--id", "id", "--group", "group", "--question", "q1", "--question", "q2")
BOOK = """harken: 1
families:
  - key: theme
    label: Theme
    codes:
      - {key: wait, label: Waiting, keywords: [slow, phone]}
      - {key: staff, label: Staff, keywords: [rude]}
      - {key: price, label: Price, keywords: [price], questions: [q2]}
"""
CODINGS = """participant,question,coder,code
p1,q1,ann,wait
p1,q2,ann,staff
p2,q1,ann,wait
p3,q1,ann,
p3,q2,ann,price
p4,q1,ann,
p1,q1,bob,wait
p1,q2,bob,staff
p2,q1,bob,
p3,q1,bob,
"""


@dataclass(frozen=True)
class Outcome:
    """What a command came to."""

    code: int
    stdout: bytes
    err: str

    @property
    def out(self) -> str:
        return self.stdout.decode()


Harken = Callable[..., Outcome]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def in_process_of_its_own(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    """`harken` in a fresh process, without a terminal."""
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [*HARKEN, *arguments], stdin=subprocess.DEVNULL, capture_output=True, check=False, **options
    )
