"""How the coding went, in counts: what a methods section says of it."""

from __future__ import annotations

import json
from typing import NamedTuple

from harken.model import CONSENSUS, MAIN_ROUND, RoundKind
from harken.storage.schema import CODABLE
from harken.storage.store import Store


class SuggestionCounts(NamedTuple):
    """What was suggested for the decisions that stand."""

    n_decisions: int
    """Decisions whose coder was shown at least one suggestion."""
    n_shown: int
    n_accepted: int
    """Of the shown ones."""


def suggestion_counts(store: Store) -> SuggestionCounts:
    """Suggestions that were shown, over the standing decisions of people."""
    row = store.connection.execute(
        "SELECT count(DISTINCT d.event_id), count(*), sum(coalesce(s.value ->> '$.accepted', 0)) "
        "FROM decisions d JOIN events e ON e.id = d.event_id, json_each(e.payload, '$.suggestions') s "
        "WHERE e.kind = 'decided' AND instr(e.payload, '\"shown\":true') AND d.coder <> ? "
        "AND s.value ->> '$.shown'",
        (CONSENSUS,),
    ).fetchone()
    return SuggestionCounts(row[0], row[1], row[2] or 0)


def n_answers_by_coders(store: Store) -> dict[int, int]:
    """Answers that count by how many coders decided them in one round; repeat rounds are left out."""
    return dict(
        store.connection.execute(
            "SELECT n, count(*) FROM (SELECT max(n) AS n FROM (SELECT d.response_id, count(*) AS n "
            "FROM decisions d JOIN responses r ON r.id = d.response_id JOIN rounds o ON o.name = d.round "
            f"WHERE {CODABLE} AND d.coder <> ? AND o.kind <> ? GROUP BY d.response_id, d.round) "
            "GROUP BY response_id) GROUP BY n ORDER BY n",
            (CONSENSUS, RoundKind.REPEAT.value),
        ).fetchall()
    )


def n_uncodable(store: Store) -> int:
    """Answers that count and that somebody decided as uncodable."""
    (n,) = store.connection.execute(
        "SELECT count(DISTINCT r.id) FROM decisions d JOIN responses r ON r.id = d.response_id "
        f"WHERE {CODABLE} AND d.state = 'uncodable'"
    ).fetchone()
    return int(n)


def n_meetings(store: Store) -> int:
    """Team meetings that were noted."""
    (n,) = store.connection.execute("SELECT count(*) FROM meetings").fetchone()
    return int(n)


def n_memos(store: Store) -> int:
    """Memos that stand: the diary, and those on questions, codes, people, answers and decisions."""
    (n,) = store.connection.execute(
        "SELECT (SELECT count(*) FROM memos) + (SELECT count(*) FROM decisions WHERE memo_hash <> '')"
    ).fetchone()
    return int(n)


def import_files(store: Store) -> list[tuple[str, str]]:
    """Name and SHA-256 of each survey file that was imported, in the order of the imports."""
    return [
        (str(payload.get("file", "")), str(payload.get("sha256", "")))
        for payload in map(
            json.loads,
            (
                text
                for (text,) in store.connection.execute(
                    "SELECT payload FROM events WHERE kind = 'survey.imported' ORDER BY counter, at, id"
                )
            ),
        )
    ]


def decided_by(store: Store) -> list[tuple[str, str, int]]:
    """Coder, round and answers decided, the main round first; the adjudicated layer is left out."""
    rows = store.connection.execute(
        "SELECT d.coder, d.round, count(*) FROM decisions d JOIN responses r ON r.id = d.response_id "
        "JOIN coders c ON c.name = d.coder JOIN rounds o ON o.name = d.round "
        f"WHERE {CODABLE} AND d.coder <> ? GROUP BY d.coder, d.round ORDER BY o.position, c.position",
        (CONSENSUS,),
    ).fetchall()
    return sorted(rows, key=lambda row: row[1] != MAIN_ROUND)
