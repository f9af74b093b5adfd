"""What the codes meant when a decision was made: only decisions under one meaning are compared.

A code has another meaning once its definition or what it includes or excludes is written anew, unless that is
marked as editorial; its label, examples, keywords, place and name are no part of it. A code that was not
there yet, or was retired, could not be applied: a decision without it says nothing of it. A merge maps:
codings follow, the meaning stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from harken.model import Codebook
from harken.services.agreeing.rating.rated import RatedUnits
from harken.stats.ratings import MISSING, BoolArray, IntArray
from harken.storage import codebooks
from harken.storage.codebooks import Change, Snapshot
from harken.storage.store import Store

_WORDING = ("definition", "include", "exclude")
_MAPPING = ("code.merged", "code.unmerged")
"""Kinds of changes that write what a code includes without changing what a coding with it says."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Meanings:
    """What each living code meant in each version of the codebook that decisions name.

    `wording` numbers it, `is_offered` says whether the code or one below it could be applied; both have an
    entry for each version, in the order of `RatedUnits.rows.codebooks`. `order` are the versions from the
    first to the last.
    """

    codebook: Codebook
    wording: Mapping[str, IntArray]
    is_offered: Mapping[str, BoolArray]
    order: Sequence[int]

    def of_code(self, path: str, rated: RatedUnits, ratings: IntArray, units: BoolArray | slice) -> IntArray:
        """Units x coders: the meaning that each decision gave the code, -1 where it says nothing of it.

        `ratings` tells where the code was applied, which says something whatever was offered.
        """
        version = rated.codebook[units]
        number = np.append(self.wording[path], MISSING)[version]
        is_offered = np.append(self.is_offered[path], False)[version]
        return np.where(is_offered | (ratings == 1), number, MISSING)

    def of_family(self, key: str, rated: RatedUnits) -> IntArray:
        """Units x coders: the joint meaning of a family's codes, -1 where none could be applied."""
        paths = [path for path, entry in self.codebook.entries.items() if entry.family.key == key]
        is_offered = np.any([self.is_offered[path] for path in paths], axis=0)
        return np.append(np.where(is_offered, self._joint(paths), MISSING), MISSING)[rated.codebook]

    def of_sets(self, rated: RatedUnits) -> IntArray:
        """Units x coders: the joint meaning of all codes that could be applied to the unit's question."""
        table = np.stack(
            [
                np.append(
                    self._joint([p for p, entry in self.codebook.entries.items() if entry.applies_to(q)]),
                    MISSING,
                )
                for q in rated.rows.questions
            ]
        )
        return np.asarray(table[rated.question[:, None], rated.codebook])

    def redefined(self, rated: RatedUnits) -> tuple[str, ...]:
        """Codes with units that two coders decided under one definition, and others under another."""
        return tuple(path for path in self.wording if self._n_definitions(path, rated) > 1)

    def _n_definitions(self, path: str, rated: RatedUnits) -> int:
        entry = self.codebook.entries[path]
        asked = [place for place, name in enumerate(rated.rows.questions) if entry.applies_to(name)]
        version = rated.codebook[np.isin(rated.question, asked)]
        number = np.append(self.wording[path], MISSING)[version]
        is_offered = np.append(self.is_offered[path], False)[version]
        return sum(
            bool((((number == one) & is_offered).sum(axis=1) > 1).any())
            for one in np.unique(self.wording[path]).tolist()
        )

    def of_everything(self) -> IntArray:
        """The number of each version's joint meaning of all codes, from 0 for the first."""
        return self._joint(list(self.wording))

    def _joint(self, paths: Sequence[str]) -> IntArray:
        n = len(self.order)
        columns = [(self.wording[path], self.is_offered[path]) for path in paths]
        rows = [
            tuple((int(w[v]), True) if offered[v] else (0, False) for w, offered in columns) for v in range(n)
        ]
        return _numbered(rows, self.order)


