"""What coders marked in answers, as a list: quotes, identifying details, and what answers refer to."""

from harken.services.marked.listing import list_marks
from harken.services.marked.report import marks_report
from harken.services.marked.result import Marked, MarkedKind, MarkedList

__all__ = ["Marked", "MarkedKind", "MarkedList", "list_marks", "marks_report"]
