"""Marking places in answers, and the text as outputs print it: without what tells who somebody is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from harken.errors import HarkenError, quoted
from harken.model import IdentifyingDetail, Mark, MarkKind, Response, ResponseKey
from harken.storage import links, survey
from harken.storage import marks as stored
from harken.storage.store import Store


def marks_of(store: Store, response_ids: Iterable[int] | None = None) -> Mapping[int, tuple[Mark, ...]]:
    """Every coder's marks by response id, in the order of the text; of all responses without ids.

    Responses without a mark are left out: `marks.get(id, ())`.
    """
    return stored.marks(store, response_ids)


class RemovedPlace(NamedTuple):
    """A part of a text that no output prints, and the brackets in its stead."""

    start: int
    end: int
    brackets: str


def removed_places(marks: Iterable[Mark]) -> tuple[RemovedPlace, ...]:
    """The identifying places of a text in its order; overlapping and touching ones are one place."""
    joined: list[tuple[int, int, list[str]]] = []
    identifying = [mark for mark in marks if mark.kind is MarkKind.IDENTIFYING and mark.start < mark.end]
    for mark in sorted(identifying, key=lambda mark: (mark.start, mark.end)):
        if joined and mark.start <= joined[-1][1]:
            start, end, labels = joined[-1]
            joined[-1] = (start, max(end, mark.end), [*labels, mark.label])
        else:
            joined.append((mark.start, mark.end, [mark.label]))
    return tuple(RemovedPlace(start, end, _brackets(labels)) for start, end, labels in joined)


def _brackets(labels: Iterable[str]) -> str:
    named = dict.fromkeys(label for label in labels if label) or [IdentifyingDetail.DETAIL.value]
    return f"[{', '.join(named)} removed]"


def redacted(text: str, marks: Iterable[Mark], *, start: int = 0, end: int | None = None) -> str:
    """The text, or its part `start, end`, with brackets in the place of what tells who somebody is.

    A part that cuts an identifying place gets its brackets. Marks of quotes change nothing.
    """
    end = len(text) if end is None else min(end, len(text))
    parts: list[str] = []
    here = start
    for place in removed_places(marks):
        if place.end <= start or place.start >= end:
            continue
        parts += [text[here : place.start], place.brackets]
        here = place.end
    return "".join([*parts, text[here:end]])


# -- marking -----------------------------------------------------------------------------------------


def set_mark(store: Store, response: Response, mark: Mark, *, actor: str, is_marked: bool = True) -> None:
    """Mark a place in a response, or take a coder's mark of this kind and place away; one event."""
    if not 0 <= mark.start < mark.end <= len(response.text):
        raise HarkenError(
            f"{mark.start} to {mark.end} is no place in the answer of {quoted(response.key.participant)}, "
            f"which has {len(response.text)} characters. Select words first."
        )
    if mark.kind is MarkKind.IDENTIFYING and mark.label not in tuple(IdentifyingDetail):
        known = ", ".join(IdentifyingDetail)
        raise HarkenError(f"{quoted(mark.label)} is no kind of identifying detail. Known: {known}.")
    with store.action(actor) as action:
        stored.put_mark(action, response.key, mark, is_marked=is_marked)


def mark_words(
    store: Store,
    key: ResponseKey,
    words: str,
    *,
    kind: MarkKind,
    actor: str,
    label: str = "",
    is_marked: bool = True,
) -> tuple[Mark, ...]:
    """Mark words of an answer exactly as they stand, or all of it without words; or take the marks away.

    Words that tell who somebody is are marked wherever they stand in the answer, of a quote the first place
    alone.
    """
    response = answer_named(store, key)
    starts = _starts(response.text, words) if words else [0]
    if not starts:
        raise HarkenError(f"The answer of {key.participant!r} does not hold {quoted(words)}, word for word.")
    n = len(words or response.text)
    made = tuple(
        Mark(kind=kind, start=start, end=start + n, coder=actor, label=label)
        for start in (starts[:1] if kind is MarkKind.QUOTE else starts)
    )
    for mark in made:
        set_mark(store, response, mark, actor=actor, is_marked=is_marked)
    return made


def answer_named(store: Store, key: ResponseKey) -> Response:
    """The answer of a participant to a question; raises for names that are not there."""
    survey.participant_named(store, key.participant)
    survey.question_named(store, key.question)
    id = survey.response_id(store, key)
    if id is None:
        on = f" on occasion {key.occasion!r}" if key.occasion else ""
        raise HarkenError(f"{key.participant!r} has no answer to {key.question!r}{on} in this project.")
    return survey.response(store, id)


def _starts(text: str, words: str) -> list[int]:
    starts, here = [], text.find(words)
    while here >= 0:
        starts.append(here)
        here = text.find(words, here + len(words))
    return starts


def link_answers(
    store: Store, key: ResponseKey, to: ResponseKey, *, actor: str, is_linked: bool = True
) -> None:
    """Note that an answer refers to another one, or take the note away."""
    here, there = answer_named(store, key), answer_named(store, to)
    if here.id == there.id:
        raise HarkenError(
            f"The answer of {key.participant!r} to {key.question!r} cannot refer to itself. Name another one."
        )
    with store.action(actor) as action:
        links.put_link(action, here.key, there.key, coder=actor, is_linked=is_linked)
