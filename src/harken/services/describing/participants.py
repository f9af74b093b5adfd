"""Who took part: each attribute of the people who are analysed, by group, in numbers and percentages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median, quantiles
from typing import Any

from harken.errors import HarkenError, listed
from harken.model import EVERYONE, VariableRole
from harken.services.grouping import group_participants
from harken.storage import study, survey
from harken.storage.store import Store

MOST_VALUES = 12
"""More different values are no categories: numbers get their median, other columns are left out."""
MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueCount:
    """How many people of each group, in the groups' order and in all, have one value."""

    value: str
    ns: tuple[int | None, ...]
    """None is a count that is kept back."""
    total: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Numbers of one group: how many people gave one, their median and quartiles."""

    n: int | None
    median: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Characteristic:
    """One column of the survey over the people who are analysed."""

    name: str
    values: tuple[ValueCount, ...] = ()
    """Its values in the order in which they come up; empty for numbers."""
    spreads: tuple[Spread, ...] = ()
    """Of numbers: one for each group, then that of all people."""
    missing: ValueCount


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantTable:
    """The people who are analysed, by group; percentages are of those of whom a value is known."""

    title: str
    by: str | None
    groups: tuple[str, ...]
    ns: tuple[int, ...]
    total: int
    characteristics: tuple[Characteristic, ...]
    left_out: tuple[str, ...]
    """Columns with too many different values to count."""
    suppress: int | None = None
    """Counts above 0 and below it are kept back, and what would give them away."""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def to_records(self) -> list[dict[str, Any]]:
        """A flat record for each characteristic, value of it or spread, and group; the last group is all."""
        names = [(name, False) for name in self.groups] + [("", True)]
        records = []
        for one in self.characteristics:
            for value in (*one.values, one.missing):
                for (group, is_total), n in zip(names, (*value.ns, value.total), strict=True):
                    records.append(
                        {"name": one.name, "value": value.value, "group": group, "is_total": is_total, "n": n}
                        | dict.fromkeys(("median", "low", "high"))
                    )
            for (group, is_total), spread in zip(names, one.spreads, strict=False):
                records.append(
                    {"name": one.name, "value": "", "group": group, "is_total": is_total, **asdict(spread)}
                )
        return records


def describe_participants(
    store: Store, *, by: str | None = None, variables: Sequence[str] = ()
) -> ParticipantTable:
    """People who are not excluded, by the groups of a column.

    `variables` are the columns to count (default: groups and attributes of people); closed items may be
    named, too.
    """
    groups = group_participants(store, by) if by is not None else None
    people = [person for person in survey.participants(store) if not person.exclusion]
    of_person = [groups.of_participant[person.id] if groups else EVERYONE for person in people]
    names = tuple(dict.fromkeys(of_person)) if groups is None else groups.of_usable(store).names
    place = {name: at for at, name in enumerate(names)}
    places = [place[name] for name in of_person]
    characteristics, left_out = [], []
    for name in _chosen(store, by, variables):
        values = [person.attributes.get(name, "") for person in people]
        found = _characteristic(name, values, places, len(names))
        if found is None:
            left_out.append(name)
        else:
            characteristics.append(found)
    return ParticipantTable(
        title=study.settings(store).get("title", ""),
        by=by,
        groups=names,
        ns=tuple(places.count(at) for at in range(len(names))),
        total=len(people),
        characteristics=tuple(characteristics),
        left_out=tuple(left_out),
    )


def _chosen(store: Store, by: str | None, variables: Sequence[str]) -> tuple[str, ...]:
    known = [one for one in survey.variables(store) if not one.per_response]
    names = [one.name for one in known]
    for name in variables:
        if name not in names:
            raise HarkenError(f"No column {name!r} of people in this project. Columns: {listed(names)}.")
    if variables:
        return tuple(dict.fromkeys(variables))
    return tuple(one.name for one in known if one.role is not VariableRole.CLOSED and one.name != by)


def _characteristic(name: str, values: list[str], places: list[int], n_groups: int) -> Characteristic | None:
    given = [value.strip() for value in values]
    distinct = dict.fromkeys(value for value in given if value)
    missing = _counted(MISSING, [not value for value in given], places, n_groups)
    if len(distinct) <= MOST_VALUES:
        counts = tuple(
            _counted(value, [other == value for other in given], places, n_groups)
            for value in _ordered(distinct)
        )
        return Characteristic(name=name, values=counts, missing=missing)
    numbers = [_number(value) for value in given]
    if sum(number is not None for number in numbers) < sum(map(bool, given)):
        return None
    placed = [(at, number) for at, number in zip(places, numbers, strict=True) if number is not None]
    spreads = [_spread([number for at, number in placed if at == group]) for group in range(n_groups)]
    return Characteristic(
        name=name,
        spreads=(*spreads, _spread([number for _, number in placed])),
        missing=missing,
    )


def _ordered(values: Sequence[str] | dict[str, None]) -> list[str]:
    """Numbers and bands that begin with one by size, other values in the order in which they come up."""
    starts = {value: _leading_number(value) for value in values}
    if all(start is not None for start in starts.values()):
        return sorted(values, key=lambda value: (starts[value] or 0.0, value))
    return list(values)


def _leading_number(value: str) -> float | None:
    digits = value.lstrip("<>≤≥ ")
    end = next((at for at, sign in enumerate(digits) if not (sign.isdecimal() or sign == ".")), len(digits))
    return _number(digits[:end])


def _number(value: str) -> float | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None


def _counted(value: str, has: list[bool], places: list[int], n_groups: int) -> ValueCount:
    ns = [0] * n_groups
    for is_so, place in zip(has, places, strict=True):
        ns[place] += is_so
    return ValueCount(value=value, ns=tuple(ns), total=sum(ns))


def _spread(numbers: list[float]) -> Spread:
    if not numbers:
        return Spread(n=0, median=None, low=None, high=None)
    if len(numbers) == 1:
        return Spread(n=1, median=numbers[0], low=numbers[0], high=numbers[0])
    low, _, high = quantiles(numbers, n=4, method="inclusive")
    return Spread(n=len(numbers), median=median(numbers), low=low, high=high)
