"""Decisions and drafts: writing them, undoing them, a coder's queue, and reading them for statistics."""

from __future__ import annotations

import json
from array import array
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from harken.errors import HarkenError
from harken.model import CONSENSUS, Coding, CodingRow, Decision, DecisionState, ResponseKey
from harken.storage import contents
from harken.storage.codebooks import StoredCodebook
from harken.storage.journal import Event, event_by_id, latest_work
from harken.storage.schema import CODABLE, WHOLE
from harken.storage.store import Action, Store
from harken.storage.survey import response_id

CHUNK = 2_000
"""Decisions of a codings file in one event."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a coder has toggled and noted on a response without having decided."""

    codings: tuple[Coding, ...] = ()
    is_unsure: bool = False
    memo: str = ""
    message: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(coding.code for coding in self.codings))


# -- writing -----------------------------------------------------------------------------------------


def _participant_at(action: Action, key: ResponseKey) -> int:
    row = action.connection.execute(
        "SELECT r.participant_id FROM responses r JOIN participants p ON p.id = r.participant_id "
        "JOIN questions q ON q.id = r.question_id WHERE p.name = ? AND q.name = ? AND r.occasion = ?",
        key,
    ).fetchone()
    if row is None:
        on = f" on occasion {key.occasion!r}" if key.occasion else ""
        raise HarkenError(f"No response of {key.participant!r} to {key.question!r}{on} in this project.")
    return int(row[0])


def _item(
    action: Action, codebook: StoredCodebook, key: ResponseKey, draft: Draft, *, round: str, coder: str
) -> dict[str, Any]:
    person = _participant_at(action, key)
    unknown = [code for code in draft.codes if code not in codebook.ids]
    if unknown:
        raise HarkenError(f"No code {unknown[0]!r} in the codebook; look at the codes again.")
    return {
        "response": list(key),
        "round": round,
        "coder": coder,
        "codings": [
            [codebook.ids[code]] if start is None else [codebook.ids[code], start, end]
            for code, start, end in draft.codings
        ],
        "unsure": draft.is_unsure,
        "memo": action.put_content(draft.memo, kind="memo", participant_id=person),
        "message": action.put_content(draft.message, kind="message", participant_id=person),
    }


def _decision_item(
    action: Action, codebook: StoredCodebook, decision: Decision, living: Container[str]
) -> dict[str, Any]:
    draft = Draft(
        codings=decision.codings,
        is_unsure=decision.is_unsure,
        memo=decision.memo,
        message=decision.message,
    )
    item = _item(action, codebook, decision.key, draft, round=decision.round, coder=decision.coder)
    gone = [code for code in decision.codes if codebook.ids[code] not in living]
    if gone:
        raise HarkenError(f"The codebook changed: {', '.join(gone)} went away. Look at the codes again.")
    item |= {"state": decision.state.value, "codebook": codebook.version_id}
    if decision.at:
        item["at"] = decision.at
    return item


def _living_ids(action: Action) -> frozenset[str]:
    """Ids of codes that can be applied now; a merged one counts as what it went into."""
    return frozenset(
        id
        for (id,) in action.connection.execute(
            "SELECT id FROM codes WHERE NOT is_removed OR merged_into <> ''"
        )
    )


def decide(
    action: Action,
    codebook: StoredCodebook,
    decision: Decision,
    *,
    suggestions: Sequence[Mapping[str, Any]] = (),
) -> Event:
    """Store a finished decision; the draft at its place goes. `suggestions` logs what was proposed."""
    item = _decision_item(action, codebook, decision, _living_ids(action))
    if suggestions:
        item["suggestions"] = list(suggestions)
    return action.append("decided", item)


def put_draft(
    action: Action, codebook: StoredCodebook, key: ResponseKey, draft: Draft, *, round: str, coder: str
) -> None:
    """Store what is not decided yet; an empty draft takes the stored one away.

    On a decided response an empty draft says that every code was taken off, and stays.
    """
    action.append("drafted", _item(action, codebook, key, draft, round=round, coder=coder))


def discard_draft(
    action: Action, codebook: StoredCodebook, key: ResponseKey, *, round: str, coder: str
) -> None:
    """Take a draft away: what was decided before it stands again."""
    item = _item(action, codebook, key, Draft(), round=round, coder=coder)
    action.append("drafted", {**item, "discarded": True})


