"""Suggested codes for every answered response, outside the coding screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from harken.model import Response, Suggestion
from harken.plugins import load_suggester
from harken.services.codebooks import current_codebook
from harken.storage import survey
from harken.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedCodes:
    """The suggestions for one response, the best first."""

    response: Response
    suggestions: tuple[Suggestion, ...]

    def as_json(self) -> dict[str, Any]:
        """A line of `harken suggest --format jsonl`."""
        return {
            **self.response.key._asdict(),
            "suggestions": [_suggestion(suggestion) for suggestion in self.suggestions],
        }


def suggest_codes(store: Store, *, questions: Sequence[str] = (), top: int = 3) -> Iterator[SuggestedCodes]:
    """Suggestions for every answered response in file order; loads spaCy in this process."""
    for name in questions:
        survey.question_named(store, name)
    suggester = load_suggester(current_codebook(store))
    for response in survey.responses(store, questions=questions, only_answered=True):
        suggestions = suggester.suggest(response.text, response.key.question, top=top)
        yield SuggestedCodes(response=response, suggestions=suggestions)


def _suggestion(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "code": suggestion.code,
        "score": suggestion.score,
        "confidence": suggestion.confidence,
        "reasons": [
            {
                "kind": reason.kind.value,
                "text": reason.text,
                "start": reason.start,
                "end": reason.end,
                "response": None if reason.response is None else list(reason.response),
            }
            for reason in suggestion.reasons
        ],
    }
