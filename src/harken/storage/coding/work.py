"""One coder's work in a round: the queue, what is decided and drafted, and what others write meanwhile."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from harken.model import Coding, Decision, DecisionState, ResponseKey
from harken.storage import contents
from harken.storage.codebooks import StoredCodebook
from harken.storage.coding.orders import WorkOrder
from harken.storage.coding.writing import Draft
from harken.storage.schema import CODABLE, WHOLE
from harken.storage.store import Store
from harken.storage.survey import response_id

_SORTED = {
    WorkOrder.QUESTION: "r.question_id, r.id",
    WorkOrder.PARTICIPANT: "r.participant_id, r.id",
}


def queue(
    store: Store,
    *,
    coder: str,
    round: str,
    questions: Iterable[str] = (),
    order: WorkOrder = WorkOrder.QUESTION,
    only: int | None = None,
) -> array[int]:
    """Ids of the responses that a coder is to decide in a round, by question or by person in file order.

    Where the round has assignments for the coder these, else every codable response. `only` asks for one
    of them: the queue is that response, or empty.
    """
    names = list(questions)
    (n_assigned,) = store.connection.execute(
        "SELECT count(*) FROM assignments WHERE round = ? AND coder = ?", (round, coder)
    ).fetchone()
    conditions: list[str] = [CODABLE]
    values: list[str | int] = []
    if only is not None:
        conditions.append("r.id = ?")
        values.append(only)
    if n_assigned:
        conditions.append("r.id IN (SELECT response_id FROM assignments WHERE round = ? AND coder = ?)")
        values += [round, coder]
    if names:
        conditions.append(
            f"r.question_id IN (SELECT id FROM questions WHERE name IN ({', '.join('?' * len(names))}))"
        )
        values += names
    return array(
        "q",
        (
            id
            for (id,) in store.connection.execute(
                f"SELECT r.id FROM responses r WHERE {' AND '.join(conditions)} ORDER BY {_SORTED[order]}",
                values,
            )
        ),
    )


def decided_ids(store: Store, *, coder: str, round: str) -> set[int]:
    """Ids of the responses that a coder decided in a round."""
    return {
        id
        for (id,) in store.connection.execute(
            "SELECT response_id FROM decisions WHERE coder = ? AND round = ?", (coder, round)
        )
    }


def has_undecided(store: Store, *, coder: str, round: str) -> bool:
    """Whether a coder has left any response of their queue undecided; looks until one is found."""
    place = {"coder": coder, "round": round}
    own = "SELECT 1 FROM assignments a WHERE a.round = :round AND a.coder = :coder"
    row = store.connection.execute(
        f"SELECT 1 FROM responses r WHERE {CODABLE} AND NOT EXISTS (SELECT 1 FROM decisions d "
        "WHERE d.response_id = r.id AND d.round = :round AND d.coder = :coder) "
        f"AND (NOT EXISTS ({own}) OR EXISTS ({own} AND a.response_id = r.id)) LIMIT 1",
        place,
    ).fetchone()
    return row is not None


def has_work(store: Store, *, coder: str, round: str) -> bool:
    """Whether a coder has decided, drafted or been assigned anything in a round."""
    row = store.connection.execute(
        "SELECT 1 FROM decisions WHERE coder = ? AND round = ? "
        "UNION ALL SELECT 1 FROM drafts WHERE coder = ? AND round = ? "
        "UNION ALL SELECT 1 FROM assignments WHERE coder = ? AND round = ? LIMIT 1",
        (coder, round) * 3,
    ).fetchone()
    return row is not None


def decided_in_order(store: Store, *, coder: str, round: str) -> list[int]:
    """Ids of the responses that a coder decided in a round, the latest decision last."""
    return [
        id
        for (id,) in store.connection.execute(
            "SELECT response_id FROM decisions WHERE coder = ? AND round = ? ORDER BY at, response_id",
            (coder, round),
        )
    ]


def draft_ids(store: Store, *, coder: str, round: str) -> set[int]:
    """Ids of the responses on which a coder has something undecided, decided before or not."""
    return {
        id
        for (id,) in store.connection.execute(
            "SELECT response_id FROM drafts WHERE coder = ? AND round = ?", (coder, round)
        )
    }


class Noted(NamedTuple):
    """Which notes stand about an answer, as a coder in a round may come upon them; each is 0 or 1."""

    marks: int
    links: int
    alert: int
    reply: int


def noted(store: Store, response_id: int, *, round: str, coder: str) -> Noted:
    """Whether there are any notes to read: most answers have none, and every key waits for this."""
    row = store.connection.execute(
        "SELECT EXISTS (SELECT 1 FROM marks WHERE response_id = :id), "
        "EXISTS (SELECT 1 FROM links WHERE response_id = :id), "
        "EXISTS (SELECT 1 FROM alerts WHERE response_id = :id AND coder = :coder), "
        "EXISTS (SELECT 1 FROM replies WHERE response_id = :id AND round = :round AND coder = :coder)",
        {"id": response_id, "round": round, "coder": coder},
    ).fetchone()
    return Noted(*row)


class NewEvent(NamedTuple):
    """An event as far as others have to know of it: what kind, by whom."""

    kind: str
    actor: str


def events_after(store: Store, seq: int) -> tuple[int, list[NewEvent]]:
    """What was written to this file after its row `seq`, and the last row: a cheap look at others' work."""
    rows = store.connection.execute(
        "SELECT seq, kind, actor FROM events WHERE seq > ? ORDER BY seq", (seq,)
    ).fetchall()
    return (rows[-1][0] if rows else seq), [NewEvent(kind, actor) for _, kind, actor in rows]


