"""Coding: one coder's work on the answers of a round, whatever screen or line mode drives it."""

from harken.services.coding.new_codes import FamilyChoice
from harken.services.coding.possible import Verb
from harken.services.coding.queue import has_answers_left
from harken.services.coding.session import CodingSession
from harken.services.coding.sheet import CodeSheet
from harken.services.coding.work import (
    AnswerNotes,
    FoundAnswer,
    LastDecision,
    OpenAnswer,
    Person,
    PersonAnswer,
    Progress,
    WorkState,
)
from harken.storage.coding import WorkOrder

__all__ = [
    "AnswerNotes",
    "CodeSheet",
    "CodingSession",
    "FamilyChoice",
    "FoundAnswer",
    "LastDecision",
    "OpenAnswer",
    "Person",
    "PersonAnswer",
    "Progress",
    "Verb",
    "WorkOrder",
    "WorkState",
    "has_answers_left",
]
