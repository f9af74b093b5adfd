"""Keeping the stored sets of people true to the decisions, and taking them as they have to be now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from harken.services.counting.readings import Basis, Rule
from harken.services.counting.rows import rows_of
from harken.services.counting.settling import (
    Progress,
    Settled,
    SettledAnswer,
    SettledPeople,
    Settler,
)
from harken.storage import study, survey
from harken.storage.codebooks import stored_codebook
from harken.storage.counted import keeping, sets, sources
from harken.storage.counted.keeping import BLOCK, Known, Occasion
from harken.storage.counted.sets import OF_PEOPLE, Place, UnitSets
from harken.storage.store import Store

STORED_RULES = (Rule.DEFAULT, Rule.ANY, Rule.ALL)
"""Bases that the stored sets hold; the others are counted from the decisions each time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """What the stored sets do not know."""

    known: Known
    responses: tuple[int, ...]
    has_new_people: bool

    @property
    def is_nothing(self) -> bool:
        return not self.responses and not self.has_new_people


def settler_for(store: Store, basis: Basis) -> Settler:
    """Settles answers by this basis, with the codebook and rounds as they are."""
    return Settler(
        store=store,
        rows=rows_of(stored_codebook(store)),
        rounds=study.rounds(store),
        basis=basis,
        question_names={question.id: question.name for question in survey.questions(store)},
    )


def personal_columns(store: Store) -> tuple[str, ...]:
    """Columns that hold one value for a whole person."""
    return tuple(variable.name for variable in survey.variables(store) if not variable.per_response)


