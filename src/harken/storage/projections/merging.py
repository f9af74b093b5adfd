"""A code that goes into another one, with its codings and what is drafted with it."""

from __future__ import annotations

import json

from harken.storage.driver import Connection
from harken.storage.journal import Event, canonical_json
from harken.storage.projections import arranging


def living_id(connection: Connection, id: str) -> str:
    """The id of the code that a merged one went into, at the end of the chain; itself otherwise."""
    while True:
        row = connection.execute("SELECT merged_into FROM codes WHERE id = ?", (id,)).fetchone()
        if row is None or row[0] == "":
            return id
        id = row[0]


def merge(connection: Connection, old: str, new: str) -> None:
    """Let a code go into another; a coding that both had is one afterwards."""
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


def merged(connection: Connection, event: Event) -> None:
    payload = event.payload
    old, new = payload["code"], living_id(connection, payload["into"])
    if new == old or living_id(connection, old) != old:
        return  # another copy merged them the other way round, or elsewhere
    arranging.adopt(connection, payload["children"], arranging.path_of(connection, new))
    if payload["body"] is not None:
        connection.execute(
            "UPDATE codes SET body = ? WHERE id = ?", (canonical_json(payload["body"]), payload["into"])
        )
    merge(connection, old, new)
