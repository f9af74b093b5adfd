"""What Space opens on the coding screen."""

from __future__ import annotations

from textual.binding import Binding

MENU = [
    Binding(
        "n",
        "make_code",
        "new code",
        id="menu.new_code",
        tooltip="Make a code from this answer and apply it.",
    ),
    Binding("f", "find_code", "find", id="menu.find", tooltip="Find a code by a part of its name."),
    Binding(
        "s",
        "same_as_before",
        "same",
        id="menu.same",
        tooltip="Apply the codes of the last decision here too, without deciding.",
    ),
    Binding("m", "write_memo", "memo", id="menu.memo", tooltip="Write a memo on this answer."),
    Binding(
        "u", "mark_unsure", "unsure", id="menu.unsure", tooltip="Mark as unsure, with a question to the lead."
    ),
    Binding(
        "x",
        "decide_uncodable",
        "uncodable",
        id="menu.uncodable",
        tooltip="Decide that the answer cannot be coded, and go on.",
    ),
    Binding(
        "p",
        "show_person",
        "person",
        id="menu.person",
        tooltip="This person's other answers and closed items.",
    ),
    Binding("g", "go_to", "go to", id="menu.go_to", tooltip="Go to an answer by participant or number."),
    Binding(
        "w",
        "select_words",
        "words",
        id="menu.words",
        tooltip="Select words of the answer: to code a part of it, quote it, hide a name.",
    ),
    Binding("q", "mark_quote", "quote", id="menu.quote", tooltip="Mark the whole answer as a quote."),
    Binding(
        "r",
        "mark_identifying",
        "hide name",
        id="menu.identifying",
        tooltip="Mark words that tell who somebody is: outputs print brackets instead.",
    ),
    Binding(
        "a",
        "alert_lead",
        "alert",
        id="menu.alert",
        tooltip="Alert the lead: somebody seems to be in distress.",
    ),
    Binding(
        "v",
        "link_answer",
        "refers to",
        id="menu.refers_to",
        tooltip="Say which other answer this one refers to (“see above”), or no longer.",
    ),
    Binding(
        "l",
        "show_answers",
        "list",
        id="menu.answers",
        tooltip="All answers: search and filter them, and open one of this queue here.",
    ),
    Binding(
        "b",
        "show_codebook",
        "codebook",
        id="menu.codebook",
        tooltip="The codebook, at the code in focus: read it and let it grow.",
    ),
    Binding("d", "show_memos", "diary", id="menu.memos", tooltip="The diary and every memo you may read."),
    Binding(
        "i",
        "show_questions",
        "questions",
        id="menu.questions",
        tooltip="Questions to the lead, replies and alerts.",
    ),
]
"""What Space opens: letters that stand at the same place on every Latin keyboard."""

SHORTER = {
    "menu.new_code": "new",
    "menu.go_to": "go",
    "menu.words": "part",
    "menu.identifying": "hide",
    "menu.refers_to": "refers",
}
"""Words for a window in which the whole ones would take a third line."""
