"""A new project is written under another name and appears under its own when it is whole."""

from __future__ import annotations

import os
import re
import secrets
import time
from pathlib import Path

from harken.errors import ProjectFileError

_BESIDE = ("", "-wal", "-shm", "-journal")
_ABANDONED_AFTER_SECONDS = 600


def unfinished_path(path: Path) -> Path:
    """A name beside `path` that nobody else uses."""
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")


def publish(unfinished: Path, path: Path) -> None:
    """Give a finished file its name, durably; a file that somebody else made meanwhile is not replaced."""
    try:
        try:
            path.hardlink_to(unfinished)
        except FileExistsError:
            raise
        except OSError:
            unfinished.rename(path)  # a file system without links
    except FileExistsError as error:
        raise ProjectFileError(f"{path} exists already; name another file.") from error
    if os.name != "nt":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def remove(unfinished: Path) -> None:
    """Take an unfinished file away, with what SQLite put beside it."""
    for suffix in _BESIDE:
        unfinished.with_name(unfinished.name + suffix).unlink(missing_ok=True)


def remove_abandoned(path: Path) -> None:
    """Take away what a program left that was killed, long ago, while it made a project of this name."""
    endings = "|".join(map(re.escape, _BESIDE))
    ours = re.compile(rf"\.{re.escape(path.name)}\.[0-9a-f]{{8}}\.new(?:{endings})")
    for file in path.parent.iterdir():
        if ours.fullmatch(file.name) and time.time() - file.stat().st_mtime > _ABANDONED_AFTER_SECONDS:
            file.unlink(missing_ok=True)
