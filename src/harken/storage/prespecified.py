"""Reading which themes were declared before tables by group were looked at."""

from __future__ import annotations

from typing import NamedTuple

from harken.storage.store import Store

_SHOWS_THEMES = (
    "themes",
    "report",
    "archive",
    "answers",
    "agreement",
    "why",
    "quotes",
    "cooccurrence",
    "saturation",
)
"""Kinds of looks that show how many mentioned a theme, or how often a code is, wherever they name a group."""


class DeclaredTheme(NamedTuple):
    """A theme that somebody declared; `theme` is a code's id, or `family:KEY`."""

    theme: str
    by: str
    """The column it is to be compared by; empty: any."""
    actor: str
    at: str


def declared_themes(store: Store) -> list[DeclaredTheme]:
    """Every declared theme, in the order of the declarations."""
    return [
        DeclaredTheme(*row)
        for row in store.connection.execute(
            "SELECT theme, by, actor, at FROM prespecified ORDER BY at, rowid"
        )
    ]


def first_table_by_group_at(store: Store) -> str | None:
    """When somebody first looked at themes by group; None where nobody has, as far as was noted."""
    kinds = ", ".join("?" * len(_SHOWS_THEMES))
    (at,) = store.connection.execute(
        f"SELECT min(at) FROM looks WHERE kind IN ({kinds}) "
        "AND (coalesce(json_extract(payload, '$.by'), '') <> '' "
        "OR json_array_length(payload, '$.groups_of') > 0)",
        _SHOWS_THEMES,
    ).fetchone()
    return str(at) if at is not None else None
