"""The codes of the question: families as headings, letters, and a mark at what is applied."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.content import Content
from textual.events import Click, MouseScrollDown, MouseScrollUp, Resize
from textual.message import Message

from harken.model import CodebookEntry, Family
from harken.report import visible
from harken.services.coding import CodeSheet
from harken.tui.widgets.painted import PaintedLines
from harken.tui.words.texts import APPLIED, fitted, label_of, short_name

FOCUS = "▸"


@dataclass(frozen=True, slots=True)
class _Row:
    path: str
    """Empty for a heading."""
    text: str
    hotkey: str = ""
    depth: int = 0


_BLANK = _Row("", "")


class CodeList(PaintedLines):
    """Draws only the rows in sight, so that hundreds of codes cost no more than ten."""

    DEFAULT_CSS = """
    CodeList { height: 1fr; text-wrap: nowrap; padding: 1 1 0 1; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "codes--family",
        "codes--hotkey",
        "codes--applied",
        "codes--focused",
        "codes--more",
    }

    @dataclass
    class Picked(Message):
        """A code was clicked."""

        path: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._sheet = CodeSheet(question="", entries={}, hotkeys={})
        self._strays: tuple[str, ...] = ()
        self._dense: list[_Row] = []
        self._n_letters = 1
        self._drawn: dict[tuple[_Row, int, bool, bool], Content] = {}
        self._applied: Collection[str] = ()
        self._focused = ""
        self._pending = ""
        self._top = 0

    @property
    def focused_path(self) -> str:
        return self._focused

    def show(self, sheet: CodeSheet, applied: Collection[str], *, pending: str = "") -> None:
        """Show the codes, those applied marked; `pending` is the first letter of a hotkey of two."""
        strays = tuple(path for path in applied if path not in sheet.entries)
        if sheet is not self._sheet or strays != self._strays:
            self._sheet, self._strays = sheet, strays
            self._dense = [*_rows(sheet.entries, sheet.hotkeys), *_stray_rows(strays, sheet)]
            self._drawn.clear()
            self._n_letters = max(map(len, sheet.hotkeys.values()), default=1)
            paths = [row.path for row in self._dense if row.path]
            if self._focused not in paths:
                self._focused = paths[0] if paths else ""
                self._top = 0
        self._applied = frozenset(applied)
        self._pending = pending
        self.repaint()

    def focus_code(self, path: str) -> None:
        """Make a code the focused one and bring it into sight."""
        self._focused = path
        self._bring_into_sight()
        self.repaint()

    def step(self, n: int) -> None:
        """Focus the code `n` rows on, passing over headings."""
        paths = [row.path for row in self._rows if row.path]
        if paths:
            index = paths.index(self._focused) if self._focused in paths else -1
            self.focus_code(paths[min(max(index + n, 0), len(paths) - 1)])

    @property
    def _rows(self) -> list[_Row]:
        """With a blank line before each family where the height allows; after a first letter its codes."""
        if self._pending:
            begun = [row for row in self._dense if row.path and row.hotkey.startswith(self._pending)]
            return [_Row("", f"{self._pending}… and a second letter"), *begun]
        n_families = sum(not row.path for row in self._dense)
        if len(self._dense) + n_families - 1 > self.content_size.height:
            return self._dense
        aired = (row for row in self._dense for row in ([row] if row.path else [_BLANK, row]))
        return list(aired)[1:]

    def _room(self) -> int:
        height = self.content_size.height
        return height if len(self._rows) <= height else max(height - 1, 1)

    def _bring_into_sight(self) -> None:
        index = next((i for i, row in enumerate(self._rows) if row.path == self._focused), 0)
        room = self._room()
        # The heading above comes along where there is room for it.
        first = index - 1 if index and not self._rows[index - 1].path else index
        if first < self._top:
            self._top = first
        elif index >= self._top + room:
            self._top = index - room + 1
        self._keep_in_bounds()

    def _keep_in_bounds(self) -> None:
        self._top = min(max(self._top, 0), max(len(self._rows) - self._room(), 0))

    def content_lines(self) -> Sequence[Content]:
        if not self._sheet.question:
            return []
        if not self._rows:
            notice = ("No codes yet.", "Space n makes the first one", "from this answer.")
            return [Content.styled(line, self.component("codes--more")) for line in notice]
        rows, room, width = self._rows, self._room(), self.content_size.width
        top = 0 if self._pending else self._top
        lines = [self._line(row, width) for row in rows[top : top + room]]
        if len(rows) > room:
            above, below = top, len(rows) - top - room
            says = [f"▲ {above} above" if above else "", f"▼ {below} below" if below else ""]
            lines.append(Content.styled(" · ".join(filter(None, says)), self.component("codes--more")))
        return lines

    def _line(self, row: _Row, width: int) -> Content:
        look = (row, width, row.path in self._applied, row.path == self._focused)
        line = self._drawn.get(look)
        if line is None:
            line = self._drawn[look] = self._draw(*look)
        return line

    def _draw(self, row: _Row, width: int, is_applied: bool, is_focused: bool) -> Content:
        if not row.path:
            return fitted(Content.styled(row.text, self.component("codes--family")), width)
        mark = f"{FOCUS if is_focused else ' '}{APPLIED if is_applied else ' '} "
        line = Content.assemble(
            (mark, self.component("codes--applied")),
            (row.hotkey.ljust(self._n_letters), self.component("codes--hotkey")),
            "  " + "  " * row.depth,
            (row.text, self.component("codes--applied") if is_applied else ""),
        )
        line = fitted(line, width)
        return line.stylize_before(self.get_visual_style("codes--focused")) if is_focused else line

    def on_resize(self, event: Resize) -> None:
        self._bring_into_sight()
        super().on_resize(event)

    def notify_style_update(self) -> None:
        self._drawn.clear()
        super().notify_style_update()

    def on_click(self, event: Click) -> None:
        event.stop()
        offset = event.get_content_offset(self)
        if offset is None or self._pending:
            return
        seen = self._rows[self._top : self._top + self._room()]
        if offset.y < len(seen) and seen[offset.y].path:
            self.post_message(self.Picked(seen[offset.y].path))

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        event.stop()
        self._top += 3
        self._keep_in_bounds()
        self.repaint()

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        event.stop()
        self._top -= 3
        self._keep_in_bounds()
        self.repaint()


def _rows(entries: Mapping[str, CodebookEntry], hotkeys: Mapping[str, str]) -> list[_Row]:
    rows: list[_Row] = []
    family: Family | None = None
    for path, entry in entries.items():
        if entry.family is not family:
            family = entry.family
            limit = " · one at most" if family.exclusive else ""
            rows.append(_Row("", visible(family.label) + limit))
        rows.append(_Row(path, label_of(entry), hotkeys.get(path, ""), entry.depth))
    return rows


def _stray_rows(paths: Collection[str], sheet: CodeSheet) -> list[_Row]:
    """Codes that are applied and not offered; the letter of a retired one takes it off."""
    rows: list[_Row] = []
    retired = sheet.retired
    labels = {path: label_of(sheet.every[path]) for path in paths if path in sheet.every}
    for heading, found in (
        ("Retired", [path for path in paths if path in retired]),
        ("Not of this question", [path for path in paths if path not in retired]),
    ):
        if found:
            rows.append(_Row("", heading))
            rows += [_Row(path, labels.get(path, short_name(path)), retired.get(path, "")) for path in found]
    return rows
