"""Families and codes. A code's id is its first path and never changes; its path may."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from harken.storage.driver import Connection
from harken.storage.journal import Event, canonical_json
from harken.storage.projections import arranging, merging, unmerging


def _imported(connection: Connection, event: Event) -> None:
    payload = event.payload
    for position, family in enumerate(payload["families"]):
        _put_family(connection, family, position)
    for id in payload["removed"]:
        connection.execute("UPDATE codes SET is_removed = 1 WHERE id = ?", (id,))
    for position, code in enumerate(payload["codes"]):
        _put_code(connection, code, position)
    for old, new in payload["map"].items():
        merging.merge(connection, old, new)
    _drop_empty_families(connection, {family["key"] for family in payload["families"]})
    _settings(connection, title=payload["title"], language=payload["language"])


def _settings(connection: Connection, **values: str) -> None:
    connection.executemany(
        "INSERT INTO settings (name, value) VALUES (?, ?) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [(f"codebook_{name}", value) for name, value in values.items()],
    )


# -- families ----------------------------------------------------------------------------------------


def _put_family(connection: Connection, family: Mapping[str, Any], position: int) -> None:
    connection.execute(
        "INSERT INTO families (key, position, body) VALUES (?, ?, ?) "
        "ON CONFLICT (key) DO UPDATE SET position = excluded.position, body = excluded.body",
        (family["key"], position, canonical_json(family)),
    )


def _drop_empty_families(connection: Connection, kept: set[str]) -> None:
    """A family that the file leaves out goes, unless a code that another copy added still needs it."""
    needed = {
        path.split(".")[0] for (path,) in connection.execute("SELECT path FROM codes WHERE NOT is_removed")
    }
    for (key,) in connection.execute("SELECT key FROM families").fetchall():
        if key not in kept | needed:
            connection.execute("DELETE FROM families WHERE key = ?", (key,))


def _family_added(connection: Connection, event: Event) -> None:
    family = event.payload["family"]
    _put_family(connection, family, arranging.place_behind_all(connection, "families"))
    arranging.place_family(connection, family["key"], before=event.payload["before"])


def _family_changed(connection: Connection, event: Event) -> None:
    family = event.payload["family"]
    connection.execute("UPDATE families SET body = ? WHERE key = ?", (canonical_json(family), family["key"]))


def _family_renamed(connection: Connection, event: Event) -> None:
    old, new = event.payload["family"], event.payload["key"]
    row = connection.execute("SELECT body FROM families WHERE key = ?", (old,)).fetchone()
    if row is None or connection.execute("SELECT 1 FROM families WHERE key = ?", (new,)).fetchone():
        return
    connection.execute(
        "UPDATE families SET key = ?, body = ? WHERE key = ?",
        (new, canonical_json({**json.loads(row[0]), "key": new}), old),
    )
    arranging.repath(connection, old, new)


def _family_moved(connection: Connection, event: Event) -> None:
    arranging.place_family(connection, event.payload["family"], before=event.payload["before"])


def _family_removed(connection: Connection, event: Event) -> None:
    """A family that another copy has put a code into stays."""
    key = event.payload["family"]
    if not arranging.children(connection, key):
        connection.execute("DELETE FROM families WHERE key = ?", (key,))


# -- codes -------------------------------------------------------------------------------------------


def _put_code(connection: Connection, code: Mapping[str, Any], position: int) -> None:
    connection.execute(
        "INSERT INTO codes (id, path, position, body, merged_into, is_removed) VALUES (?, ?, ?, ?, '', 0) "
        "ON CONFLICT (id) DO UPDATE SET path = excluded.path, position = excluded.position, "
        "body = excluded.body, is_removed = 0",
        (code["id"], code["path"], position, canonical_json(code["body"])),
    )


def _added(connection: Connection, event: Event) -> None:
    if event.payload["family"] is not None:
        _put_family(connection, event.payload["family"], arranging.place_behind_all(connection, "families"))
    code = event.payload["code"]
    _put_code(connection, code, arranging.place_behind_all(connection, "codes"))
    if "before" in event.payload:
        arranging.place_code(connection, code["id"], before=event.payload["before"])


def _removed(connection: Connection, event: Event) -> None:
    connection.execute("UPDATE codes SET is_removed = 1 WHERE id = ?", (event.payload["code"],))


def _changed(connection: Connection, event: Event) -> None:
    code = event.payload["code"]
    _put_body(connection, code["id"], code["body"])


def _put_body(connection: Connection, id: str, body: Mapping[str, Any]) -> None:
    connection.execute("UPDATE codes SET body = ? WHERE id = ?", (canonical_json(body), id))


def _body(connection: Connection, id: str) -> dict[str, Any] | None:
    row = connection.execute("SELECT body FROM codes WHERE id = ?", (id,)).fetchone()
    return None if row is None else json.loads(row[0])


def _renamed(connection: Connection, event: Event) -> None:
    id, key = event.payload["code"], event.payload["key"]
    body = _body(connection, id)
    if body is not None:
        _put_body(connection, id, {**body, "key": key})
        path = arranging.path_of(connection, id)
        arranging.repath(connection, path, f"{path.rpartition('.')[0]}.{key}")


def _moved(connection: Connection, event: Event) -> None:
    id, payload = event.payload["code"], event.payload
    parent = payload["family"] or arranging.path_of(connection, payload["parent"])
    path = arranging.path_of(connection, id)
    if f"{parent}.".startswith(f"{path}."):
        return  # another copy put the one under the other
    arranging.repath(connection, path, f"{parent}.{path.rpartition('.')[2]}")
    arranging.place_code(connection, id, before=payload["before"])


def _retired(connection: Connection, event: Event) -> None:
    body = _body(connection, event.payload["code"])
    if body is not None:
        _put_body(connection, event.payload["code"], {**body, "retired": True})


def _restored(connection: Connection, event: Event) -> None:
    body = _body(connection, event.payload["code"])
    if body is not None:
        body.pop("retired", None)
        _put_body(connection, event.payload["code"], body)


def _versioned(apply: Callable[[Connection, Event], None]) -> Callable[[Connection, Event], None]:
    """Every change of the codebook makes a version of it."""

    def applied(connection: Connection, event: Event) -> None:
        apply(connection, event)
        _settings(connection, version=event.id)

    return applied


APPLY = {
    kind: _versioned(apply)
    for kind, apply in {
        "codebook.imported": _imported,
        "family.added": _family_added,
        "family.changed": _family_changed,
        "family.renamed": _family_renamed,
        "family.moved": _family_moved,
        "family.removed": _family_removed,
        "code.added": _added,
        "code.removed": _removed,
        "code.changed": _changed,
        "code.renamed": _renamed,
        "code.moved": _moved,
        "code.retired": _retired,
        "code.restored": _restored,
        "code.merged": merging.merged,
        "code.unmerged": unmerging.unmerged,
    }.items()
}
KINDS = tuple(APPLY)
"""Of every event that changes the codebook."""
