"""The commands of the memos screen."""

from __future__ import annotations

from textual.binding import Binding

MEMOS = [
    Binding(
        "enter",
        "open",
        "open",
        id="memos.open",
        key_display="↵",
        tooltip="Edit a memo of yours; read somebody else's in full.",
    ),
    Binding("n", "write", "new", id="memos.new", tooltip="Write a memo, or an entry of the diary."),
    Binding(
        "slash",
        "search",
        "find",
        id="memos.search",
        key_display="/",
        tooltip="Memos that hold all the words you type; s does the same.",
    ),
    Binding("s", "search", "search", show=False, id="memos.search_too", system=True),
    Binding(
        "right",
        "about(1)",
        "kind",
        id="memos.about_next",
        key_display="←→",
        tooltip="Memos on something else: the diary, questions, codes, people, answers, decisions.",
    ),
    Binding("left", "about(-1)", "about", show=False, id="memos.about_previous", system=True),
    Binding(
        "a",
        "go_to_answer",
        "answer",
        id="memos.answer",
        tooltip="Go to the answer that the memo is on.",
    ),
    Binding("h", "history", "history", show=False, id="memos.history", tooltip="What the memo said before."),
    Binding(
        "x",
        "remove",
        "remove",
        show=False,
        id="memos.remove",
        tooltip="Take the memo away, after a question.",
    ),
    Binding("up", "step(-1)", "up", show=False, id="memos.up", key_display="↑", tooltip="The memo above."),
    Binding(
        "down", "step(1)", "down", show=False, id="memos.down", key_display="↓", tooltip="The memo below."
    ),
    Binding(
        "home", "jump(0)", "first", show=False, id="memos.first", key_display="Home", tooltip="The newest."
    ),
    Binding("end", "jump(-1)", "last", show=False, id="memos.last", key_display="End", tooltip="The oldest."),
    Binding(
        "pageup",
        "page(-1)",
        "page up",
        show=False,
        id="memos.page_up",
        key_display="PgUp",
        tooltip="A page of memos up.",
    ),
    Binding(
        "pagedown",
        "page(1)",
        "page down",
        show=False,
        id="memos.page_down",
        key_display="PgDn",
        tooltip="A page of memos down.",
    ),
]
