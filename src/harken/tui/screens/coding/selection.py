"""Selecting words on the coding screen: a mode in which codes go to a part of the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.binding import Binding

from harken.errors import HarkenError
from harken.tui.commands import MENU, SELECTION_MENU
from harken.tui.screens.coding.notes import CodingNotes
from harken.tui.screens.coding.panes import CodingPanes

if TYPE_CHECKING:
    from harken.services.coding.selecting import Selection

ONLY_WHEN_SELECTING = frozenset(
    {
        *("select_step", "select_hold", "select_sentence", "select_switch_step", "select_extend"),
        *("select_to_end", "select_menu", "select_leave", "select_refuse"),
    }
)
NOT_WHEN_SELECTING = frozenset(
    {
        *("decide", "decide_no_code", "open_menu", "reopen", "step", "focus_code", "undo", "redo"),
        "dismiss_message",
    }
)
HOW_TO = "A code's letter applies it to the words in brackets. ↵ holds: → adds more."
HELD = "Held: → adds, ← takes off. A code's letter applies it. ↵ lets go."


class CodingSelection(CodingNotes):
    """The part of the coding screen that selects words."""

    _panes: CodingPanes
    _selection: Selection | None = None

    def _say(self, text: str) -> None:
        raise NotImplementedError

    def _other_key(self) -> None:
        raise NotImplementedError

    def _show_keys(self) -> None:
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ONLY_WHEN_SELECTING and self._selection is None:
            return False
        if action in NOT_WHEN_SELECTING and self._selection is not None:
            return False
        return super().check_action(action, parameters)

    def menus(self) -> Sequence[tuple[str, str, Sequence[Binding]]]:
        if self._selection is None:
            return [("Menu", "open_menu", MENU)]
        return [("Selected words", "select_menu", SELECTION_MENU)]

    @property
    def segment(self) -> tuple[int, int] | None:
        selection = self._selection
        return None if selection is None else (selection.start, selection.end)

    @property
    def is_held(self) -> bool:
        """Whether arrows add to what is selected."""
        return self._selection is not None and self._selection.is_held

    def action_select_words(self) -> None:
        self._begin_selection()

    def _begin_selection(self, said: str = "") -> None:
        # Here, as in all that follows a key, not at the top: the first answer is painted sooner without.
        from harken.services.coding.selecting import Selection

        current = self.session.current
        if not self._has_answer() or current is None:
            return
        try:
            selection = Selection.at_the_beginning(current.response.text)
        except HarkenError as error:
            self._refuse(str(error))
            return
        self._set_selection(selection)
        self._say(said or HOW_TO)

    def _set_selection(self, selection: Selection | None) -> None:
        is_other_mode = (self._selection is None) != (selection is None)
        was_held = self.is_held
        self._selection = selection
        self._panes.show_selection(selection)
        if is_other_mode:
            self.refresh_bindings()
        if is_other_mode or was_held != self.is_held:
            self._show_keys()

    def _segment_done(self) -> None:
        """A code or mark is on the words: they stay selected, and the next step begins behind them."""
        if self._selection is not None:
            self._set_selection(self._selection.let_go())

    # -- keys of the mode ------------------------------------------------------------------------------

    def _change(self, change: Callable[[Selection], Selection]) -> None:
        self._other_key()
        if self._selection is not None:
            self._set_selection(change(self._selection))
            self._say(HELD if self.is_held else "")

    def action_select_step(self, n: int) -> None:
        self._change(lambda selection: selection.moved(n))

    def action_select_extend(self, n: int) -> None:
        self._change(lambda selection: selection.moved(n, extending=True))

    def action_select_sentence(self, n: int) -> None:
        self._change(lambda selection: selection.moved_by_sentence(n))

    def action_select_to_end(self, n: int) -> None:
        self._change(lambda selection: selection.moved_to_end(n))

    def action_select_hold(self) -> None:
        self._change(lambda selection: selection.switched_hold())
        self._say(HELD if self.is_held else "Let go: arrows move on.")

    def action_select_switch_step(self) -> None:
        self._change(lambda selection: selection.switched_step())
        by_word = self._selection is not None and self._selection.goes_by_word
        self._say("Word by word." if by_word else "Character by character.")

    def action_select_leave(self) -> None:
        self._other_key()
        self._set_selection(None)
        self._say("")

    def action_select_refuse(self) -> None:
        self._other_key()
        self._refuse("Words are being selected, so that key did nothing. Esc goes back to the answer.")

    def action_select_menu(self) -> None:
        from harken.tui.screens.boxes.menu import SelectionMenu

        self.app.push_screen(SelectionMenu(offered=self.offered_ids()), self._run_later)
