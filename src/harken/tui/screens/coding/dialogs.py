"""The dialogs of the coding screen: opening each, and doing what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from harken.services.coding import WorkState
from harken.tui.screens.coding.offers import CodingOffers
from harken.tui.words.texts import APPLIED, label_of

if TYPE_CHECKING:
    from harken.tui.screens.coding.new_code import NewCode
    from harken.tui.widgets.choices import Choice

STATE_MARKS = {WorkState.UNDECIDED: "○", WorkState.DRAFT: "✎", WorkState.DECIDED: APPLIED}
"""As the status line marks them."""


class CodingDialogs(CodingOffers):
    """The part of the coding screen that opens dialogs; they are imported when they are wanted first."""

    @property
    def segment(self) -> tuple[int, int] | None:
        """The selected part of the answer, to which codes go; None while nothing is selected."""
        return None

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
        from harken.tui.screens.boxes.menu import MenuScreen

        self.app.push_screen(MenuScreen(offered=self.offered_ids()), self._run_later)

    def action_find_code(self) -> None:
        from harken.tui.screens.boxes.picker import Picker

        if self._has_answer():
            picker = Picker(
                title="Find a code",
                search=self._find_codes,
                placeholder="a part of its name",
                nothing="No code for this question is called so. Esc, then Space n makes one.",
            )
            self.app.push_screen(picker, lambda path: self._toggle(path) if path else None)

    def _find_codes(self, text: str) -> Sequence[Choice]:
        from harken.tui.widgets.choices import Choice

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
        from harken.tui.screens.boxes.picker import Picker

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
        from harken.tui.widgets.choices import Choice

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
        from harken.tui.screens.boxes.memo import MemoDialog

        current = self.session.current
        if self._has_answer() and current is not None:
            dialog = MemoDialog(participant=current.response.key.participant, memo=current.work.memo)
            self.app.push_screen(dialog, self._keep_memo)

    def _keep_memo(self, memo: str | None) -> None:
        if memo is not None:
            self._attempt(lambda: self.session.write_memo(memo))

    def action_mark_unsure(self) -> None:
        from harken.tui.screens.coding.unsure import UnsureDialog

        current = self.session.current
        if self._has_answer() and current is not None:
            dialog = UnsureDialog(participant=current.response.key.participant, message=current.work.message)
            self.app.push_screen(dialog, self._keep_unsure)

    def _keep_unsure(self, kept: tuple[bool, str] | None) -> None:
        if kept is not None:
            self._attempt(lambda: self.session.mark_unsure(*kept))

    def action_show_person(self) -> None:
        from harken.tui.screens.boxes.reading import ReadingDialog, person_text

        if self._has_answer():
            person = self.session.person()
            groups = "".join(f" · {value}" for _, value in person.groups)
            self.app.push_screen(ReadingDialog(title=f"{person.name}{groups}", content=person_text(person)))

    def action_make_code(self) -> None:
        """From the answer; with words selected, from these: they are offered as name and example."""
        from harken.tui.screens.coding.new_code import LONGEST_NAME, NewCodeDialog

        if not self._has_answer():
            return
        words = self.session.noting.printable(self.segment)
        offered = " ".join(words.split()) if self.segment else ""
        dialog = NewCodeDialog(
            name=self.session.typed.get("new_code", ""),
            offered=offered if len(offered) <= LONGEST_NAME else "",
            answer=words,
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
                wanted.name,
                family=wanted.family,
                with_example=wanted.with_example,
                segment=self.segment,
            )
        ):
            self.session.typed.pop("new_code", None)
            for path in set(self.session.sheet.entries) - before:
                self._focus_code(path)
