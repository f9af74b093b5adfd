"""Reading the codebook, and translating between code ids (in the journal) and paths (everywhere else)."""

from __future__ import annotations

import json
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harken.codebook import code_as_data, code_from_data, family_as_data, family_from_data
from harken.errors import HarkenError
from harken.model import Code, Codebook, Family
from harken.storage.projections import codebook as projections
from harken.storage.store import Action, Store
from harken.storage.study import settings

if TYPE_CHECKING:
    from harken.codebook import CodebookDiff


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


def living_id(store: Store, id: str) -> str:
    """The id of the code that a mapped one went into; itself otherwise."""
    return projections.living_id(store.connection, id)


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


def replace_codebook(
    store: Store,
    new: Codebook,
    *,
    actor: str,
    source: Path,
    diff: CodebookDiff,
    mapping: Mapping[str, str],
) -> None:
    """Store a whole codebook in one event; codes keep their ids, vanished ones go or are merged."""
    with store.action(actor) as action:
        old = stored_codebook(store)
        taken = set(known_ids(store))
        ids: dict[str, str] = {}
        for path in new.entries:
            ids[path] = old.ids.get(path) or new_code_id(path, taken)
            taken.add(ids[path])
        action.append(
            "codebook.imported",
            {
                "file": source.name,
                "title": new.title,
                "language": new.language,
                "families": [family_as_data(family) for family in new.families],
                "codes": [
                    {"id": ids[path], "path": path, "body": code_as_data(entry.code)}
                    for path, entry in new.entries.items()
                ],
                "removed": [old.ids[path] for path in diff.removed],
                "map": {old.ids[path]: ids[target] for path, target in mapping.items()},
            },
        )


def new_code_id(path: str, taken: Container[str]) -> str:
    """The id of a new code: its path, with a number behind it where an earlier code has that id."""
    id, number = path, 1
    while id in taken:
        number += 1
        id = f"{path}~{number}"
    return id


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


# -- writing -----------------------------------------------------------------------------------------


def add_code(action: Action, *, parent: str, code: Code, family: Family | None = None) -> str:
    """Add a code as the last one below `parent` (the key of a family, or a code's path); returns its path.

    `family` makes the family that it goes into. Raises if a living code stands at the path.
    """
    path = f"{parent}.{code.key}"
    taken = action.connection.execute("SELECT 1 FROM codes WHERE path = ? AND NOT is_removed", (path,))
    if taken.fetchone():
        raise HarkenError(f"A code {path!r} exists already; apply it, or choose another name.")
    known = {id for (id,) in action.connection.execute("SELECT id FROM codes")}
    action.append(
        "code.added",
        {
            "family": None if family is None else family_as_data(family),
            "code": {"id": new_code_id(path, known), "path": path, "body": code_as_data(code)},
        },
    )
    return path


def change_code(action: Action, codebook: StoredCodebook, *, path: str, code: Code) -> None:
    """Write a code anew at its place; its children stay."""
    action.append(
        "code.changed", {"code": {"id": codebook.ids[path], "path": path, "body": code_as_data(code)}}
    )
