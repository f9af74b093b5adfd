"""A page of labelled parts, scrolled as an answer is."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from harken.report import visible
from harken.tui.widgets.answer import AnswerView


class PageView(AnswerView):
    """Shows parts under each other: a quiet label, and below it words as they are."""

    DEFAULT_CSS = """
    PageView { height: 1fr; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._page = Content("")

    def show_parts(self, title: str, parts: Sequence[tuple[str, str]]) -> None:
        """A title, and labels with their words; parts without words are left out."""
        found = [Content.styled(visible(title), "bold")] if title else []
        for label, words in parts:
            if words:
                found.append(Content.styled(f"\n{visible(label)}", "$quiet"))
                found.append(Content(visible(words, keep_lines=True)))
        self._page = Content("\n").join(found)
        self.show_answer("")

    def _whole(self) -> Content:
        return self._page
