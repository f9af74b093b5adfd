"""Everybody's decisions as columns: what statistics read of very many of them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from harken.model import CONSENSUS, DecisionState
from harken.storage.schema import CODABLE
from harken.storage.store import Store

IMPORTED = "codings.imported"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionColumns:
    """Decisions of people by response, round and coder, an entry each in every column.

    `round`, `coder`, `codebook` and `codes` are places in the tuples at the end, which hold each value once;
    a codebook is the id of its latest change at the time.
    """

    response_id: array[int]
    participant_id: array[int]
    question_id: array[int]
    round: array[int]
    coder: array[int]
    codebook: array[int]
    codes: array[int]
    is_uncodable: bytearray
    rounds: tuple[str, ...]
    coders: tuple[str, ...]
    codebooks: tuple[str, ...]
    code_sets: tuple[frozenset[str], ...]
    """Paths of the codes applied."""
    at: tuple[str, ...]
    """When it was decided; this and what follows are empty unless they were asked for."""
    is_timed: bytearray
    """Whether that is a time of its own, not that of the file in which it came in."""
    journal_order: array[int]
    """Numbers that rise as decisions follow one another in the journal."""


class _Moment(NamedTuple):
    at: str
    event_at: str
    counter: int
    item: int
    event_id: str
    kind: str


def decision_columns(
    store: Store,
    *,
    rounds: Iterable[str] = (),
    coders: Iterable[str] = (),
    questions: Iterable[str] = (),
    with_excluded: bool = False,
    with_times: bool = False,
) -> DecisionColumns:
    """Decisions on answered responses of usable people (or of all), the adjudicated layer left out."""
    conditions = [
        "d.coder <> ?",
        "r.id NOT IN (SELECT response_id FROM non_responses)" if with_excluded else CODABLE,
    ]
    values: list[str] = [CONSENSUS]
    for column, wanted in (("d.round", list(rounds)), ("d.coder", list(coders)), ("q.name", list(questions))):
        if wanted:
            conditions.append(f"{column} IN ({', '.join('?' * len(wanted))})")
            values += wanted
    paths = living_paths(store)
    response_id, participant_id, question_id = array("q"), array("q"), array("q")
    round, coder, codebook, codes = array("i"), array("i"), array("i"), array("i")
    is_uncodable = bytearray()
    round_places: dict[str, int] = {}
    coder_places: dict[str, int] = {}
    codebook_places: dict[str, int] = {}
    set_places: dict[frozenset[str], int] = {}
    place_of_ids: dict[str | None, int] = {}
    uncodable = DecisionState.UNCODABLE.value
    times: list[_Moment] = []
    extra = ", d.at, e.at, e.counter, d.item, e.id, e.kind" if with_times else ""
    events = "JOIN events e ON e.id = d.event_id " if with_times else ""
    for response, person, question, in_round, by, state, version, ids, *when in store.connection.execute(
        "SELECT r.id, r.participant_id, r.question_id, d.round, d.coder, d.state, d.codebook_id, "
        "(SELECT group_concat(DISTINCT g.code_id) FROM codings g "
        " WHERE g.response_id = d.response_id AND g.round = d.round AND g.coder = d.coder)"
        f"{extra} FROM decisions d {events}JOIN responses r ON r.id = d.response_id "
        "JOIN questions q ON q.id = r.question_id "
        f"WHERE {' AND '.join(conditions)} ORDER BY d.response_id, d.round, d.coder",
        values,
    ):
        held = place_of_ids.get(ids)
        if held is None:
            applied = frozenset(paths[id] for id in ids.split(",") if id in paths) if ids else frozenset()
            held = place_of_ids[ids] = set_places.setdefault(applied, len(set_places))
        response_id.append(response)
        participant_id.append(person)
        question_id.append(question)
        round.append(round_places.setdefault(in_round, len(round_places)))
        coder.append(coder_places.setdefault(by, len(coder_places)))
        codebook.append(codebook_places.setdefault(version, len(codebook_places)))
        codes.append(held)
        is_uncodable.append(state == uncodable)
        if when:
            times.append(_Moment(*when))
    return DecisionColumns(
        response_id=response_id,
        participant_id=participant_id,
        question_id=question_id,
        round=round,
        coder=coder,
        codebook=codebook,
        codes=codes,
        is_uncodable=is_uncodable,
        rounds=tuple(round_places),
        coders=tuple(coder_places),
        codebooks=tuple(codebook_places),
        code_sets=tuple(set_places),
        at=tuple(one.at for one in times),
        is_timed=bytearray(not (one.kind == IMPORTED and one.at == one.event_at) for one in times),
        journal_order=_ranks([(one.counter, one.event_at, one.event_id, one.item) for one in times]),
    )


def _ranks(keys: Sequence[tuple[int, str, str, int]]) -> array[int]:
    ranks = array("q", bytes(8 * len(keys)))
    for rank, place in enumerate(sorted(range(len(keys)), key=keys.__getitem__)):
        ranks[place] = rank
    return ranks


def living_paths(store: Store) -> dict[str, str]:
    """The path of every living code by its id."""
    return dict(store.connection.execute("SELECT id, path FROM codes WHERE NOT is_removed").fetchall())
