"""The one place where a project file is opened: which SQLite, which pragmas, which files are refused."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from harken.errors import HarkenError, ProjectFileError

if TYPE_CHECKING:
    import sqlite3
else:
    try:
        import pysqlite3.dbapi2 as sqlite3
    except ImportError:  # no wheel for this platform: the standard one, see `has_safe_wal`
        import sqlite3

Connection = sqlite3.Connection
Row = sqlite3.Row
DatabaseError = sqlite3.DatabaseError
OperationalError = sqlite3.OperationalError

APPLICATION_ID = 0x4861726B
"""Marks our files in the SQLite header: the letters "Hark"."""
SCHEMA_VERSION = 1
BUSY_TIMEOUT_MS = 5_000
_QUICK_CHECK_BELOW_BYTES = 16_000_000
_MAGIC = b"SQLite format 3\x00"


def has_safe_wal(version: tuple[int, ...]) -> bool:
    """Whether this SQLite is free of the WAL-reset bug, which can corrupt a file with two writers."""
    fixed_in = {(3, 44): 6, (3, 50): 7}
    patch = fixed_in.get((version[0], version[1]))
    return version >= (3, 51, 3) or (patch is not None and version[2] >= patch)


def journal_mode() -> str:
    return "WAL" if has_safe_wal(sqlite3.sqlite_version_info) else "TRUNCATE"


def open_file(path: Path, *, is_new: bool = False) -> tuple[Connection, bool]:
    """Open a project file that `refuse_foreign_file` lets through; the flag says whether it is read-only.

    Foreign keys stay off until `enforce_foreign_keys`: a migration may have to run first.
    """
    is_read_only = not is_new and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
    if not is_new:
        refuse_foreign_file(path)
    try:
        return _open(path, is_read_only=is_read_only), is_read_only
    except DatabaseError as error:
        raise explain(error, path) from error


def _open(path: Path, *, is_read_only: bool) -> Connection:
    mode = "ro" if is_read_only else "rwc"
    has_wal = Path(f"{path}-wal").exists()
    immutable = "&immutable=1" if is_read_only and not has_wal else ""
    uri = f"{path.resolve().as_uri()}?mode={mode}{immutable}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_TIMEOUT_MS / 1000)
    try:
        connection.execute("PRAGMA recursive_triggers = ON")
        if not is_read_only:
            connection.execute(f"PRAGMA journal_mode = {journal_mode()}")
            connection.execute("PRAGMA synchronous = FULL")
        size = path.stat().st_size if path.exists() else 0
        if 0 < size < _QUICK_CHECK_BELOW_BYTES:
            (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if verdict != "ok":
                raise ProjectFileError(_damaged(path, verdict))
    except BaseException:
        connection.close()
        raise
    return connection


def open_in_memory() -> Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA recursive_triggers = ON")
    return connection


def enforce_foreign_keys(connection: Connection) -> None:
    connection.execute("PRAGMA foreign_keys = ON")


def refuse_foreign_file(path: Path) -> None:
    """Raise for a file that is no project of ours, from its bytes alone: SQLite never touches it."""
    if not path.exists():
        raise ProjectFileError(f"No project at {path}. Make one with `harken init {path}`.")
    if path.is_dir():
        raise ProjectFileError(f"{path} is a folder; name the file in it: {path / 'harken.db'}.")
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise ProjectFileError(f"{path} cannot be read: {error.strerror}.") from error
    size = path.stat().st_size
    if size == 0:
        raise ProjectFileError(f"{path} is empty, not a project. Delete it and run `harken init {path}`.")
    if len(header) < 100 or not header.startswith(_MAGIC):
        raise ProjectFileError(f"{path} is not a Harken project (not an SQLite file).")
    application_id = struct.unpack(">I", header[68:72])[0]
    if application_id != APPLICATION_ID:
        raise ProjectFileError(f"{path} is an SQLite file of another program, not a Harken project.")
    version = struct.unpack(">I", header[60:64])[0]
    if version > SCHEMA_VERSION:
        raise ProjectFileError(
            f"{path} was written by a later Harken (schema {version}, this one knows {SCHEMA_VERSION}). "
            "Update Harken to open it."
        )
    page_size = struct.unpack(">H", header[16:18])[0]
    wanted = struct.unpack(">I", header[28:32])[0] * (65536 if page_size == 1 else page_size)
    wal = Path(f"{path}-wal")
    # Pages that a crash left in the write-ahead log are not missing, so a log excuses a short file.
    if size < wanted and not (wal.exists() and wal.stat().st_size > 0):
        raise ProjectFileError(_damaged(path, f"{size} bytes of {wanted}"))


def _damaged(path: Path, why: str) -> str:
    return f"{path} is damaged ({' '.join(why.split())}). Use a backup; `harken doctor` says more."


def explain(error: DatabaseError, path: Path) -> HarkenError:
    """SQLite's own error as one sentence with the way out."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return HarkenError(f"{path} is being written by another program; try again in a moment.")
    if "readonly" in text or "read-only" in text:
        return HarkenError(f"{path} cannot be written: it is read-only. Copy it to a folder of your own.")
    if "full" in text:
        return HarkenError(f"No space left on the disk of {path}; nothing was changed. Make room first.")
    if "malformed" in text or "not a database" in text or "corrupt" in text:
        return ProjectFileError(_damaged(path, text))
    return HarkenError(
        f"{path} could not be used ({text}). If it lies on a network share, copy it to a local folder."
    )


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """All or nothing. Opens with BEGIN IMMEDIATE: a deferred read-then-write fails at once when busy."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def snapshot(connection: Connection) -> Iterator[None]:
    """Several reads of one moment."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("COMMIT")


def is_project(path: Path) -> bool:
    """Whether a file looks like a project of ours, sound or not."""
    try:
        refuse_foreign_file(path)
    except ProjectFileError:
        return False
    return True
