"""Suggested codes for every answered response, outside the coding screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import tee
from typing import Any

from harken.model import Mark, Response, Suggestion
from harken.plugins import load_suggester
from harken.services.codebooks import current_codebook
from harken.services.marking import marks_of, redacted
from harken.storage import survey
from harken.storage.store import Store
from harken.suggesters.messages import suggestion_as_data


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedCodes:
    """The suggestions for one response, the best first."""

    response: Response
    suggestions: tuple[Suggestion, ...]

    def as_json(self) -> dict[str, Any]:
        """A line of `harken suggest --format jsonl`."""
        return {
            **self.response.key._asdict(),
            "suggestions": [suggestion_as_data(suggestion) for suggestion in self.suggestions],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """The suggestions for every answered response, in file order."""

    responses: tuple[SuggestedCodes, ...]

    def to_records(self) -> list[dict[str, Any]]:
        """A flat record for each suggestion; `rank` 1 is the best of its response."""
        return [
            {
                **one.response.key._asdict(),
                "rank": rank,
                "code": suggestion.code,
                "score": suggestion.score,
                "confidence": suggestion.confidence,
                "reason": suggestion.reasons[0].kind.value if suggestion.reasons else "",
                "evidence": suggestion.reasons[0].text if suggestion.reasons else "",
            }
            for one in self.responses
            for rank, suggestion in enumerate(one.suggestions, start=1)
        ]


def suggest_codes(store: Store, *, questions: Sequence[str] = (), top: int = 3) -> Iterator[SuggestedCodes]:
    """Suggestions for every answered response in file order; loads spaCy in this process."""
    for name in questions:
        survey.question_named(store, name)
    suggester = load_suggester(current_codebook(store))
    answered, asked = tee(survey.responses(store, questions=questions, only_answered=True))
    answers = ((response.text, response.key.question) for response in asked)
    marks = marks_of(store)
    for response, suggestions in zip(answered, suggester.suggest_all(answers, top=top), strict=True):
        if response.id in marks:
            suggestions = tuple(_printable(one, response.text, marks[response.id]) for one in suggestions)
        yield SuggestedCodes(response=response, suggestions=suggestions)


def _printable(suggestion: Suggestion, text: str, marks: Sequence[Mark]) -> Suggestion:
    """The suggestion whose reasons quote the answer without what tells who somebody is."""
    return replace(
        suggestion,
        reasons=tuple(
            reason
            if reason.start is None or reason.end is None
            else replace(reason, text=redacted(text, marks, start=reason.start, end=reason.end))
            for reason in suggestion.reasons
        ),
    )
