"""What is published of people: whole numbers, and what everybody knows of how they hang together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple


class Relation(NamedTuple):
    """`low` ≤ Σ factor · count ≤ `high`, which readers know; None is no limit."""

    terms: tuple[tuple[int, int], ...]
    """Numbers of counts with their factors."""
    low: int | None
    high: int | None
    is_certain: bool = True
    """Whether every reader knows it; else it is true, and some reader may know or guess it."""

    def holds(self, values: Sequence[int]) -> bool:
        sum_ = sum(factor * values[at] for at, factor in self.terms)
        return (self.low is None or sum_ >= self.low) and (self.high is None or sum_ <= self.high)


@dataclass(slots=True)
class Publication:
    """Counts of people that are published together, each of a known base, and the relations among them.

    Counts are numbered as they are added. A zero is published, save in a group that is hidden wholly, and
    save where `hides_zeros`.
    """

    values: list[int] = field(default_factory=list)
    bases: list[int] = field(default_factory=list)
    wholly: list[bool] = field(default_factory=list)
    """Whether the count belongs to a group so small that all its figures are hidden, zeros too."""
    fixed: list[bool] = field(default_factory=list)
    """Whether the count is published whatever it is."""
    small: list[bool | None] = field(default_factory=list)
    """Whether it must be hidden for its own sake; None: by its size, and always in a group hidden wholly."""
    relations: list[Relation] = field(default_factory=list)
    hides_zeros: bool = False
    """Whether any zero may be hidden, so that any hidden count may be one."""

    def add(
        self,
        value: int,
        base: int,
        *,
        wholly: bool = False,
        fixed: bool = False,
        small: bool | None = None,
    ) -> int:
        """Add a count of `value` people of `base`; returns its number."""
        self.small.append(small)
        self.values.append(value)
        self.bases.append(base)
        self.wholly.append(wholly)
        self.fixed.append(fixed)
        return len(self.values) - 1

    def relate(self, terms: Iterable[tuple[int, int]], *, low: int | None, high: int | None) -> None:
        """Add what readers know; raises `ValueError` where it is not true."""
        relation = Relation(tuple(terms), low, high)
        if not relation.holds(self.values):
            raise ValueError(f"{relation} does not hold")
        self.relations.append(relation)

    def sums(self, total: int, parts: Iterable[int]) -> None:
        """The count `total` is the sum of others."""
        self.relate([(total, -1), *((part, 1) for part in parts)], low=0, high=0)

    def relate_where_true(
        self, terms: Iterable[tuple[int, int]], *, low: int, is_certain: bool = True
    ) -> bool:
        """Add that the sum is at least `low`, if it is; says whether."""
        relation = Relation(tuple(terms), low, None, is_certain)
        if relation.holds(self.values):
            self.relations.append(relation)
            return True
        return False

    def certain(self) -> Publication:
        """The same counts with what every reader knows."""
        return replace(self, relations=[relation for relation in self.relations if relation.is_certain])

    def with_zeros(self) -> Publication:
        """The same counts where zeros may be hidden too."""
        return replace(self, hides_zeros=True)

    def is_hideable(self, at: int) -> bool:
        return not self.fixed[at] and (self.values[at] > 0 or self.wholly[at] or self.hides_zeros)

    def least(self, at: int) -> int:
        """What a reader knows a hidden count to be at least."""
        return 0 if self.wholly[at] or self.hides_zeros else 1

    def primary(self, threshold: int) -> tuple[int, ...]:
        """Counts to hide for their own sake: 0 < n < threshold, and all of a group hidden wholly."""
        return tuple(
            at
            for at, value in enumerate(self.values)
            if not self.fixed[at] and self._is_small(at, value, threshold)
        )

    def _is_small(self, at: int, value: int, threshold: int) -> bool:
        said = self.small[at]
        return said if said is not None else self.wholly[at] or 0 < value < threshold

    def by_count(self) -> list[list[Relation]]:
        """For each count the relations that it is in."""
        found: list[list[Relation]] = [[] for _ in self.values]
        for relation in self.relations:
            for at, _ in relation.terms:
                found[at].append(relation)
        return found
