"""The fewest further counts to hide so that one has room, where they hang together in many ways."""

from __future__ import annotations

from collections.abc import Sequence, Set

from harken.stats.suppression.moves import Assignment
from harken.stats.suppression.publication import Publication, Relation
from harken.stats.suppression.solving import whole_numbers

_REGIONS = (150, 600)
"""Counts near the one in question that are looked at; all of them in the end."""


def cheapest_room(
    publication: Publication,
    by_count: Sequence[list[Relation]],
    at: int,
    *,
    room: int,
    known: tuple[int, int],
    hidden: Set[int],
) -> tuple[Assignment, ...] | None:
    """One or two sets of values that fit and give a count that much room; None where there are none.

    They change few counts that are not hidden yet. `known` is between what the count is known to differ.
    """
    low, high = known
    for most in (*_REGIONS, len(publication.values)):
        region, is_all = _near(publication, by_count, at, most)
        for limits in ([(low + room, None)], [(None, high - room)], [(None, None), (None, None)]):
            found = _solve(publication, by_count, at, region, limits=limits, room=room, hidden=hidden)
            if found is not None:
                return found
        if is_all:
            return None
    return None


def _near(
    publication: Publication, by_count: Sequence[list[Relation]], at: int, most: int
) -> tuple[list[int], bool]:
    """Counts that can be hidden, breadth first from one, and whether these are all that hang together."""
    found = {at: None}
    waiting = [at]
    for one in waiting:
        for relation in by_count[one]:
            for other, _ in relation.terms:
                if other not in found and publication.is_hideable(other):
                    if len(found) >= most:
                        return list(found), False
                    found[other] = None
                    waiting.append(other)
    return list(found), True


def _solve(
    publication: Publication,
    by_count: Sequence[list[Relation]],
    at: int,
    region: Sequence[int],
    *,
    limits: Sequence[tuple[int | None, int | None]],
    room: int,
    hidden: Set[int],
) -> tuple[Assignment, ...] | None:
    """Sets of values, one after the other in the columns, then how far each new count is moved.

    There are as many sets as limits of the count; two differ by `room`.
    """
    import numpy as np
    from scipy.optimize import LinearConstraint
    from scipy.sparse import csr_array

    values, size = publication.values, len(region)
    shifts = [size * number for number in range(len(limits))]
    moved = size * len(limits)
    column = {one: place for place, one in enumerate(region)}
    new = [one for one in region if one not in hidden and one != at]
    least = [publication.least(one) for one in region]
    most = [publication.bases[one] for one in region]
    lowest, highest = [*least * len(limits)], [*most * len(limits)]
    for shift, (low, high) in zip(shifts, limits, strict=True):
        lowest[shift + column[at]] = max(lowest[shift + column[at]], low if low is not None else 0)
        highest[shift + column[at]] = min(
            highest[shift + column[at]], high if high is not None else most[column[at]]
        )
        if lowest[shift + column[at]] > highest[shift + column[at]]:
            return None
    rows: list[tuple[dict[int, int], float, float]] = []
    for relation in {id(one): one for count in region for one in by_count[count]}.values():
        known = sum(factor * values[one] for one, factor in relation.terms if one not in column)
        inside = {column[one]: factor for one, factor in relation.terms if one in column}
        at_least = -np.inf if relation.low is None else relation.low - known
        at_most = np.inf if relation.high is None else relation.high - known
        rows += [
            ({place + shift: factor for place, factor in inside.items()}, at_least, at_most)
            for shift in shifts
        ]
    for number, one in enumerate(new, moved):
        for shift in shifts:
            rows.append(({column[one] + shift: 1, number: -1}, -np.inf, values[one]))
            rows.append(({column[one] + shift: 1, number: 1}, values[one], np.inf))
    if len(shifts) > 1:
        rows.append(({column[at]: 1, column[at] + size: -1}, room, np.inf))
    numbers = [number for number, (inside, _, _) in enumerate(rows) for _ in inside]
    places = [place for inside, _, _ in rows for place in inside]
    factors = [factor for inside, _, _ in rows for factor in inside.values()]
    largest = 1 + max(values)
    # Linear costs of moving leave most counts where they are.
    found = whole_numbers(
        np.array([0.0] * moved + [1 + values[one] / largest for one in new]),
        range(moved),
        low=[*lowest, *([0] * len(new))],
        high=[*highest, *([largest] * len(new))],
        constraints=LinearConstraint(
            csr_array((factors, (numbers, places)), shape=(len(rows), moved + len(new))),
            [lower for _, lower, _ in rows],
            [upper for _, _, upper in rows],
        ),
    )
    if found is None:
        return None
    return tuple(
        {one: found[column[one] + shift] for one in region if found[column[one] + shift] != values[one]}
        for shift in shifts
    )
