"""Sets of people as bits, how they are stored in blocks, and how they are read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from harken.storage.counted.keeping import BLOCK, WORD_BYTES, WORDS, trimmed
from harken.storage.driver import Connection

Bits = NDArray[np.uint8]
"""A bit a person: bit `id % 8`, the lowest first, of byte `id // 8`."""
Ids = NDArray[np.int64]
Flags = NDArray[np.bool_]
_BLOCK_BYTES = BLOCK // 8
_STORED_WORDS = np.dtype("<u4")

OF_PEOPLE = (0, "")
"""Where the sets stand that are about people, not about an answer of theirs."""
EVERYBODY = ("everybody", "")
Place = tuple[int, str]
"""Question id and occasion."""


class Key(NamedTuple):
    """What a set is of: `kind` says a state of an answer, or what the `name` means."""

    kind: str
    name: str


def n_bytes_for(last_participant: int) -> int:
    """Bytes of a set that has room for this id, a whole number of blocks."""
    return (last_participant // BLOCK + 1) * _BLOCK_BYTES


def as_bits(ids: Ids, n_bytes: int) -> Bits:
    """The set of these people."""
    flags = np.zeros(n_bytes * 8, dtype=np.bool_)
    flags[ids] = True
    return np.packbits(flags, bitorder="little")


def as_flags(bits: Bits) -> Flags:
    """A flag for each id."""
    return np.unpackbits(bits, bitorder="little").view(np.bool_)


@dataclass(slots=True)
class UnitSets:
    """The sets of one question and occasion over the people from id 0, or over those of one block."""

    n_bytes: int
    sets: dict[Key, Bits] = field(default_factory=dict)
    words: NDArray[np.uint32] = field(default_factory=lambda: np.zeros(0, dtype=np.uint32))
    """Words of each person's answer; empty where there is none."""

    def get(self, kind: str, name: str = "") -> Bits | None:
        return self.sets.get(Key(kind, name))

    def clear(self, person: int) -> None:
        """Take a person out of every set."""
        byte, mask = person // 8, 255 ^ 1 << person % 8
        for bits in self.sets.values():
            bits[byte] &= mask
        if len(self.words):
            self.words[person] = 0

    def put(self, person: int, keys: Iterable[Key], n_words: int) -> None:
        """Put a person, who is in none, into these sets."""
        for key in keys:
            if key not in self.sets:
                self.sets[key] = np.zeros(self.n_bytes, dtype=np.uint8)
            self.sets[key][person // 8] |= 1 << person % 8
        if n_words:
            if not len(self.words):
                self.words = np.zeros(self.n_bytes * 8, dtype=np.uint32)
            self.words[person] = n_words


def load(connection: Connection, place: Place, n_bytes: int) -> UnitSets:
    """The stored sets of one question and occasion, or those about people."""
    return _assembled(
        connection.execute(
            "SELECT block, kind, name, bits FROM people_sets WHERE question_id = ? AND occasion = ?", place
        ),
        n_bytes,
    )


def load_block(connection: Connection, place: Place, block: int) -> UnitSets:
    """One block of them."""
    rows = connection.execute(
        "SELECT 0, kind, name, bits FROM people_sets WHERE question_id = ? AND occasion = ? AND block = ?",
        (*place, block),
    )
    return _assembled(rows, _BLOCK_BYTES)


def _assembled(rows: Iterable[tuple[int, str, str, bytes]], n_bytes: int) -> UnitSets:
    unit = UnitSets(n_bytes)
    for block, kind, name, stored in rows:
        if kind == WORDS:
            if not len(unit.words):
                unit.words = np.zeros(n_bytes * 8, dtype=np.uint32)
            padded = stored + bytes(-len(stored) % WORD_BYTES)
            numbers = np.frombuffer(padded, dtype=_STORED_WORDS)
            unit.words[block * BLOCK : block * BLOCK + len(numbers)] = numbers
            continue
        key = Key(kind, name)
        if key not in unit.sets:
            unit.sets[key] = np.zeros(n_bytes, dtype=np.uint8)
        start = block * _BLOCK_BYTES
        unit.sets[key][start : start + len(stored)] = np.frombuffer(stored, dtype=np.uint8)
    return unit


def stored_rows(unit: UnitSets, *, first_block: int = 0) -> Iterator[tuple[int, str, str, bytes]]:
    """Block, kind, name and bits of every part that is not empty."""
    for block in range(unit.n_bytes // _BLOCK_BYTES):
        here = slice(block * _BLOCK_BYTES, (block + 1) * _BLOCK_BYTES)
        for (kind, name), bits in unit.sets.items():
            stored = trimmed(bits[here].tobytes())
            if stored:
                yield first_block + block, kind, name, stored
        if len(unit.words):
            numbers = unit.words[block * BLOCK : (block + 1) * BLOCK].astype(_STORED_WORDS, copy=False)
            stored = trimmed(numbers.tobytes())
            if stored:
                yield first_block + block, WORDS, "", stored


def replace_all(connection: Connection, units: Mapping[Place, UnitSets]) -> None:
    """Store these sets and no others."""
    connection.execute("DELETE FROM people_sets")
    for place, unit in units.items():
        _insert(connection, place, stored_rows(unit))


def replace_unit(connection: Connection, place: Place, unit: UnitSets) -> None:
    """Store the sets of one question and occasion, or those about people."""
    connection.execute("DELETE FROM people_sets WHERE question_id = ? AND occasion = ?", place)
    _insert(connection, place, stored_rows(unit))


def replace_block(connection: Connection, place: Place, block: int, unit: UnitSets) -> None:
    """Store one block of them; rows that stay the same are not written."""
    where = "question_id = ? AND occasion = ? AND block = ?"
    before = {
        Key(kind, name): (rowid, bits)
        for rowid, kind, name, bits in connection.execute(
            f"SELECT rowid, kind, name, bits FROM people_sets WHERE {where}", (*place, block)
        )
    }
    after = {Key(kind, name): bits for _, kind, name, bits in stored_rows(unit)}
    gone = [(rowid,) for key, (rowid, bits) in before.items() if after.get(key) != bits]
    connection.executemany("DELETE FROM people_sets WHERE rowid = ?", gone)
    changed = (
        (block, *key, bits) for key, bits in after.items() if key not in before or before[key][1] != bits
    )
    _insert(connection, place, changed)


def _insert(connection: Connection, place: Place, rows: Iterable[tuple[int, str, str, bytes]]) -> None:
    connection.executemany(
        "INSERT INTO people_sets (question_id, occasion, block, kind, name, bits) VALUES (?, ?, ?, ?, ?, ?)",
        ((*place, *row) for row in rows),
    )
