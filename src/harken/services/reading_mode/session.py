"""One coder reading: the open answer, and what each key does about it, on disk at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from harken.errors import HarkenError
from harken.model import MAIN_ROUND, Response, Round
from harken.services.blindness import sight_of
from harken.services.coding.people import Person, read_person
from harken.services.coding.reading import shown_groups
from harken.services.coding.work import OpenAnswer
from harken.services.coding.writing import SharedFile
from harken.services.memos import (
    PROJECT,
    Memo,
    MemoSubject,
    UnfinishedMemos,
    add_memo,
    change_memo,
    on_answer,
    remove_memo,
)
from harken.services.reading_mode.order import ReadingOrder, ReadingPlace, ReadingProgress
from harken.storage import notes, study, survey
from harken.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingAnswer:
    """The answer before the reader."""

    response: Response
    position: int
    """Its place in the order of reading, counted from 0."""
    groups: tuple[tuple[str, str], ...]
    """Variable and value, of every grouping variable; empty where they are hidden."""
    is_read: bool
    is_starred: bool
    memo: Memo | None
    """The reader's own latest memo on it."""


class ReadingSession:
    """One coder's way through the answers. Each verb is durable when it returns, and returns a line to show.

    A verb that is refused, or cannot be written, raises `HarkenError` and has changed nothing.
    """

    def __init__(
        self, store: Store, *, coder: str, round: Round, questions: Iterable[str], by_participant: bool
    ) -> None:
        self.store = store
        self.coder = coder
        self.round = round
        self.questions = tuple(questions)
        self.by_participant = by_participant
        self._sight = sight_of(store, coder, coding_in=round)
        self._file = SharedFile(store, coder=coder)
        self._unfinished = UnfinishedMemos(store, coder=coder)
        self._current: ReadingAnswer | None = None
        self._order = ReadingOrder(
            store, coder=coder, questions=self.questions, by_participant=by_participant
        )
        self._open_at(self._order.place_to_go_on())

    @classmethod
    def open(
        cls,
        store: Store,
        *,
        coder: str,
        round: str = MAIN_ROUND,
        questions: Iterable[str] = (),
        by_participant: bool = False,
    ) -> ReadingSession:
        """Go on where the coder stopped reading. Raises for an unknown round or question.

        `round` is the one they are at work in and may hide groups; what is read is the same in every one.
        """
        asked = study.round_named(store, round)
        names = tuple(dict.fromkeys(survey.question_named(store, name).name for name in questions))
        if store.is_read_only:
            raise HarkenError(f"{store.path} is read-only; copy it to a folder of your own to read in it.")
        return cls(store, coder=coder, round=asked, questions=names, by_participant=by_participant)

    # -- looking -------------------------------------------------------------------------------------

    @property
    def title(self) -> str:
        """The project's."""
        return study.settings(self.store).get("title", "")

    @property
    def current(self) -> ReadingAnswer | None:
        """The answer before the reader; None where there is nothing to read."""
        return self._current

    @property
    def progress(self) -> ReadingProgress:
        return self._order.progress

    @property
    def as_open(self) -> OpenAnswer | None:
        """The same answer as coding would have it before it, without a decision."""
        answer = self._current
        if answer is None:
            return None
        return OpenAnswer(response=answer.response, position=answer.position, groups=answer.groups)

    def person(self) -> Person | None:
        """The participant of the open answer: other answers and closed items, groups unless hidden."""
        answer = self.as_open
        if answer is None:
            return None
        with self._file.explained():
            return read_person(self.store, answer)

    def find(self, text: str) -> tuple[ReadingPlace, ...]:
        """Answers by participant or by number; for no text the starred ones and the next unread one."""
        with self._file.explained():
            return self._order.find(text, after=self._place)

    # -- moving --------------------------------------------------------------------------------------

    @property
    def _place(self) -> int:
        return -1 if self._current is None else self._current.position

    def step(self, n: int) -> str:
        """Go `n` answers on, or back."""
        question = self._current.response.key.question if self._current else ""
        wanted = self._place + n
        self._catch_up()
        if not 0 <= wanted < len(self._order):
            return "This is the first answer." if n < 0 else self._at_the_end()
        self._open_at(wanted)
        now = self._current.response.key.question if self._current else ""
        return f"Another question: {now}." if now != question and not self.by_participant else ""

    def go_to(self, position: int) -> str:
        """Open the answer at a place; beyond the end the last one."""
        self._catch_up()
        self._open_at(position)
        return ""

    def next_unread(self) -> str:
        """Open the next answer that is not read, from the beginning again behind the last one."""
        self._catch_up()
        here = self._place
        place = next((place for place in self._order.unread_after(here) if place != here), None)
        if place is None:
            return self._at_the_end()
        self._open_at(place)
        return "From the beginning again." if place < here else ""

    def _at_the_end(self) -> str:
        here = self._current
        left = self.progress.n_left - (0 if here is None or here.is_read else 1)
        if left > 0:
            return f"This is the last answer; {left} before it not read yet. u goes to the next of them."
        return "This is the last answer, and you have read them all."

    def _catch_up(self) -> None:
        """Take up what other programs did to the survey."""
        if self._file.news().survey:
            with self._file.explained():
                self._order.reload()

    def _open_at(self, position: int) -> None:
        if not len(self._order):
            self._current = None
            return
        place = min(max(position, 0), len(self._order) - 1)
        with self._file.explained():
            self._current = self._read_answer(place)

    def _read_answer(self, place: int) -> ReadingAnswer:
        id = self._order.id_at(place)
        response = survey.response(self.store, id)
        own = (memo for memo in notes.memos_on_answer(self.store, id) if memo.author == self.coder)
        return ReadingAnswer(
            response=response,
            position=place,
            groups=shown_groups(self.store, response, self._sight),
            is_read=self._order.is_read(id),
            is_starred=self._order.is_starred(id),
            memo=next(own, None),
        )

    # -- noting --------------------------------------------------------------------------------------

    def note_read(self) -> None:
        """Note that the open answer is read; the first time alone is written."""
        answer = self._answer()
        if answer.is_read:
            return
        with self._file.action() as action:
            notes.note_read(action, answer.response.key, coder=self.coder)
        self._order.note_read(answer.response.id)
        self._current = replace(answer, is_read=True)

    def toggle_star(self) -> str:
        """Star the open answer, or take the star away."""
        answer = self._answer()
        is_starred = not answer.is_starred
        with self._file.action() as action:
            notes.put_star(action, answer.response.key, coder=self.coder, is_starred=is_starred)
        self._order.note_star(answer.response.id, is_starred=is_starred)
        self._current = replace(answer, is_starred=is_starred)
        return "Starred." if is_starred else "No longer starred."

    def memo_so_far(self) -> str:
        """The reader's memo on the open answer, or what they typed of it when the program was torn away."""
        memo = self._answer().memo
        return self._unfinished.words_on(self._subject(), memo) or (memo.body if memo else "")

    def keep_memo(self, words: str) -> None:
        """Keep what is typed of the memo on the open answer."""
        self._unfinished.keep(self._subject(), words, memo=self._answer().memo)

    def write_memo(self, body: str) -> str:
        """Keep the reader's memo on the open answer; without words it is taken away."""
        answer, words, on = self._answer(), body.strip(), self._subject()
        before = answer.memo
        if words == (before.body if before else ""):
            self._unfinished.end(on, before, is_written=False)
            return ""
        try:
            memo = self._written(on, words, before)
        except HarkenError:
            self._unfinished.save(on, words, before)
            self._open_at(answer.position)
            raise
        self._unfinished.end(on, before, is_written=True)
        self._current = replace(answer, memo=memo)
        return "Memo kept." if memo else "Memo taken away."

    def _written(self, on: MemoSubject, words: str, before: Memo | None) -> Memo | None:
        if before is None:
            id = self._unfinished.id_on(on)
            return add_memo(self.store, on, words, actor=self.coder, id=id)
        if words:
            return change_memo(self.store, before.id, words, actor=self.coder, as_read=before.body)
        remove_memo(self.store, before.id, actor=self.coder)
        return None

    def _subject(self) -> MemoSubject:
        return on_answer(self.store, self._answer().response.key)

    def diary_so_far(self) -> str:
        """The entry of the diary that was typed when the program was torn away."""
        return self._unfinished.words_on(PROJECT)

    def keep_diary(self, words: str) -> None:
        """Keep what is typed of an entry of the diary."""
        self._unfinished.keep(PROJECT, words)

    def write_diary(self, body: str) -> str:
        """A new entry of the diary; without words there is none."""
        if not body.strip():
            self._unfinished.end(PROJECT, is_written=False)
            return ""
        try:
            add_memo(self.store, PROJECT, body, actor=self.coder, id=self._unfinished.id_on(PROJECT))
        except HarkenError:
            self._unfinished.save(PROJECT, body)
            raise
        self._unfinished.end(PROJECT, is_written=True)
        return "Written into the diary."

    def _answer(self) -> ReadingAnswer:
        if self._current is None:
            raise HarkenError("There is no answer to read yet. Take in a survey with `harken import FILE`.")
        return self._current
