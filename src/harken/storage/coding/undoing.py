"""Undoing a coder's decisions in a round, and redoing them."""

from __future__ import annotations

from collections.abc import Iterator

from harken.model import ResponseKey
from harken.storage.journal import Event, event_by_id, latest_work
from harken.storage.store import Action, Store


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
