"""Whom answers are from."""

from __future__ import annotations

import json
from collections.abc import Sequence

from harken.storage.store import Store


def people_of(store: Store, ids: Sequence[int]) -> dict[int, int]:
    """The id of each answer's participant."""
    return dict(
        store.connection.execute(
            "SELECT r.id, r.participant_id FROM json_each(?) j CROSS JOIN responses r ON r.id = j.value",
            (json.dumps(list(ids)),),
        ).fetchall()
    )
