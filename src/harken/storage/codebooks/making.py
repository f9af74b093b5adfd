"""How the codebook came about, held against the first decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from harken.model import CONSENSUS
from harken.storage.codebooks.history import Change, changes, undone_changes
from harken.storage.journal import Event
from harken.storage.store import Store

_Place = tuple[int, str, str]
"""Counter, time and id of an event: its place in replay order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """The moments at which codes came into the codebook."""

    of_code: Mapping[str, _Place]
    """By id: the event after which the code was first there."""
    first_decision: _Place | None
    """The first decision made here; None where decisions came with a file before, or there are none."""

    @property
    def is_known(self) -> bool:
        """Whether codes made before coding can be told from those made while it went on."""
        return self.first_decision is not None

    def of(self, id: str) -> tuple[str, bool]:
        """When a code was made (empty if that is not known), and whether before the first decision."""
        place = self.of_code.get(id)
        if place is None:
            return "", False
        return place[1], self.first_decision is not None and place < self.first_decision


class CodebookCourse(NamedTuple):
    """When the codes that live came about, as far as the journal tells."""

    is_ordered: bool
    """Whether codes made before coding can be told from those made while it went on."""
    n_before: int
    """Living codes that existed when the first decision was made."""
    n_during: int
    """Living codes that were made afterwards."""
    n_changes: int
    """Changes of the codebook that stand, imports among them."""
    n_changes_during: int
    """Of them, those after the first decision."""
    n_merged: int
    """Codes that went into another one."""
    n_removed: int
    """Codes that were taken out otherwise."""
    n_retired: int


def codebook_making(store: Store) -> Making:
    """When each code was made. One that was renamed or moved since keeps its moment."""
    return _making(changes(store), _first_decision(store))


def codebook_course(store: Store) -> CodebookCourse:
    """The codebook's making in counts."""
    every = list(changes(store))
    making = _making(every, _first_decision(store))
    undone = undone_changes(every)
    standing = [one for one in every if one.event.id not in undone and not one.undoes]
    first = making.first_decision
    rows = list(every[-1].after.codes.values()) if every else []
    is_early = [making.of(row.id)[1] for row in rows if not row.is_removed]
    return CodebookCourse(
        is_ordered=making.is_known,
        n_before=sum(is_early),
        n_during=len(is_early) - sum(is_early),
        n_changes=len(standing),
        n_changes_during=sum(first is not None and _place(one.event) > first for one in standing),
        n_merged=sum(bool(row.merged_into) for row in rows),
        n_removed=sum(row.is_removed and not row.merged_into for row in rows),
        n_retired=sum(row.is_retired and not row.is_removed for row in rows),
    )


def _making(every: Iterable[Change], first_decision: _Place | None) -> Making:
    of_code: dict[str, _Place] = {}
    for change in every:
        for id in change.after.codes:
            of_code.setdefault(id, _place(change.event))
    return Making(of_code=of_code, first_decision=first_decision)


def _place(event: Event) -> _Place:
    return event.counter, event.at, event.id


def _first_decision(store: Store) -> _Place | None:
    """The first decision at a screen, unless a file brought decisions before it."""
    first: tuple[str, int, str, str] | None = store.connection.execute(
        "SELECT kind, counter, at, id FROM events WHERE kind = 'codings.imported' "
        "OR (kind = 'decided' AND payload ->> '$.coder' <> ?) ORDER BY counter, at, id LIMIT 1",
        (CONSENSUS,),
    ).fetchone()
    return None if first is None or first[0] != "decided" else first[1:]
