"""Small counts of participants' characteristics kept back, and what would give them away."""

from __future__ import annotations

from dataclasses import replace

from harken.services.describing.participants import Characteristic, ParticipantTable, Spread, ValueCount
from harken.services.protecting.themes import check_threshold
from harken.stats.suppression import Publication, feasible_range, protect_counts


def protect_participants(table: ParticipantTable, *, threshold: int) -> ParticipantTable:
    """The table without counts from 1 to below the threshold, and without whatever would tell them.

    How many people each group has is published, and of groups below the threshold nothing else. A
    characteristic of which a small count would be told whatever else is kept back is kept back as a whole.
    """
    check_threshold(threshold)
    return replace(
        table,
        characteristics=tuple(_protected(one, table, threshold) for one in table.characteristics),
        suppress=threshold,
    )


def _protected(one: Characteristic, table: ParticipantTable, threshold: int) -> Characteristic:
    publication = Publication()
    bases = (*table.ns, table.total)
    rows = [*one.values, one.missing]
    if one.spreads:
        known = ValueCount(
            value="",
            ns=tuple(spread.n for spread in one.spreads[:-1]),
            total=one.spreads[-1].n,
        )
        rows = [known, one.missing]
    numbers = [
        [
            publication.add(n or 0, base, wholly=0 < base < threshold)
            for n, base in zip((*row.ns, row.total), bases, strict=True)
        ]
        for row in rows
    ]
    for row in numbers:
        if len(table.ns) > 1:
            publication.sums(row[-1], row[:-1])
        else:
            publication.relate([(row[-1], 1), (row[0], -1)], low=0, high=0)
    for column, base in enumerate(bases):
        publication.relate([(row[column], 1) for row in numbers], low=base, high=base)
    pattern = protect_counts(publication, threshold=threshold)
    hidden = pattern.hidden
    is_told = any(_is_told(pattern.publication, hidden, at, threshold) for at in pattern.primary)
    if pattern.publication.hides_zeros or is_told:
        hidden = frozenset(range(len(publication.values)))

    def shown(row: ValueCount, places: list[int]) -> ValueCount:
        ns = [n if at not in hidden else None for n, at in zip((*row.ns, row.total), places, strict=True)]
        return replace(row, ns=tuple(ns[:-1]), total=ns[-1])

    missing = shown(one.missing, numbers[-1])
    if one.spreads:
        spreads = tuple(
            spread if at not in hidden else Spread(n=None, median=None, low=None, high=None)
            for spread, at in zip(one.spreads, numbers[0], strict=True)
        )
        return replace(one, spreads=spreads, missing=missing)
    values = tuple(shown(row, places) for row, places in zip(one.values, numbers[:-1], strict=True))
    return replace(one, values=values, missing=missing)


def _is_told(publication: Publication, hidden: frozenset[int], at: int, threshold: int) -> bool:
    """Whether the published counts leave a hidden one less room than the threshold, or than its base does."""
    low, high = feasible_range(publication, hidden, at)
    return high - low < min(threshold, publication.bases[at])
