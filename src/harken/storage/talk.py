"""What coders ask the lead and alert them to, what came back, and the meetings of the team."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from harken.errors import HarkenError, quoted
from harken.model import ResponseKey
from harken.storage import contents
from harken.storage.journal import Event
from harken.storage.projections.places import participant_at, response_at
from harken.storage.schema import CODABLE
from harken.storage.store import Action, Store


class AskedRow(NamedTuple):
    """A coder's question on an answer, with the latest reply; hashes are empty where there is nothing."""

    response_id: int
    round: str
    coder: str
    words_hash: str
    """What is asked now; empty where the coder asks no longer."""
    at: str
    """When the coder last decided or drafted there."""
    is_draft: int
    """0 or 1."""
    replied_to_hash: str
    """The words that the reply answers."""
    reply_hash: str
    replied_by: str
    rule_code_id: str
    replied_at: str


class ReplyRow(NamedTuple):
    """The latest reply to a coder on an answer."""

    replied_to_hash: str
    reply_hash: str
    by: str
    rule_code_id: str
    at: str


class RuleRow(NamedTuple):
    """The rule that a reply made."""

    into: str
    """Which wording of its code it went into; empty where the reply does not say."""
    is_undone: bool
    """Whether the change of the codebook that wrote it was taken back, and stayed so."""


class AlertRow(NamedTuple):
    """An answer on which a coder alerted the lead; `closed_by` is empty while it is open."""

    response_id: int
    coder: str
    note_hash: str
    raised_at: str
    closed_by: str
    done_hash: str
    closed_at: str


class MeetingRow(NamedTuple):
    """A meeting that was recorded."""

    id: str
    held_by: str
    outcome_hash: str
    at: str


_STANDING = """
SELECT f.response_id, f.round, f.coder, f.is_unsure, f.message_hash, f.at, 1 AS is_draft FROM drafts f
UNION ALL
SELECT d.response_id, d.round, d.coder, d.is_unsure, d.message_hash, d.at, 0 FROM decisions d
WHERE NOT EXISTS (SELECT 1 FROM drafts f
                  WHERE f.response_id = d.response_id AND f.round = d.round AND f.coder = d.coder)
"""
"""What each coder says of each answer now: the draft where there is one, else the decision."""
_ASKED = f"""
SELECT s.response_id, s.round, s.coder, CASE WHEN s.is_unsure THEN s.message_hash ELSE '' END AS words_hash,
       s.at, s.is_draft, coalesce(y.asked_hash, ''), coalesce(y.reply_hash, ''), coalesce(y.by, ''),
       coalesce(y.rule_code_id, ''), coalesce(y.at, '') AS replied_at
FROM ({_STANDING}) s JOIN responses r ON r.id = s.response_id
LEFT JOIN replies y ON y.response_id = s.response_id AND y.round = s.round AND y.coder = s.coder
WHERE (y.response_id IS NOT NULL OR (s.is_unsure AND s.message_hash <> '')) AND {CODABLE}
"""


def asked(store: Store) -> tuple[AskedRow, ...]:
    """Every question that stands or was replied to, the oldest first; excluded people's are left out."""
    rows = store.connection.execute(f"{_ASKED} ORDER BY s.at, s.response_id, s.round, s.coder")
    return tuple(AskedRow(*row) for row in rows)


def reply_at(store: Store, *, response_id: int, round: str, coder: str) -> ReplyRow | None:
    """The reply at one place, whether or not the coder still asks."""
    row = store.connection.execute(
        "SELECT asked_hash, reply_hash, by, rule_code_id, at FROM replies "
        "WHERE response_id = ? AND round = ? AND coder = ?",
        (response_id, round, coder),
    ).fetchone()
    return ReplyRow(*row) if row else None


def words(store: Store, sealed: str) -> str:
    """The text under a hash; empty for none and for one that was withdrawn."""
    return contents.get(store.connection, sealed)


def _person(action: Action, key: ResponseKey) -> int:
    """The participant of a response; raises where there is none to write about."""
    person = participant_at(action.connection, key.participant)
    if person is None or response_at(action.connection, key) is None:
        raise HarkenError(
            f"No answer of {quoted(key.participant)} to {quoted(key.question)} in this project (any more)."
        )
    return person


def put_reply(
    action: Action,
    key: ResponseKey,
    *,
    round: str,
    coder: str,
    asked: str,
    reply: str,
    rule_code_id: str = "",
    rule_into: str = "",
    rule_event: str = "",
) -> None:
    """Reply to what a coder asked; all words go when the participant withdraws.

    `rule_event` is the id of the change of the codebook that wrote its rule.
    """
    person = _person(action, key)
    rule = {"rule_into": rule_into, "rule_event": rule_event} if rule_code_id else {}
    action.append(
        "question.answered",
        {
            "response": list(key),
            "round": round,
            "coder": coder,
            "asked": action.put_content(asked, kind="message", participant_id=person),
            "reply": action.put_content(reply, kind="message", participant_id=person),
            "rule_code": rule_code_id,
            **rule,
        },
    )


