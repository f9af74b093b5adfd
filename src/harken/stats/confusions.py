"""Which codes coders apply in each other's place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from harken.stats.ratings import MISSING, IntArray, SetRatings, units_in_disagreement

_CHUNK = 65_536
"""Units looked at in one go, so that a million of them take little room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusion:
    """Two codes, one of which one coder applied where another coder applied the other instead.

    Where `second` is None, the other coder had no code instead: all of their codes were the first one's, too.
    """

    first: str
    second: str | None
    n_units: int
    """Units where any two coders did so."""
    n_pairs: int
    """Pairs of coders who did so, over all units."""
    n_either: int
    """Units decided by two or more where anybody applied either code."""
    first_by: Mapping[str, int]
    """Who applied the first code, in how many of the pairs."""
    second_by: Mapping[str, int]
    """Who applied the second code or, where it is None, none instead."""

    @property
    def share(self) -> float:
        """Of the units where anybody applied either code, those where they were confused."""
        return self.n_units / self.n_either


def count_confusions(sets: SetRatings, *, coder: str | None = None) -> tuple[Confusion, ...]:
    """Every pair of codes that coders confused, those on most units first.

    Of two decisions on one unit, each code that only the one has is confused with each code that only the
    other has; where the other has none of its own, with None. A pair of codes has no direction: `first` is
    the one that stands first in `sets.codes`. With `coder` only pairs of coders with that one are compared.
    Units that fewer than two of them decided count nowhere.
    """
    names = sets.coders
    pairs = [
        pair for pair in combinations(range(len(names)), 2) if coder is None or coder in _of(names, pair)
    ]
    n_units: Counter[tuple[int, int]] = Counter()
    by: dict[tuple[int, int], tuple[Counter[str], Counter[str]]] = {}
    for pattern, n in _patterns(sets):
        met = set()
        for one, other in pairs:
            for codes, lower_is_of_one in _confused(sets, pattern[one], pattern[other]):
                met.add(codes)
                lower, higher = by.setdefault(codes, (Counter(), Counter()))
                first, second = (one, other) if lower_is_of_one else (other, one)
                lower[names[first]] += n
                higher[names[second]] += n
        for codes in met:
            n_units[codes] += n
    applied = _n_applied(sets, coder)
    found = [
        Confusion(
            first=sets.codes[first],
            second=sets.codes[second] if second < len(sets.codes) else None,
            n_units=n_units[first, second],
            n_pairs=by[first, second][0].total(),
            n_either=_n_either(applied, first, second),
            first_by=_in_order(by[first, second][0], names),
            second_by=_in_order(by[first, second][1], names),
        )
        for first, second in sorted(by)
    ]
    return tuple(sorted(found, key=lambda one: (-one.n_units, -one.share)))


def _of(names: tuple[str, ...], pair: tuple[int, int]) -> tuple[str, str]:
    return names[pair[0]], names[pair[1]]


def _patterns(sets: SetRatings) -> Iterator[tuple[list[int], int]]:
    """Each combination of decisions that differ, with the number of units that have it."""
    rows = units_in_disagreement(sets)
    if rows.size:
        patterns, counts = np.unique(sets.set_ids[rows], axis=0, return_counts=True)
        yield from zip(patterns.tolist(), counts.tolist(), strict=True)


def _confused(sets: SetRatings, one: int, other: int) -> Iterator[tuple[tuple[int, int], bool]]:
    """Places of codes that two sets have instead of each other, the lower first and whether `one` has it.

    The place behind the last code stands for none.
    """
    if MISSING in (one, other) or one == other:
        return
    nothing = (len(sets.codes),)
    only_one = np.flatnonzero(sets.members[one] & ~sets.members[other]).tolist() or nothing
    only_other = np.flatnonzero(sets.members[other] & ~sets.members[one]).tolist() or nothing
    for left, right in product(only_one, only_other):
        yield (min(left, right), max(left, right)), left < right


def _n_applied(sets: SetRatings, coder: str | None) -> IntArray:
    """In how many comparable units anybody applied both codes (codes x codes; the diagonal: the one code)."""
    lookup = np.vstack([sets.members, np.zeros((1, len(sets.codes)), dtype=np.bool_)])
    both = np.zeros((len(sets.codes), len(sets.codes)), dtype=np.int64)
    for begin in range(0, len(sets.units), _CHUNK):
        ids = sets.set_ids[begin : begin + _CHUNK]
        if coder is not None:
            ids = ids[ids[:, sets.coders.index(coder)] != MISSING]
        ids = ids[(ids != MISSING).sum(axis=1) >= 2]
        held = np.zeros((len(ids), len(sets.codes)), dtype=np.bool_)
        for column in ids.T:
            held |= lookup[column]
        numbers = held.astype(np.float32)  # Exact: a chunk has fewer than 2**24 units.
        both += (numbers.T @ numbers).astype(np.int64)
    return both


def _n_either(applied: IntArray, first: int, second: int) -> int:
    n = int(applied[first, first])
    if second == len(applied):
        return n
    return n + int(applied[second, second]) - int(applied[first, second])


def _in_order(counts: Counter[str], names: tuple[str, ...]) -> dict[str, int]:
    return {name: counts[name] for name in names if counts[name]}
