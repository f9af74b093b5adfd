"""What coders had decided of an answer before a meeting at which it could be discussed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from harken.model import CONSENSUS, DecisionState
from harken.storage.coding.columns import living_paths
from harken.storage.journal import event_by_id
from harken.storage.projections.coding import items_of, living_codings
from harken.storage.store import Store

_Moment = tuple[int, str, str]
"""Counter, time and id of an event: its place in replay order."""
_Logged = tuple[str, int]
"""Event and item of a decision."""


class DecidedPlace(NamedTuple):
    """Where a coder decides."""

    response_id: int
    round: str
    coder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndependentDecision:
    """A coder's latest decision before the meeting, as projections would have it now."""

    codes: frozenset[str]
    """Paths."""
    is_uncodable: bool
    codebook: str
    """Id of the codebook's latest change at the time."""
    at: str
    is_suggested: bool
    """Whether the coder was shown a suggestion."""


def independent_decisions(
    store: Store, *, rounds: Sequence[str]
) -> dict[DecidedPlace, IndependentDecision | None]:
    """What coders had decided before a meeting, at each place where the standing decision is a later one.

    Only units count that two coders had decided before a meeting; the earliest such meeting is the one. None
    where the coder had decided nothing before it. Empty without a meeting.
    """
    meetings: list[_Moment] = store.connection.execute(
        "SELECT counter, at, id FROM meetings ORDER BY counter, at, id"
    ).fetchall()
    if not meetings:
        return {}
    reversals = _reversals(store)
    found: dict[DecidedPlace, _Logged | None] = {}
    for unit, people in _decided_around(store, meetings[0], rounds).items():
        before = next(
            (standing for meeting in meetings if len(standing := _standing(people, reversals, meeting)) >= 2),
            None,
        )
        if before is None:
            continue
        now = _standing(people, reversals, None)
        found |= {
            DecidedPlace(*unit, coder): before.get(coder)
            for coder, logged in now.items()
            if logged != before.get(coder)
        }
    return _read(store, found)


def _decided_around(
    store: Store, first_meeting: _Moment, rounds: Sequence[str]
) -> Mapping[tuple[int, str], Mapping[str, list[tuple[_Moment, _Logged]]]]:
    """All that was decided of answers on which anybody decided after the first meeting, by unit and coder."""
    marks = ", ".join("?" * len(rounds))
    units: dict[tuple[int, str], dict[str, list[tuple[_Moment, _Logged]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for response, round, coder, item, *moment in store.connection.execute(
        "SELECT l.response_id, l.round, l.coder, l.item, e.counter, e.at, e.id FROM decision_log l "
        f"JOIN events e ON e.id = l.event_id WHERE l.round IN ({marks}) AND l.coder <> ? "
        "AND l.response_id IN (SELECT m.response_id FROM decision_log m JOIN events n ON n.id = m.event_id "
        "WHERE (n.counter, n.at, n.id) > (?, ?, ?)) ORDER BY e.counter, e.at, e.id, l.item",
        (*rounds, CONSENSUS, *first_meeting),
    ):
        counter, at, id = moment
        units[response, round][coder].append(((counter, at, id), (id, item)))
    return units


def _reversals(store: Store) -> Mapping[_Logged, list[tuple[_Moment, bool]]]:
    """For each decision that was ever undone, when it was undone (True) and redone, in order."""
    found: dict[_Logged, list[tuple[_Moment, bool]]] = defaultdict(list)
    for counter, at, id, kind, event, item in store.connection.execute(
        "SELECT counter, at, id, kind, payload ->> 'event', payload ->> 'item' FROM events "
        "WHERE kind IN ('decision.undone', 'decision.redone') ORDER BY counter, at, id"
    ):
        found[event, item].append(((counter, at, id), kind == "decision.undone"))
    return found


def _standing(
    logs: Mapping[str, Sequence[tuple[_Moment, _Logged]]],
    reversals: Mapping[_Logged, Sequence[tuple[_Moment, bool]]],
    until: _Moment | None,
) -> dict[str, _Logged]:
    """The decision of each coder that stood at a moment, or stands now."""

    def stood(moment: _Moment, logged: _Logged) -> bool:
        undone = [is_undone for when, is_undone in reversals.get(logged, ()) if until is None or when < until]
        return (until is None or moment < until) and not (undone and undone[-1])

    found = {}
    for coder, log in logs.items():
        standing = [logged for moment, logged in log if stood(moment, logged)]
        if standing:
            found[coder] = standing[-1]
    return found


def _read(
    store: Store, places: Mapping[DecidedPlace, _Logged | None]
) -> dict[DecidedPlace, IndependentDecision | None]:
    paths = living_paths(store)
    found: dict[DecidedPlace, IndependentDecision | None] = dict.fromkeys(places)
    by_event: dict[str, list[tuple[DecidedPlace, int]]] = defaultdict(list)
    for place, logged in places.items():
        if logged is not None:
            by_event[logged[0]].append((place, logged[1]))
    for id, decided in by_event.items():
        event = event_by_id(store.connection, id)
        items = items_of(event)
        for place, number in decided:
            item = items[number]
            codes = (code for code, *_ in living_codings(store.connection, item))
            found[place] = IndependentDecision(
                codes=frozenset(paths[code] for code in codes if code in paths),
                is_uncodable=item["state"] == DecisionState.UNCODABLE,
                codebook=item["codebook"],
                at=item.get("at") or event.at,
                is_suggested=_is_suggested(item.get("suggestions", ())),
            )
    return found


def _is_suggested(suggestions: Iterable[Mapping[str, Any]]) -> bool:
    return any(one["shown"] for one in suggestions)


def places_with_suggestions(store: Store, *, rounds: Sequence[str]) -> frozenset[DecidedPlace]:
    """Where a decision stands whose coder was shown a suggestion."""
    # Payloads are written without spaces, and no value in them can look like this key.
    events = [
        id
        for (id,) in store.connection.execute(
            "SELECT id FROM events WHERE kind = 'decided' AND instr(payload, '\"shown\":true')"
        )
    ]
    if not events:
        return frozenset()
    marks = ", ".join("?" * len(rounds))
    return frozenset(
        DecidedPlace(*row)
        for row in store.connection.execute(
            "SELECT response_id, round, coder FROM decisions "
            f"WHERE round IN ({marks}) AND event_id IN (SELECT value FROM json_each(?))",
            (*rounds, json.dumps(events)),
        )
    )
