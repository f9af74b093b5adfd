"""What the journal's events make of the other tables: `apply` is used once when an event is written and
again, in replay order, when the file is checked or mended.

The statements name tables without a schema, so that temporary tables of the same names can stand before
the stored ones while a replay is compared with them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from harken.errors import HarkenError
from harken.storage.driver import Connection
from harken.storage.journal import Event
from harken.storage.projections import (
    codebook,
    coding,
    marks,
    notes,
    printing,
    reading,
    study,
    survey,
    talk,
)

_APPLY: Mapping[str, Callable[[Connection, Event], None]] = {
    **study.APPLY,
    **survey.APPLY,
    **codebook.APPLY,
    **coding.APPLY,
    **notes.APPLY,
    **reading.APPLY,
    **marks.APPLY,
    **talk.APPLY,
    **printing.APPLY,
}


def apply(connection: Connection, event: Event) -> None:
    """Bring the projections up to date with one event; raises for a kind that a later version wrote."""
    if event.kind not in _APPLY:
        raise HarkenError(f"The journal holds an event of a later Harken ({event.kind!r}). Update Harken.")
    _APPLY[event.kind](connection, event)
