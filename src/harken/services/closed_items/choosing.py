"""Which closed items are shown, and what each person chose in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harken.errors import HarkenError, listed
from harken.model import Variable, VariableRole
from harken.services.counting.people import People
from harken.storage.answers.people import values_of_people
from harken.storage.store import Store

MANY_ANSWERS = 30
"""An item with more different answers than this is shown only where it is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenValues:
    """What people chose in one item: the values as they come up, and each person's by place."""

    values: tuple[str, ...]
    of_place: Sequence[str]
    """Blank for those who chose none."""


def choose_items(
    variables: Sequence[Variable], items: Sequence[str], *, by: str | None
) -> tuple[list[str], list[tuple[str, str]]]:
    """Names of the items to show, and those left out although nobody asked for that, with the reason."""
    known = {variable.name: variable for variable in variables}
    if items:
        for name in items:
            if name not in known:
                raise HarkenError(f"No item {name!r} in this survey. Columns: {listed(known)}.")
            if known[name].per_response:
                raise HarkenError(
                    f"Item {name!r} differs within participants, so people cannot be counted by it. "
                    "Name an item that holds for the whole person."
                )
        return list(dict.fromkeys(items)), []
    closed = [variable for variable in variables if variable.role is VariableRole.CLOSED]
    if not closed:
        raise HarkenError(
            "This survey has no closed items. Say which columns are at import, with --closed COL, or name a "
            f"column here: {listed(name for name, one in known.items() if not one.per_response)}."
        )
    left_out = [(one.name, "differs within participants") for one in closed if one.per_response]
    left_out += [(one.name, "people are compared by it") for one in closed if one.name == by]
    out = {name for name, _ in left_out}
    return [one.name for one in closed if one.name not in out], left_out


def chosen_values(store: Store, name: str, people: People) -> ChosenValues:
    """What the people who are counted chose in an item; blanks around a value are no part of it."""
    of_place = [""] * len(people.group_of)
    for id, value in values_of_people(store, name):
        if id in people.place:
            of_place[people.place[id]] = value.strip()
    values = tuple(dict.fromkeys(value for value in of_place if value))
    return ChosenValues(values=values, of_place=of_place)


def few_answers(
    chosen: Mapping[str, ChosenValues],
) -> tuple[dict[str, ChosenValues], list[tuple[str, str]]]:
    """The items with few enough different answers to be shown unasked, and the others with the reason."""
    many = {name: len(one.values) for name, one in chosen.items() if len(one.values) > MANY_ANSWERS}
    return (
        {name: one for name, one in chosen.items() if name not in many},
        [(name, f"{n} different answers") for name, n in many.items()],
    )
