"""Which rounds and coders are compared, by the names that a person gives."""

from __future__ import annotations

from collections.abc import Sequence

from harken.errors import unknown_name
from harken.model import MAIN_ROUND, RoundKind
from harken.storage import study
from harken.storage.store import Store


def rounds_compared(store: Store, named: Sequence[str]) -> tuple[str, ...]:
    """The rounds that are named, else the reliability rounds, else `main`; raises for unknown ones."""
    if named:
        return tuple(dict.fromkeys(study.round_named(store, name).name for name in named))
    known = study.rounds(store)
    reliability = tuple(round.name for round in known if round.kind is RoundKind.RELIABILITY)
    return reliability or (MAIN_ROUND,)


def coders_named(store: Store, named: Sequence[str]) -> tuple[str, ...]:
    """The coders that are named, each once; raises for unknown ones."""
    known = study.coders(store)
    for name in named:
        if name not in known:
            raise unknown_name("coder", name, known)
    return tuple(dict.fromkeys(named))
