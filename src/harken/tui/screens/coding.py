"""The coding screen: takes keys, lets the session act, and shows what is on disk then."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.events import Key, Resize
from textual.message import Message
from textual.screen import Screen

from harken.errors import HarkenError
from harken.model import Suggestion
from harken.services.coding import CodingSession
from harken.tui.commands import CODING, THEME
from harken.tui.pace import DecisionGuard
from harken.tui.screens.coding_dialogs import CodingDialogs
from harken.tui.widgets.answer import AnswerView
from harken.tui.widgets.codes import CodeList
from harken.tui.widgets.definition import DefinitionView
from harken.tui.widgets.lines import (
    AppliedLine,
    Heading,
    KeyLine,
    LastLine,
    MessageLine,
    Standing,
    StatusLine,
)
from harken.tui.widgets.suggestions import SuggestionList

if TYPE_CHECKING:
    from harken.tui.suggesting import SuggestionDesk

N_AHEAD = 6
"""Answers for which suggestions are prepared before they are opened."""
END_OF_QUEUE = """Every answer in this queue is decided.

Backspace reopens the last decision, ← goes back through the queue, Space g goes to an answer.
Ctrl+Q leaves: everything is on disk."""
HIDDEN = "hidden in this round, F2 shows them from the next answer on"
WIDTHS: list[tuple[int, str]] = [(0, "-narrow"), (100, "-normal"), (150, "-wide"), (190, "-widest")]
HEIGHTS: list[tuple[int, str]] = [(0, "-short"), (30, "-medium"), (42, "-tall")]
_OTHER_MODIFIERS = ("ctrl+", "alt+", "meta+", "super+", "hyper+")


class CodingScreen(CodingDialogs, Screen[None], inherit_bindings=False):
    """The controller. Nothing on it takes focus: every key comes here."""

    BINDINGS: ClassVar[list[BindingType]] = [*CODING, THEME]
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
        with_suggestions: bool,
        clock: Callable[[], float],
        keymap: Mapping[str, str],
    ) -> None:
        super().__init__()
        self.session = session
        self.keymap = keymap
        self._guard = DecisionGuard(clock)
        self._has_desk = with_suggestions
        self._desk: SuggestionDesk | None = None
        self._desk_version = session.codebook_version
        self._shows_suggestions = with_suggestions and not session.hides_suggestions
        self._is_hiding = not self._shows_suggestions
        """Whether suggestions are hidden for the open answer: it stays so until the next one."""
        self._suggestions: Sequence[Suggestion] | None = None
        """For the open answer; None until they come."""
        self._off_because = ""
        self._pending = ""
        self._is_caps_on = False

    def compose(self) -> ComposeResult:
        yield Heading()
        with Container(id="body"):
            with Container(id="reading"):
                yield AnswerView()
                yield AppliedLine()
                yield SuggestionList()
            yield CodeList()
            yield DefinitionView()
        yield LastLine()
        yield MessageLine()
        yield StatusLine()
        yield KeyLine()

    def on_mount(self) -> None:
        self._show_keys()
        self._answer_opened()
        # The other process starts when there is something to look at.
        self.call_after_refresh(self._open_desk)

    def on_unmount(self) -> None:
        if self._desk is not None:
            self._desk.close()

    def on_resize(self, event: Resize) -> None:
        del event
        self.call_after_refresh(self._note_suggestions)

    # -- keys ----------------------------------------------------------------------------------------

    async def on_key(self, event: Key) -> None:
        """Letters are codes; every other key goes on to the bindings."""
        character = event.character or ""
        if not character.isalpha() or event.key.startswith(_OTHER_MODIFIERS):
            if self._pending:
                self._drop_pending(event)
            return
        event.stop()
        self._guard.other_key()
        letter = character.casefold()
        self._is_caps_on = letter != character
        self._show_status()
        self._letter(letter)

    def _drop_pending(self, event: Key) -> None:
        """A begun hotkey is never followed by something else: the coder may think the code is applied."""
        event.stop()
        begun, self._pending = self._pending, ""
        self._show_codes()
        if event.key in ("escape", "backspace"):
            self._say("")
        else:
            self._refuse(f"“{begun}” alone is no code, and the key after it did nothing. Nothing is changed.")

    def _letter(self, letter: str) -> None:
        hotkey, self._pending = self._pending + letter, ""
        sheet = self.session.sheet
        if self.session.current is None:
            self._refuse("No answer is open. Backspace reopens the last decision.")
        elif hotkey in sheet.by_hotkey:
            self._toggle(sheet.by_hotkey[hotkey])
        elif sheet.begun_by(hotkey):
            self._pending = hotkey
            self._show_codes()
            self._say(f"{hotkey}… and the second letter of a code's key. Esc drops it.")
        else:
            self._show_codes()
            layout = "" if letter.isascii() else " Is another keyboard layout on?"
            self._refuse(f"No code has the key “{hotkey}”.{layout} Space f finds a code, Space n makes one.")

    def _toggle(self, path: str) -> None:
        if self._attempt(lambda: self.session.toggle(path)):
            self.query_one(CodeList).focus_code(path)
            self._show_definition()

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
        else:
            self._answer_changed()

    def _decide(self, key: str, verb: Callable[[], str]) -> None:
        if self._guard.lets_through(key):
            self._attempt(verb)
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
        shown = self._shown_suggestions()
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
        self.query_one(CodeList).step(n)
        self._show_definition()

    def action_scroll_answer(self, n: int) -> None:
        self.query_one(AnswerView).scroll_pages(n)

    def action_toggle_suggestions(self) -> None:
        if not self._has_desk:
            self._refuse("This sitting was started without suggestions.")
            return
        self._shows_suggestions = not self._shows_suggestions
        word = "shown" if self._shows_suggestions else "hidden"
        self._say(f"Suggestions are {word} from the next answer on.")

    def action_dismiss_message(self) -> None:
        self._say("")

    def action_say_how_to_leave(self) -> None:
        self._say("Ctrl+Q leaves. Decisions and drafts are on disk.")

    def action_leave(self) -> None:
        progress = self.session.progress
        self.app.exit(
            f"{progress.n_done} of {progress.n_answers} answers decided, {progress.n_left} left; "
            f"{progress.n_saved} decisions saved."
        )

    @on(CodeList.Picked)
    def _picked(self, event: CodeList.Picked) -> None:
        self.query_one(CodeList).focus_code(event.path)
        self._show_definition()

    # -- suggestions ---------------------------------------------------------------------------------

    def _open_desk(self) -> None:
        if self._has_desk and self._desk is None and self.session.codebook.families:
            # Not at the top: the first answer is painted sooner without.
            from harken.tui.suggesting import SuggestionDesk

            self._desk_version = self.session.codebook_version
            self._desk = SuggestionDesk(
                self.session.codebook,
                on_ready=lambda response_id: self.post_message(self.SuggestionsReady(response_id)),
                on_off=lambda reason: self.post_message(self.SuggestionsOff(reason)),
            )
            self._desk.start()
            self._ask_for_suggestions()

    def _ask_for_suggestions(self) -> None:
        """Ask for those of the open answer if they are missing, and for the next answers'."""
        if self._desk is None:
            self._open_desk()
            return
        if self._desk_version != self.session.codebook_version:
            self._desk_version = self.session.codebook_version
            self._desk.change_codebook(self.session.codebook)
        try:
            upcoming = list(self.session.upcoming(N_AHEAD))
        except HarkenError:
            upcoming = []
        self._desk.prepare(upcoming)
        current = self.session.current
        if current is not None and self._suggestions is None and not self._is_hiding:
            self._desk.ask(current.response)

    def on_coding_screen_suggestions_ready(self, message: SuggestionsReady) -> None:
        current = self.session.current
        if current is None or self._suggestions is not None or message.response_id != current.response.id:
            return
        # They come late, into the place that was kept for them; nothing that was there moves.
        self._take_suggestions()
        self._show_suggestions()

    def on_coding_screen_suggestions_off(self, message: SuggestionsOff) -> None:
        self._off_because = message.reason
        self._show_suggestions()

    def _take_suggestions(self) -> None:
        current, desk = self.session.current, self._desk
        found = desk.ready(current.response) if desk is not None and current is not None else None
        if found is None or self._is_hiding:
            return
        entries = self.session.sheet.entries
        self._suggestions = tuple(suggestion for suggestion in found if suggestion.code in entries)
        self.query_one(AnswerView).mark_evidence(self._suggestions)
        self._note_suggestions()

    def _note_suggestions(self) -> None:
        if self._suggestions is not None:
            self.session.note_suggestions(self._suggestions, n_shown=len(self._shown_suggestions()))

    def _shown_suggestions(self) -> Sequence[Suggestion]:
        return (self._suggestions or ())[: self.query_one(SuggestionList).n_places]

    def _suggestion_note(self) -> str:
        if not self._has_desk:
            return "off in this sitting"
        if self._off_because:
            return f"off: {self._off_because}"
        if self._is_hiding:
            return HIDDEN
        if self._suggestions is None:
            return "…" if self._desk is not None else "none"
        return "" if self._suggestions else "none"

    # -- showing -------------------------------------------------------------------------------------

    def _answer_opened(self) -> None:
        """Show another answer: its text at once, what stands around it a frame later."""
        current = self.session.current
        self._pending = ""
        self._suggestions = None
        self._is_hiding = not self._shows_suggestions
        self.query_one(Heading).show(current, self.session.progress.n_answers)
        view = self.query_one(AnswerView)
        if current is None:
            view.show_notice(END_OF_QUEUE)
        else:
            view.show_answer(current.response.text)
        self._take_suggestions()
        self.query_one(AppliedLine).show(current, self.session.sheet)
        self._guard.answer_opened()
        self.call_after_refresh(self._answer_painted)

    def _answer_painted(self) -> None:
        self._guard.answer_opened()
        try:
            self.query_one(LastLine).show(self.session.last_decision)
        except HarkenError as error:
            self._refuse(str(error))
        self._answer_changed()
        self.call_after_refresh(self._ask_for_suggestions)

    def _answer_changed(self) -> None:
        """Show what is applied and noted now."""
        self.query_one(AppliedLine).show(self.session.current, self.session.sheet)
        self._show_suggestions()
        self._show_codes()
        self._show_definition()
        self._show_status()

    def _show_suggestions(self) -> None:
        current = self.session.current
        self.query_one(SuggestionList).show(
            self.session.sheet,
            self._suggestions or (),
            current.codes if current else (),
            note=self._suggestion_note(),
        )

    def _show_codes(self) -> None:
        current = self.session.current
        self.query_one(CodeList).show(
            self.session.sheet, current.codes if current else (), pending=self._pending
        )

    def _show_definition(self) -> None:
        path = self.query_one(CodeList).focused_path
        self.query_one(DefinitionView).show(self.session.sheet.entries.get(path))

    def _show_status(self) -> None:
        current = self.session.current
        self.query_one(StatusLine).show(
            Standing(
                coder=self.session.coder,
                round=self.session.round.name,
                progress=self.session.progress,
                state=current.state if current else None,
                is_caps_on=self._is_caps_on,
            )
        )

    def _show_keys(self) -> None:
        self.query_one(KeyLine).show(
            [
                (self.app.get_key_display(active.binding), active.binding)
                for active in self.active_bindings.values()
                if active.binding.show
            ]
        )

    def _say(self, text: str) -> None:
        self.query_one(MessageLine).say(text)

    def _refuse(self, text: str) -> None:
        self.query_one(MessageLine).say(text, is_refusal=True)
