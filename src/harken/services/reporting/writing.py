"""A report's folder: the page, the document, the workbook and the figures, written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from harken._version import __version__
from harken.exporters.whole_folders import refuse_folder, write_folder
from harken.report import Book
from harken.services.releasing import note_release
from harken.services.reporting.asked import Asked, Progress
from harken.services.reporting.gathering import gather
from harken.services.reporting.options import ReportOptions
from harken.storage.store import Store

MARKER = "harken-report.json"
"""Says of a folder that a report wrote it, and what it wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenReport:
    """What was written into the folder."""

    project_hash: str
    files: tuple[str, ...]
    n_tables: int
    n_figures: int
    is_look_noted: bool
    """Whether the project notes that its figures were looked at; a read-only file does not."""
    remarks: tuple[str, ...] = ()
    """With small counts hidden: what earlier releases tell together with this one."""

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "files": list(self.files), "remarks": list(self.remarks)}


def refuse_report(folder: Path, *, force: bool) -> None:
    """Raise where a report cannot go, before anything is worked out."""
    refuse_folder(folder, marker=MARKER, force=force)


def write_report(
    store: Store,
    folder: Path,
    options: ReportOptions,
    *,
    actor: str,
    force: bool = False,
    progress: Progress | None = None,
) -> WrittenReport:
    """Write the report of a project into a new or empty folder; the same project gives the same bytes.

    With `force` a report that stands there is replaced, and nothing else ever is. Raises `HarkenError`
    where it cannot be written; then an older report is as it was.
    """
    refuse_report(folder, force=force)
    asked = Asked(store=store, options=options, actor=actor, progress=progress)
    book = gather(asked)
    files = dict(_files(book, progress))
    project_hash = store.project_hash()
    write_folder(
        folder,
        files,
        marker=MARKER,
        about={"harken": __version__, "project_hash": project_hash, "command": options.command},
        force=force,
    )
    is_noted = store.note_look(
        actor=actor,
        kind="report",
        payload={"by": options.by, "questions": list(options.questions), "suppress": options.threshold},
    )
    remarks: tuple[str, ...] = ()
    if options.threshold is not None:
        tables = () if asked.theme_table is None else (asked.theme_table,)
        remarks = note_release(
            store,
            asked.people,
            *tables,
            command="report",
            threshold=options.threshold,
            actor=actor,
            file=folder.name,
        )
    reports = [section.report for section in book.sections if section.report is not None]
    return WrittenReport(
        project_hash=project_hash,
        files=tuple(sorted([*files, MARKER])),
        n_tables=sum(len(report.tables) for report in reports),
        n_figures=sum(len(report.figures) for report in reports),
        is_look_noted=is_noted,
        remarks=remarks,
    )


def _files(book: Book, progress: Progress | None) -> Iterator[tuple[str, bytes]]:
    from harken.exporters.books import book_document, book_figures, book_page, book_workbook

    def tell(stage: str, share: float) -> None:
        if progress is not None:
            progress(stage, share)

    tell("page", 0.7)
    yield "report.html", book_page(book).encode()
    tell("document", 0.8)
    yield "report.docx", book_document(book)
    tell("workbook", 0.9)
    yield "tables.xlsx", book_workbook(book)
    tell("figures", 0.95)
    yield from book_figures(book)
