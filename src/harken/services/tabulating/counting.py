"""Counting people over any set of questions and occasions, from answers that were read once."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from statistics import median, quantiles

import numpy as np
from numpy.typing import NDArray

from harken.services.tabulating.people import People, Unit
from harken.services.tabulating.readings import UNDECIDED, Reader, Reading, Vote
from harken.services.tabulating.themes import Row, Rows
from harken.storage import tables
from harken.storage.store import Store
from harken.storage.tables import AnswerRow, DecisionRow

_ANSWERED, _UNDECIDED, _CODABLE = 1, 2, 4


@dataclass(slots=True)
class UnitAnswers:
    """The answers to one question on one occasion, in columns."""

    places: array[int] = field(default_factory=lambda: array("l"))
    states: bytearray = field(default_factory=bytearray)
    codes: list[int] = field(default_factory=list)
    all_codes: list[int] = field(default_factory=list)
    any_codes: list[int] = field(default_factory=list)
    n_words: array[int] = field(default_factory=lambda: array("l"))
    n_undecided: int = 0
    n_open: int = 0
    n_several: int = 0
    """Answers that more than one coder decided."""
    n_only_reliability: int = 0
    """Answers decided by coders, yet not in a round that counts for this basis."""
    n_not_asked: int = 0
    """Answers of people who were not asked; they are set aside."""
    n_off_question: int = 0
    """Applications of a code to a question where the codebook does not allow it; they are set aside."""
    ties: list[tuple[int, int]] = field(default_factory=list)
    """Response id and mask of codes that half of the coders said."""

    def add(self, answer: AnswerRow, place: int, reading: Reading) -> None:
        state = _ANSWERED
        if not reading.is_decided:
            state |= _UNDECIDED
            self.n_undecided += 1
            self.n_only_reliability += reading.n_coders > 0
        elif reading.is_codable:
            state |= _CODABLE
        self.places.append(place)
        self.states.append(state)
        self.codes.append(reading.codes)
        self.all_codes.append(reading.all_codes)
        self.any_codes.append(reading.any_codes)
        self.n_words.append(answer.n_words)
        self.n_open += reading.is_open
        self.n_several += reading.n_coders > 1
        if reading.tied:
            self.ties.append((answer.response_id, reading.tied))


@dataclass(slots=True, kw_only=True)
class Sheet:
    """All that a table is counted from."""

    people: People
    rows: Rows
    units: tuple[Unit, ...]
    asked: list[bytearray | None]
    answers: list[UnitAnswers]

    def over(self, units: Sequence[int]) -> Scope:
        """What each counted person said over the units with these numbers."""
        return Scope(self, units)


Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]


class Scope:
    """People over some units, in arrays by place."""

    def __init__(self, sheet: Sheet, units: Sequence[int]) -> None:
        self.sheet = sheet
        n_people = len(sheet.people.group_of)
        self.group_of: Numbers = np.array(sheet.people.group_of, dtype=np.int64)
        self.words: Numbers = np.zeros(n_people, dtype=np.int64)
        """Words over all answers in scope."""
        self.n_answers: Numbers = np.zeros(n_people, dtype=np.int64)
        states = np.zeros(n_people, dtype=np.uint8)
        self._codes = [0] * n_people
        for at in units:
            unit = sheet.answers[at]
            places = np.frombuffer(unit.places, dtype=np.int64)
            states[places] |= np.frombuffer(unit.states, dtype=np.uint8)
            self.words[places] += np.frombuffer(unit.n_words, dtype=np.int64)
            self.n_answers[places] += 1
            for place, codes in zip(unit.places, unit.codes, strict=True):
                self._codes[place] |= codes
        self.coded: Flags = states == (_ANSWERED | _CODABLE)

    def mentioning(self, row: Row) -> Flags:
        """The coded people who mentioned a theme."""
        said = np.fromiter((codes & row.members != 0 for codes in self._codes), np.bool_, len(self._codes))
        return self.coded & said


def read_sheet(
    store: Store,
    *,
    people: People,
    rows: Rows,
    units: Sequence[Unit],
    asked: list[bytearray | None],
    reader: Reader,
) -> Sheet:
    """Read every answer once, settled by the reader's basis; decisions are streamed beside the answers."""
    sheet = Sheet(
        people=people,
        rows=rows,
        units=tuple(units),
        asked=asked,
        answers=[UnitAnswers() for _ in units],
    )
    number = {(unit.question.id, unit.occasion): at for at, unit in enumerate(units)}
    allowed = [rows.allowed_at(unit.question.name) for unit in units]
    question_ids = sorted({unit.question.id for unit in units})
    masks: dict[str, int] = {"": 0}

    def vote(row: DecisionRow) -> Vote:
        if row.code_ids not in masks:
            bits = (rows.bit_of_id.get(id, 0) for id in row.code_ids.split(","))
            masks[row.code_ids] = sum(set(bits))
        return Vote(row, masks[row.code_ids])

    for answer, decided in _beside(
        tables.answers(store, question_ids), tables.decision_rows(store, question_ids)
    ):
        place = people.place.get(answer.participant_id)
        if place is None:
            continue
        at = number[answer.question_id, answer.occasion]
        unit, flags = sheet.answers[at], asked[at]
        if flags is not None and not flags[place]:
            unit.n_not_asked += 1
            continue
        votes = []
        for row in decided:
            said = vote(row)
            off = said.codes & ~allowed[at]
            if off:
                unit.n_off_question += off.bit_count()
                said = Vote(row, said.codes & allowed[at])
            votes.append(said)
        unit.add(answer, place, reader.read(votes) if votes else UNDECIDED)
    return sheet


