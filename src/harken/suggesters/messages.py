"""Suggestions as plain data that JSON and msgpack can hold, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from harken.model import Reason, ReasonKind, ResponseKey, Suggestion


def suggestion_as_data(suggestion: Suggestion) -> dict[str, Any]:
    """What `harken suggest --format jsonl` writes of a suggestion, among others."""
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
                "example": reason.example,
            }
            for reason in suggestion.reasons
        ],
    }


def suggestion_from_data(data: Mapping[str, Any]) -> Suggestion:
    """The suggestion that `suggestion_as_data` described."""
    return Suggestion(
        code=data["code"],
        score=data["score"],
        confidence=data["confidence"],
        reasons=tuple(
            Reason(
                kind=ReasonKind(reason["kind"]),
                text=reason["text"],
                start=reason["start"],
                end=reason["end"],
                response=None if reason["response"] is None else ResponseKey(*reason["response"]),
                example=reason["example"],
            )
            for reason in data["reasons"]
        ),
    )
