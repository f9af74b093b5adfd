"""Counting people over any set of questions and occasions, from sets of people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from harken.services.counting.people import People, Unit
from harken.services.counting.readings import Rule
from harken.services.counting.rows import Row, Rows
from harken.services.counting.scope import Numbers, RowCounts, Said, Scope, differing, size
from harken.services.counting.settling import (
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
from harken.storage.counted.sets import Bits, UnitSets, as_flags


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
            found = differing(found, self.sets[at].get(by_vote))
        return self._nobody if found is None else found & self.here(at)

    @cached_property
    def _nobody(self) -> Bits:
        return np.zeros_like(self.people.counted)

    def said(self, at: int) -> Said:
        """What people said to a unit, those who were asked; who is counted is not looked at."""
        codes = [self._code(at, CODE, id) for id in self.rows.ids]
        by_all, by_any = (
            [differing(bits, self._code(at, kind, id)) for id, bits in zip(self.rows.ids, codes, strict=True)]
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