def import_decisions(
    action: Action, codebook: StoredCodebook, decisions: Iterable[Decision], *, source: Mapping[str, str]
) -> None:
    """Store the decisions of a codings file; one event for each `CHUNK` of them."""
    items: list[dict[str, Any]] = []
    living = _living_ids(action)
    for decision in decisions:
        items.append(_decision_item(action, codebook, decision, living))
        if len(items) == CHUNK:
            action.append("codings.imported", {"source": dict(source), "items": items})
            items = []
    if items:
        action.append("codings.imported", {"source": dict(source), "items": items})


def _marks(action: Action, *, coder: str, round: str) -> Iterator[Event]:
    return latest_work(action.connection, actor=action.actor, coder=coder, round=round)


def undo(store: Store, *, coder: str, round: str) -> ResponseKey | None:
    """Undo the coder's last decision that stands; its response, or None if there is none to undo."""
    with store.action(coder) as action:
        n_skipped = 0
        for event in _marks(action, coder=coder, round=round):
            if event.kind == "decision.undone":
                n_skipped += 1
            elif n_skipped:
                n_skipped -= 1
            else:
                id = event.id if event.kind == "decided" else event.payload["event"]
                if _is_logged(action, id):
                    return _append_mark(action, "decision.undone", id, coder=coder, round=round)
        return None


def redo(store: Store, *, coder: str, round: str) -> ResponseKey | None:
    """Take back the last undo, if no decision came after it."""
    with store.action(coder) as action:
        n_skipped = 0
        for event in _marks(action, coder=coder, round=round):
            if event.kind == "decided":
                return None
            if event.kind == "decision.redone":
                n_skipped += 1
            elif n_skipped:
                n_skipped -= 1
            elif _is_logged(action, event.payload["event"]):
                id = event.payload["event"]
                return _append_mark(action, "decision.redone", id, coder=coder, round=round)
        return None


def _is_logged(action: Action, event_id: str) -> bool:
    """Whether a decision is still there: those on people who withdrew are not."""
    row = action.connection.execute("SELECT 1 FROM decision_log WHERE event_id = ? LIMIT 1", (event_id,))
    return row.fetchone() is not None


def _append_mark(action: Action, kind: str, event_id: str, *, coder: str, round: str) -> ResponseKey:
    decided = event_by_id(action.connection, event_id)
    action.append(kind, {"event": event_id, "item": 0, "coder": coder, "round": round})
    return ResponseKey(*decided.payload["response"])


# -- a coder's work ----------------------------------------------------------------------------------


def queue(store: Store, *, coder: str, round: str, questions: Iterable[str] = ()) -> array[int]:
    """Ids of the responses that a coder is to decide in a round, question by question in file order.

    Where the round has assignments for the coder these, else every codable response.
    """
    names = list(questions)
    (n_assigned,) = store.connection.execute(
        "SELECT count(*) FROM assignments WHERE round = ? AND coder = ?", (round, coder)
    ).fetchone()
    conditions: list[str] = [CODABLE]
    values: list[str] = []
    if n_assigned:
        conditions.append("r.id IN (SELECT response_id FROM assignments WHERE round = ? AND coder = ?)")
        values += [round, coder]
    if names:
        conditions.append(
            f"r.question_id IN (SELECT id FROM questions WHERE name IN ({', '.join('?' * len(names))}))"
        )
        values += names
    return array(
        "q",
        (
            id
            for (id,) in store.connection.execute(
                f"SELECT r.id FROM responses r WHERE {' AND '.join(conditions)} ORDER BY r.question_id, r.id",
                values,
            )
        ),
    )


def decided_ids(store: Store, *, coder: str, round: str) -> set[int]:
    return {
        id
        for (id,) in store.connection.execute(
            "SELECT response_id FROM decisions WHERE coder = ? AND round = ?", (coder, round)
        )
    }


def decided_in_order(store: Store, *, coder: str, round: str) -> list[int]:
    """Ids of the responses that a coder decided in a round, the latest decision last."""
    return [
        id
        for (id,) in store.connection.execute(
            "SELECT response_id FROM decisions WHERE coder = ? AND round = ? ORDER BY at, response_id",
            (coder, round),
        )
    ]


