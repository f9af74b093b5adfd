"""Whether the stored sets of people say what the decisions say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from harken.services.counting.readings import Basis
from harken.services.counting.settling import Settled
from harken.services.counting.upkeep import current_sets, look, personal_columns
from harken.storage.counted.sets import Bits, Key, UnitSets
from harken.storage.store import Store


def set_findings(store: Store) -> Iterator[str]:
    """What the sets say otherwise than sets made anew, a sentence; what they have still to read is read."""
    with store.snapshot():
        news = look(store)
        if news.missed is None:
            return  # there are none, and the next table makes them
        stored = current_sets(store, Basis(), news)
        anew = news.settler.settle_all(columns=personal_columns(store))
    n_wrong = len(_wrong(stored, anew))
    if n_wrong:
        yield (
            f"{n_wrong} sets of people that theme tables are counted from do not match the decisions: "
            "tables would be wrong"
        )


def _wrong(stored: Settled, anew: Settled) -> set[tuple[object, ...]]:
    wrong: set[tuple[object, ...]] = set()
    if set(stored.known.occasions) != set(anew.known.occasions):
        wrong.add(("occasions",))
    for place in {*stored.units, *anew.units}:
        one, other = (
            settled.units.get(place, UnitSets(settled.people.sets.n_bytes)) for settled in (stored, anew)
        )
        wrong |= {(place, *key) for key in _differing(one, other)}
        if not _are_alike(one.words, other.words):
            wrong.add((place, "words"))
    people = (stored.people.sets, anew.people.sets)
    return wrong | {("people", *key) for key in _differing(*people)}


def _differing(one: UnitSets, other: UnitSets) -> list[Key]:
    keys = {*one.sets, *other.sets}
    return [key for key in keys if not _are_alike(one.sets.get(key, _NONE), other.sets.get(key, _NONE))]


_NONE: Bits = np.zeros(0, dtype=np.uint8)


def _are_alike(one: NDArray[Any], other: NDArray[Any]) -> bool:
    """Whether they hold the same; an empty one and one that is not there do."""
    if len(one) and len(other):
        return np.array_equal(one, other)
    return not one.any() and not other.any()
