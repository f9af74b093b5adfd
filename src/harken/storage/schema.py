"""The triggers that guard what is written once, the views for other tools, and which tables replay makes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from harken.model import WITHDRAWN
from harken.storage.driver import Connection

PROJECTIONS = (
    "settings",
    "coders",
    "rounds",
    "assignments",
    "variables",
    "text_rules",
    "non_responses",
    "exclusions",
    "inclusions",
    "withdrawals",
    "families",
    "codes",
    "decision_log",
    "decisions",
    "codings",
    "drafts",
    "memos",
    "analytic_themes",
    "theme_quotes",
    "stars",
    "readings",
    "links",
    "work_orders",
    "marks",
    "alerts",
    "replies",
    "meetings",
    "prespecified",
    "quote_edits",
)
"""Tables that hold nothing but what replaying the journal gives."""

WHOLE = -1
"""`start` and `end` of a coding on the whole response: a key column cannot be null."""


def _forbid(table: str, verb: str, why: str, *, columns: str = "") -> tuple[str, str]:
    name = f"{table}_no_{verb.lower()}"
    of = f" OF {columns}" if columns else ""
    return name, (
        f"CREATE TRIGGER {name} BEFORE {verb}{of} ON {table} BEGIN SELECT RAISE(ABORT, '{table}: {why}'); END"
    )


_ONCE = "written once"
_NO_REPLACE = """CREATE TRIGGER events_no_replace BEFORE INSERT ON events
WHEN EXISTS (SELECT 1 FROM events WHERE seq = NEW.seq OR id = NEW.id OR hash = NEW.hash)
BEGIN SELECT RAISE(ABORT, 'events: append only'); END"""
"""Holds in programs too that leave recursive triggers off, where a replacement deletes in silence."""
EVERY_RESPONSE = 0
"""In `stale_responses` it stands for all of them."""


def _note_stale(table: str, verb: str, row: str, *, columns: str = "") -> tuple[str, str]:
    """Let a change note the response whose decisions are read anew, unless that is noted already."""
    name = f"stale_{table}_{verb.lower()}"
    of = f" OF {columns}" if columns else ""
    return name, (
        f"CREATE TRIGGER {name} AFTER {verb}{of} ON {table} WHEN NOT EXISTS (SELECT 1 FROM stale_responses "
        f"WHERE response_id IN ({EVERY_RESPONSE}, {row}.response_id)) "
        f"BEGIN INSERT INTO stale_responses (response_id) VALUES ({row}.response_id); END"
    )


def _note_withdrawn(verb: str, row: str) -> tuple[str, str]:
    """Let a withdrawal, or one that is made anew, note all responses of its participant."""
    name = f"stale_exclusions_{verb.lower()}"
    reasons = "OLD.reason, NEW.reason" if verb == "UPDATE" else f"{row}.reason"
    return name, (
        f"CREATE TRIGGER {name} AFTER {verb} ON exclusions WHEN '{WITHDRAWN}' IN ({reasons}) AND NOT EXISTS "
        f"(SELECT 1 FROM stale_responses WHERE response_id = {EVERY_RESPONSE}) "
        "BEGIN INSERT INTO stale_responses (response_id) SELECT id FROM responses "
        f"WHERE participant_id = {row}.participant_id ON CONFLICT DO NOTHING; END"
    )


def _stale_triggers() -> Iterator[tuple[str, str]]:
    for verb, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
        for table in ("decisions", "non_responses"):
            yield _note_stale(table, verb, row)
        yield _note_withdrawn(verb, row)
    yield _note_stale("decision_log", "UPDATE", "NEW", columns="is_undone")


STALE_TRIGGERS: Mapping[str, str] = dict(_stale_triggers())
"""They note which responses the sets of people (`storage.counted`) have to read anew.

Codings have none, for it would slow every import: they change with their decision, or where codes are merged
or parted, which the sets see by the codebook.
"""

TRIGGERS: Mapping[str, str] = dict(
    [
        *STALE_TRIGGERS.items(),
        *(
            _forbid(table, verb, "append only")
            for table in ("events", "looks")
            for verb in ("UPDATE", "DELETE")
        ),
        ("events_no_replace", _NO_REPLACE),
        *(
            _forbid(table, verb, _ONCE)
            for table in ("project", "questions", "responses")
            for verb in ("UPDATE", "DELETE")
        ),
        _forbid("contents", "UPDATE", _ONCE),
        _forbid("participants", "DELETE", _ONCE),
        _forbid("participants", "UPDATE", _ONCE, columns="id, name, attributes_hash, import_id"),
    ]
)
"""A withdrawal may delete contents and blank a participant's salt; nothing else is ever taken away."""

