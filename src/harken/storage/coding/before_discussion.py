"""What coders had decided of an answer before they could discuss it: at a meeting, or by its adjudication."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from harken.model import CONSENSUS, DecisionState
from harken.storage import study
from harken.storage.coding.columns import living_paths
from harken.storage.journal import event_by_id
from harken.storage.projections.coding import items_of, living_codings
from harken.storage.store import Store

_Moment = tuple[int, str, str]
"""Counter, time and id of an event: its place in replay order."""
_Logged = tuple[str, int]
"""Event and item of a decision."""
_Logs = Mapping[str, Sequence[tuple[_Moment, _Logged]]]
"""By coder, all that they decided of one answer in one round, in order."""
_Reversals = Mapping[_Logged, Sequence[tuple[_Moment, bool]]]
"""For each decision that was ever undone, when it was undone (True) and redone, in order."""


class DecidedPlace(NamedTuple):
    """Where a coder decides."""

    response_id: int
    round: str
    coder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndependentDecision:
    """A coder's latest decision before the discussion, as projections would have it now."""

    codes: frozenset[str]
    """Paths."""
    is_uncodable: bool
    codebook: str
    """Id of the codebook's latest change at the time."""
    at: str
    is_suggested: bool
    """Whether the coder was shown a suggestion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Discussions:
    """When answers could be discussed: every answer at a meeting, and each when it was adjudicated."""

    meetings: Sequence[_Moment]
    adjudications: Mapping[int, Sequence[_Moment]]
    """By response; none where nobody decided anything after it."""

    def of(self, response_id: int) -> Sequence[_Moment]:
        adjudications = self.adjudications.get(response_id)
        return sorted([*self.meetings, *adjudications]) if adjudications else self.meetings


def independent_decisions(
    store: Store, *, rounds: Sequence[str]
) -> dict[DecidedPlace, IndependentDecision | None]:
    """What coders had decided before a discussion, at each place where the standing decision is a later one.

    A discussion of a unit is a meeting, or a decision of the adjudicated layer on the answer in any round and
    even if it was undone, by which two coders had decided the unit; the earliest is the one. None where the
    coder had decided nothing before it; but in a blind round, which hides the adjudicated layer until one has
    decided, a coder's first decision is independent of that. A first decision that came in with a file
    counts: it was made before the file came, and nobody knows when. Empty without a discussion.
    """
    discussions = _discussions(store, rounds)
    if not (discussions.meetings or discussions.adjudications):
        return {}
    reversals = _reversals(store)
    blind = {one.name for one in study.rounds(store) if one.is_blind}
    imports = {
        id for (id,) in store.connection.execute("SELECT id FROM events WHERE kind = 'codings.imported'")
    }
    found: dict[DecidedPlace, _Logged | None] = {}
    for unit, people in _decided_around(store, discussions, rounds).items():
        response_id, round = unit
        moments = discussions.of(response_id)
        at = ((moment, _standing(people, reversals, moment)) for moment in moments)
        first = next(((moment, before) for moment, before in at if len(before) >= 2), None)
        if first is None:
            continue
        moment, before = first
        if round in blind:
            until = next((meeting for meeting in discussions.meetings if meeting >= moment), None)
            before = _first_of_each(people, reversals, until) | before
        firsts = _first_of_each(people, reversals, None)
        before = {coder: one for coder, one in firsts.items() if one[0] in imports} | before
        now = _standing(people, reversals, None)
        found |= {
            DecidedPlace(*unit, coder): before.get(coder)
            for coder, logged in now.items()
            if logged != before.get(coder)
        }
    return _read(store, found)


def _discussions(store: Store, rounds: Sequence[str]) -> _Discussions:
    marks = ", ".join("?" * len(rounds))
    adjudications: dict[int, list[_Moment]] = defaultdict(list)
    for response_id, *moment in store.connection.execute(
        "SELECT l.response_id, e.counter, e.at, e.id FROM decision_log l JOIN events e ON e.id = l.event_id "
        "WHERE l.coder = ? AND EXISTS (SELECT 1 FROM decision_log m JOIN events n ON n.id = m.event_id "
        f"WHERE m.response_id = l.response_id AND m.round IN ({marks}) AND m.coder <> ? "
        "AND (n.counter, n.at, n.id) > (e.counter, e.at, e.id))",
        (CONSENSUS, *rounds, CONSENSUS),
    ):
        counter, at, id = moment
        adjudications[response_id].append((counter, at, id))
    return _Discussions(
        meetings=store.connection.execute(
            "SELECT counter, at, id FROM meetings ORDER BY counter, at, id"
        ).fetchall(),
        adjudications=adjudications,
    )


def _decided_around(
    store: Store, discussions: _Discussions, rounds: Sequence[str]
) -> Mapping[tuple[int, str], _Logs]:
    """All that was decided of answers on which anybody decided after a discussion, by unit and coder."""
    responses = set(discussions.adjudications)
    if discussions.meetings:
        responses |= {
            id
            for (id,) in store.connection.execute(
                "SELECT l.response_id FROM decision_log l JOIN events e ON e.id = l.event_id "
                "WHERE (e.counter, e.at, e.id) > (?, ?, ?)",
                discussions.meetings[0],
            )
        }
    marks = ", ".join("?" * len(rounds))
    units: dict[tuple[int, str], dict[str, list[tuple[_Moment, _Logged]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for response, round, coder, item, *moment in store.connection.execute(
        "SELECT l.response_id, l.round, l.coder, l.item, e.counter, e.at, e.id FROM decision_log l "
        f"JOIN events e ON e.id = l.event_id WHERE l.round IN ({marks}) AND l.coder <> ? "
        "AND l.response_id IN (SELECT value FROM json_each(?)) ORDER BY e.counter, e.at, e.id, l.item",
        (*rounds, CONSENSUS, json.dumps(sorted(responses))),
    ):
        counter, at, id = moment
        units[response, round][coder].append(((counter, at, id), (id, item)))
    return units


def _reversals(store: Store) -> _Reversals:
    found: dict[_Logged, list[tuple[_Moment, bool]]] = defaultdict(list)
    for counter, at, id, kind, event, item in store.connection.execute(
        "SELECT counter, at, id, kind, payload ->> 'event', payload ->> 'item' FROM events "
        "WHERE kind IN ('decision.undone', 'decision.redone') ORDER BY counter, at, id"
    ):
        found[event, item].append(((counter, at, id), kind == "decision.undone"))
    return found


def _standing(logs: _Logs, reversals: _Reversals, until: _Moment | None) -> dict[str, _Logged]:
    """The decision of each coder that stood at a moment, or stands now."""
    found = {}
    for coder, log in logs.items():
        standing = [logged for moment, logged in log if _stood(moment, logged, reversals, until)]
        if standing:
            found[coder] = standing[-1]
    return found


def _first_of_each(logs: _Logs, reversals: _Reversals, until: _Moment | None) -> dict[str, _Logged]:
    """The first decision of each coder up to a moment, or of all, but for those that are undone by now."""
    found = {}
    for coder, log in logs.items():
        for moment, logged in log:
            if (until is None or moment <= until) and _stood(moment, logged, reversals, None):
                found[coder] = logged
                break
    return found


def _stood(moment: _Moment, logged: _Logged, reversals: _Reversals, until: _Moment | None) -> bool:
    # What is in one event with an adjudication came in with it: its coders decided before it.
    undone = [is_undone for when, is_undone in reversals.get(logged, ()) if until is None or when <= until]
    return (until is None or moment <= until) and not (undone and undone[-1])


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
