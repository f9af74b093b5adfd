"""A widget made of lines, which paints only the lines that changed: most keys change few of them."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.events import Resize
from textual.geometry import Region
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual
from textual.widget import Widget

BLANK = Content("")


class PaintedLines(Widget):
    """Subclasses say what stands on the lines (`content_lines`) and call `repaint` when it may differ."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._painted: list[Content] = []
        self._strips: dict[int, Strip] = {}
        self._is_stale = True
        self._components: dict[str, Style] = {}

    def content_lines(self) -> Iterable[Content]:
        """One content a line, for the size that the widget has now."""
        raise NotImplementedError

    def component(self, name: str) -> Style:
        """The style of a component class, to be laid over the widget's own."""
        style = self._components.get(name)
        if style is None:
            style = self.get_visual_style(name, partial=True)
            # Textual leaves this one out of visual styles.
            if self.get_component_styles(name).text_style.reverse:
                style += Style(reverse=True)
            self._components[name] = style
        return style

    def repaint(self) -> None:
        """Compute the lines anew and have the changed ones drawn."""
        width, height = self.content_size
        if not width or not height:
            return
        lines = self._lines_now(height)
        if len(lines) != len(self._painted) or self._is_stale:
            self._painted, self._is_stale = lines, False
            self._strips.clear()
            self.refresh()
            return
        changed = [y for y, line in enumerate(lines) if not line.is_same(self._painted[y])]
        self._painted = lines
        for y in changed:
            self._strips.pop(y, None)
        if changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def _lines_now(self, height: int) -> list[Content]:
        lines = list(self.content_lines())[:height]
        return lines + [Content("")] * (height - len(lines))

    def render_line(self, y: int) -> Strip:
        if self._is_stale:
            self._painted, self._is_stale = self._lines_now(self.content_size.height), False
            self._strips.clear()
        strip = self._strips.get(y)
        if strip is None:
            strip = self._strips[y] = self._strip_of(self._painted[y] if y < len(self._painted) else BLANK)
        return strip

    def _strip_of(self, line: Content) -> Strip:
        width = self.content_size.width
        if not line:
            return Strip.blank(width, self.visual_style.rich_style)
        strips = Visual.to_strips(self, line, width, 1, self.visual_style)
        return strips[0] if strips else Strip.blank(width, self.visual_style.rich_style)

    def on_resize(self, event: Resize) -> None:
        del event
        self._is_stale = True
        self.repaint()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        # The lines carry a theme's colours; they are made anew when they are drawn next.
        self._is_stale = True
        self._components = {}
