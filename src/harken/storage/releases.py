"""Reading which figures were released with small counts hidden."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from harken.storage.store import Store

RELEASE = "release"
"""The kind of look that notes a release."""


class NotedRelease(NamedTuple):
    """A release as it was noted."""

    at: str
    actor: str
    payload: dict[str, Any]


def noted_releases(store: Store) -> list[NotedRelease]:
    """Every release, the first one first."""
    rows = store.connection.execute(
        "SELECT at, actor, payload FROM looks WHERE kind = ? ORDER BY at, rowid", (RELEASE,)
    )
    return [NotedRelease(at, actor, json.loads(payload)) for at, actor, payload in rows]
