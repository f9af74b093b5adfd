"""What works while words of an answer are selected. A code's letter still means the code."""

from __future__ import annotations

from textual.binding import Binding

SELECTING = [
    Binding(
        "right",
        "select_step(1)",
        "word",
        id="select.next",
        key_display="←→",
        tooltip="The next word (or character); while the start is held, one more.",
    ),
    Binding(
        "left",
        "select_step(-1)",
        "word before",
        show=False,
        id="select.previous",
        key_display="←",
        tooltip="The word (or character) before; while the start is held, one less.",
    ),
    Binding(
        "enter",
        "select_hold",
        "hold",
        id="select.hold",
        key_display="↵",
        tooltip="Hold what is selected, so that arrows add to it; again lets go. Nothing is decided here.",
    ),
    Binding(
        "down",
        "select_sentence(1)",
        "sentence",
        id="select.sentence",
        key_display="↑↓",
        tooltip="The whole sentence, then the next one; while the start is held, up to its end.",
    ),
    Binding(
        "up",
        "select_sentence(-1)",
        "sentence before",
        show=False,
        id="select.sentence_before",
        key_display="↑",
        tooltip="The whole sentence, then the one before.",
    ),
    Binding(
        "tab",
        "select_switch_step",
        "letters",
        id="select.characters",
        key_display="⇥",
        tooltip="From words to characters and back.",
    ),
    Binding(
        "shift+right",
        "select_extend(1)",
        "one more",
        show=False,
        id="select.extend",
        key_display="⇧→",
        tooltip="One word (or character) more, where the terminal lets Shift through.",
    ),
    Binding(
        "shift+left",
        "select_extend(-1)",
        "one less",
        show=False,
        id="select.shorten",
        key_display="⇧←",
        tooltip="One word (or character) less.",
    ),
    Binding(
        "home",
        "select_to_end(-1)",
        "first word",
        show=False,
        id="select.first",
        key_display="Home",
        tooltip="The first word; while the start is held, everything before it too.",
    ),
    Binding(
        "end",
        "select_to_end(1)",
        "last word",
        show=False,
        id="select.last",
        key_display="End",
        tooltip="The last word; while the start is held, everything up to the end.",
    ),
    Binding(
        "space",
        "select_menu",
        "more",
        id="select.menu",
        key_display="Space",
        tooltip="What else can be done with the selected words.",
    ),
    Binding(
        "escape",
        "select_leave",
        "done",
        id="select.leave",
        key_display="Esc",
        tooltip="Back to the whole answer. What was applied stays.",
    ),
    Binding(
        "0,backspace,ctrl+z,ctrl+y",
        "select_refuse",
        "",
        show=False,
        id="select.refused",
        system=True,
    ),
]

SELECTION_MENU = [
    Binding("q", "mark_quote", "quote", id="words.quote", tooltip="Mark the words as a quote, or no longer."),
    Binding(
        "r",
        "mark_identifying",
        "hide name",
        id="words.identifying",
        tooltip="Mark the words as identifying: outputs print brackets instead. Again shows them.",
    ),
    Binding(
        "k",
        "make_keyword",
        "keyword",
        id="words.keyword",
        tooltip="Make the words a keyword of a code; what that would suggest elsewhere shows first.",
    ),
    Binding(
        "x",
        "make_example",
        "example",
        id="words.example",
        tooltip="Make the words an example of a code; answers like it show first.",
    ),
    Binding(
        "n",
        "make_code",
        "new code",
        id="words.new_code",
        tooltip="Make a code named from the words and apply it to them.",
    ),
    Binding(
        "f", "find_code", "find", id="words.find", tooltip="Find a code by name and apply it to the words."
    ),
]
"""What Space opens while words are selected."""