def draft_ids(store: Store, *, coder: str, round: str) -> set[int]:
    """Ids of the responses on which a coder has something undecided, decided before or not."""
    return {
        id
        for (id,) in store.connection.execute(
            "SELECT response_id FROM drafts WHERE coder = ? AND round = ?", (coder, round)
        )
    }


class NewEvent(NamedTuple):
    kind: str
    actor: str


def events_after(store: Store, seq: int) -> tuple[int, list[NewEvent]]:
    """What was written to this file after its row `seq`, and the last row: a cheap look at others' work."""
    rows = store.connection.execute(
        "SELECT seq, kind, actor FROM events WHERE seq > ? ORDER BY seq", (seq,)
    ).fetchall()
    return (rows[-1][0] if rows else seq), [NewEvent(kind, actor) for _, kind, actor in rows]


def last_event_row(store: Store) -> int:
    (seq,) = store.connection.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()
    return int(seq)


def wait_at_most(store: Store, milliseconds: int) -> None:
    """How long a write waits for another program's before it is refused as busy."""
    store.connection.execute(f"PRAGMA busy_timeout = {int(milliseconds)}")


def _codings(rows: Iterable[Sequence[Any]], codebook: StoredCodebook) -> tuple[Coding, ...]:
    found = []
    for id, *segment in rows:
        start, end = segment or (WHOLE, WHOLE)
        if id in codebook.path_of:
            found.append(
                Coding(codebook.path_of[id])
                if start == WHOLE
                else Coding(codebook.path_of[id], int(start), int(end))
            )
    return tuple(found)


def decision_at(
    store: Store, codebook: StoredCodebook, key: ResponseKey, *, round: str, coder: str
) -> Decision | None:
    """The decision of one coder on one response in one round, or None while undecided."""
    place = (response_id(store, key), round, coder)
    row = store.connection.execute(
        "SELECT state, is_unsure, memo_hash, message_hash, at FROM decisions "
        "WHERE response_id = ? AND round = ? AND coder = ?",
        place,
    ).fetchone()
    if row is None:
        return None
    state, is_unsure, memo, message, at = row
    applied = store.connection.execute(
        'SELECT code_id, start, "end" FROM codings WHERE response_id = ? AND round = ? AND coder = ? '
        'ORDER BY code_id, start, "end"',
        place,
    )
    return Decision(
        key=key,
        coder=coder,
        round=round,
        state=DecisionState(state),
        codings=_codings(applied, codebook),
        is_unsure=bool(is_unsure),
        memo=contents.get(store.connection, memo),
        message=contents.get(store.connection, message),
        at=at,
    )


def draft_at(
    store: Store, codebook: StoredCodebook, key: ResponseKey, *, round: str, coder: str
) -> Draft | None:
    row = store.connection.execute(
        "SELECT codings, is_unsure, memo_hash, message_hash FROM drafts "
        "WHERE response_id = ? AND round = ? AND coder = ?",
        (response_id(store, key), round, coder),
    ).fetchone()
    if row is None:
        return None
    applied, is_unsure, memo, message = row
    return Draft(
        codings=_codings(json.loads(applied), codebook),
        is_unsure=bool(is_unsure),
        memo=contents.get(store.connection, memo),
        message=contents.get(store.connection, message),
    )


# -- reading for statistics and export ---------------------------------------------------------------


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


def n_settled(store: Store) -> int:
    """Responses that count and have a decision in the adjudicated layer."""
    (n,) = store.connection.execute(
        "SELECT count(DISTINCT r.id) FROM decisions d JOIN responses r ON r.id = d.response_id "
        f"WHERE {CODABLE} AND d.coder = ?",
        (CONSENSUS,),
    ).fetchone()
    return int(n)


def n_codings_on_non_response(store: Store) -> int:
    """Codings rows whose response is a non-response: kept, exported, counted nowhere."""
    (n,) = store.connection.execute(
        "SELECT count(*) FROM decisions d LEFT JOIN codings g USING (response_id, round, coder) "
        "WHERE d.response_id IN (SELECT response_id FROM non_responses)"
    ).fetchone()
    return int(n)
