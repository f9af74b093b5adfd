"""Checking a project file against its journal, and mending what the journal can mend."""

from __future__ import annotations

import json
from collections.abc import Iterator

from harken.errors import HarkenError
from harken.storage import projections
from harken.storage.answers.index import index_findings, rebuild
from harken.storage.contents import ContentKind, keyed_hash
from harken.storage.counted import keeping
from harken.storage.driver import Connection, DatabaseError, snapshot
from harken.storage.journal import broken_links, replay
from harken.storage.schema import PROJECTIONS, STALE_TRIGGERS, TRIGGERS, VIEWS, make_guards_and_views
from harken.storage.store import Store
from harken.storage.survey_rows import rows_sha256


def findings(store: Store) -> Iterator[str]:
    """What is wrong with the file, a sentence each; nothing for a sound one.

    All of it is read at one moment, so that others may go on writing. What builds on something broken is
    not looked at: damaged pages, tables that are gone and a journal that does not verify end the search.
    """
    connection = store.connection
    # The replay fills temporary tables, whose rows refer to none.
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        with snapshot(connection):
            for check in (_damaged_pages, _missing_tables):
                found = list(check(connection))
                yield from found
                if found:
                    return
            yield from _changed_guards(connection)
            changed = list(_changed_contents(connection))
            yield from changed
            broken = list(broken_links(connection))
            yield from broken
            if not broken:
                yield from _changed_rows(store)
                yield from _stray_projections(connection)
        if not changed:
            # Its own transaction: SQLite compares an index only where it may write.
            yield from index_findings(store)
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _damaged_pages(connection: Connection) -> Iterator[str]:
    try:
        verdicts = connection.execute("PRAGMA integrity_check(20)").fetchall()
        broken = {table for table, *_ in connection.execute("PRAGMA foreign_key_check")}
    except DatabaseError as error:  # so damaged that the check itself stumbles
        yield f"the file is damaged: {error}"
        return
    for (verdict,) in verdicts:
        if verdict != "ok":
            yield f"the file is damaged: {' '.join(verdict.split())}"
    for table in sorted(broken):
        yield f"table {table} refers to rows that are gone"


def _missing_tables(connection: Connection) -> Iterator[str]:
    with Store.in_memory() as whole:
        for name in sorted(_names(whole.connection) - _names(connection)):
            yield f"{name} is missing: somebody took it out of the file"


def _names(connection: Connection) -> set[str]:
    return {
        f"the {type} {name}"
        for type, name in connection.execute(
            "SELECT type, name FROM main.sqlite_schema WHERE type IN ('table', 'index') "
            "AND name NOT LIKE 'sqlite_%'"
        )
    }


def _changed_guards(connection: Connection) -> Iterator[str]:
    present = dict(
        connection.execute(
            "SELECT name, sql FROM main.sqlite_schema WHERE type IN ('trigger', 'view')"
        ).fetchall()
    )
    triggers = {
        name for (name,) in connection.execute("SELECT name FROM main.sqlite_schema WHERE type = 'trigger'")
    }
    for name, sql in TRIGGERS.items():
        if present.get(name) != sql.strip():
            what = "changed" if name in present else "missing"
            if name in STALE_TRIGGERS:
                yield f"the trigger {name} is {what}: theme tables could miss what was decided since"
            else:
                yield f"the guard {name} is {what}: rows that are written once could be changed"
    for name, sql in VIEWS.items():
        if present.get(name) != sql.strip():
            yield f"the view {name} is {'changed' if name in present else 'missing'}"
    for name in sorted(triggers - set(TRIGGERS)):
        yield f"the trigger {name} is not Harken's: it can change what is written"


def _changed_rows(store: Store) -> Iterator[str]:
    connection = store.connection
    imports = connection.execute("SELECT id, payload FROM events WHERE kind = 'survey.imported'").fetchall()
    for id, text in imports:
        payload = json.loads(text)
        if rows_sha256(store, id) != payload["rows_sha256"]:
            yield f"the rows imported from {payload['file']} are not those that the journal vouches for"
    for table in ("participants", "responses"):
        (n_stray,) = connection.execute(
            f"SELECT count(*) FROM {table} WHERE import_id NOT IN "
            "(SELECT id FROM events WHERE kind = 'survey.imported')"
        ).fetchone()
        if n_stray:
            yield f"{n_stray} rows of {table} came from no import"
    yield from _changed_questions(connection, {id: json.loads(text) for id, text in imports})


def _changed_questions(connection: Connection, imports: dict[str, dict[str, object]]) -> Iterator[str]:
    for name, asked, import_id in connection.execute("SELECT name, asked_variable, import_id FROM questions"):
        payload = imports.get(import_id, {})
        known, asked_then = payload.get("questions"), payload.get("asked")
        if isinstance(known, list) and name not in known:
            yield f"the question {name} is not one that was imported"
        elif isinstance(asked_then, dict) and asked_then.get(name, "") != asked:
            yield f"who was asked the question {name} is not what was imported"


