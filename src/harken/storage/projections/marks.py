"""Places in answers that coders marked, and answers on which they alerted the lead."""

from __future__ import annotations

from harken.storage.driver import Connection
from harken.storage.journal import Event
from harken.storage.projections.places import response_at


def _marked(connection: Connection, event: Event) -> None:
    mark = event.payload
    response = response_at(connection, mark["response"])
    if response is None:
        return
    here = (response, mark["kind"], mark["start"], mark["end"], mark["coder"])
    connection.execute(
        'DELETE FROM marks WHERE response_id = ? AND kind = ? AND start = ? AND "end" = ? AND coder = ?', here
    )
    if mark["is_marked"]:
        connection.execute(
            'INSERT INTO marks (response_id, kind, start, "end", coder, label, at) '
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (*here, mark["label"], event.at),
        )


def _alert_raised(connection: Connection, event: Event) -> None:
    response = response_at(connection, event.payload["response"])
    if response is not None:
        connection.execute(
            "INSERT INTO alerts (response_id, coder, note_hash, at, closed_by, answer_hash, closed_at) "
            "VALUES (?, ?, ?, ?, '', '', '') ON CONFLICT (response_id, coder) DO UPDATE SET "
            "note_hash = excluded.note_hash, at = excluded.at, closed_by = '', answer_hash = '', "
            "closed_at = ''",
            (response, event.payload["coder"], event.payload["note"], event.at),
        )


def _alert_closed(connection: Connection, event: Event) -> None:
    response = response_at(connection, event.payload["response"])
    if response is not None:
        connection.execute(
            "UPDATE alerts SET closed_by = ?, answer_hash = ?, closed_at = ? "
            "WHERE response_id = ? AND coder = ?",
            (event.actor, event.payload["answer"], event.at, response, event.payload["coder"]),
        )


APPLY = {
    "answer.marked": _marked,
    "alert.raised": _alert_raised,
    "alert.closed": _alert_closed,
}
