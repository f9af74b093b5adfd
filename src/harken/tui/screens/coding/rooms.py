"""Rooms beside the coding screen: going there with the open answer in mind, and coming back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harken.tui.screens.coding.selection import CodingSelection

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen


class CodingRooms(CodingSelection):
    """The part of the coding screen that opens other screens; they are imported when they are wanted."""

    clock: Callable[[], float]

    def _came_back(self) -> None:
        """Keys that follow at once were meant for the room."""
        raise NotImplementedError

    def action_show_answers(self) -> None:
        """All answers; the one that is picked there opens here."""
        from harken.services.browsing import reader_for
        from harken.tui.screens.answers.screen import AnswersScreen

        session = self.session
        reader = reader_for(session.store, session.coder, round=session.round.name, is_coding=True)
        self._visit(
            AnswersScreen(session.store, reader=reader, clock=self.clock, picks=True, keymap=self.keymap)
        )

    def action_show_codebook(self) -> None:
        """The codebook, at the code in focus."""
        from harken.tui.screens.codebook.screen import CodebookScreen

        session = self.session
        self._visit(
            CodebookScreen(
                session.store,
                coder=session.coder,
                round=session.round,
                focus=self._panes.codes.focused_path,
                is_coding=True,
                keymap=self.keymap,
            )
        )

    def action_show_memos(self) -> None:
        """The diary and every memo."""
        from harken.tui.screens.memos.screen import MemosScreen

        session = self.session
        self._visit(
            MemosScreen(
                session.store,
                coder=session.coder,
                round=session.round,
                keymap=self.keymap,
                clock=self.clock,
            )
        )

    def action_show_questions(self) -> None:
        """Questions, replies and alerts."""
        from harken.tui.screens.asking.questions import QuestionsScreen

        session = self.session
        self._visit(
            QuestionsScreen(
                session.store,
                coder=session.coder,
                round=session.round,
                keymap=self.keymap,
                clock=self.clock,
            )
        )

    def _visit(self, room: Screen[Any]) -> None:
        self.app.push_screen(room, self._back_from_room)

    def _back_from_room(self, response_id: int | None) -> None:
        """Take up what was changed there, and open the answer that was picked.

        Escape pressed once too often ends here from a box in a room, so keys that follow at once do nothing.
        """
        is_taken_up = self._attempt(self.session.take_up_changes)
        if response_id is not None:
            self._attempt(lambda: self.session.go_to_response(response_id))
        elif is_taken_up:
            current = self.session.current
            where = "the end of the queue" if current is None else current.response.key.participant
            self._say(f"Back at {where}.")
        self._came_back()
