"""The dialogs of the coding screen: opening each, and doing what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from harken.services.coding import CodingSession, WorkState
from harken.tui.commands import MENU
from harken.tui.texts import APPLIED, label_of
from harken.tui.widgets.choices import Choice

if TYPE_CHECKING:
    from textual.screen import Screen

    from harken.tui.screens.new_code import NewCode

    _Base = Screen[None]
else:
    _Base = object

STATE_MARKS = {WorkState.UNDECIDED: "○", WorkState.DRAFT: "✎", WorkState.DECIDED: APPLIED}
"""As the status line marks them."""


class CodingDialogs(_Base):
    """The part of the coding screen that opens dialogs; they are imported when they are wanted first."""

    session: CodingSession
    keymap: Mapping[str, str]
    """Keys that the user gave to bindings, by id."""

    def _attempt(self, verb: Callable[[], str]) -> bool:
        raise NotImplementedError

    def _toggle(self, path: str) -> None:
        raise NotImplementedError

    def _focus_code(self, path: str) -> None:
        raise NotImplementedError

    def _refuse(self, text: str) -> None:
        raise NotImplementedError

    def _has_answer(self) -> bool:
        if self.session.current is None:
            self._refuse("No answer is open. Backspace reopens the last decision.")
            return False
        return True

    def action_open_menu(self) -> None:
        from harken.tui.screens.menu import MenuScreen

        self.app.push_screen(MenuScreen(), self._run_later)

    def _run_later(self, action: object) -> None:
        # After the dialog is gone: the action may open another one.
        if action:
            self.call_later(self.run_action, str(action))

    def action_open_palette(self) -> None:
        from harken.tui.screens.picker import Picker

        self.app.push_screen(Picker(title="Commands", search=self._find_commands), self._run_later)

    def _find_commands(self, text: str) -> Sequence[Choice]:
        wanted = text.strip().casefold()
        found = [c for c in self._commands() if wanted in f"{c[1]} {c[3]}".casefold()]
        # Those whose name has the text come before those that only speak of it.
        found.sort(key=lambda command: wanted not in command[1].casefold())
        return [
            Choice(value=action, text=f"{name[:1].upper()}{name[1:]}", note=key)
            for action, name, key, _ in found
        ]

    def _commands(self) -> list[tuple[str, str, str, str]]:
        """Action, name, key and explanation of every command, with the keys that the keymap gives."""
        keys = self.app.get_key_display
        menu_key = ""
        found = []
        for active in self.active_bindings.values():
            binding = active.binding
            if binding.action == "open_menu":
                menu_key = keys(binding)
            if not binding.system:
                found.append((binding.action, binding.description, keys(binding), binding.tooltip))
        for binding in MENU:
            key = self.keymap.get(binding.id or "", binding.key)
            found.append((binding.action, binding.description, f"{menu_key} {key}", binding.tooltip))
        return found

    def action_show_help(self) -> None:
        from harken.tui.screens.reading import ReadingDialog, help_text

        menu = {binding.action for binding in MENU}
        commands = [c for c in self._commands() if not c[0].startswith("apply_suggestion")]
        first = [(key, about) for action, _, key, about in commands if action not in menu]
        second = [(key, about) for action, _, key, about in commands if action in menu]
        letters = ("letters", "Apply the code with that key, or take it off.")
        digits = ("1 to 9", "Apply that suggestion, or take it off.")
        content = help_text([("Coding", [letters, digits, *first]), ("Menu", second)])
        self.app.push_screen(ReadingDialog(title="Keys", content=content))

    def action_find_code(self) -> None:
        from harken.tui.screens.picker import Picker

        if self._has_answer():
            picker = Picker(
                title="Find a code",
                search=self._find_codes,
                placeholder="a part of its name",
                nothing="No code for this question is called so. Esc, then Space n makes one.",
            )
            self.app.push_screen(picker, lambda path: self._toggle(path) if path else None)

    def _find_codes(self, text: str) -> Sequence[Choice]:
        sheet, current = self.session.sheet, self.session.current
        applied = current.codes if current else ()
        return [
            Choice(
                value=path,
                text=label_of(sheet.entries[path]),
                note=f"{sheet.entries[path].family.label} {sheet.hotkeys.get(path, '')}",
                mark=APPLIED if path in applied else " ",
            )
            for path in self.session.find_codes(text)
        ]

    def action_go_to(self) -> None:
        from harken.tui.screens.picker import Picker

        picker = Picker(
            title="Go to an answer",
            search=self._find_answers,
            placeholder="participant, or number in the queue",
        )
        self.app.push_screen(picker, self._go_to)

    def _go_to(self, position: int | None) -> None:
        if position is not None:
            self._attempt(lambda: self.session.go_to(position))

    def _find_answers(self, text: str) -> Sequence[Choice]:
        return [
            Choice(
                value=found.position,
                text=f"{found.key.participant}  {found.key.question} {found.key.occasion}",
                note=f"{found.state} {found.position + 1}",
                mark=STATE_MARKS[found.state],
            )
            for found in self.session.find_answers(text)
        ]

    def action_write_memo(self) -> None:
        from harken.tui.screens.memo import MemoDialog

        current = self.session.current
        if current is not None and self._has_answer():
            dialog = MemoDialog(participant=current.response.key.participant, memo=current.work.memo)
            self.app.push_screen(dialog, self._keep_memo)

    def _keep_memo(self, memo: str | None) -> None:
        if memo is not None:
            self._attempt(lambda: self.session.write_memo(memo))

    def action_mark_unsure(self) -> None:
        from harken.tui.screens.unsure import UnsureDialog

        current = self.session.current
        if current is not None and self._has_answer():
            dialog = UnsureDialog(participant=current.response.key.participant, message=current.work.message)
            self.app.push_screen(dialog, self._keep_unsure)

    def _keep_unsure(self, kept: tuple[bool, str] | None) -> None:
        if kept is not None:
            self._attempt(lambda: self.session.mark_unsure(*kept))

    def action_show_person(self) -> None:
        from harken.tui.screens.reading import ReadingDialog, person_text

        if self._has_answer():
            person = self.session.person()
            groups = "".join(f" · {value}" for _, value in person.groups)
            self.app.push_screen(ReadingDialog(title=f"{person.name}{groups}", content=person_text(person)))

    def action_make_code(self) -> None:
        from harken.tui.screens.new_code import NewCodeDialog

        current = self.session.current
        if current is not None and self._has_answer():
            dialog = NewCodeDialog(
                name=self.session.typed.get("new_code", ""),
                answer=current.response.text,
                families=self.session.family_choices(),
                similar=self._similar_codes,
            )
            self.app.push_screen(dialog, self._make_code)

    def _similar_codes(self, text: str) -> Sequence[str]:
        entries = self.session.sheet.entries
        return [label_of(entries[path]) for path in self.session.find_codes(text)]

    def _make_code(self, wanted: NewCode | None) -> None:
        if wanted is None:
            return
        self.session.typed["new_code"] = wanted.name
        before = set(self.session.sheet.entries)
        if wanted.is_wanted and self._attempt(
            lambda: self.session.make_code(
                wanted.name, family=wanted.family, with_example=wanted.with_example
            )
        ):
            self.session.typed.pop("new_code", None)
            for path in set(self.session.sheet.entries) - before:
                self._focus_code(path)
