"""Reading the study: its settings, coders and rounds."""

from __future__ import annotations

import json

from harken.errors import unknown_name
from harken.model import Round, RoundKind
from harken.storage.store import Store


def settings(store: Store) -> dict[str, str]:
    """title, lead, approach, sampling, and what later events set."""
    return dict(store.connection.execute("SELECT name, value FROM settings ORDER BY name").fetchall())


def coders(store: Store) -> tuple[str, ...]:
    """Names in the order in which they were added; the lead is the first."""
    return tuple(name for (name,) in store.connection.execute("SELECT name FROM coders ORDER BY position"))


def rounds(store: Store) -> tuple[Round, ...]:
    """The rounds in the order in which they were made."""
    return tuple(
        Round(
            name=name,
            kind=RoundKind(kind),
            is_blind=bool(is_blind),
            hides_group=bool(hides_group),
            primary_coder=primary_coder,
            coders=tuple(json.loads(names)),
        )
        for name, kind, is_blind, hides_group, primary_coder, names in store.connection.execute(
            "SELECT name, kind, is_blind, hides_group, primary_coder, coders FROM rounds ORDER BY position"
        )
    )


def round_named(store: Store, name: str) -> Round:
    """The round of this name; raises, naming the known ones, if there is none."""
    known = rounds(store)
    for round in known:
        if round.name == name:
            return round
    raise unknown_name("round", name, (round.name for round in known))


def last_change_at(store: Store) -> str:
    """The time of the latest event, UTC; empty in a project without any. Looks at results are no events."""
    (at,) = store.connection.execute("SELECT coalesce(max(at), '') FROM events").fetchone()
    return str(at)
