"""Taking a merge back: codings and drafts are made anew from what coders decided and drafted themselves."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from harken.storage.driver import Connection
from harken.storage.journal import REPLAY_ORDER, Event, canonical_json, event_by_id
from harken.storage.projections import arranging
from harken.storage.projections.coding import Place, items_of, living_codings, put_codings
from harken.storage.projections.merging import living_id

_MADE_DRAFT = ("drafted", "decision.undone", "decision.redone")


def unmerged(connection: Connection, event: Event) -> None:
    payload = event.payload
    id, into = payload["code"], living_id(connection, payload["code"])
    if into == id:
        return
    drafts = _drafts_with(connection, into)
    sources = {place: _source_of_draft(connection, place, at, codings) for place, at, codings in drafts}
    connection.execute(
        "UPDATE codes SET merged_into = '', is_removed = 0, path = ? WHERE id = ?", (payload["path"], id)
    )
    arranging.adopt(connection, payload["children"], payload["path"])
    if payload["body"] is not None:
        connection.execute(
            "UPDATE codes SET body = ? WHERE id = ?", (canonical_json(payload["body"]), payload["into"])
        )
    _remake_codings(connection, id, into)
    for place, source in sources.items():
        if source is not None:
            connection.execute(
                "UPDATE drafts SET codings = ? WHERE response_id = ? AND round = ? AND coder = ?",
                (canonical_json(living_codings(connection, source)), *place),
            )


def _remake_codings(connection: Connection, id: str, into: str) -> None:
    """Write the codings of every decision that names a code which counts as `id` again, as it names them."""
    named = [
        other for (other,) in connection.execute("SELECT id FROM codes") if living_id(connection, other) == id
    ]
    places: dict[str, list[tuple[int, Place]]] = defaultdict(list)
    for other in named:
        # An id in quotes stands in no payload that does not name the code: keys hold no quotes.
        for event_id, item, *place in connection.execute(
            "SELECT DISTINCT d.event_id, d.item, d.response_id, d.round, d.coder FROM codings g "
            "JOIN decisions d ON d.response_id = g.response_id AND d.round = g.round AND d.coder = g.coder "
            "WHERE g.code_id = ? AND d.event_id IN (SELECT e.id FROM events e WHERE e.id IN ("
            "  SELECT x.event_id FROM codings y JOIN decisions x ON x.response_id = y.response_id "
            "  AND x.round = y.round AND x.coder = y.coder WHERE y.code_id = ?"
            ") AND instr(e.payload, ?))",
            (into, into, f'"{other}"'),
        ):
            response, round, coder = place
            places[event_id].append((item, (response, round, coder)))
    for event_id, decided in places.items():
        items = items_of(event_by_id(connection, event_id))
        for number, where in decided:
            if any(one in named for one, *_ in items[number]["codings"]):
                put_codings(connection, where, items[number])


def _drafts_with(connection: Connection, code: str) -> list[tuple[Place, str, str]]:
    """Place, time and codings of the drafts that hold a code."""
    return [
        ((response, round, coder), at, codings)
        for response, round, coder, at, codings in connection.execute(
            "SELECT response_id, round, coder, at, codings FROM drafts"
        )
        if any(id == code for id, *_ in json.loads(codings))
    ]


def _source_of_draft(connection: Connection, place: Place, at: str, codings: str) -> Mapping[str, Any] | None:
    """What a coder drafted or decided that stands at a place as a draft, with the codes it named."""
    candidates: list[Mapping[str, Any]] = []
    for id, kind in connection.execute(
        f"SELECT id, kind FROM events WHERE at = ? AND kind IN (?, ?, ?) ORDER BY {REPLAY_ORDER}",
        (at, *_MADE_DRAFT),
    ).fetchall():
        event = event_by_id(connection, id)
        if kind == "drafted":
            candidates.append(event.payload)
        else:
            undone = event_by_id(connection, event.payload["event"])
            candidates.append(items_of(undone)[event.payload["item"]])
    candidates += [
        items_of(event_by_id(connection, event_id))[item]
        for event_id, item in connection.execute(
            "SELECT event_id, item FROM decision_log WHERE response_id = ? AND round = ? AND coder = ?",
            place,
        ).fetchall()
    ]
    same = (item for item in candidates if canonical_json(living_codings(connection, item)) == codings)
    return next(same, None)
