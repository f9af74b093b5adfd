"""Decisions and drafts: writing them, undoing them, a coder's work, and reading them for statistics."""

from harken.storage.coding.before_meetings import (
    DecidedPlace,
    IndependentDecision,
    independent_decisions,
    places_with_suggestions,
)
from harken.storage.coding.columns import DecisionColumns, decision_columns, living_paths
from harken.storage.coding.orders import WorkOrder, WorkPlan, note_plan, noted_plan
from harken.storage.coding.reading import DecidedResponse, coding_rows, decisions, n_settled, progress
from harken.storage.coding.undoing import redo, redoable, undo, undoable
from harken.storage.coding.work import (
    NewEvent,
    Noted,
    decided_ids,
    decided_in_order,
    decision_at,
    draft_at,
    draft_ids,
    events_after,
    has_undecided,
    has_work,
    last_event_row,
    noted,
    queue,
    wait_at_most,
)
from harken.storage.coding.writing import Draft, decide, discard_draft, import_decisions, put_draft

__all__ = [
    "DecidedPlace",
    "DecidedResponse",
    "DecisionColumns",
    "Draft",
    "IndependentDecision",
    "NewEvent",
    "Noted",
    "WorkOrder",
    "WorkPlan",
    "coding_rows",
    "decide",
    "decided_ids",
    "decided_in_order",
    "decision_at",
    "decision_columns",
    "decisions",
    "discard_draft",
    "draft_at",
    "draft_ids",
    "events_after",
    "has_undecided",
    "has_work",
    "import_decisions",
    "independent_decisions",
    "last_event_row",
    "living_paths",
    "n_settled",
    "note_plan",
    "noted",
    "noted_plan",
    "places_with_suggestions",
    "progress",
    "put_draft",
    "queue",
    "redo",
    "redoable",
    "undo",
    "undoable",
    "wait_at_most",
]
