"""Moving a count away from its true value so that all that is known still holds, at the least cost."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from harken.stats.suppression.publication import Publication

_MOST_TRIES = 100
"""Partial moves looked at before the search is given up; a solver goes on from there."""

Assignment = dict[int, int]
"""Other values for some counts."""


class _Step(NamedTuple):
    """Part of a move: the values so far, and what the relations that they break lack, by number."""

    values: Assignment
    sums: dict[int, int]
    """The sums of the relations touched."""
    broken: dict[int, int]


@dataclass(slots=True)
class Mover:
    """Finds other values that fit what is published."""

    publication: Publication
    relations_of: list[list[tuple[int, int]]] = field(init=False)
    """For each count the numbers of its relations, and its factor there."""
    sums: list[int] = field(init=False)

    def __post_init__(self) -> None:
        values = self.publication.values
        self.relations_of = [[] for _ in values]
        self.sums = []
        for number, relation in enumerate(self.publication.relations):
            self.sums.append(sum(factor * values[at] for at, factor in relation.terms))
            for at, factor in relation.terms:
                self.relations_of[at].append((number, factor))

    def move(self, at: int, value: int, hidden: Set[int]) -> Assignment | None:
        """Values for a count and for those that must make up for it; None where none were found.

        Counts that are hidden already cost nothing; else as few as can be, then small ones.
        """
        publication = self.publication
        if not publication.is_hideable(at) or not publication.least(at) <= value <= publication.bases[at]:
            return None
        order = count()
        heap = [((0, 0, 1, next(order)), _Step({}, {}, {}), at, value)]
        seen: set[frozenset[tuple[int, int]]] = set()
        for _ in range(_MOST_TRIES):
            if not heap:
                return None
            (n_new, size, length, _), before, moved, target = heappop(heap)
            # Most steps are never looked at, so that sums wait until one is.
            step = self._stepped(before, moved, target)
            if not step.broken:
                return step.values
            for other, new in self._repairs(step):
                key = frozenset((*step.values.items(), (other, new)))
                if key in seen:
                    continue
                seen.add(key)
                is_new = other not in hidden
                cost = (
                    n_new + is_new,
                    size + (publication.values[other] if is_new else 0),
                    length + 1,
                    next(order),
                )
                heappush(heap, (cost, step, other, new))
        return None

    def _stepped(self, step: _Step, at: int, value: int) -> _Step:
        by = value - self.publication.values[at]
        relations = self.publication.relations
        sums, broken = dict(step.sums), dict(step.broken)
        for number, factor in self.relations_of[at]:
            sum_ = sums[number] = sums.get(number, self.sums[number]) + factor * by
            _, low, high, _ = relations[number]
            if low is not None and sum_ < low:
                broken[number] = low - sum_
            elif high is not None and sum_ > high:
                broken[number] = high - sum_
            else:
                broken.pop(number, None)
        return _Step({**step.values, at: value}, sums, broken)

    def _repairs(self, step: _Step) -> Iterator[tuple[int, int]]:
        """Counts that can mend a broken relation, wholly or in part, with their new values.

        Of the relation with the fewest counts, where there is least choice.
        """
        publication = self.publication
        number = min(step.broken, key=lambda number: (len(publication.relations[number].terms), number))
        lacking = step.broken[number]
        for at, factor in publication.relations[number].terms:
            if at in step.values or lacking % factor or not publication.is_hideable(at):
                continue
            old = publication.values[at]
            new = min(max(old + lacking // factor, publication.least(at)), publication.bases[at])
            if new != old:
                yield at, new
