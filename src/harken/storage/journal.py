"""The journal: append-only events, each holding the hash of the one it follows, and their replay order."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from harken.storage.driver import Connection
from harken.storage.schema import UNDOABLE, WORK_BY

REPLAY_ORDER = "counter, at, id"
"""Any two copies that hold the same events replay them alike."""
_COLUMNS = "id, counter, at, actor, kind, payload, parent, hash"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One user action, or a part of a large one. `parent` is the hash it follows, empty for the first."""

    id: str
    counter: int
    at: str
    actor: str
    kind: str
    payload: Mapping[str, Any]
    parent: str
    hash: str


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical_json(value: object) -> str:
    """One text for one value, whatever the order of its keys."""
    return _CANONICAL.encode(value)


def event_hash(*, id: str, counter: int, at: str, actor: str, kind: str, payload: str, parent: str) -> str:
    """SHA-256 over everything else that the event holds; `payload` is its canonical JSON."""
    sealed = canonical_json([id, counter, at, actor, kind, payload, parent])
    return hashlib.sha256(sealed.encode()).hexdigest()


def now() -> str:
    """The time in UTC, ISO 8601 to the microsecond."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def new_id() -> str:
    """A random UUID."""
    return str(uuid.uuid4())


def append(
    connection: Connection, *, actor: str, kind: str, payload: Mapping[str, Any], id: str = ""
) -> Event:
    """Write one event after the last one in replay order; the caller holds the transaction."""
    head = connection.execute(
        "SELECT counter, hash FROM events ORDER BY counter DESC, at DESC, id DESC LIMIT 1"
    ).fetchone()
    counter, parent = (head[0] + 1, head[1]) if head else (1, "")
    text = canonical_json(payload)
    id, at = id or new_id(), now()
    sealed = event_hash(id=id, counter=counter, at=at, actor=actor, kind=kind, payload=text, parent=parent)
    connection.execute(
        f"INSERT INTO events ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (id, counter, at, actor, kind, text, parent, sealed),
    )
    return Event(
        id=id, counter=counter, at=at, actor=actor, kind=kind, payload=payload, parent=parent, hash=sealed
    )


def _event(row: tuple[Any, ...]) -> Event:
    id, counter, at, actor, kind, payload, parent, sealed = row
    return Event(
        id=id,
        counter=counter,
        at=at,
        actor=actor,
        kind=kind,
        payload=json.loads(payload),
        parent=parent,
        hash=sealed,
    )


def replay(connection: Connection) -> Iterator[Event]:
    """Every event in replay order."""
    for row in connection.execute(f"SELECT {_COLUMNS} FROM events ORDER BY {REPLAY_ORDER}"):
        yield _event(row)


def event_by_id(connection: Connection, id: str) -> Event:
    """The event with this id, which must be there."""
    return _event(connection.execute(f"SELECT {_COLUMNS} FROM events WHERE id = ?", (id,)).fetchone())


def events_of(connection: Connection, kinds: Iterable[str]) -> Iterator[Event]:
    """The events of some kinds in replay order."""
    wanted = tuple(kinds)
    for row in connection.execute(
        f"SELECT {_COLUMNS} FROM events WHERE kind IN ({', '.join('?' * len(wanted))}) "
        f"ORDER BY {REPLAY_ORDER}",
        wanted,
    ):
        yield _event(row)


def latest_work(connection: Connection, *, actor: str, coder: str, round: str) -> Iterator[Event]:
    """Decisions, undos and redos by one actor on one coder's work in a round, the newest first."""
    for row in connection.execute(
        f"SELECT {_COLUMNS} FROM events WHERE {WORK_BY} AND {UNDOABLE} "
        "ORDER BY counter DESC, at DESC, id DESC",
        (actor, coder, round),
    ):
        yield _event(row)


def project_hash(connection: Connection) -> str:
    """SHA-256 over the sorted event hashes: equal for copies that hold the same events."""
    digest = hashlib.sha256()
    for (sealed,) in connection.execute("SELECT hash FROM events ORDER BY hash"):
        digest.update(bytes.fromhex(sealed))
    return digest.hexdigest()


def broken_links(connection: Connection) -> Iterator[str]:
    """What is wrong with the chain, a sentence each; nothing for a journal that verifies."""
    counters = dict(connection.execute("SELECT hash, counter FROM events").fetchall())
    n_roots = 0
    for id, counter, at, actor, kind, payload, parent, sealed in connection.execute(
        f"SELECT {_COLUMNS} FROM events ORDER BY {REPLAY_ORDER}"
    ):
        wanted = event_hash(
            id=id, counter=counter, at=at, actor=actor, kind=kind, payload=payload, parent=parent
        )
        if wanted != sealed:
            yield f"event {id} ({kind}, {at}) does not match its hash: it was changed"
        if parent == "":
            n_roots += 1
        elif parent not in counters:
            yield f"event {id} ({kind}, {at}) follows an event that is gone"
        elif counters[parent] >= counter:
            yield f"event {id} ({kind}, {at}) stands before the event that it follows"
    if n_roots > 1:
        yield f"the journal has {n_roots} first events; events of two projects were mixed"


def append_look(connection: Connection, *, actor: str, kind: str, payload: Mapping[str, Any]) -> None:
    """Note that somebody looked at results; looks stand outside the project hash."""
    connection.execute(
        "INSERT INTO looks (id, at, actor, kind, payload) VALUES (?, ?, ?, ?, ?)",
        (new_id(), now(), actor, kind, canonical_json(payload)),
    )
