"""Reading everybody's decisions, for statistics, export and progress."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from harken.model import CONSENSUS, CodingRow, DecisionState
from harken.storage.coding.columns import IMPORTED
from harken.storage.schema import CODABLE
from harken.storage.store import Store


class DecidedResponse(NamedTuple):
    """One coder's decision as statistics read it."""

    response_id: int
    participant_id: int
    question_id: int
    occasion: str
    round: str
    coder: str
    state: DecisionState
    codes: tuple[str, ...]
    """Paths of the codes applied, each once, sorted."""
    at: str


class Origins(NamedTuple):
    """When and how decisions were made."""

    first_day: str
    """Empty, as `last_day`, where every decision came in with a file that says no times of its own."""
    last_day: str
    n_imported: int
    """Came in with a file, so that nothing is known of how they were made."""


def decisions(
    store: Store,
    *,
    rounds: Iterable[str] = (),
    coders: Iterable[str] = (),
    questions: Iterable[str] = (),
    with_excluded: bool = False,
) -> Iterator[DecidedResponse]:
    """Decisions on answered responses of usable people (or of all), by response, round and coder."""
    conditions = ["r.id NOT IN (SELECT response_id FROM non_responses)" if with_excluded else CODABLE]
    values: list[str] = []
    for column, wanted in (("d.round", list(rounds)), ("d.coder", list(coders)), ("q.name", list(questions))):
        if wanted:
            conditions.append(f"{column} IN ({', '.join('?' * len(wanted))})")
            values += wanted
    paths = dict(store.connection.execute("SELECT id, path FROM codes WHERE NOT is_removed").fetchall())
    for id, person, question, occasion, round, coder, state, at, ids in store.connection.execute(
        "SELECT r.id, r.participant_id, r.question_id, r.occasion, d.round, d.coder, d.state, d.at, "
        "(SELECT group_concat(DISTINCT g.code_id) FROM codings g "
        " WHERE g.response_id = d.response_id AND g.round = d.round AND g.coder = d.coder) "
        "FROM decisions d JOIN responses r ON r.id = d.response_id JOIN questions q ON q.id = r.question_id "
        f"WHERE {' AND '.join(conditions)} ORDER BY d.response_id, d.round, d.coder",
        values,
    ):
        codes = tuple(sorted(paths[code] for code in ids.split(",") if code in paths)) if ids else ()
        yield DecidedResponse(id, person, question, occasion, round, coder, DecisionState(state), codes, at)


def coding_rows(store: Store) -> Iterator[CodingRow]:
    """The rows of the codings file, sorted as it is."""
    for row in store.connection.execute("SELECT * FROM v_codings"):
        participant, question, occasion, round, coder, code, start, end, state, unsure, memo, at = row
        yield CodingRow(
            participant=participant,
            question=question,
            occasion=occasion,
            round=round,
            coder=coder,
            code=code,
            start=start,
            end=end,
            state=DecisionState(state),
            unsure=unsure == "yes",
            memo=memo,
            at=at,
        )


def progress(store: Store) -> list[tuple[str, str, int]]:
    """Coder, round and number of decisions on responses that count, the adjudicated layer left out."""
    return store.connection.execute(
        "SELECT d.coder, d.round, count(*) FROM decisions d JOIN responses r ON r.id = d.response_id "
        f"WHERE {CODABLE} AND d.coder <> ? GROUP BY d.coder, d.round ORDER BY d.round, d.coder",
        (CONSENSUS,),
    ).fetchall()


def origins(store: Store, *, rounds: Iterable[str], coders: Iterable[str]) -> Origins:
    """Where the standing decisions of these coders in these rounds come from."""
    names, people = list(rounds), list(coders)
    first, last, n_imported = store.connection.execute(
        "WITH files AS MATERIALIZED (SELECT id, at FROM events WHERE kind = ?) "
        "SELECT min(d.at) FILTER (WHERE f.at IS NOT d.at), max(d.at) FILTER (WHERE f.at IS NOT d.at), "
        "count(f.id) FROM decisions d LEFT JOIN files f ON f.id = d.event_id "
        f"WHERE d.round IN ({', '.join('?' * len(names))}) AND d.coder IN ({', '.join('?' * len(people))})",
        (IMPORTED, *names, *people),
    ).fetchone()
    return Origins((first or "")[:10], (last or "")[:10], n_imported)


def n_settled(store: Store) -> int:
    """Responses that count and have a decision in the adjudicated layer."""
    (n,) = store.connection.execute(
        "SELECT count(DISTINCT r.id) FROM decisions d JOIN responses r ON r.id = d.response_id "
        f"WHERE {CODABLE} AND d.coder = ?",
        (CONSENSUS,),
    ).fetchone()
    return int(n)
