"""Every counted answer in scope with what it counts as, streamed; and the people it is asked of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from harken.errors import unknown_name
from harken.model import CONSENSUS
from harken.services.counting.people import Unit, read_people, read_units
from harken.services.counting.readings import Basis, parse_basis
from harken.services.tracing.settling import UNDECIDED, Ballot, Settled, Settler, paths_of
from harken.storage import study, survey, tables
from harken.storage.codebooks import StoredCodebook
from harken.storage.store import Store
from harken.storage.tables import AnswerRow, DecisionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody in the survey; the group is empty for people who withdrew."""

    id: int
    name: str
    group: str
    exclusion: str
    """Why they are left out, also where the table keeps them; empty for usable people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAnswer:
    """An answered response with the decisions that stand on it and what they come to."""

    response_id: int
    participant_id: int
    unit: int
    n_words: int
    ballots: tuple[Ballot, ...]
    settled: Settled


def read_basis(store: Store, basis: str) -> Basis:
    """The basis that the words name, as theme tables read it."""
    deciding = tables.deciding_coders(store)
    return parse_basis(
        basis,
        known_coders=tuple(dict.fromkeys((*study.coders(store), *deciding))),
        n_deciding_coders=len(set(deciding) - {CONSENSUS}),
    )


def units_in(store: Store, questions: Sequence[str], occasions: Sequence[str] = ()) -> tuple[Unit, ...]:
    """The questions named on the occasions named, or on all; raises for what the survey does not have."""
    units = read_units(store, tuple(questions))
    known = {unit.occasion for unit in units}
    for occasion in occasions:
        if occasion not in known:
            raise unknown_name("occasion", occasion, sorted(known - {""}))
    return tuple(unit for unit in units if not occasions or unit.occasion in occasions)


def everybody(store: Store, *, by: str | None, where: Iterable[tuple[str, str]] = ()) -> tuple[Person, ...]:
    """Everybody in the order of the files whom `where` keeps; who withdrew is in no group."""
    where = tuple(where)
    people = read_people(store, by=by, with_excluded=True, where=where)
    group_of = {id: people.groups[people.group_of[place]] for id, place in people.place.items()}
    return tuple(
        Person(id=one.id, name=one.name, group=group_of.get(one.id, ""), exclusion=one.exclusion)
        for one in survey.participants(store)
        if one.id in group_of or (one.has_withdrawn and not where)
    )


def read_answers(
    store: Store, units: Sequence[Unit], stored: StoredCodebook, basis: Basis
) -> Iterator[ReadAnswer]:
    """Answers to these units by response id, of everybody who did not withdraw."""
    settler = Settler(basis, study.rounds(store))
    number = {(unit.question.id, unit.occasion): at for at, unit in enumerate(units)}
    allowed = [
        frozenset(
            path for path, entry in stored.codebook.entries.items() if entry.applies_to(unit.question.name)
        )
        for unit in units
    ]
    question_ids = sorted({unit.question.id for unit in units})
    firsts = tables.first_orders(store)
    sets: dict[str, frozenset[str]] = {}

    def ballot(row: DecisionRow, at: int) -> Ballot:
        if row.code_ids not in sets:
            sets[row.code_ids] = paths_of(row.code_ids, stored.path_of)
        place = (row.response_id, row.round, row.coder)
        return Ballot(
            round=row.round,
            coder=row.coder,
            is_codable=row.state == "coded",
            codes=sets[row.code_ids] & allowed[at],
            order=row.order,
            first_order=firsts.get(place, row.order),
        )

    for answer, decided in _beside(
        tables.answers(store, question_ids), tables.decision_rows(store, question_ids)
    ):
        at = number.get((answer.question_id, answer.occasion))
        if at is None:
            continue
        ballots = tuple(ballot(row, at) for row in decided)
        yield ReadAnswer(
            response_id=answer.response_id,
            participant_id=answer.participant_id,
            unit=at,
            n_words=answer.n_words,
            ballots=ballots,
            settled=settler.settle(ballots) if ballots else UNDECIDED,
        )


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
