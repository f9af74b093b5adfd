"""Answers that coders decided differently."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from harken.model import ResponseKey
from harken.services.agreeing.rating.rated import Unit, rate
from harken.services.agreeing.rating.rows import decision_rows
from harken.services.marking import marks_of, redacted
from harken.storage import survey
from harken.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreed:
    """A response on which coders decided differently; what each of them decided."""

    key: ResponseKey
    text: str
    round: str
    codes: Mapping[str, tuple[str, ...]]
    named: Mapping[str, str] = field(default_factory=dict)
    """In a file without a project, what its columns say of the unit."""


def find_disagreements(store: Store, *, rounds: Sequence[str]) -> tuple[Disagreed, ...]:
    """Answers that coders decided differently within one of these rounds, with what each of them decided."""
    if not rounds:
        return ()
    with store.snapshot():
        rows = decision_rows(store, rounds=rounds, coders=(), questions=(), with_excluded=False)
        return tuple(disagreements(store, rate(rows).apart()))


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
