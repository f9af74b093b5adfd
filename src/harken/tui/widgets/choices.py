"""A list to choose from in a dialog; it draws only what is in sight and takes no focus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.content import Content

from harken.report import visible
from harken.tui.widgets.painted import PaintedLines
from harken.tui.words.texts import fitted, spread


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    value: Any
    text: str
    note: str = ""
    """Said at the right end of its line."""
    mark: str = " "


class ChoiceList(PaintedLines):
    DEFAULT_CSS = """
    ChoiceList { height: 10; text-wrap: nowrap; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"choices--chosen", "choices--note"}

    def __init__(self, *, nothing: str = "nothing found", id: str | None = None) -> None:
        super().__init__(id=id)
        self._nothing = nothing
        """Said where there is nothing to choose from."""
        self._choices: Sequence[Choice] = ()
        self._index = 0
        self._top = 0

    @property
    def chosen(self) -> Choice | None:
        return self._choices[self._index] if self._choices else None

    def show(self, choices: Sequence[Choice], *, index: int = 0) -> None:
        self._choices, self._index, self._top = choices, index, 0
        self.step(0)

    def step(self, n: int) -> None:
        self._index = min(max(self._index + n, 0), max(len(self._choices) - 1, 0))
        room = max(self.content_size.height, 1)
        self._top = min(max(self._top, self._index - room + 1), self._index)
        self.repaint()

    def content_lines(self) -> Sequence[Content]:
        width = self.content_size.width
        if not self._choices:
            return [Content.styled(self._nothing, self.component("choices--note"))]
        rows = self._choices[self._top : self._top + self.content_size.height]
        return [self._line(choice, width) for choice in rows]

    def _line(self, choice: Choice, width: int) -> Content:
        is_chosen = choice is self.chosen
        left = Content(f"{'▸' if is_chosen else ' '} {choice.mark} {visible(choice.text)}")
        note = Content.styled(visible(choice.note), self.component("choices--note"))
        line = spread(left, note + " ", width) if choice.note else fitted(left, width)
        return line.stylize_before(self.get_visual_style("choices--chosen")) if is_chosen else line