def _changed_contents(connection: Connection) -> Iterator[str]:
    salts = connection.execute("SELECT value FROM project WHERE name = 'salt'").fetchall()
    if not salts:
        yield "what identifies the project is gone"
        return
    ((project_salt,),) = salts
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
    for what, table, column in (
        ("texts", "responses", "text_hash"),
        ("attributes", "responses", "attributes_hash"),
        ("attributes", "participants", "attributes_hash"),
        ("memos", "decisions", "memo_hash"),
        ("messages", "decisions", "message_hash"),
        ("memos", "drafts", "memo_hash"),
        ("messages", "drafts", "message_hash"),
        ("messages", "alerts", "note_hash"),
        ("ends", "alerts", "answer_hash"),
        ("questions", "replies", "asked_hash"),
        ("words", "replies", "reply_hash"),
        ("wordings", "quote_edits", "words_hash"),
    ):
        n_lost = _n_lost(connection, table, column)
        if n_lost:
            yield f"the {what} of {n_lost} {table} are gone"
    for what, table, column in (
        ("texts", "memos", "body_hash"),
        ("names", "analytic_themes", "name_hash"),
        ("ideas", "analytic_themes", "idea_hash"),
        ("outcomes", "meetings", "outcome_hash"),
    ):
        (n_lost,) = connection.execute(
            f"SELECT count(*) FROM {table} x WHERE x.{column} <> '' "
            f"AND NOT EXISTS (SELECT 1 FROM contents c WHERE c.hash = x.{column})"
        ).fetchone()
        if n_lost:
            yield f"the {what} of {n_lost} {table} are gone"
    (n_keys_lost,) = connection.execute(
        "SELECT count(*) FROM participants "
        "WHERE (salt IS NULL) <> (name IN (SELECT participant FROM withdrawals))"
    ).fetchone()
    if n_keys_lost:
        yield f"{n_keys_lost} participants have lost or regained the key of their texts"


def _n_lost(connection: Connection, table: str, column: str) -> int:
    person = {"participants": "x.id", "responses": "x.participant_id"}.get(table, "r.participant_id")
    join = "" if table in ("participants", "responses") else "JOIN responses r ON r.id = x.response_id "
    (n,) = connection.execute(
        f"SELECT count(*) FROM {table} x {join}JOIN participants p ON p.id = {person} "
        f"WHERE x.{column} <> '' AND p.salt IS NOT NULL "
        f"AND NOT EXISTS (SELECT 1 FROM contents c WHERE c.hash = x.{column})"
    ).fetchone()
    return int(n)


def _stray_projections(connection: Connection) -> Iterator[str]:
    """Replay the journal into temporary tables that stand before the stored ones, and compare."""
    try:
        for sql in _definitions(connection):
            connection.execute(sql)
        for event in replay(connection):
            projections.apply(connection, event)
        for table in PROJECTIONS:
            n_extra = _n_rows_only_in(connection, f"main.{table}", f"temp.{table}")
            n_missing = _n_rows_only_in(connection, f"temp.{table}", f"main.{table}")
            if n_extra or n_missing:
                yield (
                    f"table {table} is not what the journal gives: "
                    f"{n_missing} rows missing, {n_extra} too many"
                )
    finally:
        for table in PROJECTIONS:
            connection.execute(f"DROP TABLE IF EXISTS temp.{table}")


def _definitions(connection: Connection) -> list[str]:
    marks = ", ".join("?" * len(PROJECTIONS))
    rows = connection.execute(
        "SELECT type, sql FROM main.sqlite_schema WHERE type IN ('table', 'index') AND sql IS NOT NULL "
        f"AND tbl_name IN ({marks}) ORDER BY type DESC",
        PROJECTIONS,
    ).fetchall()
    return [
        sql.replace("CREATE TABLE ", "CREATE TEMP TABLE ", 1)
        if type == "table"
        else sql.replace(" INDEX ", " INDEX temp.", 1)
        for type, sql in rows
    ]


def _n_rows_only_in(connection: Connection, here: str, there: str) -> int:
    (n,) = connection.execute(
        f"SELECT count(*) FROM (SELECT * FROM {here} EXCEPT SELECT * FROM {there})"
    ).fetchone()
    return int(n)


def mend(store: Store) -> None:
    """Make guards, views, projections and the index of words anew; journal, rows and texts stay as they are.

    The sets of people go; the next theme table makes them anew.

    Refused where the journal itself does not verify: what was changed there would spread.
    """
    with store.action("") as action:
        connection = action.connection
        broken = next(broken_links(connection), None)
        if broken is not None:
            raise HarkenError(
                f"Nothing was repaired, since the journal does not verify: {broken}. Use a backup."
            )
        keeping.discard(connection)
        for table in PROJECTIONS:
            connection.execute(f"DELETE FROM {table}")
        for event in replay(connection):
            projections.apply(connection, event)
        make_guards_and_views(connection)
        rebuild(connection)
