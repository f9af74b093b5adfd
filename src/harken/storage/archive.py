"""Reading what an archive holds: the journal line by line, and who goes under which pseudonym."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from harken.storage.store import Store


class JournalLine(NamedTuple):
    """An event as it stands in the file; `payload` is its canonical JSON."""

    id: str
    counter: int
    at: str
    actor: str
    kind: str
    payload: str
    parent: str
    hash: str


class ArchivedAnswer(NamedTuple):
    """A response with what its participant's file says of it."""

    id: int
    participant: str
    question: str
    occasion: str
    text: str
    is_answered: bool
    exclusion: str
    attributes: dict[str, Any]
    """Those that differ within a participant, as they were with this response."""


def journal_lines(store: Store) -> Iterator[JournalLine]:
    """Every event in replay order."""
    for row in store.connection.execute(
        "SELECT id, counter, at, actor, kind, payload, parent, hash FROM events ORDER BY counter, at, id"
    ):
        yield JournalLine(*row)


def archived_answers(store: Store) -> Iterator[ArchivedAnswer]:
    """Every response of people who did not withdraw, in file order."""
    for id, person, question, occasion, text, is_answered, exclusion, body in store.connection.execute(
        "SELECT r.id, p.name, q.name, r.occasion, coalesce(c.body, ''), n.response_id IS NULL, "
        "coalesce(x.reason, ''), a.body FROM responses r JOIN participants p ON p.id = r.participant_id "
        "JOIN questions q ON q.id = r.question_id LEFT JOIN contents c ON c.hash = r.text_hash "
        "LEFT JOIN contents a ON a.hash = r.attributes_hash "
        "LEFT JOIN non_responses n ON n.response_id = r.id "
        "LEFT JOIN exclusions x ON x.participant_id = p.id WHERE p.salt IS NOT NULL ORDER BY r.id"
    ):
        attributes = json.loads(body) if body else {}
        yield ArchivedAnswer(id, person, question, occasion, text, bool(is_answered), exclusion, attributes)


def pseudonyms(store: Store) -> dict[str, str]:
    """A name for every participant that this project alone can tell: the same in each archive of it."""
    (salt,) = store.connection.execute("SELECT value FROM project WHERE name = 'salt'").fetchone()
    key = hashlib.sha256(f"pseudonym {salt}".encode()).digest()
    return {
        name: "P" + hashlib.blake2b(name.encode(), key=key, digest_size=6).hexdigest()
        for (name,) in store.connection.execute("SELECT name FROM participants")
    }
