"""Reads CSV and TSV: finds the delimiter, takes line ends of every kind, keeps quoted cells as they are."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import NamedTuple

from harken.errors import HarkenError
from harken.importers.raw_table import ROWS_PER_REPORT, Progress

DELIMITERS = (",", ";", "\t", "|")
_LARGEST_CELL = 2**31 - 1
_N_SNIFFED = 200
_DECLARED = re.compile(r'\A"?sep=(.)"?\r?\n')
_BARE_CR = re.compile("\r(?!\n)")


class _Fit(NamedTuple):
    """How a delimiter suits the first rows of a text."""

    share: float
    """Rows that agree with a header of several columns; 0 where the header is one column."""
    unbroken: float
    """Rows that it leaves in one piece, which is what a header of one column asks for."""
    width: int
    """Columns of the header."""


class DelimitedText:
    """The records of a text, with the delimiter it turned out to have."""

    def __init__(self, text: str, *, name: str) -> None:
        self.name = name
        declared = _DECLARED.match(text)
        self._n_rows_before = 1 if declared else 0
        self._text = text[declared.end() :] if declared else text
        self._line_end, self._stand_in = _line_end(self._text)
        if self._stand_in:
            self._text = _BARE_CR.sub(self._stand_in, self._text)
        self.delimiter = declared[1] if declared else self._sniffed()

    def records(self, *, progress: Progress | None = None) -> Iterator[tuple[int, list[str]]]:
        """Every record with its number, blank lines counted but left out."""
        position = 0

        def lines() -> Iterator[str]:
            nonlocal position
            for line in _lines(self._text, self._line_end):
                position += len(line)
                yield line

        reader = csv.reader(lines(), delimiter=self.delimiter, strict=True)
        number = self._n_rows_before
        with _cells_of_any_size():
            while True:
                first_line = reader.line_num + 1
                try:
                    record = next(reader, None)
                except csv.Error as error:
                    raise HarkenError(self._fault(error, number + 1, first_line)) from error
                if record is None:
                    break
                number += 1
                if record:
                    yield number, self._restored(record) if self._stand_in else record
                if progress is not None and number % ROWS_PER_REPORT == 0:
                    progress(number, position / len(self._text))
        if progress is not None:
            progress(number, 1.0)

    def _restored(self, record: list[str]) -> list[str]:
        return [cell.replace(self._stand_in, "\r") for cell in record]

    def _fault(self, error: csv.Error, number: int, first_line: int) -> str:
        place = f"{self.name}, row {number} (line {first_line + self._n_rows_before})"
        if "end of data" in str(error):
            return f"{place}: a quotation mark opens a cell and none closes it. Add the closing one."
        return (
            f"{place}: text follows the quotation mark that closes a cell. Inside a quoted cell write each"
            ' quotation mark twice ("").'
        )

    def _sniffed(self) -> str:
        with _cells_of_any_size():
            fits = {delimiter: self._fit(delimiter) for delimiter in DELIMITERS}
        # max keeps the first of equals: the comma where nothing speaks for another.
        best = max(DELIMITERS, key=lambda delimiter: (fits[delimiter].share, fits[delimiter].width))
        if fits[best].share == 0 and fits[best].width == 1:
            return max(DELIMITERS, key=lambda delimiter: fits[delimiter].unbroken)
        return best

    def _fit(self, delimiter: str) -> _Fit:
        """How well the first rows agree with the header's width."""
        reader = csv.reader(_lines(self._text, self._line_end), delimiter=delimiter, strict=True)
        width = n_records = n_unbroken = 0
        fitting = 0.0
        try:
            for record in islice(filter(None, reader), _N_SNIFFED):
                if not width:
                    width = len(record)
                    continue
                n_records += 1
                n_cells = len(record)
                n_unbroken += n_cells == 1
                if n_cells == width or (n_cells > width and not any(record[width:])):
                    fitting += 1
                elif 1 < n_cells < width:
                    fitting += 0.5
        except csv.Error:
            n_records += 1
        share = fitting / n_records if n_records else 0.5
        return _Fit(
            share=share if width > 1 else 0.0,
            unbroken=n_unbroken / n_records if n_records else 1.0,
            width=width,
        )


def _line_end(text: str) -> tuple[str, str]:
    """The character that ends lines, and one to stand in for carriage returns that end none.

    The csv module ends a row at any carriage return outside quotes. Where rows end at line feeds, a bare
    carriage return is part of an answer, so it travels through the parser in disguise.
    """
    if not _BARE_CR.search(text):
        return "\n", ""
    if not any("\n" in outside for outside in text.split('"')[::2]):
        return "\r", ""
    return "\n", _unused_character(text)


def _unused_character(text: str) -> str:
    # Noncharacters, which no text should hold, and private use after them in case one does.
    for point in (*range(0xFDD0, 0xFDF0), *range(0xE000, 0xF8FF)):
        if chr(point) not in text:
            return chr(point)
    raise HarkenError("The file uses every private character of Unicode; remove its bare carriage returns.")


def _lines(text: str, end: str) -> Iterator[str]:
    # Not str.splitlines, which also splits at form feeds and line separators inside answers.
    start = 0
    while (at := text.find(end, start)) >= 0:
        yield text[start : at + 1]
        start = at + 1
    if start < len(text):
        yield text[start:]


@contextmanager
def _cells_of_any_size() -> Iterator[None]:
    before = csv.field_size_limit(_LARGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)
