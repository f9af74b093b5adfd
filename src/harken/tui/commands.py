"""The commands of the coding screen: each one binding, from which keys, help, palette and keymaps come.

A keymap (id to keys) gives any of them other keys. Letters are not here: they are codes.
"""

from __future__ import annotations

from textual.binding import Binding

N_SUGGESTION_KEYS = 9

CODING = [
    Binding(
        "enter",
        "decide",
        "decide",
        id="code.decide",
        key_display="↵",
        tooltip="Save the applied codes as your decision and open the next undecided answer.",
    ),
    Binding(
        "0",
        "decide_no_code",
        "no code",
        id="code.no_code",
        tooltip="Decide that no code applies and go on; refused while codes are applied.",
    ),
    *(
        Binding(
            str(number),
            f"apply_suggestion({number})",
            f"suggestion {number}",
            show=False,
            id=f"code.suggestion_{number}",
            tooltip=f"Apply suggestion {number}, or take it off.",
        )
        for number in range(1, N_SUGGESTION_KEYS + 1)
    ),
    Binding(
        "space",
        "open_menu",
        "menu",
        id="code.menu",
        key_display="Space",
        tooltip="The other commands, each a letter.",
    ),
    Binding(
        "backspace",
        "reopen",
        "reopen",
        id="code.reopen",
        key_display="⌫",
        tooltip="Open the last decision again; press again for the one before it.",
    ),
    Binding(
        "left",
        "step(-1)",
        "answer before",
        show=False,
        id="code.previous",
        key_display="←",
        tooltip="The answer before, without deciding.",
    ),
    Binding(
        "right",
        "step(1)",
        "next answer",
        show=False,
        id="code.next",
        key_display="→",
        tooltip="The next answer, without deciding.",
    ),
    Binding(
        "up",
        "focus_code(-1)",
        "code above",
        show=False,
        id="code.focus_up",
        key_display="↑",
        tooltip="Look at the code above: its definition shows.",
    ),
    Binding(
        "down",
        "focus_code(1)",
        "code below",
        show=False,
        id="code.focus_down",
        key_display="↓",
        tooltip="Look at the code below: its definition shows.",
    ),
    Binding(
        "pageup",
        "scroll_answer(-1)",
        "answer up",
        show=False,
        id="code.scroll_up",
        key_display="PgUp",
        tooltip="Scroll a long answer up.",
    ),
    Binding(
        "pagedown",
        "scroll_answer(1)",
        "answer down",
        show=False,
        id="code.scroll_down",
        key_display="PgDn",
        tooltip="Scroll a long answer down.",
    ),
    Binding(
        "ctrl+z",
        "undo",
        "undo",
        id="code.undo",
        key_display="^z",
        tooltip="Undo your last decision, also one of an earlier sitting.",
    ),
    Binding(
        "ctrl+y",
        "redo",
        "redo",
        show=False,
        id="code.redo",
        key_display="^y",
        tooltip="Take the last undo back.",
    ),
    Binding(
        "f2",
        "toggle_suggestions",
        "suggestions on or off",
        show=False,
        id="code.suggestions",
        key_display="F2",
        tooltip="Show or hide suggestions from the next answer on.",
    ),
    Binding(
        "question_mark",
        "show_help",
        "help",
        id="code.help",
        key_display="?",
        tooltip="All keys.",
    ),
    Binding(
        "ctrl+p",
        "open_palette",
        "commands",
        show=False,
        id="code.palette",
        key_display="^p",
        tooltip="Find a command by its name.",
    ),
    Binding(
        "ctrl+q",
        "leave",
        "leave",
        id="code.leave",
        key_display="^q",
        tooltip="Leave. Decisions and drafts are on disk already.",
    ),
    Binding(
        "escape",
        "dismiss_message",
        "clear",
        show=False,
        id="code.clear",
        key_display="Esc",
        tooltip="Clear the message or a begun two-letter key.",
    ),
    Binding(
        "ctrl+c",
        "say_how_to_leave",
        "",
        show=False,
        id="code.interrupt",
        system=True,
    ),
]

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
]
"""What Space opens: letters that stand at the same place on every Latin keyboard."""

THEME = Binding(
    "f3",
    "app.switch_theme",
    "light or dark",
    show=False,
    id="app.theme",
    key_display="F3",
    tooltip="Switch between the light and the dark colours.",
)
