"""Who is counted: people by group, who stays out and why, and who was asked what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from harken.errors import HarkenError, near_match, quoted
from harken.model import EVERYONE, MISSING_GROUP, WITHDRAWN
from harken.services.counting.settling import SettledPeople
from harken.services.counting.upkeep import current_people, personal_columns
from harken.services.grouping import require_personal_column
from harken.storage import survey, tables
from harken.storage.answers.people import values_of_people
from harken.storage.counted.keeping import Occasion
from harken.storage.counted.sets import EVERYBODY, Bits, Flags, Ids, as_bits, as_flags
from harken.storage.counted.sources import values_in
from harken.storage.store import Store
from harken.storage.survey import Question

MOST_GROUPS = 50
"""Groups that a table has room for."""
_MOST_NAMED = 12
"""Values that an error lists."""
_NOT_ASKED = frozenset({"", "0", "0.0", "no", "n", "false", "f"})
"""What a cell of an asked column says, case folded, where the person was not asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One question on one occasion: a person counts once in it."""

    question: Question
    occasion: str


@dataclass(frozen=True, kw_only=True)
class People:
    """The people of a table. A place numbers those who are counted; arrays by place are parallel to it."""

    groups: tuple[str, ...]
    ids: Ids
    """Participant ids, by place."""
    group_numbers: Ids
    """The group's number, by place."""
    counted: Bits
    """Those who have a place."""
    of_group: NDArray[np.uint64]
    """The counted people of each group, a row each, as bits."""
    returned: tuple[int, ...]
    """People in each group, excluded ones too; those who withdrew are in no group."""
    excluded: tuple[dict[str, int], ...]
    """For each group, reasons with their number of people, whether or not the table keeps them."""
    n_withdrawn: int
    with_excluded: bool
    """Whether people who were excluded are counted."""
    read_names: Callable[[], Mapping[int, str]]

    @cached_property
    def group_of(self) -> list[int]:
        """As `group_numbers`, in a list."""
        numbers: list[int] = self.group_numbers.tolist()
        return numbers

    @cached_property
    def place(self) -> dict[int, int]:
        """Participant id to place."""
        return {id: place for place, id in enumerate(self.ids.tolist())}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Participants' names, by place."""
        names = self.read_names()
        return tuple(names[id] for id in self.ids.tolist())

    @cached_property
    def group_by_id(self) -> Ids:
        """The group's number by participant id; -1 for people who are not counted."""
        numbers = np.full(len(self.counted) * 8, -1, dtype=np.int64)
        numbers[self.ids] = self.group_numbers
        return numbers

    def count(self, bits: Bits) -> list[int]:
        """How many of these people are counted in each group."""
        found = np.bitwise_count(self.of_group & bits.view(np.uint64))
        return [int(n) for n in found.sum(axis=1, dtype=np.int64)]


def read_people(
    store: Store,
    *,
    by: str | None,
    with_excluded: bool = False,
    where: Iterable[tuple[str, str]] = (),
    settled: SettledPeople | None = None,
) -> People:
    """Everybody who is counted, by the groups of column `by` in the data's order of first appearance.

    `settled` are the sets about people where they were read already.
    """
    settled = settled or current_people(store)
    returned = settled.sets.get(*EVERYBODY)
    if returned is None:
        returned = np.zeros(settled.sets.n_bytes, dtype=np.uint8)
    returned = returned & _with_values(store, settled, where)
    if by is None:
        groups = {EVERYONE: returned}
    else:
        require_personal_column(store, by, use="compare by")
        groups = _groups(by, column_sets(store, settled, by), returned)
    excluded = tables.exclusions(store)
    out = dict(excluded)
    is_out = as_bits(np.array(list(out), dtype=np.int64), len(returned))
    counted = returned if with_excluded else returned & ~is_out
    of_group = [people & counted for people in groups.values()]
    ids = np.flatnonzero(as_flags(counted))
    numbers = np.zeros(len(ids), dtype=np.int64)
    for at, people in enumerate(of_group):
        numbers[as_flags(people)[ids]] = at
    return People(
        groups=tuple(groups),
        ids=ids,
        group_numbers=numbers,
        counted=counted,
        of_group=np.array([people.view(np.uint64) for people in of_group], dtype=np.uint64).reshape(
            len(groups), len(counted) // 8
        ),
        returned=tuple(_size(people) for people in groups.values()),
        excluded=tuple(_reasons(people & is_out, out) for people in groups.values()),
        n_withdrawn=sum(reason == WITHDRAWN for reason in out.values()),
        with_excluded=with_excluded,
        read_names=lambda: tables.participant_names(store),
    )


def _size(people: Bits) -> int:
    return int(np.bitwise_count(people).sum(dtype=np.int64))


