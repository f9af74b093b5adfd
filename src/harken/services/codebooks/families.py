"""Making, wording, renaming, moving and removing families."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from harken.errors import HarkenError
from harken.model import Codebook, Family
from harken.services.codebooks.changing import Changed, ChangedMeanwhileError, changing, family_only
from harken.services.codebooks.codes import refuse_key
from harken.services.codebooks.places import family_at, note_on_label
from harken.storage.codebooks import writing
from harken.storage.store import Store


def add_family(store: Store, family: Family, *, actor: str, before: str = "", why: str = "") -> Changed:
    """Make a family without codes, before another one or as the last one."""
    refuse_key(family.key)
    with changing(store, actor=actor, why=why) as change:
        if family_at(change.codebook, family.key) is not None:
            raise HarkenError(f"A family {family.key!r} exists already; choose another key.")
        _refuse_unknown(change.codebook, before)
        new = family_only(_labelled(family))
        writing.add_family(change.action, new, before=before, note=change.note)
    return Changed(path=family.key, said=f"The family {new.label} is made.")


def change_family(
    store: Store,
    key: str,
    *,
    actor: str,
    wording: Mapping[str, Any],
    base: Family | None = None,
    why: str = "",
    is_editorial: bool = False,
) -> Changed:
    """Say something of a family anew: label, definition, exclusive, scale.

    `is_editorial` is noted in the history; what a family says of itself is no part of what its codes mean.
    `base` is the family as the person saw it. Raises `ChangedMeanwhileError` where it is another by now.
    """
    regroups = "exclusive" in wording
    with changing(store, actor=actor, why=why, regroups=regroups, is_editorial=is_editorial) as change:
        now = family_only(change.codebook.family(key))
        if base is not None and family_only(base) != now:
            raise ChangedMeanwhileError(
                f"{now.label!r} was changed meanwhile by somebody else. Nothing is saved yet: look at their "
                "wording, then save yours over it or take theirs.",
                theirs=now,
            )
        new = _labelled(replace(now, **wording))
        if new == now:
            return Changed(path=key, said=f"{now.label} stays as it is.")
        writing.change_family(change.action, new, note=change.note)
    return Changed(path=key, said=f"{new.label} is changed.")


def rename_family(store: Store, family: str, key: str, *, actor: str, why: str = "") -> Changed:
    """Give a family another key: the addresses of all its codes change."""
    refuse_key(key)
    with changing(store, actor=actor, why=why) as change:
        change.codebook.family(family)
        if family_at(change.codebook, key) is not None:
            what = "has this key already" if key == family else "cannot have the key of another family"
            raise HarkenError(f"{family!r} {what}; choose another one than {key!r}.")
        writing.rename_family(change.action, family=family, key=key, note=change.note)
    return Changed(
        path=key,
        said=f"{family} is {key} now, with the addresses of all its codes.",
        note=note_on_label(key, key, change.codebook.family(family).label),
    )


def move_family(store: Store, key: str, *, actor: str, before: str = "", why: str = "") -> Changed:
    """Put a family before another one, or last."""
    with changing(store, actor=actor, why=why) as change:
        family = change.codebook.family(key)
        _refuse_unknown(change.codebook, before)
        keys = [other.key for other in change.codebook.families]
        rest = [other for other in keys if other != key]
        place = rest.index(before) if before in rest else len(rest)
        if [*rest[:place], key, *rest[place:]] == keys:
            raise HarkenError(f"{key!r} stands there already.")
        writing.move_family(change.action, family=key, before=before, note=change.note)
    where = f"before {change.codebook.family(before).label}" if before else "last"
    return Changed(path=key, said=f"{family.label} stands {where} now.")


def remove_family(store: Store, key: str, *, actor: str, why: str = "") -> Changed:
    """Take away a family without codes."""
    with changing(store, actor=actor, why=why) as change:
        family = change.codebook.family(key)
        if family.codes:
            raise HarkenError(f"Codes stand in {key!r}; move, merge or remove them first.")
        writing.remove_family(change.action, family=key, note=change.note)
    return Changed(path="", said=f"The family {family.label} is removed.")


def _refuse_unknown(codebook: Codebook, before: str) -> None:
    if before:
        codebook.family(before)


def _labelled(family: Family) -> Family:
    label = " ".join(family.label.split())
    return replace(family, label=label or family.key)
