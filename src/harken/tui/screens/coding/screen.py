"""The coding screen: takes keys, lets the session act, and shows what is on disk then."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Resize
from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen

from harken.errors import HarkenError, many
from harken.services.coding import CodingSession
from harken.tui.answer_suggestions import AnswerSuggestions
from harken.tui.commands import CODING, SELECTING, THEME
from harken.tui.keys.names import command_letters
from harken.tui.keys.pace import DecisionGuard, Pace
from harken.tui.screens.coding.letters import CodingLetters
from harken.tui.screens.coding.panes import AT_END, BARE, HEIGHTS, WIDTHS, CodingPanes, is_bare, shape_classes
from harken.tui.widgets.codes import CodeList


class CodingScreen(CodingLetters, Screen[bool], inherit_bindings=False):
    """The controller. Nothing on it takes focus: every key comes here."""

    BINDINGS: ClassVar[list[BindingType]] = [*CODING, *SELECTING, THEME]
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    @dataclass
    class SuggestionsReady(Message):
        """The other process has suggested something for an answer."""

        response_id: int

    @dataclass
    class SuggestionsOff(Message):
        """It has given up."""

        reason: str

    def __init__(
        self,
        session: CodingSession,
        *,
        size: Size,
        with_suggestions: bool,
        clock: Callable[[], float],
        keymap: Mapping[str, str],
    ) -> None:
        super().__init__(classes=shape_classes(size, session.codebook))
        self.session = session
        self.keymap = keymap
        self.clock = clock
        self._guard = DecisionGuard(clock)
        self._suggestions = AnswerSuggestions(
            session,
            is_wanted=with_suggestions,
            on_ready=lambda response_id: self.post_message(self.SuggestionsReady(response_id)),
            on_off=lambda reason: self.post_message(self.SuggestionsOff(reason)),
        )
        self._panes = CodingPanes(session, self._suggestions)
        self._command_letters = command_letters(keymap)
        self._has_decided = False
        """Whether the last deciding key decided something."""
        self._is_at_end = False

    def compose(self) -> ComposeResult:
        return self._panes.compose()

    def on_mount(self) -> None:
        self._show_keys()
        self._answer_opened()

    def on_unmount(self) -> None:
        self._suggestions.close()

    def on_resize(self, event: Resize) -> None:
        del event
        self.call_after_refresh(self._note_suggestions)

    def _focus_code(self, path: str) -> None:
        self._panes.focus_code(path)

    # -- acting --------------------------------------------------------------------------------------

    def _attempt(self, verb: Callable[[], str]) -> bool:
        """Let the session act, and show what came of it; an error becomes the message."""
        before = self.session.current
        try:
            said = verb()
        except HarkenError as error:
            self._show_after(before)
            self._refuse(str(error))
            return False
        self._show_after(before)
        self._say(said)
        return True

    def _show_after(self, before: object) -> None:
        now = self.session.current
        was = getattr(before, "response", None)
        if (None if now is None else now.response) != was:
            self._answer_opened()
            return
        is_asking_again = self._suggestions.drop_gone()
        self._answer_changed()
        if is_asking_again:
            self._panes.show_evidence()
            self.call_after_refresh(self._suggestions.ask)

    def _decide(self, key: str, verb: Callable[[], str]) -> None:
        if self.session.current is not None and not self._panes.is_answer_in_sight:
            self._refuse("The window is too small to show the answer. Make it larger to decide.")
            return
        pace = self._guard.judge(key)
        if pace is Pace.DECIDES:
            self._has_decided = self._attempt(verb)
        elif pace is Pace.HELD and self._has_decided:
            self._has_decided = False
            if self._attempt(self.session.undo):
                self._refuse("The key was held down: what it decided last is taken back.")
        else:
            self._refuse("Too soon after the last key: that was not taken as a decision.")

    def action_decide(self) -> None:
        self._decide("enter", self.session.decide)

    def action_decide_no_code(self) -> None:
        self._decide("0", self.session.decide_no_code)

    def action_decide_uncodable(self) -> None:
        self._decide("x", self.session.decide_uncodable)

    def action_apply_suggestion(self, number: int) -> None:
        self._guard.other_key()
        shown = self._suggestions.found[: self._panes.n_suggestion_places]
        if number > len(shown):
            self._refuse(f"There is no suggestion {number}.")
        else:
            self._toggle(shown[number - 1].code)

    def action_step(self, n: int) -> None:
        self._guard.other_key()
        self._attempt(lambda: self.session.step(n))

    def action_reopen(self) -> None:
        self._guard.other_key()
        self._attempt(self.session.reopen)

    def action_undo(self) -> None:
        self._guard.other_key()
        self._attempt(self.session.undo)

    def action_redo(self) -> None:
        self._guard.other_key()
        self._attempt(self.session.redo)

    def action_same_as_before(self) -> None:
        self._attempt(self.session.same_as_before)

    def action_focus_code(self, n: int) -> None:
        self._guard.other_key()
        self._panes.codes.step(n)
        self._panes.show_definition()

    def action_scroll_answer(self, n: int) -> None:
        self._panes.scroll_answer(n)

    def action_toggle_suggestions(self) -> None:
        self._attempt(self._suggestions.switch)

    def action_dismiss_message(self) -> None:
        self._say("")

    def action_say_how_to_leave(self) -> None:
        self._say("Ctrl+Q leaves. Decisions and drafts are on disk.")

    def action_leave(self) -> None:
        progress = self.session.progress
        self.app.exit(
            f"{progress.n_done} of {progress.n_answers} answers decided, {progress.n_left} left; "
            f"{many(progress.n_saved, 'decision')} saved by {self.session.coder}."
        )

    @on(CodeList.Picked)
    def _picked(self, event: CodeList.Picked) -> None:
        self._panes.focus_code(event.path)

    # -- showing -------------------------------------------------------------------------------------

    def _answer_opened(self) -> None:
        """Show another answer: its text at once, what stands around it a frame later."""
        self._pending = ""
        if self._selection is not None:
            self._set_selection(None)
        self._suggestions.answer_opened()
        self.set_class(is_bare(self.session.codebook), BARE)
        self.set_class(self.session.current is None, AT_END)
        self._panes.show_answer()
        if self._is_at_end != (self.session.current is None):
            self._is_at_end = not self._is_at_end
            self._show_keys()
        self._take_suggestions()
        self._guard.answer_opened()
        self.call_after_refresh(self._answer_painted)

    def _answer_painted(self) -> None:
        self._guard.answer_opened()
        try:
            self._panes.show_last(self.session.last_decision)
        except HarkenError as error:
            self._refuse(str(error))
        self._answer_changed()
        self.call_after_refresh(self._suggestions.ask)

    def _answer_changed(self) -> None:
        self._panes.show_work(self._pending, is_caps_on=self._is_caps_on)

    def _take_suggestions(self) -> bool:
        if not self._suggestions.take():
            return False
        self._panes.show_evidence()
        self._note_suggestions()
        return True

    def _note_suggestions(self) -> None:
        self._suggestions.note_shown(self._panes.n_suggestion_places)

    def on_coding_screen_suggestions_ready(self, message: SuggestionsReady) -> None:
        current = self.session.current
        # They come late, into the place that was kept for them; nothing that was there moves.
        if current is not None and message.response_id == current.response.id and self._take_suggestions():
            self._panes.show_suggestions()

    def on_coding_screen_suggestions_off(self, message: SuggestionsOff) -> None:
        self._suggestions.turn_off(message.reason)
        self._panes.show_suggestions()

    def _show_keys(self) -> None:
        active = [one.binding for one in self.active_bindings.values() if one.binding.show]
        if self.session.current is None:
            active = [binding for binding in active if self.working()(binding.action)]
        if self.segment is not None:
            order = [binding.id for binding in SELECTING]
            if self.is_held:
                active = [
                    replace(one, description="let go") if one.id == "select.hold" else one for one in active
                ]
            active = sorted(
                (one for one in active if one.id in order), key=lambda binding: order.index(binding.id)
            )
        self._panes.keys.show([(self.app.get_key_display(binding), binding) for binding in active])

    def _other_key(self) -> None:
        self._guard.other_key()

    def _came_back(self) -> None:
        self._guard.came_back()

    def _say(self, text: str) -> None:
        self._panes.say(text)

    def _refuse(self, text: str) -> None:
        self.refuse(text)

    def refuse(self, text: str) -> None:
        self._panes.refuse(text)

    def are_meant(self, keys: Sequence[str]) -> bool:
        """Keys that came at once: the menu's, a letter of it that opens a box, and what is typed there.

        The menu's alone is meant too: the letter may come a little later.
        """
        from harken.tui.screens.boxes.menu import opens_box

        menu = self.active_bindings.get(keys[0])
        opens_menu = menu is not None and menu.binding.action in ("open_menu", "select_menu")
        entries = [entry for _, _, entries in self.menus() for entry in entries]
        return opens_menu and (len(keys) == 1 or opens_box(entries, keys[1:2], self.keymap))
