"""Counted people over any questions and occasions: what they said, as sets, arrays and counts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from harken.services.counting.rows import Row
from harken.services.counting.settling import (
    ANSWERED,
    CODABLE,
    NOT_BY_ALL,
    NOT_BY_ANY,
    UNDECIDED_ANSWERS,
)
from harken.storage.counted.sets import Bits, Flags, Ids, as_flags

if TYPE_CHECKING:
    from harken.services.counting.sheet import Sheet

Numbers = Ids


class Said(NamedTuple):
    """Codes of people over some units, by bit of the codebook; None where nobody has it."""

    codes: list[Bits | None]
    all_codes: list[Bits | None]
    any_codes: list[Bits | None]


def size(bits: Bits) -> int:
    """How many people are in a set."""
    return int(np.bitwise_count(bits.view(np.uint64)).sum(dtype=np.int64))


def differing(bits: Bits | None, difference: Bits | None) -> Bits | None:
    """The set with the people of `difference` put in or taken out; None is the empty set."""
    if bits is None or difference is None:
        return difference if bits is None else bits
    return bits ^ difference


def either(sets: Sequence[Bits | None]) -> Bits | None:
    """Who is in any of the sets; None is the empty set."""
    found = [bits for bits in sets if bits is not None]
    if len(found) < 2:
        return found[0] if found else None
    united = found[0] | found[1]
    for bits in found[2:]:
        united |= bits
    return united


class RowCounts(NamedTuple):
    """Coded people who mentioned a theme, by group; and the answers with which they did."""

    n: list[int]
    n_all: list[int]
    n_any: list[int]
    mentions: list[int]


class Scope:
    """Counted people over some units; arrays are by place."""

    def __init__(self, sheet: Sheet, units: tuple[int, ...]) -> None:
        self.sheet = sheet
        self.units = units
        self._counts: dict[Row, RowCounts] = {}

    @property
    def group_of(self) -> Numbers:
        """The group's number."""
        return self.sheet.people.group_numbers

    @cached_property
    def coded(self) -> Flags:
        """People with every answer in scope decided, and not all of them uncodable."""
        return self._by_place(self.coded_bits)

    @cached_property
    def words(self) -> Numbers:
        """Words over all answers in scope."""
        found = np.zeros(len(self.sheet.people.ids), dtype=np.int64)
        for at in self.units:
            words = self.sheet.sets[at].words
            if len(words):
                answered = as_flags(self.sheet.state(at, ANSWERED))
                found += np.where(answered, words, 0)[self.sheet.people.ids]
        return found

    @cached_property
    def n_answers(self) -> Numbers:
        """Answers in scope."""
        found = np.zeros(len(self.sheet.people.ids), dtype=np.int64)
        for at in self.units:
            found += self._by_place(self.sheet.state(at, ANSWERED))
        return found

    def mentioning(self, row: Row) -> Flags:
        """The coded people who mentioned a theme."""
        found = self.mentioning_bits(row)
        if found is None:
            return np.zeros(len(self.sheet.people.ids), dtype=np.bool_)
        return self._by_place(found)

    def _by_place(self, bits: Bits) -> Flags:
        return as_flags(bits)[self.sheet.people.ids]

    # -- as sets of people

    @cached_property
    def answered_bits(self) -> Bits:
        return self._state(ANSWERED)

    @cached_property
    def undecided_bits(self) -> Bits:
        """People with an answer in scope that is undecided."""
        return self._state(UNDECIDED_ANSWERS)

    @cached_property
    def coded_bits(self) -> Bits:
        return self._state(CODABLE) & ~self.undecided_bits

    @cached_property
    def eligible_bits(self) -> Bits:
        """People who were asked any question in scope; everybody where that is not known."""
        counted = self.sheet.people.counted
        if not self.units:
            return np.zeros_like(counted)
        asked = [self.sheet.asked[at] for at in self.units]
        known = [people for people in asked if people is not None]
        if len(known) < len(asked):
            return counted
        asked_any: Bits = np.bitwise_or.reduce(known)
        return counted & asked_any

    @cached_property
    def substantive_bits(self) -> Bits:
        """Coded people with any code."""
        any_code = either(self._said.codes)
        return np.zeros_like(self.coded_bits) if any_code is None else any_code & self.coded_bits

    def mentioning_bits(self, row: Row) -> Bits | None:
        found = self._members(row, self._said.codes)
        return None if found is None else found & self.coded_bits

    def _state(self, kind: str) -> Bits:
        found = either([self.sheet.state(at, kind) for at in self.units])
        return np.zeros_like(self.sheet.people.counted) if found is None else found

    @cached_property
    def _said_by_unit(self) -> list[Said]:
        return [self.sheet.said(at) for at in self.units]

    @cached_property
    def _said(self) -> Said:
        if len(self.units) == 1:
            return self._said_by_unit[0]
        bits = range(len(self.sheet.rows.ids))
        codes, by_all, by_any = (
            [either([said[layer][bit] for said in self._said_by_unit]) for bit in bits] for layer in range(3)
        )
        return Said(codes, by_all, by_any)

    @cached_property
    def _is_unanimous(self) -> bool:
        kinds = {key.kind for at in self.units for key in self.sheet.sets[at].sets}
        return not kinds & {NOT_BY_ALL, NOT_BY_ANY}

    def _members(self, row: Row, codes: Sequence[Bits | None]) -> Bits | None:
        return either([bits for bit, bits in enumerate(codes) if row.members >> bit & 1])

    # -- counted by group

    def counts(self, row: Row) -> RowCounts:
        """People and mentions of a theme, by group."""
        if row not in self._counts:
            self._counts[row] = self._counted(row)
        return self._counts[row]

    def _counted(self, row: Row) -> RowCounts:
        n = self._n(self._members(row, self._said.codes))
        n_all, n_any = (
            n if self._is_unanimous else self._n(self._members(row, layer))
            for layer in (self._said.all_codes, self._said.any_codes)
        )
        mentions = n
        if len(self.units) > 1:
            by_unit = [self._n(self._members(row, said.codes)) for said in self._said_by_unit]
            mentions = [sum(ns) for ns in zip(*by_unit, strict=True)]
        return RowCounts(n, n_all, n_any, mentions)

    def _n(self, people: Bits | None) -> list[int]:
        if people is None:
            return [0] * len(self.sheet.people.groups)
        return self.sheet.people.count(people & self.coded_bits)

    def n_codes(self) -> list[int]:
        """Different codes, summed over the coded people of each group."""
        found = [0] * len(self.sheet.people.groups)
        for bits in self._said.codes:
            if bits is not None:
                found = [a + b for a, b in zip(found, self._n(bits), strict=True)]
        return found

    def lengths(self) -> list[Numbers]:
        """For each group how many of its answers have 0, 1, 2 … words."""
        people = self.sheet.people
        n_groups = len(people.groups)
        total = np.zeros((n_groups, 1), dtype=np.int64)
        for at in self.units:
            answered = np.flatnonzero(as_flags(self.sheet.state(at, ANSWERED)))
            words = self.sheet.sets[at].words
            lengths = words[answered].astype(np.int64) if len(words) else np.zeros_like(answered)
            width = int(lengths.max(initial=0)) + 1
            found = np.bincount(
                people.group_by_id[answered] * width + lengths, minlength=n_groups * width
            ).reshape(n_groups, width)
            if width > total.shape[1]:
                total, found = found, total
            total[:, : found.shape[1]] += found
        return list(total)