def rules(store: Store) -> dict[tuple[str, str, str], RuleRow]:
    """The rules that replies made, by round, coder and the time of the reply, as they are now."""
    events: list[tuple[tuple[str, str, str], str, str]] = []
    undone: dict[str, bool] = {}
    for round, coder, at, into, event, undoes, redoes in store.connection.execute(
        "SELECT payload ->> 'round', payload ->> 'coder', at, payload ->> 'rule_into', "
        "payload ->> 'rule_event', payload ->> 'undoes', payload ->> 'redoes' "
        "FROM events WHERE kind IN ('question.answered', 'code.changed') ORDER BY counter, at, id"
    ):
        if event:
            events.append(((round, coder, at), into, event))
        elif undoes or redoes:
            undone[undoes or redoes] = bool(undoes)
    return {place: RuleRow(into, undone.get(event, False)) for place, into, event in events}


# -- alerts ------------------------------------------------------------------------------------------


_ALERTS = "SELECT response_id, coder, note_hash, at, closed_by, answer_hash, closed_at FROM alerts"


def alerts(store: Store, *, only_open: bool = True) -> tuple[AlertRow, ...]:
    """Alerts, the oldest first; excluded people's as well: whoever is in distress counts."""
    condition = "WHERE closed_by = ''" if only_open else ""
    rows = store.connection.execute(f"{_ALERTS} {condition} ORDER BY at, response_id, coder")
    return tuple(AlertRow(*row) for row in rows)


def put_alert(action: Action, key: ResponseKey, *, coder: str, note: str) -> None:
    """Alert the lead to an answer; an alert of the same coder that was closed is open again."""
    action.append(
        "alert.raised",
        {
            "response": list(key),
            "coder": coder,
            "note": action.put_content(note, kind="message", participant_id=_person(action, key)),
        },
    )


def close_alert(action: Action, key: ResponseKey, *, coder: str, done: str) -> None:
    """Close a coder's alert with what was done about it."""
    action.append(
        "alert.closed",
        {
            "response": list(key),
            "coder": coder,
            "answer": action.put_content(done, kind="message", participant_id=_person(action, key)),
        },
    )


def open_alert(store: Store, response_id: int, *, coder: str) -> AlertRow | None:
    """A coder's alert on one response while nobody has closed it."""
    row = _alert_row(store, response_id, coder)
    return row if row is not None and row.closed_by == "" else None


def alert_at(store: Store, key: ResponseKey, *, coder: str) -> AlertRow | None:
    """A coder's alert on one answer, open or closed."""
    id = response_at(store.connection, key)
    return None if id is None else _alert_row(store, id, coder)


def _alert_row(store: Store, response_id: int, coder: str) -> AlertRow | None:
    row = store.connection.execute(
        f"{_ALERTS} WHERE response_id = ? AND coder = ?", (response_id, coder)
    ).fetchone()
    return AlertRow(*row) if row else None


# -- meetings ----------------------------------------------------------------------------------------


def meetings(store: Store) -> tuple[MeetingRow, ...]:
    """The meetings in the order in which they were held."""
    return tuple(
        MeetingRow(*row)
        for row in store.connection.execute(
            "SELECT id, held_by, outcome_hash, at FROM meetings ORDER BY counter, at, id"
        )
    )


def put_meeting(action: Action, outcome: str) -> Event:
    """Record that a meeting was held and what came of it."""
    return action.append(
        "meeting.held", {"outcome": action.put_content(outcome, kind="message", participant_id=None)}
    )


_LATER = "(e.seq > m.seq OR e.counter > m.counter)"
"""Condition on an event `e` and a meeting `m`. What another copy wrote before the meeting and sent after it
came after it: nobody at the meeting had seen it."""


def news_since(store: Store, meeting_id: str, kinds: Sequence[str]) -> frozenset[str]:
    """Ids of the events of these kinds that came after a meeting; of all where no meeting is named."""
    marks = ", ".join("?" * len(kinds))
    later = f"AND EXISTS (SELECT 1 FROM events m WHERE m.id = ? AND {_LATER})" if meeting_id else ""
    return frozenset(
        id
        for (id,) in store.connection.execute(
            f"SELECT e.id FROM events e WHERE e.kind IN ({marks}) {later}",
            (*kinds, *([meeting_id] if meeting_id else [])),
        )
    )


def decided_since(store: Store, meeting_id: str, response_ids: Sequence[int]) -> frozenset[tuple[int, str]]:
    """Response and round of those among these responses on which a coder decided after a meeting."""
    later, values = "", [json.dumps(list(response_ids))]
    if meeting_id:
        later = f"AND EXISTS (SELECT 1 FROM events m WHERE m.id = ? AND {_LATER})"
        values.append(meeting_id)
    return frozenset(
        store.connection.execute(
            "SELECT DISTINCT d.response_id, d.round FROM decisions d JOIN events e ON e.id = d.event_id "
            f"WHERE d.response_id IN (SELECT value FROM json_each(?)) {later}",
            values,
        )
    )
