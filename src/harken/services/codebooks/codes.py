"""Making, wording, renaming, retiring and removing single codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from harken.codebook.checking import hotkeys_clash, key_complaint
from harken.errors import HarkenError
from harken.model import Code, Codebook
from harken.services.codebooks.changing import Changed, ChangedMeanwhileError, as_data_only, changing
from harken.services.codebooks.places import (
    code_at,
    name_of,
    note_on_label,
    parent_of,
    place_at,
    siblings_below,
)
from harken.storage.codebooks import StoredCodebook, checking, stored_codebook, writing
from harken.storage.store import Store


def add_code(
    store: Store, parent: str, code: Code, *, actor: str, before: str = "", why: str = ""
) -> Changed:
    """Make a code below a family or code, before one of those there or as the last one."""
    refuse_key(code.key)
    with changing(store, actor=actor, why=why) as change:
        place = place_at(change.codebook, parent)
        twin = _namesake(change.codebook, place, code)
        if twin:
            raise HarkenError(twin)
        path = writing.add_code(
            change.action,
            parent=place,
            code=as_data_only(_labelled(code)),
            before=id_before(change.stored, place, before),
            note=change.note,
        )
        _refuse_taken_letter(store, path)
        said = f"{_labelled(code).label} made in {name_of(change.codebook, place)}."
    return Changed(path=path, said=said)


def change_code(
    store: Store,
    address: str,
    *,
    actor: str,
    wording: Mapping[str, Any],
    base: Code | None = None,
    why: str = "",
    is_editorial: bool = False,
) -> Changed:
    """Say something of a code anew: `wording` holds the fields that change, by their names.

    `is_editorial` says that the code means what it meant, so that decisions before and after are compared.
    `base` is the code as the person saw it. Raises `ChangedMeanwhileError` where it is another one by now.
    """
    with changing(store, actor=actor, why=why, is_editorial=is_editorial) as change:
        entry = code_at(change.codebook, address)
        now = as_data_only(entry.code)
        if base is not None and as_data_only(base) != now:
            raise ChangedMeanwhileError(
                f"{entry.code.label!r} was changed meanwhile by somebody else. Nothing is saved yet: look at "
                "their wording, then save yours over it or take theirs.",
                theirs=now,
            )
        new = _labelled(replace(now, **wording))
        if new == now:
            return Changed(path=entry.path, said=f"{now.label} stays as it is.")
        writing.change_code(change.action, change.stored, path=entry.path, code=new, note=change.note)
        _refuse_taken_letter(store, entry.path)
    return Changed(path=entry.path, said=f"{new.label} is changed.")


def rename_code(store: Store, address: str, key: str, *, actor: str, why: str = "") -> Changed:
    """Give a code another key; its codings stay with it, and what stands below it moves along."""
    refuse_key(key)
    with changing(store, actor=actor, why=why) as change:
        entry = code_at(change.codebook, address)
        if entry.code.key == key:
            raise HarkenError(f"{entry.path!r} has this key already.")
        writing.rename_code(change.action, id=change.stored.ids[entry.path], key=key, note=change.note)
        path = f"{parent_of(entry)}.{key}"
    n_below = len(change.codebook.descendants(entry.path))
    along = f" The codes below it ({n_below}) go along." if n_below else ""
    return Changed(
        path=path,
        said=f"{entry.path} is {path} now.{along}",
        note=note_on_label(path, key, entry.code.label),
    )


def retire_code(store: Store, address: str, *, actor: str, why: str = "") -> Changed:
    """Offer a code for no new decision any more; what was coded with it stays and is counted."""
    with changing(store, actor=actor, why=why) as change:
        entry = code_at(change.codebook, address)
        if entry.code.is_retired:
            raise HarkenError(f"{entry.path!r} is retired already.")
        writing.retire_code(change.action, id=change.stored.ids[entry.path], note=change.note)
    n_below = sum(
        not change.codebook.entries[path].code.is_retired for path in change.codebook.descendants(entry.path)
    )
    below = f" The codes below it ({n_below}) stay in use." if n_below else ""
    return Changed(path=entry.path, said=f"{entry.code.label} is retired; its codings stay.{below}")


def restore_code(store: Store, address: str, *, actor: str, why: str = "") -> Changed:
    """Offer a retired code again."""
    with changing(store, actor=actor, why=why) as change:
        entry = code_at(change.codebook, address)
        if not entry.code.is_retired:
            raise HarkenError(f"{entry.path!r} is not retired.")
        writing.restore_code(change.action, id=change.stored.ids[entry.path], note=change.note)
    return Changed(path=entry.path, said=f"{entry.code.label} is in use again.")


def remove_code(store: Store, address: str, *, actor: str, why: str = "") -> Changed:
    """Take away a code that nobody applied and that has none below it."""
    with changing(store, actor=actor, why=why) as change:
        entry = code_at(change.codebook, address)
        if entry.code.codes:
            raise HarkenError(f"Codes stand below {entry.path!r}; move, merge or remove them first.")
        refuse_applied(store, change.stored.ids[entry.path], entry.path)
        writing.remove_code(change.action, id=change.stored.ids[entry.path], note=change.note)
    return Changed(path=parent_of(entry), said=f"{entry.code.label} is removed.")


def refuse_applied(store: Store, id: str, path: str) -> None:
    if checking.is_applied(store, id):
        raise HarkenError(
            f"{path!r} is applied to answers. Retire it (it keeps its codings), or merge it into another."
        )


def _refuse_taken_letter(store: Store, path: str) -> None:
    """Raise where a code's letter is another's; seen from the code that was changed."""
    entries = stored_codebook(store).codebook.entries
    mine = entries[path]
    for other in entries.values():
        if other.path != path and hotkeys_clash(mine, other):
            whose = f"{other.path}{', which is retired' if other.code.is_retired else ''}"
            raise HarkenError(
                f"{path}: the hotkey {mine.code.hotkey!r} is taken by {whose} ({other.code.hotkey!r}). "
                "Choose another letter."
            )


def refuse_key(key: str) -> None:
    """Raise where a key cannot be one."""
    if message := key_complaint(key):
        raise HarkenError(f"{message[:1].upper()}{message[1:]}.")


def _labelled(code: Code) -> Code:
    """Without a label of its own a code has its key's."""
    label = " ".join(code.label.split())
    return replace(code, label=label or code.key)


def _namesake(codebook: Codebook, place: str, code: Code) -> str:
    path = f"{place}.{code.key}"
    if path not in siblings_below(codebook, place):
        return ""
    is_retired = codebook.entries[path].code.is_retired
    way_out = "Restore it, or choose" if is_retired else "Choose"
    return (
        f"{path!r} stands there already{' as a retired code' if is_retired else ''}. {way_out} another key."
    )


def id_before(codebook: StoredCodebook, place: str, before: str) -> str:
    """The id of the code to stand before; it must be one of those at the place."""
    if not before:
        return ""
    path = code_at(codebook.codebook, before).path
    if path not in siblings_below(codebook.codebook, place):
        raise HarkenError(f"{path!r} does not stand directly below {place!r}; name one that does.")
    return codebook.ids[path]
