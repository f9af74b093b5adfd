"""The one place where a project file is opened: which SQLite, which pragmas, which files are refused."""

from __future__ import annotations

import os
import random
import shutil
import stat
import time
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
IntegrityError = sqlite3.IntegrityError

APPLICATION_ID = 0x4861726B
"""Marks our files in the SQLite header: the letters "Hark"."""
SCHEMA_VERSION = 3
BUSY_TIMEOUT_MS = 5_000
_QUICK_CHECK_BELOW_BYTES = 16_000_000
_MOST_LOOKED_AT, _MOST_NAMED = 50, 3
"""Files beside a missing one that are looked into, and that are named."""


def has_safe_wal(version: tuple[int, ...]) -> bool:
    """Whether this SQLite is free of the WAL-reset bug, which can corrupt a file with two writers."""
    fixed_in = {(3, 44): 6, (3, 50): 7}
    patch = fixed_in.get((version[0], version[1]))
    return version >= (3, 51, 3) or (patch is not None and version[2] >= patch)


def journal_mode() -> str:
    """WAL where it is safe with this SQLite, else the slower rollback journal."""
    return "WAL" if has_safe_wal(sqlite3.sqlite_version_info) else "TRUNCATE"


def open_file(path: Path, *, is_new: bool = False) -> tuple[Connection, bool]:
    """Open a project file that `refuse_foreign_file` lets through; the flag says whether it is read-only.

    Foreign keys stay off until `enforce_foreign_keys`: a migration may have to run first.
    """
    is_read_only = False
    if not is_new:
        refuse_foreign_file(path)
        file = path.resolve()
        is_read_only = not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK))
    deadline = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            return _open(path, is_new=is_new, is_read_only=is_read_only), is_read_only
        except DatabaseError as error:
            # Two that change the journal mode at once keep each other from it until one lets go.
            if not _is_busy(error) or time.monotonic() > deadline:
                raise explain(error, path) from error
        time.sleep(random.uniform(0.01, 0.05))


