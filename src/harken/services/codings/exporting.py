"""Writing every decision of a project as a codings file."""

from __future__ import annotations

from typing import TextIO

from harken.exporters.codings_csv import write_codings
from harken.storage import coding
from harken.storage.store import Store


def export_codings(store: Store, stream: TextIO, *, spreadsheet_safe: bool = False) -> int:
    """Write every decision to a stream opened with `newline=""`; returns the number of rows."""
    return write_codings(coding.coding_rows(store), stream, spreadsheet_safe=spreadsheet_safe)
