"""Places of families and codes: paths, and the order among siblings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from harken.storage.driver import Connection


def path_of(connection: Connection, id: str) -> str:
    """The path of a code; empty where another copy has it and this one not."""
    row = connection.execute("SELECT path FROM codes WHERE id = ?", (id,)).fetchone()
    return row[0] if row else ""


def children(connection: Connection, path: str) -> list[str]:
    """Ids of the living codes directly below a family or code, in their order."""
    return [
        id
        for id, other in connection.execute(
            "SELECT id, path FROM codes WHERE NOT is_removed AND substr(path, 1, ?) = ? "
            "ORDER BY position, id",
            (len(path) + 1, f"{path}."),
        )
        if "." not in other[len(path) + 1 :]
    ]


def repath(connection: Connection, old: str, new: str) -> None:
    """Give the living code at a path, and all that live below, another beginning of their paths."""
    connection.execute(
        "UPDATE codes SET path = ? || substr(path, ?) "
        "WHERE NOT is_removed AND (path = ? OR substr(path, 1, ?) = ?)",
        (new, len(old) + 1, old, len(old) + 1, f"{old}."),
    )


def adopt(connection: Connection, ids: Iterable[str], parent: str) -> None:
    """Put codes with all below them under the code at another path, behind its own."""
    for id in ids:
        path = path_of(connection, id)
        if path and parent:
            repath(connection, path, f"{parent}.{path.rpartition('.')[2]}")


def place_behind_all(connection: Connection, table: Literal["families", "codes"]) -> int:
    """The position of what comes last."""
    (last,) = connection.execute(f"SELECT coalesce(max(position), -1) FROM {table}").fetchone()
    return int(last) + 1


def place_code(connection: Connection, id: str, *, before: str) -> None:
    """Put a code before one of its siblings, else last among them. Only the order of siblings counts."""
    siblings = [other for other in children(connection, _parent(connection, id)) if other != id]
    order = _with(siblings, id, before)
    first = place_behind_all(connection, "codes")
    connection.executemany(
        "UPDATE codes SET position = ? WHERE id = ?",
        [(first + number, other) for number, other in enumerate(order)],
    )


def place_family(connection: Connection, key: str, *, before: str) -> None:
    """Put a family before another one, else last."""
    others = [
        other
        for (other,) in connection.execute("SELECT key FROM families ORDER BY position, key")
        if other != key
    ]
    connection.executemany(
        "UPDATE families SET position = ? WHERE key = ?",
        [(number, other) for number, other in enumerate(_with(others, key, before))],
    )


def _parent(connection: Connection, id: str) -> str:
    return path_of(connection, id).rpartition(".")[0]


def _with(others: list[str], one: str, before: str) -> list[str]:
    place = others.index(before) if before in others else len(others)
    return [*others[:place], one, *others[place:]]
