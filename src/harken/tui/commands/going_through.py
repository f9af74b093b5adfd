"""The commands of a screen that goes through a list of items."""

from __future__ import annotations

from textual.binding import Binding


def going_through(screen: str) -> list[Binding]:
    """Moving in the list and scrolling the page, with ids that begin with the screen's name."""
    return [
        Binding(
            "up", "step(-1)", "up", show=False, id=f"{screen}.up", key_display="↑", tooltip="The one above."
        ),
        Binding(
            "down",
            "step(1)",
            "down",
            show=False,
            id=f"{screen}.down",
            key_display="↓",
            tooltip="The one below.",
        ),
        Binding(
            "home",
            "jump(0)",
            "first",
            show=False,
            id=f"{screen}.first",
            key_display="Home",
            tooltip="The first.",
        ),
        Binding(
            "end", "jump(-1)", "last", show=False, id=f"{screen}.last", key_display="End", tooltip="The last."
        ),
        Binding(
            "pageup",
            "scroll_page(-1)",
            "page up",
            show=False,
            id=f"{screen}.page_up",
            key_display="PgUp",
            tooltip="Scroll what is shown of it up.",
        ),
        Binding(
            "pagedown",
            "scroll_page(1)",
            "page down",
            show=False,
            id=f"{screen}.page_down",
            key_display="PgDn",
            tooltip="Scroll what is shown of it down.",
        ),
    ]
