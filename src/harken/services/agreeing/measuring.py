"""From stored decisions to agreement: which are compared, and every figure over them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations

import numpy as np

from harken.errors import unknown_name
from harken.model import MAIN_ROUND, Codebook, RoundKind
from harken.services.agreeing.disagreeing import disagreements, units_apart
from harken.services.agreeing.rated import Rating, Unit, ratings_of, units_of
from harken.services.agreeing.result import QUESTION, Agreement, Figures, PairFigures, Scope, Slice
from harken.services.blindness import undecided_blind
from harken.services.grouping import group_participants
from harken.stats.agreement import (
    PairAgreement,
    measure_all_pairs,
    measure_code_agreement,
    measure_variable_agreement,
)
from harken.stats.ratings import (
    BoolArray,
    RatingMatrix,
    SetRatings,
    code_ratings,
    collect_set_ratings,
    family_ratings,
    select_coders,
)
from harken.stats.set_agreement import measure_set_agreement
from harken.stats.uncertainty import Uncertainty
from harken.storage import codebooks, study, survey
from harken.storage.store import Store


def measure_agreement(
    store: Store,
    *,
    rounds: Sequence[str] = (),
    coders: Sequence[str] = (),
    questions: Sequence[str] = (),
    by: str | None = None,
    uncertainty: Uncertainty | None = None,
    with_excluded: bool = False,
    viewer: str = "",
) -> Agreement:
    """Agreement where two coders decided, per code, exclusive family and whole set, with slices.

    Default: the reliability rounds, else `main`; every coder; every question. Slices are the questions,
    where there are several, and the groups of the column `by`. Disagreements on answers that `viewer` has yet
    to decide in a blind round are left out and counted; figures are whole.
    """
    options = uncertainty or Uncertainty()
    with store.snapshot():
        codebook = codebooks.stored_codebook(store).codebook
        in_rounds = _rounds(store, rounds)
        ratings = ratings_of(
            store, rounds=in_rounds, coders=coders, questions=questions, with_excluded=with_excluded
        )
        names = _known_coders(store, coders) or tuple(sorted({r.coder for r in ratings}))
        asked = tuple(survey.question_named(store, q).name for q in questions) or tuple(
            question.name for question in survey.questions(store)
        )
        group_of = group_participants(store, by).of_participant if by is not None else {}

        def figures(chosen: Sequence[Rating], questions: tuple[str, ...]) -> Figures:
            return _measure(
                chosen,
                codebook,
                coders=names,
                questions=questions,
                rounds=in_rounds,
                with_excluded=with_excluded,
                uncertainty=options,
            )

        slices = [
            Slice(
                by=QUESTION,
                value=q,
                figures=figures([r for r in ratings if r.unit.question == q], (q,)),
                is_group=False,
            )
            for q in (asked if len(asked) > 1 else ())
        ]
        if by is not None:
            slices += [
                Slice(
                    by=by,
                    value=group,
                    figures=figures([r for r in ratings if group_of[r.unit.participant_id] == group], asked),
                    is_group=True,
                )
                for group in dict.fromkeys(group_of.values())
            ]
        hidden = undecided_blind(store, viewer) if viewer else frozenset()
        apart = list(units_apart(ratings, names))
        shown = [one for one in apart if one[0].response_id not in hidden]
        return Agreement(
            whole=figures(ratings, asked),
            slices=tuple(slices),
            disagreements=tuple(disagreements(store, shown)),
            n_blind_disagreements=len(apart) - len(shown),
            uncertainty=options,
        )


def _rounds(store: Store, named: Sequence[str]) -> tuple[str, ...]:
    if named:
        return tuple(study.round_named(store, name).name for name in named)
    known = study.rounds(store)
    reliability = tuple(round.name for round in known if round.kind is RoundKind.RELIABILITY)
    return reliability or (MAIN_ROUND,)


def _known_coders(store: Store, named: Sequence[str]) -> tuple[str, ...]:
    known = study.coders(store)
    for name in named:
        if name not in known:
            raise unknown_name("coder", name, known)
    return tuple(dict.fromkeys(named))


def _measure(
    ratings: Sequence[Rating],
    codebook: Codebook,
    *,
    coders: tuple[str, ...],
    questions: tuple[str, ...],
    rounds: tuple[str, ...],
    with_excluded: bool,
    uncertainty: Uncertainty,
) -> Figures:
    def collect(applied: Iterable[tuple[Unit, str, Collection[str]]], codes: Sequence[str]) -> SetRatings:
        return collect_set_ratings(
            applied, coders=coders, codes=codes, participant_of=lambda unit: unit.participant_id
        )

    # For codes and sets an uncodable response counts as one to which no code applies.
    sets = collect(((r.unit, r.coder, r.codes) for r in ratings), codebook.paths)
    codable = collect(((r.unit, r.coder, () if r.is_uncodable else ("yes",)) for r in ratings), ("yes",))
    variables = dict(_code_variables(sets, codebook, questions))
    families = dict(_family_variables(sets, codebook, questions))
    whole = measure_set_agreement(sets, uncertainty=uncertainty)
    return Figures(
        scope=Scope(
            coders=coders,
            questions=questions,
            rounds=rounds,
            with_excluded=with_excluded,
            n_units_rated=whole.n_units_rated,
            n_units_pairable=whole.n_units_pairable,
        ),
        codes={
            path: measure_code_agreement(matrix, uncertainty=uncertainty)
            for path, matrix in variables.items()
        },
        families={
            key: measure_variable_agreement(matrix, uncertainty=uncertainty)
            for key, matrix in families.items()
        },
        sets=whole,
        codability=measure_code_agreement(code_ratings(codable, ("yes",)), uncertainty=uncertainty),
        pairs=tuple(_pairs(sets, variables, families, coders, uncertainty)),
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


def _pairs(
    sets: SetRatings,
    codes: Mapping[str, RatingMatrix],
    families: Mapping[str, RatingMatrix],
    coders: tuple[str, ...],
    uncertainty: Uncertainty,
) -> Iterable[PairFigures]:
    of_code = _by_pair(codes, uncertainty)
    of_family = _by_pair(families, uncertainty)
    for first, second in combinations(range(len(coders)), 2):
        pair = (coders[first], coders[second])
        both = measure_set_agreement(select_coders(sets, pair), uncertainty=uncertainty)
        yield PairFigures(
            coders=pair,
            n_units=both.n_units_pairable,
            codes={path: found[pair] for path, found in of_code.items()},
            families={key: found[pair] for key, found in of_family.items()},
            sets=both,
        )


def _by_pair(
    variables: Mapping[str, RatingMatrix], uncertainty: Uncertainty
) -> dict[str, dict[tuple[str, str], PairAgreement]]:
    return {
        key: {pair.coders: pair for pair in measure_all_pairs(matrix, uncertainty=uncertainty)}
        for key, matrix in variables.items()
    }
