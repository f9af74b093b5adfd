"""From stored decisions to agreement: which are compared, and every figure over them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from harken.errors import HarkenError, listed, near_match, quoted
from harken.model import Codebook
from harken.services.agreeing.choosing import latest_of_each_coder, without_repeated_texts
from harken.services.agreeing.circumstances import observe
from harken.services.agreeing.disagreeing import disagreements
from harken.services.agreeing.figures import measure_figures
from harken.services.agreeing.meanings import Meanings, read_meanings
from harken.services.agreeing.rated import RatedUnits, rate
from harken.services.agreeing.result import Agreement, Apart, Figures, Scope, Slice
from harken.services.agreeing.rows import DecisionRows, decision_rows
from harken.services.agreeing.scope import coders_named, rounds_compared
from harken.services.agreeing.slicing import Part, parts_by_group, parts_by_question, parts_by_round
from harken.services.agreeing.variables import compare_by_codebook
from harken.services.agreeing.yardstick import Yardstick
from harken.services.blindness import undecided_blind
from harken.services.grouping import group_participants
from harken.stats.meanings import has_several_meanings
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
    apart: Sequence[Apart] = (),
    with_excluded: bool = False,
    viewer: str = "",
) -> Agreement:
    """Agreement where two coders decided, per code, exclusive family and whole set, with slices.

    Default: the reliability rounds, else `main`; every coder, question and code. A unit is a response in one
    round under one meaning of what could be applied; with `pool` a response, on which each coder's
    latest decision counts. `distinct` counts answers with the same text once. Slices are the questions and
    the rounds, where there are several, the groups of the column `by`, and what `apart` names. Disagreements
    on answers that `viewer` has yet to decide in a blind round are left out and counted; figures are whole.
    """
    yardstick = yardstick or Yardstick()
    with store.snapshot():
        codebook = codebooks.stored_codebook(store).codebook
        chosen = Chosen(
            rounds=rounds_compared(store, rounds),
            coders=coders_named(store, coders),
            questions=tuple(survey.question_named(store, q).name for q in questions)
            or tuple(question.name for question in survey.questions(store)),
            codes=codes_named(codebook, codes),
            with_excluded=with_excluded,
            pools=pool,
            is_distinct=distinct,
        )
        rows = decision_rows(
            store,
            rounds=chosen.rounds,
            coders=chosen.coders,
            questions=chosen.questions if questions else (),
            with_excluded=with_excluded,
            with_times=pool or bool(apart),
        )
        comparison = Comparison(store=store, codebook=codebook, chosen=chosen, rows=rows, yardstick=yardstick)
        hidden = undecided_blind(store, viewer) if viewer else frozenset()
        differing = list(comparison.rated.apart())
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
                for part in comparison.parts(by, apart)
            ),
            disagreements=tuple(disagreements(store, shown)),
            n_blind_disagreements=len(differing) - len(shown),
            yardstick=yardstick,
            circumstances=observe(
                store,
                list(comparison.rated.ratings()),
                codebook,
                rounds=chosen.rounds,
                questions=chosen.questions,
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What was asked for, by the names that the project has."""

    rounds: tuple[str, ...]
    coders: tuple[str, ...]
    """Empty: whoever decided."""
    questions: tuple[str, ...]
    codes: tuple[str, ...]
    """Paths; empty: every code."""
    with_excluded: bool
    pools: bool
    is_distinct: bool


def codes_named(codebook: Codebook, named: Sequence[str]) -> tuple[str, ...]:
    """The paths of the codes that are named, each once; raises for unknown ones."""
    for address in named:
        if not codebook.matching(address):
            raise HarkenError(
                f"No code {quoted(address)} in the codebook.{near_match(address, codebook.paths)} "
                f"Codes: {listed(codebook.paths)}."
            )
    return tuple(dict.fromkeys(codebook.resolve(address) for address in named))


class Comparison:
    """Decisions that are ready to be compared, as a whole and in parts."""

    def __init__(
        self, *, store: Store, codebook: Codebook, chosen: Chosen, rows: DecisionRows, yardstick: Yardstick
    ) -> None:
        self._store = store
        self._codebook = codebook
        self._chosen = chosen
        self._yardstick = yardstick
        kept = latest_of_each_coder(rows) if chosen.pools else rows
        every = rate(kept, coders=chosen.coders, codes=codebook.paths, pools=chosen.pools)
        self.rated = without_repeated_texts(store, every) if chosen.is_distinct else every
        self._meanings: Meanings | None = (
            None if chosen.pools else read_meanings(store, rows.codebooks, codebook)
        )
        self._scope = Scope(
            coders=self.rated.coders,
            questions=chosen.questions,
            rounds=chosen.rounds,
            with_excluded=chosen.with_excluded,
            n_units_rated=0,
            n_units_pairable=0,
            pooled=chosen.pools,
            distinct=chosen.is_distinct,
            n_repeated_texts=len(every.response) - len(self.rated.response),
        )

    def figures(self, rated: RatedUnits, questions: tuple[str, ...]) -> Figures:
        """Every figure over these units."""
        compared = compare_by_codebook(
            rated,
            self._codebook,
            questions=questions,
            codes=self._chosen.codes,
            meanings=self._meanings,
        )
        scope = replace(
            self._scope,
            questions=questions,
            n_units_rated=rated.n_rated,
            n_units_pairable=rated.n_pairable,
            n_units_apart=self._count_apart(rated),
        )
        return measure_figures(compared, scope=scope, by=self._yardstick)

    def _count_apart(self, rated: RatedUnits) -> int:
        if self._meanings is None:
            return 0
        return int(has_several_meanings(rated.sets.set_ids, self._meanings.of_sets(rated)).sum())

    def parts(self, by: str | None, apart: Sequence[Apart]) -> Iterator[Part]:
        """What is shown beside the whole."""
        chosen = self._chosen
        yield from parts_by_question(self.rated, chosen.questions)
        if not chosen.pools:
            yield from parts_by_round(self.rated, chosen.rounds, chosen.questions)
        if by is not None:
            groups = group_participants(self._store, by)
            yield from parts_by_group(self.rated, groups, chosen.questions)
