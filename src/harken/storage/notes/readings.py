"""Which answers a coder has read, and which they starred."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

from harken.model import ResponseKey
from harken.storage.schema import CODABLE
from harken.storage.store import Action, Store


def reading_order(store: Store, *, questions: Iterable[str] = (), by_participant: bool = False) -> array[int]:
    """Ids of the answers of usable people: question by question, or person by person, in file order."""
    names = list(questions)
    conditions = [CODABLE]
    if names:
        marks = ", ".join("?" * len(names))
        conditions.append(f"r.question_id IN (SELECT id FROM questions WHERE name IN ({marks}))")
    order = "r.participant_id, r.question_id, r.id" if by_participant else "r.question_id, r.id"
    return array(
        "q",
        (
            id
            for (id,) in store.connection.execute(
                f"SELECT r.id FROM responses r WHERE {' AND '.join(conditions)} ORDER BY {order}", names
            )
        ),
    )


def read_ids(store: Store, *, coder: str) -> set[int]:
    """Ids of the answers that a coder has read."""
    return _ids(store, "SELECT response_id FROM readings WHERE coder = ?", coder)


def starred_ids(store: Store, *, coder: str) -> set[int]:
    """Ids of the answers that a coder starred."""
    return _ids(store, "SELECT response_id FROM stars WHERE coder = ?", coder)


def _ids(store: Store, sql: str, coder: str) -> set[int]:
    return {id for (id,) in store.connection.execute(sql, (coder,))}


def read_latest_first(store: Store, *, coder: str) -> Iterator[int]:
    """Ids of the answers that a coder has read, the latest first."""
    for (id,) in store.connection.execute(
        "SELECT response_id FROM readings WHERE coder = ? ORDER BY at DESC, response_id DESC", (coder,)
    ):
        yield id


def note_read(action: Action, key: ResponseKey, *, coder: str) -> None:
    """Note that a coder has read an answer; the first time counts."""
    action.append("answer.read", {"response": list(key), "coder": coder})


def put_star(action: Action, key: ResponseKey, *, coder: str, is_starred: bool) -> None:
    """Star an answer for a coder, or take the star away."""
    action.append("answer.starred", {"response": list(key), "coder": coder, "is_starred": is_starred})
