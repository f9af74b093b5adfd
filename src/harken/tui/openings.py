"""What the program can begin with: for each a function that makes its first screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harken.services.coding import CodingSession
from harken.tui.app import HarkenApp, Opening

if TYPE_CHECKING:
    from textual.screen import Screen

    from harken.model import Round
    from harken.services.browsing import AnswerFilter, Reader
    from harken.services.reading_mode import ReadingSession
    from harken.storage.store import Store


def coding(session: CodingSession, *, with_suggestions: bool = True) -> Opening:
    """The coding screen."""

    def opened(app: HarkenApp) -> Screen[Any]:
        from harken.tui.screens.coding.screen import CodingScreen

        return CodingScreen(
            session, size=app.size, with_suggestions=with_suggestions, clock=app.clock, keymap=app.keys
        )

    return opened


def reading(session: ReadingSession) -> Opening:
    """The reading room."""

    def opened(app: HarkenApp) -> Screen[Any]:
        from harken.tui.screens.reading_room import ReadingRoom

        return ReadingRoom(session, keymap=app.keys, clock=app.clock)

    return opened


def answers(store: Store, reader: Reader, *, filter: AnswerFilter | None = None) -> Opening:
    """All answers, filtered."""

    def opened(app: HarkenApp) -> Screen[Any]:
        from harken.tui.screens.answers.screen import AnswersScreen

        return AnswersScreen(store, reader=reader, filter=filter, clock=app.clock, keymap=app.keys)

    return opened


def memos(store: Store, *, coder: str, round: Round) -> Opening:
    """The diary and every memo."""

    def opened(app: HarkenApp) -> Screen[Any]:
        from harken.tui.screens.memos.screen import MemosScreen

        return MemosScreen(store, coder=coder, round=round, keymap=app.keys, clock=app.clock)

    return opened


def analytic_themes(store: Store, *, coder: str, round: Round) -> Opening:
    """The analytic themes."""

    def opened(app: HarkenApp) -> Screen[Any]:
        from harken.tui.screens.memos.analytic_themes import AnalyticThemesScreen

        return AnalyticThemesScreen(store, coder=coder, round=round, keymap=app.keys)

    return opened


def questions(store: Store, *, coder: str, round: Round) -> Opening:
    """Questions, replies and alerts."""

    def opened(app: HarkenApp) -> Screen[Any]:
        from harken.tui.screens.asking.questions import QuestionsScreen

        return QuestionsScreen(store, coder=coder, round=round, keymap=app.keys, clock=app.clock)

    return opened


def meeting(store: Store, *, coder: str, round: Round) -> Opening:
    """The agenda of the next meeting."""

    def opened(app: HarkenApp) -> Screen[Any]:
        from harken.tui.screens.asking.meeting import MeetingScreen

        return MeetingScreen(store, coder=coder, round=round, keymap=app.keys, clock=app.clock)

    return opened


def codebook(store: Store, *, coder: str, round: Round, focus: str = "") -> Opening:
    """The codebook, to be changed; `focus` is the family or code to begin at."""

    def opened(app: HarkenApp) -> Screen[Any]:
        from harken.tui.screens.codebook.screen import CodebookScreen

        return CodebookScreen(store, coder=coder, round=round, focus=focus, keymap=app.keys)

    return opened
