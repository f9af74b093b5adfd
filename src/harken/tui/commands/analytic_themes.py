"""The commands of the analytic themes screen."""

from __future__ import annotations

from textual.binding import Binding

ANALYTIC_THEMES = [
    Binding(
        "enter",
        "write_idea",
        "idea",
        id="analytic.idea",
        key_display="↵",
        tooltip="Write the theme's central idea: what holds it together.",
    ),
    Binding("n", "make", "new", id="analytic.new", tooltip="Make an analytic theme."),
    Binding("c", "gather_codes", "codes", id="analytic.codes", tooltip="Which codes belong to the theme."),
    Binding(
        "q",
        "gather_quotes",
        "quotes",
        id="analytic.quotes",
        tooltip="Which places speak for it: marked quotes, and answers that have its codes.",
    ),
    Binding("m", "gather_memos", "memos", id="analytic.memos", tooltip="Which memos belong to it."),
    Binding("r", "rename", "rename", show=False, id="analytic.rename", tooltip="Give it another name."),
    Binding(
        "x",
        "remove",
        "remove",
        show=False,
        id="analytic.remove",
        tooltip="Take the theme away, after a question; codes, quotes and memos stay.",
    ),
    Binding(
        "up", "step(-1)", "up", show=False, id="analytic.up", key_display="↑", tooltip="The theme above."
    ),
    Binding(
        "down",
        "step(1)",
        "down",
        show=False,
        id="analytic.down",
        key_display="↓",
        tooltip="The theme below.",
    ),
    Binding(
        "pageup",
        "scroll_page(-1)",
        "page up",
        show=False,
        id="analytic.scroll_up",
        key_display="PgUp",
        tooltip="Scroll the theme's page up.",
    ),
    Binding(
        "pagedown",
        "scroll_page(1)",
        "page down",
        show=False,
        id="analytic.scroll_down",
        key_display="PgDn",
        tooltip="Scroll the theme's page down.",
    ),
]