def _reasons(people: Bits, reasons: Mapping[int, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for id in np.flatnonzero(as_flags(people)).tolist():
        found[reasons[id]] = found.get(reasons[id], 0) + 1
    return found


def _groups(by: str, sets: Mapping[str, Bits], returned: Bits) -> dict[str, Bits]:
    """People of each value, in the order of the first of them."""
    found = {value: people & returned for value, people in sets.items()}
    first = {value: int(as_flags(people).argmax()) for value, people in found.items() if people.any()}
    if len(first) > MOST_GROUPS:
        raise HarkenError(
            f"Column {by!r} makes {len(first)} groups and a table holds {MOST_GROUPS} at most. Compare by a "
            f"column with fewer values, or keep some of them: --where {by}=VALUE, repeated."
        )
    # Where everybody withdrew there are no groups, and a table has one for all.
    return {value: found[value] for value in sorted(first, key=first.__getitem__)}


def column_sets(store: Store, settled: SettledPeople, column: str) -> dict[str, Bits]:
    """People by their value of a column; who has none is in the group of those who miss it."""
    if column in settled.kept_columns:
        values = values_in(settled.sets, column)
    else:
        ids: dict[str, list[int]] = {}
        for id, value in values_of_people(store, column):
            ids.setdefault(value, []).append(id)
        n_bytes = settled.sets.n_bytes
        values = {value: as_bits(np.array(found, dtype=np.int64), n_bytes) for value, found in ids.items()}
    found: dict[str, Bits] = {}
    for value, people in values.items():
        name = value or MISSING_GROUP
        found[name] = found[name] | people if name in found else people
    return found


def _with_values(store: Store, settled: SettledPeople, where: Iterable[tuple[str, str]]) -> Bits:
    """People with one of the values asked for in each column named."""
    wanted: dict[str, list[str]] = {}
    for column, value in where:
        wanted.setdefault(column, []).append(value.strip() or MISSING_GROUP)
    kept = np.full(settled.sets.n_bytes, 255, dtype=np.uint8)
    for column, values in wanted.items():
        require_personal_column(store, column, use="choose people by")
        sets = column_sets(store, settled, column)
        for value in values:
            if value not in sets or not sets[value].any():
                raise HarkenError(
                    f"Nobody has {quoted(value)} in column {quoted(column)}."
                    f"{near_match(value, list(sets))} {_there(sets)}"
                )
        kept = kept & np.bitwise_or.reduce([sets[value] for value in values])
    return kept


def _there(sets: Mapping[str, Bits]) -> str:
    names = sorted(
        (value for value, people in sets.items() if people.any()),
        key=lambda value: (value == MISSING_GROUP, value),
    )
    more = f" and {len(names) - _MOST_NAMED} others" if len(names) > _MOST_NAMED else ""
    return f"Its values are: {', '.join(map(quoted, names[:_MOST_NAMED])) or 'none'}{more}."


def read_units(
    store: Store, questions: Sequence[str], *, occasions: Sequence[Occasion] | None = None
) -> tuple[Unit, ...]:
    """The questions named (none: all) on each of their occasions, in the survey's order.

    `occasions` are those that there are, where they were read already.
    """
    wanted = {survey.question_named(store, name).id for name in questions}
    known = [question for question in survey.questions(store) if not wanted or question.id in wanted]
    if occasions is None:
        pairs = list(tables.occasions(store))
    else:
        in_order = sorted(occasions, key=lambda one: one.first_response)
        pairs = [(one.question_id, one.occasion) for one in in_order]
    found: dict[int, list[str]] = {}
    for question_id, occasion in pairs:
        found.setdefault(question_id, []).append(occasion)
    return tuple(
        Unit(question=question, occasion=occasion)
        for question in known
        for occasion in found.get(question.id, [""])
    )


def read_asked(store: Store, people: People, units: Sequence[Unit]) -> list[Flags | None]:
    """For each unit a flag by place for who was asked; None where the survey does not say."""
    return [
        None if asked is None else as_flags(asked)[people.ids]
        for asked in asked_people(store, current_people(store), units)
    ]


def asked_people(store: Store, settled: SettledPeople, units: Sequence[Unit]) -> list[Bits | None]:
    """For each unit the people who were asked; None where the survey does not say."""
    personal = personal_columns(store)
    by_variable: dict[str, Bits] = {}
    asked: list[Bits | None] = []
    for unit in units:
        name = unit.question.asked_variable
        if name in personal and name not in by_variable:
            by_variable[name] = _asked_people(column_sets(store, settled, name), settled.sets.n_bytes)
        if not name:
            asked.append(None)
        elif name in by_variable:
            asked.append(by_variable[name])
        else:
            asked.append(_asked_by_answer(store, unit, settled.sets.n_bytes))
    return asked


def _asked_people(sets: Mapping[str, Bits], n_bytes: int) -> Bits:
    asked = np.zeros(n_bytes, dtype=np.uint8)
    for value, people in sets.items():
        if value != MISSING_GROUP and _was_asked(value):
            asked |= people
    return asked


def _asked_by_answer(store: Store, unit: Unit, n_bytes: int) -> Bits:
    people = [
        person
        for person, occasion, value in tables.response_values(
            store, unit.question.id, unit.question.asked_variable
        )
        if occasion == unit.occasion and _was_asked(value)
    ]
    return as_bits(np.array(people, dtype=np.int64), n_bytes)


def _was_asked(value: str) -> bool:
    return value.strip().casefold() not in _NOT_ASKED
