"""Suggestions 1 to 9 with their reasons, in places that do not move while an answer is open."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from textual.content import Content

from harken.model import Suggestion
from harken.report import visible
from harken.services.coding import CodeSheet
from harken.tui.widgets.painted import PaintedLines
from harken.tui.words.texts import APPLIED, fitted, label_of, reason_text

REASON_WIDTH = 12
"""Cells that a label leaves to the reasons, where they need as many."""


class SuggestionList(PaintedLines):
    """As many suggestions as there are lines for; the height is the style sheet's."""

    DEFAULT_CSS = """
    SuggestionList { text-wrap: nowrap; padding: 0 1 0 2; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "suggestions--title",
        "suggestions--number",
        "suggestions--hotkey",
        "suggestions--applied",
        "suggestions--reason",
    }

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._sheet = CodeSheet(question="", entries={}, hotkeys={})
        self._suggestions: Sequence[Suggestion] = ()
        self._applied: Collection[str] = ()
        self._note = ""

    @property
    def n_places(self) -> int:
        return min(max(self.content_size.height - 1, 0), 9)

    def show(
        self, sheet: CodeSheet, suggestions: Sequence[Suggestion], applied: Collection[str], *, note: str = ""
    ) -> None:
        """`note` is said beside the title: why there is nothing, or where it comes from."""
        self._sheet, self._suggestions, self._applied, self._note = sheet, suggestions, applied, note
        self.repaint()

    def content_lines(self) -> Sequence[Content]:
        if not self._sheet.question:
            return []
        width = self.content_size.width
        title = Content.styled("Suggestions", self.component("suggestions--title"))
        if self._note:
            title += Content.styled(f"  {visible(self._note)}", self.component("suggestions--reason"))
        shown = self._suggestions[: self.n_places]
        labels = [label_of(self._sheet.entries[suggestion.code]) for suggestion in shown]
        reasons = [_reason_of(suggestion) for suggestion in shown]
        longest = max((Content(label).cell_length for label in labels), default=0)
        longest_reason = max((Content(reason).cell_length for reason in reasons), default=0)
        room = min(longest, max(width - 7 - min(longest_reason, REASON_WIDTH), 12))
        lines = [
            self._line(number, suggestion.code, fitted(Content(label), room), reason)
            for number, (suggestion, label, reason) in enumerate(
                zip(shown, labels, reasons, strict=True), start=1
            )
        ]
        return [fitted(line, width) for line in (title, *lines)]

    def _line(self, number: int, path: str, name: Content, reason: str) -> Content:
        is_applied = path in self._applied
        if is_applied:
            name = name.stylize(self.component("suggestions--applied"))
        return Content.assemble(
            (str(number), self.component("suggestions--number")),
            (f" {APPLIED if is_applied else ' '} ", self.component("suggestions--applied")),
            name,
            (f"  {reason}", self.component("suggestions--reason")),
        )


def _reason_of(suggestion: Suggestion) -> str:
    sure = "" if suggestion.confidence is None else f"{round(100 * suggestion.confidence)} % "
    return f"{sure}{reason_text(suggestion)}"