def _open(path: Path, *, is_new: bool, is_read_only: bool) -> Connection:
    if is_read_only:
        # Where nobody has it open, a folder that cannot be written takes no lock files.
        is_open = Path(f"{path.resolve()}-shm").exists()
        query = "mode=ro" if is_open or _has_log(path) else "mode=ro&immutable=1"
    else:
        query = "mode=rwc" if is_new else "mode=rw"
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?{query}", uri=True, isolation_level=None, timeout=BUSY_TIMEOUT_MS / 1000
    )
    try:
        if not is_new:
            # Before anything that writes: a damaged file is refused as it is.
            _refuse_damaged(connection, path)
        connection.execute("PRAGMA recursive_triggers = ON")
        if not is_read_only:
            connection.execute(f"PRAGMA journal_mode = {journal_mode()}")
            connection.execute("PRAGMA synchronous = FULL")
            # On macOS alone fsync leaves the data in the drive's cache.
            connection.execute("PRAGMA fullfsync = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_damaged(connection: Connection, path: Path) -> None:
    if path.stat().st_size < _QUICK_CHECK_BELOW_BYTES:
        (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise ProjectFileError(_damaged(path, verdict))


def open_in_memory() -> Connection:
    """A connection to a database without a file."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA recursive_triggers = ON")
    return connection


def enforce_foreign_keys(connection: Connection) -> None:
    """From now on a row may refer only to rows that are there."""
    connection.execute("PRAGMA foreign_keys = ON")


def refuse_foreign_file(path: Path) -> None:
    """Raise for a file that is no project of ours; nothing is written, and no log is replayed.

    The file is read through SQLite alone: closing an ordinary handle on it would drop the locks that
    another connection of this process holds, and then a log in use could be deleted as a leftover.
    """
    size = _size_of_regular_file(path)
    if size == 0:
        raise ProjectFileError(f"{path} is empty, not a project. Delete it and run `harken init {path}`.")
    try:
        application_id, version, page_size, n_pages = _header(path)
    except DatabaseError as error:
        if "not a database" in str(error):
            raise ProjectFileError(f"{path} is not a Harken project (not an SQLite file).") from error
        if _has_log(path):
            return  # pages may be missing that the log still holds: opening it decides
        raise explain(error, path) from error
    if application_id != APPLICATION_ID:
        raise ProjectFileError(f"{path} is an SQLite file of another program, not a Harken project.")
    refuse_later_version(path, version)
    size = path.stat().st_size
    if size < n_pages * page_size and not _has_log(path):
        raise ProjectFileError(_damaged(path, f"{size} bytes of {n_pages * page_size}"))


def refuse_later_version(path: Path, version: int) -> None:
    """Raise for a schema that this Harken does not know."""
    if version > SCHEMA_VERSION:
        raise ProjectFileError(
            f"{path} was written by a later Harken (schema {version}, this one knows {SCHEMA_VERSION}). "
            "Update Harken to open it."
        )


def _size_of_regular_file(path: Path) -> int:
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ProjectFileError(_missing(path)) from error
    except OSError as error:
        raise ProjectFileError(f"{path} cannot be read: {error.strerror}.") from error
    if stat.S_ISDIR(status.st_mode):
        raise ProjectFileError(f"{path} is a folder; name the file in it: {path / 'harken.db'}.")
    if not stat.S_ISREG(status.st_mode):
        raise ProjectFileError(f"{path} is no ordinary file; name a project's file.")
    if not os.access(path, os.R_OK):
        raise ProjectFileError(f"{path} cannot be read: permission denied. Ask its owner for a copy.")
    return status.st_size


def _missing(path: Path) -> str:
    """No file is there: names projects that lie beside it, else says how to make one."""
    beside = [str(file) for file in sorted(path.parent.glob("*.db"))[:_MOST_LOOKED_AT] if is_project(file)]
    if not beside:
        return f"No project at {path}. Make one with `harken init {path}`."
    there = f"There {'is' if len(beside) == 1 else 'are'} {', '.join(beside[:_MOST_NAMED])}"
    more = " and others" if len(beside) > _MOST_NAMED else ""
    return (
        f"No project at {path}. {there}{more}: name it with --project {beside[0]}, or in HARKEN_PROJECT. "
        f"Or make a new one with `harken init {path}`."
    )


def _header(path: Path) -> tuple[int, int, int, int]:
    """Application id, schema version, page size and number of pages, as the file itself has them."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        application_id, version, page_size, n_pages = (
            int(connection.execute(f"PRAGMA {name}").fetchone()[0])
            for name in ("application_id", "user_version", "page_size", "page_count")
        )
    finally:
        connection.close()
    return application_id, version, page_size, n_pages


def _has_log(path: Path) -> bool:
    """Whether a write-ahead log or a rollback journal with something in it lies beside the file."""
    file = path.resolve()
    for suffix in ("-wal", "-journal"):
        log = file.with_name(file.name + suffix)
        if log.exists() and log.stat().st_size > 0:
            return True
    return False


def _damaged(path: Path, why: str) -> str:
    return f"{path} is damaged ({' '.join(why.split())}). Use a backup."


def explain(error: DatabaseError, path: Path) -> HarkenError:
    """SQLite's own error as one sentence with the way out."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return HarkenError(f"{path} is being written by another program; try again in a moment.")
    if "readonly" in text or "read-only" in text:
        return HarkenError(f"{path} cannot be written: it is read-only. Copy it to a folder of your own.")
    if "malformed" in text or "not a database" in text or "corrupt" in text:
        return ProjectFileError(_damaged(path, text))
    if "unable to open" in text:
        return HarkenError(f"{path} cannot be opened: its folder is missing, or not yours to write in.")
    # On some file systems a full disk is no more than an error of input and output.
    if "full" in text or ("I/O" in text and shutil.disk_usage(path.parent).free == 0):
        return HarkenError(f"No space left on the disk of {path}; nothing was changed. Make room first.")
    return HarkenError(
        f"{path} could not be used ({text}). If it lies on a network share, copy it to a local folder."
    )


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """All or nothing. Opens with BEGIN IMMEDIATE: a deferred read-then-write fails at once when busy."""
    _begin(connection)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A COMMIT that fails, on a full disk for one, leaves the transaction open.
        _roll_back(connection)
        raise


@contextmanager
def trial(connection: Connection) -> Iterator[None]:
    """A transaction whose writes are all taken back at the end."""
    _begin(connection)
    try:
        yield
    finally:
        _roll_back(connection)


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
        _roll_back(connection)


def _begin(connection: Connection) -> None:
    """BEGIN IMMEDIATE, asking often while another program writes.

    SQLite's own waiting asks less and less often, up to ten times a second, and so can wait for seconds
    behind a program that writes without a pause. Its setting says here too for how long to ask.
    """
    (patience_ms,) = connection.execute("PRAGMA busy_timeout").fetchone()
    deadline = time.monotonic() + patience_ms / 1000
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
                return
            except OperationalError as error:
                if not _is_busy(error) or time.monotonic() > deadline:
                    raise
            time.sleep(random.uniform(0.000_5, 0.002))
    finally:
        connection.execute(f"PRAGMA busy_timeout = {patience_ms}")


def _is_busy(error: DatabaseError) -> bool:
    return "database is locked" in str(error)


def _roll_back(connection: Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def is_project(path: Path) -> bool:
    """Whether a file looks like a project of ours; a damaged database counts, for it may be one."""
    try:
        return _size_of_regular_file(path) > 0 and _header(path)[0] == APPLICATION_ID
    except ProjectFileError:
        return False
    except DatabaseError as error:
        return "not a database" not in str(error)
