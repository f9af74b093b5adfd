"""The spreadsheet round trip: a workbook in which one coder codes, out and back in."""

from harken.services.round_trip.exporting import CodingWorkbook, export_workbook
from harken.services.round_trip.importing import is_coding_workbook, look_at_workbook, take_workbook
from harken.services.round_trip.report import workbook_report
from harken.services.round_trip.result import Change, ChangeKind, WorkbookImport

__all__ = [
    "Change",
    "ChangeKind",
    "CodingWorkbook",
    "WorkbookImport",
    "export_workbook",
    "is_coding_workbook",
    "look_at_workbook",
    "take_workbook",
    "workbook_report",
]
