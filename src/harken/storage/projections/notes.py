"""Memos and analytic themes."""

from __future__ import annotations

from harken.storage.driver import Connection
from harken.storage.journal import Event, canonical_json
from harken.storage.projections.places import participant_at, response_at


def _memo_written(connection: Connection, event: Event) -> None:
    memo = event.payload
    response = response_at(connection, memo["response"]) if memo["response"] else None
    person = participant_at(connection, memo["participant"]) if memo["participant"] else None
    if (memo["response"] and response is None) or (memo["participant"] and person is None):
        return
    connection.execute(
        "INSERT INTO memos (id, about, question, code_id, participant_id, response_id, author, body_hash, "
        "written_at, changed_at, changed_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET body_hash = excluded.body_hash, changed_at = excluded.changed_at, "
        "changed_by = excluded.changed_by",
        (
            memo["memo"],
            memo["about"],
            memo["question"],
            memo["code"],
            person,
            response,
            memo["author"],
            memo["body"],
            event.at,
            event.at,
            event.actor,
        ),
    )


def _memo_drafted(connection: Connection, event: Event) -> None:
    """A draft makes nothing: its coder's screen reads it in the journal."""


def _memo_removed(connection: Connection, event: Event) -> None:
    connection.execute("DELETE FROM memos WHERE id = ?", (event.payload["memo"],))


def _theme_written(connection: Connection, event: Event) -> None:
    theme = event.payload
    connection.execute(
        "INSERT INTO analytic_themes (id, position, author, name_hash, idea_hash, codes, memos, written_at, "
        "changed_at, changed_by) "
        "VALUES (?, (SELECT count(*) FROM analytic_themes), ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET name_hash = excluded.name_hash, idea_hash = excluded.idea_hash, "
        "codes = excluded.codes, memos = excluded.memos, changed_at = excluded.changed_at, "
        "changed_by = excluded.changed_by",
        (
            theme["theme"],
            theme["author"],
            theme["name"],
            theme["idea"],
            canonical_json(theme["codes"]),
            canonical_json(theme["memos"]),
            event.at,
            event.at,
            event.actor,
        ),
    )
    connection.execute("DELETE FROM theme_quotes WHERE theme_id = ?", (theme["theme"],))
    for position, quote in enumerate(theme["quotes"]):
        response = response_at(connection, quote["response"])
        if response is not None:
            connection.execute(
                'INSERT INTO theme_quotes (theme_id, response_id, start, "end", position) '
                "VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (theme["theme"], response, quote["start"], quote["end"], position),
            )


def _theme_removed(connection: Connection, event: Event) -> None:
    connection.execute("DELETE FROM theme_quotes WHERE theme_id = ?", (event.payload["theme"],))
    connection.execute("DELETE FROM analytic_themes WHERE id = ?", (event.payload["theme"],))


APPLY = {
    "memo.written": _memo_written,
    "memo.drafted": _memo_drafted,
    "memo.removed": _memo_removed,
    "theme.written": _theme_written,
    "theme.removed": _theme_removed,
}
