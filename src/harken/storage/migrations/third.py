"""Step 3: what theme tables are counted from, what was declared before them, and quotes for print."""

from __future__ import annotations

from sqlite_utils import Database

from harken.storage.schema import EVERY_RESPONSE

_PEOPLE_SETS = """CREATE TABLE people_sets (
question_id INTEGER NOT NULL, occasion TEXT NOT NULL, block INTEGER NOT NULL,
kind TEXT NOT NULL, name TEXT NOT NULL, bits BLOB NOT NULL,
PRIMARY KEY (question_id, occasion, block, kind, name)) STRICT"""


def theme_tables(database: Database) -> None:
    """The tables behind theme tables and quotes."""
    _people_sets(database)
    database.create_table(
        "prespecified",
        {"theme": str, "by": str, "actor": str, "at": str},
        pk="theme",
        not_null={"by", "actor", "at"},
        strict=True,
    )
    database.create_table(
        "quote_edits",
        {
            "response_id": int,
            "start": int,
            "end": int,
            "words_hash": str,
            "is_cleared": int,
            "by": str,
            "at": str,
        },
        pk=("response_id", "start", "end"),
        not_null={"words_hash", "is_cleared", "by", "at"},
        foreign_keys=[("response_id", "responses", "id")],
        strict=True,
    )


def _people_sets(database: Database) -> None:
    """Sets of people that are made when the first table is counted: until then every response is stale."""
    database.execute(_PEOPLE_SETS)
    database.create_table(
        "people_index", {"layout": int, "body": str}, pk="layout", not_null={"body"}, strict=True
    )
    database.create_table("stale_responses", {"response_id": int}, pk="response_id", strict=True)
    database.execute("INSERT INTO stale_responses (response_id) VALUES (?)", [EVERY_RESPONSE])
