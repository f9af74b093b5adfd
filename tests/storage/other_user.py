"""Running a piece of a test as somebody without root's rights: root writes into read-only files."""

from __future__ import annotations

import os
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_NOBODY = 65_534


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that every user may read: pytest's own are closed to others."""
    with tempfile.TemporaryDirectory(prefix="harken-test-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def as_other_user(work: Callable[[], str]) -> str:
    """What `work` returns, or its error as `Type: message`, when somebody without rights does it."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            if os.getuid() == 0:
                os.setgroups([])
                os.setgid(_NOBODY)
                os.setuid(_NOBODY)
            said = work()
        except BaseException as error:  # noqa: BLE001  # it is told to the parent
            said = "".join(traceback.format_exception_only(error)).strip()
        os.write(writer, said.encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as stream:
        said = stream.read()
    os.waitpid(child, 0)
    return said
