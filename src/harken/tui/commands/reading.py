"""The commands of the reading room."""

from __future__ import annotations

from textual.binding import Binding

READING = [
    Binding(
        "right",
        "step(1)",
        "next",
        id="read.next",
        key_display="→",
        tooltip="The next answer; ↵ and Space do the same. The one before it counts as read.",
    ),
    Binding("enter,space", "step(1)", "next", show=False, id="read.next_too", system=True),
    Binding(
        "left",
        "step(-1)",
        "before",
        show=False,
        id="read.previous",
        key_display="←",
        tooltip="The answer before.",
    ),
    Binding(
        "u",
        "next_unread",
        "unread",
        id="read.unread",
        tooltip="The next answer that you have not read yet.",
    ),
    Binding("s", "star", "star", id="read.star", tooltip="Star the answer, or take the star away."),
    Binding("m", "write_memo", "memo", id="read.memo", tooltip="Your memo on this answer."),
    Binding("d", "write_diary", "diary", id="read.diary", tooltip="Write an entry of the diary."),
    Binding(
        "p",
        "show_person",
        "person",
        show=False,
        id="read.person",
        tooltip="This person's other answers and closed items.",
    ),
    Binding(
        "g",
        "go_to",
        "go to",
        show=False,
        id="read.go_to",
        tooltip="Go to an answer by participant or number.",
    ),
    Binding(
        "home",
        "go_to_end(-1)",
        "first",
        show=False,
        id="read.first",
        key_display="Home",
        tooltip="The first answer.",
    ),
    Binding(
        "end",
        "go_to_end(1)",
        "last",
        show=False,
        id="read.last",
        key_display="End",
        tooltip="The last answer.",
    ),
    Binding(
        "pageup",
        "scroll_answer(-1)",
        "up",
        show=False,
        id="read.scroll_up",
        key_display="PgUp",
        tooltip="Scroll a long answer up.",
    ),
    Binding(
        "pagedown",
        "scroll_answer(1)",
        "down",
        show=False,
        id="read.scroll_down",
        key_display="PgDn",
        tooltip="Scroll a long answer down.",
    ),
]
