"""Closed items: what people chose, by group, on printed bases; nets of answers; beside what they wrote."""

from harken.services.closed_items.counting import ClosedBase, count_closed_items, remember_given
from harken.services.closed_items.report import closed_report
from harken.services.closed_items.result import ClosedItems
from harken.services.closed_items.scales import Net, Scale, read_scales

__all__ = [
    "ClosedBase",
    "ClosedItems",
    "Net",
    "Scale",
    "closed_report",
    "count_closed_items",
    "read_scales",
    "remember_given",
]
