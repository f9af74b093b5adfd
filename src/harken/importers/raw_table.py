"""What a file's table is before anyone says what its columns mean: headers and rows of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from harken.errors import HarkenError, quoted

Progress = Callable[[int, float], None]
"""Is told the rows read so far and the share of the file that is behind them."""

ROWS_PER_REPORT = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSource:
    """Where a table was read from."""

    name: str
    """The path as the person gave it."""
    format: str
    """csv, tsv, xlsx, xlsb, xls or ods."""
    sha256: str
    """Of the file's bytes."""
    encoding: str = ""
    """Empty for workbooks, which carry their own."""
    delimiter: str = ""
    sheet: str = ""

    def place(self, row: int | None = None, column: str = "") -> str:
        """The words by which an error names a spot: file, sheet, row and column."""
        words = f"{self.name} (sheet {self.sheet!r})" if self.sheet else self.name
        if row is not None:
            words += f", row {row}"
        return f"{words}, column {column!r}" if column else words


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """Headers and rows of text, every row as wide as the headers."""

    source: TableSource
    headers: tuple[str, ...]
    """Each a different one, with runs of white space made one space."""
    rows: Sequence[Sequence[str]]
    """Cells as the file has them, byte for byte. Rows without any text are left out."""
    row_numbers: Sequence[int]
    """Where each row stands, counted as a spreadsheet counts: the header is commonly row 1."""
    notes: tuple[str, ...] = ()
    """Decisions taken while reading, for showing."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Headers that the file does not have so, and what it has: nothing, or a header that stood already."""

    def index(self, header: str) -> int:
        return self.headers.index(header)

    def values(self, header: str) -> list[str]:
        """All cells of one column, from top to bottom."""
        at = self.headers.index(header)
        return [row[at] for row in self.rows]

    def place(self, row: int | None = None, column: str = "") -> str:
        return self.source.place(row, column)


def build_table(
    source: TableSource, records: Iterable[tuple[int, Sequence[str]]], *, notes: Sequence[str] = ()
) -> RawTable:
    """Make a table of numbered records, the first one with text being the headers.

    Short records are padded. A longer one is an error unless its extra cells are blank.
    """
    stream = iter(records)
    header = next((record for _, record in stream if any(cell.strip() for cell in record)), None)
    if header is None:
        raise HarkenError(
            f"{source.place()} holds no header and no rows. Give a file whose first row names the columns."
        )
    width = len(header)
    rows: list[Sequence[str]] = []
    numbers: list[int] = []
    for number, record in stream:
        n_cells = len(record)
        if n_cells < width:
            record = [*record, *[""] * (width - n_cells)]
        elif n_cells > width:
            record = _without_extra_cells(source, number, record, width)
        if any(record):
            rows.append(record)
            numbers.append(number)
    headers, kept, remarks = _settle_headers(header, rows)
    if len(kept) < width:
        rows = [[row[at] for at in kept] for row in rows]
    return RawTable(
        source=source,
        headers=headers,
        rows=rows,
        row_numbers=_compact(numbers),
        notes=(*notes, *remarks),
        renamed={
            name: said
            for name, said in zip(headers, (" ".join(header[at].split()) for at in kept), strict=True)
            if name != said
        },
    )


def _without_extra_cells(
    source: TableSource, number: int, record: Sequence[str], width: int
) -> Sequence[str]:
    for at in range(width, len(record)):
        if record[at]:
            way_out = (
                f"Put quotation marks round cells that hold {source.delimiter!r}."
                if source.delimiter
                else "Give the extra column a header, or empty the cell."
            )
            raise HarkenError(
                f"{source.place(number)}: cell {at + 1} ({quoted(record[at])}) stands under none of the"
                f" {width} headers. {way_out}"
            )
    return record[:width]


def _settle_headers(
    header: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[tuple[str, ...], list[int], list[str]]:
    """Name every column that holds something, each differently; drop empty columns without a name."""
    names = [" ".join(cell.split()) for cell in header]
    remarks: list[str] = []
    kept = [at for at, name in enumerate(names) if name or any(row[at] for row in rows)]
    taken = set(names)
    times: Counter[str] = Counter()
    for at in kept:
        name = names[at]
        if not name:
            names[at] = _untaken(f"column {at + 1}", taken)
            remarks.append(f"Column {at + 1} has no header; it is called {names[at]!r}.")
            continue
        times[name] += 1
        if times[name] > 1:
            names[at] = _untaken(name, taken, first=times[name])
            remarks.append(
                f"The header {quoted(name)} stands again over column {at + 1}: {quoted(names[at])}."
            )
    return tuple(names[at] for at in kept), kept, remarks


def _untaken(name: str, taken: set[str], *, first: int = 1) -> str:
    number, candidate = first, f"{name} ({first})" if first > 1 else name
    while candidate in taken:
        number += 1
        candidate = f"{name} ({number})"
    taken.add(candidate)
    return candidate


def _compact(numbers: list[int]) -> Sequence[int]:
    if numbers and numbers[-1] - numbers[0] + 1 == len(numbers):
        return range(numbers[0], numbers[-1] + 1)
    return numbers
