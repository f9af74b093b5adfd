"""Verbs on the codebook and on codings, in files and in workbooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from harken.model import MAIN_ROUND
from harken.services.project.part import ProjectPart

if TYPE_CHECKING:
    from harken.services.codebooks import CodebookImport
    from harken.services.codebooks.desk import CodebookDesk
    from harken.services.codings import CodingsImport
    from harken.services.project.part import File
    from harken.services.round_trip import CodingWorkbook, WorkbookImport
    from harken.services.suggesting import Suggestions


class CodeVerbs(ProjectPart):
    """What `harken codebook`, `codings` and `suggest` do."""

    @property
    def codebook(self) -> CodebookDesk:
        """The codebook, to be looked at and changed: `project.codebook.merge("wait", "staff")`."""
        from harken.services.codebooks.desk import CodebookDesk

        return CodebookDesk(self.store, actor=self.actor)

    def import_codebook(
        self,
        path: File,
        *,
        mapping: Mapping[str, str] | None = None,
        is_trial: bool = False,
        editorial: bool = False,
    ) -> CodebookImport:
        """Replace the codebook by a file's; `mapping` says what the codings of vanished codes become.

        `editorial` says that words alone are corrected: every code means what it meant.
        """
        from harken.services.codebooks import import_codebook

        return import_codebook(
            self.store,
            Path(path),
            actor=self.actor,
            mapping=mapping,
            is_trial=is_trial,
            is_editorial=editorial,
        )

    def export_codebook(self, *, format: str = "yaml", spreadsheet_safe: bool = False) -> bytes:
        """The codebook as the bytes of a yaml, csv or xlsx file."""
        from harken.services.codebooks import export_codebook

        return export_codebook(self.store, format, spreadsheet_safe=spreadsheet_safe)

    def import_codings(
        self, path: File, *, is_adjudicated: bool = False, is_replacing: bool = False
    ) -> CodingsImport:
        """Store every decision of a codings file, or none."""
        from harken.services.codings import import_codings

        return import_codings(
            self.store,
            Path(path),
            actor=self.actor,
            is_adjudicated=is_adjudicated,
            is_replacing=is_replacing,
        )

    def export_codings(self, *, spreadsheet_safe: bool = False) -> bytes:
        """Every decision as the bytes of a codings file, sorted."""
        from harken.services.codings import export_codings

        stream = StringIO(newline="")
        export_codings(self.store, stream, spreadsheet_safe=spreadsheet_safe)
        return stream.getvalue().encode()

    def export_workbook(self, *, questions: Sequence[str] = (), round: str = MAIN_ROUND) -> CodingWorkbook:
        """A workbook in which the actor can code in a spreadsheet program; `data` is its file.

        It has the answers that the actor is to code in the round, with what they decided so far.
        """
        from harken.services.round_trip import export_workbook

        return export_workbook(self.store, coder=self.actor, questions=questions, round=round)

    def look_at_workbook(self, path: File) -> WorkbookImport:
        """Every change that a filled-in workbook would make; nothing is written."""
        from harken.services.round_trip import look_at_workbook

        return look_at_workbook(self.store, Path(path))

    def take_workbook(
        self, path: File, looked: WorkbookImport, *, is_replacing: bool = False
    ) -> WorkbookImport:
        """Store the changes that were looked at, all or none.

        Rows that contradict what was decided after the export are refused unless `is_replacing`.
        """
        from harken.services.round_trip import take_workbook

        return take_workbook(self.store, Path(path), looked, actor=self.actor, is_replacing=is_replacing)

    def suggest(self, *, questions: Sequence[str] = (), top: int = 3) -> Suggestions:
        """Suggested codes for every answered response, in file order. Loads spaCy."""
        from harken.services.suggesting import Suggestions, suggest_codes

        found = suggest_codes(self.store, questions=questions, top=top)
        return Suggestions(responses=tuple(found))
