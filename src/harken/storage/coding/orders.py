"""In which order coders work through a round: what the journal says of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from harken.storage.store import Action, Store


class WorkOrder(StrEnum):
    """What stands beside what in a coder's queue."""

    QUESTION = "question"
    """All answers to one question, then the next question."""
    PARTICIPANT = "participant"
    """All answers of one person, then the next person."""


class WorkPlan(NamedTuple):
    """How a coder goes about a round."""

    order: WorkOrder
    questions: tuple[str, ...]
    """Empty means every question."""


def noted_plan(store: Store, *, coder: str, round: str) -> WorkPlan | None:
    """The plan that the journal noted last, or None before the first."""
    row = store.connection.execute(
        "SELECT work_order, questions FROM work_orders WHERE coder = ? AND round = ?", (coder, round)
    ).fetchone()
    return None if row is None else WorkPlan(WorkOrder(row[0]), tuple(json.loads(row[1])))


def note_plan(action: Action, plan: WorkPlan, *, coder: str, round: str) -> None:
    questions: Sequence[str] = list(plan.questions)
    action.append("work.begun", {"coder": coder, "round": round, "order": plan.order, "questions": questions})
