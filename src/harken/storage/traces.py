"""Every decision ever made on some answers, with the events behind: what an audit of a figure reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from harken.model import DecisionState
from harken.storage.journal import Event, event_by_id
from harken.storage.projections.coding import items_of, living_codings
from harken.storage.schema import WHOLE
from harken.storage.store import Store
from harken.storage.tables import Order


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRef:
    """An event of the journal, as outputs name it."""

    id: str
    counter: int
    at: str
    actor: str
    kind: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedDecision:
    """One decision of one coder on one response, whether it stands or a later one took its place."""

    response_id: int
    round: str
    coder: str
    state: DecisionState
    order: Order
    codings: tuple[tuple[str, int | None, int | None], ...]
    """Ids of living codes with their place; None and None for the whole response."""
    event: EventRef
    item: int
    """Its place among what the event brought."""
    codebook: EventRef | None
    """The latest change of the codebook at the time; None before the first one."""
    is_standing: bool
    """Whether it is the coder's decision in this round now."""
    is_undone: bool

    @property
    def at(self) -> str:
        return self.order[0]


def decisions_on(store: Store, response_ids: Iterable[int]) -> dict[int, tuple[LoggedDecision, ...]]:
    """What was ever decided on these responses, by response id, in the order of the journal."""
    connection = store.connection
    events: dict[str, Event] = {}

    def event(id: str) -> Event:
        if id not in events:
            events[id] = event_by_id(connection, id)
        return events[id]

    known = {id for (id,) in connection.execute("SELECT id FROM events WHERE kind LIKE 'code%'")}
    standing = _standing_codings(store, wanted := json.dumps(list(response_ids)))
    found: dict[int, tuple[LoggedDecision, ...]] = {}
    for response, round, coder, event_id, item, is_undone, stands in connection.execute(
        "SELECT l.response_id, l.round, l.coder, l.event_id, l.item, l.is_undone, d.event_id IS NOT NULL "
        "FROM decision_log l JOIN events e ON e.id = l.event_id LEFT JOIN decisions d "
        "ON d.response_id = l.response_id AND d.round = l.round AND d.coder = l.coder "
        "AND d.event_id = l.event_id AND d.item = l.item "
        "WHERE l.response_id IN (SELECT value FROM json_each(?)) "
        "ORDER BY l.response_id, e.counter, e.at, e.id, l.item",
        (wanted,),
    ).fetchall():
        source = event(event_id)
        said = items_of(source)[item]
        codings = standing.get((response, round, coder), ()) if stands else _codings_of(store, said)
        codebook = said["codebook"]
        found[response] = (
            *found.get(response, ()),
            LoggedDecision(
                response_id=response,
                round=round,
                coder=coder,
                state=DecisionState(said["state"]),
                order=(said.get("at") or source.at, source.counter, item),
                codings=codings,
                event=_ref(source),
                item=item,
                codebook=_ref(event(codebook)) if codebook in known else None,
                is_standing=bool(stands),
                is_undone=bool(is_undone),
            ),
        )
    return found


def latest_codebook_event(store: Store) -> EventRef | None:
    """The event that last changed the codebook; None before the first."""
    row = store.connection.execute(
        "SELECT e.id FROM settings s JOIN events e ON e.id = s.value WHERE s.name = 'codebook_version'"
    ).fetchone()
    return _ref(event_by_id(store.connection, row[0])) if row else None


def _ref(event: Event) -> EventRef:
    return EventRef(
        id=event.id,
        counter=event.counter,
        at=event.at,
        actor=event.actor,
        kind=event.kind,
        hash=event.hash,
    )


def _standing_codings(
    store: Store, response_ids: str
) -> dict[tuple[int, str, str], tuple[tuple[str, int | None, int | None], ...]]:
    found: dict[tuple[int, str, str], tuple[tuple[str, int | None, int | None], ...]] = {}
    for response, round, coder, code, start, end in store.connection.execute(
        'SELECT response_id, round, coder, code_id, start, "end" FROM codings '
        "WHERE response_id IN (SELECT value FROM json_each(?)) "
        'ORDER BY response_id, round, coder, start, "end", code_id',
        (response_ids,),
    ):
        place = (response, round, coder)
        found[place] = (*found.get(place, ()), _coding(code, start, end))
    return found


def _codings_of(store: Store, item: Mapping[str, Any]) -> tuple[tuple[str, int | None, int | None], ...]:
    return tuple(
        _coding(id, *(place or (WHOLE, WHOLE))) for id, *place in living_codings(store.connection, item)
    )


def _coding(id: str, *place: int) -> tuple[str, int | None, int | None]:
    start, end = place
    return (id, None, None) if start == WHOLE else (id, start, end)


def codings_of_places(
    store: Store, places: Sequence[tuple[int, str, str]]
) -> dict[tuple[int, str, str], tuple[tuple[str, int | None, int | None], ...]]:
    """The codings that stand for (response id, round, coder), ids of codes with their places."""
    found = _standing_codings(store, json.dumps(sorted({response for response, *_ in places})))
    return {place: found.get(place, ()) for place in places}
