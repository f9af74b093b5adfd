"""Verbs that make what goes with a paper: its methods section, checklists, and the archive."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from harken.services.project.part import ProjectPart

if TYPE_CHECKING:
    from harken.services.archiving import Archive
    from harken.services.describing import ParticipantTable
    from harken.services.project.part import File
    from harken.services.reporting import WrittenReport


class PageVerbs(ProjectPart):
    """What `harken archive` does, and words and tables that `harken report` holds."""

    def archive(
        self,
        path: File,
        *,
        text: str = "none",
        attributes: Sequence[str] = (),
        pseudonyms: bool = False,
        is_replacing: bool = False,
    ) -> Archive:
        """Pack the project into a ZIP file for a data repository.

        `text`: none, redacted or full. `attributes` are columns of the survey that go in beside the groups.
        """
        from harken.services.archiving import ArchiveOptions, TextChoice, archive_project

        options = ArchiveOptions(
            text=TextChoice(text), attributes=tuple(attributes), has_pseudonyms=pseudonyms
        )
        return archive_project(
            self.store, Path(path), options=options, actor=self.actor, is_replacing=is_replacing
        )

    def report(
        self,
        folder: File,
        *,
        questions: Sequence[str] = (),
        by: str | None = None,
        basis: str = "default",
        base: str = "coded",
        level: float = 0.95,
        suppress: int = 0,
        with_excluded: bool = False,
        united: bool = False,
        quotes: int | None = None,
        answers: bool = True,
        agreement: bool = False,
        counts: bool = False,
        memos: bool = False,
        looks: bool = False,
        checklists: Sequence[str] = (),
        is_replacing: bool = False,
    ) -> WrittenReport:
        """Write the study's report into a new or empty folder: a page, a document, a workbook, figures.

        `quotes` is how many of each theme, 0 for none. `agreement` and `counts` show in reflexive work what
        it has on request alone. `is_replacing` lets an older report give way, and nothing else.
        """
        from harken.services.reporting import ReportOptions, write_report

        options = ReportOptions(
            questions=tuple(questions),
            by=by,
            basis=basis,
            base=base,
            level=level,
            threshold=suppress or None,
            with_excluded=with_excluded,
            is_united=united,
            n_quotes=quotes,
            has_answers=answers,
            has_agreement=agreement,
            has_counts=counts,
            has_memos=memos,
            has_looks=looks,
            checklists=tuple(checklists),
        )
        return write_report(self.store, Path(folder), options, actor=self.actor, force=is_replacing)

    def participants(self, *, by: str | None = None, variables: Sequence[str] = ()) -> ParticipantTable:
        """Characteristics of the people who are analysed, by the groups of a column."""
        from harken.services.describing import describe_participants

        return describe_participants(self.store, by=by, variables=variables)

    def methods(self, *, by: str | None = None) -> tuple[str, ...]:
        """The methods section, a paragraph a topic, with this study's numbers and how themes were counted."""
        from harken.services.describing import methods_paragraphs
        from harken.services.tabulating import tabulate

        return methods_paragraphs(self.store, table=tabulate(self.store, by=by))
