"""What questions, replies and alerts are, and the JSON of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from harken.model import Response


class AskedState(StrEnum):
    """Where a question stands."""

    OPEN = "open"
    """Nobody replied to these words yet."""
    REPLIED = "replied"
    """A reply waits for the coder to decide anew."""
    SETTLED = "settled"
    """The coder decided after the reply, or asks no longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back on a question; with a rule, the code whose wording says it now."""

    words: str
    asked: str
    """The words that it replies to."""
    by: str
    rule_code: str
    """Path of the code; empty where no rule was made, or the code is gone."""
    at: str
    rule_into: str = ""
    """The wording that the rule went into: definition, include or exclude."""
    is_rule_undone: bool = False
    """Whether the rule was taken out again by undoing that change of the codebook."""

    @property
    def said_rule(self) -> str:
        """Where the rule is, in words; empty without one."""
        if not self.rule_code:
            return ""
        place = f"{self.rule_code} ({self.rule_into})" if self.rule_into else self.rule_code
        return f"{place}, taken back since" if self.is_rule_undone else place

    def as_json(self) -> dict[str, Any]:
        return {
            "words": self.words,
            "asked": self.asked,
            "by": self.by,
            "rule_code": self.rule_code,
            "rule_into": self.rule_into,
            "is_rule_undone": self.is_rule_undone,
            "at": self.at,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """A coder's question on an answer that they are unsure about."""

    response: Response
    printed: str
    """The answer as outputs print it, without identifying details."""
    round: str
    coder: str
    words: str
    """Empty where the coder asks no longer."""
    at: str
    is_draft: bool
    """Whether the answer is not decided yet."""
    codes: tuple[str, ...] | None
    """Paths of the codes applied; None where they are hidden from who looks (see `services.blindness`)."""
    is_uncodable: bool
    state: AskedState
    reply: Reply | None
    """The latest reply; on an open question, one to earlier words."""

    def as_json(self) -> dict[str, Any]:
        return {
            **self.response.key._asdict(),
            "round": self.round,
            "coder": self.coder,
            "state": self.state.value,
            "words": self.words,
            "at": self.at,
            "is_draft": self.is_draft,
            "codes": None if self.codes is None else list(self.codes),
            "is_uncodable": self.is_uncodable,
            "response": self.printed,
            "reply": None if self.reply is None else self.reply.as_json(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """Questions that one coder may see, the oldest first."""

    viewer: str
    items: tuple[AskedQuestion, ...]

    @property
    def n_open(self) -> int:
        return sum(item.state is AskedState.OPEN for item in self.items)

    def as_json(self) -> Mapping[str, Any]:
        """The document of `harken questions --format json`."""
        return {"questions": self.to_records()}

    def to_records(self) -> list[dict[str, Any]]:
        return [item.as_json() for item in self.items]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """An answer on which a coder alerted the lead: its participant may be in distress or in danger."""

    response: Response
    printed: str
    """The answer as outputs print it, without identifying details."""
    coder: str
    note: str
    raised_at: str
    closed_by: str
    """Empty while it is open."""
    done: str
    """What was done about it."""
    closed_at: str

    @property
    def is_open(self) -> bool:
        return self.closed_by == ""

    def as_json(self) -> dict[str, Any]:
        return {
            **self.response.key._asdict(),
            "coder": self.coder,
            "state": "open" if self.is_open else "closed",
            "note": self.note,
            "raised_at": self.raised_at,
            "closed_by": self.closed_by,
            "done": self.done,
            "closed_at": self.closed_at,
            "response": self.printed,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerts:
    """Alerts that one coder may see: the lead all of them, everybody else their own; the oldest first."""

    viewer: str
    items: tuple[Alert, ...]

    def as_json(self) -> Mapping[str, Any]:
        """The document of `harken alerts --format json`."""
        return {"alerts": self.to_records()}

    def to_records(self) -> list[dict[str, Any]]:
        return [item.as_json() for item in self.items]
