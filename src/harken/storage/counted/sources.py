"""What sets of people are made from: answers, decisions, codings and people's values, in columns."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np

from harken.model import CONSENSUS, WITHDRAWN, DecisionState
from harken.storage.counted.keeping import Occasion
from harken.storage.counted.sets import EVERYBODY, Bits, Flags, Ids, Key, UnitSets, as_bits
from harken.storage.driver import Connection

_ROWS_AT_ONCE = 20_000
MOST_VALUES = 50
"""Values up to which a column has sets of people; a column of names or remarks has none."""
VALUE = "value"
"""Kind of the set of people with one value of a column."""
_WITHDRAWN_PEOPLE = f"SELECT participant_id FROM exclusions WHERE reason = '{WITHDRAWN}'"
# By the participant: their texts lie beside each other, which their hashes do not.
_ANSWERS = (
    "SELECT r.id, r.participant_id, r.question_id, r.occasion, c.body, n.response_id IS NULL "
    f"AND r.participant_id NOT IN ({_WITHDRAWN_PEOPLE}) FROM responses r "
    "LEFT JOIN contents c ON c.participant_id = r.participant_id AND +c.hash = r.text_hash "
    "LEFT JOIN non_responses n ON n.response_id = r.id"
)


class Answer(NamedTuple):
    """A response; answered where it is not blank or listed, and its participant did not withdraw."""

    response_id: int
    participant_id: int
    question_id: int
    occasion: str
    n_words: int
    is_answered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerColumns:
    """All responses by id, an entry each in every column."""

    response_id: Ids
    participant_id: Ids
    occasion: Ids
    """Places in `occasions`."""
    n_words: Ids
    is_answered: Flags
    occasions: tuple[Occasion, ...]


def all_answers(connection: Connection, *, progress: Callable[[float], None] | None = None) -> AnswerColumns:
    """Every response, those to which nobody gave an answer too."""
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM responses").fetchone()
    ids, people, places, words = array("q"), array("q"), array("q"), array("q")
    answered = bytearray()
    number: dict[tuple[int, str], int] = {}
    first: list[int] = []
    cursor = connection.execute(f"{_ANSWERS} ORDER BY r.id")
    while rows := cursor.fetchmany(_ROWS_AT_ONCE):
        response, person, question, occasion, body, is_answered = zip(*rows, strict=True)
        pairs = list(zip(question, occasion, strict=True))
        for pair in dict.fromkeys(pairs):
            if pair not in number:
                number[pair] = len(number)
                first.append(response[pairs.index(pair)])
        ids.extend(response)
        people.extend(person)
        places.extend(map(number.__getitem__, pairs))
        words.extend([len(text.split()) if text else 0 for text in body])
        answered.extend(is_answered)
        if progress:
            progress(response[-1] / last)
    return AnswerColumns(
        response_id=_as_ids(ids),
        participant_id=_as_ids(people),
        occasion=_as_ids(places),
        n_words=_as_ids(words),
        is_answered=np.frombuffer(answered, dtype=np.bool_),
        occasions=tuple(
            Occasion(question_id=question, occasion=occasion, first_response=first[at])
            for (question, occasion), at in number.items()
        ),
    )


def _as_ids(numbers: array[int]) -> Ids:
    return np.frombuffer(numbers, dtype=np.int64)


def answers_of(connection: Connection, response_ids: Sequence[int]) -> Iterator[Answer]:
    """These responses by id."""
    for id, person, question, occasion, body, is_answered in connection.execute(
        f"{_ANSWERS} WHERE r.id IN (SELECT value FROM json_each(?)) ORDER BY r.id",
        (json.dumps(list(response_ids)),),
    ):
        yield Answer(id, person, question, occasion, len((body or "").split()), bool(is_answered))


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedColumns:
    """Responses that somebody decided."""

    plain: Ids
    """Those with one decision, by a coder, in one of the rounds asked for."""
    is_uncodable: Flags
    """Of the plain ones."""
    other: Ids


def all_decided(connection: Connection, *, rounds: Sequence[str], coder: str = "") -> DecidedColumns:
    """Every response with a decision; `coder` names the only one whose decision alone is plain."""
    responses, plain, uncodable = array("q"), bytearray(), bytearray()
    cursor = connection.execute(
        "SELECT response_id, count(*) = 1 AND round IN (SELECT value FROM json_each(?)) AND coder <> ? "
        "AND ? IN ('', coder), max(state = ?) FROM decisions GROUP BY response_id",
        (json.dumps(list(rounds)), CONSENSUS, coder, DecisionState.UNCODABLE.value),
    )
    while rows := cursor.fetchmany(_ROWS_AT_ONCE):
        ids, are_plain, are_uncodable = zip(*rows, strict=True)
        responses.extend(ids)
        plain.extend(are_plain)
        uncodable.extend(are_uncodable)
    every = _as_ids(responses)
    is_plain = np.frombuffer(plain, dtype=np.bool_)
    return DecidedColumns(
        plain=every[is_plain],
        is_uncodable=np.frombuffer(uncodable, dtype=np.bool_)[is_plain],
        other=every[~is_plain],
    )


def responses_with(connection: Connection, code_id: str) -> Ids:
    """Responses to which anybody applied a code."""
    rows = connection.execute("SELECT response_id FROM codings WHERE code_id = ?", (code_id,))
    return np.fromiter(chain.from_iterable(rows), dtype=np.int64)


def people_sets(
    connection: Connection, columns: Sequence[str], n_bytes: int
) -> tuple[UnitSets, tuple[str, ...]]:
    """Everybody who did not withdraw, by their value of each column that has few, which are named."""
    ids: list[Ids] = []
    numbers: dict[str, list[Ids]] = {column: [] for column in columns}
    values: dict[str, dict[str, int]] = {column: {} for column in columns}
    cursor = connection.execute(
        "SELECT p.id, c.body FROM participants p "
        "LEFT JOIN contents c ON c.participant_id = p.id AND +c.hash = p.attributes_hash "
        f"WHERE p.id NOT IN ({_WITHDRAWN_PEOPLE}) ORDER BY p.id"
    )
    while rows := cursor.fetchmany(_ROWS_AT_ONCE):
        people, bodies = zip(*rows, strict=True)
        ids.append(np.array(people, dtype=np.int64))
        distinct: dict[str | None, int] = {}
        of_body = np.array([distinct.setdefault(body, len(distinct)) for body in bodies], dtype=np.int64)
        read = [json.loads(body) if body else {} for body in distinct]
        for column in list(values):
            found = values[column]
            by_body = [found.setdefault(one.get(column, "").strip(), len(found)) for one in read]
            if len(found) > MOST_VALUES:
                del values[column], numbers[column]
            else:
                numbers[column].append(np.array(by_body, dtype=np.int64)[of_body])
    everybody = np.concatenate(ids) if ids else np.zeros(0, dtype=np.int64)
    unit = UnitSets(n_bytes, {Key(*EVERYBODY): as_bits(everybody, n_bytes)})
    for column, found in values.items():
        number = np.concatenate(numbers[column]) if ids else everybody
        for value, at in found.items():
            unit.sets[value_key(column, value)] = as_bits(everybody[number == at], n_bytes)
    return unit, tuple(values)


def value_key(column: str, value: str) -> Key:
    """The key of the set of people with this value of a column."""
    return Key(VALUE, json.dumps([column, value], ensure_ascii=False))


def last_ids(connection: Connection) -> tuple[int, int]:
    """The highest ids of a response and of a participant."""
    response, participant = connection.execute(
        "SELECT (SELECT coalesce(max(id), 0) FROM responses), (SELECT coalesce(max(id), 0) FROM participants)"
    ).fetchone()
    return response, participant


def values_in(people: UnitSets, column: str) -> dict[str, Bits]:
    """The people of each value of a column, from the sets about people."""
    found = {}
    for (kind, name), bits in people.sets.items():
        if kind == VALUE:
            of_column, value = json.loads(name)
            if of_column == column:
                found[value] = bits
    return found
