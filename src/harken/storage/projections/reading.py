"""Who read which answer, starred it, or saw that it refers to another; in which order a round is worked."""

from __future__ import annotations

from harken.storage.driver import Connection
from harken.storage.journal import Event, canonical_json
from harken.storage.projections.places import response_at


def _read(connection: Connection, event: Event) -> None:
    response = response_at(connection, event.payload["response"])
    if response is not None:
        connection.execute(
            "INSERT INTO readings (response_id, coder, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (response, event.payload["coder"], event.at),
        )


def _starred(connection: Connection, event: Event) -> None:
    response = response_at(connection, event.payload["response"])
    if response is None:
        return
    here = (response, event.payload["coder"])
    connection.execute("DELETE FROM stars WHERE response_id = ? AND coder = ?", here)
    if event.payload["is_starred"]:
        connection.execute("INSERT INTO stars (response_id, coder, at) VALUES (?, ?, ?)", (*here, event.at))


def _linked(connection: Connection, event: Event) -> None:
    response = response_at(connection, event.payload["response"])
    to = response_at(connection, event.payload["to"])
    if response is None or to is None:
        return
    here = (response, event.payload["coder"], to)
    connection.execute("DELETE FROM links WHERE response_id = ? AND coder = ? AND to_response_id = ?", here)
    if event.payload["is_linked"]:
        connection.execute(
            "INSERT INTO links (response_id, coder, to_response_id, at) VALUES (?, ?, ?, ?)",
            (*here, event.at),
        )


def _work_begun(connection: Connection, event: Event) -> None:
    work = event.payload
    connection.execute(
        "INSERT INTO work_orders (coder, round, work_order, questions, at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (coder, round) DO UPDATE SET work_order = excluded.work_order, "
        "questions = excluded.questions, at = excluded.at",
        (work["coder"], work["round"], work["order"], canonical_json(work["questions"]), event.at),
    )


APPLY = {
    "answer.read": _read,
    "answer.starred": _starred,
    "answer.linked": _linked,
    "work.begun": _work_begun,
}
