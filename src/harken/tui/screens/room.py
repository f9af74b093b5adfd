"""What the rooms beside the coding screen share: heading, body, a message, the keys, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.events import Key
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from harken.errors import HarkenError
from harken.report import visible
from harken.tui.commands.everywhere import ROOM
from harken.tui.screens.coding.panes import HEIGHTS, WIDTHS
from harken.tui.screens.offering import OffersCommands
from harken.tui.widgets.lines import KeyLine, MessageLine, TextLine

Result = TypeVar("Result")
Verb = Callable[[], str]
"""Does something and returns a line to show; a `HarkenError` says why it was not done."""


class RoomHeading(TextLine):
    """What the room is, and on the right what it shows now."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"room-heading--title", "room-heading--about"}

    def show(self, title: str, about: str = "") -> None:
        self.put(
            Content.styled(visible(title), self.component("room-heading--title")),
            Content.styled(visible(about), self.component("room-heading--about")) if about else None,
        )


class Room(OffersCommands, Screen[Result], inherit_bindings=False):
    """A screen of its own. Subclasses give `ROOM_TITLE`, `body` and BINDINGS for their commands.

    A room is opened from another screen, and goes back there with a result, or it is the first one of the
    program, from where no way leads back: a key too many does not end the program. Letters are commands
    here, with Caps Lock on too.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*ROOM]
    CSS_PATH = Path(__file__).parent.parent / "rooms.tcss"
    DEFAULT_CSS = """
    Room { layout: vertical; }
    Room #room { height: 1fr; }
    """
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    ROOM_TITLE = ""

    def __init__(self, *, keymap: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.keymap = keymap or {}
        self._heading = RoomHeading()
        self._message = MessageLine()
        self._keys = KeyLine()

    def compose(self) -> ComposeResult:
        yield self._heading
        with Container(id="room"):
            yield from self.body()
        yield self._message
        yield self._keys

    def body(self) -> Iterable[Widget]:
        """The widgets between the heading and the message."""
        raise NotImplementedError

    def on_mount(self) -> None:
        self.call_after_refresh(self.show_keys)
        self.call_after_refresh(self.show_heading)

    def heading(self) -> str:
        """What stands at the right end of the heading."""
        return ""

    def show_heading(self) -> None:
        self._heading.show(self.ROOM_TITLE, self.heading())

    def show_keys(self) -> None:
        """Show the keys that work now, the room's own ones first; to be called when other ones do."""
        works = self.working()
        shown = [
            active.binding
            for active in self.active_bindings.values()
            if active.binding.show
            and active.enabled
            and works(active.binding.action)
            and not (self.is_first and active.binding.action == "back")
        ]
        shown.sort(key=lambda binding: binding in ROOM)
        self._keys.show([(self.app.get_key_display(binding), binding) for binding in shown])

    async def on_key(self, event: Key) -> None:
        """A capital letter means the same command as the small one: Caps Lock is on."""
        letter = (event.character or "").casefold()
        if isinstance(self.focused, Input | TextArea) or not letter.isalpha() or letter == event.character:
            return
        active = self.active_bindings.get(letter)
        if active is not None and active.enabled:
            event.stop()
            await self.run_action(active.binding.action)

    # -- acting --------------------------------------------------------------------------------------

    def attempt(self, verb: Verb) -> bool:
        """Do something and say what came of it; an error becomes the message."""
        try:
            said = verb()
        except HarkenError as error:
            self.refuse(str(error))
            return False
        self.say(said)
        return True

    def say(self, text: str) -> None:
        self._message.say(text)

    def refuse(self, text: str) -> None:
        self._message.say(text, is_refusal=True)

    def result(self) -> Result | None:
        """What going back gives to the screen before."""
        return None

    @property
    def is_first(self) -> bool:
        """Whether the program began with this room."""
        return self.app.screen_stack[0] is self

    def action_back(self) -> None:
        if self.is_first:
            self.say("No way leads back from here; Ctrl+Q leaves. Everything is on disk.")
        else:
            self.dismiss(self.result())

    def action_leave(self) -> None:
        self.app.exit()

    def action_say_how_to_leave(self) -> None:
        self.say(f"Ctrl+Q leaves{'' if self.is_first else ', Esc goes back'}. Everything is on disk.")
