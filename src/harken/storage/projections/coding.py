"""Decisions, their codings, drafts, and what undo leaves of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from harken.storage.driver import Connection
from harken.storage.journal import Event, canonical_json, event_by_id
from harken.storage.projections.merging import living_id
from harken.storage.projections.places import response_at
from harken.storage.schema import WHOLE

Place = tuple[int, str, str]
"""response id, round, coder"""
_HERE = "response_id = ? AND round = ? AND coder = ?"


def _place(connection: Connection, item: Mapping[str, Any]) -> Place | None:
    """Where an item stands; None if its participant withdrew or its response is not in this file."""
    id = response_at(connection, item["response"])
    return None if id is None else (id, item["round"], item["coder"])


def items_of(event: Event) -> list[Mapping[str, Any]]:
    """What an event decides or drafts, an item for each place."""
    return list(event.payload["items"]) if event.kind == "codings.imported" else [event.payload]


def _decided(connection: Connection, event: Event) -> None:
    for number, item in enumerate(items_of(event)):
        place = _place(connection, item)
        if place is None:
            continue
        connection.execute(
            "INSERT INTO decision_log (event_id, item, response_id, round, coder, is_undone) "
            "VALUES (?, ?, ?, ?, ?, 0)",
            (event.id, number, *place),
        )
        _put_decision(connection, place, event, number, item)
        _clear_draft(connection, place)


def _put_decision(
    connection: Connection, place: Place, event: Event, number: int, item: Mapping[str, Any]
) -> None:
    _clear_decision(connection, place)
    connection.execute(
        "INSERT INTO decisions (response_id, round, coder, event_id, item, state, is_unsure, memo_hash, "
        "message_hash, codebook_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *place,
            event.id,
            number,
            item["state"],
            int(item["unsure"]),
            item["memo"],
            item["message"],
            item["codebook"],
            item.get("at") or event.at,
        ),
    )
    put_codings(connection, place, item)


def put_codings(connection: Connection, place: Place, item: Mapping[str, Any]) -> None:
    """Let a place have the codings of an item and no others."""
    connection.execute(f"DELETE FROM codings WHERE {_HERE}", place)
    connection.executemany(
        'INSERT INTO codings (response_id, round, coder, code_id, start, "end") VALUES (?, ?, ?, ?, ?, ?)',
        [(*place, id, *(segment or (WHOLE, WHOLE))) for id, *segment in living_codings(connection, item)],
    )


def living_codings(connection: Connection, item: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """An item's codings, each once, with what merged codes went into."""
    return list(dict.fromkeys((living_id(connection, id), *segment) for id, *segment in item["codings"]))


def _clear_decision(connection: Connection, place: Place) -> None:
    for table in ("decisions", "codings"):
        connection.execute(f"DELETE FROM {table} WHERE {_HERE}", place)


def _clear_draft(connection: Connection, place: Place) -> None:
    connection.execute(f"DELETE FROM drafts WHERE {_HERE}", place)


def _undone(connection: Connection, event: Event) -> None:
    """Let the decision before count; without one, what was decided becomes a draft.

    A draft that was begun since then stays: it is the later work.
    """
    place = _mark(connection, event, is_undone=1)
    if place is None:
        return
    if not _restore(connection, place, event) and not _has_draft(connection, place):
        _put_draft(connection, place, event, _logged_item(connection, event))


def _redone(connection: Connection, event: Event) -> None:
    place = _mark(connection, event, is_undone=0)
    if place is not None and _restore(connection, place, event):
        _clear_draft(connection, place)


def _mark(connection: Connection, event: Event, *, is_undone: int) -> Place | None:
    """Mark one logged decision; its place, None if the participant withdrew."""
    place: Place | None = connection.execute(
        "UPDATE decision_log SET is_undone = ? WHERE event_id = ? AND item = ? "
        "RETURNING response_id, round, coder",
        (is_undone, event.payload["event"], event.payload["item"]),
    ).fetchone()
    return place


def _restore(connection: Connection, place: Place, event: Event) -> bool:
    """Make the latest decision that stands at a place the one that counts; False if there is none.

    One whose codes went away since then is a draft of those that are left: nobody decided that set.
    """
    _clear_decision(connection, place)
    standing = connection.execute(
        "SELECT l.event_id, l.item FROM decision_log l JOIN events e ON e.id = l.event_id "
        "WHERE l.response_id = ? AND l.round = ? AND l.coder = ? AND l.is_undone = 0 "
        "ORDER BY e.counter DESC, e.at DESC, e.id DESC, l.item DESC LIMIT 1",
        place,
    ).fetchone()
    if standing is None:
        return False
    source = event_by_id(connection, standing[0])
    item = items_of(source)[standing[1]]
    if _lacks_codes(connection, item):
        if not _has_draft(connection, place):
            _put_draft(connection, place, event, item)
    else:
        _put_decision(connection, place, source, standing[1], item)
    return True


def _lacks_codes(connection: Connection, item: Mapping[str, Any]) -> bool:
    return any(
        connection.execute("SELECT 1 FROM codes WHERE id = ? AND is_removed", (id,)).fetchone()
        for id, *_ in living_codings(connection, item)
    )


def _logged_item(connection: Connection, event: Event) -> Mapping[str, Any]:
    item: int = event.payload["item"]
    return items_of(event_by_id(connection, event.payload["event"]))[item]


def _has_draft(connection: Connection, place: Place) -> bool:
    row = connection.execute(
        f"SELECT 1 FROM drafts WHERE {_HERE} "
        "AND (codings <> '[]' OR is_unsure OR memo_hash <> '' OR message_hash <> '')",
        place,
    ).fetchone()
    return row is not None


def _put_draft(connection: Connection, place: Place, event: Event, item: Mapping[str, Any]) -> None:
    _clear_draft(connection, place)
    is_empty = not (item["codings"] or item["unsure"] or item["memo"] or item["message"])
    if item.get("discarded") or (is_empty and not _is_decided(connection, place)):
        return
    connection.execute(
        "INSERT INTO drafts (response_id, round, coder, codings, is_unsure, memo_hash, message_hash, at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *place,
            canonical_json(living_codings(connection, item)),
            int(item["unsure"]),
            item["memo"],
            item["message"],
            event.at,
        ),
    )


def _is_decided(connection: Connection, place: Place) -> bool:
    return connection.execute(f"SELECT 1 FROM decisions WHERE {_HERE}", place).fetchone() is not None


def _drafted(connection: Connection, event: Event) -> None:
    place = _place(connection, event.payload)
    if place is not None:
        _put_draft(connection, place, event, event.payload)


APPLY = {
    "decided": _decided,
    "codings.imported": _decided,
    "decision.undone": _undone,
    "decision.redone": _redone,
    "drafted": _drafted,
}
