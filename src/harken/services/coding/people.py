"""The person behind an answer, with everything else that they said."""

from __future__ import annotations

from dataclasses import dataclass

from harken.model import Response, VariableRole
from harken.services.coding.work import LinkedAnswer, OpenAnswer, Reply
from harken.services.marking import marks_of, redacted
from harken.storage import survey
from harken.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAnswer:
    response: Response
    printed: str
    """Its text without what tells who somebody is."""
    is_open: bool
    """Whether it is the answer that the coder has before them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What else the participant of the open answer said."""

    name: str
    groups: tuple[tuple[str, str], ...]
    answers: tuple[PersonAnswer, ...]
    closed: tuple[tuple[str, str], ...]
    """Closed items and what was chosen, blank where nothing was."""
    refers_to: tuple[LinkedAnswer, ...] = ()
    """What the open answer refers to."""
    reply: Reply | None = None
    """The latest reply to the coder's question on the open answer."""


def read_person(store: Store, answer: OpenAnswer) -> Person:
    """The participant's other answers and closed items; the groups as the answer shows them."""
    name = answer.response.key.participant
    attributes = survey.participant_named(store, name).attributes
    own = survey.response_attributes(store, answer.response.id)
    responses = tuple(survey.responses(store, participant=name))
    marks = marks_of(store, [response.id for response in responses])
    return Person(
        name=name,
        groups=answer.groups,
        answers=tuple(
            PersonAnswer(
                response=response,
                printed=redacted(response.text, marks.get(response.id, ())),
                is_open=response.id == answer.response.id,
            )
            for response in responses
        ),
        closed=tuple(
            (variable.name, own.get(variable.name, attributes.get(variable.name, "")))
            for variable in survey.variables(store)
            if variable.role is VariableRole.CLOSED
        ),
        refers_to=answer.notes.refers_to,
        reply=answer.notes.reply,
    )
