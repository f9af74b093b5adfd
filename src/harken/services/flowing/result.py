"""What a flow of people is, and its JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from harken.report import HIDDEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """How many people are out for one reason."""

    reason: str
    n: int | None
    """None where it is hidden."""

    @property
    def printed(self) -> str:
        return HIDDEN.text if self.n is None else str(self.n)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowSteps:
    """People at each step, in one group or in all.

    answered: usable people with at least one answer. coded: those of them with every answer decided, and
    not all of them as uncodable; undecided and uncodable are the others, so that the three make answered.
    """

    name: str
    returned: int
    excluded: tuple[Exclusion, ...]
    usable: int
    answered: int
    undecided: int
    uncodable: int
    coded: int

    @property
    def n_excluded(self) -> int:
        return self.returned - self.usable

    @property
    def line(self) -> str:
        """The steps as one line, as papers print it."""
        reasons = ", ".join(f"{why.reason} {why.printed}" for why in self.excluded)
        return (
            f"{self.returned} returned → {self.n_excluded} excluded{f' ({reasons})' if reasons else ''} → "
            f"{self.usable} usable → {self.answered} answered → {self.coded} coded"
        )

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "excluded": [asdict(why) for why in self.excluded]}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFlow:
    """The steps of the people over one question."""

    question: str
    groups: tuple[FlowSteps, ...]
    total: FlowSteps


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """The flow of people over all questions, and for each of them."""

    by: str | None
    groups: tuple[FlowSteps, ...]
    total: FlowSteps
    questions: tuple[QuestionFlow, ...]
    n_withdrawn: int
    suppress: int = 0
    """Counts of people excluded for a reason below this are hidden; 0 hides nothing."""

    def as_json(self) -> dict[str, Any]:
        return {
            "by": self.by,
            "suppress": self.suppress,
            "groups": [group.as_json() for group in self.groups],
            "total": self.total.as_json(),
            "questions": [
                {
                    "question": part.question,
                    "groups": [group.as_json() for group in part.groups],
                    "total": part.total.as_json(),
                }
                for part in self.questions
            ],
        }

    def to_records(self) -> list[dict[str, Any]]:
        """A flat record for each question (empty: all of them) and group."""
        scopes = [
            ("", (*self.groups, self.total)),
            *((part.question, (*part.groups, part.total)) for part in self.questions),
        ]
        return [
            {
                "question": question,
                **asdict(steps),
                "excluded": steps.n_excluded,
            }
            for question, every in scopes
            for steps in every
        ]
