"""Variables, text lists with the non-responses they make, exclusions and withdrawals."""

from __future__ import annotations

from collections.abc import Iterable

from harken.model import WITHDRAWN, TextList, normal_text
from harken.storage.driver import Connection
from harken.storage.journal import Event

_ABOUT_RESPONSES = (
    *("non_responses", "decisions", "codings", "drafts", "decision_log", "assignments"),
    *("memos", "theme_quotes", "stars", "readings", "links", "marks", "alerts", "replies"),
    "quote_edits",
)
"""Tables whose rows go when the participant of their response withdraws."""


def _imported(connection: Connection, event: Event) -> None:
    connection.executemany(
        "INSERT INTO variables (name, position, role, per_response) "
        "VALUES (?, (SELECT count(*) FROM variables), ?, ?) ON CONFLICT DO NOTHING",
        [(v["name"], v["role"], int(v["per_response"])) for v in event.payload["variables"]],
    )
    _mark_non_responses(connection, "r.import_id = ?", (event.id,))


def _texts_listed(connection: Connection, event: Event) -> None:
    rules = event.payload["rules"]
    connection.executemany(
        "INSERT INTO text_rules (list, question, normal_text, text) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        [(rule["list"], rule["question"], normal_text(rule["text"]), rule["text"]) for rule in rules],
    )
    if any(rule["list"] == TextList.NON_RESPONSE for rule in rules):
        _mark_non_responses(connection, "true", ())


def _mark_non_responses(connection: Connection, condition: str, values: Iterable[str]) -> None:
    """Among the responses of `condition`, mark the blank ones and those whose text a list names.

    People who withdrew have no salt and no texts; their responses are neither.
    """
    listed = set(
        connection.execute(
            "SELECT question, normal_text FROM text_rules WHERE list = ?", (TextList.NON_RESPONSE,)
        )
    )
    rows = connection.execute(
        "SELECT r.id, q.name, c.body, r.text_hash FROM responses r JOIN questions q ON q.id = r.question_id "
        "JOIN participants p ON p.id = r.participant_id "
        f"LEFT JOIN contents c ON c.hash = r.text_hash WHERE p.salt IS NOT NULL AND {condition}",
        tuple(values),
    )
    marked = []
    for id, question, body, text_hash in rows:
        if body is None and text_hash != "":
            continue  # lost: there is no text to judge, and the check of texts says so
        text = normal_text(body or "")
        if text == "" or ("", text) in listed or (question, text) in listed:
            marked.append((id,))
    connection.executemany(
        "INSERT INTO non_responses (response_id) VALUES (?) ON CONFLICT DO NOTHING", marked
    )


def _ids(connection: Connection, names: Iterable[str]) -> list[tuple[int]]:
    found = []
    for name in names:
        row = connection.execute("SELECT id FROM participants WHERE name = ?", (name,)).fetchone()
        if row is not None:
            found.append(row)
    return found


def _excluded(connection: Connection, event: Event) -> None:
    reason = event.payload["reason"]
    connection.executemany(
        "INSERT INTO exclusions (participant_id, reason) SELECT ?, ? "
        "WHERE NOT EXISTS (SELECT 1 FROM inclusions WHERE participant_id = ?) ON CONFLICT DO NOTHING",
        [(id, reason, id) for (id,) in _ids(connection, event.payload["participants"])],
    )


def _included(connection: Connection, event: Event) -> None:
    for row in _ids(connection, event.payload["participants"]):
        connection.execute(
            "DELETE FROM exclusions WHERE participant_id = ? AND reason <> ?", (*row, WITHDRAWN)
        )
        connection.execute("INSERT INTO inclusions (participant_id) VALUES (?) ON CONFLICT DO NOTHING", row)


def _withdrawn(connection: Connection, event: Event) -> None:
    name = event.payload["participant"]
    connection.execute(
        "INSERT INTO withdrawals (participant, at) VALUES (?, ?) ON CONFLICT DO NOTHING", (name, event.at)
    )
    for row in _ids(connection, [name]):
        connection.execute(
            "INSERT INTO exclusions (participant_id, reason) VALUES (?, ?) "
            "ON CONFLICT (participant_id) DO UPDATE SET reason = excluded.reason",
            (*row, WITHDRAWN),
        )
        for table in _ABOUT_RESPONSES:
            connection.execute(
                f"DELETE FROM {table} WHERE response_id IN "
                "(SELECT id FROM responses WHERE participant_id = ?)",
                row,
            )
        connection.execute(
            "DELETE FROM links WHERE to_response_id IN (SELECT id FROM responses WHERE participant_id = ?)",
            row,
        )
        connection.execute("DELETE FROM memos WHERE participant_id = ?", row)


APPLY = {
    "survey.imported": _imported,
    "texts.listed": _texts_listed,
    "participants.excluded": _excluded,
    "participants.included": _included,
    "participant.withdrawn": _withdrawn,
}
