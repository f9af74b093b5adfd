"""Stored decisions as columns of numbers, and choosing among them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from harken.stats.ratings import MISSING, BoolArray, IntArray
from harken.storage import coding, survey
from harken.storage.coding import DecidedPlace
from harken.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DecisionRows:
    """Decisions of people, an entry each in every column, by response, round and coder.

    `round`, `coder`, `question`, `codebook` and `codes` are places in the tuples of what they name, of which
    rounds and coders are sorted. `codebooks` are ids of the codebook's latest change at the time.
    """

    response: IntArray
    participant: IntArray
    question: IntArray
    round: IntArray
    coder: IntArray
    codebook: IntArray
    codes: IntArray
    is_uncodable: BoolArray
    is_suggested: BoolArray
    """Whether the coder was shown a suggestion."""
    is_revised: BoolArray
    """Whether anybody decided the answer after a discussion: a meeting, or its adjudication."""
    at: NDArray[np.object_]
    """When it was decided; this and the next two are empty where nothing asks for times."""
    is_timed: BoolArray
    """Whether that is a time of its own, not that of the file in which it came in."""
    journal_order: IntArray
    """Rises as decisions follow one another in the journal."""
    questions: tuple[str, ...]
    rounds: tuple[str, ...]
    coders: tuple[str, ...]
    codebooks: tuple[str, ...]
    code_sets: tuple[frozenset[str], ...]

    def __len__(self) -> int:
        return len(self.response)

    @property
    def present_coders(self) -> tuple[str, ...]:
        """Those with a decision here."""
        return tuple(self.coders[place] for place in np.unique(self.coder).tolist())

    def select(self, chosen: BoolArray | IntArray) -> DecisionRows:
        """These decisions alone."""
        timed = chosen if len(self.at) else slice(None)
        return replace(
            self,
            at=self.at[timed],
            is_timed=self.is_timed[timed],
            journal_order=self.journal_order[timed],
            response=self.response[chosen],
            participant=self.participant[chosen],
            question=self.question[chosen],
            round=self.round[chosen],
            coder=self.coder[chosen],
            codebook=self.codebook[chosen],
            codes=self.codes[chosen],
            is_uncodable=self.is_uncodable[chosen],
            is_suggested=self.is_suggested[chosen],
            is_revised=self.is_revised[chosen],
        )

    def find(self, places: Iterable[DecidedPlace]) -> IntArray:
        """Where the decisions at these places stand, -1 for one that is not there."""
        rounds = {name: place for place, name in enumerate(self.rounds)}
        coders = {name: place for place, name in enumerate(self.coders)}
        keys = np.array(
            [
                (response * len(rounds) + rounds[round]) * len(coders) + coders[coder]
                if round in rounds and coder in coders
                else MISSING
                for response, round, coder in places
            ],
            dtype=np.int64,
        )
        own = (self.response * len(rounds) + self.round) * len(coders) + self.coder
        at = np.searchsorted(own, keys)
        at[at == len(own)] = 0
        return np.where(own[at] == keys, at, MISSING) if len(own) else np.full(len(keys), MISSING)


def decision_rows(
    store: Store,
    *,
    rounds: Iterable[str],
    coders: Iterable[str],
    questions: Iterable[str],
    with_excluded: bool,
    with_times: bool = False,
) -> DecisionRows:
    """The decisions of people, not of the adjudicated layer, that stand in these rounds."""
    columns = coding.decision_columns(
        store,
        rounds=rounds,
        coders=coders,
        questions=questions,
        with_excluded=with_excluded,
        with_times=with_times,
    )
    asked = survey.questions(store)
    question_ids = np.array([one.id for one in asked], dtype=np.int64)
    by_id = np.argsort(question_ids)
    found = np.searchsorted(question_ids[by_id], np.asarray(columns.question_id))
    round_names, round_places = _sorted(columns.rounds)
    coder_names, coder_places = _sorted(columns.coders)
    return DecisionRows(
        response=np.asarray(columns.response_id),
        participant=np.asarray(columns.participant_id),
        question=by_id[found].astype(np.int32),
        round=round_places[np.asarray(columns.round)],
        coder=coder_places[np.asarray(columns.coder)],
        codebook=np.asarray(columns.codebook),
        codes=np.asarray(columns.codes),
        is_uncodable=np.frombuffer(columns.is_uncodable, dtype=np.bool_),
        is_suggested=np.zeros(len(columns.response_id), dtype=np.bool_),
        is_revised=np.zeros(len(columns.response_id), dtype=np.bool_),
        at=np.array(columns.at, dtype=np.object_),
        is_timed=np.frombuffer(columns.is_timed, dtype=np.bool_),
        journal_order=np.asarray(columns.journal_order),
        questions=tuple(one.name for one in asked),
        rounds=round_names,
        coders=coder_names,
        codebooks=columns.codebooks,
        code_sets=columns.code_sets,
    )


def _sorted(names: tuple[str, ...]) -> tuple[tuple[str, ...], NDArray[Any]]:
    """Names in order, and the place there of each of `names`."""
    ordered = tuple(sorted(names))
    places = {name: place for place, name in enumerate(ordered)}
    return ordered, np.array([places[name] for name in names], dtype=np.int32)
