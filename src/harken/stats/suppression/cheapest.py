"""The fewest further counts to hide so that one has room, where they hang together in many ways."""

from __future__ import annotations

from collections.abc import Sequence, Set

from harken.stats.suppression.moves import Assignment
from harken.stats.suppression.publication import Publication, Relation
from harken.stats.suppression.solving import whole_numbers

_REGIONS = (150, 600)
"""Counts near the one in question that are looked at; all of them in the end."""


def cheapest_room(
    publication: Publication, by_count: Sequence[list[Relation]], at: int, *, room: int, hidden: Set[int]
) -> tuple[Assignment, Assignment] | None:
    """Two sets of values that fit, between which the count differs by `room`; None where there are none.

    They change as few counts as could be found that are not hidden yet.
    """
    for most in (*_REGIONS, len(publication.values)):
        region, is_all = _near(publication, by_count, at, most)
        found = _solve(publication, by_count, at, region, room=room, hidden=hidden)
        if found is not None or is_all:
            return found
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
    room: int,
    hidden: Set[int],
) -> tuple[Assignment, Assignment] | None:
    """Two sets of values, one after the other in the columns, then how far each new count is moved."""
    import numpy as np
    from scipy.optimize import LinearConstraint
    from scipy.sparse import csr_array

    values, size = publication.values, len(region)
    column = {one: place for place, one in enumerate(region)}
    new = [one for one in region if one not in hidden and one != at]
    relations = {id(relation): relation for one in region for relation in by_count[one]}
    rows: list[tuple[dict[int, int], float, float]] = []
    for relation in relations.values():
        known = sum(factor * values[one] for one, factor in relation.terms if one not in column)
        low = -np.inf if relation.low is None else relation.low - known
        high = np.inf if relation.high is None else relation.high - known
        for shift in (0, size):
            inside = {column[one] + shift: factor for one, factor in relation.terms if one in column}
            rows.append((inside, low, high))
    for number, one in enumerate(new):
        for shift in (0, size):
            rows.append(({column[one] + shift: 1, 2 * size + number: -1}, -np.inf, values[one]))
            rows.append(({column[one] + shift: 1, 2 * size + number: 1}, values[one], np.inf))
    rows.append(({column[at]: 1, column[at] + size: -1}, room, np.inf))
    n_columns = 2 * size + len(new)
    entries = [
        (number, place, factor)
        for number, (inside, _, _) in enumerate(rows)
        for place, factor in inside.items()
    ]
    numbers, places, factors = zip(*entries, strict=True)
    largest = 1 + max(values)
    least = [publication.least(one) for one in region]
    most = [publication.bases[one] for one in region]
    # Linear costs of moving leave most counts where they are.
    found = whole_numbers(
        np.array([0.0] * (2 * size) + [1 + values[one] / largest for one in new]),
        range(2 * size),
        low=[*least, *least, *([0] * len(new))],
        high=[*most, *most, *([largest] * len(new))],
        constraints=LinearConstraint(
            csr_array((factors, (numbers, places)), shape=(len(rows), n_columns)),
            [low for _, low, _ in rows],
            [high for _, _, high in rows],
        ),
    )
    if found is None:
        return None
    first, second = (
        {one: found[column[one] + shift] for one in region if found[column[one] + shift] != values[one]}
        for shift in (0, size)
    )
    return first, second
