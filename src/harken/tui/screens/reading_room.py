"""The reading room: one answer at a time, large, without codes and suggestions."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget

from harken.services.reading_mode import ReadingSession
from harken.tui.commands.reading import READING
from harken.tui.keys.pace import READING_SECONDS
from harken.tui.screens.room import Room
from harken.tui.widgets.answer import AnswerView
from harken.tui.widgets.choices import Choice
from harken.tui.widgets.lines import Heading
from harken.tui.widgets.reading import STAR, NoticeLine, ProgressLine

NOTHING = """There is nothing to read yet.

harken import FILE takes in a survey."""


class ReadingRoom(Room[int]):
    """Gives the id of the answer that was open when the reader went back.

    An answer counts as read when the reader moves on after it was in sight for a moment, or was scrolled:
    whoever only passes by has not read it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*READING]
    DEFAULT_CSS = """
    ReadingRoom #page { height: 1fr; layout: vertical; }
    """
    ROOM_TITLE = "Reading"
    HELP_GROUP = "Reading"

    def __init__(
        self,
        session: ReadingSession,
        *,
        keymap: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(keymap=keymap)
        self.session = session
        self._clock = clock
        self._opened_at = clock()
        self._is_scrolled = False
        self._who = Heading(title=self.session.title)
        self._answer = AnswerView()
        self._notice = NoticeLine()
        self._progress = ProgressLine()

    def body(self) -> Iterable[Widget]:
        return (self._who, Container(self._notice, self._answer, id="page"), self._progress)

    def on_mount(self) -> None:
        super().on_mount()
        self._answer_opened()

    def heading(self) -> str:
        order = "person by person" if self.session.by_participant else "question by question"
        return f"{order} · {', '.join(self.session.questions)}" if self.session.questions else order

    def result(self) -> int | None:
        current = self.session.current
        return None if current is None else current.response.id

    # -- moving --------------------------------------------------------------------------------------

    def _move(self, verb: Callable[[], str]) -> None:
        """Move on: what was read is noted first."""
        before = self.session.current

        def act() -> str:
            if before is not None and self._has_been_read():
                self.session.note_read()
            return verb()

        self.attempt(act)
        now = self.session.current
        if before is None or now is None or now.position != before.position:
            self._answer_opened()
        else:
            self._show_notes()

    def _has_been_read(self) -> bool:
        is_in_sight = self._answer.content_size.height > 0
        return is_in_sight and (self._is_scrolled or self._clock() - self._opened_at >= READING_SECONDS)

    def action_step(self, n: int) -> None:
        self._move(lambda: self.session.step(n))

    def action_next_unread(self) -> None:
        self._move(self.session.next_unread)

    def action_go_to_end(self, n: int) -> None:
        self._move(lambda: self.session.go_to(0 if n < 0 else self.session.progress.n_answers - 1))

    def action_go_to(self) -> None:
        from harken.tui.screens.boxes.picker import Picker

        picker = Picker(
            title="Go to an answer",
            search=self._find_answers,
            placeholder="participant, or number; starred answers stand here",
        )
        self.app.push_screen(picker, self._go_to)

    def _go_to(self, position: int | None) -> None:
        if position is not None:
            self._move(lambda: self.session.go_to(position))

    def _find_answers(self, text: str) -> Sequence[Choice]:
        return [
            Choice(
                value=found.position,
                text=f"{found.key.participant}  {found.key.question} {found.key.occasion}",
                note=f"{'read' if found.is_read else 'not read'} {found.position + 1}",
                mark=STAR if found.is_starred else " ",
            )
            for found in self.session.find(text)
        ]

    def action_scroll_answer(self, n: int) -> None:
        self._is_scrolled = True
        self._answer.scroll_pages(n)

    # -- noting --------------------------------------------------------------------------------------

    def action_star(self) -> None:
        self._note(self.session.toggle_star)

    def _note(self, verb: Callable[[], str]) -> bool:
        is_done = self.attempt(verb)
        self._show_notes()
        return is_done

    def action_write_memo(self) -> None:
        from harken.tui.screens.boxes.note import NoteDialog

        current = self.session.current
        if current is not None:
            dialog = NoteDialog(
                title=f"Memo on {current.response.key.participant}",
                text=self.session.memo_so_far(),
                context=current.response.text,
                keep=self.session.keep_memo,
            )
            self.app.push_screen(dialog, self._keep_memo)

    def _keep_memo(self, words: str | None) -> None:
        if words is not None:
            self._note(lambda: self.session.write_memo(words))

    def action_write_diary(self) -> None:
        from harken.tui.screens.boxes.note import NoteDialog

        dialog = NoteDialog(title="Diary", text=self.session.diary_so_far(), keep=self.session.keep_diary)
        self.app.push_screen(dialog, self._keep_diary)

    def _keep_diary(self, words: str | None) -> None:
        if words is not None:
            self._note(lambda: self.session.write_diary(words))

    def action_show_person(self) -> None:
        from harken.tui.screens.boxes.reading import ReadingDialog, person_text

        person = self.session.person()
        if person is not None:
            groups = "".join(f" · {value}" for _, value in person.groups)
            self.app.push_screen(ReadingDialog(title=f"{person.name}{groups}", content=person_text(person)))

    # -- showing -------------------------------------------------------------------------------------

    def _answer_opened(self) -> None:
        current = self.session.current
        self._is_scrolled = False
        if current is None:
            self._answer.show_notice(NOTHING)
        else:
            self._answer.show_answer(current.response.text)
        self._who.show(self.session.as_open, self.session.progress.n_answers)
        self._show_notes()
        self._opened_at = self._clock()
        self.call_after_refresh(self._answer_painted)

    def _answer_painted(self) -> None:
        self._opened_at = self._clock()

    def _show_notes(self) -> None:
        self._notice.show(self.session.current)
        self._progress.show(self.session.coder, self.session.progress)
