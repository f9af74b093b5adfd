"""Finding in this file what an event names."""

from __future__ import annotations

from collections.abc import Sequence

from harken.storage.driver import Connection


def response_at(connection: Connection, key: Sequence[str]) -> int | None:
    """The id of a response; None if its participant withdrew or it is not in this file."""
    row = connection.execute(
        "SELECT r.id FROM responses r JOIN participants p ON p.id = r.participant_id "
        "JOIN questions q ON q.id = r.question_id WHERE p.name = ? AND q.name = ? AND r.occasion = ? "
        "AND NOT EXISTS (SELECT 1 FROM withdrawals w WHERE w.participant = p.name)",
        tuple(key),
    ).fetchone()
    return row[0] if row else None


def participant_at(connection: Connection, name: str) -> int | None:
    """The id of a participant; None if they withdrew or are not in this file."""
    row = connection.execute(
        "SELECT id FROM participants WHERE name = ? "
        "AND NOT EXISTS (SELECT 1 FROM withdrawals w WHERE w.participant = name)",
        (name,),
    ).fetchone()
    return row[0] if row else None
