"""What was changed in the codebook: the journal played once more, with a look before and after each event."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from harken.storage import driver, journal, projections
from harken.storage.driver import Connection
from harken.storage.journal import Event
from harken.storage.projections.codebook import KINDS
from harken.storage.store import Store

_TABLES = ("settings", "families", "codes", "decisions", "codings", "drafts", "events")
"""What the codebook's events read and write. Nothing is coded here, so the last four stay empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRow:
    """A code as it stood at a moment, living or not."""

    id: str
    path: str
    position: int
    body: Mapping[str, Any]
    merged_into: str
    is_removed: bool

    @property
    def key(self) -> str:
        return self.path.rpartition(".")[2]

    @property
    def parent_path(self) -> str:
        return self.path.rpartition(".")[0]

    @property
    def is_retired(self) -> bool:
        return bool(self.body.get("retired"))

    @property
    def wording(self) -> dict[str, Any]:
        """All that it says of itself, its key and whether it is retired aside."""
        return {name: value for name, value in self.body.items() if name not in ("key", "retired")}


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """The codebook at a moment: families by key, and every code there ever was by id, both in order."""

    families: Mapping[str, Mapping[str, Any]]
    codes: Mapping[str, CodeRow]

    def id_at(self, path: str) -> str:
        """Id of the living code at a path; empty for a family and where there is none."""
        return self._ids.get(path, "")

    @cached_property
    def _ids(self) -> Mapping[str, str]:
        return {row.path: row.id for row in self.codes.values() if not row.is_removed}

    def children(self, path: str) -> tuple[str, ...]:
        """Ids of the living codes directly below a family or code."""
        return tuple(row.id for row in self.codes.values() if row.parent_path == path and not row.is_removed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One event on the codebook."""

    event: Event
    before: Snapshot
    after: Snapshot

    @property
    def undoes(self) -> str:
        return str(self.event.payload.get("undoes", ""))

    @property
    def redoes(self) -> str:
        return str(self.event.payload.get("redoes", ""))

    @property
    def is_editorial(self) -> bool:
        return bool(self.event.payload.get("editorial", False))


def changes(store: Store) -> Iterator[Change]:
    """Every change in replay order."""
    scratch = driver.open_in_memory()
    try:
        for (sql,) in store.connection.execute(
            "SELECT sql FROM main.sqlite_schema WHERE type = 'table' "
            f"AND name IN ({', '.join('?' * len(_TABLES))})",
            _TABLES,
        ):
            scratch.execute(sql)
        before = _snapshot(scratch)
        for event in journal.events_of(store.connection, KINDS):
            projections.apply(scratch, event)
            after = _snapshot(scratch)
            yield Change(event=event, before=before, after=after)
            before = after
    finally:
        scratch.close()


def undone_changes(every: Iterable[Change]) -> frozenset[str]:
    """Ids of those changes that were taken back and stayed so."""
    undone: set[str] = set()
    for change in every:
        if change.undoes:
            undone.add(change.undoes)
        undone.discard(change.redoes)
    return frozenset(undone)


def _snapshot(connection: Connection) -> Snapshot:
    return Snapshot(
        families={
            key: json.loads(body)
            for key, body in connection.execute("SELECT key, body FROM families ORDER BY position")
        },
        codes={
            id: CodeRow(
                id=id,
                path=path,
                position=position,
                body=json.loads(body),
                merged_into=merged_into,
                is_removed=bool(is_removed),
            )
            for id, path, position, body, merged_into, is_removed in connection.execute(
                "SELECT id, path, position, body, merged_into, is_removed FROM codes ORDER BY position, id"
            )
        },
    )
