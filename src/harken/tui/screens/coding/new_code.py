"""A new code from the open answer, in one step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from harken.report import visible
from harken.services.coding import FamilyChoice
from harken.tui.screens.boxes.dialog import Dialog, LineInput
from harken.tui.widgets.choices import Choice, ChoiceList

LONGEST_NAME = 60
"""Characters of selected words that are offered as a name."""
LEAST_TYPED = 3
"""Letters before similar codes are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCode:
    """What was entered; `is_wanted` is false where Escape closed the box."""

    name: str
    family: str | None
    with_example: bool
    is_wanted: bool


class NewCodeDialog(Dialog[NewCode]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "family above", show=False),
        Binding("down", "step(1)", "family below", show=False),
        Binding("tab", "toggle_example", "example", show=False),
    ]
    DEFAULT_CSS = """
    NewCodeDialog ChoiceList { height: auto; max-height: 8; }
    NewCodeDialog #similar { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    NewCodeDialog #tick { height: 1; margin-top: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    TITLE_TEXT = "New code from this answer"

    def __init__(
        self,
        *,
        name: str,
        answer: str,
        offered: str = "",
        families: Sequence[FamilyChoice],
        similar: Callable[[str], Sequence[str]],
    ) -> None:
        super().__init__()
        choose = "↑↓ family   " if len(families) > 1 else ""
        self.HINT = f"↵ or F2 make and apply   {choose}Tab example or not   Esc close"
        self._name = name
        self._offered = offered
        self._answer = answer
        self._families = families
        self._similar = similar
        self._with_example = False

    def body(self) -> Iterable[Widget]:
        # A name that stands there already is selected, so that typing takes its place.
        yield LineInput(self._name or self._offered, placeholder="its name, as the tables will print it")
        yield Static(id="similar", markup=False)
        if len(self._families) > 1:
            choices = ChoiceList()
            choices.styles.height = min(len(self._families), 8)
            yield choices
        yield Static(id="tick", markup=False)

    def on_mount(self) -> None:
        self.query_one(Input).focus()
        self._show_tick()
        if len(self._families) > 1:
            self.call_after_refresh(self._show_families)

    def _show_families(self) -> None:
        self.query_one(ChoiceList).show(
            [
                Choice(
                    value=family.key,
                    text=f"in {family.label}",
                    note=f"applied {family.n_codings} times here" if family.n_codings else "",
                )
                for family in self._families
            ]
        )

    def _show_tick(self) -> None:
        mark = "[✓]" if self._with_example else "[ ]"
        quoted = visible(" ".join(self._answer.split()))
        warning = ", even after a withdrawal" if self._with_example else ""
        said = f"{mark} as an example in the codebook{warning}: “{quoted}”"
        self.query_one("#tick", Static).update(Content(said))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        text = event.value.strip()
        near = self._similar(text)[:3] if len(text) >= LEAST_TYPED else ()
        said = f"There is already: {', '.join(map(visible, near))}" if near else ""
        self.query_one("#similar", Static).update(Content(said))

    def action_step(self, n: int) -> None:
        for choices in self.query(ChoiceList):
            choices.step(n)

    def action_toggle_example(self) -> None:
        self._with_example = not self._with_example
        self._show_tick()

    @on(Input.Submitted)
    def _make(self) -> None:
        if self.query_one(Input).value.strip():
            self._finish(is_wanted=True)

    def action_close(self) -> None:
        self._finish(is_wanted=False)

    def _finish(self, *, is_wanted: bool) -> None:
        family = self._families[0].key if self._families else None
        for choices in self.query(ChoiceList):
            family = choices.chosen.value if choices.chosen else family
        self.dismiss(
            NewCode(
                name=self.query_one(Input).value,
                family=family,
                with_example=self._with_example,
                is_wanted=is_wanted,
            )
        )
