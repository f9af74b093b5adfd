"""Moving through the queue: step by step, to a place, back to the last decision, on to what waits."""

from __future__ import annotations

from harken.errors import HarkenError
from harken.services.coding.work import OpenAnswer, WorkState
from harken.services.coding.workplace import Workplace
from harken.storage.coding import WorkOrder


def move_to_work(work: Workplace) -> None:
    """Go on after the last decision; what was passed over before it comes round again."""
    queue = work.queue
    last = next((id for id in queue.decided_latest_first() if id in queue), None)
    after = -1 if last is None else queue.place_of(last)
    place = next(queue.waiting_after(after), None)
    if place is not None:
        work.open_at(place)


def advance(work: Workplace, said: str = "") -> str:
    """Open the next answer that waits; returns `said`, or what else there is to say."""
    here, before = work.place, work.current
    work.catch_up()
    place = next(work.queue.waiting_after(here), None)
    if place is None:
        work.close_answer()
        return said
    work.open_at(place)
    if place <= here:
        return said or "From the beginning again: this answer was passed over."
    return said or _turn(work, before)


def step(work: Workplace, n: int) -> str:
    """Go `n` answers on (or back) without deciding; a draft stays where it is."""
    left, n_answers = work.current, len(work.queue)
    place = (n_answers if n < 0 else -1) + n if left is None else left.position + n
    if not 0 <= place < n_answers:
        return "This is the first answer." if n < 0 else "This is the last answer."
    work.open_at(place)
    if left is not None and left.state is WorkState.DRAFT:
        return f"{left.response.key.participant} is left as a draft; it comes again."
    return _turn(work, left)


def reopenable(work: Workplace) -> int | None:
    """The last decision in the queue that reopening did not go through yet."""
    here = frozenset() if work.current is None else frozenset([work.current.response.id])
    walked = work.walked | here
    return next(
        (id for id in work.queue.decided_latest_first() if id in work.queue and id not in walked), None
    )


def reopen(work: Workplace) -> str:
    """Open the last decision; where reopening led here, the one before it."""
    here = frozenset() if work.current is None else frozenset([work.current.response.id])
    walked = work.walked | here
    wanted = reopenable(work)
    if wanted is None:
        raise HarkenError("No earlier decision to reopen.")
    left = work.current
    work.open_at(work.queue.place_of(wanted))
    work.walked = walked | {wanted}
    if left is not None and left.state is WorkState.DRAFT:
        return f"Reopened. {left.response.key.participant} before it is left as a draft; it comes again."
    return "Reopened. Change it and decide again, or leave it as it stands."


def _turn(work: Workplace, before: OpenAnswer | None) -> str:
    """A word where another question begins, for then other codes may stand there under other letters.

    Where the work goes by person, also where another person begins.
    """
    if before is None or work.current is None or not work.announces_turns:
        return ""
    was, now = before.response.key, work.current.response.key
    question = f"Another question: {now.question}." if now.question != was.question else ""
    if work.order is WorkOrder.PARTICIPANT and now.participant != was.participant:
        return f"Another person: {now.participant}. {question}".rstrip()
    return question
