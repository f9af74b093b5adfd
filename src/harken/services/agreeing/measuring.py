"""From stored decisions to agreement: which are compared, and every figure over them."""

from __future__ import annotations

from collections.abc import Sequence

from harken.errors import unknown_name
from harken.model import MAIN_ROUND, RoundKind
from harken.services.agreeing.disagreeing import disagreements, units_apart
from harken.services.agreeing.figures import measure_figures
from harken.services.agreeing.rated import Rating, count_units, ratings_of
from harken.services.agreeing.result import QUESTION, Agreement, Figures, Scope, Slice
from harken.services.agreeing.variables import compare_by_codebook
from harken.services.agreeing.yardstick import Yardstick
from harken.services.blindness import undecided_blind
from harken.services.grouping import group_participants
from harken.storage import codebooks, study, survey
from harken.storage.store import Store


def measure_agreement(
    store: Store,
    *,
    rounds: Sequence[str] = (),
    coders: Sequence[str] = (),
    questions: Sequence[str] = (),
    by: str | None = None,
    yardstick: Yardstick | None = None,
    with_excluded: bool = False,
    viewer: str = "",
) -> Agreement:
    """Agreement where two coders decided, per code, exclusive family and whole set, with slices.

    Default: the reliability rounds, else `main`; every coder; every question. Slices are the questions,
    where there are several, and the groups of the column `by`. Disagreements on answers that `viewer` has yet
    to decide in a blind round are left out and counted; figures are whole.
    """
    yardstick = yardstick or Yardstick()
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
            compared = compare_by_codebook(chosen, codebook, coders=names, questions=questions)
            rated, pairable = count_units(chosen)
            scope = Scope(
                coders=names,
                questions=questions,
                rounds=in_rounds,
                with_excluded=with_excluded,
                n_units_rated=rated,
                n_units_pairable=pairable,
            )
            return measure_figures(compared, scope=scope, by=yardstick)

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
            yardstick=yardstick,
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
