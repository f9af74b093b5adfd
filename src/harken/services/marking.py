"""Marking places in answers, and the text as outputs print it: without what tells who somebody is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from harken.errors import HarkenError, quoted
from harken.model import IdentifyingDetail, Mark, MarkKind, Response
from harken.storage import marks as stored
from harken.storage.store import Store


def marks_of(store: Store, response_ids: Iterable[int] | None = None) -> Mapping[int, tuple[Mark, ...]]:
    """Every coder's marks by response id, in the order of the text; of all responses without ids.

    Responses without a mark are left out: `marks.get(id, ())`.
    """
    return stored.marks(store, response_ids)


@dataclass(frozen=True, slots=True)
class RemovedPlace:
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
