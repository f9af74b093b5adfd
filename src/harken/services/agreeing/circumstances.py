"""Under what circumstances the compared decisions were made: what a reader asks before the figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from harken.model import Codebook, Round
from harken.services.agreeing.rating.rated import RatedUnits
from harken.storage import standing, study, survey
from harken.storage.codebooks import version_id
from harken.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """Facts of the study behind agreement figures, as far as its file knows them."""

    n_answers: int
    """Answered responses in scope of people who are not excluded."""
    n_participants: int
    """People with a response that two coders decided."""
    n_excluded: int
    rounds: tuple[Round, ...]
    codebook: str
    codebook_version: str
    """First letters of the id of its latest change."""
    n_codes: int
    n_decided: Mapping[str, int]
    """Responses by coder."""
    n_by_coders: Mapping[int, int]
    """Units by how many coders decided them."""

    @property
    def is_blind(self) -> bool:
        """Whether every round compared hid others' decisions until one's own."""
        return bool(self.rounds) and all(round.is_blind for round in self.rounds)


def observe(
    store: Store,
    rated: RatedUnits,
    codebook: Codebook,
    *,
    rounds: Iterable[str],
    questions: Iterable[str],
) -> Circumstances:
    """The circumstances of what was decided in `rounds` on answers to `questions`."""
    asked = set(questions)
    n_coders = rated.n_decided
    codable = standing.n_codable_by_question(store)
    _, n_excluded = standing.people(store)
    return Circumstances(
        n_answers=sum(codable.get(one.id, 0) for one in survey.questions(store) if one.name in asked),
        n_participants=len(np.unique(rated.participant[n_coders > 1])),
        n_excluded=n_excluded,
        rounds=tuple(study.round_named(store, name) for name in rounds),
        codebook=codebook.title,
        codebook_version=version_id(store)[:8],
        n_codes=len(codebook.paths),
        n_decided=dict(zip(rated.coders, rated.is_decided.sum(axis=0).tolist(), strict=True)),
        n_by_coders={n: n_units for n, n_units in enumerate(np.bincount(n_coders).tolist()) if n and n_units},
    )
