"""Names and values that a filter may ask for."""

from __future__ import annotations

from harken.model import MISSING_GROUP, Variable
from harken.storage.answers.conditions import Value, value_condition
from harken.storage.store import Store


def occasion_names(store: Store) -> tuple[str, ...]:
    """Every occasion that a response was given on, in the order of the alphabet."""
    return tuple(
        name
        for (name,) in store.connection.execute(
            "SELECT DISTINCT occasion FROM responses WHERE occasion <> '' ORDER BY occasion"
        )
    )


def _holders(variable: Variable) -> str:
    return "responses" if variable.per_response else "participants"


def has_value(store: Store, variable: Variable, value: str) -> bool:
    """Whether anybody has this value; looks until one is found."""
    where, given = value_condition(
        Value(variable=variable.name, values=(value,)), "coalesce(c.body ->> ?, '')"
    )
    row = store.connection.execute(
        f"SELECT 1 FROM {_holders(variable)} x LEFT JOIN contents c ON c.hash = x.attributes_hash "
        f"WHERE {where} LIMIT 1",
        given,
    ).fetchone()
    return row is not None


def values_of(store: Store, variable: Variable, *, most: int) -> tuple[str, ...]:
    """Values of a variable, the most frequent first, `most` of them at most."""
    sql, path = Value(variable=variable.name, values=()).reading("coalesce(c.body ->> ?, '')")
    return tuple(
        value or MISSING_GROUP
        for value, _ in store.connection.execute(
            f"SELECT {sql} AS value, count(*) FROM {_holders(variable)} x "
            "LEFT JOIN contents c ON c.hash = x.attributes_hash GROUP BY value "
            "ORDER BY count(*) DESC, value LIMIT ?",
            (*path, most),
        )
    )
