"""What the codebook says of the focused code."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from harken.model import CodebookEntry
from harken.report import visible


class DefinitionView(Widget):
    """Definition, what to include and exclude, examples: as much as there is room for."""

    DEFAULT_CSS = """
    DefinitionView { text-wrap: nowrap; padding: 0 1 0 2; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"definition--name", "definition--word"}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._entry: CodebookEntry | None = None

    def show(self, entry: CodebookEntry | None) -> None:
        if entry is not self._entry:
            self._entry = entry
            self.refresh()

    def _style(self, name: str) -> Style:
        return self.get_visual_style(name, partial=True)

    def render(self) -> Content:
        entry = self._entry
        if entry is None:
            return Content("")
        width, height = max(self.content_size.width, 1), self.content_size.height
        parts = [part.wrap(width) for part in self._parts(entry)]
        n_lines = sum(map(len, parts))
        if n_lines + len(parts) <= height:
            lines = [line for part in parts for line in [*part, Content("")]]
        else:
            lines = [line for part in _shared_out(parts, height, width) for line in part]
        return Content("\n").join(lines)

    def _parts(self, entry: CodebookEntry) -> list[Content]:
        code = entry.code
        name = Content.styled(visible(code.label), self._style("definition--name"))
        definition = visible(code.definition or "No definition yet.")
        word = self._style("definition--word")
        parts = [Content.assemble(name, "  ", definition if code.definition else (definition, word))]
        for title, text in (("include", code.include), ("exclude", code.exclude)):
            if text:
                parts.append(Content.assemble((f"{title} ", word), visible(text)))
        for example in code.examples[:3]:
            parts.append(Content.assemble(("e.g. ", word), f"“{visible(' '.join(example.split()))}”"))
        return parts


def _shared_out(parts: list[list[Content]], height: int, width: int) -> list[list[Content]]:
    """A line for each part, and what is left to the first ones that need more; the cut is marked."""
    parts = parts[:height]
    spare = height - len(parts)
    shown = []
    for part in parts:
        n_lines = min(len(part), 1 + spare)
        spare -= n_lines - 1
        if n_lines < len(part):
            rest = part[n_lines - 1].rstrip()
            part = [*part[: n_lines - 1], rest.truncate(width - 2, ellipsis=False) + " …"]
        shown.append(part)
    return shown
