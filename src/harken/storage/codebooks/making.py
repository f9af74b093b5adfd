"""When each code was made, held against the first decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from harken.model import CONSENSUS
from harken.storage.codebooks.history import changes
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


def codebook_making(store: Store) -> Making:
    """When each code was made. One that was renamed or moved since keeps its moment."""
    of_code: dict[str, _Place] = {}
    for change in changes(store):
        place = (change.event.counter, change.event.at, change.event.id)
        for id in change.after.codes:
            of_code.setdefault(id, place)
    first: tuple[str, int, str, str] | None = store.connection.execute(
        "SELECT kind, counter, at, id FROM events WHERE kind = 'codings.imported' "
        "OR (kind = 'decided' AND payload ->> '$.coder' <> ?) ORDER BY counter, at, id LIMIT 1",
        (CONSENSUS,),
    ).fetchone()
    is_here = first is not None and first[0] == "decided"
    return Making(
        of_code=of_code,
        first_decision=(first[1], first[2], first[3]) if first is not None and is_here else None,
    )
