"""Reading participants, questions and responses."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from harken.errors import HarkenError, near_match, unknown_name
from harken.model import (
    WITHDRAWN,
    AnswerState,
    Response,
    ResponseKey,
    TextList,
    Variable,
    VariableRole,
)
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

    @property
    def has_withdrawn(self) -> bool:
        return self.exclusion == WITHDRAWN


def questions(store: Store) -> tuple[Question, ...]:
    """The open questions in the order of the files."""
    return tuple(
        Question(id=id, name=name, asked_variable=asked)
        for id, name, asked in store.connection.execute(
            "SELECT id, name, asked_variable FROM questions ORDER BY id"
        )
    )


def question_named(store: Store, name: str) -> Question:
    """The question of this name; raises, naming the known ones, if there is none."""
    known = questions(store)
    for question in known:
        if question.name == name:
            return question
    raise unknown_name("question", name, (question.name for question in known))


def variables(store: Store) -> tuple[Variable, ...]:
    """The other columns in the order of the files."""
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
    """The participant of this name; raises if there is none."""
    row = store.connection.execute(
        "SELECT p.id, coalesce(x.reason, ''), c.body FROM participants p "
        "LEFT JOIN exclusions x ON x.participant_id = p.id "
        "LEFT JOIN contents c ON c.hash = p.attributes_hash WHERE p.name = ?",
        (name,),
    ).fetchone()
    if row is None:
        raise HarkenError(
            f"No participant {name!r} in this project.{near_match(name, sorted(participant_names(store)))} "
            "Ids are those of the survey file, with the same capitals."
        )
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
    """The response with this id, which must be there."""
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


def texts(store: Store, ids: Iterable[int]) -> Iterator[tuple[int, str, str]]:
    """Id, question and text of these responses, in the order given."""
    yield from store.connection.execute(
        "SELECT r.id, q.name, coalesce(c.body, '') FROM json_each(?) w JOIN responses r ON r.id = w.value "
        "JOIN questions q ON q.id = r.question_id LEFT JOIN contents c ON c.hash = r.text_hash "
        "ORDER BY w.key",
        (json.dumps(list(ids)),),
    )


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
    """The id of a response; None if the project does not have it."""
    row = store.connection.execute(
        "SELECT r.id FROM responses r JOIN participants p ON p.id = r.participant_id "
        "JOIN questions q ON q.id = r.question_id WHERE p.name = ? AND q.name = ? AND r.occasion = ?",
        key,
    ).fetchone()
    return row[0] if row else None


def participant_names(store: Store) -> frozenset[str]:
    """Names of everybody, withdrawn people included."""
    return frozenset(name for (name,) in store.connection.execute("SELECT name FROM participants"))


def listed_texts(store: Store, list: TextList, question: str) -> frozenset[str]:
    """The normal forms (`normal_text`) of the texts that a list holds for one question."""
    return frozenset(
        text
        for (text,) in store.connection.execute(
            "SELECT normal_text FROM text_rules WHERE list = ? AND question IN ('', ?)", (list, question)
        )
    )


def n_excluded(source: Store | Action) -> int:
    """Excluded participants, withdrawn ones among them."""
    (n,) = source.connection.execute("SELECT count(*) FROM exclusions").fetchone()
    return int(n)


def n_non_response(source: Store | Action) -> int:
    """Responses that are blank or whose text is listed as non-response."""
    (n,) = source.connection.execute("SELECT count(*) FROM non_responses").fetchone()
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
