"""Step 2: what is read, marked, noted, asked and agreed around the answers, and the index of their words."""

from __future__ import annotations

from sqlite_utils import Database

from harken.storage.schema import ANSWER_INDEX, MEMO_INDEX, SEARCHABLE

_ON_RESPONSE = [("response_id", "responses", "id")]


def reading_room(database: Database) -> None:
    """The tables of the reading room; the words of all answers are indexed."""
    # The index reads the texts through this view, which is made anew with the others.
    database.execute(SEARCHABLE)
    database.execute(ANSWER_INDEX)
    database.execute("INSERT INTO answer_index (answer_index) VALUES ('rebuild')")
    database.table("codings").create_index(["code_id", "response_id"])
    _notes(database)
    _reading(database)
    _marks(database)
    _talk(database)


def _notes(database: Database) -> None:
    database.create_table(
        "memos",
        {
            "id": str,
            "about": str,
            "question": str,
            "code_id": str,
            "participant_id": int,
            "response_id": int,
            "author": str,
            "body_hash": str,
            "written_at": str,
            "changed_at": str,
            "changed_by": str,
        },
        pk="id",
        not_null={
            *("about", "question", "code_id", "author", "body_hash"),
            *("written_at", "changed_at", "changed_by"),
        },
        foreign_keys=[("participant_id", "participants", "id"), *_ON_RESPONSE],
        strict=True,
    )
    for column in ("response_id", "participant_id"):
        database.table("memos").create_index([column])
    database.execute(MEMO_INDEX)
    database.create_table(
        "analytic_themes",
        {
            "id": str,
            "position": int,
            "author": str,
            "name_hash": str,
            "idea_hash": str,
            "codes": str,
            "memos": str,
            "written_at": str,
            "changed_at": str,
            "changed_by": str,
        },
        pk="id",
        not_null={
            *("position", "author", "name_hash", "idea_hash", "codes", "memos"),
            *("written_at", "changed_at", "changed_by"),
        },
        strict=True,
    )
    database.create_table(
        "theme_quotes",
        {"theme_id": str, "response_id": int, "start": int, "end": int, "position": int},
        pk=("theme_id", "response_id", "start", "end"),
        not_null={"position"},
        foreign_keys=_ON_RESPONSE,
        strict=True,
    )


def _reading(database: Database) -> None:
    by_coder = {"response_id": int, "coder": str}
    for name in ("stars", "readings"):
        database.create_table(
            name,
            {**by_coder, "at": str},
            pk=("response_id", "coder"),
            not_null={"at"},
            foreign_keys=_ON_RESPONSE,
            strict=True,
        )
        database.table(name).create_index(["coder", "at"])
    database.create_table(
        "links",
        {**by_coder, "to_response_id": int, "at": str},
        pk=("response_id", "coder", "to_response_id"),
        not_null={"at"},
        foreign_keys=[*_ON_RESPONSE, ("to_response_id", "responses", "id")],
        strict=True,
    )
    database.create_table(
        "work_orders",
        {"coder": str, "round": str, "work_order": str, "questions": str, "at": str},
        pk=("coder", "round"),
        not_null={"work_order", "questions", "at"},
        strict=True,
    )


def _marks(database: Database) -> None:
    database.create_table(
        "marks",
        {
            "response_id": int,
            "kind": str,
            "start": int,
            "end": int,
            "coder": str,
            "label": str,
            "at": str,
        },
        pk=("response_id", "kind", "start", "end", "coder"),
        not_null={"label", "at"},
        foreign_keys=_ON_RESPONSE,
        strict=True,
    )
    database.create_table(
        "alerts",
        {
            "response_id": int,
            "coder": str,
            "note_hash": str,
            "at": str,
            "closed_by": str,
            "answer_hash": str,
            "closed_at": str,
        },
        pk=("response_id", "coder"),
        not_null={"note_hash", "at", "closed_by", "answer_hash", "closed_at"},
        foreign_keys=_ON_RESPONSE,
        strict=True,
    )


def _talk(database: Database) -> None:
    database.create_table(
        "replies",
        {
            "response_id": int,
            "round": str,
            "coder": str,
            "asked_hash": str,
            "by": str,
            "reply_hash": str,
            "rule_code_id": str,
            "at": str,
        },
        pk=("response_id", "round", "coder"),
        not_null={"asked_hash", "by", "reply_hash", "rule_code_id", "at"},
        foreign_keys=_ON_RESPONSE,
        strict=True,
    )
    database.create_table(
        "meetings",
        {"id": str, "counter": int, "held_by": str, "outcome_hash": str, "at": str},
        pk="id",
        not_null={"counter", "held_by", "outcome_hash", "at"},
        strict=True,
    )
