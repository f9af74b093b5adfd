"""What of a codebook is compared: its codes, its exclusive families, whole sets, codability."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np

from harken.model import Codebook
from harken.services.agreeing.figures import Compared
from harken.services.agreeing.rated import Rating, Unit, units_of
from harken.stats.ratings import (
    BoolArray,
    RatingMatrix,
    SetRatings,
    code_ratings,
    collect_set_ratings,
    family_ratings,
)


def compare_by_codebook(
    ratings: Sequence[Rating], codebook: Codebook, *, coders: tuple[str, ...], questions: tuple[str, ...]
) -> Compared:
    """The ratings of `coders` on answers to `questions`, as the variables that the codebook makes."""

    def collect(applied: Iterable[tuple[Unit, str, Collection[str]]], codes: Sequence[str]) -> SetRatings:
        return collect_set_ratings(
            applied, coders=coders, codes=codes, participant_of=lambda unit: unit.participant_id
        )

    # For codes and sets an uncodable response counts as one to which no code applies.
    sets = collect(((r.unit, r.coder, r.codes) for r in ratings), codebook.paths)
    codable = collect(((r.unit, r.coder, () if r.is_uncodable else ("yes",)) for r in ratings), ("yes",))
    return Compared(
        coders=coders,
        codes=dict(_code_variables(sets, codebook, questions)),
        families=dict(_family_variables(sets, codebook, questions)),
        sets=sets,
        codability=code_ratings(codable, ("yes",)),
    )


def _code_variables(
    sets: SetRatings, codebook: Codebook, questions: tuple[str, ...]
) -> Iterable[tuple[str, RatingMatrix]]:
    """Each code that may be applied in scope, over the units where it may be."""
    for path, entry in codebook.entries.items():
        applicable = [question for question in questions if entry.applies_to(question)]
        if applicable:
            codes = (path, *codebook.descendants(path))
            yield path, code_ratings(sets, codes, units=_answering(sets, applicable, questions))


def _family_variables(
    sets: SetRatings, codebook: Codebook, questions: tuple[str, ...]
) -> Iterable[tuple[str, RatingMatrix]]:
    """Each exclusive family that may be applied in scope, over the units where any of its codes may be."""
    for family in codebook.families:
        entries = [entry for entry in codebook.entries.values() if entry.family.key == family.key]
        applicable = [q for q in questions if any(entry.applies_to(q) for entry in entries)]
        if family.exclusive and applicable:
            yield (
                family.key,
                family_ratings(
                    sets,
                    [entry.path for entry in entries],
                    is_none_a_category=family.scale == "nominal",
                    units=_answering(sets, applicable, questions),
                ),
            )


def _answering(sets: SetRatings, questions: Sequence[str], every: Sequence[str]) -> BoolArray | None:
    """Which units answer one of `questions`; None where that is all of them."""
    if len(questions) == len(every):
        return None
    asked = np.array([unit.question for unit in units_of(sets)], dtype=object)
    return np.isin(asked, questions)
