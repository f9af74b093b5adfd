"""The lines of the reading room: whose answer it is, and what the reader noted on it."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content

from harken.report import visible
from harken.services.reading_mode import ReadingAnswer, ReadingProgress
from harken.tui.widgets.lines import TextLine

STAR = "★"
MEMO = "✎"


class NoticeLine(TextLine):
    """Star, memo, and whether the answer was read before."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"notice--star", "notice--memo", "notice--read"}

    def show(self, answer: ReadingAnswer | None) -> None:
        if answer is None:
            self.put(Content(""))
            return
        parts = []
        if answer.is_starred:
            parts.append(Content.styled(f"{STAR} starred", self.component("notice--star")))
        if answer.memo:
            words = " ".join(visible(answer.memo.body, keep_lines=True).split())
            parts.append(Content.styled(f"{MEMO} {words}", self.component("notice--memo")))
        read = Content.styled("read before" if answer.is_read else "", self.component("notice--read"))
        self.put(Content("   ").join(parts), read)


class ProgressLine(TextLine):
    """How far the reader is."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"progress--who"}

    def show(self, coder: str, progress: ReadingProgress) -> None:
        stars = f"   {progress.n_starred} {STAR}" if progress.n_starred else ""
        self.put(
            Content.assemble(
                (visible(coder), self.component("progress--who")),
                f"   {progress.n_read} read  {progress.n_left} left{stars}",
            )
        )
