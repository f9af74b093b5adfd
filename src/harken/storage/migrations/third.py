"""Step 3: what theme tables are counted from, what was declared before them, and quotes for print."""

from __future__ import annotations

from sqlite_utils import Database


def theme_tables(database: Database) -> None:
    """The tables behind theme tables and quotes."""
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
