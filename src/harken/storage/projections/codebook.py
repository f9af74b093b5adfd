"""Families and codes. A code's id is its first path and never changes; its path may."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from harken.storage.driver import Connection
from harken.storage.journal import Event, canonical_json


def _imported(connection: Connection, event: Event) -> None:
    payload = event.payload
    for position, family in enumerate(payload["families"]):
        _put_family(connection, family, position)
    for id in payload["removed"]:
        connection.execute("UPDATE codes SET is_removed = 1 WHERE id = ?", (id,))
    for position, code in enumerate(payload["codes"]):
        _put_code(connection, code, position)
    for old, new in payload["map"].items():
        _merge(connection, old, new)
    _drop_empty_families(connection, {family["key"] for family in payload["families"]})
    _settings(connection, title=payload["title"], language=payload["language"], version=event.id)


def _settings(connection: Connection, **values: str) -> None:
    connection.executemany(
        "INSERT INTO settings (name, value) VALUES (?, ?) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [(f"codebook_{name}", value) for name, value in values.items()],
    )


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


def _put_code(connection: Connection, code: Mapping[str, Any], position: int) -> None:
    connection.execute(
        "INSERT INTO codes (id, path, position, body, merged_into, is_removed) VALUES (?, ?, ?, ?, '', 0) "
        "ON CONFLICT (id) DO UPDATE SET path = excluded.path, position = excluded.position, "
        "body = excluded.body, is_removed = 0",
        (code["id"], code["path"], position, canonical_json(code["body"])),
    )


def living_id(connection: Connection, id: str) -> str:
    """The id of the code that a mapped one went into, at the end of the chain; itself otherwise."""
    while True:
        row = connection.execute("SELECT merged_into FROM codes WHERE id = ?", (id,)).fetchone()
        if row is None or row[0] == "":
            return id
        id = row[0]


def _merge(connection: Connection, old: str, new: str) -> None:
    connection.execute("UPDATE codes SET merged_into = ?, is_removed = 1 WHERE id = ?", (new, old))
    connection.execute(
        'INSERT INTO codings (response_id, round, coder, code_id, start, "end") '
        'SELECT response_id, round, coder, ?, start, "end" FROM codings WHERE code_id = ? '
        "ON CONFLICT DO NOTHING",
        (new, old),
    )
    connection.execute("DELETE FROM codings WHERE code_id = ?", (old,))
    for response, round, coder, codings in connection.execute(
        "SELECT response_id, round, coder, codings FROM drafts"
    ).fetchall():
        before = [tuple(coding) for coding in json.loads(codings)]
        after = list(
            dict.fromkeys((new, *segment) if id == old else (id, *segment) for id, *segment in before)
        )
        if after != before:
            connection.execute(
                "UPDATE drafts SET codings = ? WHERE response_id = ? AND round = ? AND coder = ?",
                (canonical_json(after), response, round, coder),
            )


def _added(connection: Connection, event: Event) -> None:
    if event.payload["family"] is not None:
        (n_families,) = connection.execute("SELECT count(*) FROM families").fetchone()
        _put_family(connection, event.payload["family"], n_families)
    (last,) = connection.execute("SELECT coalesce(max(position), -1) FROM codes").fetchone()
    _put_code(connection, event.payload["code"], last + 1)
    _settings(connection, version=event.id)


def _changed(connection: Connection, event: Event) -> None:
    code = event.payload["code"]
    connection.execute("UPDATE codes SET body = ? WHERE id = ?", (canonical_json(code["body"]), code["id"]))
    _settings(connection, version=event.id)


APPLY = {
    "codebook.imported": _imported,
    "code.added": _added,
    "code.changed": _changed,
}
