"""A filter as it came about, step by step, so that the last step can be taken back."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from harken.report import visible
from harken.services.browsing import AnswerFilter, AnswerMark, AnswerSort

STATE_WORDS = {
    AnswerMark.UNDECIDED: "undecided",
    AnswerMark.DRAFT: "draft",
    AnswerMark.DECIDED: "decided",
    AnswerMark.CODED: "coded",
    AnswerMark.NO_CODE: "no code applies",
    AnswerMark.UNSURE: "unsure",
    AnswerMark.DISAGREED: "decided differently",
    AnswerMark.UNCODABLE: "uncodable",
    AnswerMark.NON_RESPONSE: "non-response",
    AnswerMark.EXCLUDED: "of excluded people",
    AnswerMark.STARRED: "starred",
    AnswerMark.UNREAD: "unread",
    AnswerMark.MEMO: "with a memo",
    AnswerMark.QUOTE: "with a quote mark",
    AnswerMark.IDENTIFYING: "with an identifying mark",
    AnswerMark.ALERT: "with an alert",
}
WORK_STATES = {
    AnswerMark.UNDECIDED,
    AnswerMark.DRAFT,
    AnswerMark.DECIDED,
    AnswerMark.CODED,
    AnswerMark.NO_CODE,
    AnswerMark.UNCODABLE,
    AnswerMark.NON_RESPONSE,
}
"""Any of these will do; of the others all are asked for."""
SORT_WORDS = {
    AnswerSort.FILE: "in the order of the file",
    AnswerSort.QUESTION: "question by question",
    AnswerSort.PARTICIPANT: "by participant",
    AnswerSort.SHORTEST: "shortest first",
    AnswerSort.LONGEST: "longest first",
    AnswerSort.LATEST: "latest decisions first",
}
SINGLE = ("text", "memo", "shortest", "longest", "sort")
"""Fields that hold one value; the others hold any number."""
_WORDS = {
    "codes": "code {}",
    "without_codes": "without code {}",
    "families": "family {}",
    "without_families": "without family {}",
    "coders": "work of {}",
    "rounds": "work in round {}",
    "questions": "question {}",
    "participants": "participant {}",
    "occasions": "occasion {}",
    "text": "“{}”",
    "memo": "memo “{}”",
    "shortest": "{} words or more",
    "longest": "{} words or fewer",
}


@dataclass(frozen=True, slots=True)
class FilterStep:
    """One value of one field of `AnswerFilter`."""

    field: str
    value: Any

    @property
    def words(self) -> str:
        """As it stands above the list."""
        if self.field == "where":
            variable, value = self.value
            return visible(f"{variable} = {value}")
        if self.field == "states":
            return STATE_WORDS[self.value]
        if self.field == "sort":
            return SORT_WORDS[self.value]
        return visible(_WORDS[self.field].format(self.value))

    def is_alternative_to(self, other: FilterStep) -> bool:
        """Whether an answer need fit only one of the two."""
        if self.field != other.field or self.field == "without_codes":
            return False
        if self.field == "where":
            return bool(self.value[0] == other.value[0])
        return self.field != "states" or {self.value, other.value} <= WORK_STATES


@dataclass(frozen=True, slots=True)
class FilterSteps:
    """The steps in the order in which they were taken."""

    steps: tuple[FilterStep, ...] = ()

    @classmethod
    def of(cls, filter: AnswerFilter) -> FilterSteps:
        """The steps that lead to a filter."""
        steps = []
        for field in fields(filter):
            value = getattr(filter, field.name)
            if value == field.default:
                continue
            steps += [FilterStep(field.name, one) for one in ((value,) if field.name in SINGLE else value)]
        return cls(tuple(steps))

    @property
    def filter(self) -> AnswerFilter:
        values: dict[str, Any] = {}
        for step in self.steps:
            if step.field in SINGLE:
                values[step.field] = step.value
            else:
                values[step.field] = (*values.get(step.field, ()), step.value)
        return AnswerFilter(**values)

    @property
    def words(self) -> str:
        """The whole filter as it stands above the list: values of one field are alternatives."""
        said = ""
        for place, step in enumerate(self.steps):
            is_other = any(step.is_alternative_to(before) for before in self.steps[:place])
            said += (" or " if is_other else " · ") + step.words if said else step.words
        return said

    def __contains__(self, step: object) -> bool:
        return step in self.steps

    def value(self, field: str) -> Any:
        """What a field with one value holds; None where it holds nothing."""
        return next((step.value for step in self.steps if step.field == field), None)

    def with_value(self, field: str, value: Any) -> FilterSteps:
        """Set a field with one value; an empty value takes it off, a new one keeps the old one's place."""
        if not value or value is AnswerSort.FILE:
            return FilterSteps(tuple(step for step in self.steps if step.field != field))
        new = FilterStep(field, value)
        if self.value(field) is None:
            return FilterSteps((*self.steps, new))
        return FilterSteps(tuple(new if step.field == field else step for step in self.steps))

    def toggled(self, field: str, value: Any) -> FilterSteps:
        """Add a value, or take it off where it is there."""
        step = FilterStep(field, value)
        if step in self.steps:
            return FilterSteps(tuple(other for other in self.steps if other != step))
        return FilterSteps((*self.steps, step))

    def without_last(self) -> FilterSteps:
        return FilterSteps(self.steps[:-1])
