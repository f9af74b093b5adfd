"""Writing listed answers to a file, as the command of the same name would."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from harken.errors import HarkenError
from harken.exporters.whole_files import write_whole
from harken.report import Report
from harken.services.browsing.filters import AnswerFilter
from harken.services.browsing.list_report import answers_report
from harken.services.browsing.listing import chunks
from harken.services.browsing.readers import Reader
from harken.services.browsing.result import AnswerList, Look
from harken.services.browsing.rows import AnswerRow, rows
from harken.storage import study
from harken.storage.store import Store

MOST = 100_000
"""Answers that are written from a screen, which waits for it; the command writes any number."""
_AT_ONCE = 1_000
_DATA = (".csv", ".xlsx")
"""Their cells hold what was said and nothing else, no marks around what was searched for."""


def export_listed(store: Store, ids: Sequence[int], filter: AnswerFilter, reader: Reader, path: Path) -> str:
    """Write these answers, with brackets for what tells who somebody is; returns a line to show.

    The suffix decides the format. An existing file is never overwritten.
    """
    write = _writer(path)
    if len(ids) > MOST:
        raise HarkenError(
            f"{len(ids):,} answers are more than {MOST:,}: filter them, or write them with "
            f"`harken answers --format csv --output {path}`."
        )
    _refuse(path)
    found: list[AnswerRow] = []
    for chunk in chunks(ids, size=_AT_ONCE):
        found += rows(store, chunk, reader)
    look = Look(title=study.settings(store).get("title", ""), filter=filter, reader=reader)
    result = AnswerList(look=look, n=len(found), rows=tuple(found))
    write_whole(path, write(answers_report(result, marks_matches=path.suffix.lower() not in _DATA)))
    return f"{len(found):,} answer{'' if len(found) == 1 else 's'} written to {path}."


def _writer(path: Path) -> Callable[[Report], bytes]:
    suffix = path.suffix.lower()
    if suffix == ".csv":
        from harken.exporters.delimited import csv_text

        return lambda report: csv_text(report, spreadsheet_safe=False).encode()
    if suffix in (".md", ".markdown"):
        from harken.exporters.markdown import markdown_text

        return lambda report: markdown_text(report).encode()
    if suffix == ".xlsx":
        from harken.exporters.workbook import workbook_bytes

        return workbook_bytes
    if suffix == ".docx":
        from harken.exporters.document import document_bytes

        return document_bytes
    raise HarkenError(f"{path}: end the name in .csv, .xlsx, .docx or .md; that decides the format.")


def _refuse(path: Path) -> None:
    if path.exists():
        raise HarkenError(f"{path} exists already; choose another name.")
    if not path.parent.is_dir():
        raise HarkenError(f"The folder {path.parent} does not exist; make it first.")
