"""From stored decisions to agreement: which are compared, and every figure over them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from harken.model import Codebook
from harken.services.agreeing.chosen import Chosen, coders_named, codes_named, parts_named, rounds_compared
from harken.services.agreeing.circumstances import observe
from harken.services.agreeing.comparing.comparison import Comparison
from harken.services.agreeing.disagreements.finding import disagreements
from harken.services.agreeing.measures import Measures
from harken.services.agreeing.rating.repeating import rounds_repeated
from harken.services.agreeing.rating.rows import decision_rows
from harken.services.agreeing.result import Agreement, Slice
from harken.services.agreeing.yardstick import Yardstick
from harken.services.blindness import undecided_blind
from harken.storage import codebooks, survey
from harken.storage.store import Store


def measure_agreement(
    store: Store,
    *,
    rounds: Sequence[str] = (),
    coders: Sequence[str] = (),
    questions: Sequence[str] = (),
    codes: Sequence[str] = (),
    by: str | None = None,
    yardstick: Yardstick | None = None,
    pool: bool = False,
    distinct: bool = False,
    intra: bool = False,
    apart: Sequence[str] = (),
    with_excluded: bool = False,
    viewer: str = "",
    progress: Callable[[str, float], None] | None = None,
) -> Agreement:
    """Agreement where two coders decided, per code, exclusive family and whole set, with slices.

    Default: the reliability rounds, else `main`; every coder, question and code. A unit is a response in one
    round under one meaning of what could be applied; with `pool` a response, on which each coder's latest
    decision counts. What coders decided after a meeting, or after an answer's adjudication, is left out.
    `distinct` counts answers with the same text once; `intra` compares coders with themselves over repeat
    rounds. Slices are the questions and the rounds, where there are several, the groups of the column `by`,
    and what `apart` names (versions, discussion, suggestions, periods).

    Disagreements are those that stand now. Those on answers that `viewer` has yet to decide in a blind round
    are left out and counted; figures are whole.
    `progress` hears what is going on and about which share of it is done.
    """
    yardstick = yardstick or Yardstick()
    with store.snapshot():
        codebook = codebooks.stored_codebook(store).codebook
        chosen = Chosen(
            rounds=rounds_repeated(store, rounds) if intra else rounds_compared(store, rounds),
            coders=coders_named(store, coders),
            questions=tuple(survey.question_named(store, q).name for q in questions)
            or tuple(question.name for question in survey.questions(store)),
            codes=codes_named(codebook, codes),
            with_excluded=with_excluded,
            pools=pool,
            is_distinct=distinct,
            is_intra=intra,
            apart=parts_named(apart),
        )
        rows = decision_rows(
            store,
            rounds=chosen.rounds,
            coders=chosen.coders,
            questions=chosen.questions if questions else (),
            with_excluded=with_excluded,
            with_times=pool or intra or bool(apart),
        )
        measures = Measures(
            yardstick, progress=None if progress is None else lambda share: progress("measuring", share)
        )
        comparison = Comparison(
            store, codebook, chosen=chosen, rows=rows, yardstick=yardstick, measures=measures
        )
        parts = tuple(comparison.parts(by))
        every = (chosen.questions, *(part.questions for part in parts))
        measures.expect(sum(_count_measures(codebook, chosen.codes, asked) for asked in every))
        hidden = undecided_blind(store, viewer) if viewer else frozenset()
        differing = list(comparison.standing.apart())
        shown = [one for one in differing if one[0].response_id not in hidden]
        return Agreement(
            whole=comparison.figures(comparison.rated, chosen.questions),
            slices=tuple(
                Slice(
                    kind=part.kind,
                    by=part.by or part.kind.value,
                    value=part.value,
                    since=part.since,
                    until=part.until,
                    figures=comparison.figures(part.rated, part.questions),
                )
                for part in parts
            ),
            disagreements=tuple(disagreements(store, shown)),
            n_blind_disagreements=len(differing) - len(shown),
            yardstick=yardstick,
            has_named_coders=bool(coders),
            circumstances=observe(
                store,
                comparison.rated,
                codebook,
                rounds=chosen.rounds,
                questions=chosen.questions,
            ),
        )


def _count_measures(codebook: Codebook, codes: Sequence[str], questions: Sequence[str]) -> int:
    """About how many measures a scope takes: each code and the sets, for all coders and for pairs."""
    entries = [codebook.entries[path] for path in codes or codebook.paths]
    return 2 + 2 * sum(any(entry.applies_to(one) for one in questions) for entry in entries)
