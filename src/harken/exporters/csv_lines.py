"""Lines of a CSV file whose cells read back byte for byte."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NEEDS_QUOTES = re.compile(r'[,"\r\n]|^[#\s]|\s$')
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_line(cells: Sequence[str], *, spreadsheet_safe: bool = False, end: str = "\n") -> str:
    """One record with its line end.

    `spreadsheet_safe` puts an apostrophe before cells that a spreadsheet would run as a formula.
    """
    if spreadsheet_safe:
        cells = [f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells]
    # Python 3.11's csv module can leave a carriage return unquoted, which ends the row for readers.
    # A record of one empty cell would read as a blank line, which is no record.
    return (",".join(map(_quoted, cells)) or '""') + end


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES.search(cell) else cell
