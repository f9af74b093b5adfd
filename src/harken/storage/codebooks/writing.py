"""Changing the codebook, one event a change. What makes no sense is refused before, by who asks for it."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harken.codebook import code_as_data, family_as_data
from harken.errors import HarkenError
from harken.model import Code, Codebook, Family
from harken.storage.codebooks.reading import StoredCodebook, known_ids, stored_codebook
from harken.storage.journal import Event
from harken.storage.store import Action, Store

if TYPE_CHECKING:
    from harken.codebook import CodebookDiff


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a change says of itself."""

    why: str = ""
    undoes: str = ""
    """Id of the change that this one takes back."""
    redoes: str = ""
    """Id of the change that this one brings back."""
    is_editorial: bool = False
    """Whether it corrects words alone, so that codes mean what they meant."""


NO_NOTE = Note()


def _append(action: Action, kind: str, payload: Mapping[str, Any], note: Note) -> Event:
    said: dict[str, str | bool] = {
        "why": action.put_content(note.why, kind="message", participant_id=None),
        "undoes": note.undoes,
        "redoes": note.redoes,
        "editorial": note.is_editorial,
    }
    return action.append(kind, {**payload, **{name: value for name, value in said.items() if value}})


def replace_codebook(
    store: Store,
    new: Codebook,
    *,
    actor: str,
    source: Path,
    diff: CodebookDiff,
    mapping: Mapping[str, str],
    is_editorial: bool = False,
) -> None:
    """Store a whole codebook in one event; codes keep their ids, vanished ones go or are merged."""
    with store.action(actor) as action:
        old = stored_codebook(store)
        taken = set(known_ids(store))
        ids: dict[str, str] = {}
        for path in new.entries:
            ids[path] = old.ids.get(path) or new_code_id(path, taken)
            taken.add(ids[path])
        _append(
            action,
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
            Note(is_editorial=is_editorial),
        )


# -- codes -------------------------------------------------------------------------------------------


def new_code_id(path: str, taken: Container[str]) -> str:
    """The id of a new code: its path, with a number behind it where an earlier code has that id."""
    id, number = path, 1
    while id in taken:
        number += 1
        id = f"{path}~{number}"
    return id


def add_code(
    action: Action,
    *,
    parent: str,
    code: Code,
    family: Family | None = None,
    id: str = "",
    before: str = "",
    note: Note = NO_NOTE,
) -> str:
    """Add a code below `parent` (the key of a family, or a code's path); returns its path.

    `family` makes the family that it goes into; `id` brings back a code that was there; `before` is the id
    of the code that it stands before, else it is the last one. Raises if a living code stands at the path.
    """
    path = f"{parent}.{code.key}"
    taken = action.connection.execute("SELECT 1 FROM codes WHERE path = ? AND NOT is_removed", (path,))
    if taken.fetchone():
        raise HarkenError(f"A code {path!r} exists already; apply it, or choose another name.")
    known = {id for (id,) in action.connection.execute("SELECT id FROM codes")}
    payload: dict[str, Any] = {
        "family": None if family is None else family_as_data(family),
        "code": {"id": id or new_code_id(path, known), "path": path, "body": code_as_data(code)},
    }
    if before:
        payload["before"] = before
    _append(action, "code.added", payload, note)
    return path


def remove_code(action: Action, *, id: str, note: Note = NO_NOTE) -> None:
    _append(action, "code.removed", {"code": id}, note)


def change_code(
    action: Action, codebook: StoredCodebook, *, path: str, code: Code, note: Note = NO_NOTE
) -> Event:
    """Write a code anew at its place; its children stay."""
    return write_wording(action, id=codebook.ids[path], path=path, code=code, note=note)


def write_wording(action: Action, *, id: str, path: str, code: Code, note: Note = NO_NOTE) -> Event:
    """As `change_code`, for a code that is known by its id."""
    body = {"id": id, "path": path, "body": code_as_data(code)}
    return _append(action, "code.changed", {"code": body}, note)


def rename_code(action: Action, *, id: str, key: str, note: Note = NO_NOTE) -> None:
    """Give a code another key: its path and those of all below it change, ids stay."""
    _append(action, "code.renamed", {"code": id, "key": key}, note)


def move_code(
    action: Action, *, id: str, family: str = "", parent: str = "", before: str = "", note: Note = NO_NOTE
) -> None:
    """Put a code with all below it directly into a family, or under the code with the id `parent`;
    before the code with the id `before`, else last.
    """
    _append(action, "code.moved", {"code": id, "family": family, "parent": parent, "before": before}, note)


def retire_code(action: Action, *, id: str, note: Note = NO_NOTE) -> None:
    _append(action, "code.retired", {"code": id}, note)


def restore_code(action: Action, *, id: str, note: Note = NO_NOTE) -> None:
    _append(action, "code.restored", {"code": id}, note)


def merge_code(
    action: Action,
    *,
    id: str,
    into: str,
    children: Sequence[str],
    body: Mapping[str, Any] | None = None,
    note: Note = NO_NOTE,
) -> None:
    """Let one code go into another; its children go under that one, which may get a new `body`."""
    _append(
        action,
        "code.merged",
        {"code": id, "into": into, "children": list(children), "body": None if body is None else dict(body)},
        note,
    )


def unmerge_code(
    action: Action,
    *,
    id: str,
    path: str,
    into: str,
    children: Sequence[str],
    body: Mapping[str, Any] | None,
    note: Note,
) -> None:
    """Take a merge back: the code stands at `path` again, with its children and its codings."""
    _append(
        action,
        "code.unmerged",
        {
            "code": id,
            "path": path,
            "into": into,
            "children": list(children),
            "body": None if body is None else dict(body),
        },
        note,
    )


def repeat_change(action: Action, event: Event, *, note: Note) -> None:
    """Write an earlier change once more."""
    said = ("why", "undoes", "redoes", "editorial")
    payload = {name: value for name, value in event.payload.items() if name not in said}
    _append(action, event.kind, payload, note)


# -- families ----------------------------------------------------------------------------------------


def add_family(action: Action, family: Family, *, before: str = "", note: Note = NO_NOTE) -> None:
    """Add a family without codes before the one with the key `before`, else as the last one."""
    _append(action, "family.added", {"family": family_as_data(family), "before": before}, note)


def change_family(action: Action, family: Family, *, note: Note = NO_NOTE) -> None:
    """Write the family with this key anew; its codes stay."""
    _append(action, "family.changed", {"family": family_as_data(family)}, note)


def rename_family(action: Action, *, family: str, key: str, note: Note = NO_NOTE) -> None:
    """Give a family another key: the paths of all its codes change."""
    _append(action, "family.renamed", {"family": family, "key": key}, note)


def move_family(action: Action, *, family: str, before: str = "", note: Note = NO_NOTE) -> None:
    """Put a family before another one, else last."""
    _append(action, "family.moved", {"family": family, "before": before}, note)


def remove_family(action: Action, *, family: str, note: Note = NO_NOTE) -> None:
    _append(action, "family.removed", {"family": family}, note)
