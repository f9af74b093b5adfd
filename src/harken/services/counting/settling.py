"""From decisions to sets of people: what each answer counts as, one by one or very many at once."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from operator import attrgetter

import numpy as np

from harken.model import Round
from harken.services.counting.readings import COUNTING, UNDECIDED, Basis, Reader, Reading, Vote
from harken.services.counting.rows import Rows
from harken.storage import tables
from harken.storage.counted import keeping, sets, sources
from harken.storage.counted.keeping import Known, Occasion
from harken.storage.counted.sets import Flags, Ids, Key, Place, UnitSets
from harken.storage.store import Store
from harken.storage.tables import DecisionRow

ANSWERED, UNDECIDED_ANSWERS, CODABLE = "answered", "undecided", "codable"
OPEN, SEVERAL, UNCOUNTED = "open", "several", "uncounted"
"""Answers on which coders differ; that several decided; undecided although coders decided them."""
UNDECIDED_BY_VOTE, CODABLE_BY_VOTE = "undecided-by-vote", "codable-by-vote"
"""Answers that are undecided, or codable, by every coder's vote and not by default, or the reverse."""
CODE, NOT_BY_ALL, NOT_BY_ANY = "code", "code-all", "code-any"
"""A code as it counts; where what all coders said, or any of them, is not that."""
OFF = "off"
"""A code applied to a question where the codebook does not allow it; it is set aside."""
_AT_ONCE = 2_000
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledPeople:
    """Everybody, and the people with each value of a column."""

    sets: UnitSets
    kept_columns: tuple[str, ...]
    """Columns of which each value has a set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The sets of all people, by question and occasion."""

    people: SettledPeople
    units: Mapping[Place, UnitSets]
    known: Known
    ties: tuple[SettledAnswer, ...] = ()
    """Answers of which half of the coders said a code (basis majority only)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledAnswer:
    """One response with the sets that its participant belongs to; none where it is no answer."""

    response_id: int
    place: Place
    person: int
    n_words: int
    keys: tuple[Key, ...]
    tied: int = 0
    """Mask of the codes that exactly half of the coders said."""


@dataclass(kw_only=True)
class Settler:
    """Settles answers by one basis and the codebook as it is."""

    store: Store
    rows: Rows
    rounds: Sequence[Round]
    basis: Basis
    question_names: Mapping[int, str]
    _masks: dict[str, int] = field(default_factory=lambda: {"": 0})
    _allowed: dict[str, int] = field(default_factory=dict)

    def settle(self, response_ids: Sequence[int]) -> Iterator[SettledAnswer]:
        """These responses, each from all that was decided on it."""
        for start in range(0, len(response_ids), _AT_ONCE):
            ids = response_ids[start : start + _AT_ONCE]
            reader = Reader(self.basis, self.rounds, tables.first_orders(self.store, ids))
            decided = {
                id: list(rows)
                for id, rows in groupby(tables.decisions_on(self.store, ids), attrgetter("response_id"))
            }
            for answer in sources.answers_of(self.store.connection, ids):
                keys: tuple[Key, ...] = ()
                tied = 0
                if answer.is_answered:
                    rows = decided.get(answer.response_id, [])
                    reading, off = self._read(reader, self.question_names[answer.question_id], rows)
                    keys, tied = tuple(self._keys(reading, off)), reading.tied
                yield SettledAnswer(
                    response_id=answer.response_id,
                    place=(answer.question_id, answer.occasion),
                    person=answer.participant_id,
                    n_words=answer.n_words if answer.is_answered else 0,
                    keys=keys,
                    tied=tied,
                )

    def _read(self, reader: Reader, question: str, decided: Sequence[DecisionRow]) -> tuple[Reading, int]:
        if question not in self._allowed:
            self._allowed[question] = self.rows.allowed_at(question)
        allowed = self._allowed[question]
        votes, off = [], 0
        for row in decided:
            codes = self._mask(row.code_ids)
            off |= codes & ~allowed
            votes.append(Vote(row, codes & allowed))
        return (reader.read(votes) if votes else UNDECIDED), off

    def _mask(self, code_ids: str) -> int:
        if code_ids not in self._masks:
            bits = (self.rows.bit_of_id.get(id, 0) for id in code_ids.split(","))
            self._masks[code_ids] = sum(set(bits))
        return self._masks[code_ids]

    def _keys(self, reading: Reading, off: int) -> Iterator[Key]:
        codable = reading.is_decided and reading.is_codable
        for kind, belongs in (
            (ANSWERED, True),
            (UNDECIDED_ANSWERS, not reading.is_decided),
            (CODABLE, codable),
            (OPEN, reading.is_open),
            (SEVERAL, reading.n_coders > 1),
            (UNCOUNTED, not reading.is_decided and reading.n_coders > 0),
            (UNDECIDED_BY_VOTE, reading.has_ballot != reading.is_decided),
            (CODABLE_BY_VOTE, reading.has_codable_ballot != codable),
        ):
            if belongs:
                yield Key(kind, "")
        for kind, mask in (
            (CODE, reading.codes),
            (NOT_BY_ALL, reading.codes ^ reading.all_codes),
            (NOT_BY_ANY, reading.codes ^ reading.any_codes),
            (OFF, off),
        ):
            while mask:
                bit = mask & -mask
                mask ^= bit
                yield Key(kind, self.rows.ids[bit.bit_length() - 1])

    @cached_property
    def codes(self) -> dict[str, tuple[str, ...]]:
        """What of each living code decides what counts."""
        return describe_codes(self.rows, keeping.merged_codes(self.store.connection))

    # -- very many at once

    def settle_all(self, *, columns: Sequence[str], progress: Progress | None = None) -> Settled:
        """Every response: those with one plain decision set by set, the others one by one."""
        connection = self.store.connection
        last_response, last_participant = sources.last_ids(connection)
        n_bytes = sets.n_bytes_for(last_participant)

        def tell(share: float) -> None:
            if progress:
                progress("answers", share)

        answers = sources.all_answers(connection, progress=lambda share: tell(0.5 * share))
        plain_rounds = [round.name for round in self.rounds if round.kind in COUNTING]
        decided = sources.all_decided(connection, rounds=plain_rounds, coder=self.basis.coder)
        tell(0.6)
        row_of = np.full(last_response + 1, -1, dtype=np.int64)
        row_of[answers.response_id] = np.arange(len(answers.response_id))
        members = _Members(answers.occasion, answers.participant_id, len(answers.occasions))
        is_plain = np.zeros(len(answers.response_id), dtype=np.bool_)
        is_plain[row_of[decided.plain]] = True
        is_plain &= answers.is_answered
        is_codable = is_plain.copy()
        is_codable[row_of[decided.plain[decided.is_uncodable]]] = False
        is_other = np.zeros_like(is_plain)
        is_other[row_of[decided.other]] = True
        is_other &= answers.is_answered
        members.add(Key(ANSWERED, ""), answers.is_answered & ~is_other)
        members.add(Key(UNDECIDED_ANSWERS, ""), answers.is_answered & ~is_plain & ~is_other)
        members.add(Key(CODABLE, ""), is_codable)
        names = [self.question_names[one.question_id] for one in answers.occasions]
        for at, (id, entry) in enumerate(zip(self.rows.ids, self.rows.entries, strict=True)):
            rows = row_of[sources.responses_with(connection, id)]
            rows = rows[is_plain[rows]]
            allowed = np.array([entry.applies_to(name) for name in names], dtype=np.bool_)
            is_allowed = allowed[answers.occasion[rows]]
            members.add_rows(Key(CODE, id), rows[is_allowed])
            members.add_rows(Key(OFF, id), rows[~is_allowed])
            tell(0.6 + 0.2 * at / len(self.rows.ids))
        ties = self._settle_others(answers.response_id[is_other].tolist(), members, answers.occasions, tell)
        units = members.as_sets(n_bytes, np.where(answers.is_answered, answers.n_words, 0))
        people, kept = sources.people_sets(connection, columns, n_bytes)
        tell(1.0)
        return Settled(
            people=SettledPeople(sets=people, kept_columns=kept),
            units={
                (one.question_id, one.occasion): unit
                for one, unit in zip(answers.occasions, units, strict=True)
            },
            known=Known(
                last_response=last_response,
                last_participant=last_participant,
                occasions=answers.occasions,
                rounds=keeping.describe_rounds(self.rounds),
                codes=self.codes,
                columns=tuple(columns),
                kept_columns=kept,
            ),
            ties=tuple(ties),
        )

    def _settle_others(
        self,
        response_ids: Sequence[int],
        members: _Members,
        occasions: Sequence[Occasion],
        tell: Callable[[float], None],
    ) -> list[SettledAnswer]:
        number = {(one.question_id, one.occasion): at for at, one in enumerate(occasions)}
        ties = []
        for done, answer in enumerate(self.settle(response_ids)):
            for key in answer.keys:
                members.add_person(number[answer.place], key, answer.person)
            if answer.tied:
                ties.append(answer)
            if done % _AT_ONCE == 0:
                tell(0.8 + 0.2 * done / len(response_ids))
        return ties


class _Members:
    """People of each set as they are found, by question and occasion."""

    def __init__(self, occasion: Ids, person: Ids, n_occasions: int) -> None:
        self._occasion = occasion
        self._person = person
        self._found: list[dict[Key, list[Ids]]] = [defaultdict(list) for _ in range(n_occasions)]
        self._single: list[dict[Key, list[int]]] = [defaultdict(list) for _ in range(n_occasions)]

    def add(self, key: Key, flags: Flags) -> None:
        self.add_rows(key, np.flatnonzero(flags))

    def add_rows(self, key: Key, rows: Ids) -> None:
        for at, part in self._by_occasion(rows):
            self._found[at][key].append(self._person[part])

    def add_person(self, at: int, key: Key, person: int) -> None:
        self._single[at][key].append(person)

    def _by_occasion(self, rows: Ids) -> Iterator[tuple[int, Ids]]:
        if not len(rows):
            return
        occasions = self._occasion[rows]
        if len(self._found) == 1:
            yield 0, rows
            return
        order = np.argsort(occasions, kind="stable")
        ends = np.cumsum(np.bincount(occasions, minlength=len(self._found)))
        for at, (start, end) in enumerate(zip([0, *ends[:-1]], ends, strict=True)):
            if end > start:
                yield at, rows[order[start:end]]

    def as_sets(self, n_bytes: int, n_words: Ids) -> list[UnitSets]:
        for at, found in enumerate(self._single):
            for key, people in found.items():
                self._found[at][key].append(np.array(people, dtype=np.int64))
        units = [
            UnitSets(
                n_bytes,
                {key: sets.as_bits(np.concatenate(people), n_bytes) for key, people in found.items()},
            )
            for found in self._found
        ]
        for at, rows in self._by_occasion(np.flatnonzero(n_words)):
            units[at].words = np.zeros(n_bytes * 8, dtype=np.uint32)
            units[at].words[self._person[rows]] = n_words[rows]
        return units


def describe_codes(rows: Rows, merged: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Each living code's id with the questions that it is limited to and the codes that went into it."""
    return {
        id: (json.dumps(sorted(entry.questions)), *merged.get(id, ()))
        for id, entry in zip(rows.ids, rows.entries, strict=True)
    }
