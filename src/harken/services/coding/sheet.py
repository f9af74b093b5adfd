"""The codes that may be applied to one question, with the letters that stand for them.

Letters are given once in a round and remembered in the project, so that fingers can learn them: a code
made later takes a letter that is free and moves no other.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from harken.codebook import assign_hotkeys
from harken.model import Code, Codebook, CodebookEntry, Family
from harken.storage import codebooks, study
from harken.storage.codebooks import StoredCodebook
from harken.storage.store import Action, Store

RESERVE_ORDER = "qzxjykvwghbufpodlnmrtcsaei"
"""Which letter is kept to begin pairs, for codes still to come: the first that no code has."""
_RESERVE = "\0reserve"
"""Key of the family that keeps letters from being given; no codebook can hold it."""


@dataclass(frozen=True, kw_only=True)
class CodeSheet:
    """The codes of one question in the codebook's order."""

    question: str
    entries: Mapping[str, CodebookEntry]
    hotkeys: Mapping[str, str]
    """By path; a code may have none where letters do not suffice."""
    retired: Mapping[str, str] = field(default_factory=dict)
    """Letters (or none) of retired codes by path. They are no codes to apply, but may be taken off."""
    every: Mapping[str, CodebookEntry] = field(default_factory=dict)
    """The whole codebook: an answer may have codes of it that are not offered."""

    @cached_property
    def by_hotkey(self) -> Mapping[str, str]:
        every = (*self.retired.items(), *self.hotkeys.items())
        return {hotkey: path for path, hotkey in every if hotkey}

    def begun_by(self, letter: str) -> tuple[str, ...]:
        """Paths of the codes whose hotkey has more letters and begins with this one."""
        return tuple(
            path
            for path, key in (*self.hotkeys.items(), *self.retired.items())
            if key.startswith(letter) and len(key) > len(letter)
        )


def code_sheet(stored: StoredCodebook, question: str, hotkeys: Mapping[str, str]) -> CodeSheet:
    entries = {path: entry for path, entry in stored.codebook.entries.items() if entry.applies_to(question)}
    offered = {path: entry for path, entry in entries.items() if not entry.code.is_retired}
    return CodeSheet(
        question=question,
        entries=offered,
        hotkeys={path: hotkeys[path] for path in offered if path in hotkeys},
        retired={path: hotkeys.get(path, "") for path in entries if path not in offered},
        every=stored.codebook.entries,
    )


def settled_sheet(
    action: Action, store: Store, stored: StoredCodebook, *, round: str, question: str
) -> CodeSheet:
    """The question's codes with their letters; letters that are given only now are remembered."""
    remembered = remembered_hotkeys(store, stored, round=round, question=question)
    hotkeys = settle_hotkeys(store, stored, remembered, question=question)
    by_id = remembered.retired | {stored.ids[path]: hotkey for path, hotkey in hotkeys.items()}
    if by_id != remembered.by_id:
        body = json.dumps(by_id, sort_keys=True)
        action.append("settings.changed", {_setting(round, question): body})
    return code_sheet(stored, question, hotkeys)


@dataclass(frozen=True, kw_only=True)
class RememberedHotkeys:
    """The letters given earlier in a round."""

    by_id: Mapping[str, str]
    by_path: dict[str, str]
    """Of codes that live, a code that another was mapped to among them."""
    retired: dict[str, str]
    """By id, of codes that are gone: fingers know these letters, so no other code takes them in the round."""


def remembered_hotkeys(
    store: Store, stored: StoredCodebook, *, round: str, question: str
) -> RememberedHotkeys:
    body = study.settings(store).get(_setting(round, question))
    by_id: Mapping[str, str] = json.loads(body) if body else {}
    by_path = {stored.path_of[id]: hotkey for id, hotkey in by_id.items() if id in stored.path_of}
    retired = {}
    for id, hotkey in by_id.items():
        if id in stored.path_of:
            continue
        successor = stored.path_of.get(codebooks.living_id(store, id))
        if successor is not None and successor not in by_path:
            by_path[successor] = hotkey
        else:
            retired[id] = hotkey
    return RememberedHotkeys(by_id=by_id, by_path=by_path, retired=retired)


def _setting(round: str, question: str) -> str:
    return f"hotkeys {json.dumps([round, question])}"


def settle_hotkeys(
    store: Store, stored: StoredCodebook, remembered: RememberedHotkeys, *, question: str
) -> dict[str, str]:
    """A letter for every code of the question; those remembered stay, those the codebook gives come first."""
    codebook = stored.codebook
    given = [entry.code.hotkey for entry in codebook.entries.values() if entry.code.hotkey]
    kept = {
        path: hotkey
        for path, hotkey in remembered.by_path.items()
        if not codebook.entries[path].code.hotkey and not _clashes(hotkey, given)
    }
    retired = [
        hotkey for hotkey in remembered.retired.values() if not _clashes(hotkey, [*given, *kept.values()])
    ]
    used = [*given, *kept.values(), *retired]
    reserve = _reserve(codebook, used)
    dressed = replace(
        codebook,
        families=(
            *(_with_hotkeys(family, kept) for family in codebook.families),
            _reserving([*retired, *([reserve * 2] if reserve else [])]),
        ),
    )
    usage = codebooks.usage_in(store, question)
    found = assign_hotkeys(dressed, question, usage=usage)
    return {path: hotkey for path, hotkey in found.items() if path in codebook.entries}


def _reserve(codebook: Codebook, used: Collection[str]) -> str:
    free = [letter for letter in RESERVE_ORDER if not _clashes(letter * 2, used)]
    initials = {entry.code.label[:1].casefold() for entry in codebook.entries.values()}
    return next((letter for letter in free if letter not in initials), free[0] if free else "")


def _clashes(hotkey: str, others: Iterable[str]) -> bool:
    return any(other.startswith(hotkey) or hotkey.startswith(other) for other in others)


def _with_hotkeys(family: Family, kept: Mapping[str, str]) -> Family:
    def dress(code: Code, path: str) -> Code:
        children = tuple(dress(child, f"{path}.{child.key}") for child in code.codes)
        return replace(code, hotkey=kept.get(path, code.hotkey), codes=children)

    return replace(family, codes=tuple(dress(code, f"{family.key}.{code.key}") for code in family.codes))


def _reserving(hotkeys: Iterable[str]) -> Family:
    codes = tuple(Code(key=f"{_RESERVE}{hotkey}", label="", hotkey=hotkey) for hotkey in hotkeys)
    return Family(key=_RESERVE, label="", codes=codes)
