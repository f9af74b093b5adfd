"""Making quotes ready for print: a wording with ellipses and brackets, and the clearance to publish."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from harken.errors import HarkenError, quoted
from harken.model import MarkKind, Response, ResponseKey
from harken.services.marking import answer_named, marks_of, redacted
from harken.services.quoting.passages import AnswerParts, edited_wording
from harken.services.quoting.wording import clean_wording, place_of_wording
from harken.storage import quotes
from harken.storage.quotes import QuoteEdit
from harken.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteState:
    """A place of an answer as it will be printed, and whether it may be."""

    key: ResponseKey
    words: str
    is_edited: bool
    is_cleared: bool

    def as_json(self) -> dict[str, Any]:
        return {
            **self.key._asdict(),
            "words": self.words,
            "edited": self.is_edited,
            "cleared": self.is_cleared,
        }


def edit_quote(
    store: Store, key: ResponseKey, words: str, *, actor: str, is_cleared: bool = False
) -> QuoteState:
    """Set how a part of an answer is worded in print; the answer stays as it is.

    Raises, naming the first word, where more than ellipses and brackets was changed.
    """
    response = _with_words(store, key)
    wording = clean_wording(words)
    if not wording:
        raise HarkenError("A quote without words is none; --own-words takes an edit back.")
    parts = _parts(store, response)
    start, end = place_of_wording(response.text, wording, parts.marks)
    with store.action(actor) as action:
        for one in parts.edits:
            if one.words and (one.start, one.end) != (start, end):
                quotes.put_quote(action, key, start=one.start, end=one.end, words="", is_cleared=False)
        quotes.put_quote(action, key, start=start, end=end, words=wording, is_cleared=is_cleared)
    return QuoteState(key=key, words=wording, is_edited=True, is_cleared=is_cleared)


def take_back_edits(store: Store, key: ResponseKey, *, actor: str) -> QuoteState:
    """Let the participant's own words stand again; what was cleared in an edited form is not cleared."""
    response = answer_named(store, key)
    parts = _parts(store, response)
    edited = [one for one in parts.edits if one.words]
    if not edited:
        raise HarkenError(f"The answer of {quoted(key.participant)} has no edited wording to take back.")
    with store.action(actor) as action:
        for one in edited:
            quotes.put_quote(action, key, start=one.start, end=one.end, words="", is_cleared=False)
    return _state(response, parts, (0, len(response.text)), is_cleared=False)


def clear_quote(
    store: Store, key: ResponseKey, *, actor: str, words: str = "", is_cleared: bool = True
) -> tuple[QuoteState, ...]:
    """Clear a quote for publication, or take that back.

    Cleared is the edited wording if there is one, else the places that coders marked as quotes, else the
    whole answer; or the words given, as they stand in the answer. Taken back is all that was cleared.
    """
    if not is_cleared:
        response = answer_named(store, key)
        return _unclear(store, response, _parts(store, response), actor=actor)
    response = _with_words(store, key)
    parts = _parts(store, response)
    edit = None if words else edited_wording(parts)
    if edit is not None:
        with store.action(actor) as action:
            quotes.put_quote(action, key, start=edit.start, end=edit.end, words=edit.words, is_cleared=True)
        return (QuoteState(key=key, words=edit.words, is_edited=True, is_cleared=True),)
    places = _places(response, parts, words)
    with store.action(actor) as action:
        for start, end in places:
            quotes.put_quote(action, key, start=start, end=end, words="", is_cleared=True)
    return tuple(_state(response, parts, place, is_cleared=True) for place in places)


def _unclear(store: Store, response: Response, parts: AnswerParts, *, actor: str) -> tuple[QuoteState, ...]:
    cleared = [one for one in parts.edits if one.is_cleared]
    if not cleared:
        raise HarkenError(f"Nothing in the answer of {quoted(response.key.participant)} is cleared.")
    with store.action(actor) as action:
        for one in cleared:
            quotes.put_quote(
                action, response.key, start=one.start, end=one.end, words=one.words, is_cleared=False
            )
    return tuple(
        QuoteState(key=response.key, words=one.words, is_edited=True, is_cleared=False)
        if one.words
        else _state(response, parts, (one.start, one.end), is_cleared=False)
        for one in cleared
    )


def _with_words(store: Store, key: ResponseKey) -> Response:
    response = answer_named(store, key)
    if not response.text.strip():
        raise HarkenError(
            f"The answer of {quoted(key.participant)} to {quoted(key.question)} has no words to quote: "
            "it is blank, or they withdrew."
        )
    return response


def _places(response: Response, parts: AnswerParts, words: str) -> list[tuple[int, int]]:
    if words:
        start = response.text.find(words)
        if start < 0:
            raise HarkenError(
                f"The answer of {quoted(response.key.participant)} does not hold {quoted(words)}, "
                "word for word."
            )
        return [(start, start + len(words))]
    marked = [(mark.start, mark.end) for mark in parts.marks if mark.kind is MarkKind.QUOTE]
    return list(dict.fromkeys(marked)) or [(0, len(response.text))]


def _parts(store: Store, response: Response) -> AnswerParts:
    edits: tuple[QuoteEdit, ...] = quotes.quote_edits(store, [response.id]).get(response.id, ())
    marks = marks_of(store, [response.id]).get(response.id, ())
    return AnswerParts(text=response.text, marks=marks, edits=edits, segments=())


def _state(response: Response, parts: AnswerParts, place: tuple[int, int], *, is_cleared: bool) -> QuoteState:
    start, end = place
    return QuoteState(
        key=response.key,
        words=redacted(response.text, parts.marks, start=start, end=end),
        is_edited=False,
        is_cleared=is_cleared,
    )
