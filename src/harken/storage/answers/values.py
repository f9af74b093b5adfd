"""Which values a variable takes: enough of them to choose from."""

from __future__ import annotations

import json

from harken.model import MISSING_GROUP, Variable, VariableRole
from harken.storage.store import Store

_OF_PEOPLE = (
    "SELECT c.body FROM participants p JOIN contents c ON c.hash = p.attributes_hash ORDER BY p.id LIMIT ?"
)
_OF_RESPONSES = (
    "SELECT c.body FROM responses r JOIN contents c ON c.hash = r.attributes_hash ORDER BY r.id LIMIT ?"
)


def seen_values(store: Store, variable: Variable, *, most: int) -> tuple[str, ...]:
    """The values among the first `most` people (or answers), in the order in which they come up."""
    rows = store.connection.execute(_OF_RESPONSES if variable.per_response else _OF_PEOPLE, (most,))
    seen = dict.fromkeys(json.loads(body).get(variable.name, "").strip() for (body,) in rows)
    if variable.role is VariableRole.GROUP:
        return tuple(dict.fromkeys(value or MISSING_GROUP for value in seen))
    return tuple(value for value in seen if value)
