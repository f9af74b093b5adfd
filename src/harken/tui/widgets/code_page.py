"""What a code or family says of itself, and below that its answers, fetched as one scrolls towards them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.content import Content
from textual.events import MouseScrollDown, MouseScrollUp, Resize

from harken.model import Code, Family
from harken.report import visible
from harken.services.codebooks.looking import CodedAnswer
from harken.tui.widgets.painted import PaintedLines

WIDEST = 96
"""Cells in a line: longer ones are hard to read."""
Fetch = Callable[[int], Sequence[CodedAnswer]]
"""The next answers behind the response with this id; none at the end."""


class CodePage(PaintedLines):
    DEFAULT_CSS = """
    CodePage { height: 1fr; text-wrap: nowrap; padding: 0 1 0 2; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *("page--name", "page--word", "page--note", "page--who", "page--more"),
    }

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._entry: Code | Family | None = None
        self._place = ""
        self._fetch: Fetch | None = None
        self._answers: list[CodedAnswer] = []
        self._has_more = False
        self._lines: list[Content] = []
        self._lines_for: object = None
        self._top = 0

    def show(self, entry: Code | Family | None, *, place: str, fetch: Fetch | None = None) -> None:
        """Show a code (with its answers) or a family, from the top where it is another one than before."""
        if place != self._place:
            self._top = 0
        self._entry, self._place, self._fetch = entry, place, fetch
        self._answers, self._has_more = [], fetch is not None
        self._lines_for = None
        self.repaint()

    def scroll_pages(self, n: int) -> None:
        self._scroll(n * max(self._room() - 1, 1))

    def _scroll(self, n_lines: int) -> None:
        self._fill(self._top + max(n_lines, 0) + 2 * self.content_size.height)
        lowest = max(len(self._lines) - self._room(), 0)
        self._top = min(max(self._top + n_lines, 0), lowest)
        self.repaint()

    def _room(self) -> int:
        """Lines for the text; the last one says what is out of sight."""
        return max(self.content_size.height - 1, 1)

    # -- lines ---------------------------------------------------------------------------------------

    def content_lines(self) -> Sequence[Content]:
        self._fill(self._top + 2 * self.content_size.height)
        room = self._room()
        self._top = min(self._top, max(len(self._lines) - room, 0))
        seen = self._lines[self._top : self._top + room]
        if len(self._lines) <= room and not self._has_more:
            return seen
        below = len(self._lines) - self._top - room
        more = f"▼ {'more' if self._has_more else below} below" if below > 0 or self._has_more else ""
        says = " · ".join(filter(None, [f"▲ {self._top} above" if self._top else "", more, "PgUp PgDn"]))
        blanks = [Content("")] * (room - len(seen))
        return [*seen, *blanks, Content.styled(says, self.component("page--more"))]

    def _fill(self, n_lines: int) -> None:
        """Have so many lines, as far as there are answers."""
        width = max(min(self.content_size.width, WIDEST), 1)
        key = (width, self.app.theme)
        if key != self._lines_for:
            self._lines = [line for part in self._parts() for line in part.wrap(width)]
            self._lines += [line for answer in self._answers for line in self._of_answer(answer, width)]
            self._lines_for = key
        while self._has_more and self._fetch is not None and len(self._lines) < n_lines:
            new = self._fetch(self._answers[-1].response_id if self._answers else 0)
            self._has_more = bool(new)
            if new and not self._answers:
                self._lines += [Content(""), Content.styled("Answers", self.component("page--word"))]
            self._answers += new
            self._lines += [line for answer in new for line in self._of_answer(answer, width)]

    def _of_answer(self, answer: CodedAnswer, width: int) -> list[Content]:
        key = answer.key
        where = " · ".join(filter(None, [key.question, key.occasion, ", ".join(answer.coders)]))
        head = Content.assemble(
            (visible(key.participant), self.component("page--who")),
            (f"  {visible(where)}", self.component("page--word")),
        )
        text = Content(visible(answer.text, keep_lines=True))
        return [*head.wrap(width), *(line.pad_left(2) for line in text.wrap(max(width - 2, 1)))]

    def _parts(self) -> list[Content]:
        entry, word = self._entry, self.component("page--word")
        if entry is None:
            return []
        parts = [
            Content.assemble(
                (visible(entry.label), self.component("page--name")), (f"  {visible(self._place)}", word)
            ),
            Content(visible(entry.definition, keep_lines=True))
            if entry.definition
            else Content.styled("No definition yet. Enter writes one.", word),
        ]
        if isinstance(entry, Code) and entry.is_retired:
            parts.append(
                Content.styled("Retired: offered for no new decision.", self.component("page--note"))
            )
        for title, text in _fields(entry):
            parts.append(Content.assemble((f"{title} ", word), visible(text, keep_lines=True)))
        return parts

    # -- events --------------------------------------------------------------------------------------

    def on_resize(self, event: Resize) -> None:
        super().on_resize(event)
        self._scroll(0)

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        event.stop()
        self._scroll(3)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        event.stop()
        self._scroll(-3)


def _fields(entry: Code | Family) -> list[tuple[str, str]]:
    if isinstance(entry, Family):
        fields = [("codes", str(len(entry.codes)))]
        if entry.exclusive:
            fields.append(("one code an answer", "" if entry.scale == "nominal" else f"({entry.scale})"))
        return fields
    fields = [
        ("include", entry.include),
        ("exclude", entry.exclude),
        *(("e.g.", f"“{example}”") for example in entry.examples),
        ("keywords", ", ".join(entry.keywords)),
        ("patterns", str(len(entry.patterns)) if entry.patterns else ""),
        ("only for", ", ".join(entry.questions)),
        ("letter", entry.hotkey),
        ("value", "" if entry.value is None else f"{entry.value:g}"),
    ]
    return [(title, text) for title, text in fields if text]