def missed(store: Store, settler: Settler) -> Missed | None:
    """What happened since the sets were made; None where they are of no use: all has to be made anew."""
    known = keeping.known(store.connection)
    if known is None or known.rounds != keeping.describe_rounds(settler.rounds)[: len(known.rounds)]:
        return None
    codes = settler.codes
    changed = [id for id in {*known.codes, *codes} if known.codes.get(id) != codes.get(id)]
    responses = keeping.stale_responses(store.connection, known, changed)
    if len(responses) > keeping.MOST_READ_ANEW:
        return None
    _, last_participant = sources.last_ids(store.connection)
    return Missed(
        known=known,
        responses=tuple(responses),
        has_new_people=last_participant > known.last_participant or personal_columns(store) != known.columns,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """How the stored sets stand to the decisions at one moment."""

    settler: Settler
    """By the default basis."""
    missed: Missed | None
    """None where the sets are of no use."""

    @property
    def is_current(self) -> bool:
        return (
            self.missed is not None
            and self.missed.is_nothing
            and self.missed.known.rounds == keeping.describe_rounds(self.settler.rounds)
            and self.missed.known.codes == self.settler.codes
        )


def look(store: Store) -> News:
    """How the stored sets stand to the decisions now."""
    settler = settler_for(store, Basis())
    return News(settler=settler, missed=missed(store, settler))


@contextmanager
def counting(store: Store, *, is_kept: bool = True, progress: Progress | None = None) -> Iterator[News]:
    """Several reads of one moment at which the stored sets are current, where the file can be written.

    `is_kept` says that what is to be counted is kept in them at all.
    """
    if is_kept and not store.is_read_only and not store.connection.in_transaction:
        with store.snapshot():
            news = look(store)
            if news.is_current:
                yield news
                return
        bring_up_to_date(store, progress=progress)
    with store.snapshot():
        yield look(store)


def bring_up_to_date(store: Store, *, progress: Progress | None = None) -> None:
    """Let the stored sets know all that was decided, where the file can be written at this moment.

    Where it cannot, or somebody else writes, nothing is lost: tables are then counted in memory.
    """
    if store.is_read_only or store.connection.in_transaction:
        return
    with store.snapshot():
        news = look(store)
    if news.missed is None:
        _make_anew(store, progress=progress)
    elif not news.is_current:
        with keeping.upkeep(store) as is_ours:
            if is_ours:
                _read_anew(store)


def _make_anew(store: Store, *, progress: Progress | None) -> None:
    """Others may go on deciding meanwhile: what they do is noted, and read anew afterwards."""
    with keeping.upkeep(store) as is_ours:
        if not is_ours:
            return
        token = keeping.begin(store.connection)
    with store.snapshot():
        settled = settler_for(store, Basis()).settle_all(columns=personal_columns(store), progress=progress)
    with keeping.upkeep(store) as is_ours:
        if is_ours and keeping.is_begun(store.connection, token):
            sets.replace_all(store.connection, {OF_PEOPLE: settled.people.sets, **settled.units})
            keeping.note_known(store.connection, settled.known)


def _read_anew(store: Store) -> None:
    settler = settler_for(store, Basis())
    news = missed(store, settler)
    if news is None:
        return  # somebody took the sets away in between
    connection = store.connection
    blocks: dict[tuple[Place, int], list[SettledAnswer]] = defaultdict(list)
    known = news.known
    for answer in settler.settle(news.responses):
        blocks[answer.place, answer.person // BLOCK].append(answer)
        known = _with_occasion(known, answer)
    for (place, block), answers in blocks.items():
        unit = sets.load_block(connection, place, block)
        _put(unit, answers, first=block * BLOCK)
        sets.replace_block(connection, place, block, unit)
    last_response, last_participant = sources.last_ids(connection)
    columns = personal_columns(store)
    if news.has_new_people:
        people, kept = sources.people_sets(connection, columns, sets.n_bytes_for(last_participant))
        sets.replace_unit(connection, OF_PEOPLE, people)
        known = replace(known, kept_columns=kept)
    keeping.note_known(
        connection,
        replace(
            known,
            last_response=last_response,
            last_participant=last_participant,
            rounds=keeping.describe_rounds(settler.rounds),
            codes=settler.codes,
            columns=columns,
        ),
    )
    keeping.note_read(connection)


def _put(unit: UnitSets, answers: Sequence[SettledAnswer], *, first: int = 0) -> None:
    for answer in answers:
        unit.clear(answer.person - first)
        unit.put(answer.person - first, answer.keys, answer.n_words)


def _with_occasion(known: Known, answer: SettledAnswer) -> Known:
    if any((one.question_id, one.occasion) == answer.place for one in known.occasions):
        return known
    question, occasion = answer.place
    new = Occasion(question_id=question, occasion=occasion, first_response=answer.response_id)
    return replace(known, occasions=(*known.occasions, new))


def current_sets(
    store: Store,
    basis: Basis,
    news: News,
    *,
    question_ids: Collection[int] = (),
    progress: Progress | None = None,
) -> Settled:
    """The sets by this basis as they are at this moment, of these questions (none: all)."""
    is_kept = basis.rule in STORED_RULES
    if news.missed is None or not is_kept:
        settler = replace(news.settler, basis=Basis() if is_kept else basis)
        return settler.settle_all(columns=personal_columns(store), progress=progress)
    _, last_participant = sources.last_ids(store.connection)
    n_bytes = sets.n_bytes_for(last_participant)
    known = news.missed.known
    anew: dict[Place, list[SettledAnswer]] = defaultdict(list)
    for answer in news.settler.settle(news.missed.responses):
        anew[answer.place].append(answer)
        known = _with_occasion(known, answer)
    units = {}
    for one in known.occasions:
        if not question_ids or one.question_id in question_ids:
            place = one.question_id, one.occasion
            units[place] = sets.load(store.connection, place, n_bytes)
            _put(units[place], anew[place])
    people = _people(store, known, is_current=not news.missed.has_new_people)
    return Settled(people=people, units=units, known=known)


def current_people(store: Store) -> SettledPeople:
    """The sets about people as they are at this moment."""
    known = keeping.known(store.connection)
    _, last_participant = sources.last_ids(store.connection)
    is_current = (
        known is not None
        and known.last_participant == last_participant
        and known.columns == personal_columns(store)
    )
    return _people(store, known, is_current=is_current)


def _people(store: Store, known: Known | None, *, is_current: bool) -> SettledPeople:
    _, last_participant = sources.last_ids(store.connection)
    n_bytes = sets.n_bytes_for(last_participant)
    if known is not None and is_current:
        stored = sets.load(store.connection, OF_PEOPLE, n_bytes)
        return SettledPeople(sets=stored, kept_columns=known.kept_columns)
    made, kept = sources.people_sets(store.connection, personal_columns(store), n_bytes)
    return SettledPeople(sets=made, kept_columns=kept)
