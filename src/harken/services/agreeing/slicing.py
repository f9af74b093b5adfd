"""The parts of what is compared that are shown beside the whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from harken.services.agreeing.rated import RatedUnits
from harken.services.agreeing.result import SliceKind
from harken.services.grouping import Groups


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
