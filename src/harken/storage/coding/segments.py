"""Reading where in answers codes were applied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from harken.storage.schema import WHOLE
from harken.storage.store import Store


class PlacedCoding(NamedTuple):
    """A code that a coder applied in a round to a response: to `start, end` of it, or (None) to all of it."""

    response_id: int
    round: str
    coder: str
    code: str
    start: int | None
    end: int | None


def segmented_codes(store: Store, *, rounds: Iterable[str]) -> frozenset[str]:
    """Paths of the codes that anybody applied to a part of an answer in these rounds."""
    names = list(rounds)
    return frozenset(
        path
        for (path,) in store.connection.execute(
            "SELECT DISTINCT c.path FROM codings g JOIN codes c ON c.id = g.code_id "
            f"WHERE g.start <> ? AND NOT c.is_removed AND g.round IN ({', '.join('?' * len(names))})",
            (WHOLE, *names),
        )
    )


def placed_codings(store: Store, codes: Iterable[str], *, rounds: Iterable[str]) -> Iterator[PlacedCoding]:
    """Every coding of these codes in these rounds, in no order that means anything."""
    paths, names = list(codes), list(rounds)
    for id, round, coder, path, start, end in store.connection.execute(
        'SELECT g.response_id, g.round, g.coder, c.path, g.start, g."end" '
        "FROM codes c JOIN codings g ON g.code_id = c.id "
        f"WHERE NOT c.is_removed AND c.path IN ({', '.join('?' * len(paths))}) "
        f"AND g.round IN ({', '.join('?' * len(names))})",
        (*paths, *names),
    ):
        is_whole = start == WHOLE
        yield PlacedCoding(id, round, coder, path, None if is_whole else start, None if is_whole else end)
