"""A project file in use: opening, making, and the transaction in which a user action is written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from harken.errors import HarkenError, ProjectFileError
from harken.storage import contents, driver, journal, new_files, projections
from harken.storage.driver import Connection
from harken.storage.journal import Event


class Action:
    """What a user action may do inside its transaction."""

    def __init__(self, connection: Connection, actor: str) -> None:
        self.connection = connection
        self.actor = actor

    def append(self, kind: str, payload: Mapping[str, Any], *, id: str = "") -> Event:
        """Write an event and bring the projections up to date with it."""
        event = journal.append(self.connection, actor=self.actor, kind=kind, payload=payload, id=id)
        projections.apply(self.connection, event)
        return event

    def put_content(self, body: str, *, kind: contents.ContentKind, participant_id: int | None) -> str:
        return contents.put(self.connection, body, kind=kind, participant_id=participant_id)


class Store:
    """An open project file. A connection belongs to its thread, so a store does too."""

    def __init__(self, path: Path, connection: Connection, *, is_read_only: bool) -> None:
        self.path = path
        self.connection = connection
        self.is_read_only = is_read_only

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open an existing project; raises `ProjectFileError` for anything else, which stays untouched."""
        connection, is_read_only = driver.open_file(path)
        store = cls(path, connection, is_read_only=is_read_only)
        try:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            # Once more: the first look did not see what a log holds.
            driver.refuse_later_version(path, version)
            if version < driver.SCHEMA_VERSION:
                store._migrate()
            driver.enforce_foreign_keys(connection)
        except driver.DatabaseError as error:
            store.close()
            raise driver.explain(error, path) from error
        except BaseException:
            store.close()
            raise
        return store

    @classmethod
    def create(
        cls, path: Path, *, actor: str = "", first_action: Callable[[Action], None] | None = None
    ) -> Self:
        """Make a new project file, whole or not at all; an existing file is refused.

        `first_action` writes what the project starts with; the file appears under its name afterwards.
        """
        if path.exists() or path.is_symlink():
            raise ProjectFileError(f"{path} exists already; name another file or use it as it is.")
        if not path.parent.is_dir():
            raise ProjectFileError(f"The folder {path.parent} does not exist; make it first.")
        if not os.access(path.parent, os.W_OK):
            raise ProjectFileError(f"The folder {path.parent} cannot be written; choose another one.")
        new_files.remove_abandoned(path)
        unfinished = new_files.unfinished_path(path)
        try:
            cls._write_project(unfinished, actor=actor, first_action=first_action)
            new_files.publish(unfinished, path)
        except driver.OperationalError as error:
            raise driver.explain(error, path) from error
        finally:
            new_files.remove(unfinished)
        return cls.open(path)

    @classmethod
    def _write_project(cls, path: Path, *, actor: str, first_action: Callable[[Action], None] | None) -> None:
        connection, _ = driver.open_file(path, is_new=True)
        with cls(path, connection, is_read_only=False) as store:
            store._fill()
            if first_action is not None:
                with driver.transaction(connection):
                    first_action(Action(connection, actor))

    @classmethod
    def in_memory(cls) -> Self:
        """An empty project that lives and dies with the process, for tests and trials."""
        store = cls(Path(":memory:"), driver.open_in_memory(), is_read_only=False)
        store._fill()
        return store

    def _fill(self) -> None:
        """Make the tables, and what identifies this project."""
        from harken.storage.migrations import migrate

        migrate(self.connection)
        with driver.transaction(self.connection):
            self.connection.executemany(
                "INSERT INTO project (name, value) VALUES (?, ?)",
                [("uuid", journal.new_id()), ("salt", contents.new_salt()), ("created_at", journal.now())],
            )
        driver.enforce_foreign_keys(self.connection)

    def _migrate(self) -> None:
        from harken.storage.migrations import migrate

        if self.is_read_only:
            raise ProjectFileError(f"{self.path} is of an earlier Harken and read-only; open a copy of it.")
        migrate(self.connection)

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def action(self, actor: str) -> Iterator[Action]:
        """One user action, one transaction: all of it is durable when the block ends, or none of it."""
        if self.is_read_only:
            raise HarkenError(f"{self.path} is read-only; copy it to a folder of your own to change it.")
        with self._explained(), driver.transaction(self.connection):
            yield Action(self.connection, actor)

    @contextmanager
    def trial(self, actor: str) -> Iterator[Action]:
        """An action whose writes are all taken back at the end: to see what it would do."""
        if self.is_read_only:
            raise HarkenError(f"{self.path} is read-only; copy it to a folder of your own to try this.")
        with self._explained(), driver.trial(self.connection):
            yield Action(self.connection, actor)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """SQLite's errors in words; a broken rule of the schema is no fault of the file and stays."""
        try:
            yield
        except driver.IntegrityError:
            raise
        except driver.DatabaseError as error:
            raise driver.explain(error, self.path) from error

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Several reads of one moment."""
        with driver.snapshot(self.connection):
            yield

    def project_hash(self) -> str:
        return journal.project_hash(self.connection)

    def note_look(self, *, actor: str, kind: str, payload: Mapping[str, Any]) -> bool:
        """Note a look at results, outside the project hash; False where the file is read-only."""
        if self.is_read_only:
            return False
        with self._explained(), driver.transaction(self.connection):
            journal.append_look(self.connection, actor=actor, kind=kind, payload=payload)
        return True
