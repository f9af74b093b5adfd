"""Letters on the coding screen: each is a code, or begins the key of one."""

from __future__ import annotations

from collections.abc import Collection

from textual.events import Key

from harken.tui.keys.pace import DecisionGuard
from harken.tui.screens.coding.rooms import CodingRooms

_KEYS_OF_TEXT = frozenset({"enter", "tab", "backspace", "delete"})
_OTHER_MODIFIERS = ("ctrl+", "alt+", "meta+", "super+", "hyper+")


class CodingLetters(CodingRooms):
    """The part of the coding screen that takes letters, whatever else the key they stand on is for."""

    _guard: DecisionGuard
    _command_letters: Collection[str]
    """Letters that stand on the keys of digits, and are commands."""
    _pending: str = ""
    """The first letter of a hotkey of two."""
    _is_caps_on: bool = False

    async def on_key(self, event: Key) -> None:
        """Letters are codes, save those on the keys of digits; every other key goes on to the bindings."""
        if _is_of_text(event) and self._guard.is_meant_elsewhere():
            event.stop()
            self._guard.other_key()
            self._refuse("Too soon after the other screen: that key did nothing here.")
            return
        character = event.character or ""
        is_letter = character.isalpha() and event.key not in self._command_letters
        if not is_letter or event.key.startswith(_OTHER_MODIFIERS):
            if self._pending:
                self._drop_pending(event)
            return
        event.stop()
        self._guard.other_key()
        letter = character.casefold()
        self._is_caps_on = letter != character
        self._panes.show_status(is_caps_on=self._is_caps_on)
        self._letter(letter)

    def _drop_pending(self, event: Key) -> None:
        """A begun hotkey is never followed by something else: the coder may think the code is applied."""
        event.stop()
        begun, self._pending = self._pending, ""
        self._panes.show_codes(self._pending)
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
            self._panes.show_codes(self._pending)
            self._say(f"{hotkey}… and the second letter of a code's key. Esc drops it.")
        else:
            self._panes.show_codes(self._pending)
            layout = "" if letter.isascii() else " Is another keyboard layout on?"
            self._refuse(f"No code has the key “{hotkey}”.{layout} Space f finds a code, Space n makes one.")

    def _toggle(self, path: str) -> None:
        """Apply a code or take it off: the answer, or the part of it that is selected."""
        segment = self.segment
        if segment is None:
            is_done = self._attempt(lambda: self.session.toggle(path))
        else:
            is_done = self._attempt(lambda: self.session.toggle_segment(path, *segment))
            self._segment_done()
        if is_done:
            self._focus_code(path)


def _is_of_text(key: Key) -> bool:
    return key.is_printable or key.key in _KEYS_OF_TEXT
