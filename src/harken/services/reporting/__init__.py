"""The paper's pages: everything that a study can report, as one folder of files."""

from harken.services.reporting.gathering import gather_book
from harken.services.reporting.options import ReportOptions
from harken.services.reporting.writing import MARKER, WrittenReport, refuse_report, write_report

__all__ = [
    "MARKER",
    "ReportOptions",
    "WrittenReport",
    "gather_book",
    "refuse_report",
    "write_report",
]
