"""How a figure came about: from a cell of a theme table to people, answers, decisions and events."""

from harken.services.tracing.report import why_report
from harken.services.tracing.result import (
    AnswerStanding,
    CellTrace,
    Standing,
    TracedAnswer,
    TracedDecision,
    TracedPerson,
)
from harken.services.tracing.tracing import trace_cell

__all__ = [
    "AnswerStanding",
    "CellTrace",
    "Standing",
    "TracedAnswer",
    "TracedDecision",
    "TracedPerson",
    "trace_cell",
    "why_report",
]
