"""Whether what is published tells a hidden count: a proof that it does not, or the counts that it tells."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from harken.stats.suppression.bounds import feasible_range, propagated_ranges
from harken.stats.suppression.publication import Publication, Relation


class Exposed(NamedTuple):
    """A hidden count that readers can work out too closely."""

    at: int
    low: int
    high: int
    needed: int
    """How far apart the two ends ought to be."""


def audit(
    publication: Publication,
    hidden: Collection[int],
    *,
    threshold: int,
    witnesses: Iterable[Mapping[int, int]] = (),
) -> tuple[Exposed, ...]:
    """The counts that should be hidden and are told too closely; none, if the pattern is safe.

    A count has to be able to differ by the threshold. Where nothing that can be hidden gives it that much
    room (its base is smaller, or bases and zeros alone tell it), it must have all the room there can be.
    That is held against what every reader knows; `protect_counts` goes further where it can.
    `witnesses` are values for hidden counts that are said to fit. Each is tried; those that do fit prove how
    far a count can be, and only what is left unproven is bounded exactly.

    Parameters
    ----------
    publication
        What is published and how it hangs together.
    hidden
        Numbers of all hidden counts.
    threshold
        Counts from 1 to below it must be hidden.
    witnesses
        Other values for hidden counts; wrong ones prove nothing and do no harm.

    Returns
    -------
    tuple of Exposed
        One for each count that is told, in their order.

    Examples
    --------
    >>> row = Publication()
    >>> cells = [row.add(3, 121), row.add(40, 282)]
    >>> row.sums(row.add(43, 403), cells)
    >>> audit(row, {0}, threshold=5)
    (Exposed(at=0, low=3, high=3, needed=5),)
    >>> audit(row, {0, 1}, threshold=5)
    ()
    """
    kept_back = frozenset(hidden)
    tried = list(witnesses)
    certain = publication.certain()
    utmost = propagated_ranges(certain)
    ranges = _proven(publication, kept_back, tried)
    by_all = _proven(certain, kept_back, tried)
    hideable = [at for at in range(len(publication.values)) if publication.is_hideable(at)]
    exposed = []
    for at in publication.primary(threshold):
        needed = min(threshold, utmost[at][1] - utmost[at][0])
        if at in kept_back and max(high - low for low, high in (ranges[at], by_all[at])) >= needed:
            continue
        value = publication.values[at]
        least, most = feasible_range(certain, kept_back, at) if at in kept_back else (value, value)
        if most - least >= needed:
            continue
        if publication.is_hideable(at):
            first, last = feasible_range(certain, hideable, at)
            needed = min(needed, last - first)
        if at not in kept_back or most - least < needed:
            exposed.append(Exposed(at, least, most, needed))
    return tuple(exposed)


def _proven(
    publication: Publication, hidden: frozenset[int], witnesses: Sequence[Mapping[int, int]]
) -> list[tuple[int, int]]:
    """How far each count can be at least, by the true values and the witnesses that fit."""
    by_count = publication.by_count()
    low, high = list(publication.values), list(publication.values)
    for witness in witnesses:
        if _fits(publication, hidden, by_count, witness):
            for at, value in witness.items():
                low[at], high[at] = min(low[at], value), max(high[at], value)
    return list(zip(low, high, strict=True))


def _fits(
    publication: Publication,
    hidden: frozenset[int],
    by_count: Sequence[list[Relation]],
    witness: Mapping[int, int],
) -> bool:
    values = publication.values
    for at, value in witness.items():
        if at not in hidden or not publication.least(at) <= value <= publication.bases[at]:
            return False
    for at in witness:
        for relation in by_count[at]:
            sum_ = sum(factor * witness.get(other, values[other]) for other, factor in relation.terms)
            if relation.low is not None and sum_ < relation.low:
                return False
            if relation.high is not None and sum_ > relation.high:
                return False
    return True