def read_meanings(store: Store, versions: Sequence[str], codebook: Codebook) -> Meanings | None:
    """What codes meant in these versions; None where they all are the codebook as it stands."""
    if set(versions) <= {codebooks.version_id(store)}:
        return None
    stored = codebooks.stored_codebook(store)
    path_of = {
        id: stored.path_of.get(codebooks.living_id(store, id), "") for id in codebooks.known_ids(store)
    }
    states = _states(codebooks.changes(store), set(versions))
    order = sorted(range(len(versions)), key=lambda place: states[versions[place]].position)
    ids_of = defaultdict(list)
    for id, path in sorted(path_of.items()):
        ids_of[path].append(id)

    wording, own = {}, {}
    for path in codebook.entries:
        ids = ids_of[path]
        rows = [tuple(states[version].wording.get(id, 0) for id in ids) for version in versions]
        wording[path] = _numbered(rows, order)
        living = np.array([any(id in states[v].living for id in ids) for v in versions])
        retired = np.array([not any(id in states[v].offered for id in ids) for v in versions])
        # Retired throughout: it was kept from nobody in particular.
        own[path] = living if bool(retired[living].all()) else living & ~retired
    return Meanings(
        codebook=codebook,
        wording=wording,
        is_offered={
            path: np.any([own[other] for other in codebook.with_descendants(path)], axis=0)
            for path in codebook.entries
        },
        order=order,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """The codes by id after one change: the number of their wording, which live and which are offered."""

    position: int
    wording: Mapping[str, int]
    living: frozenset[str]
    offered: frozenset[str]


def _states(changes: Iterable[Change], wanted: set[str]) -> dict[str, _State]:
    """The state of each wanted version; one that the journal does not hold is as the last."""
    every = list(changes)
    numbers = _meaning_numbers(every)
    latest = _State(position=-1, wording={}, living=frozenset(), offered=frozenset())
    states = {"": latest}
    for position, change in enumerate(every):
        if position == len(every) - 1 or change.event.id in wanted:
            latest = _state(position, change.after, numbers)
            states[change.event.id] = latest
    return dict.fromkeys(wanted, latest) | states


def _meaning_numbers(every: Sequence[Change]) -> Mapping[str, Mapping[tuple[str, ...], int]]:
    """For each code by id, a number for each of its wordings: the same where they mean the same."""
    undone = codebooks.undone_changes(every)
    numbers: dict[str, dict[tuple[str, ...], int]] = defaultdict(dict)
    for change in every:
        is_editorial = change.is_editorial and (change.redoes or change.event.id) not in undone
        for id, row in change.after.codes.items():
            known, wording = numbers[id], _wording(row.body)
            before = change.before.codes.get(id)
            meant = None if before is None else known[_wording(before.body)]
            if wording not in known:
                new = max(known.values(), default=-1) + 1
                known[wording] = new if meant is None or change.event.kind not in _MAPPING else meant
            if is_editorial and meant is not None:
                # Also where it was written as another meaning before: this is how such a slip is mended.
                same = (known[wording], meant)
                known |= {one: min(same) for one, number in known.items() if number in same}
    return numbers


def _state(position: int, snapshot: Snapshot, numbers: Mapping[str, Mapping[tuple[str, ...], int]]) -> _State:
    living = {id: row for id, row in snapshot.codes.items() if not row.is_removed}
    return _State(
        position=position,
        wording={id: numbers[id][_wording(row.body)] for id, row in snapshot.codes.items()},
        living=frozenset(living),
        offered=frozenset(id for id, row in living.items() if not row.is_retired),
    )


def _wording(body: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(str(body.get(name, "")) for name in _WORDING)


def _numbered(values: Sequence[Hashable], order: Sequence[int]) -> IntArray:
    """Numbers for equal values, 0 for the one that comes first in `order`."""
    numbers: dict[Hashable, int] = {}
    found = np.zeros(len(values), dtype=np.int64)
    for place in order:
        found[place] = numbers.setdefault(values[place], len(numbers))
    return found
