"""What of a codebook is compared: its codes, its exclusive families, whole sets, codability."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from harken.model import Codebook, CodebookEntry
from harken.services.agreeing.figures import Compared, FamilyScale
from harken.services.agreeing.rating.meanings import Meanings
from harken.services.agreeing.rating.rated import RatedUnits
from harken.stats.meanings import split_matrix, split_sets
from harken.stats.ratings import BoolArray, RatingMatrix, code_ratings, family_ratings
from harken.stats.scaled_alpha import Scale


def compare_by_codebook(
    rated: RatedUnits,
    codebook: Codebook,
    *,
    questions: tuple[str, ...],
    codes: Sequence[str] = (),
    meanings: Meanings | None = None,
) -> Compared:
    """The ratings of answers to `questions`, as the variables that the codebook makes.

    `codes` limits the codes and families to these and those that hold one of them. `meanings` keeps apart
    what was decided under different meanings of a variable.
    """
    # For codes and sets an uncodable response counts as one to which no code applies.
    return Compared(
        coders=rated.coders,
        codes=dict(_code_variables(rated, codebook, questions, codes, meanings)),
        families=dict(_family_variables(rated, codebook, questions, codes, meanings)),
        sets=rated.sets if meanings is None else split_sets(rated.sets, meanings.of_sets(rated)),
        codability=rated.codability(),
        scales={
            family.key: _scale(family.scale, [entry.code.value for entry in _entries(codebook, family.key)])
            for family in codebook.families
            if family.exclusive and family.scale != "nominal"
        },
    )


def _entries(codebook: Codebook, family: str) -> list[CodebookEntry]:
    return [entry for entry in codebook.entries.values() if entry.family.key == family]


def _scale(scale: str, values: Sequence[float | None]) -> FamilyScale:
    """Numbers count where every code has one, else the order of the codes."""
    given = tuple(value for value in values if value is not None)
    return FamilyScale(scale=Scale(scale), values=given if len(given) == len(values) else None)


def _code_variables(
    rated: RatedUnits,
    codebook: Codebook,
    questions: tuple[str, ...],
    codes: Sequence[str],
    meanings: Meanings | None,
) -> Iterable[tuple[str, RatingMatrix]]:
    """Each code that may be applied in scope, over the units where it may be."""
    for path, entry in codebook.entries.items():
        applicable = [question for question in questions if entry.applies_to(question)]
        if applicable and (not codes or path in codes):
            units = _answering(rated, applicable, questions)
            held = codebook.with_descendants(path)
            matrix = code_ratings(rated.sets, held, units=units)
            if meanings is not None:
                chosen = slice(None) if units is None else units
                matrix = split_matrix(matrix, meanings.of_code(path, rated, matrix.ratings, chosen))
            yield path, matrix


def _family_variables(
    rated: RatedUnits,
    codebook: Codebook,
    questions: tuple[str, ...],
    codes: Sequence[str],
    meanings: Meanings | None,
) -> Iterable[tuple[str, RatingMatrix]]:
    """Each exclusive family that may be applied in scope, over the units where any of its codes may be."""
    for family in codebook.families:
        entries = _entries(codebook, family.key)
        applicable = [q for q in questions if any(entry.applies_to(q) for entry in entries)]
        is_asked = not codes or any(entry.path in codes for entry in entries)
        if family.exclusive and applicable and is_asked:
            units = _answering(rated, applicable, questions)
            matrix = family_ratings(
                rated.sets,
                [entry.path for entry in entries],
                is_none_a_category=family.scale == "nominal",
                units=units,
            )
            if meanings is not None:
                chosen = slice(None) if units is None else units
                matrix = split_matrix(matrix, meanings.of_family(family.key, rated)[chosen])
            yield family.key, matrix


def _answering(rated: RatedUnits, questions: Sequence[str], every: Sequence[str]) -> BoolArray | None:
    """Which units answer one of `questions`; None where that is all of them."""
    if len(questions) == len(every):
        return None
    places = [rated.rows.questions.index(question) for question in questions]
    return np.asarray(np.isin(rated.question, places))
