"""Stored decisions as ratings: what coders agree on or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, cast

import numpy as np

from harken.services.agreeing.rating.rows import DecisionRows
from harken.stats.ratings import (
    MISSING,
    BoolArray,
    IntArray,
    RatingMatrix,
    SetRatings,
    units_in_disagreement,
)

UNCODABLE = "(uncodable)"
"""Stands among a unit's codes in lists of disagreements; no code can be called so."""
EVERY_ROUND = ""
"""The round of units that pool rounds."""


class Unit(NamedTuple):
    """What coders agree on or not: one response in one round."""

    response_id: int
    round: str
    participant_id: int
    question: str


class Rating(NamedTuple):
    """One coder's decision on a unit."""

    unit: Unit
    coder: str
    codes: frozenset[str]
    is_uncodable: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RatedUnits:
    """Units with what each coder decided on them; units of one participant stand side by side.

    `response`, `participant`, `round` and `question` have an entry each a unit; `round` and `question` are
    places in the tuples of their names, and `round` is -1 where rounds are pooled. `row` (units x coders) is
    the place of the decision among the rows that the units were made from.
    """

    rows: DecisionRows
    row: IntArray
    response: IntArray
    participant: IntArray
    round: IntArray
    question: IntArray
    is_revised: BoolArray
    """Units with a decision after a discussion: a meeting, or the adjudication of the answer."""
    sets: SetRatings

    @property
    def coders(self) -> tuple[str, ...]:
        return self.sets.coders

    @property
    def is_decided(self) -> BoolArray:
        """Units x coders."""
        return np.asarray(self.sets.set_ids != MISSING)

    @property
    def is_uncodable(self) -> BoolArray:
        """Units x coders: whether the coder called the response uncodable."""
        return np.asarray(self.of_rows(self.rows.is_uncodable, missing=False), dtype=np.bool_)

    @property
    def is_suggested(self) -> BoolArray:
        """Units x coders: whether the coder was shown a suggestion."""
        return np.asarray(self.of_rows(self.rows.is_suggested, missing=False), dtype=np.bool_)

    @property
    def codebook(self) -> IntArray:
        """Units x coders: the place of the codebook's version in `rows.codebooks`, -1 without a decision."""
        return self.of_rows(self.rows.codebook, missing=MISSING)

    @property
    def n_decided(self) -> IntArray:
        """How many coders decided each unit."""
        return np.asarray(self.is_decided.sum(axis=1))

    @property
    def n_rated(self) -> int:
        """Units that a coder decided."""
        return int((self.n_decided > 0).sum())

    @property
    def n_pairable(self) -> int:
        """Units that two coders decided."""
        return int((self.n_decided > 1).sum())

    def of_rows(self, column: IntArray | BoolArray, *, missing: int | bool) -> IntArray:
        """A column of the decisions as units x coders."""
        # The last entry serves the index -1.
        values = np.append(column, np.array(missing, dtype=column.dtype))
        return cast("IntArray", np.where(self.is_decided, values[self.row], missing).astype(column.dtype))

    def select(self, units: BoolArray) -> RatedUnits:
        """These units alone."""
        return replace(
            self,
            row=self.row[units],
            response=self.response[units],
            participant=self.participant[units],
            round=self.round[units],
            question=self.question[units],
            is_revised=self.is_revised[units],
            sets=replace(
                self.sets,
                units=tuple(np.flatnonzero(units).tolist()),
                participants=self.sets.participants[units],
                set_ids=self.sets.set_ids[units],
            ),
        )

    def keep(self, decisions: BoolArray) -> RatedUnits:
        """The same with these decisions (units x coders) alone, without units that nobody then decided."""
        kept = np.where(decisions, self.sets.set_ids, MISSING)
        return replace(self, sets=replace(self.sets, set_ids=kept)).select((kept != MISSING).any(axis=1))

    def codability(self) -> RatingMatrix:
        """Whether each response can be coded at all, as each coder has it."""
        codable = np.where(self.is_uncodable, 0, 1)
        return RatingMatrix(
            coders=self.coders,
            categories=("0", "1"),
            participants=self.sets.participants,
            ratings=np.where(self.is_decided, codable, MISSING).astype(np.int8),
        )

    def ratings(self) -> Iterator[Rating]:
        """Decision by decision, which takes its time where there are very many."""
        units = self.named(np.arange(len(self.response)))
        for unit, coder in np.argwhere(self.is_decided).tolist():
            row = self.row[unit, coder]
            codes = self.rows.code_sets[self.rows.codes[row]]
            yield Rating(units[unit], self.coders[coder], codes, bool(self.rows.is_uncodable[row]))

    def apart(self) -> Iterator[tuple[Unit, Mapping[str, tuple[str, ...]]]]:
        """Units that coders decided differently, by response and round, with what each of them decided."""
        # An uncodable response and one to which no code applies are not the same here.
        ids = np.where(self.is_uncodable, len(self.sets.members), self.sets.set_ids)
        names = [*(tuple(sorted(codes)) for codes in self.rows.code_sets), (UNCODABLE,)]
        differing = units_in_disagreement(replace(self.sets, set_ids=ids))
        differing = differing[np.lexsort((self.round[differing], self.response[differing]))]
        for unit, decided in zip(self.named(differing), ids[differing].tolist(), strict=True):
            yield (
                unit,
                {coder: names[id] for coder, id in zip(self.coders, decided, strict=True) if id != MISSING},
            )

    def named(self, places: IntArray) -> list[Unit]:
        """These units by the names of their rounds and questions."""
        # The last name serves the index -1.
        rounds = (*self.rows.rounds, EVERY_ROUND)
        return [
            Unit(response, rounds[round], person, self.rows.questions[question])
            for response, round, person, question in zip(
                self.response[places].tolist(),
                self.round[places].tolist(),
                self.participant[places].tolist(),
                self.question[places].tolist(),
                strict=True,
            )
        ]


