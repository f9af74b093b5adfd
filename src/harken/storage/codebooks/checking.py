"""What must hold of families, codes and codings together, found by looking at the tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from harken.storage.store import Store


class Rivals(NamedTuple):
    """Two codes of one family in one decision or draft."""

    response_id: int
    round: str
    coder: str
    first: str
    second: str


def doubled_paths(store: Store) -> tuple[str, ...]:
    """Paths at which more than one living code stands."""
    rows = store.connection.execute(
        "SELECT path FROM codes WHERE NOT is_removed GROUP BY path HAVING count(*) > 1 ORDER BY path"
    )
    return tuple(path for (path,) in rows)


def orphans(store: Store) -> tuple[str, ...]:
    """Paths of living codes above which nothing stands."""
    connection = store.connection
    paths = {path for (path,) in connection.execute("SELECT path FROM codes WHERE NOT is_removed")}
    places = paths | {key for (key,) in connection.execute("SELECT key FROM families")}
    return tuple(sorted(path for path in paths if path.rpartition(".")[0] not in places))


def rivals(store: Store, families: Iterable[str]) -> frozenset[Rivals]:
    """Decisions and drafts with two codes of one of these families."""
    found = set()
    for family in families:
        prefix = f"{family}."
        rows = store.connection.execute(
            "SELECT g.response_id, g.round, g.coder, min(c.path), max(c.path) FROM codes c "
            "JOIN codings g ON g.code_id = c.id "
            "WHERE NOT c.is_removed AND substr(c.path, 1, ?) = ? "
            "GROUP BY g.response_id, g.round, g.coder HAVING count(DISTINCT c.id) > 1",
            (len(prefix), prefix),
        )
        found |= {Rivals(*row) for row in rows}
        rows = store.connection.execute(
            "SELECT d.response_id, d.round, d.coder, min(c.path), max(c.path) "
            "FROM drafts d, json_each(d.codings) j JOIN codes c ON c.id = j.value ->> '$[0]' "
            "WHERE NOT c.is_removed AND substr(c.path, 1, ?) = ? "
            "GROUP BY d.response_id, d.round, d.coder HAVING count(DISTINCT c.id) > 1",
            (len(prefix), prefix),
        )
        found |= {Rivals(*row) for row in rows}
    return frozenset(found)


def is_applied(store: Store, code_id: str) -> bool:
    """Whether a decision or a draft of anybody holds a code."""
    row = store.connection.execute(
        "SELECT EXISTS (SELECT 1 FROM codings WHERE code_id = ?) "
        "OR EXISTS (SELECT 1 FROM drafts d, json_each(d.codings) j WHERE j.value ->> '$[0]' = ?)",
        (code_id, code_id),
    ).fetchone()
    return bool(row[0])
