"""Step 1: the journal, the survey, the study, the codebook, the coding."""

from __future__ import annotations

from sqlite_utils import Database

from harken.storage.schema import LATEST_WORK_INDEX


def first_schema(database: Database) -> None:
    """Every table of the first release."""
    _journal(database)
    _survey(database)
    _study(database)
    _codebook(database)
    _coding(database)


def _journal(database: Database) -> None:
    database.create_table("project", {"name": str, "value": str}, pk="name", not_null={"value"}, strict=True)
    database.create_table(
        "events",
        {
            "seq": int,
            "id": str,
            "counter": int,
            "at": str,
            "actor": str,
            "kind": str,
            "payload": str,
            "parent": str,
            "hash": str,
        },
        pk="seq",
        not_null={"id", "counter", "at", "actor", "kind", "payload", "parent", "hash"},
        strict=True,
    )
    for column in ("id", "hash"):
        database.table("events").create_index([column], unique=True)
    database.table("events").create_index(["counter", "at", "id"])
    database.execute(LATEST_WORK_INDEX)
    database.create_table(
        "looks",
        {"id": str, "at": str, "actor": str, "kind": str, "payload": str},
        pk="id",
        not_null={"at", "actor", "kind", "payload"},
        strict=True,
    )
    database.create_table(
        "contents",
        {"hash": str, "participant_id": int, "kind": str, "body": str},
        pk="hash",
        not_null={"kind", "body"},
        strict=True,
    )
    database.table("contents").create_index(["participant_id"])


def _survey(database: Database) -> None:
    database.create_table(
        "participants",
        {"id": int, "name": str, "salt": str, "attributes_hash": str, "import_id": str},
        pk="id",
        not_null={"name", "attributes_hash", "import_id"},
        strict=True,
    )
    database.table("participants").create_index(["name"], unique=True)
    database.create_table(
        "questions",
        {"id": int, "name": str, "asked_variable": str, "import_id": str},
        pk="id",
        not_null={"name", "asked_variable", "import_id"},
        strict=True,
    )
    database.table("questions").create_index(["name"], unique=True)
    database.create_table(
        "responses",
        {
            "id": int,
            "participant_id": int,
            "question_id": int,
            "occasion": str,
            "text_hash": str,
            "attributes_hash": str,
            "import_id": str,
        },
        pk="id",
        not_null={"participant_id", "question_id", "occasion", "text_hash", "attributes_hash", "import_id"},
        foreign_keys=[("participant_id", "participants", "id"), ("question_id", "questions", "id")],
        strict=True,
    )
    database.table("responses").create_index(["participant_id", "question_id", "occasion"], unique=True)
    database.table("responses").create_index(["question_id"])


def _study(database: Database) -> None:
    database.create_table("settings", {"name": str, "value": str}, pk="name", not_null={"value"}, strict=True)
    database.create_table(
        "coders", {"name": str, "position": int}, pk="name", not_null={"position"}, strict=True
    )
    database.create_table(
        "rounds",
        {
            "name": str,
            "position": int,
            "kind": str,
            "is_blind": int,
            "hides_group": int,
            "primary_coder": str,
            "coders": str,
        },
        pk="name",
        not_null={"position", "kind", "is_blind", "hides_group", "primary_coder", "coders"},
        strict=True,
    )
    database.create_table(
        "assignments",
        {"round": str, "coder": str, "response_id": int},
        pk=("round", "coder", "response_id"),
        foreign_keys=[("response_id", "responses", "id")],
        strict=True,
    )
    database.create_table(
        "variables",
        {"name": str, "position": int, "role": str, "per_response": int},
        pk="name",
        not_null={"position", "role", "per_response"},
        strict=True,
    )
    database.create_table(
        "text_rules",
        {"list": str, "question": str, "normal_text": str, "text": str},
        pk=("list", "question", "normal_text"),
        not_null={"text"},
        strict=True,
    )
    database.create_table(
        "non_responses",
        {"response_id": int},
        pk="response_id",
        foreign_keys=[("response_id", "responses", "id")],
        strict=True,
    )
    database.create_table(
        "exclusions",
        {"participant_id": int, "reason": str},
        pk="participant_id",
        not_null={"reason"},
        foreign_keys=[("participant_id", "participants", "id")],
        strict=True,
    )
    database.create_table(
        "inclusions",
        {"participant_id": int},
        pk="participant_id",
        foreign_keys=[("participant_id", "participants", "id")],
        strict=True,
    )
    database.create_table(
        "withdrawals", {"participant": str, "at": str}, pk="participant", not_null={"at"}, strict=True
    )


def _codebook(database: Database) -> None:
    database.create_table(
        "families",
        {"key": str, "position": int, "body": str},
        pk="key",
        not_null={"position", "body"},
        strict=True,
    )
    database.create_table(
        "codes",
        {"id": str, "path": str, "position": int, "body": str, "merged_into": str, "is_removed": int},
        pk="id",
        not_null={"path", "position", "body", "merged_into", "is_removed"},
        strict=True,
    )


def _coding(database: Database) -> None:
    database.create_table(
        "decision_log",
        {"event_id": str, "item": int, "response_id": int, "round": str, "coder": str, "is_undone": int},
        pk=("event_id", "item"),
        not_null={"response_id", "round", "coder", "is_undone"},
        foreign_keys=[("response_id", "responses", "id")],
        strict=True,
    )
    database.table("decision_log").create_index(["response_id", "round", "coder"])
    decided = {"response_id": int, "round": str, "coder": str}
    database.create_table(
        "decisions",
        {
            **decided,
            "event_id": str,
            "item": int,
            "state": str,
            "is_unsure": int,
            "memo_hash": str,
            "message_hash": str,
            "codebook_id": str,
            "at": str,
        },
        pk=("response_id", "round", "coder"),
        not_null={"event_id", "item", "state", "is_unsure", "memo_hash", "message_hash", "codebook_id", "at"},
        foreign_keys=[("response_id", "responses", "id")],
        strict=True,
    )
    database.table("decisions").create_index(["coder", "round"])
    database.create_table(
        "codings",
        {**decided, "code_id": str, "start": int, "end": int},
        pk=("response_id", "round", "coder", "code_id", "start", "end"),
        foreign_keys=[("response_id", "responses", "id")],
        strict=True,
    )
    database.table("codings").create_index(["code_id"])
    database.create_table(
        "drafts",
        {
            **decided,
            "codings": str,
            "is_unsure": int,
            "memo_hash": str,
            "message_hash": str,
            "at": str,
        },
        pk=("response_id", "round", "coder"),
        not_null={"codings", "is_unsure", "memo_hash", "message_hash", "at"},
        foreign_keys=[("response_id", "responses", "id")],
        strict=True,
    )
