"""Answers that coders decided differently."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from harken.services.agreeing.rated import Rating, Unit, ratings_of, units_of
from harken.services.agreeing.result import Disagreed
from harken.services.marking import marks_of, redacted
from harken.stats.ratings import collect_set_ratings, units_in_disagreement
from harken.storage import survey
from harken.storage.store import Store

UNCODABLE = "(uncodable)"
"""Stands among a unit's codes in lists of disagreements; no code can be called so."""


def decided_codes(rating: Rating) -> frozenset[str]:
    """What was decided, as it is compared here: an uncodable response is not one without codes."""
    return frozenset({UNCODABLE}) if rating.is_uncodable else rating.codes


def find_disagreements(store: Store, *, rounds: Sequence[str]) -> tuple[Disagreed, ...]:
    """Answers that coders decided differently within one of these rounds, with what each of them decided."""
    if not rounds:
        return ()
    with store.snapshot():
        ratings = ratings_of(store, rounds=rounds, coders=(), questions=(), with_excluded=False)
        apart = units_apart(ratings, tuple(sorted({r.coder for r in ratings})))
        return tuple(disagreements(store, apart))


def units_apart(
    ratings: Sequence[Rating], coders: tuple[str, ...]
) -> Iterable[tuple[Unit, Mapping[str, tuple[str, ...]]]]:
    """Units that coders decided differently, with what each of them decided."""
    sets = collect_set_ratings(((r.unit, r.coder, decided_codes(r)) for r in ratings), coders=coders)
    units = units_of(sets)
    for row in units_in_disagreement(sets):
        decided: dict[str, tuple[str, ...]] = {
            coder: tuple(code for code, held in zip(sets.codes, sets.members[id], strict=True) if held)
            for coder, id in zip(sets.coders, sets.set_ids[row], strict=True)
            if id >= 0
        }
        yield units[row], decided


def disagreements(
    store: Store, apart: Iterable[tuple[Unit, Mapping[str, tuple[str, ...]]]]
) -> Iterable[Disagreed]:
    """These units with their answers as outputs print them."""
    found = list(apart)
    if not found:
        return
    marks = marks_of(store)
    keys = survey.response_keys(store)
    texts = {id: text for id, _, text in survey.texts(store, {unit.response_id for unit, _ in found})}
    for unit, decided in found:
        text, identifying = texts[unit.response_id], marks.get(unit.response_id)
        yield Disagreed(
            key=keys[unit.response_id],
            text=redacted(text, identifying) if identifying else text,
            round=unit.round,
            codes=decided,
        )
