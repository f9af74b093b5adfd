"""Agreement on the places of codes, where coders applied them to parts of answers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from harken.model import Codebook, CodebookEntry
from harken.services.agreeing.rating.rated import Rating, Unit
from harken.stats.ratings import BoolArray
from harken.stats.segments.agreement import SegmentAgreement, measure_segment_agreement
from harken.stats.segments.sums import Segment, SegmentedResponses
from harken.stats.uncertainty import Uncertainty
from harken.storage import survey
from harken.storage.coding.segments import PlacedCoding, placed_codings, segmented_codes
from harken.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedCodes:
    """Where codes stand in answers; empty where no code was applied to a part of one."""

    lengths: Mapping[int, int] = field(default_factory=dict)
    """Characters of each response that two or more coders decided, by its id."""
    codings: tuple[PlacedCoding, ...] = ()
    """Of the codes that have a segment, of those above them, and of all that are below these."""


def read_segments(store: Store, ratings: Sequence[Rating], codebook: Codebook) -> PlacedCodes:
    """What `measure_segments` needs of the answers behind `ratings`."""
    rounds = sorted({rating.unit.round for rating in ratings})
    segmented = segmented_codes(store, rounds=rounds)
    codes = {
        code
        for entry in codebook.entries.values()
        if not segmented.isdisjoint(codebook.with_descendants(entry.path))
        for code in codebook.with_descendants(entry.path)
    }
    if not codes:
        return PlacedCodes()
    n_ratings = Counter(rating.unit for rating in ratings)
    ids = sorted({unit.response_id for unit, n in n_ratings.items() if n >= 2})
    return PlacedCodes(
        lengths={id: len(text) for id, _, text in survey.texts(store, ids)},
        codings=tuple(placed_codings(store, codes, rounds=rounds)),
    )


def measure_segments(
    placed: PlacedCodes,
    ratings: Iterable[Rating],
    codebook: Codebook,
    *,
    coders: tuple[str, ...],
    questions: tuple[str, ...],
    uncertainty: Uncertainty | None = None,
) -> tuple[SegmentAgreement, ...]:
    """Agreement on the places of each code that anybody applied to a part of an answer among `ratings`.

    A code stands where it or a code below it was applied; applied to the whole of an answer it is one segment
    from end to end. Only answers to questions where the code may be applied count, and of those only what two
    or more decided; an uncodable answer is a gap. Empty where nobody coded a segment.
    """
    if not placed.codings:
        return ()
    responses, units = _table(ratings, placed.lengths, coders)
    rows = {(unit.response_id, unit.round): row for row, unit in enumerate(units)}
    columns = {coder: column for column, coder in enumerate(coders)}
    found: dict[str, dict[tuple[int, int], list[Segment]]] = defaultdict(lambda: defaultdict(list))
    segmented = set()
    for coding in placed.codings:
        row, column = rows.get((coding.response_id, coding.round)), columns.get(coding.coder)
        if row is None or column is None:
            continue
        start, end = coding.start, coding.end
        if start is None or end is None:
            start, end = 0, int(responses.lengths[row])
        else:
            segmented.add(coding.code)
        found[coding.code][row, column].append((start, end))
    return tuple(
        measure_segment_agreement(
            entry.path,
            responses,
            _united(found[code] for code in codebook.with_descendants(entry.path)),
            among=_answering(units, entry, questions),
            uncertainty=uncertainty,
        )
        for entry in codebook.entries.values()
        if not segmented.isdisjoint(codebook.with_descendants(entry.path))
        and any(entry.applies_to(question) for question in questions)
    )


def _table(
    ratings: Iterable[Rating], lengths: Mapping[int, int], coders: tuple[str, ...]
) -> tuple[SegmentedResponses, tuple[Unit, ...]]:
    column = {coder: place for place, coder in enumerate(coders)}
    rows: dict[Unit, int] = {}
    cells = [(rows.setdefault(rating.unit, len(rows)), column[rating.coder]) for rating in ratings]
    decided = np.zeros((len(rows), len(coders)), dtype=np.bool_)
    if cells:
        decided[tuple(np.array(cells).T)] = True
    # The length of what one coder decided was not read, and nothing hangs on it.
    responses = SegmentedResponses(
        coders=coders,
        participants=np.array([unit.participant_id for unit in rows], dtype=np.int64),
        lengths=np.array([lengths.get(unit.response_id, 1) for unit in rows], dtype=np.int64),
        decided=decided,
    )
    return responses, tuple(rows)


def _united(
    every: Iterable[Mapping[tuple[int, int], Sequence[Segment]]],
) -> dict[tuple[int, int], list[Segment]]:
    united: dict[tuple[int, int], list[Segment]] = defaultdict(list)
    for of_code in every:
        for place, segments in of_code.items():
            united[place] += segments
    return united


def _answering(units: Sequence[Unit], entry: CodebookEntry, questions: Sequence[str]) -> BoolArray | None:
    """Which units answer a question where the code may be applied; None where that is all of them."""
    if all(entry.applies_to(question) for question in questions):
        return None
    return np.array([entry.applies_to(unit.question) for unit in units], dtype=np.bool_)
