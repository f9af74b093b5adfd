"""Recording that a meeting was held, and listing those that were."""

from __future__ import annotations

from harken.errors import HarkenError
from harken.services.meeting.result import Meeting, Meetings
from harken.storage import talk
from harken.storage.store import Store


def record_meeting(store: Store, outcome: str, *, actor: str) -> Meeting:
    """Record a meeting and what came of it; the next agenda begins after it."""
    if not outcome.strip():
        raise HarkenError("A meeting is recorded with what came of it. Write it in a few words.")
    with store.action(actor) as action:
        event = talk.put_meeting(action, outcome.strip())
    return Meeting(held_by=event.actor, at=event.at, outcome=outcome.strip())


def meetings(store: Store) -> Meetings:
    """The meetings in the order in which they were held."""
    with store.snapshot():
        return Meetings(
            items=tuple(
                Meeting(held_by=row.held_by, at=row.at, outcome=talk.words(store, row.outcome_hash))
                for row in talk.meetings(store)
            )
        )
