"""Answers that somebody has yet to decide blind: what others make of them stays hidden until then."""

from __future__ import annotations

from harken.model import Round
from harken.services.memos.visibility import is_at_work
from harken.storage import coding, study
from harken.storage.answers.naming import has_work
from harken.storage.store import Store


def undecided_blind(store: Store, coder: str) -> frozenset[int]:
    """Ids of the answers that a coder has yet to decide in the blind rounds in which they code."""
    return frozenset(
        id
        for round in study.rounds(store)
        if round.is_blind and is_at_work(store, coder, round)
        for id in _undecided(store, coder, round)
    )


def undecided_blind_by_anybody(store: Store) -> frozenset[int]:
    """Ids of the answers that somebody named in a blind round, or at work in one, has yet to decide there."""
    return frozenset(
        id
        for round in study.rounds(store)
        if round.is_blind
        for coder in study.coders(store)
        if coder in round.coders or has_work(store, coder=coder, round=round.name)
        for id in _undecided(store, coder, round)
    )


def _undecided(store: Store, coder: str, round: Round) -> set[int]:
    decided = coding.decided_ids(store, coder=coder, round=round.name)
    return set(coding.queue(store, coder=coder, round=round.name)) - decided
