"""Undoing a coder's decisions in a round, and redoing them."""

from __future__ import annotations

from collections.abc import Iterator

from harken.model import ResponseKey
from harken.storage.driver import Connection
from harken.storage.journal import Event, event_by_id, latest_work
from harken.storage.store import Action, Store


def _marks(connection: Connection, *, coder: str, round: str) -> Iterator[Event]:
    return latest_work(connection, actor=coder, coder=coder, round=round)


def undoable(connection: Connection, *, coder: str, round: str) -> str | None:
    """The event of the coder's last decision that stands, or None if there is none to undo."""
    n_skipped = 0
    for event in _marks(connection, coder=coder, round=round):
        if event.kind == "decision.undone":
            n_skipped += 1
        elif n_skipped:
            n_skipped -= 1
        else:
            id = event.id if event.kind == "decided" else str(event.payload["event"])
            if _is_logged(connection, id):
                return id
    return None


def redoable(connection: Connection, *, coder: str, round: str) -> str | None:
    """The event of the decision that was undone last, or None if a decision came after that."""
    n_skipped = 0
    for event in _marks(connection, coder=coder, round=round):
        if event.kind == "decided":
            return None
        if event.kind == "decision.redone":
            n_skipped += 1
        elif n_skipped:
            n_skipped -= 1
        elif _is_logged(connection, event.payload["event"]):
            return str(event.payload["event"])
    return None


def undo(store: Store, *, coder: str, round: str) -> ResponseKey | None:
    """Undo the coder's last decision that stands; its response, or None if there is none to undo."""
    with store.action(coder) as action:
        id = undoable(action.connection, coder=coder, round=round)
        return None if id is None else _append_mark(action, "decision.undone", id, coder=coder, round=round)


def redo(store: Store, *, coder: str, round: str) -> ResponseKey | None:
    """Take back the last undo, if no decision came after it."""
    with store.action(coder) as action:
        id = redoable(action.connection, coder=coder, round=round)
        return None if id is None else _append_mark(action, "decision.redone", id, coder=coder, round=round)


def _is_logged(connection: Connection, event_id: str) -> bool:
    """Whether a decision is still there: those on people who withdrew are not."""
    row = connection.execute("SELECT 1 FROM decision_log WHERE event_id = ? LIMIT 1", (event_id,))
    return row.fetchone() is not None


def _append_mark(action: Action, kind: str, event_id: str, *, coder: str, round: str) -> ResponseKey:
    decided = event_by_id(action.connection, event_id)
    action.append(kind, {"event": event_id, "item": 0, "coder": coder, "round": round})
    return ResponseKey(*decided.payload["response"])
