"""A box with several named fields, saved only on purpose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from harken.errors import HarkenError
from harken.report import visible
from harken.tui.screens.boxes.dialog import Dialog, LineInput
from harken.tui.screens.boxes.memo import MemoArea
from harken.tui.screens.coding.panes import HEIGHTS


class FieldKind(Enum):
    LINE = auto()
    TEXT = auto()
    """Of several lines."""
    TICK = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing to fill in; a tick's value is `yes` or empty."""

    name: str
    title: str
    value: str = ""
    hint: str = ""
    kind: FieldKind = FieldKind.LINE
    n_lines: int = 2
    is_replaced: bool = False
    """Whether what is typed into a line takes the place of its value; else it goes behind."""

    @property
    def shown(self) -> str:
        """The value made harmless for a screen."""
        return visible(self.value, keep_lines=self.kind is FieldKind.TEXT)


class Form(Dialog[str]):
    """Calls `save` with the values; what it says is the result. An error stays in the box, with all typed.

    Escape closes and hands what was typed to `keep`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "next", "next", show=False, priority=True),
        Binding("shift+tab", "next(-1)", "before", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    Form > Vertical { width: 92; max-height: 96%; }
    Form VerticalScroll { height: auto; scrollbar-size-vertical: 1; }
    Form.-long > Vertical { height: 96%; }
    Form.-long VerticalScroll { height: 1fr; }
    Form _FieldBox { height: auto; margin-top: 1; }
    Form.-tiny _FieldBox, Form.-short _FieldBox { margin-top: 0; }
    Form .field-title { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    Form .field-theirs { height: auto; max-height: 6; display: none; }
    Form .field-theirs.-shown { display: block; }
    Form LineInput { margin: 0; }
    Form MemoArea { margin: 0; }
    Form #form-note { height: auto; max-height: 4; margin-top: 1; display: none; }
    Form #form-note.-shown { display: block; }
    Form #form-says { height: auto; max-height: 4; }
    """

    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(
        self,
        *,
        title: str,
        fields: Sequence[Field],
        save: Callable[[Mapping[str, str]], str],
        keep: Callable[[Mapping[str, str]], None] = lambda values: None,
        verb: str = "save",
        note: str = "",
    ) -> None:
        super().__init__()
        self.TITLE_TEXT = title
        self._fields = fields
        self._save = save
        self._keep = keep
        self._note = note
        self._is_short = not any(field.kind is FieldKind.TEXT for field in fields)
        how = "↵ or F2" if self._is_short else "F2 (^s)"
        self.set_class(not self._is_short, "-long")
        self.HINT = f"{how} {verb}   Tab next field   Esc close, keeping what is typed"

    def body(self) -> Iterable[Widget]:
        yield Static(Content(visible(self._note, keep_lines=True)), id="form-note", markup=False)
        yield VerticalScroll(*map(_FieldBox, self._fields), can_focus=False)
        yield Static(id="form-says", markup=False)

    def on_mount(self) -> None:
        self.query_one("#form-note").set_class(bool(self._note), "-shown")
        self._input_of(self._fields[0]).focus(scroll_visible=False)

    @property
    def values(self) -> dict[str, str]:
        """What stands in the fields now."""
        found = {}
        for field in self._fields:
            widget = self._input_of(field)
            if isinstance(widget, Tick):
                found[field.name] = "yes" if widget.is_on else ""
                continue
            typed = widget.text if isinstance(widget, MemoArea) else widget.value
            # What was shown with marks in the place of control characters is as it was, if left alone.
            found[field.name] = field.value.strip() if typed == field.shown else typed.strip()
        return found

    def _input_of(self, field: Field) -> Input | MemoArea | Tick:
        found = self.query_one(f"#field-{field.name}")
        assert isinstance(found, Input | MemoArea | Tick)
        return found

    def show_theirs(self, values: Mapping[str, str]) -> None:
        """Show under each field what somebody else wrote there meanwhile."""
        for field in self._fields:
            if field.name in values and values[field.name] != self.values[field.name]:
                said = f"theirs: {visible(values[field.name], keep_lines=True) or '(blank)'}"
                shown = self.query_one(f"#theirs-{field.name}", Static)
                shown.update(Content.styled(said, "$warning"))
                shown.add_class("-shown")

    def action_next(self, n: int = 1) -> None:
        inputs: list[Widget | None] = [self._input_of(field) for field in self._fields]
        index = inputs.index(self.focused) if self.focused in inputs else -1
        wanted = self._input_of(self._fields[(index + n) % len(inputs)])
        wanted.focus(scroll_visible=False)
        for box in self.query(_FieldBox):
            if box is wanted.parent:
                # With its title.
                box.scroll_visible(animate=False)

    @on(Input.Submitted)
    async def _entered(self) -> None:
        if self._is_short:
            await self.action_save()
        else:
            self.action_next()

    async def action_save(self) -> None:
        try:
            said = self._save(self.values)
        except HarkenError as error:
            says = self.query_one("#form-says", Static)
            says.update(Content.styled(f"! {visible(str(error))}", "$warning"))
        else:
            self.dismiss(said)

    def action_close(self) -> None:
        self._keep(self.values)
        self.dismiss(None)


class Tick(Static, can_focus=True):
    """Something that is so or not; Space or Enter switches it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "switch", "switch", show=False),
        Binding("enter", "switch", "switch", show=False),
    ]
    DEFAULT_CSS = """
    Tick { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    Tick:focus { text-style: bold underline; }
    """

    def __init__(self, title: str, *, is_on: bool, id: str) -> None:
        super().__init__(id=id, markup=False)
        self._title = title
        self.is_on = is_on

    def on_mount(self) -> None:
        self._show()

    def _show(self) -> None:
        self.update(Content(f"{'[✓]' if self.is_on else '[ ]'} {visible(self._title)}"))

    def action_switch(self) -> None:
        self.is_on = not self.is_on
        self._show()


class _FieldBox(Vertical):
    """A field with its title, and below it what somebody else wrote there."""

    def __init__(self, field: Field) -> None:
        title = Static(Content(visible(field.title)), classes="field-title", markup=False)
        theirs = Static(id=f"theirs-{field.name}", classes="field-theirs", markup=False)
        titles = [] if field.kind is FieldKind.TICK else [title]
        super().__init__(*titles, _input(field), theirs)


def _input(field: Field) -> Widget:
    id = f"field-{field.name}"
    if field.kind is FieldKind.TICK:
        return Tick(field.title, is_on=bool(field.value), id=id)
    if field.kind is FieldKind.LINE:
        return LineInput(field.shown, placeholder=field.hint, select_on_focus=field.is_replaced, id=id)
    area = MemoArea(field.shown, soft_wrap=True, show_line_numbers=False, id=id)
    area.styles.height = field.n_lines
    area.move_cursor(area.document.end)
    return area
