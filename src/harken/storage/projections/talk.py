"""The lead's replies to coders' questions, and the meetings of the team."""

from __future__ import annotations

from harken.storage.driver import Connection
from harken.storage.journal import Event
from harken.storage.projections.places import response_at


def _answered(connection: Connection, event: Event) -> None:
    reply = event.payload
    response = response_at(connection, reply["response"])
    if response is not None:
        connection.execute(
            "INSERT INTO replies (response_id, round, coder, asked_hash, by, reply_hash, rule_code_id, at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (response_id, round, coder) DO UPDATE SET "
            "asked_hash = excluded.asked_hash, by = excluded.by, reply_hash = excluded.reply_hash, "
            "rule_code_id = excluded.rule_code_id, at = excluded.at",
            (
                response,
                reply["round"],
                reply["coder"],
                reply["asked"],
                event.actor,
                reply["reply"],
                reply["rule_code"],
                event.at,
            ),
        )


def _meeting_held(connection: Connection, event: Event) -> None:
    connection.execute(
        "INSERT INTO meetings (id, counter, held_by, outcome_hash, at) VALUES (?, ?, ?, ?, ?)",
        (event.id, event.counter, event.actor, event.payload["outcome"], event.at),
    )


APPLY = {"question.answered": _answered, "meeting.held": _meeting_held}
