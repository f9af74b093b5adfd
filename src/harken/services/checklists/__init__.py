"""Checklists for reporting, in our own words: filled in where the project knows the fact, else left open."""

from harken.services.checklists.facts import KnownFact, known_facts
from harken.services.checklists.filling import (
    CHECKLISTS,
    FilledChecklist,
    checklist_named,
    fill,
    fill_checklists,
    fitting_checklists,
)
from harken.services.checklists.report import checklist_report, checklist_sections

__all__ = [
    "CHECKLISTS",
    "FilledChecklist",
    "KnownFact",
    "checklist_named",
    "checklist_report",
    "checklist_sections",
    "fill",
    "fill_checklists",
    "fitting_checklists",
    "known_facts",
]