def _beside(
    answers: Iterable[AnswerRow], decisions: Iterable[DecisionRow]
) -> Iterator[tuple[AnswerRow, Iterable[DecisionRow]]]:
    """Each answer with the decisions on it; both come in the order of response ids."""
    groups = groupby(decisions, key=attrgetter("response_id"))
    id, decided = next(groups, (None, iter(())))
    for answer in answers:
        while id is not None and id < answer.response_id:
            id, decided = next(groups, (None, iter(())))
        yield answer, (decided if id == answer.response_id else ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """People counted over some units. Lists are by group; `n…` have a list for each row of `Rows.every`."""

    eligible: list[int]
    answered: list[int]
    undecided: list[int]
    uncodable: list[int]
    coded: list[int]
    nothing_to_code: list[int]
    n_codes: list[int]
    """Different codes, summed over the coded people."""
    n_answers: list[int]
    words: list[list[int]]
    n: list[list[int]]
    n_all: list[list[int]]
    n_any: list[list[int]]


def count_people(sheet: Sheet, units: Sequence[int]) -> Tally:
    """Count each person once over the units with these numbers."""
    people = sheet.people
    groups = range(len(people.groups))
    n_people = len(people.group_of)
    states = bytearray(n_people)
    codes, all_codes, any_codes = [0] * n_people, [0] * n_people, [0] * n_people
    n_answers = [0 for _ in groups]
    words: list[list[int]] = [[] for _ in groups]
    for at in units:
        unit = sheet.answers[at]
        for index, place in enumerate(unit.places):
            states[place] |= unit.states[index]
            codes[place] |= unit.codes[index]
            all_codes[place] |= unit.all_codes[index]
            any_codes[place] |= unit.any_codes[index]
            group = people.group_of[place]
            n_answers[group] += 1
            words[group].append(unit.n_words[index])
    status = Counter(zip(people.group_of, states, strict=True))
    is_coded = _ANSWERED | _CODABLE
    coded_codes, coded_all, coded_any = (
        Counter(
            (group, mask)
            for group, state, mask in zip(people.group_of, states, masks, strict=True)
            if state == is_coded
        )
        for masks in (codes, all_codes, any_codes)
    )
    answered = [sum(n for (g, state), n in status.items() if g == group and state) for group in groups]
    return Tally(
        eligible=_eligible(sheet, units),
        answered=answered,
        undecided=[
            sum(n for (g, state), n in status.items() if g == group and state & _UNDECIDED)
            for group in groups
        ],
        uncodable=[status[group, _ANSWERED] for group in groups],
        coded=[status[group, is_coded] for group in groups],
        nothing_to_code=[coded_codes[group, 0] for group in groups],
        n_codes=[
            sum(n * mask.bit_count() for (g, mask), n in coded_codes.items() if g == group)
            for group in groups
        ],
        n_answers=n_answers,
        words=words,
        n=_by_row(sheet.rows, coded_codes, len(groups)),
        n_all=_by_row(sheet.rows, coded_all, len(groups)),
        n_any=_by_row(sheet.rows, coded_any, len(groups)),
    )


def _eligible(sheet: Sheet, units: Sequence[int]) -> list[int]:
    people = sheet.people
    counts = Counter(people.group_of)
    flags = [sheet.asked[at] for at in units]
    if not flags:
        return [0 for _ in people.groups]
    known = [flag for flag in flags if flag is not None]
    if len(known) == len(flags):
        asked = (group for place, group in enumerate(people.group_of) if any(flag[place] for flag in known))
        counts = Counter(asked)
    return [counts[group] for group in range(len(people.groups))]


def _by_row(rows: Rows, counts: Mapping[tuple[int, int], int], n_groups: int) -> list[list[int]]:
    totals = [[0] * n_groups for _ in rows.every]
    for (group, mask), n in counts.items():
        reached: set[int] = set()
        while mask:
            bit = mask & -mask
            mask ^= bit
            reached.update(rows.places[bit.bit_length() - 1])
        for place in reached:
            totals[place][group] += n
    return totals


def middle_and_quartiles(values: Sequence[float]) -> tuple[float | None, tuple[float, float] | None]:
    """Median and quartiles (linear interpolation, type 7 of Hyndman and Fan 1996); None for no value."""
    if not values:
        return None, None
    if len(values) == 1:
        return float(values[0]), (float(values[0]), float(values[0]))
    lower, _, upper = quantiles(values, n=4, method="inclusive")
    return float(median(values)), (lower, upper)
