"""Moving a code to another place in the tree, or up and down among its siblings."""

from __future__ import annotations

from harken.errors import HarkenError
from harken.services.codebooks.changing import Changed, changing
from harken.services.codebooks.codes import id_before
from harken.services.codebooks.families import move_family
from harken.services.codebooks.places import code_at, family_at, name_of, parent_of, place_at, siblings_below
from harken.storage.codebooks import stored_codebook, writing
from harken.storage.store import Store


def move_code(
    store: Store, address: str, *, actor: str, under: str = "", before: str = "", why: str = ""
) -> Changed:
    """Put a code under a family or another code (default: where it is), before one of those there or last.

    What stands below it goes along.
    """
    with changing(store, actor=actor, why=why, regroups=True) as change:
        codebook = change.codebook
        entry = code_at(codebook, address)
        place = place_at(codebook, under) if under else parent_of(entry)
        if f"{place}.".startswith(f"{entry.path}."):
            raise HarkenError(f"{entry.path!r} cannot stand below itself ({place!r}).")
        siblings = siblings_below(codebook, place)
        next_id = id_before(change.stored, place, before)
        rest = [path for path in siblings if path != entry.path]
        index = rest.index(change.stored.path_of[next_id]) if next_id else len(rest)
        if entry.path in siblings and [*rest[:index], entry.path, *rest[index:]] == list(siblings):
            raise HarkenError(f"{entry.path!r} stands there already.")
        family = family_at(codebook, place)
        writing.move_code(
            change.action,
            id=change.stored.ids[entry.path],
            family="" if family is None else family.key,
            parent="" if family is not None else change.stored.ids[place],
            before=next_id,
            note=change.note,
        )
    path = f"{place}.{entry.code.key}"
    where = name_of(codebook, place)
    said = (
        f"{entry.code.label} stands in {where} now." if path != entry.path else f"{entry.code.label} moved."
    )
    return Changed(path=path, said=said)


def step(store: Store, address: str, n: int, *, actor: str, why: str = "") -> Changed:
    """Put a family or code `n` places further down (or up) among its siblings."""
    codebook = stored_codebook(store).codebook
    family = family_at(codebook, address)
    path = address if family is not None else code_at(codebook, address).path
    parent = "" if family is not None else parent_of(codebook.entries[path])
    siblings = siblings_below(codebook, parent)
    rest = [other for other in siblings if other != path]
    index = siblings.index(path) + n
    if not 0 <= index < len(siblings):
        raise HarkenError(f"{name_of(codebook, path)} is the {'first' if n < 0 else 'last'} one there.")
    before = rest[index] if index < len(rest) else ""
    if family is not None:
        return move_family(store, path, actor=actor, before=before, why=why)
    return move_code(store, path, actor=actor, under=parent, before=before, why=why)
