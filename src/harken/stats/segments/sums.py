"""Counting characters: how much of texts coders marked alike, summed by participant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Generic, NamedTuple, TypeVar

import numpy as np

from harken.stats.patterns import FloatArray
from harken.stats.ratings import BoolArray, IntArray

Number = TypeVar("Number", float, FloatArray)

Segment = tuple[int, int]
"""`start, end` in characters, half-open."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SegmentedResponses:
    """Responses in which coders looked for segments, each a continuum of its own.

    `participants` and `lengths` (in characters) have one entry a response; `decided` (responses x coders)
    tells who decided it. What nobody decided is missing; what a coder decided without a segment is a gap.
    """

    coders: tuple[str, ...]
    participants: IntArray
    lengths: IntArray
    decided: BoolArray


class Sums(NamedTuple, Generic[Number]):
    """What the figures need of some responses: sums, with leading axes (one entry a replicate)."""

    gaps: Number
    """Characters outside of segments, counted once a coder."""
    coded: Number
    """Characters inside of segments, counted once a coder."""
    squares: Number
    """Squared lengths of segments."""
    apart: Number
    """Observed coincidences of a segment with a gap."""
    weighted_gaps: Number
    """This and the next four: the same, with a character weighing one by its response's length."""
    weighted_coded: Number
    weighted_squares: Number
    weighted_gap_squares: Number
    weighted_apart: Number
    overlap: Number
    """Sum over segmented responses of their mean overlap."""
    segmented: Number
    """Number of segmented responses."""


def join_segments(segments: Iterable[Segment]) -> list[Segment]:
    """One coder's segments of one code in order, with those that share a character made one.

    Segments that only touch stay two: the coder set a boundary there.

    Examples
    --------
    >>> join_segments([(12, 20), (0, 5), (3, 8), (8, 10)])
    [(0, 8), (8, 10), (12, 20)]
    """
    joined: list[Segment] = []
    for start, end in sorted(segments):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        elif start < end:
            joined.append((start, end))
    return joined


def place_segments(
    segments: Mapping[tuple[int, int], Iterable[Segment]], *, decided: BoolArray, compared: BoolArray
) -> dict[int, dict[int, list[Segment]]]:
    """Joined segments by response and coder, those of compared responses that the coder decided."""
    held: dict[int, dict[int, list[Segment]]] = {}
    for (row, column), given in sorted(segments.items()):
        joined = join_segments(given)
        if joined and compared[row] and decided[row, column]:
            held.setdefault(row, {})[column] = joined
    return held


def sum_by_participant(
    responses: SegmentedResponses, held: Mapping[int, Mapping[int, list[Segment]]], *, compared: BoolArray
) -> FloatArray:
    """`Sums` of each participant with a compared response (participants x sums)."""
    rows = np.flatnonzero(compared)
    lengths = responses.lengths[rows].astype(np.float64)
    n_coders = responses.decided[rows].sum(axis=1).astype(np.float64)
    empty = Sums(*np.zeros((len(Sums._fields), len(rows))))
    # Without a segment a response is one gap to each of its coders.
    unmarked = empty._replace(
        gaps=n_coders * lengths, weighted_gaps=n_coders, weighted_gap_squares=n_coders / lengths
    )
    table = np.column_stack(unmarked)
    places = {int(row): place for place, row in enumerate(rows)}
    for row, of_coder in held.items():
        place = places[row]
        table[place] = _sum_response(list(of_coder.values()), int(n_coders[place]), float(lengths[place]))
    _, owner = np.unique(responses.participants[rows], return_inverse=True)
    totals = np.zeros((int(owner.max(initial=-1)) + 1, table.shape[1]))
    np.add.at(totals, owner, table)
    return totals


def _sum_response(segments: Sequence[list[Segment]], n_coders: int, length: float) -> Sums[float]:
    """`Sums` of one response with the `segments` of those of its `n_coders` who have any."""
    marked = [sum(end - start for start, end in mine) for mine in segments]
    coded = float(sum(marked))
    gaps = n_coders * length - coded
    squares = float(sum((end - start) ** 2 for mine in segments for start, end in mine))
    shared, overlaps = 0, []
    for (one, n_one), (other, n_other) in combinations(zip(segments, marked, strict=True), 2):
        both = _shared(one, other)
        shared += both
        overlaps.append(both / (n_one + n_other - both))
    # A coder with a segment shares nothing with those who have none.
    n_pairs = len(overlaps) + len(segments) * (n_coders - len(segments))
    apart = coded - 2 * shared / (n_coders - 1)
    return Sums(
        gaps=gaps,
        coded=coded,
        squares=squares,
        apart=apart,
        weighted_gaps=gaps / length,
        weighted_coded=coded / length,
        weighted_squares=squares / length**2,
        weighted_gap_squares=gaps / length**2,
        weighted_apart=apart / length,
        overlap=sum(overlaps) / n_pairs,
        segmented=1.0,
    )


def _shared(one: Sequence[Segment], other: Sequence[Segment]) -> int:
    """Characters in both of two lists of segments, each in order and without overlaps."""
    total = first = second = 0
    while first < len(one) and second < len(other):
        total += max(0, min(one[first][1], other[second][1]) - max(one[first][0], other[second][0]))
        if one[first][1] < other[second][1]:
            first += 1
        else:
            second += 1
    return total
