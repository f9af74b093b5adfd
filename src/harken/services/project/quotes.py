"""Verbs that take figures apart and choose what to quote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from harken.services.project.part import ProjectPart

if TYPE_CHECKING:
    from harken.services.tracing import CellTrace


class QuoteVerbs(ProjectPart):
    """What `harken why` and `harken quotes` do."""

    def why(
        self,
        code: str,
        *,
        by: str | None = None,
        group: str | None = None,
        questions: Sequence[str] = (),
        occasions: Sequence[str] = (),
        basis: str = "default",
        base: str = "coded",
        where: Sequence[tuple[str, str]] = (),
        with_excluded: bool = False,
        participants: Sequence[str] = (),
        not_mentioned: bool = False,
        outside: bool = False,
    ) -> CellTrace:
        """One cell of a theme table with the people, answers, decisions and events behind it.

        `not_mentioned` and `outside` list who else is in the base and who is not; with `participants` these
        alone are listed, whatever they are to the figure.
        """
        from harken.services.tabulating import Base
        from harken.services.tracing import trace_cell

        return trace_cell(
            self.store,
            code,
            viewer=self.actor,
            by=by,
            group=group,
            questions=questions,
            occasions=occasions,
            basis=basis,
            base=Base(base),
            where=where,
            with_excluded=with_excluded,
            participants=participants,
            with_not_mentioned=not_mentioned,
            with_outside=outside,
        )
