"""Whom answers are from, and which groups these people are in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from harken.model import WITHDRAWN
from harken.storage.answers.conditions import Value
from harken.storage.store import Store


def people_of(store: Store, ids: Sequence[int]) -> dict[int, int]:
    """The id of each answer's participant."""
    return dict(
        store.connection.execute(
            "SELECT r.id, r.participant_id FROM json_each(?) j CROSS JOIN responses r ON r.id = j.value",
            (json.dumps(list(ids)),),
        ).fetchall()
    )


def values_of_people(store: Store, variable: str) -> Iterator[tuple[int, str]]:
    """Everybody who did not withdraw, in the order of the files, with their value of a variable."""
    sql, path = Value(variable=variable, values=()).reading("coalesce(c.body ->> ?, '')")
    # By the participant: their texts lie beside each other, which their hashes do not.
    yield from store.connection.execute(
        f"SELECT p.id, {sql} FROM participants p "
        "LEFT JOIN contents c ON c.participant_id = p.id AND +c.hash = p.attributes_hash "
        "WHERE p.id NOT IN (SELECT participant_id FROM exclusions WHERE reason = ?) ORDER BY p.id",
        (*path, WITHDRAWN),
    )
