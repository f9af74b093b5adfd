"""What a page of answers shows: a few queries for all of them, never one for each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from harken.model import Coding, DecisionState
from harken.storage.answers.statements import Work
from harken.storage.schema import WHOLE
from harken.storage.store import Store


class StoredAnswer(NamedTuple):
    """A response with what is known of its participant."""

    id: int
    participant: str
    question: str
    occasion: str
    text: str
    is_answered: bool
    exclusion: str
    """Why the participant does not count; empty for those who do."""
    attributes: Mapping[str, str]
    """Of the participant, and of this response where they differ."""


class StoredWork(NamedTuple):
    """One coder's decision or draft on a response in one round."""

    response_id: int
    round: str
    coder: str
    is_draft: bool
    state: DecisionState
    is_unsure: bool
    memo: str
    message: str
    codings: tuple[Coding, ...]
    at: str


_AMONG = "IN (SELECT value FROM json_each(?))"


def answers(store: Store, ids: Sequence[int]) -> list[StoredAnswer]:
    """The answers with these ids, in this order; an id that is not there is left out."""
    rows = store.connection.execute(
        "SELECT r.id, p.name, q.name, r.occasion, coalesce(t.body, ''), n.response_id IS NULL, "
        "coalesce(x.reason, ''), a.body, b.body "
        "FROM json_each(?) j CROSS JOIN responses r ON r.id = j.value "
        "JOIN participants p ON p.id = r.participant_id JOIN questions q ON q.id = r.question_id "
        "LEFT JOIN contents t ON t.hash = r.text_hash "
        "LEFT JOIN contents a ON a.hash = p.attributes_hash "
        "LEFT JOIN contents b ON b.hash = r.attributes_hash "
        "LEFT JOIN non_responses n ON n.response_id = r.id "
        "LEFT JOIN exclusions x ON x.participant_id = r.participant_id",
        (json.dumps(list(ids)),),
    )
    found = {
        id: StoredAnswer(
            id=id,
            participant=participant,
            question=question,
            occasion=occasion,
            text=text,
            is_answered=bool(is_answered),
            exclusion=exclusion,
            attributes=json.loads(personal or "{}") | json.loads(own or "{}"),
        )
        for id, participant, question, occasion, text, is_answered, exclusion, personal, own in rows
    }
    return [found[id] for id in ids if id in found]


def works(store: Store, ids: Sequence[int], paths: Mapping[str, str], *, seen: Work) -> Iterator[StoredWork]:
    """Decisions, then drafts on these answers, by response, in the order of rounds and of names.

    `paths` gives the path of a code by its id; codes that it lacks are left out.
    """
    codings = (
        '(SELECT json_group_array(json_array(g.code_id, g.start, g."end")) FROM codings g '
        "WHERE g.response_id = d.response_id AND g.round = d.round AND g.coder = d.coder)"
    )
    for table, state, applied, where in (
        ("decisions", "d.state", codings, seen.condition("d")),
        ("drafts", f"'{DecisionState.CODED}'", "d.codings", seen.draft_condition("d")),
    ):
        for id, round, coder, word, is_unsure, memo, message, body, at in store.connection.execute(
            f"SELECT d.response_id, d.round, d.coder, {state}, d.is_unsure, coalesce(m.body, ''), "
            f"coalesce(a.body, ''), {applied}, d.at FROM {table} d "
            "LEFT JOIN rounds o ON o.name = d.round LEFT JOIN contents m ON m.hash = d.memo_hash "
            f"LEFT JOIN contents a ON a.hash = d.message_hash WHERE d.response_id {_AMONG} "
            f"AND {where.sql} ORDER BY d.response_id, o.position, d.coder",
            (json.dumps(list(ids)), *where.values),
        ):
            yield StoredWork(
                response_id=id,
                round=round,
                coder=coder,
                is_draft=table == "drafts",
                state=DecisionState(word),
                is_unsure=bool(is_unsure),
                memo=memo,
                message=message,
                codings=_codings(body, paths),
                at=at,
            )


def _codings(body: str, paths: Mapping[str, str]) -> tuple[Coding, ...]:
    order = {id: place for place, id in enumerate(paths)}
    found = [
        (order[id], start, end, paths[id])
        for id, start, end in ((id, *(segment or (WHOLE, WHOLE))) for id, *segment in json.loads(body))
        if id in paths
    ]
    return tuple(
        Coding(path) if start == WHOLE else Coding(path, start, end) for _, start, end, path in sorted(found)
    )


def starred_ids(store: Store, ids: Sequence[int], *, coder: str) -> set[int]:
    return _noted(store, "stars", ids, coder)


def read_ids(store: Store, ids: Sequence[int], *, coder: str) -> set[int]:
    return _noted(store, "readings", ids, coder)


def _noted(store: Store, table: str, ids: Sequence[int], coder: str) -> set[int]:
    return {
        id
        for (id,) in store.connection.execute(
            f"SELECT response_id FROM {table} WHERE response_id {_AMONG} AND coder = ?",
            (json.dumps(list(ids)), coder),
        )
    }


def alerted_ids(store: Store, ids: Sequence[int], *, seen: Work) -> set[int]:
    """Answers with an alert that nobody has answered yet."""
    where = seen.condition("a", has_round=False)
    return {
        id
        for (id,) in store.connection.execute(
            f"SELECT a.response_id FROM alerts a WHERE a.response_id {_AMONG} AND a.closed_by = '' "
            f"AND {where.sql}",
            (json.dumps(list(ids)), *where.values),
        )
    }
