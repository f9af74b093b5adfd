"""Random draws that are the same on every Python: only `Random.random()`, which is guaranteed stable."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """A seeded stream of draws; each `stream` of a seed is independent of the others."""

    def __init__(self, *, seed: int, stream: int) -> None:
        self._draw = Random(seed * 1_000_000_007 + stream).random

    def happens(self, probability: float) -> bool:
        return self._draw() < probability

    def below(self, n: int) -> int:
        return int(self._draw() * n)

    def pick(self, items: Sequence[T]) -> T:
        return items[int(self._draw() * len(items))]

    def pick_early(self, items: Sequence[T]) -> T:
        """An item, the first ones far more often: what everybody says stands first."""
        draw = self._draw()
        return items[int(draw * draw * len(items))]

    def weighted(self, options: Sequence[tuple[T, float]]) -> T:
        """An item drawn by its weight; weights need not sum to 1."""
        # Not sum(): from Python 3.12 on it rounds differently.
        total = 0.0
        for _, weight in options:
            total += weight
        left = self._draw() * total
        for item, weight in options:
            left -= weight
            if left < 0:
                return item
        return options[-1][0]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        mixed = list(items)
        for last in range(len(mixed) - 1, 0, -1):
            other = int(self._draw() * (last + 1))
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed
