"""Verbs that take figures apart and choose what to quote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from harken.model import ResponseKey
from harken.services.project.part import ProjectPart

if TYPE_CHECKING:
    from harken.services.quoting import QuoteList, QuoteState
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
        alone are listed, whatever they are to the figure. A look at one group's figure is noted in the
        project, unless its file is read-only.
        """
        from harken.services.tabulating import Base
        from harken.services.tracing import trace_cell

        result = trace_cell(
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
        if group is not None or where:
            self._note_themes_seen("why", by=by, where=where, questions=result.questions)
        return result

    def quotes(
        self,
        *,
        codes: Sequence[str] = (),
        questions: Sequence[str] = (),
        by: str | None = None,
        where: Sequence[tuple[str, str]] = (),
        basis: str = "default",
        per_theme: int = 3,
        consent: str | None = None,
        only_cleared: bool = False,
        suppress: int | None = None,
        with_ids: bool = False,
    ) -> QuoteList:
        """Typical and divergent quotes of each theme, by a stated rule and under stable pseudonyms.

        `consent` is the column that says who agreed to be quoted (`COLUMN=VALUE` for one value alone); the
        project remembers it, and an empty one forgets it. `suppress` names no group where a count of people
        below it could be told. `with_ids` lets outputs name participants.
        """
        from harken.services import quoting

        said = quoting.read_consent(self.store)
        if consent is not None:
            said = quoting.parse_consent(self.store, consent)
        found = quoting.find_quotes(
            self.store,
            viewer=self.actor,
            codes=codes,
            questions=questions,
            by=by,
            where=where,
            basis=basis,
            per_theme=per_theme,
            consent=said,
            only_cleared=only_cleared,
            threshold=suppress,
            with_ids=with_ids,
        )
        if consent is not None and not self.store.is_read_only:
            quoting.remember_consent(self.store, said, actor=self.actor)
        if where:
            self._note_themes_seen("quotes", where=where, questions=questions)
        return found

    def edit_quote(
        self, participant: str, question: str, words: str, *, occasion: str = "", cleared: bool = False
    ) -> QuoteState:
        """Word a part of an answer for print: … leaves words out, [brackets] put words in or change them.

        Anything else that is not in the answer is refused. Without words the participant's own stand again.
        """
        from harken.services import quoting

        key = ResponseKey(participant, question, occasion)
        if not words:
            return quoting.take_back_edits(self.store, key, actor=self.actor)
        return quoting.edit_quote(self.store, key, words, actor=self.actor, is_cleared=cleared)

    def clear_quote(
        self, participant: str, question: str, *, occasion: str = "", words: str = "", cleared: bool = True
    ) -> tuple[QuoteState, ...]:
        """Clear a quote for publication, or take that back.

        Cleared is the edited wording, else the places that coders marked, else the answer; or these `words`.
        """
        from harken.services import quoting

        key = ResponseKey(participant, question, occasion)
        return quoting.clear_quote(self.store, key, actor=self.actor, words=words, is_cleared=cleared)
