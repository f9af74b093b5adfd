"""The commands of the screen of questions and alerts."""

from __future__ import annotations

from textual.binding import Binding

from harken.tui.commands.going_through import going_through

QUESTIONS = [
    Binding(
        "enter",
        "go_to_answer",
        "answer",
        id="questions.answer",
        key_display="↵",
        tooltip="Go to the answer that it is about.",
    ),
    Binding("r", "reply", "reply", id="questions.reply", tooltip="Reply to the coder who asks."),
    Binding(
        "m",
        "make_rule",
        "rule",
        id="questions.rule",
        tooltip="Reply, and write the reply into the wording of a code.",
    ),
    Binding(
        "k",
        "keep_as_decided",
        "keep as decided",
        id="questions.keep",
        tooltip="Take up the reply to you: the answer stays as you decided it.",
    ),
    Binding(
        "c",
        "close_alert",
        "close",
        id="questions.close",
        tooltip="Close the alert with what was done about it.",
    ),
    Binding(
        "t",
        "toggle_all",
        "all",
        id="questions.all",
        tooltip="Show what is open alone, or what was replied to and closed as well.",
    ),
    *going_through("questions"),
]
