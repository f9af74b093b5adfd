"""The whole codebook as a tree: families and codes, with letters and how often each is applied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.content import Content
from textual.events import Click, MouseScrollDown, MouseScrollUp, Resize
from textual.message import Message

from harken.model import Codebook
from harken.report import visible
from harken.services.codebooks.looking import CodeUse
from harken.tui.widgets.painted import PaintedLines
from harken.tui.words.texts import fitted, spread

FOCUS = "▸"
BOTH_COUNTS_FROM = 46
"""Cells; with fewer the people alone are told, and names keep the room."""
EMPTY = ("The codebook is empty.", "a makes a family,", "n a code in it.")


@dataclass(frozen=True, slots=True)
class _Row:
    place: str
    """The key of a family or the path of a code."""
    text: str
    depth: int
    """0 for a family."""
    hotkey: str = ""
    is_retired: bool = False


class CodeTree(PaintedLines):
    """Draws only the rows in sight; families can be focused as codes can."""

    DEFAULT_CSS = """
    CodeTree { height: 1fr; text-wrap: nowrap; padding: 0 1; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *("tree--family", "tree--hotkey", "tree--use", "tree--retired", "tree--focused", "tree--more"),
    }

    @dataclass
    class Picked(Message):
        """A family or code was clicked."""

        place: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: list[_Row] = []
        self._index_of: dict[str, int] = {}
        self._n_letters = 1
        self._uses: Mapping[str, CodeUse] = {}
        self._index = 0
        self._top = 0

    @property
    def focused_place(self) -> str:
        """Empty where the codebook is."""
        return self._rows[self._index].place if self._rows else ""

    def show_uses(self, uses: Mapping[str, CodeUse]) -> None:
        """How often each code is applied, by path; until then the numbers from before stand."""
        self._uses = uses
        self.repaint()

    def show(self, codebook: Codebook, *, focus: str = "") -> None:
        """Show a codebook; `focus` is the place to go to."""
        before = focus or self.focused_place
        self._rows = _rows(codebook)
        self._n_letters = max((len(row.hotkey) for row in self._rows), default=0) or 1
        self._index_of = {row.place: index for index, row in enumerate(self._rows)}
        while before and before not in self._index_of:
            # What is gone was below something that may still be there.
            before = before.rpartition(".")[0]
        self._index = self._index_of.get(before, min(self._index, max(len(self._rows) - 1, 0)))
        self._bring_into_sight()
        self.repaint()

    def focus_place(self, place: str) -> None:
        if place in self._index_of:
            self._focus(self._index_of[place])

    def beside(self, place: str) -> str:
        """What stands there once it has gone with all below it: what is behind, else what is before."""
        index = self._index_of.get(place, self._index)
        row = self._rows[index]
        behind = next((other for other in self._rows[index + 1 :] if other.depth <= row.depth), None)
        if behind is None or (row.depth and not behind.depth):
            behind = self._rows[max(index - 1, 0)]
        return behind.place

    def step(self, n: int) -> None:
        self._focus(self._index + n)

    def jump(self, *, to_end: bool) -> None:
        self._focus(len(self._rows) - 1 if to_end else 0)

    def _focus(self, index: int) -> None:
        self._index = min(max(index, 0), max(len(self._rows) - 1, 0))
        self._bring_into_sight()
        self.repaint()

    def _room(self) -> int:
        """Lines for families and codes, below the headings of the counts."""
        height = self.content_size.height - 1
        return height if len(self._rows) <= height else max(height - 1, 1)

    def _bring_into_sight(self) -> None:
        room = self._room()
        self._top = min(max(self._top, self._index - room + 1), self._index)
        self._top = min(max(self._top, 0), max(len(self._rows) - room, 0))

    def content_lines(self) -> Sequence[Content]:
        width, room = self.content_size.width, self._room()
        if not self._rows:
            return [Content.styled(line, self.component("tree--more")) for line in EMPTY]
        seen = enumerate(self._rows[self._top : self._top + room], start=self._top)
        counts = "people codings" if self._shows_codings else "people"
        heads = Content.styled(counts, self.component("tree--more"))
        lines = [spread(Content(""), heads, width)]
        lines += [self._line(row, width, is_focused=index == self._index) for index, row in seen]
        if len(self._rows) > room:
            above, below = self._top, len(self._rows) - self._top - room
            says = [f"▲ {above} above" if above else "", f"▼ {below} below" if below else ""]
            lines.append(Content.styled(" · ".join(filter(None, says)), self.component("tree--more")))
        return lines

    @property
    def _shows_codings(self) -> bool:
        return self.content_size.width >= BOTH_COUNTS_FROM

    def _line(self, row: _Row, width: int, *, is_focused: bool) -> Content:
        mark = FOCUS if is_focused else " "
        if row.depth == 0:
            line = fitted(Content.assemble(f"{mark} ", (row.text, self.component("tree--family"))), width)
        else:
            style = self.component("tree--retired") if row.is_retired else ""
            left = Content.assemble(
                f"{mark} ",
                (row.hotkey.ljust(self._n_letters), self.component("tree--hotkey")),
                f" {'  ' * (row.depth - 1)}",
                (f"({row.text})" if row.is_retired else row.text, style),
            )
            use = self._uses.get(row.place)
            said = "" if use is None else f"{use.n_people:>6}"
            if use is not None and self._shows_codings:
                said += f" {use.n_codings:>7}"
            line = spread(left, Content.styled(said, self.component("tree--use")), width)
        return line.stylize_before(self.get_visual_style("tree--focused")) if is_focused else line

    # -- events --------------------------------------------------------------------------------------

    def on_resize(self, event: Resize) -> None:
        self._bring_into_sight()
        super().on_resize(event)

    def on_click(self, event: Click) -> None:
        event.stop()
        offset = event.get_content_offset(self)
        index = self._top + (offset.y - 1 if offset is not None else -1)
        if offset is not None and 0 < offset.y <= self._room() and index < len(self._rows):
            self.post_message(self.Picked(self._rows[index].place))

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        event.stop()
        self._scroll(3)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        event.stop()
        self._scroll(-3)

    def _scroll(self, n: int) -> None:
        self._top = min(max(self._top + n, 0), max(len(self._rows) - self._room(), 0))
        self.repaint()


def _rows(codebook: Codebook) -> list[_Row]:
    rows = []
    entries = iter(codebook.entries.values())
    entry = next(entries, None)
    for family in codebook.families:
        limit = " · one at most" if family.exclusive else ""
        rows.append(_Row(family.key, visible(family.label) + limit, 0))
        while entry is not None and entry.family is family:
            code = entry.code
            rows.append(_Row(entry.path, visible(code.label), entry.depth + 1, code.hotkey, code.is_retired))
            entry = next(entries, None)
    return rows
