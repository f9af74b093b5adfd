"""The commands of every screen, and of every room beside the coding screen."""

from __future__ import annotations

from textual.binding import Binding

THEME = Binding(
    "f3",
    "app.switch_theme",
    "light or dark",
    show=False,
    id="app.theme",
    key_display="F3",
    tooltip="Switch between the light and the dark colours.",
)

ROOM = [
    Binding(
        "question_mark",
        "show_help",
        "help",
        id="room.help",
        key_display="?",
        tooltip="The keys that work here.",
    ),
    Binding(
        "ctrl+p",
        "open_palette",
        "commands",
        show=False,
        id="room.palette",
        key_display="^p",
        tooltip="Find a command by its name.",
    ),
    Binding(
        "escape",
        "back",
        "back",
        id="room.back",
        key_display="Esc",
        tooltip="Go back to where you came from.",
    ),
    Binding(
        "ctrl+q",
        "leave",
        "leave",
        id="room.leave",
        key_display="^q",
        tooltip="Leave Harken. Everything is on disk already.",
    ),
    Binding("ctrl+c", "say_how_to_leave", "", show=False, id="room.interrupt", system=True),
    THEME,
]
"""What works in every room."""
