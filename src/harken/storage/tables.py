"""Reading for theme tables and the flow: answers with their decisions, streamed side by side."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from harken.model import WITHDRAWN
from harken.storage.journal import REPLAY_ORDER, event_by_id
from harken.storage.store import Store

_WITHDRAWN_PEOPLE = f"SELECT participant_id FROM exclusions WHERE reason = '{WITHDRAWN}'"

Order = tuple[str, int, int]
"""When a decision was made: its time, then its event's counter, then its place in the event."""


class AnswerRow(NamedTuple):
    """An answered response of somebody who did not withdraw."""

    response_id: int
    participant_id: int
    question_id: int
    occasion: str
    n_words: int


class DecisionRow(NamedTuple):
    """One coder's decision on a response in one round."""

    response_id: int
    round: str
    coder: str
    state: str
    order: Order
    code_ids: str
    """Ids of the codes applied, each once, joined by commas."""


def occasions(store: Store) -> tuple[tuple[int, str], ...]:
    """Question ids with their occasions, in the order of questions and of first appearance."""
    return tuple(
        store.connection.execute(
            "SELECT question_id, occasion FROM responses GROUP BY question_id, occasion "
            "ORDER BY question_id, min(id)"
        ).fetchall()
    )


def _among(question_ids: Sequence[int]) -> str:
    return f"r.question_id IN ({', '.join('?' * len(question_ids))})"


def answers(store: Store, question_ids: Sequence[int]) -> Iterator[AnswerRow]:
    """Answered responses to these questions by id, excluded people's too, withdrawn people's not."""
    for id, person, question, occasion, body in store.connection.execute(
        "SELECT r.id, r.participant_id, r.question_id, r.occasion, c.body FROM responses r "
        "LEFT JOIN contents c ON c.hash = r.text_hash "
        f"WHERE {_among(question_ids)} AND r.id NOT IN (SELECT response_id FROM non_responses) "
        f"AND r.participant_id NOT IN ({_WITHDRAWN_PEOPLE}) ORDER BY r.id",
        tuple(question_ids),
    ):
        yield AnswerRow(id, person, question, occasion, len((body or "").split()))


def decision_rows(store: Store, question_ids: Sequence[int]) -> Iterator[DecisionRow]:
    """Decisions on responses to these questions by response id, in every round and by every coder."""
    return _decisions(store, f"WHERE {_among(question_ids)}", tuple(question_ids))


def decisions_on(store: Store, response_ids: Sequence[int]) -> Iterator[DecisionRow]:
    """Decisions on these responses by response id, in every round and by every coder."""
    return _decisions(
        store, "WHERE r.id IN (SELECT value FROM json_each(?))", (json.dumps(list(response_ids)),)
    )


def _decisions(store: Store, where: str, values: tuple[object, ...]) -> Iterator[DecisionRow]:
    for id, round, coder, state, at, counter, item, codes in store.connection.execute(
        "SELECT d.response_id, d.round, d.coder, d.state, d.at, e.counter, d.item, "
        "(SELECT group_concat(DISTINCT g.code_id) FROM codings g "
        " WHERE g.response_id = d.response_id AND g.round = d.round AND g.coder = d.coder) "
        "FROM decisions d JOIN responses r ON r.id = d.response_id JOIN events e ON e.id = d.event_id "
        f"{where} ORDER BY d.response_id, d.round, d.coder",
        values,
    ):
        yield DecisionRow(id, round, coder, state, (at, counter, item), codes or "")


def first_orders(
    store: Store, response_ids: Sequence[int] | None = None
) -> dict[tuple[int, str, str], Order]:
    """When a coder first decided a response in a round, for those decisions that were revised since.

    Of these responses, or of all.
    """
    connection = store.connection
    among = "" if response_ids is None else "AND response_id IN (SELECT value FROM json_each(?)) "
    firsts: dict[tuple[int, str, str], Order] = {}
    imported: dict[str, Sequence[dict[str, str]]] = {}
    for response, round, coder, event_id, item, kind, at, counter in connection.execute(
        "SELECT l.response_id, l.round, l.coder, l.event_id, l.item, e.kind, e.at, e.counter "
        "FROM decision_log l JOIN events e ON e.id = l.event_id "
        f"JOIN (SELECT response_id, round, coder FROM decision_log WHERE NOT is_undone {among}"
        "      GROUP BY response_id, round, coder HAVING count(*) > 1) "
        "USING (response_id, round, coder) WHERE NOT l.is_undone "
        f"ORDER BY {', '.join('e.' + column.strip() for column in REPLAY_ORDER.split(','))}, l.item",
        () if response_ids is None else (json.dumps(list(response_ids)),),
    ).fetchall():
        place = (response, round, coder)
        if place in firsts:
            continue
        if kind == "codings.imported":
            if event_id not in imported:
                imported[event_id] = event_by_id(connection, event_id).payload["items"]
            at = imported[event_id][item].get("at") or at
        firsts[place] = (at, counter, item)
    return firsts


def exclusions(store: Store) -> list[tuple[int, str]]:
    """Excluded people by id with the reason, those who withdrew among them."""
    return store.connection.execute(
        "SELECT participant_id, reason FROM exclusions ORDER BY participant_id"
    ).fetchall()


def participant_names(store: Store) -> dict[int, str]:
    """Everybody's name by id."""
    return dict(store.connection.execute("SELECT id, name FROM participants").fetchall())


def response_values(store: Store, question_id: int, variable: str) -> Iterator[tuple[int, str, str]]:
    """Participant id, occasion and value of a variable that differs within participants."""
    for person, occasion, body in store.connection.execute(
        "SELECT r.participant_id, r.occasion, c.body FROM responses r "
        "JOIN contents c ON c.hash = r.attributes_hash WHERE r.question_id = ? ORDER BY r.id",
        (question_id,),
    ):
        yield person, occasion, json.loads(body).get(variable, "")


def response_places(store: Store, response_ids: Sequence[int]) -> dict[int, tuple[str, str, str]]:
    """Participant, question and occasion by response id, for naming single answers."""
    return {
        id: (participant, question, occasion)
        for id, participant, question, occasion in store.connection.execute(
            "SELECT r.id, p.name, q.name, r.occasion FROM responses r "
            "JOIN participants p ON p.id = r.participant_id JOIN questions q ON q.id = r.question_id "
            "WHERE r.id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(response_ids)),),
        )
    }


def deciding_coders(store: Store) -> tuple[str, ...]:
    """Coders who decided anything, the adjudicated layer included."""
    # From one to the next along the index: there are few coders and many decisions.
    return tuple(
        coder
        for (coder,) in store.connection.execute(
            "WITH RECURSIVE known (coder) AS (SELECT min(coder) FROM decisions UNION ALL "
            "SELECT (SELECT min(coder) FROM decisions WHERE coder > known.coder) FROM known "
            "WHERE known.coder IS NOT NULL) SELECT coder FROM known WHERE coder IS NOT NULL"
        )
    )
