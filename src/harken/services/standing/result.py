"""What the status of a study holds, and the JSON of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class CoderWork:
    """One coder's work in one round on one question: the answers that are theirs to decide."""

    coder: str
    round: str
    question: str
    n_to_do: int
    """The answers assigned to them; where the round assigned them none, every answer to code."""
    n_done: int
    n_drafts: int
    """Begun and not decided; an answer decided before may have one, too."""
    n_unsure: int
    """Of the done ones."""
    n_uncodable: int
    """Of the done ones."""

    @property
    def n_left(self) -> int:
        return self.n_to_do - self.n_done


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """How fast it goes, and when it will be done at that pace. What is not known is None."""

    n_left: int
    n_timed: int
    """Answers that the pace is measured on."""
    active_hours: float
    per_hour: float | None
    """Answers an active hour."""
    hours_left: float | None
    finish: date | None

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "finish": self.finish.isoformat() if self.finish else None}


class Matter(StrEnum):
    """What may be left to do before tables are final."""

    UNDECIDED = "undecided"
    DISAGREEMENTS = "disagreements"
    DRAFTS = "drafts"
    QUESTIONS = "questions"
    UNSURE = "unsure"
    REPLIES = "replies"
    RETIRED = "retired"
    ALERTS = "alerts"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDo:
    """Something to do or look at before tables are final, with the command for it."""

    matter: Matter
    n: int
    sentence: str
    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Everything that `harken status` says to one coder."""

    title: str
    viewer: str
    n_codable: int
    """Answers to code, of people who are not excluded."""
    work: tuple[CoderWork, ...]
    own: Forecast
    """The viewer's."""
    study: Forecast | None
    """Of everybody together; None where it would tell a colleague's pace."""
    before_tables: tuple[ToDo, ...]
    n_replies: int
    """Replies to the viewer that they have not taken up yet."""
    n_alerts: int
    """Open alerts that the viewer may see."""
    pause_minutes: float

    def as_json(self) -> Mapping[str, Any]:
        """The document of `harken status --format json`."""
        return {
            "viewer": self.viewer,
            "n_codable": self.n_codable,
            "work": self.to_records(),
            "own": self.own.as_json(),
            "study": None if self.study is None else self.study.as_json(),
            "before_tables": [{**asdict(one), "matter": one.matter.value} for one in self.before_tables],
            "n_replies": self.n_replies,
            "n_alerts": self.n_alerts,
            "pause_minutes": self.pause_minutes,
        }

    def to_records(self) -> list[dict[str, Any]]:
        """A record for each coder, round and question."""
        return [{**asdict(one), "n_left": one.n_left} for one in self.work]
