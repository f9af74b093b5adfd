"""Reading the codebook, and translating between code ids (in the journal) and paths (everywhere else)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from harken.codebook import code_from_data, family_from_data
from harken.model import Code, Codebook
from harken.storage.projections import merging
from harken.storage.store import Store
from harken.storage.study import settings


@dataclass(frozen=True, kw_only=True)
class StoredCodebook:
    """The codebook as it stands, with the ids of its codes and the event that last changed it."""

    codebook: Codebook
    ids: Mapping[str, str]
    """Path to id, of living codes."""
    version_id: str
    """Id of the latest codebook event, empty before the first."""

    @cached_property
    def path_of(self) -> Mapping[str, str]:
        return {id: path for path, id in self.ids.items()}


def stored_codebook(store: Store) -> StoredCodebook:
    """The codebook as the journal leaves it; empty before the first code."""
    connection = store.connection
    bodies: dict[str, Mapping[str, Any]] = {}
    children: dict[str, list[str]] = {}
    ids: dict[str, str] = {}
    for id, path, body in connection.execute(
        "SELECT id, path, body FROM codes WHERE NOT is_removed ORDER BY position"
    ):
        bodies[path] = json.loads(body)
        ids[path] = id
        children.setdefault(path.rpartition(".")[0], []).append(path)

    def build(path: str) -> Code:
        return code_from_data(bodies[path], tuple(build(child) for child in children.get(path, ())))

    families = tuple(
        family_from_data(json.loads(body), tuple(build(path) for path in children.get(key, ())))
        for key, body in connection.execute("SELECT key, body FROM families ORDER BY position")
    )
    stored = settings(store)
    return StoredCodebook(
        codebook=Codebook(
            title=stored.get("codebook_title", ""),
            language=stored.get("codebook_language", "en"),
            families=families,
        ),
        ids=ids,
        version_id=version_id(store),
    )


def version_id(store: Store) -> str:
    """Id of the latest codebook event, empty before the first; a cheap way to see a change."""
    row = store.connection.execute("SELECT value FROM settings WHERE name = 'codebook_version'").fetchone()
    return row[0] if row else ""


def version_day(store: Store) -> str:
    """The day of the latest codebook event, empty before the first."""
    row = store.connection.execute("SELECT at FROM events WHERE id = ?", (version_id(store),)).fetchone()
    return row[0][:10] if row else ""


def living_id(store: Store, id: str) -> str:
    """The id of the code that a mapped one went into; itself otherwise."""
    return merging.living_id(store.connection, id)


def known_ids(store: Store) -> frozenset[str]:
    """Every id ever given, living or not."""
    return frozenset(id for (id,) in store.connection.execute("SELECT id FROM codes"))


def usage(store: Store) -> dict[str, int]:
    """Path of each living code that was ever applied, with its number of codings."""
    return dict(
        store.connection.execute(
            "SELECT c.path, count(*) FROM codings g JOIN codes c ON c.id = g.code_id "
            "WHERE NOT c.is_removed GROUP BY c.path ORDER BY c.path"
        ).fetchall()
    )


def usage_in(store: Store, question: str) -> dict[str, int]:
    """As `usage`, but of the codings on one question's responses alone."""
    return dict(
        store.connection.execute(
            "SELECT c.path, count(*) FROM codings g JOIN codes c ON c.id = g.code_id "
            "JOIN responses r ON r.id = g.response_id JOIN questions q ON q.id = r.question_id "
            "WHERE NOT c.is_removed AND q.name = ? GROUP BY c.path ORDER BY c.path",
            (question,),
        ).fetchall()
    )
