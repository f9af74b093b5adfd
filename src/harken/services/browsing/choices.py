"""What a filter can be made of in this project, for those who choose instead of typing."""

from __future__ import annotations

from dataclasses import dataclass

from harken.model import Codebook, Variable, VariableRole
from harken.storage import codebooks, study, survey
from harken.storage.answers.values import seen_values
from harken.storage.store import Store

N_SEEN = 400
"""Participants, or answers, whose values are offered; rarer values are typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterChoices:
    """The names that filters know."""

    codebook: Codebook
    coders: tuple[str, ...]
    rounds: tuple[str, ...]
    questions: tuple[str, ...]
    variables: tuple[Variable, ...]
    """Those that a reader may filter by: no groups where they are hidden."""

    @property
    def groups(self) -> tuple[Variable, ...]:
        return tuple(variable for variable in self.variables if variable.role is VariableRole.GROUP)


def filter_choices(store: Store, *, hides_group: bool = False) -> FilterChoices:
    return FilterChoices(
        codebook=codebooks.stored_codebook(store).codebook,
        coders=study.coders(store),
        rounds=tuple(round.name for round in study.rounds(store)),
        questions=tuple(question.name for question in survey.questions(store)),
        variables=tuple(
            variable
            for variable in survey.variables(store)
            if not (hides_group and variable.role is VariableRole.GROUP)
        ),
    )


def values_of(store: Store, variable: Variable) -> tuple[str, ...]:
    """Values of a variable among the first people of the file, in order; a rare one may be missing."""
    return seen_values(store, variable, most=N_SEEN)
