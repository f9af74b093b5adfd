"""Moving a count away from its true value so that all that is known still holds, at the least cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count

from harken.stats.suppression.publication import Publication, Relation

_MOST_TRIES = 400
"""Partial moves looked at before the search is given up; a solver goes on from there."""

Assignment = dict[int, int]
"""Other values for some counts."""


@dataclass(frozen=True, slots=True)
class Mover:
    """Finds other values that fit what is published."""

    publication: Publication
    by_count: list[list[Relation]]

    def move(self, at: int, value: int, hidden: Set[int]) -> Assignment | None:
        """Values for a count and for those that must make up for it; None where none were found.

        Counts that are hidden already cost nothing; else as few as can be, then small ones.
        """
        if not self._fits(at, value):
            return None
        order = count()
        start: Assignment = {at: value}
        heap = [((0, 0, 1, next(order)), start)]
        seen: set[frozenset[tuple[int, int]]] = set()
        for _ in range(_MOST_TRIES):
            if not heap:
                return None
            (n_new, size, _, _), assignment = heappop(heap)
            broken = self._broken(assignment)
            if broken is None:
                return assignment
            for other, new in self._repairs(broken, assignment):
                longer = {**assignment, other: new}
                key = frozenset(longer.items())
                if key in seen:
                    continue
                seen.add(key)
                is_new = other not in hidden
                cost = (
                    n_new + is_new,
                    size + (self.publication.values[other] if is_new else 0),
                    len(longer),
                    next(order),
                )
                heappush(heap, (cost, longer))
        return None

    def _fits(self, at: int, value: int) -> bool:
        publication = self.publication
        return publication.is_hideable(at) and publication.least(at) <= value <= publication.bases[at]

    def _broken(self, assignment: Mapping[int, int]) -> tuple[Relation, int] | None:
        """A relation that the values break, and what its sum lacks; the one with the fewest counts."""
        values = self.publication.values
        found: tuple[Relation, int] | None = None
        for at in assignment:
            for relation in self.by_count[at]:
                if found is not None and len(relation.terms) >= len(found[0].terms):
                    continue
                sum_ = sum(factor * assignment.get(other, values[other]) for other, factor in relation.terms)
                if relation.low is not None and sum_ < relation.low:
                    found = relation, relation.low - sum_
                elif relation.high is not None and sum_ > relation.high:
                    found = relation, relation.high - sum_
        return found

    def _repairs(
        self, broken: tuple[Relation, int], assignment: Mapping[int, int]
    ) -> Iterator[tuple[int, int]]:
        """Counts that can make up for what is lacking, wholly or in part, with their new values."""
        publication = self.publication
        relation, lacking = broken
        for at, factor in relation.terms:
            if at in assignment or not publication.is_hideable(at):
                continue
            old = publication.values[at]
            step = lacking // factor if lacking % factor == 0 else 0
            new = min(max(old + step, publication.least(at)), publication.bases[at])
            if new != old:
                yield at, new
