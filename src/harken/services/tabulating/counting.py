"""Counting people over any set of questions and occasions, from sets of people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from statistics import median, quantiles
from typing import NamedTuple

import numpy as np

from harken.services.tabulating.people import People, Unit
from harken.services.tabulating.readings import Rule
from harken.services.tabulating.settling import (
    ANSWERED,
    CODABLE,
    CODABLE_BY_VOTE,
    CODE,
    NOT_BY_ALL,
    NOT_BY_ANY,
    OFF,
    OPEN,
    SEVERAL,
    UNCOUNTED,
    UNDECIDED_ANSWERS,
    UNDECIDED_BY_VOTE,
    SettledAnswer,
)
from harken.services.tabulating.themes import Row, Rows
from harken.storage.counted.sets import Bits, Flags, Ids, UnitSets, as_flags

Numbers = Ids


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCounts:
    """How many answers of one question on one occasion are special; of counted people who were asked."""

    n_undecided: int
    n_open: int
    n_several: int
    """Answers that more than one coder decided."""
    n_only_reliability: int
    """Answers decided by coders, yet not in a round that counts for this basis."""
    n_not_asked: int
    """Answers of people who were not asked; they are set aside."""
    n_off_question: int
    """Codes of an answer that the codebook does not allow for its question; they are set aside."""


class Said(NamedTuple):
    """Codes of people over some units, by bit of the codebook; None where nobody has it."""

    codes: list[Bits | None]
    all_codes: list[Bits | None]
    any_codes: list[Bits | None]


@dataclass(kw_only=True)
class Sheet:
    """All that a table is counted from."""

    people: People
    rows: Rows
    units: tuple[Unit, ...]
    asked: list[Bits | None]
    """For each unit who was asked; None where the survey does not say."""
    sets: list[UnitSets]
    rule: Rule
    ties: tuple[SettledAnswer, ...] = ()
    _scopes: dict[tuple[int, ...], Scope] = field(default_factory=dict)

    def over(self, units: Sequence[int]) -> Scope:
        """What each counted person said over the units with these numbers."""
        key = tuple(units)
        if key not in self._scopes:
            self._scopes[key] = Scope(self, key)
        return self._scopes[key]

    @cached_property
    def answers(self) -> list[AnswerCounts]:
        """Answers that are special, by unit."""
        return [self._counts(at) for at in range(len(self.units))]

    def here(self, at: int) -> Bits:
        """People whose answers to a unit count: counted, and asked as far as is known."""
        asked = self.asked[at]
        return self.people.counted if asked is None else self.people.counted & asked

    def state(self, at: int, kind: str) -> Bits:
        """Counted people whose answer to a unit has this state, by the basis of the sheet."""
        found = self.sets[at].get(kind)
        by_vote = {UNDECIDED_ANSWERS: UNDECIDED_BY_VOTE, CODABLE: CODABLE_BY_VOTE}.get(kind, "")
        if self.rule in (Rule.ANY, Rule.ALL) and by_vote:
            found = _differing(found, self.sets[at].get(by_vote))
        return self._nobody if found is None else found & self.here(at)

    @cached_property
    def _nobody(self) -> Bits:
        return np.zeros_like(self.people.counted)

    def said(self, at: int) -> Said:
        """What people said to a unit, those who were asked; who is counted is not looked at."""
        codes = [self._code(at, CODE, id) for id in self.rows.ids]
        by_all, by_any = (
            [
                _differing(bits, self._code(at, kind, id))
                for id, bits in zip(self.rows.ids, codes, strict=True)
            ]
            for kind in (NOT_BY_ALL, NOT_BY_ANY)
        )
        return Said({Rule.ANY: by_any, Rule.ALL: by_all}.get(self.rule, codes), by_all, by_any)

    def _code(self, at: int, kind: str, id: str) -> Bits | None:
        found, asked = self.sets[at].get(kind, id), self.asked[at]
        return found if found is None or asked is None else found & asked

    def _counts(self, at: int) -> AnswerCounts:
        here, asked = self.here(at), self.asked[at]
        answered = self.sets[at].get(ANSWERED)
        away = 0 if asked is None or answered is None else size(answered & self.people.counted & ~asked)
        # By every vote, nothing is undecided that anybody decided.
        by_vote = self.rule in (Rule.ANY, Rule.ALL)
        return AnswerCounts(
            n_undecided=size(self.state(at, UNDECIDED_ANSWERS)),
            n_open=size(self.state(at, OPEN)),
            n_several=size(self.state(at, SEVERAL)),
            n_only_reliability=0 if by_vote else size(self.state(at, UNCOUNTED)),
            n_not_asked=away,
            n_off_question=sum(
                size(bits & here) for (kind, _), bits in self.sets[at].sets.items() if kind == OFF
            ),
        )

    def counted_ties(self) -> list[SettledAnswer]:
        """Ties on answers that count, in the order of the units and of the answers."""
        number = {(unit.question.id, unit.occasion): at for at, unit in enumerate(self.units)}
        here = [as_flags(self.here(at)) for at in range(len(self.units))]
        found = [tie for tie in self.ties if tie.place in number and here[number[tie.place]][tie.person]]
        return sorted(found, key=lambda tie: (number[tie.place], tie.response_id))


def size(bits: Bits) -> int:
    """How many people are in a set."""
    return int(np.bitwise_count(bits.view(np.uint64)).sum(dtype=np.int64))


def _differing(bits: Bits | None, difference: Bits | None) -> Bits | None:
    if bits is None or difference is None:
        return difference if bits is None else bits
    return bits ^ difference


def _either(sets: Sequence[Bits | None]) -> Bits | None:
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
        any_code = _either(self._said.codes)
        return np.zeros_like(self.coded_bits) if any_code is None else any_code & self.coded_bits

    def mentioning_bits(self, row: Row) -> Bits | None:
        found = self._members(row, self._said.codes)
        return None if found is None else found & self.coded_bits

    def _state(self, kind: str) -> Bits:
        found = _either([self.sheet.state(at, kind) for at in self.units])
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
            [_either([said[layer][bit] for said in self._said_by_unit]) for bit in bits] for layer in range(3)
        )
        return Said(codes, by_all, by_any)

    @cached_property
    def _is_unanimous(self) -> bool:
        kinds = {key.kind for at in self.units for key in self.sheet.sets[at].sets}
        return not kinds & {NOT_BY_ALL, NOT_BY_ANY}

    def _members(self, row: Row, codes: Sequence[Bits | None]) -> Bits | None:
        return _either([bits for bit, bits in enumerate(codes) if row.members >> bit & 1])

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


@dataclass(frozen=True, kw_only=True)
class Tally:
    """People counted over some units. Lists are by group; `n…` have a list for each row of `Rows.every`."""

    scope: Scope
    eligible: list[int]
    answered: list[int]
    undecided: list[int]
    uncodable: list[int]
    coded: list[int]
    nothing_to_code: list[int]

    @cached_property
    def n_codes(self) -> list[int]:
        """Different codes, summed over the coded people."""
        return self.scope.n_codes()

    @cached_property
    def lengths(self) -> list[Numbers]:
        """For each group how many answers have 0, 1, 2 … words."""
        return self.scope.lengths()

    @cached_property
    def n_answers(self) -> list[int]:
        return [int(counts.sum()) for counts in self.lengths]

    def of(self, row: Row) -> RowCounts:
        return self.scope.counts(row)

    @property
    def n(self) -> list[list[int]]:
        return [self.of(row).n for row in self.scope.sheet.rows.every]

    @property
    def n_all(self) -> list[list[int]]:
        return [self.of(row).n_all for row in self.scope.sheet.rows.every]

    @property
    def n_any(self) -> list[list[int]]:
        return [self.of(row).n_any for row in self.scope.sheet.rows.every]


def count_people(sheet: Sheet, units: Sequence[int]) -> Tally:
    """Count each person once over the units with these numbers."""
    scope, count = sheet.over(units), sheet.people.count
    answered, undecided, coded = scope.answered_bits, scope.undecided_bits, scope.coded_bits
    return Tally(
        scope=scope,
        eligible=count(scope.eligible_bits),
        answered=count(answered),
        undecided=count(undecided),
        uncodable=count(answered & ~undecided & ~coded),
        coded=count(coded),
        nothing_to_code=count(coded & ~scope.substantive_bits),
    )


def middle_and_quartiles(values: Sequence[float]) -> tuple[float | None, tuple[float, float] | None]:
    """Median and quartiles (linear interpolation, type 7 of Hyndman and Fan 1996); None for no value."""
    if not values:
        return None, None
    if len(values) == 1:
        return float(values[0]), (float(values[0]), float(values[0]))
    lower, _, upper = quantiles(values, n=4, method="inclusive")
    return float(median(values)), (lower, upper)


def middle_and_quartiles_of(counts: Numbers) -> tuple[float | None, tuple[float, float] | None]:
    """As `middle_and_quartiles`, of numbers of which `counts` says how often 0, 1, 2 … is among them."""
    ends = np.cumsum(counts)
    n = int(ends[-1])
    if n == 0:
        return None, None

    def at(rank: int) -> int:
        return int(np.searchsorted(ends, rank, side="right"))

    def quarter(number: int) -> float:
        rank, rest = divmod(number * (n - 1), 4)
        return (at(rank) * (4 - rest) + at(min(rank + 1, n - 1)) * rest) / 4

    return (at((n - 1) // 2) + at(n // 2)) / 2, (quarter(1), quarter(3))
