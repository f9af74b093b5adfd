"""Reading one answer as it stands for a coder, and the person behind it."""

from __future__ import annotations

from harken.model import MISSING_GROUP, Response, Round, VariableRole
from harken.services.coding.work import OpenAnswer, Person, PersonAnswer
from harken.storage import coding, survey
from harken.storage.codebooks import StoredCodebook
from harken.storage.store import Store


def read_answer(
    store: Store, codebook: StoredCodebook, id: int, *, position: int, round: Round, coder: str
) -> OpenAnswer:
    response = survey.response(store, id)
    key = response.key
    return OpenAnswer(
        response=response,
        position=position,
        groups=shown_groups(store, response, round),
        decision=coding.decision_at(store, codebook, key, round=round.name, coder=coder),
        draft=coding.draft_at(store, codebook, key, round=round.name, coder=coder),
    )


def read_person(store: Store, answer: OpenAnswer) -> Person:
    """The participant's other answers and closed items; the groups as the answer shows them."""
    name = answer.response.key.participant
    attributes = survey.participant_named(store, name).attributes
    own = survey.response_attributes(store, answer.response.id)
    return Person(
        name=name,
        groups=answer.groups,
        answers=tuple(
            PersonAnswer(response=response, is_open=response.id == answer.response.id)
            for response in survey.responses(store, participant=name)
        ),
        closed=tuple(
            (variable.name, own.get(variable.name, attributes.get(variable.name, "")))
            for variable in survey.variables(store)
            if variable.role is VariableRole.CLOSED
        ),
    )


def shown_groups(store: Store, response: Response, round: Round) -> tuple[tuple[str, str], ...]:
    """The value of every grouping variable for the person who answered; none where the round hides them."""
    if round.hides_group:
        return ()
    names = [v.name for v in survey.variables(store) if v.role is VariableRole.GROUP]
    if not names:
        return ()
    values = survey.participant_named(store, response.key.participant).attributes
    return tuple((name, values.get(name, "").strip() or MISSING_GROUP) for name in names)
