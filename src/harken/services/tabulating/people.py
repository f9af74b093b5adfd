"""Who is counted: people by group, who stays out and why, and who was asked what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harken.model import EVERYONE
from harken.services.grouping import group_participants
from harken.storage import survey, tables
from harken.storage.store import Store
from harken.storage.survey import Question

_NOT_ASKED = frozenset({"", "0", "0.0", "no", "n", "false", "f"})
"""What a cell of an asked column says, case folded, where the person was not asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One question on one occasion: a person counts once in it."""

    question: Question
    occasion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The people of a table. `place` numbers those who are counted; lists by place are parallel to it."""

    groups: tuple[str, ...]
    place: dict[int, int]
    """Participant id to place."""
    group_of: list[int]
    """The group's number, by place."""
    returned: tuple[int, ...]
    """People in each group, excluded ones too; those who withdrew are in no group."""
    excluded: tuple[dict[str, int], ...]
    """For each group, reasons with their number of people, whether or not the table keeps them."""
    n_withdrawn: int
    with_excluded: bool
    """Whether people who were excluded are counted."""


def read_people(store: Store, *, by: str | None, with_excluded: bool = False) -> People:
    """Everybody who is counted, by the groups of column `by` in the data's order of first appearance."""
    groups = group_participants(store, by) if by is not None else None
    names = groups.names if groups else (EVERYONE,)
    number = {name: at for at, name in enumerate(names)}
    returned = [0] * len(names)
    excluded: list[dict[str, int]] = [{} for _ in names]
    place: dict[int, int] = {}
    group_of: list[int] = []
    n_withdrawn = 0
    for person in survey.participants(store):
        if person.has_withdrawn:
            n_withdrawn += 1
            continue
        at = number[groups.of_participant[person.id]] if groups else 0
        returned[at] += 1
        if person.exclusion:
            excluded[at][person.exclusion] = excluded[at].get(person.exclusion, 0) + 1
        if with_excluded or not person.exclusion:
            place[person.id] = len(group_of)
            group_of.append(at)
    return People(
        groups=names,
        place=place,
        group_of=group_of,
        returned=tuple(returned),
        excluded=tuple(excluded),
        n_withdrawn=n_withdrawn,
        with_excluded=with_excluded,
    )


def read_units(store: Store, questions: Sequence[str]) -> tuple[Unit, ...]:
    """The questions named (none: all) on each of their occasions, in the survey's order."""
    wanted = {survey.question_named(store, name).id for name in questions}
    known = [question for question in survey.questions(store) if not wanted or question.id in wanted]
    found: dict[int, list[str]] = {}
    for question_id, occasion in tables.occasions(store):
        found.setdefault(question_id, []).append(occasion)
    return tuple(
        Unit(question=question, occasion=occasion)
        for question in known
        for occasion in found.get(question.id, [""])
    )


def read_asked(store: Store, people: People, units: Sequence[Unit]) -> list[bytearray | None]:
    """For each unit a flag by place for who was asked; None where the survey does not say."""
    by_variable: dict[str, bytearray] = {}
    personal = {variable.name for variable in survey.variables(store) if not variable.per_response}
    named = {unit.question.asked_variable for unit in units} & personal
    if named:
        by_variable = {name: bytearray(len(people.group_of)) for name in named}
        for person in survey.participants(store):
            if person.id in people.place:
                for name, flags in by_variable.items():
                    flags[people.place[person.id]] = _was_asked(person.attributes.get(name, ""))
    return [_asked(store, people, unit, by_variable) for unit in units]


def _asked(store: Store, people: People, unit: Unit, by_variable: dict[str, bytearray]) -> bytearray | None:
    name = unit.question.asked_variable
    if not name:
        return None
    if name in by_variable:
        return by_variable[name]
    flags = bytearray(len(people.group_of))
    for person, occasion, value in tables.response_values(store, unit.question.id, name):
        if occasion == unit.occasion and person in people.place:
            flags[people.place[person]] = _was_asked(value)
    return flags


def _was_asked(value: str) -> bool:
    return value.strip().casefold() not in _NOT_ASKED
