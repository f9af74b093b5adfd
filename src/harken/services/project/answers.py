"""Verbs on answers: reading them, and marking places in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from harken.model import MAIN_ROUND, MarkKind, ResponseKey
from harken.services.project.part import ProjectPart

if TYPE_CHECKING:
    from harken.model import Mark
    from harken.services.browsing import AnswerFilter
    from harken.services.browsing.result import AnswerList, FrameworkMatrix, PersonView, Retrieval
    from harken.services.marked import MarkedList
    from harken.services.reading_mode import ReadingSession


class AnswerVerbs(ProjectPart):
    """What `harken answers`, `read` and `marks` do."""

    def answers(
        self, *, filter: AnswerFilter | None = None, limit: int | None = None, redact: bool = True
    ) -> AnswerList:
        """The answers that a filter finds, everybody's work with them; in a blind round one's own alone.

        `AnswerFilter` is in `harken.services.browsing`. With `redact` brackets stand in the place of what
        coders marked as identifying.
        """
        from harken.services.browsing import AnswerFilter
        from harken.services.browsing.looking import list_answers

        return list_answers(
            self.store, filter or AnswerFilter(), actor=self.actor, most=limit, is_redacted=redact
        )

    def retrieval(
        self,
        *,
        filter: AnswerFilter | None = None,
        by: str | None = None,
        limit: int | None = None,
        redact: bool = True,
    ) -> Retrieval:
        """What has each code of the filter, or of the codebook, by the groups of a column.

        `limit` is of the answers under one heading; the figures in it stay whole. The look is noted in the
        project, unless its file is read-only.
        """
        from harken.services.browsing import AnswerFilter
        from harken.services.browsing.looking import retrieve_answers

        result = retrieve_answers(
            self.store, filter or AnswerFilter(), actor=self.actor, by=by, most=limit, is_redacted=redact
        )
        self.store.note_look(actor=self.actor, kind="answers", payload={"layout": "retrieval", "by": by})
        return result

    def framework_matrix(self, *, filter: AnswerFilter | None = None, redact: bool = True) -> FrameworkMatrix:
        """What each participant said by family, or by code where the filter names codes."""
        from harken.services.browsing import AnswerFilter
        from harken.services.browsing.looking import lay_out_matrix

        return lay_out_matrix(self.store, filter or AnswerFilter(), actor=self.actor, is_redacted=redact)

    def person(self, participant: str, *, redact: bool = True) -> PersonView:
        """All that one participant gave: groups, closed items, attributes and answers."""
        from harken.services.browsing.looking import view_person

        return view_person(self.store, participant, actor=self.actor, is_redacted=redact)

    def read(
        self, *, questions: Sequence[str] = (), by_participant: bool = False, round: str = MAIN_ROUND
    ) -> ReadingSession:
        """Go on reading where the actor stopped, answer by answer, without codes.

        `current` is the answer, `step(1)` goes on; `note_read`, `toggle_star` and `write_memo` are recorded.
        """
        from harken.services.reading_mode import ReadingSession

        return ReadingSession.open(
            self.store, coder=self.actor, round=round, questions=questions, by_participant=by_participant
        )

    def marks(
        self,
        *,
        kinds: Sequence[str] = (),
        coders: Sequence[str] = (),
        questions: Sequence[str] = (),
        participants: Sequence[str] = (),
        with_excluded: bool = False,
        show_identifying: bool = False,
    ) -> MarkedList:
        """What coders marked: quotes as they are printed, identifying places, and what answers refer to.

        `kinds`: quote, identifying or link. The words of identifying places are left out unless
        `show_identifying`. While a blind round of the actor's is not done, others' quotes and links are too.
        """
        from harken.services.marked import MarkedKind, list_marks

        return list_marks(
            self.store,
            viewer=self.actor,
            kinds=[MarkedKind(kind) for kind in kinds],
            coders=coders,
            questions=questions,
            participants=participants,
            with_excluded=with_excluded,
            shows_identifying=show_identifying,
        )

    def mark_quote(
        self, participant: str, question: str, *, words: str = "", occasion: str = "", is_marked: bool = True
    ) -> Mark:
        """Mark words of an answer, or all of it, as worth quoting; or take the actor's mark away."""
        from harken.services.marking import mark_words

        key = ResponseKey(participant, question, occasion)
        (mark,) = mark_words(
            self.store, key, words, kind=MarkKind.QUOTE, actor=self.actor, is_marked=is_marked
        )
        return mark

    def mark_identifying(
        self,
        participant: str,
        question: str,
        *,
        words: str,
        detail: str = "detail",
        occasion: str = "",
        is_marked: bool = True,
    ) -> tuple[Mark, ...]:
        """Mark words that tell who somebody is, wherever they stand in an answer: outputs print brackets.

        `detail`: name, place, date, organisation or detail.
        """
        from harken.services.marking import mark_words

        return mark_words(
            self.store,
            ResponseKey(participant, question, occasion),
            words,
            kind=MarkKind.IDENTIFYING,
            actor=self.actor,
            label=detail,
            is_marked=is_marked,
        )

    def link_answers(self, answer: tuple[str, ...], to: tuple[str, ...], *, is_linked: bool = True) -> None:
        """Note that an answer refers to another one (each: participant, question, occasion if any)."""
        from harken.services.marking import link_answers

        link_answers(
            self.store, ResponseKey(*answer), ResponseKey(*to), actor=self.actor, is_linked=is_linked
        )
