"""Checking a project file against its journal, and mending what the journal can mend."""

from __future__ import annotations

from collections.abc import Iterator

from harken.storage import projections
from harken.storage.contents import ContentKind, keyed_hash
from harken.storage.driver import Connection, transaction
from harken.storage.journal import broken_links, replay
from harken.storage.schema import PROJECTIONS, TRIGGERS, VIEWS
from harken.storage.store import Store
from harken.storage.survey import rows_sha256


def findings(store: Store) -> Iterator[str]:
    """What is wrong with the file, a sentence each; nothing for a sound one."""
    yield from _damaged_pages(store.connection)
    yield from _missing_triggers(store.connection)
    yield from broken_links(store.connection)
    yield from _changed_rows(store)
    yield from _changed_contents(store.connection)
    yield from _stray_projections(store.connection)


def _damaged_pages(connection: Connection) -> Iterator[str]:
    for (verdict,) in connection.execute("PRAGMA integrity_check(20)"):
        if verdict != "ok":
            yield f"the file is damaged: {verdict}"
    for table, *_ in connection.execute("PRAGMA foreign_key_check"):
        yield f"table {table} refers to a row that is gone"


def _missing_triggers(connection: Connection) -> Iterator[str]:
    present = {
        name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    }
    wanted = {words.split()[0] for words in TRIGGERS.split("CREATE TRIGGER ")[1:]}
    for name in sorted(wanted - present):
        yield f"the guard {name} is missing: rows that are written once could be changed"


def _changed_rows(store: Store) -> Iterator[str]:
    for id, file, wanted in store.connection.execute(
        "SELECT id, payload ->> '$.file', payload ->> '$.rows_sha256' FROM events "
        "WHERE kind = 'survey.imported'"
    ).fetchall():
        if rows_sha256(store, id) != wanted:
            yield f"the rows imported from {file} are not those that the journal vouches for"


def _changed_contents(connection: Connection) -> Iterator[str]:
    (project_salt,) = connection.execute("SELECT value FROM project WHERE name = 'salt'").fetchone()
    kind: ContentKind
    for sealed, kind, body, person, salt in connection.execute(
        "SELECT c.hash, c.kind, c.body, c.participant_id, p.salt FROM contents c "
        "LEFT JOIN participants p ON p.id = c.participant_id"
    ):
        key = project_salt if person is None else salt
        if key is None:
            yield f"a {kind} of a participant who withdrew is still there"
        elif keyed_hash(body, kind=kind, salt=key) != sealed:
            yield f"a {kind} text does not match its hash {sealed}: it was changed"
    (n_lost,) = connection.execute(
        "SELECT count(*) FROM responses r JOIN participants p ON p.id = r.participant_id "
        "LEFT JOIN contents c ON c.hash = r.text_hash "
        "WHERE r.text_hash <> '' AND c.hash IS NULL AND p.salt IS NOT NULL"
    ).fetchone()
    if n_lost:
        yield f"the texts of {n_lost} responses are gone"


def _stray_projections(connection: Connection) -> Iterator[str]:
    """Replay the journal into temporary tables that stand before the stored ones, and compare."""
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        for sql in _definitions(connection):
            connection.execute(sql.replace("CREATE TABLE", "CREATE TEMP TABLE", 1))
        connection.execute("BEGIN")
        for event in replay(connection):
            projections.apply(connection, event)
        connection.execute("COMMIT")
        for table in PROJECTIONS:
            n_extra = _n_rows_only_in(connection, f"main.{table}", f"temp.{table}")
            n_missing = _n_rows_only_in(connection, f"temp.{table}", f"main.{table}")
            if n_extra or n_missing:
                yield (
                    f"table {table} is not what the journal gives: "
                    f"{n_missing} rows missing, {n_extra} too many"
                )
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        for table in PROJECTIONS:
            connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
        connection.execute("PRAGMA foreign_keys = ON")


def _definitions(connection: Connection) -> list[str]:
    marks = ", ".join("?" * len(PROJECTIONS))
    rows = connection.execute(
        f"SELECT sql FROM main.sqlite_master WHERE type = 'table' AND name IN ({marks})", PROJECTIONS
    )
    return [sql for (sql,) in rows.fetchall()]


def _n_rows_only_in(connection: Connection, here: str, there: str) -> int:
    (n,) = connection.execute(
        f"SELECT count(*) FROM (SELECT * FROM {here} EXCEPT SELECT * FROM {there})"
    ).fetchone()
    return int(n)


def mend(store: Store) -> None:
    """Make guards, views and projections anew from the journal; journal, rows and texts stay as they are."""
    connection = store.connection
    with transaction(connection):
        for table in PROJECTIONS:
            connection.execute(f"DELETE FROM {table}")
        for event in list(replay(connection)):
            projections.apply(connection, event)
    connection.executescript(TRIGGERS + VIEWS)
