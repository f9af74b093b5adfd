"""Who changed what in the codebook, when and why, with the wording before and after."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from harken.errors import HarkenError
from harken.report import EMPTY, Column, Report, Table, text
from harken.services.codebooks.describing import concerned
from harken.services.codebooks.places import place_at
from harken.storage import contents
from harken.storage.codebooks import Change, Snapshot, changes, known_ids, stored_codebook, undone_changes
from harken.storage.codebooks.history import CodeRow
from harken.storage.store import Store

_VERBS = {
    "codebook.imported": "imported",
    "code.added": "made",
    "code.removed": "removed",
    "code.changed": "reworded",
    "code.renamed": "renamed",
    "code.moved": "moved",
    "code.retired": "retired",
    "code.restored": "restored",
    "code.merged": "merged",
    "code.unmerged": "parted",
    "family.added": "made",
    "family.removed": "removed",
    "family.changed": "reworded",
    "family.renamed": "renamed",
    "family.moved": "moved",
}


_REWORDINGS = ("reworded", "imported")
"""What can be editorial: an import may bring new codes besides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewording:
    """A field that says something else than before; lists have a line an entry."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """What one change did to one code or family."""

    at: str
    coder: str
    what: str
    """A verb: made, reworded, renamed, moved, merged, parted, retired, restored, removed, imported."""
    code: str
    """Address before the change, or at first; empty for an import as a whole."""
    rewordings: tuple[Rewording, ...]
    why: str
    takes_back: bool
    """Whether it undid an earlier change."""
    is_undone: bool
    """Whether it was undone later and stayed so."""
    is_editorial: bool = False
    """Whether words alone were corrected, and codes mean what they meant."""

    @property
    def said(self) -> str:
        """What was done, in words for a table or screen; whether it was undone stands elsewhere."""
        what = f"{self.what}, editorial" if self.is_editorial else self.what
        return f"{what} (undo)" if self.takes_back else what

    def as_json(self) -> dict[str, Any]:
        return {
            "at": self.at,
            "coder": self.coder,
            "what": self.what,
            "code": self.code,
            "changes": [
                {"field": one.field, "before": one.before, "after": one.after} for one in self.rewordings
            ],
            "why": self.why,
            "takes_back": self.takes_back,
            "is_undone": self.is_undone,
            "is_editorial": self.is_editorial,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CodebookHistory:
    """The changes, the earliest first."""

    code: str
    """Address of the code or family they are about; empty for the whole codebook."""
    entries: tuple[HistoryEntry, ...]

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "history": [entry.as_json() for entry in self.entries]}


def codebook_history(store: Store, address: str = "") -> CodebookHistory:
    """Every change, or those of one code or family. An import lists what it changed, not all it brought."""
    stored = stored_codebook(store)
    place = _place(store, address) if address else ""
    id = stored.ids.get(place, place)
    every = list(changes(store))
    undone = undone_changes(every)
    found: list[HistoryEntry] = []
    for change in every:
        for entry_id, entry in _entries(store, change, undone, is_whole=not address):
            if not address or entry_id == id:
                found.append(entry)
    return CodebookHistory(code=place, entries=tuple(found))


def _place(store: Store, address: str) -> str:
    """What an address means now, else the code that was first made at it."""
    try:
        return place_at(stored_codebook(store).codebook, address)
    except HarkenError:
        if address in known_ids(store):
            return address
        raise


def _entries(
    store: Store, change: Change, undone: frozenset[str], *, is_whole: bool
) -> Iterator[tuple[str, HistoryEntry]]:
    """The entries of one change, each with the id of its code or the key of its family."""

    def entry(id: str, what: str, code: str, rewordings: Sequence[Rewording]) -> tuple[str, HistoryEntry]:
        event = change.event
        return id, HistoryEntry(
            at=event.at,
            coder=event.actor,
            what=what,
            code=code,
            rewordings=tuple(rewordings),
            why=contents.get(store.connection, event.payload.get("why", "")),
            takes_back=bool(change.undoes),
            is_undone=event.id in undone,
            is_editorial=change.is_editorial and what in _REWORDINGS,
        )

    kind, before, after = change.event.kind, change.before, change.after
    if kind == "codebook.imported":
        if is_whole:
            yield entry("", "imported", "", [Rewording(field="file", before="", after=_file(change))])
        for id, row in after.codes.items():
            old = before.codes.get(id)
            what = _what_an_import_did(old, row)
            if what and not (is_whole and what == "made"):
                yield entry(id, what, (old or row).path, _of_code(old, row, after))
        return
    for id in concerned(change):
        if kind.startswith("family"):
            yield entry(id, _VERBS[kind], id, _of_family(change))
        elif id in after.codes:
            old, row = before.codes.get(id), after.codes[id]
            what = _VERBS[kind]
            if kind in ("code.merged", "code.unmerged") and id == change.event.payload["into"]:
                what = "took in" if kind == "code.merged" else "gave back"
            yield entry(id, what, (old or row).path, _of_code(old, row, after))


def _file(change: Change) -> str:
    return str(change.event.payload.get("file", ""))


def _what_an_import_did(old: CodeRow | None, new: CodeRow) -> str:
    if old is None or (old.is_removed and not new.is_removed):
        return "made"
    if new.merged_into != old.merged_into:
        return "merged"
    if new.is_removed != old.is_removed:
        return "removed"
    return "reworded" if new.body != old.body else ""


# -- what a change altered ---------------------------------------------------------------------------


def _of_code(old: CodeRow | None, new: CodeRow, after: Snapshot) -> list[Rewording]:
    fields: list[tuple[str, Any, Any]] = []
    if new.merged_into and (old is None or old.merged_into != new.merged_into):
        return [Rewording(field="into", before="", after=after.codes[new.merged_into].path)]
    if new.is_removed:
        return []
    was = {} if old is None or old.is_removed else old.body
    if was and old is not None and old.path != new.path:
        fields.append(("address", old.path, new.path))
    names = dict.fromkeys(name for name in (*was, *new.body) if name != "key")
    fields += [(name, was.get(name), new.body.get(name)) for name in names]
    return [
        Rewording(field=name, before=_said(before), after=_said(now))
        for name, before, now in fields
        if before != now
    ]


def _of_family(change: Change) -> list[Rewording]:
    payload = change.event.payload
    if change.event.kind == "family.renamed":
        return [Rewording(field="address", before=payload["family"], after=payload["key"])]
    family = payload["family"]
    key = family["key"] if isinstance(family, Mapping) else family
    was, now = change.before.families.get(key, {}), change.after.families.get(key, {})
    names = dict.fromkeys(name for name in (*was, *now) if name != "key")
    return [
        Rewording(field=name, before=_said(was.get(name)), after=_said(now.get(name)))
        for name in names
        if was.get(name) != now.get(name)
    ]


def _said(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "\n".join(
            one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in value
        )
    return str(value)


# -- as a report -------------------------------------------------------------------------------------


def history_report(history: CodebookHistory) -> Report:
    """A row for each field that a change altered."""
    rows = []
    for entry in history.entries:
        head = [
            text(entry.at[:16].replace("T", " ")),
            text(entry.coder),
            text(f"{entry.said} (undone later)" if entry.is_undone else entry.said),
            text(entry.code),
        ]
        for number, one in enumerate(entry.rewordings or (Rewording(field="", before="", after=""),)):
            rows.append(
                (
                    *(head if number == 0 else [EMPTY] * len(head)),
                    text(one.field),
                    text(one.before),
                    text(one.after),
                    text(entry.why) if number == 0 else EMPTY,
                )
            )
    headings = ("when (UTC)", "who", "what", "code", "field", "before", "after", "why")
    about = f"History of {history.code}" if history.code else "History of the codebook"
    return Report(
        title=about,
        tables=(Table(title="", columns=tuple(Column(heading=one) for one in headings), rows=tuple(rows)),),
        notes=() if rows else ("Nothing was changed yet.",),
    )
