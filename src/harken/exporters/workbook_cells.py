"""What goes into a workbook's cell: a number that prints as the report says, or a text that does nothing."""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from harken.report import Cell

LONGEST_TEXT = 32_767
"""Characters (UTF-16 units) that a cell can hold."""
_CUT = " […] [the text goes on: {n:,} characters in all]"
_NUMBER = re.compile(r"-?(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<decimals>\d+))?")
_EXACT = 10**15
"""From here on a spreadsheet no longer keeps every digit."""


class Number(NamedTuple):
    """A number and the format that prints it as the report does."""

    value: int | float
    format: str


def number_in(cell: Cell) -> Number | None:
    """The number of a cell, unrounded where a format can round it to what is printed; None for a text."""
    if not isinstance(cell.value, int | float) or isinstance(cell.value, bool):
        return None
    match = _NUMBER.fullmatch(cell.text)
    if match is None or not math.isfinite(cell.value):
        return None
    places = len(match["decimals"] or "")
    is_grouped = "," in match["whole"]
    format = ("#,##0" if is_grouped else "0") + ("." + "0" * places if places else "")
    printed = float(cell.text.replace(",", "")) if places else int(cell.text.replace(",", ""))
    for value in (cell.value, printed):
        if abs(value) < _EXACT and _as_printed(value, places, is_grouped=is_grouped) == cell.text:
            return Number(value, format)
    return None


def _as_printed(value: float, places: int, *, is_grouped: bool) -> str:
    """How a spreadsheet prints a number: halves away from zero, judged on its first fifteen digits."""
    rounded = Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{rounded:,f}" if is_grouped else f"{rounded:f}"


def n_units(words: str) -> int:
    """The length of a text as spreadsheets count it."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def fitting(words: str) -> str:
    """The text, or its beginning and a mark that it goes on where a cell cannot hold it."""
    if n_units(words) <= LONGEST_TEXT:
        return words
    mark = _CUT.format(n=len(words))
    room = LONGEST_TEXT - len(mark)
    return words.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore") + mark


def write_text(sheet: Any, row: int, column: int, words: str, format: Any = None) -> None:
    """Write a text as a text, whatever it looks like; a text without characters leaves the cell blank."""
    if words == "":
        sheet.write_blank(row, column, None, format)
    elif words.startswith("<r>") and words.endswith("</r>"):
        # The library would take such a text for its own markup and write it into the file as it is.
        sheet.write_rich_string(row, column, "<", "r", words[2:], *([] if format is None else [format]))
    else:
        sheet.write_string(row, column, words, format)
