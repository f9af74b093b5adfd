"""What the codebook says of the focused code."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content

from harken.model import CodebookEntry
from harken.report import visible
from harken.tui.widgets.painted import PaintedLines


class DefinitionView(PaintedLines):
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
            self.repaint()

    def content_lines(self) -> list[Content]:
        entry = self._entry
        if entry is None:
            return []
        width, height = max(self.content_size.width, 1), self.content_size.height
        core = [part.wrap(width) for part in self._core(entry)]
        if sum(map(len, core)) > height:
            return [line for part in _shared_out(core, height, width) for line in part]
        parts = list(core)
        for example in (part.wrap(width) for part in self._examples(entry)):
            if sum(map(len, parts)) + len(example) <= height:
                parts.append(example)
        if sum(map(len, parts)) + len(parts) <= height:
            return [line for part in parts for line in [*part, Content("")]]
        return [line for part in parts for line in part]

    def _core(self, entry: CodebookEntry) -> list[Content]:
        code = entry.code
        name = Content.styled(visible(code.label), self.component("definition--name"))
        definition = visible(code.definition or "No definition yet.")
        word = self.component("definition--word")
        parts = [Content.assemble(name, "  ", definition if code.definition else (definition, word))]
        for title, text in (("include", code.include), ("exclude", code.exclude)):
            if text:
                parts.append(Content.assemble((f"{title} ", word), visible(text)))
        return parts

    def _examples(self, entry: CodebookEntry) -> list[Content]:
        word = self.component("definition--word")
        return [
            Content.assemble(("e.g. ", word), f"“{visible(' '.join(example.split()))}”")
            for example in entry.code.examples
        ]


def _shared_out(parts: list[list[Content]], height: int, width: int) -> list[list[Content]]:
    """A line for each part, and what is left to the first ones that need more; the cut is marked."""
    parts = parts[:height]
    spare = height - len(parts)
    shown = []
    for part in parts:
        n_lines = min(len(part), 1 + spare)
        spare -= n_lines - 1
        if n_lines < len(part):
            part = [*part[: n_lines - 1], _cut(part[n_lines - 1].rstrip(), width)]
        shown.append(part)
    return shown


def _cut(line: Content, width: int) -> Content:
    """A line that says that more follows, cut between words where it must be."""
    if line.cell_length > width - 2:
        end = line.plain.rfind(" ", 0, width - 1)
        line = line[:end] if end > 0 else line.truncate(max(width - 2, 0))
    return line + " …"
