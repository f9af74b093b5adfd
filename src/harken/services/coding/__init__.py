"""Coding: one coder's work on the answers of a round, whatever screen or line mode drives it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from harken.services.coding.possible import Verb
from harken.services.coding.queue import has_answers_left
from harken.services.coding.session import CodingSession
from harken.services.coding.sheet import CodeSheet
from harken.services.coding.work import (
    AnswerNotes,
    LastDecision,
    OpenAnswer,
    Progress,
    WorkState,
)
from harken.storage.coding import WorkOrder

if TYPE_CHECKING:
    from harken.services.coding.going_to import FoundAnswer
    from harken.services.coding.new_codes import FamilyChoice
    from harken.services.coding.people import Person, PersonAnswer

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

_MODULE_OF = {
    "FamilyChoice": "new_codes",
    "FoundAnswer": "going_to",
    "Person": "people",
    "PersonAnswer": "people",
}


def __getattr__(name: str) -> object:
    # Loaded when asked for: the first answer shows without them.
    if name in _MODULE_OF:
        return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
