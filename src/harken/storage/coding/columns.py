"""Everybody's decisions as columns: what statistics read of very many of them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from harken.model import CONSENSUS, DecisionState
from harken.storage.schema import CODABLE
from harken.storage.store import Store

IMPORTED = "codings.imported"
_ROWS_AT_ONCE = 5_000


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


class _Places(dict[Any, int]):
    """The place of each value among the distinct ones, in the order in which they are asked for."""

    def __missing__(self, value: Any) -> int:
        self[value] = len(self)
        return self[value]


class _CodeSets(dict[str | None, int]):
    """The place of the set of codes whose ids stand in a text."""

    def __init__(self, paths: Mapping[str, str]) -> None:
        super().__init__()
        self.paths = paths
        self.places = _Places()

    def __missing__(self, ids: str | None) -> int:
        codes = frozenset(self.paths[id] for id in (ids or "").split(",") if id in self.paths)
        self[ids] = self.places[codes]
        return self[ids]


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
    ids, people, asked = array("q"), array("q"), array("q")
    rounds_of, coders_of, codebooks_of, sets_of = array("i"), array("i"), array("i"), array("i")
    round_places, coder_places, codebook_places = _Places(), _Places(), _Places()
    sets = _CodeSets(living_paths(store))
    is_uncodable = bytearray()
    times: list[_Moment] = []
    extra = ", d.at, e.at, e.counter, d.item, e.id, e.kind" if with_times else ""
    events = "JOIN events e ON e.id = d.event_id " if with_times else ""
    cursor = store.connection.execute(
        "SELECT r.id, r.participant_id, r.question_id, d.round, d.coder, d.codebook_id, d.state = ?, "
        "(SELECT group_concat(DISTINCT g.code_id) FROM codings g "
        " WHERE g.response_id = d.response_id AND g.round = d.round AND g.coder = d.coder)"
        f"{extra} FROM decisions d {events}JOIN responses r ON r.id = d.response_id "
        "JOIN questions q ON q.id = r.question_id "
        f"WHERE {' AND '.join(conditions)} ORDER BY d.response_id, d.round, d.coder",
        [DecisionState.UNCODABLE.value, *values],
    )
    while rows := cursor.fetchmany(_ROWS_AT_ONCE):
        response, person, question, round, coder, codebook, uncodable, code_ids, *when = zip(
            *rows, strict=True
        )
        ids.extend(response)
        people.extend(person)
        asked.extend(question)
        rounds_of.extend(map(round_places.__getitem__, round))
        coders_of.extend(map(coder_places.__getitem__, coder))
        codebooks_of.extend(map(codebook_places.__getitem__, codebook))
        is_uncodable.extend(uncodable)
        sets_of.extend(map(sets.__getitem__, code_ids))
        times += map(_Moment._make, zip(*when, strict=True))
    return DecisionColumns(
        response_id=ids,
        participant_id=people,
        question_id=asked,
        round=rounds_of,
        coder=coders_of,
        codebook=codebooks_of,
        codes=sets_of,
        is_uncodable=is_uncodable,
        rounds=tuple(round_places),
        coders=tuple(coder_places),
        codebooks=tuple(codebook_places),
        code_sets=tuple(sets.places),
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