def last_event_row(store: Store) -> int:
    """The row of the latest event in this file, 0 before the first."""
    (seq,) = store.connection.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()
    return int(seq)


def wait_at_most(store: Store, milliseconds: int) -> None:
    """How long a write waits for another program's before it is refused as busy."""
    store.connection.execute(f"PRAGMA busy_timeout = {int(milliseconds)}")


def _codings(rows: Iterable[Sequence[Any]], codebook: StoredCodebook) -> tuple[Coding, ...]:
    found = []
    for id, *segment in rows:
        start, end = segment or (WHOLE, WHOLE)
        if id in codebook.path_of:
            found.append(
                Coding(codebook.path_of[id])
                if start == WHOLE
                else Coding(codebook.path_of[id], int(start), int(end))
            )
    return tuple(found)


def decision_at(
    store: Store, codebook: StoredCodebook, key: ResponseKey, *, round: str, coder: str
) -> Decision | None:
    """The decision of one coder on one response in one round, or None while undecided."""
    place = (response_id(store, key), round, coder)
    row = store.connection.execute(
        "SELECT state, is_unsure, memo_hash, message_hash, at FROM decisions "
        "WHERE response_id = ? AND round = ? AND coder = ?",
        place,
    ).fetchone()
    if row is None:
        return None
    state, is_unsure, memo, message, at = row
    applied = store.connection.execute(
        'SELECT code_id, start, "end" FROM codings WHERE response_id = ? AND round = ? AND coder = ? '
        'ORDER BY code_id, start, "end"',
        place,
    )
    return Decision(
        key=key,
        coder=coder,
        round=round,
        state=DecisionState(state),
        codings=_codings(applied, codebook),
        is_unsure=bool(is_unsure),
        memo=contents.get(store.connection, memo),
        message=contents.get(store.connection, message),
        at=at,
    )


def draft_at(
    store: Store, codebook: StoredCodebook, key: ResponseKey, *, round: str, coder: str
) -> Draft | None:
    """What one coder has not decided yet on one response in one round, or None."""
    row = store.connection.execute(
        "SELECT codings, is_unsure, memo_hash, message_hash FROM drafts "
        "WHERE response_id = ? AND round = ? AND coder = ?",
        (response_id(store, key), round, coder),
    ).fetchone()
    if row is None:
        return None
    applied, is_unsure, memo, message = row
    return Draft(
        codings=_codings(json.loads(applied), codebook),
        is_unsure=bool(is_unsure),
        memo=contents.get(store.connection, memo),
        message=contents.get(store.connection, message),
    )
