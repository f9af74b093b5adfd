"""Participants, questions and responses: adding what an import brings, and reading them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from harken.errors import HarkenError, unknown_name
from harken.model import AnswerState, Response, ResponseKey, TextList, Variable, VariableRole, normal_text
from harken.storage import contents
from harken.storage.journal import canonical_json
from harken.storage.schema import CODABLE
from harken.storage.store import Action, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An open question; `asked_variable` names the column that says who was asked, empty if unknown."""

    id: int
    name: str
    asked_variable: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredParticipant:
    """A participant with attributes by name; `exclusion` is the reason, empty for usable people."""

    id: int
    name: str
    exclusion: str
    attributes: Mapping[str, str]


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

    def sealed(self) -> str:
        return hashlib.sha256(self.participants.digest() + self.responses.digest()).hexdigest()


class SurveyWriter:
    """Adds the rows of one import inside an action; known rows stay as they are."""

    def __init__(self, action: Action, *, import_id: str) -> None:
        self.connection = action.connection
        self.import_id = import_id
        self.added = RowsAdded()
        self._digests = _RowDigests()
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
            (stored,) = self.connection.execute(
                "SELECT attributes_hash FROM participants WHERE id = ?", (id,)
            ).fetchone()
            if stored != self._hash(body, "attributes", salt):
                self.added.changed_attributes.append(name)
            return
        salt = contents.new_salt()
        sealed = self._hash(body, "attributes", salt)
        cursor = self.connection.execute(
            "INSERT INTO participants (name, salt, attributes_hash, import_id) VALUES (?, ?, ?, ?)",
            (name, salt, sealed, self.import_id),
        )
        id = int(cursor.lastrowid or 0)
        self._people[name] = (id, salt)
        self._put(sealed, id, "attributes", body)
        self._digests.participants.update(canonical_json([name, sealed]).encode())
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
        cursor = self.connection.execute(
            "INSERT INTO responses (participant_id, question_id, occasion, text_hash, attributes_hash, "
            "import_id) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (*place, text_hash, attributes_hash, self.import_id),
        )
        if cursor.rowcount == 0:
            (stored,) = self.connection.execute(
                "SELECT text_hash FROM responses WHERE participant_id = ? AND question_id = ? "
                "AND occasion = ?",
                place,
            ).fetchone()
            self.added.n_responses_known += 1
            if stored != text_hash:
                self.added.changed_texts.append(key)
            return
        self._put(text_hash, person, "response", text)
        self._put(attributes_hash, person, "attributes", body)
        self._digests.responses.update(canonical_json([*key, text_hash, attributes_hash]).encode())
        self.added.n_responses_new += 1

    def finish(self) -> RowsAdded:
        self.added.rows_sha256 = self._digests.sealed()
        return self.added

    @staticmethod
    def _hash(body: str, kind: contents.ContentKind, salt: str) -> str:
        return contents.keyed_hash(body, kind=kind, salt=salt) if body else ""

    def _put(self, sealed: str, participant_id: int, kind: str, body: str) -> None:
        if sealed:
            self.connection.execute(
                "INSERT INTO contents (hash, participant_id, kind, body) VALUES (?, ?, ?, ?) "
                "ON CONFLICT DO NOTHING",
                (sealed, participant_id, kind, body),
            )


def rows_sha256(store: Store, import_id: str) -> str:
    """The digest that `SurveyWriter` gave for one import, from the rows as they are stored now."""
    digests = _RowDigests()
    for row in store.connection.execute(
        "SELECT name, attributes_hash FROM participants WHERE import_id = ? ORDER BY id", (import_id,)
    ):
        digests.participants.update(canonical_json(list(row)).encode())
    for row in store.connection.execute(
        "SELECT p.name, q.name, r.occasion, r.text_hash, r.attributes_hash FROM responses r "
        "JOIN participants p ON p.id = r.participant_id JOIN questions q ON q.id = r.question_id "
        "WHERE r.import_id = ? ORDER BY r.id",
        (import_id,),
    ):
        digests.responses.update(canonical_json(list(row)).encode())
    return digests.sealed()


# -- reading -----------------------------------------------------------------------------------------


def questions(store: Store) -> tuple[Question, ...]:
    return tuple(
        Question(id=id, name=name, asked_variable=asked)
        for id, name, asked in store.connection.execute(
            "SELECT id, name, asked_variable FROM questions ORDER BY id"
        )
    )


def question_named(store: Store, name: str) -> Question:
    known = questions(store)
    for question in known:
        if question.name == name:
            return question
    raise unknown_name("question", name, (question.name for question in known))


def variables(store: Store) -> tuple[Variable, ...]:
    return tuple(
        Variable(name=name, role=VariableRole(role), per_response=bool(per_response))
        for name, role, per_response in store.connection.execute(
            "SELECT name, role, per_response FROM variables ORDER BY position"
        )
    )


def participants(store: Store) -> Iterator[StoredParticipant]:
    """Everybody in the order of the files, withdrawn people included."""
    for id, name, reason, body in store.connection.execute(
        "SELECT p.id, p.name, coalesce(x.reason, ''), c.body FROM participants p "
        "LEFT JOIN exclusions x ON x.participant_id = p.id "
        "LEFT JOIN contents c ON c.hash = p.attributes_hash ORDER BY p.id"
    ):
        yield StoredParticipant(
            id=id, name=name, exclusion=reason, attributes=json.loads(body) if body else {}
        )


