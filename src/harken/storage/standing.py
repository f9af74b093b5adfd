"""How far each coder is, in counts, and when somebody decided: what status and home read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from harken.model import CONSENSUS, WITHDRAWN
from harken.storage.schema import CODABLE
from harken.storage.store import Store

_IS_THEIRS = """(
    EXISTS (SELECT 1 FROM assignments a WHERE a.round = {0}.round AND a.coder = {0}.coder
            AND a.response_id = {0}.response_id)
    OR NOT EXISTS (SELECT 1 FROM assignments a WHERE a.round = {0}.round AND a.coder = {0}.coder)
)"""
"""Condition on a decision or draft: it is on a response that its coder is to decide in its round."""


class WorkCount(NamedTuple):
    """One coder's decisions in one round on one question, of the responses that are theirs to decide."""

    coder: str
    round: str
    question_id: int
    n_decided: int
    n_unsure: int
    n_uncodable: int


class Count(NamedTuple):
    """Something of one coder in one round on one question, counted."""

    coder: str
    round: str
    question_id: int
    n: int


class Act(NamedTuple):
    """A decision at a screen, revised since or not; imported ones say nothing of pace."""

    coder: str
    round: str
    response_id: int
    at: str


def n_codable_by_question(store: Store) -> dict[int, int]:
    """Answered responses of usable people by question id."""
    return dict(
        store.connection.execute(
            f"SELECT r.question_id, count(*) FROM responses r WHERE {CODABLE} GROUP BY r.question_id"
        ).fetchall()
    )


def decided(store: Store) -> list[WorkCount]:
    """What each coder decided; the adjudicated layer is left out."""
    return [
        WorkCount(*row)
        for row in store.connection.execute(
            "SELECT d.coder, d.round, r.question_id, count(*), sum(d.is_unsure), "
            "sum(d.state = 'uncodable') FROM decisions d JOIN responses r ON r.id = d.response_id "
            f"WHERE {CODABLE} AND d.coder <> ? AND {_IS_THEIRS.format('d')} "
            "GROUP BY d.coder, d.round, r.question_id",
            (CONSENSUS,),
        )
    ]


def drafted(store: Store) -> list[Count]:
    """Drafts that wait for their decision."""
    return [
        Count(*row)
        for row in store.connection.execute(
            "SELECT f.coder, f.round, r.question_id, count(*) FROM drafts f "
            f"JOIN responses r ON r.id = f.response_id WHERE {CODABLE} AND {_IS_THEIRS.format('f')} "
            "GROUP BY f.coder, f.round, r.question_id"
        )
    ]


def assigned(store: Store) -> list[Count]:
    """Responses assigned by coder, round and question, of those that are to be coded."""
    return [
        Count(*row)
        for row in store.connection.execute(
            "SELECT a.coder, a.round, r.question_id, count(*) FROM assignments a "
            f"JOIN responses r ON r.id = a.response_id WHERE {CODABLE} "
            "GROUP BY a.coder, a.round, r.question_id"
        )
    ]


def has_assignments(store: Store) -> frozenset[tuple[str, str]]:
    """Coder and round wherever answers were assigned."""
    return frozenset(store.connection.execute("SELECT DISTINCT coder, round FROM assignments"))


def acts(store: Store) -> Iterator[Act]:
    """Every decision made at a screen, in the order of time."""
    for row in store.connection.execute(
        "SELECT l.coder, l.round, l.response_id, e.at FROM decision_log l JOIN events e ON e.id = l.event_id "
        "WHERE e.kind = 'decided' AND l.coder <> ? ORDER BY e.at, e.counter, e.id",
        (CONSENSUS,),
    ):
        yield Act(*row)


def people(store: Store) -> tuple[int, int]:
    """Participants who did not withdraw, and how many of them are excluded."""
    (n,) = store.connection.execute(
        "SELECT count(*) FROM participants WHERE id NOT IN "
        "(SELECT participant_id FROM exclusions WHERE reason = ?)",
        (WITHDRAWN,),
    ).fetchone()
    (n_excluded,) = store.connection.execute(
        "SELECT count(*) FROM exclusions WHERE reason <> ?", (WITHDRAWN,)
    ).fetchone()
    return int(n), int(n_excluded)


def n_unsettled(store: Store) -> int:
    """Responses that count and that the adjudicated layer does not hold."""
    (n,) = store.connection.execute(
        f"SELECT count(*) FROM responses r WHERE {CODABLE} "
        "AND r.id NOT IN (SELECT response_id FROM decisions WHERE coder = ?)",
        (CONSENSUS,),
    ).fetchone()
    return int(n)


def unsure_places(store: Store) -> list[tuple[str, str]]:
    """Coder and round wherever a decision is unsure, the adjudicated layer left out."""
    return [
        (coder, round)
        for coder, round in store.connection.execute(
            "SELECT DISTINCT coder, round FROM decisions WHERE is_unsure AND coder <> ? "
            "ORDER BY coder, round",
            (CONSENSUS,),
        )
    ]


def settled_ids(store: Store) -> frozenset[int]:
    """Ids of the responses that the adjudicated layer holds."""
    return frozenset(
        id
        for (id,) in store.connection.execute(
            "SELECT DISTINCT response_id FROM decisions WHERE coder = ?", (CONSENSUS,)
        )
    )
