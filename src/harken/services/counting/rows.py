"""The rows of a theme table: every code and family, where it may be applied, and what counts towards it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from harken.model import NONE_STATED, CodebookEntry
from harken.storage.codebooks import StoredCodebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What is counted together: a code with all below it, or a family's codes as a net."""

    code: str
    """The code's path, or the family's key."""
    label: str
    family: str
    depth: int
    members: int
    """Bits of the codes that count towards it."""
    questions: frozenset[str]
    """Where any of them may be applied; empty: everywhere."""
    is_retired: bool = False


@dataclass(frozen=True, kw_only=True)
class Rows:
    """The codebook as rows; each code has a bit, in the order of the codebook."""

    themes: tuple[Row, ...]
    families: tuple[Row, ...]
    stated: tuple[Row | None, ...]
    """For each family its net without `none_stated`, if it has such a code beside others."""
    entries: tuple[CodebookEntry, ...]
    bit_of_id: Mapping[str, int]

    @cached_property
    def every(self) -> tuple[Row, ...]:
        return (*self.themes, *self.families, *(row for row in self.stated if row))

    @cached_property
    def place_of(self) -> Mapping[Row, int]:
        return {row: place for place, row in enumerate(self.every)}

    @cached_property
    def places(self) -> tuple[tuple[int, ...], ...]:
        """For each code's bit, the places in `every` that it counts towards."""
        return tuple(
            tuple(place for place, row in enumerate(self.every) if row.members >> bit & 1)
            for bit in range(len(self.entries))
        )

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The id of each code, by its bit."""
        by_bit = {bit: id for id, bit in self.bit_of_id.items()}
        return tuple(by_bit[1 << at] for at in range(len(self.entries)))

    def allowed_at(self, question: str) -> int:
        """Bits of the codes that may be applied to a question."""
        return sum(1 << at for at, entry in enumerate(self.entries) if entry.applies_to(question))


def rows_of(stored: StoredCodebook) -> Rows:
    """The rows of a codebook, in its order."""
    codebook = stored.codebook
    entries = tuple(codebook.entries.values())
    bits = {entry.path: 1 << at for at, entry in enumerate(entries)}
    below: dict[str, list[CodebookEntry]] = {entry.path: [entry] for entry in entries}
    for entry in entries:
        parent = entry.parent
        while parent is not None:
            below[parent].append(entry)
            parent = codebook.entries[parent].parent

    def row(code: str, label: str, family: str, depth: int, members: Sequence[CodebookEntry]) -> Row:
        limits = [entry.questions for entry in members]
        return Row(
            code=code,
            label=label or code,
            family=family,
            depth=depth,
            members=sum(bits[entry.path] for entry in members),
            questions=frozenset().union(*limits) if limits and all(limits) else frozenset(),
        )

    families = []
    stated: list[Row | None] = []
    for family in codebook.families:
        own = [entry for entry in entries if entry.family.key == family.key]
        without = [entry for entry in own if entry.code.key != NONE_STATED]
        families.append(row(family.key, family.label, family.key, 0, own))
        has_both = without and len(without) < len(own)
        stated.append(row(family.key, family.label, family.key, 0, without) if has_both else None)
    return Rows(
        themes=tuple(
            replace(
                row(entry.path, entry.code.label, entry.family.key, entry.depth, below[entry.path]),
                is_retired=entry.code.is_retired,
            )
            for entry in entries
        ),
        families=tuple(families),
        stated=tuple(stated),
        entries=entries,
        bit_of_id={id: bits[path] for path, id in stored.ids.items() if path in bits},
    )
