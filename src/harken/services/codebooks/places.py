"""Which family or code an address means, and where it stands."""

from __future__ import annotations

from harken.errors import HarkenError
from harken.model import Codebook, CodebookEntry, Family


def family_at(codebook: Codebook, address: str) -> Family | None:
    """The family whose key this is; None where it must be a code."""
    return next((family for family in codebook.families if family.key == address), None)


def code_at(codebook: Codebook, address: str) -> CodebookEntry:
    """The code that an address means; a family's key is refused with a word on that."""
    if family_at(codebook, address) is not None:
        raise HarkenError(f"{address!r} is a family; this works on a code, whose address is family.key.")
    return codebook.entries[codebook.resolve(address)]


def parent_of(entry: CodebookEntry) -> str:
    """The path of what a code stands directly below: a code, or its family's key."""
    return entry.parent or entry.family.key


def place_at(codebook: Codebook, address: str) -> str:
    """The family's key or the code's path that an address means."""
    family = family_at(codebook, address)
    return codebook.resolve(address) if family is None else family.key


def siblings_below(codebook: Codebook, place: str) -> tuple[str, ...]:
    """Paths of what stands directly below a family or code; below "" the families."""
    if not place:
        return tuple(family.key for family in codebook.families)
    family = family_at(codebook, place)
    codes = codebook.entries[place].code.codes if family is None else family.codes
    return tuple(f"{place}.{code.key}" for code in codes)


def name_of(codebook: Codebook, place: str) -> str:
    """The label of a family or code; the place itself where nothing stands there."""
    family = family_at(codebook, place)
    if family is not None:
        return family.label
    entry = codebook.entries.get(place)
    return place if entry is None else entry.code.label


def note_on_label(address: str, key: str, label: str) -> str:
    """After a key has changed: that the printed name stays, and how it is changed; empty where they agree."""
    if "".join(filter(str.isalnum, key.casefold())) == "".join(filter(str.isalnum, label.casefold())):
        return ""
    return (
        f"Its printed name is still {label!r}; `harken codebook change {address} --label NAME` changes that."
    )
