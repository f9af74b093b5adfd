"""Finding the answers that a filter asks for, part of the file by part, so that the first come at once."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from harken.model import WITHDRAWN
from harken.storage.answers.conditions import (
    Conditions,
    memo_sources,
    narrowing,
    row_conditions,
    value_condition,
    without_codes,
)
from harken.storage.answers.statements import Statement
from harken.storage.store import Store

_FIRST_PART = 2_048
_LARGEST_PART = 65_536
_LARGEST_WITHOUT_INDEX = 65_536
"""Where every row has to be looked at, others want to know how it goes."""
_GROWTH = 4
"""Parts grow: the first page is there soon, and the whole file is few queries."""
_FEW = 500
"""Up to so many answers it is faster to read their words than to ask the index."""


class Order(StrEnum):
    """In which order answers are found."""

    FILE = "file"
    QUESTION = "question"
    PARTICIPANT = "participant"
    SHORTEST = "shortest"
    LONGEST = "longest"
    LATEST = "latest"


def find(store: Store, conditions: Conditions, *, order: Order = Order.FILE) -> Iterator[array[int]]:
    """Ids of the matching answers in order, in chunks; in file and question order the first come at once.

    A chunk may be empty: it says that one more part of the file was looked through. What people gave who
    withdrew is never found.
    """
    finder = _Finder(store, conditions)
    if order is Order.FILE:
        yield from finder.parts()
    elif order is Order.QUESTION:
        for (question_id,) in store.connection.execute("SELECT id FROM questions ORDER BY id").fetchall():
            if not conditions.question_ids or question_id in conditions.question_ids:
                yield from finder.parts(question_id=question_id)
    else:
        found = array("q")
        for part in finder.parts():
            found += part
            yield array("q")
        yield from _sorted(store, found, order)


def all_ids(store: Store) -> range | array[int]:
    """Ids of all answers in file order, without those of people who withdrew; a range where it has no gap."""
    low, high = _limits(store)
    (n,) = store.connection.execute("SELECT count(*) FROM responses").fetchone()
    ids: range | array[int] = range(low, high + 1)
    if n != len(ids):
        ids = array("q", (id for (id,) in store.connection.execute("SELECT id FROM responses ORDER BY id")))
    gone = _withdrawn_ids(store)
    if not gone:
        return ids
    kept, at = array("q"), 0
    for id in gone:
        place = ids.index(id)
        kept.extend(ids[at:place])
        at = place + 1
    kept.extend(ids[at:])
    return kept


def n_answers(store: Store) -> int:
    """How many answers there are, without those of people who withdrew."""
    (n,) = store.connection.execute("SELECT count(*) FROM responses").fetchone()
    return int(n) - len(_withdrawn_ids(store))


def _withdrawn_ids(store: Store) -> list[int]:
    return [
        id
        for (id,) in store.connection.execute(
            "SELECT id FROM responses WHERE participant_id IN "
            "(SELECT participant_id FROM exclusions WHERE reason = ?) ORDER BY id",
            (WITHDRAWN,),
        )
    ]


def _limits(store: Store) -> tuple[int, int]:
    low, high = (
        store.connection.execute(f"SELECT {which}(id) FROM responses").fetchone()[0]
        for which in ("min", "max")
    )
    return (1, 0) if low is None else (low, high)


class _Finder:
    """Looks through ranges of ids: indexes narrow a range down before any row is looked at."""

    def __init__(self, store: Store, conditions: Conditions) -> None:
        self._store = store
        self._connection = store.connection
        self._conditions = conditions
        self._narrowing = tuple(narrowing(conditions))
        self._without = without_codes(conditions)
        self._rows = row_conditions(conditions)
        self._people = _People(store, conditions) if conditions.personal else None
        self._gone = {
            id
            for (id,) in self._connection.execute(
                "SELECT participant_id FROM exclusions WHERE reason = ?", (WITHDRAWN,)
            )
        }
        # SQLite knows no words in the sense in which theme tables count them.
        self._connection.create_function("n_words", 1, lambda text: len(text.split()), deterministic=True)

    def parts(self, *, question_id: int | None = None) -> Iterator[array[int]]:
        low, last = _limits(self._store)
        size = _FIRST_PART
        is_narrowed = self._narrowing or self._conditions.expression
        largest = _LARGEST_PART if is_narrowed else _LARGEST_WITHOUT_INDEX
        while low <= last:
            high = min(low + size - 1, last)
            yield self._part(low, high, question_id)
            low, size = high + 1, min(size * _GROWTH, largest)

    def _part(self, low: int, high: int, question_id: int | None) -> array[int]:
        ids: set[int] | None = None
        for statements in self._narrowing:
            found = self._any_of(statements, low, high)
            ids = found if ids is None else ids & found
            if not ids:
                return array("q")
        if self._conditions.memo_matches is not None:
            found = set(self._memos(low, high))
            ids = found if ids is None else ids & found
        ids = self._with_words(ids, low, high)
        if ids is not None:
            ids -= self._any_of(self._without, low, high)
            return self._checked(ids, low, high, question_id)
        kept = self._checked(None, low, high, question_id)
        unwanted = self._any_of(self._without, low, high) | self._unwanted(low, high)
        return array("q", (id for id in kept if id not in unwanted)) if unwanted else kept

    def _any_of(self, statements: Iterable[Statement], low: int, high: int) -> set[int]:
        return {
            id
            for statement in statements
            for (id,) in self._connection.execute(statement.sql, (*statement.values, low, high))
        }

    # -- words ---------------------------------------------------------------------------------------

    def _with_words(self, ids: set[int] | None, low: int, high: int) -> set[int] | None:
        """Of these answers, or of all in the range, those with the words; None: nothing was asked of any."""
        matches = self._conditions.matches
        if matches is None or ids == set():
            return ids
        if ids is not None and len(ids) <= _FEW:
            rows = self._connection.execute(
                "SELECT id, body FROM v_searchable WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(ids)),),
            )
            return {id for id, body in rows if matches(body)}
        if self._conditions.expression:
            found = self._indexed(self._conditions.expression, low, high)
            ids = found if ids is None else ids & found
        return ids if ids is None else ids - self._unwanted(low, high)

    def _unwanted(self, low: int, high: int) -> set[int]:
        expression = self._conditions.unwanted_expression
        return self._indexed(expression, low, high) if expression else set()

    def _indexed(self, expression: str, low: int, high: int) -> set[int]:
        return {
            id
            for (id,) in self._connection.execute(
                "SELECT rowid FROM answer_index WHERE answer_index MATCH ? AND rowid BETWEEN ? AND ?",
                (expression, low, high),
            )
        }

    def _memos(self, low: int, high: int) -> Iterator[int]:
        matches = self._conditions.memo_matches
        assert matches is not None
        for sql, values in memo_sources(self._conditions.memo):
            query = sql.format(
                columns="m.response_id, c.body", contents="JOIN contents c ON c.hash = m.memo_hash"
            )
            for id, body in self._connection.execute(f"{query} BETWEEN ? AND ?", (*values, low, high)):
                if matches(body):
                    yield id

    # -- rows ----------------------------------------------------------------------------------------

    def _checked(self, ids: set[int] | None, low: int, high: int, question_id: int | None) -> array[int]:
        """Of these answers, or of all in the range, those whose rows and people are as asked, in order."""
        asks = self._rows.sql != "true" or question_id is not None
        if ids is not None and not ids:
            return array("q")
        if ids is not None and not asks and self._people is None and not self._gone:
            return array("q", sorted(ids))
        sql, values = self._rows
        where, given = (
            ("r.id BETWEEN ? AND ?", [low, high])
            if ids is None
            else ("r.id IN (SELECT value FROM json_each(?))", [json.dumps(sorted(ids))])
        )
        if question_id is not None:
            # The plus keeps SQLite from walking through all of a question's answers for a few of them.
            sql, values = f"+r.question_id = ? AND {sql}", (question_id, *values)
        rows = self._connection.execute(
            f"SELECT r.id, r.participant_id FROM responses r WHERE {where} AND {sql} ORDER BY r.id",
            (*given, *values),
        ).fetchall()
        if self._people is not None:
            self._people.look_at(person for _, person in rows)
            rows = [row for row in rows if self._people.fits(row[1])]
        return array("q", (id for id, person in rows if person not in self._gone))


class _People:
    """Which participants have the values that are asked for; each is looked at once."""

    def __init__(self, store: Store, conditions: Conditions) -> None:
        self._connection = store.connection
        parts = [value_condition(value, "coalesce(c.body ->> ?, '')") for value in conditions.personal]
        self._sql = " AND ".join(part.sql for part in parts)
        self._values = tuple(value for part in parts for value in part.values)
        # A byte a participant: sets of a million would take more room than everything else.
        self._seen = bytearray()
        self._fitting = bytearray()

    def look_at(self, ids: Iterable[int]) -> None:
        """Find out about those of these participants who were not looked at before."""
        wanted = set(ids)
        missing = max(wanted, default=-1) + 1 - len(self._seen)
        if missing > 0:
            self._seen.extend(bytes(missing))
            self._fitting.extend(bytes(missing))
        new = sorted(id for id in wanted if not self._seen[id])
        for id in new:
            self._seen[id] = 1
        for id in self._matching(new) if new else ():
            self._fitting[id] = 1

    def fits(self, id: int) -> bool:
        """Whether a participant who was looked at has the values."""
        return bool(self._fitting[id])

    def _matching(self, ids: Sequence[int]) -> Iterator[int]:
        # By the participant: their texts lie beside each other, which their hashes do not.
        for (id,) in self._connection.execute(
            "SELECT p.id FROM json_each(?) j CROSS JOIN participants p ON p.id = j.value "
            "LEFT JOIN contents c ON c.participant_id = p.id AND +c.hash = p.attributes_hash "
            f"WHERE {self._sql}",
            (json.dumps(ids), *self._values),
        ):
            yield id


def _sorted(store: Store, ids: array[int], order: Order) -> Iterator[array[int]]:
    """The ids in an order that only all of them together have, a chunk at a time."""
    keys = {
        Order.PARTICIPANT: "(SELECT r.participant_id FROM responses r WHERE r.id = j.value)",
        Order.SHORTEST: "(SELECT n_words(v.body) FROM v_searchable v WHERE v.id = j.value)",
        Order.LONGEST: "(SELECT -n_words(v.body) FROM v_searchable v WHERE v.id = j.value)",
        Order.LATEST: "(SELECT max(d.at) FROM decisions d WHERE d.response_id = j.value)",
    }
    direction = "DESC" if order is Order.LATEST else "ASC"
    cursor = store.connection.execute(
        f"SELECT j.value FROM json_each(?) j ORDER BY {keys[order]} {direction}, j.value",
        (json.dumps(ids.tolist()),),
    )
    while rows := cursor.fetchmany(_LARGEST_PART):
        yield array("q", (id for (id,) in rows))
