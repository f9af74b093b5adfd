"""The commands of the meeting's screen."""

from __future__ import annotations

from textual.binding import Binding

from harken.tui.commands.going_through import going_through

MEETING = [
    Binding(
        "enter",
        "go_to",
        "go to it",
        id="meeting.go",
        key_display="↵",
        tooltip="Go to the answer or the code that it is about.",
    ),
    Binding(
        "o",
        "record",
        "outcome",
        id="meeting.record",
        tooltip="Write what came of the meeting and record it; the next agenda begins there.",
    ),
    Binding("l", "list_meetings", "meetings", id="meeting.list", tooltip="The meetings that were recorded."),
    *going_through("meeting"),
]
