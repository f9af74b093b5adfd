"""Stored decisions as ratings: what coders agree on or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple, cast

from harken.model import CONSENSUS, DecisionState
from harken.stats.ratings import SetRatings
from harken.storage import coding, survey
from harken.storage.store import Store


class Unit(NamedTuple):
    """What coders agree on or not: one response in one round."""

    response_id: int
    round: str
    participant_id: int
    question: str


class Rating(NamedTuple):
    """One coder's decision on a unit."""

    unit: Unit
    coder: str
    codes: frozenset[str]
    is_uncodable: bool


def ratings_of(
    store: Store,
    *,
    rounds: Iterable[str],
    coders: Iterable[str],
    questions: Iterable[str],
    with_excluded: bool,
) -> list[Rating]:
    """The decisions of people, not of the adjudicated layer, that stand in these rounds."""
    question_of = {question.id: question.name for question in survey.questions(store)}
    return [
        Rating(
            Unit(found.response_id, found.round, found.participant_id, question_of[found.question_id]),
            found.coder,
            frozenset(found.codes),
            found.state is DecisionState.UNCODABLE,
        )
        for found in coding.decisions(
            store, rounds=rounds, coders=coders, questions=questions, with_excluded=with_excluded
        )
        if found.coder != CONSENSUS
    ]


def units_of(sets: SetRatings) -> tuple[Unit, ...]:
    """The units as they were given to `collect_set_ratings`."""
    return cast("tuple[Unit, ...]", sets.units)


def count_units(ratings: Iterable[Rating]) -> tuple[int, int]:
    """Units with a rating, and units with two or more."""
    n_ratings = Counter(rating.unit for rating in ratings)
    return len(n_ratings), sum(n >= 2 for n in n_ratings.values())
