"""The status line: who codes, how far the work is, and how the open answer stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.content import Content

from harken.report import visible
from harken.services.coding import Progress, WorkState
from harken.tui.widgets.lines import GAP, TextLine
from harken.tui.words.texts import APPLIED, fitted, spread

STATE_WORDS = {
    WorkState.UNDECIDED: ("○ undecided", "○ undecided"),
    WorkState.DRAFT: ("✎ draft, not decided", "✎ draft"),
    WorkState.DECIDED: (f"{APPLIED} decided, saved", f"{APPLIED} saved"),
}
"""In full, and where there is little room."""
LEAST_NAME = 8
"""Cells that the coder's name keeps before words give way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the status line says."""

    coder: str
    round: str
    progress: Progress
    state: WorkState | None
    is_caps_on: bool


class StatusLine(TextLine):
    """Figures keep their words; where it is narrow first the state is said shorter, then the name is cut."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"status--who", "status--state", "status--caps"}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._standing: Standing | None = None

    def show(self, standing: Standing) -> None:
        self._standing = standing
        self.repaint()

    def content_lines(self) -> list[Content]:
        if self._standing is None:
            return []
        width = self.content_size.width
        who = Content.styled(
            visible(f"{self._standing.coder} · {self._standing.round}"), self.component("status--who")
        )
        work = _work(self._standing.progress)
        least = min(who.cell_length, LEAST_NAME) + GAP + work.cell_length + GAP
        right = self._right(is_short=False)
        if least + right.cell_length > width:
            right = self._right(is_short=True)
        room = max(width - right.cell_length - work.cell_length - 2 * GAP, 0)
        left = Content.assemble(who.truncate(room, ellipsis=True), " " * GAP, work)
        return [spread(left, right, width) if right else fitted(left, width)]

    def _right(self, *, is_short: bool) -> Content:
        standing = self._standing
        if standing is None:
            return Content("")
        words = STATE_WORDS[standing.state][is_short] if standing.state else ""
        caps = Content.styled(" CAPS LOCK ", self.component("status--caps")) if standing.is_caps_on else ""
        gap = "  " if caps and words else ""
        return Content.assemble(caps, gap, (words, self.component("status--state")))


def _work(progress: Progress) -> Content:
    drafts = (
        f"  {progress.n_drafts} draft{'' if progress.n_drafts == 1 else 's'}" if progress.n_drafts else ""
    )
    return Content(f"{progress.n_done} done  {progress.n_left} left{drafts}   saved {progress.n_saved}")
