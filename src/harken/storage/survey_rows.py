"""Adding the participants, questions and responses that an import brings, and the digest over them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from json.encoder import encode_basestring

from harken.model import ResponseKey
from harken.storage import contents
from harken.storage.answers.index import index_new, last_response_id
from harken.storage.journal import canonical_json
from harken.storage.store import Action, Store

_TEXTS_AT_ONCE = 20_000
_PARTICIPANT = "INSERT INTO participants (id, name, salt, attributes_hash, import_id) VALUES (?, ?, ?, ?, ?)"
_RESPONSE = (
    "INSERT INTO responses (participant_id, question_id, occasion, text_hash, attributes_hash, import_id) "
    "VALUES (?, ?, ?, ?, ?, ?)"
)
_TEXT = "INSERT INTO contents (hash, participant_id, kind, body) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
_INSERTS = (_PARTICIPANT, _RESPONSE, _TEXT)
"""In the order in which rows refer to each other."""


@dataclass(slots=True, kw_only=True)
class RowsAdded:
    """What became of the rows that an import brought."""

    n_participants_new: int = 0
    n_participants_known: int = 0
    n_responses_new: int = 0
    n_responses_known: int = 0
    changed_texts: list[ResponseKey] = field(default_factory=list)
    """Responses that stand in the project with another text, which is kept."""
    changed_attributes: list[str] = field(default_factory=list)
    """Participants that stand in the project with other attributes, which are kept."""
    withdrawn: list[str] = field(default_factory=list)
    """Participants who withdrew; nothing of theirs is taken in again."""
    rows_sha256: str = ""
    """Over the keyed hashes of what was added, in order."""


class _RowDigests:
    """Hashes of what an import added, participants and responses apart, each in the order of their ids."""

    def __init__(self) -> None:
        self.participants = hashlib.sha256()
        self.responses = hashlib.sha256()

    @staticmethod
    def line(values: Iterable[str]) -> bytes:
        """The canonical JSON of a list of texts, in a third of the time that any value takes."""
        return f"[{','.join(map(encode_basestring, values))}]".encode()

    def sealed(self) -> str:
        return hashlib.sha256(self.participants.digest() + self.responses.digest()).hexdigest()


class SurveyWriter:
    """Adds the rows of one import inside an action; known rows stay as they are."""

    def __init__(self, action: Action, *, import_id: str) -> None:
        self.connection = action.connection
        self.import_id = import_id
        self.added = RowsAdded()
        self._digests = _RowDigests()
        self._waiting: dict[str, list[tuple[object, ...]]] = {sql: [] for sql in _INSERTS}
        self._last_id = last_response_id(self.connection)
        (self._last_known,) = self.connection.execute(
            "SELECT coalesce(max(id), 0) FROM participants"
        ).fetchone()
        self._last_person: int = self._last_known
        self._withdrawn = {name for (name,) in self.connection.execute("SELECT participant FROM withdrawals")}
        self._people: dict[str, tuple[int, str]] = {
            name: (id, salt)
            for id, name, salt in self.connection.execute("SELECT id, name, salt FROM participants")
        }
        self._questions: dict[str, int] = dict(
            self.connection.execute("SELECT name, id FROM questions").fetchall()
        )

    def add_question(self, name: str, *, asked_variable: str = "") -> None:
        if name in self._questions:
            return
        cursor = self.connection.execute(
            "INSERT INTO questions (name, asked_variable, import_id) VALUES (?, ?, ?)",
            (name, asked_variable, self.import_id),
        )
        self._questions[name] = int(cursor.lastrowid or 0)

    def add_participant(self, name: str, attributes: Mapping[str, str]) -> None:
        body = canonical_json(dict(attributes)) if attributes else ""
        if name in self._withdrawn:
            self.added.withdrawn.append(name)
            return
        if name in self._people:
            self.added.n_participants_known += 1
            id, salt = self._people[name]
            self._store_waiting()
            (stored,) = self.connection.execute(
                "SELECT attributes_hash FROM participants WHERE id = ?", (id,)
            ).fetchone()
            if stored != self._hash(body, "attributes", salt):
                self.added.changed_attributes.append(name)
            return
        salt = contents.new_salt()
        sealed = self._hash(body, "attributes", salt)
        self._last_person = id = self._last_person + 1
        self._people[name] = (id, salt)
        self._waiting[_PARTICIPANT].append((id, name, salt, sealed, self.import_id))
        self._put(sealed, id, "attributes", body)
        self._digests.participants.update(_RowDigests.line((name, sealed)))
        self.added.n_participants_new += 1

    def add_response(self, key: ResponseKey, text: str, attributes: Mapping[str, str]) -> None:
        """Add a response of a participant and question added before, unless it is known."""
        if key.participant in self._withdrawn:
            return
        person, salt = self._people[key.participant]
        place = (person, self._questions[key.question], key.occasion)
        text_hash = self._hash(text, "response", salt)
        body = canonical_json(dict(attributes)) if attributes else ""
        attributes_hash = self._hash(body, "attributes", salt)
        row = (*place, text_hash, attributes_hash, self.import_id)
        if person > self._last_known:
            # Of somebody new there is nothing that could be known already.
            self._waiting[_RESPONSE].append(row)
        elif not self._is_new(key, row):
            return
        self._put(text_hash, person, "response", text)
        self._put(attributes_hash, person, "attributes", body)
        self._digests.responses.update(_RowDigests.line((*key, text_hash, attributes_hash)))
        self.added.n_responses_new += 1

    def _is_new(self, key: ResponseKey, row: tuple[int, int, str, str, str, str]) -> bool:
        """Store the row of somebody known, unless it is there; a text that differs is noted."""
        self._store_waiting()
        if self.connection.execute(f"{_RESPONSE} ON CONFLICT DO NOTHING", row).rowcount:
            return True
        (stored,) = self.connection.execute(
            "SELECT text_hash FROM responses WHERE participant_id = ? AND question_id = ? AND occasion = ?",
            row[:3],
        ).fetchone()
        self.added.n_responses_known += 1
        if stored != row[3]:
            self.added.changed_texts.append(key)
        return False

    def finish(self) -> RowsAdded:
        """Store what waits and index the new answers' words; what an import added is whole only now."""
        self._store_waiting()
        index_new(self.connection, after=self._last_id)
        self.added.rows_sha256 = self._digests.sealed()
        return self.added

    @staticmethod
    def _hash(body: str, kind: contents.ContentKind, salt: str) -> str:
        return contents.keyed_hash(body, kind=kind, salt=salt) if body else ""

    def _put(self, sealed: str, participant_id: int, kind: str, body: str) -> None:
        if sealed:
            self._waiting[_TEXT].append((sealed, participant_id, kind, body))
            if len(self._waiting[_TEXT]) >= _TEXTS_AT_ONCE:
                self._store_waiting()

    def _store_waiting(self) -> None:
        """Store what waits: one statement for many rows takes half the time of one for each."""
        for sql, rows in self._waiting.items():
            if rows:
                self.connection.executemany(sql, rows)
                rows.clear()


def rows_sha256(store: Store, import_id: str) -> str:
    """The digest that `SurveyWriter` gave for one import, from the rows as they are stored now."""
    digests = _RowDigests()
    for row in store.connection.execute(
        "SELECT name, attributes_hash FROM participants WHERE import_id = ? ORDER BY id", (import_id,)
    ):
        digests.participants.update(_RowDigests.line(row))
    for row in store.connection.execute(
        "SELECT p.name, q.name, r.occasion, r.text_hash, r.attributes_hash FROM responses r "
        "JOIN participants p ON p.id = r.participant_id JOIN questions q ON q.id = r.question_id "
        "WHERE r.import_id = ? ORDER BY r.id",
        (import_id,),
    ):
        digests.responses.update(_RowDigests.line(row))
    return digests.sealed()
