"""Under what circumstances the compared decisions were made: what a reader asks before the figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from harken.model import Codebook, Round
from harken.services.agreeing.rating.rated import RatedUnits
from harken.storage import coding, standing, study, survey
from harken.storage.codebooks import version_day, version_id
from harken.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """Facts of the study behind agreement figures, as far as its file knows them."""

    n_answers: int
    """Answered responses in scope of people who are not excluded."""
    n_responses_rated: int
    """Responses that a coder decided, each once, in however many rounds."""
    n_responses_pairable: int
    """Responses that two coders decided in one round."""
    n_participants: int
    """People with a response that two coders decided."""
    n_excluded: int
    rounds: tuple[Round, ...]
    first_day: str
    """Of the decisions; this and the next are empty where nothing tells."""
    last_day: str
    n_imported: int
    """Decisions that came in with a file, so that nothing is known of how they were made."""
    codebook: str
    codebook_version: str
    """First letters of the id of its latest change."""
    codebook_day: str
    """When that was; empty for a codebook that never changed."""
    n_codebook_versions: int
    """Different versions under which the decisions were made."""
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
    asked, names = set(questions), tuple(rounds)
    n_coders = rated.n_decided
    codable = standing.n_codable_by_question(store)
    _, n_excluded = standing.people(store)
    origins = coding.origins(store, rounds=names, coders=rated.rows.present_coders)
    # What was decided again after a discussion is not compared, and its day says nothing of what is.
    is_dated = not rated.is_revised.any()
    return Circumstances(
        n_answers=sum(codable.get(one.id, 0) for one in survey.questions(store) if one.name in asked),
        n_responses_rated=len(np.unique(rated.response[n_coders > 0])),
        n_responses_pairable=len(np.unique(rated.response[n_coders > 1])),
        n_participants=len(np.unique(rated.participant[n_coders > 1])),
        n_excluded=n_excluded,
        rounds=tuple(study.round_named(store, name) for name in names),
        first_day=origins.first_day if is_dated else "",
        last_day=origins.last_day if is_dated else "",
        n_imported=origins.n_imported,
        codebook=codebook.title,
        codebook_version=version_id(store)[:8],
        codebook_day=version_day(store),
        n_codebook_versions=len(np.unique(rated.codebook[rated.is_decided])),
        n_codes=len(codebook.paths),
        n_decided=dict(zip(rated.coders, rated.is_decided.sum(axis=0).tolist(), strict=True)),
        n_by_coders={n: n_units for n, n_units in enumerate(np.bincount(n_coders).tolist()) if n and n_units},
    )
