"""What changed from one codebook to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from harken.model import Code, Codebook, Family


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryChange:
    """A code (full path) or family (key) that stands in both codebooks with other contents."""

    path: str
    fields: tuple[str, ...]
    """Names of the fields that differ, in the order of the codebook's file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodebookDiff:
    """The difference between two codebooks. Paths of `added` and of changes stand in the new one's order."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[EntryChange, ...] = ()
    added_families: tuple[str, ...] = ()
    removed_families: tuple[str, ...] = ()
    changed_families: tuple[EntryChange, ...] = ()
    reordered: tuple[str, ...] = ()
    """Codes and families whose remaining children stand in another order, which a scale depends on; `""` is
    the codebook, whose families do."""
    fields: tuple[str, ...] = ()
    """Fields of the codebook itself that differ: title, language."""
    renamed: tuple[tuple[str, str], ...] = ()
    """Removed paths, each with the one added path of the same key or label, which probably replaces it."""

    @property
    def is_empty(self) -> bool:
        return self == CodebookDiff()


def diff_codebooks(old: Codebook, new: Codebook) -> CodebookDiff:
    """What was added, removed, changed and reordered from `old` to `new`."""
    old_codes = {path: entry.code for path, entry in old.entries.items()}
    new_codes = {path: entry.code for path, entry in new.entries.items()}
    old_families = {family.key: family for family in old.families}
    new_families = {family.key: family for family in new.families}
    added = {path: code for path, code in new_codes.items() if path not in old_codes}
    removed = {path: code for path, code in old_codes.items() if path not in new_codes}
    return CodebookDiff(
        added=tuple(added),
        removed=tuple(removed),
        changed=tuple(_changes(old_codes, new_codes)),
        added_families=tuple(key for key in new_families if key not in old_families),
        removed_families=tuple(key for key in old_families if key not in new_families),
        changed_families=tuple(_changes(old_families, new_families)),
        reordered=tuple(_reordered(old, new)),
        fields=tuple(name for name in ("title", "language") if getattr(old, name) != getattr(new, name)),
        renamed=tuple(_renamed(removed, added)),
    )


def _changes(old: Mapping[str, Code | Family], new: Mapping[str, Code | Family]) -> Iterator[EntryChange]:
    for path, entry in new.items():
        if path not in old:
            continue
        names = [field.name for field in fields(entry) if field.name != "codes"]
        # Named as the codebook's file names them.
        differing = tuple(
            name.removeprefix("is_") for name in names if getattr(old[path], name) != getattr(entry, name)
        )
        if differing:
            yield EntryChange(path=path, fields=differing)


def _reordered(old: Codebook, new: Codebook) -> Iterator[str]:
    old_children, new_children = _children(old), _children(new)
    for parent, keys in new_children.items():
        before = old_children.get(parent, ())
        if [key for key in before if key in keys] != [key for key in keys if key in before]:
            yield parent


def _children(codebook: Codebook) -> dict[str, tuple[str, ...]]:
    children = {"": tuple(family.key for family in codebook.families)}
    children |= {family.key: tuple(code.key for code in family.codes) for family in codebook.families}
    return children | {
        path: tuple(code.key for code in entry.code.codes) for path, entry in codebook.entries.items()
    }


def _renamed(removed: Mapping[str, Code], added: Mapping[str, Code]) -> Iterator[tuple[str, str]]:
    for path, code in removed.items():
        alike = [
            other
            for other, candidate in added.items()
            if code.key == candidate.key or code.label == candidate.label
        ]
        rivals = [
            other for other, rival in removed.items() if rival.key == code.key or rival.label == code.label
        ]
        if len(alike) == 1 and len(rivals) == 1:
            yield path, alike[0]
