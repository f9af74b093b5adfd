"""What a theme may quote: places that were marked as quotes, and answers that have its codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from harken.model import MarkKind, Response, Round
from harken.services.marking import marks_of
from harken.services.memos import memo_reader, says
from harken.storage import notes, survey
from harken.storage.codebooks import stored_codebook
from harken.storage.notes import ThemeQuote
from harken.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteCandidate:
    """A place that could be quoted, with its words as they stand in the answer."""

    quote: ThemeQuote
    text: str
    is_marked: bool
    """Whether somebody marked it as worth quoting."""


class QuoteFinder:
    """The candidates of one theme, read once: its own quotes, marked ones, then whole answers, in file order.

    A theme without codes is offered every marked quote. Excluded people are quoted no more than counted.
    """

    def __init__(
        self,
        store: Store,
        codes: Sequence[str],
        *,
        coder: str,
        round: Round | None = None,
        quotes: Iterable[ThemeQuote] = (),
    ) -> None:
        stored = stored_codebook(store)
        paths = [other for path in codes for other in stored.codebook.with_descendants(path)]
        ids = [stored.ids[path] for path in dict.fromkeys(paths) if path in stored.ids]
        reader = memo_reader(store, coder, round=round)
        own = coder if reader.is_blind else ""
        responses = notes.answers_with_codes(store, ids, coder=own)
        marks = marks_of(store, responses if ids else None)
        marked, whole = [], []
        for id in responses if ids else notes.usable_answers(store, marks):
            response = survey.response(store, id)
            whole.append(_candidate(response, ThemeQuote(key=response.key)))
            for mark in marks.get(id, ()):
                if mark.kind is MarkKind.QUOTE and own in ("", mark.coder):
                    quote = ThemeQuote(key=response.key, start=mark.start, end=mark.end)
                    marked.append(_candidate(response, quote, is_marked=True))
        offered = {one.quote: one for one in [*marked, *(whole if ids else [])]}
        taken = {quote: offered.get(quote) or _taken(store, quote) for quote in quotes}
        self._candidates = [one for one in ({**taken, **offered}).values() if one is not None]
        self._texts = {one.quote: one.text for one in self._candidates}

    def text_of(self, quote: ThemeQuote) -> str:
        """The words of a candidate."""
        return self._texts.get(quote, "")

    def find(self, text: str, *, most: int = 200) -> Sequence[QuoteCandidate]:
        """Candidates that hold all the words, or whose participant is so called."""
        wanted = text.strip().casefold()
        found = [
            one
            for one in self._candidates
            if says(one.text, wanted) or one.quote.key.participant.casefold().startswith(wanted)
        ]
        return found[:most]


def _candidate(response: Response, quote: ThemeQuote, *, is_marked: bool = False) -> QuoteCandidate:
    return QuoteCandidate(quote=quote, text=response.text[quote.start : quote.end], is_marked=is_marked)


def _taken(store: Store, quote: ThemeQuote) -> QuoteCandidate | None:
    """A quote that the theme has already, whatever its codes are now."""
    id = survey.response_id(store, quote.key)
    return None if id is None else _candidate(survey.response(store, id), quote)