def rate(
    rows: DecisionRows, *, coders: Sequence[str] = (), codes: Sequence[str] = (), pools: bool = False
) -> RatedUnits:
    """The units that `rows` are decisions on: each response in each round, or with `pools` each response.

    `coders` and `codes` come first and in this order, those met only in the decisions follow, sorted. A coder
    has one decision at most on a unit.
    """
    n_rounds = 1 if pools else max(1, len(rows.rounds))
    in_round = np.zeros_like(rows.round) if pools else rows.round
    keys, first, unit = np.unique(rows.response * n_rounds + in_round, return_index=True, return_inverse=True)
    everyone = tuple(dict.fromkeys((*coders, *rows.present_coders)))
    columns = np.array(
        [everyone.index(name) if name in everyone else MISSING for name in rows.coders], dtype=np.int64
    )
    participants = _numbered(rows.participant[first])
    order = np.argsort(participants, kind="stable")
    place = np.empty(len(keys), dtype=np.int64)
    place[order] = np.arange(len(keys))
    row = np.full((len(keys), len(everyone)), MISSING, dtype=np.int32)
    row[place[unit], columns[rows.coder]] = np.arange(len(rows))
    return RatedUnits(
        rows=rows,
        row=row,
        response=rows.response[first][order],
        participant=rows.participant[first][order],
        round=np.full(len(keys), MISSING) if pools else rows.round[first][order],
        question=rows.question[first][order],
        is_revised=np.bincount(place[unit[rows.is_revised]], minlength=len(keys)) > 0,
        sets=SetRatings(
            coders=everyone,
            codes=(all_codes := tuple(dict.fromkeys((*codes, *sorted(set().union(*rows.code_sets)))))),
            units=tuple(range(len(keys))),
            participants=participants[order],
            members=_members(rows.code_sets, all_codes),
            set_ids=np.append(rows.codes, MISSING)[row].astype(np.int32),
        ),
    )


def _numbered(values: IntArray) -> IntArray:
    """Numbers for the values in the order of their first appearance."""
    _, first, inverse = np.unique(values, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return np.asarray(rank[inverse])


def _members(code_sets: Sequence[frozenset[str]], codes: Sequence[str]) -> BoolArray:
    number = {code: place for place, code in enumerate(codes)}
    members = np.zeros((len(code_sets), len(codes)), dtype=np.bool_)
    for place, applied in enumerate(code_sets):
        members[place, [number[code] for code in applied]] = True
    return members
