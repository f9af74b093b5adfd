"""Keeping the index of the answers' words up to date with their texts."""

from __future__ import annotations

from collections.abc import Iterator

from harken.storage import driver
from harken.storage.driver import Connection
from harken.storage.store import Store


def index_new(connection: Connection, *, after: int) -> None:
    """Index the responses whose ids are higher than `after`, all at once."""
    connection.execute(
        "INSERT INTO answer_index (rowid, body) SELECT id, body FROM v_searchable WHERE id > ?", (after,)
    )


def last_response_id(connection: Connection) -> int:
    """The highest id of a response, 0 before the first."""
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM responses").fetchone()
    return int(last)


def forget(connection: Connection, participant_id: int) -> None:
    """Take the words of a participant's answers out of the index, while their texts are still there.

    Deleting alone only notes beside the words that they no longer count; merging the whole index into one
    part drops them. Their bytes stay in freed pages until the file is rewritten.
    """
    answers = connection.execute(
        "SELECT v.id, v.body FROM v_searchable v JOIN responses r ON r.id = v.id WHERE r.participant_id = ?",
        (participant_id,),
    ).fetchall()
    connection.executemany(
        "INSERT INTO answer_index (answer_index, rowid, body) VALUES ('delete', ?, ?)", answers
    )
    connection.executemany(
        "INSERT INTO answer_index (rowid, body) VALUES (?, '')", [(id,) for id, _ in answers]
    )
    connection.execute("INSERT INTO answer_index (answer_index) VALUES ('optimize')")


def rebuild(connection: Connection) -> None:
    """Make the index anew from the texts as they are stored."""
    connection.execute("INSERT INTO answer_index (answer_index) VALUES ('rebuild')")


def index_findings(store: Store) -> Iterator[str]:
    """What the index says otherwise than the texts, a sentence; others wait while it is compared."""
    if store.is_read_only:
        return  # SQLite compares an index only where it may write
    try:
        with driver.trial(store.connection):
            store.connection.execute(
                "INSERT INTO answer_index (answer_index, rank) VALUES ('integrity-check', 1)"
            )
    except driver.DatabaseError as error:
        if "malformed" not in str(error):
            raise
        yield "the index of the answers' words does not match the answers"
