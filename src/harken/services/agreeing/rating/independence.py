"""What coders decided by themselves, apart from what they decided after a discussion or were suggested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from harken.services.agreeing.rating.rows import DecisionRows
from harken.stats.ratings import MISSING
from harken.storage import coding
from harken.storage.coding import IndependentDecision
from harken.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Discussed:
    """Decisions as coders made them by themselves, and as they stand now; both name things alike."""

    independent: DecisionRows
    standing: DecisionRows


def note_suggestions(store: Store, rows: DecisionRows, *, rounds: Sequence[str]) -> DecisionRows:
    """The rows with what was suggested to whom."""
    shown = rows.find(coding.places_with_suggestions(store, rounds=rounds))
    is_suggested = np.zeros(len(rows), dtype=np.bool_)
    is_suggested[shown[shown != MISSING]] = True
    return replace(rows, is_suggested=is_suggested)


def part_by_discussion(store: Store, rows: DecisionRows, *, rounds: Sequence[str]) -> Discussed:
    """What each coder had decided before the meeting or adjudication that followed two decisions.

    A decision that was made first after it is independent of nothing, and left out. Whoever had decided
    makes a discussion, also a coder who is not among `rows`: who is compared changes no figure of a pair.
    """
    earlier = coding.independent_decisions(store, rounds=rounds)
    places = rows.find(earlier)
    after = places[places != MISSING]
    if not len(after):
        return Discussed(independent=rows, standing=rows)
    unit = rows.response * len(rows.rounds) + rows.round
    rows = replace(rows, is_revised=np.isin(unit, unit[after]))
    there = {
        int(place): found
        for place, found in zip(places.tolist(), earlier.values(), strict=True)
        if place != MISSING
    }
    return _with_earlier(rows, there)


def _with_earlier(rows: DecisionRows, earlier: Mapping[int, IndependentDecision | None]) -> Discussed:
    code_sets = {codes: place for place, codes in enumerate(rows.code_sets)}
    codebooks = {version: place for place, version in enumerate(rows.codebooks)}
    codes, versions = rows.codes.copy(), rows.codebook.copy()
    is_uncodable, is_suggested = rows.is_uncodable.copy(), rows.is_suggested.copy()
    at = rows.at.copy()
    kept = np.ones(len(rows), dtype=np.bool_)
    for place, found in earlier.items():
        if found is None:
            kept[place] = False
            continue
        codes[place] = code_sets.setdefault(found.codes, len(code_sets))
        versions[place] = codebooks.setdefault(found.codebook, len(codebooks))
        is_uncodable[place] = found.is_uncodable
        is_suggested[place] = found.is_suggested
        if len(at):
            at[place] = found.at
    standing = replace(rows, code_sets=tuple(code_sets), codebooks=tuple(codebooks))
    independent = replace(
        standing,
        codes=codes,
        codebook=versions,
        is_uncodable=is_uncodable,
        is_suggested=is_suggested,
        at=at,
    ).select(kept)
    return Discussed(independent=independent, standing=standing)
