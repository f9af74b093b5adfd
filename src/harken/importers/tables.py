"""Reads a table from a file of any kind that surveys and codings come in."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

from harken.errors import HarkenError
from harken.importers.decoding import decode_text
from harken.importers.delimited import DelimitedText
from harken.importers.raw_table import Progress, RawTable, TableSource, build_table
from harken.importers.workbook import is_workbook, read_workbook

_IMPORT_ID = re.compile(r"""\{["']ImportId["']: ?["'].*\}""")
_FOREIGN = (
    (b"$FL2", "an SPSS file"),
    (b"$FL3", "a compressed SPSS file"),
    (b'{"', "JSON"),
    (b'[{"', "JSON"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3\0", "an SQLite database"),
)
"""How files begin that are no table but are given as one."""


def read_table(
    path: str | Path,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    progress: Progress | None = None,
) -> RawTable:
    """Read CSV, TSV, XLSX, XLS or ODS; the bytes tell which it is, not the name."""
    name = str(path)
    data = _read_bytes(path)
    sha256 = hashlib.sha256(data).hexdigest()
    if is_workbook(data):
        if encoding is not None:
            raise HarkenError(f"{name} is a workbook, which knows its encoding. Leave out --encoding.")
        return read_workbook(data, name=name, sha256=sha256, sheet=sheet, progress=progress)
    if sheet is not None:
        raise HarkenError(f"{name} is plain text and has no sheet {sheet!r}. Leave out --sheet.")
    for beginning, kind in _FOREIGN:
        if data.startswith(beginning):
            raise HarkenError(f"{name} is {kind}, not a table. Export it as CSV or XLSX.")
    text, settled_encoding = decode_text(data, name=name, encoding=encoding)
    del data
    delimited = DelimitedText(text, name=name)
    source = TableSource(
        name=name,
        format="tsv" if delimited.delimiter == "\t" else "csv",
        sha256=sha256,
        encoding=settled_encoding,
        delimiter=delimited.delimiter,
    )
    return _without_question_texts(build_table(source, delimited.records(progress=progress)))


def _without_question_texts(table: RawTable) -> RawTable:
    """Leave out the two rows that Qualtrics puts between its headers and the answers."""
    if len(table.rows) < 2 or not any(_IMPORT_ID.fullmatch(cell) for cell in table.rows[1]):
        return table
    first, second = table.row_numbers[:2]
    note = f"Rows {first} and {second} hold Qualtrics' question texts and ids, no answers; they are left out."
    return replace(table, rows=table.rows[2:], row_numbers=table.row_numbers[2:], notes=(*table.notes, note))


def _read_bytes(path: str | Path) -> bytes:
    try:
        data = Path(path).read_bytes()
    except FileNotFoundError as error:
        raise HarkenError(f"There is no file {str(path)!r}. Check the name and the folder.") from error
    except IsADirectoryError as error:
        raise HarkenError(f"{str(path)!r} is a folder. Name the file in it.") from error
    except OSError as error:
        raise HarkenError(f"{str(path)!r} cannot be read: {error.strerror or error}.") from error
    if not data:
        raise HarkenError(f"{path} is empty (0 bytes). Export it again.")
    return data