SEARCHABLE = """CREATE VIEW v_searchable AS
SELECT r.id AS id, coalesce(c.body, '') AS body
FROM responses r LEFT JOIN contents c ON c.hash = r.text_hash"""
"""The texts behind `ANSWER_INDEX`, by response id."""
TOKENIZER = "unicode61 remove_diacritics 2"
ANSWER_INDEX = f"""CREATE VIRTUAL TABLE answer_index USING fts5(
body, content = 'v_searchable', content_rowid = 'id', prefix = '1 2 3 4',
tokenize = '{TOKENIZER}')"""
"""The words of the answers. It holds what participants wrote: a withdrawal has to clear it too."""

UNDOABLE = "kind IN ('decided', 'decision.undone', 'decision.redone')"
"""Condition on an event: an undo or redo looks at it."""
WORK_BY = "actor = ? AND json_extract(payload, '$.coder') = ? AND json_extract(payload, '$.round') = ?"
"""Condition on an event of `UNDOABLE`: whose hand, whose decision, in which round."""
LATEST_WORK_INDEX = f"""CREATE INDEX idx_events_latest_work ON events
(actor, json_extract(payload, '$.coder'), json_extract(payload, '$.round'), counter, at, id)
WHERE {UNDOABLE}"""
"""Finds a coder's latest decision in a round, however long the journal is."""

MEMO_INDEX = "CREATE INDEX idx_decisions_memo ON decisions (response_id) WHERE memo_hash <> ''"
"""Finds the few decisions that have a memo among very many."""

CODABLE = """
    r.id NOT IN (SELECT response_id FROM non_responses)
    AND r.participant_id NOT IN (SELECT participant_id FROM exclusions)
"""
"""Condition on a response `r`: it belongs in queues, agreement and tables."""

_CODINGS = f"""CREATE VIEW v_codings AS
SELECT p.name AS participant, q.name AS question, r.occasion AS occasion,
       d.round AS round, d.coder AS coder, coalesce(c.path, '') AS code,
       nullif(g.start, {WHOLE}) AS start, nullif(g."end", {WHOLE}) AS "end",
       d.state AS state, CASE WHEN d.is_unsure THEN 'yes' ELSE 'no' END AS unsure,
       coalesce(m.body, '') AS memo, d.at AS at
FROM decisions d
JOIN responses r ON r.id = d.response_id
JOIN participants p ON p.id = r.participant_id
JOIN questions q ON q.id = r.question_id
LEFT JOIN codings g ON g.response_id = d.response_id AND g.round = d.round AND g.coder = d.coder
LEFT JOIN codes c ON c.id = g.code_id
LEFT JOIN contents m ON m.hash = d.memo_hash
ORDER BY participant, question, occasion, round, coder, code, g.start, g."end"
"""
_ANSWERS = """CREATE VIEW v_answers AS
SELECT p.name AS participant, q.name AS question, r.occasion AS occasion,
       coalesce(t.body, '') AS response,
       CASE WHEN n.response_id IS NULL THEN 'answered' ELSE 'non_response' END AS state,
       json_patch(coalesce(a.body, '{}'), coalesce(b.body, '{}')) AS attributes
FROM responses r
JOIN participants p ON p.id = r.participant_id
JOIN questions q ON q.id = r.question_id
LEFT JOIN contents t ON t.hash = r.text_hash
LEFT JOIN contents a ON a.hash = p.attributes_hash
LEFT JOIN contents b ON b.hash = r.attributes_hash
LEFT JOIN non_responses n ON n.response_id = r.id
WHERE p.salt IS NOT NULL
ORDER BY r.id
"""
"""People who withdrew, whose salt is gone, are left out."""
VIEWS: Mapping[str, str] = {"v_codings": _CODINGS, "v_answers": _ANSWERS, "v_searchable": SEARCHABLE}


def drop_guards_and_views(connection: Connection) -> None:
    """Take them away before tables are changed: a change drops triggers and stumbles over views."""
    for name in TRIGGERS:
        connection.execute(f"DROP TRIGGER IF EXISTS {name}")
    for name in VIEWS:
        connection.execute(f"DROP VIEW IF EXISTS {name}")


def make_guards_and_views(connection: Connection) -> None:
    """Make the triggers and views anew."""
    drop_guards_and_views(connection)
    for sql in (*TRIGGERS.values(), *VIEWS.values()):
        connection.execute(sql)