def participant_named(store: Store, name: str) -> StoredParticipant:
    row = store.connection.execute(
        "SELECT p.id, coalesce(x.reason, ''), c.body FROM participants p "
        "LEFT JOIN exclusions x ON x.participant_id = p.id "
        "LEFT JOIN contents c ON c.hash = p.attributes_hash WHERE p.name = ?",
        (name,),
    ).fetchone()
    if row is None:
        raise HarkenError(f"No participant {name!r} in this project; `v_answers` lists them all.")
    id, reason, body = row
    return StoredParticipant(id=id, name=name, exclusion=reason, attributes=json.loads(body) if body else {})


_RESPONSES = (
    "SELECT r.id, p.name, q.name, r.occasion, coalesce(c.body, ''), n.response_id IS NULL "
    "FROM responses r JOIN participants p ON p.id = r.participant_id "
    "JOIN questions q ON q.id = r.question_id LEFT JOIN contents c ON c.hash = r.text_hash "
    "LEFT JOIN non_responses n ON n.response_id = r.id "
)


def _response(row: tuple[int, str, str, str, str, int]) -> Response:
    id, participant, question, occasion, text, is_answered = row
    return Response(
        id=id,
        key=ResponseKey(participant, question, occasion),
        text=text,
        state=AnswerState.ANSWERED if is_answered else AnswerState.NON_RESPONSE,
    )


def response(store: Store, id: int) -> Response:
    return _response(store.connection.execute(_RESPONSES + "WHERE r.id = ?", (id,)).fetchone())


def responses(
    store: Store,
    *,
    questions: Iterable[str] = (),
    participant: str = "",
    only_answered: bool = False,
    only_codable: bool = False,
) -> Iterator[Response]:
    """Responses in file order. Codable ones are answered and their participant is not excluded.

    What people gave who withdrew is neither answered nor codable.
    """
    conditions, values = ["true"], list(questions)
    if values:
        conditions.append(f"q.name IN ({', '.join('?' * len(values))})")
    if participant:
        conditions.append("p.name = ?")
        values.append(participant)
    if only_answered:
        conditions.append("n.response_id IS NULL AND p.salt IS NOT NULL")
    if only_codable:
        conditions.append(CODABLE)
    for row in store.connection.execute(
        f"{_RESPONSES} WHERE {' AND '.join(conditions)} ORDER BY r.id", values
    ):
        yield _response(row)


def response_keys(store: Store) -> dict[int, ResponseKey]:
    """Where each response stands, by id; no text is read."""
    return {
        id: ResponseKey(*key)
        for id, *key in store.connection.execute(
            "SELECT r.id, p.name, q.name, r.occasion FROM responses r "
            "JOIN participants p ON p.id = r.participant_id JOIN questions q ON q.id = r.question_id"
        )
    }


def response_attributes(store: Store, id: int) -> Mapping[str, str]:
    """The attributes that differ within a participant, as they were with one response."""
    row = store.connection.execute(
        "SELECT c.body FROM responses r LEFT JOIN contents c ON c.hash = r.attributes_hash WHERE r.id = ?",
        (id,),
    ).fetchone()
    return json.loads(row[0]) if row and row[0] else {}


def response_id(store: Store, key: ResponseKey) -> int | None:
    row = store.connection.execute(
        "SELECT r.id FROM responses r JOIN participants p ON p.id = r.participant_id "
        "JOIN questions q ON q.id = r.question_id WHERE p.name = ? AND q.name = ? AND r.occasion = ?",
        key,
    ).fetchone()
    return row[0] if row else None


def find_response(store: Store, key: ResponseKey) -> Response | None:
    row = store.connection.execute(
        _RESPONSES + "WHERE p.name = ? AND q.name = ? AND r.occasion = ?", key
    ).fetchone()
    return _response(row) if row else None


def participant_names(store: Store) -> frozenset[str]:
    return frozenset(name for (name,) in store.connection.execute("SELECT name FROM participants"))


def listed_texts(store: Store, list: TextList, question: str) -> frozenset[str]:
    """The normal forms (`normal_text`) of the texts that a list holds for one question."""
    return frozenset(
        text
        for (text,) in store.connection.execute(
            "SELECT normal_text FROM text_rules WHERE list = ? AND question IN ('', ?)", (list, question)
        )
    )


def is_listed(store: Store, list: TextList, response: Response) -> bool:
    return normal_text(response.text) in listed_texts(store, list, response.key.question)


def n_participants(store: Store) -> int:
    (n,) = store.connection.execute("SELECT count(*) FROM participants").fetchone()
    return int(n)


def n_excluded(source: Store | Action) -> int:
    """Excluded participants, withdrawn ones among them."""
    (n,) = source.connection.execute("SELECT count(*) FROM exclusions").fetchone()
    return int(n)


def n_codable(store: Store) -> int:
    """Answered responses of usable people."""
    (n,) = store.connection.execute(f"SELECT count(*) FROM responses r WHERE {CODABLE}").fetchone()
    return int(n)


def excluded_or_included(source: Store | Action) -> frozenset[str]:
    """Names of participants about whom it is settled whether they count: excluded, or taken back in."""
    return frozenset(
        name
        for (name,) in source.connection.execute(
            "SELECT p.name FROM participants p WHERE p.id IN "
            "(SELECT participant_id FROM exclusions UNION SELECT participant_id FROM inclusions)"
        )
    )
