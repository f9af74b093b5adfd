"""The parts of what is compared that are shown beside the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from harken.services.agreeing.rating.rated import RatedUnits
from harken.services.agreeing.result import SliceKind
from harken.services.grouping import Groups
from harken.stats.ratings import MISSING, BoolArray, IntArray

N_PERIODS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The units of one slice, see `Slice`."""

    kind: SliceKind
    value: str
    rated: RatedUnits
    questions: tuple[str, ...]
    by: str = ""
    since: str = ""
    until: str = ""


def parts_by_question(rated: RatedUnits, questions: tuple[str, ...]) -> Iterator[Part]:
    """Each question, where there are several."""
    if len(questions) < 2:
        return
    for question in questions:
        units = rated.question == rated.rows.questions.index(question)
        yield Part(kind=SliceKind.QUESTION, value=question, rated=rated.select(units), questions=(question,))


def parts_by_round(rated: RatedUnits, rounds: tuple[str, ...], questions: tuple[str, ...]) -> Iterator[Part]:
    """Each round, where there are several."""
    if len(rounds) < 2:
        return
    for name in rounds:
        there = name in rated.rows.rounds
        units = rated.round == (rated.rows.rounds.index(name) if there else len(rated.rows.rounds))
        yield Part(kind=SliceKind.ROUND, value=name, rated=rated.select(units), questions=questions)


def parts_by_group(rated: RatedUnits, groups: Groups, questions: tuple[str, ...]) -> Iterator[Part]:
    """Each group of participants."""
    number = {name: place for place, name in enumerate(groups.names)}
    person = rated.participant
    people, inverse = np.unique(person, return_inverse=True)
    group = np.array([number[groups.of_participant[id]] for id in people.tolist()], dtype=np.int64)[inverse]
    for name, place in number.items():
        yield Part(
            kind=SliceKind.GROUP,
            by=groups.by,
            value=name,
            rated=rated.select(group == place),
            questions=questions,
        )


def parts_by_version(
    rated: RatedUnits, version: Sequence[int] | IntArray, questions: tuple[str, ...]
) -> Iterator[Part]:
    """The decisions under each meaning of the whole codebook; `version` numbers it for `rated.codebook`."""
    numbers = np.append(version, MISSING)[rated.codebook]
    for place, number in enumerate(np.unique(numbers[numbers != MISSING]).tolist(), start=1):
        decisions = numbers == number
        since, until = _first_and_last(rated, decisions)
        yield Part(
            kind=SliceKind.VERSION,
            value=str(place),
            rated=rated.keep(decisions),
            questions=questions,
            since=since,
            until=until,
        )


def parts_by_discussion(before: RatedUnits, after: RatedUnits, questions: tuple[str, ...]) -> Iterator[Part]:
    """What was decided before any discussion, and what stands now, each over all units."""
    for value, rated in (("before", before), ("after", after)):
        yield Part(kind=SliceKind.DISCUSSION, value=value, rated=rated, questions=questions)


def parts_by_suggestions(rated: RatedUnits, questions: tuple[str, ...]) -> Iterator[Part]:
    """Units where a coder was shown a suggestion, and the others."""
    shown = np.asarray(rated.is_suggested.any(axis=1))
    for value, units in (("shown", shown), ("hidden", ~shown)):
        yield Part(kind=SliceKind.SUGGESTIONS, value=value, rated=rated.select(units), questions=questions)


def parts_by_period(rated: RatedUnits, questions: tuple[str, ...]) -> Iterator[Part]:
    """Fifths of each round in the order in which units got their second decision.

    Units whose decisions came in with a file that says no times are in none of them.
    """
    timed = _second_times(rated)
    rounds = np.unique(rated.round).tolist()
    for round in rounds:
        units = np.array([unit for unit in timed if rated.round[unit] == round], dtype=np.int64)
        if len({timed[unit] for unit in units.tolist()}) < 2:
            continue
        name = "" if len(rounds) == 1 else f"{rated.named(units[:1])[0].round} "
        order = sorted(units.tolist(), key=lambda unit: (timed[unit], unit))
        for place, fifth in enumerate(np.array_split(order, N_PERIODS), start=1):
            if not len(fifth):
                continue
            yield Part(
                kind=SliceKind.PERIOD,
                value=f"{name}{place}/{N_PERIODS}",
                rated=rated.select(_as_mask(fifth, len(rated.response))),
                questions=questions,
                since=timed[int(fifth[0])],
                until=timed[int(fifth[-1])],
            )


def rounds_without_times(rated: RatedUnits) -> tuple[str, ...]:
    """Rounds with units that two coders decided, but with no times that tell which came later."""
    timed = _second_times(rated)
    times: dict[int, set[str]] = {}
    for unit in np.flatnonzero(rated.n_decided > 1).tolist():
        found = times.setdefault(int(rated.round[unit]), set())
        if unit in timed:
            found.add(timed[unit])
    return tuple(rated.rows.rounds[round] for round, found in sorted(times.items()) if len(found) < 2)


def _second_times(rated: RatedUnits) -> dict[int, str]:
    """When each unit got its second decision, where both have times of their own."""
    found = {}
    for unit in np.flatnonzero(rated.n_decided > 1).tolist():
        rows = rated.row[unit][rated.sets.set_ids[unit] != MISSING]
        timed = sorted(rated.rows.at[rows[rated.rows.is_timed[rows]]].tolist())
        if len(timed) > 1:
            found[unit] = timed[1]
    return found


def _first_and_last(rated: RatedUnits, decisions: BoolArray) -> tuple[str, str]:
    times = rated.rows.at[rated.row[decisions]].tolist()
    return min(times, default=""), max(times, default="")


def _as_mask(places: Sequence[int] | IntArray, length: int) -> BoolArray:
    mask = np.zeros(length, dtype=np.bool_)
    mask[places] = True
    return mask


def parts_by_coder(rated: RatedUnits, questions: tuple[str, ...]) -> Iterator[Part]:
    """Each coder, where coders are compared with themselves: a unit's decisions are one coder's."""
    coder = rated.rows.coder[rated.row.max(axis=1)]
    for place, name in enumerate(rated.rows.coders):
        yield Part(kind=SliceKind.CODER, value=name, rated=rated.select(coder == place), questions=questions)
