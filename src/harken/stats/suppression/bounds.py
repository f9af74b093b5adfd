"""What readers can work out of hidden counts: the least and the greatest value that fits what is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from harken.stats.suppression.publication import Publication, Relation
from harken.stats.suppression.solving import whole_numbers


def feasible_range(publication: Publication, hidden: Collection[int], at: int) -> tuple[int, int]:
    """The least and the greatest value that a hidden count may have; exact, over whole numbers.

    Parameters
    ----------
    publication
        What is published, with the true values of what is hidden, which are only used where nothing is.
    hidden
        Numbers of all hidden counts.
    at
        The count to bound.

    Returns
    -------
    tuple of int
        Both ends are values that it may have.

    Examples
    --------
    >>> row = Publication()
    >>> cells = [row.add(3, 121), row.add(40, 282)]
    >>> row.sums(row.add(43, 403), cells)
    >>> feasible_range(row, {0, 1}, 0)
    (1, 42)
    """
    linked, relations = _linked(publication, frozenset(hidden), at)
    return _extreme(publication, linked, relations, at, -1), _extreme(publication, linked, relations, at, 1)


def _linked(publication: Publication, hidden: frozenset[int], at: int) -> tuple[list[int], list[Relation]]:
    """The hidden counts that hang together with one, and the relations that bind them."""
    by_count = publication.by_count()
    linked, relations, waiting = {at}, {}, [at]
    while waiting:
        for relation in by_count[waiting.pop()]:
            if id(relation) in relations:
                continue
            relations[id(relation)] = relation
            for other, _ in relation.terms:
                if other in hidden and other not in linked:
                    linked.add(other)
                    waiting.append(other)
    return sorted(linked), list(relations.values())


def _extreme(
    publication: Publication, linked: Sequence[int], relations: Iterable[Relation], at: int, sign: int
) -> int:
    if not relations:
        return publication.bases[at] if sign > 0 else publication.least(at)
    solution = solve(publication, linked, relations, {at: -sign})
    if solution is None:
        raise ArithmeticError(f"No numbers fit what is published with count {at}")
    return solution[at]


def solve(
    publication: Publication,
    free: Sequence[int],
    relations: Iterable[Relation],
    costs: dict[int, float],
) -> dict[int, int] | None:
    """Whole numbers for the `free` counts, of least cost, that fit; None where none do."""
    import numpy as np
    from scipy.optimize import LinearConstraint
    from scipy.sparse import csr_array

    column = {at: place for place, at in enumerate(free)}
    rows, columns, factors, low, high = [], [], [], [], []
    for number, relation in enumerate(relations):
        known = 0
        for at, factor in relation.terms:
            if at in column:
                rows.append(number)
                columns.append(column[at])
                factors.append(factor)
            else:
                known += factor * publication.values[at]
        low.append(-np.inf if relation.low is None else relation.low - known)
        high.append(np.inf if relation.high is None else relation.high - known)
    objective = np.zeros(len(free))
    for at, cost in costs.items():
        objective[column[at]] = cost
    return whole_numbers(
        objective,
        free,
        low=[publication.least(at) for at in free],
        high=[publication.bases[at] for at in free],
        constraints=LinearConstraint(
            csr_array((factors, (rows, columns)), shape=(len(low), len(free))), low, high
        ),
    )


def propagated_ranges(publication: Publication) -> list[tuple[int, int]]:
    """A range for each count that holds all it may be if whatever can be hidden is; it may be too wide.

    What it leaves no room for, no hiding can make room for.
    """
    low, high = [], []
    for at, value in enumerate(publication.values):
        is_hideable = publication.is_hideable(at)
        low.append(publication.least(at) if is_hideable else value)
        high.append(publication.bases[at] if is_hideable else value)
    by_count = publication.by_count()
    waiting = dict.fromkeys(range(len(publication.relations)))
    number = {id(relation): place for place, relation in enumerate(publication.relations)}
    while waiting:
        relation = publication.relations[waiting.popitem()[0]]
        least = sum(f * (low[at] if f > 0 else high[at]) for at, f in relation.terms)
        most = sum(f * (high[at] if f > 0 else low[at]) for at, f in relation.terms)
        for at, f in relation.terms:
            if low[at] == high[at]:
                continue
            own_least, own_most = (low[at], high[at]) if f > 0 else (high[at], low[at])
            limits = []
            if relation.high is not None:
                limits.append((relation.high - (least - f * own_least), f > 0))
            if relation.low is not None:
                limits.append((relation.low - (most - f * own_most), f < 0))
            before = low[at], high[at]
            for amount, is_upper in limits:
                if is_upper:
                    high[at] = min(high[at], amount // f)
                else:
                    low[at] = max(low[at], -(-amount // f))
            if (low[at], high[at]) != before:
                waiting.update(dict.fromkeys(number[id(other)] for other in by_count[at]))
                least = sum(f * (low[at] if f > 0 else high[at]) for at, f in relation.terms)
                most = sum(f * (high[at] if f > 0 else low[at]) for at, f in relation.terms)
    return list(zip(low, high, strict=True))
