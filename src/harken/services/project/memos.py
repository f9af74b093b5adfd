"""Verbs on memos and on analytic themes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from harken.model import ResponseKey
from harken.services.project.part import ProjectPart

if TYPE_CHECKING:
    from harken.services.analytic_themes import ThemeList
    from harken.services.memos import Memo, MemoList, MemoVersion
    from harken.storage.notes import ThemeDraft


class MemoVerbs(ProjectPart):
    """What `harken memos` and `analytic-themes` do."""

    def memos(
        self,
        *,
        about: Sequence[str] = (),
        authors: Sequence[str] = (),
        codes: Sequence[str] = (),
        questions: Sequence[str] = (),
        participants: Sequence[str] = (),
        search: str = "",
        since: str = "",
    ) -> MemoList:
        """The memos that the actor may read, the newest first.

        `about`: project, question, code, participant, answer or decision. `since` is a day, as in 2026-11-24.
        """
        from harken.services.memos import checked_filter, list_memos

        wanted = checked_filter(
            self.store,
            about=about,
            authors=authors,
            codes=codes,
            questions=questions,
            participants=participants,
            search=search,
            since=since,
        )
        return list_memos(self.store, wanted, coder=self.actor, with_answers=True)

    def add_memo(
        self,
        text: str,
        *,
        code: str = "",
        question: str = "",
        participant: str = "",
        answer: str = "",
        occasion: str = "",
    ) -> Memo:
        """Write a memo on a code, a question, a participant, or a participant's `answer` to a question.

        Without a name it is an entry of the diary.
        """
        from harken.services.memos import add_memo, subject_of

        subject = subject_of(
            self.store,
            code=code,
            question=question,
            participant=participant,
            answer=answer,
            occasion=occasion,
        )
        return add_memo(self.store, subject, text, actor=self.actor)

    def change_memo(self, id: str, text: str) -> Memo:
        """Give a memo another wording; a beginning of its id will do."""
        from harken.services.memos import change_memo, find_memo

        memo = find_memo(self.store, id, actor=self.actor)
        return change_memo(self.store, memo.id, text, actor=self.actor)

    def remove_memo(self, id: str) -> Memo:
        """Take a memo away and return it as it was; its wordings stay in the journal."""
        from harken.services.memos import find_memo, remove_memo

        memo = find_memo(self.store, id, actor=self.actor)
        return remove_memo(self.store, memo.id, actor=self.actor)

    def memo_history(self, id: str) -> tuple[MemoVersion, ...]:
        """Every wording of a memo, the first one first."""
        from harken.services.memos import find_memo, memo_history

        return tuple(memo_history(self.store, find_memo(self.store, id, actor=self.actor).id))

    def analytic_themes(self) -> ThemeList:
        """The analytic themes: central idea, codes, how many people, quotes, memos."""
        from harken.services.analytic_themes import list_themes, people_for

        people = people_for(self.store, coder=self.actor)
        return list_themes(self.store, coder=self.actor, people=people)

    def write_analytic_theme(
        self,
        name: str,
        *,
        rename: str = "",
        idea: str | None = None,
        codes: Sequence[str] = (),
        without_codes: Sequence[str] = (),
        memos: Sequence[str] = (),
        without_memos: Sequence[str] = (),
    ) -> ThemeDraft:
        """Make the analytic theme of this name, or change it: what is not named stays as it is."""
        from harken.services.analytic_themes import write_theme

        return write_theme(
            self.store,
            name,
            actor=self.actor,
            rename=rename,
            idea=idea,
            codes=codes,
            without_codes=without_codes,
            memos=memos,
            without_memos=without_memos,
        )

    def quote_in_theme(
        self, name: str, participant: str, question: str, *, words: str = "", occasion: str = ""
    ) -> str:
        """Let an analytic theme quote an answer, or `words` of it; the same again takes the quote out.

        Returns a sentence that says which.
        """
        from harken.services.analytic_themes import quote_of, theme_named, toggle_quote

        theme = theme_named(self.store, name)
        place = quote_of(self.store, ResponseKey(participant, question, occasion), words)
        return toggle_quote(self.store, theme.id, place, actor=self.actor)

    def remove_analytic_theme(self, name: str) -> str:
        """Take an analytic theme away; its codes, quotes and memos stay where they are."""
        from harken.services.analytic_themes import remove_theme, theme_named

        return remove_theme(self.store, theme_named(self.store, name).id, actor=self.actor)
