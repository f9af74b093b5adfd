"""Which group each participant belongs to, by a column of the survey."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from harken.errors import HarkenError, named, near_match, quoted
from harken.model import MISSING_GROUP
from harken.storage import survey
from harken.storage.answers.people import values_of_people
from harken.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """The groups of a column in the data's order, and each person's by id (none for withdrawn people)."""

    by: str
    names: tuple[str, ...]
    of_participant: Mapping[int, str]

    def of_usable(self, store: Store) -> Groups:
        """Without the groups whose people are all excluded."""
        usable = {
            self.of_participant[person.id] for person in survey.participants(store) if not person.exclusion
        }
        return replace(self, names=tuple(name for name in self.names if name in usable))


def group_participants(store: Store, by: str) -> Groups:
    """Raises `HarkenError` for a column that the survey lacks or whose values differ within participants."""
    require_personal_column(store, by, use="compare by")
    of_participant = {id: value or MISSING_GROUP for id, value in values_of_people(store, by)}
    return Groups(by=by, names=tuple(dict.fromkeys(of_participant.values())), of_participant=of_participant)


def require_personal_column(store: Store, name: str, *, use: str) -> None:
    """Raise for a column that the survey lacks, or that holds no value for a whole person."""
    variables = survey.variables(store)
    chosen = next((variable for variable in variables if variable.name == name), None)
    if chosen is None:
        known = [variable.name for variable in variables if not variable.per_response]
        raise HarkenError(
            f"No column {quoted(name)} to {use}.{near_match(name, known)} Columns: {named(known) or 'none'}."
        )
    if chosen.per_response:
        raise HarkenError(
            f"Column {name!r} differs within participants, so it makes no groups of people. "
            f"{use.capitalize()} a column that holds for the whole person."
        )
