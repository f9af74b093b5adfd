"""The commands of the codebook screen."""

from __future__ import annotations

from textual.binding import Binding


def _hidden(key: str, action: str, name: str, id: str, display: str, about: str) -> Binding:
    return Binding(key, action, name, show=False, id=id, key_display=display, tooltip=about)


CODEBOOK = [
    Binding(
        "enter",
        "edit",
        "edit",
        id="codebook.edit",
        key_display="↵",
        tooltip="Edit the wording of this code or family.",
    ),
    Binding("n", "add_here", "new", id="codebook.new", tooltip="Make a code here: next to this one."),
    Binding(
        "b",
        "add_below",
        "new below",
        show=False,
        id="codebook.new_below",
        tooltip="Make a code below this one.",
    ),
    Binding("a", "add_family", "new family", show=False, id="codebook.new_family", tooltip="Make a family."),
    Binding("j", "merge", "join", id="codebook.merge", tooltip="Join this code into another one (merge)."),
    Binding(
        "m", "move", "move", show=False, id="codebook.move", tooltip="Put this code under another place."
    ),
    Binding("u", "step_up(-1)", "up", show=False, id="codebook.higher", tooltip="One place up in the order."),
    Binding(
        "d", "step_up(1)", "down", show=False, id="codebook.lower", tooltip="One place down in the order."
    ),
    Binding(
        "r",
        "rename",
        "key",
        show=False,
        id="codebook.rename",
        tooltip="Give it another key, and so another address.",
    ),
    Binding(
        "t",
        "retire",
        "retire",
        id="codebook.retire",
        tooltip="Retire this code, or take it into use again. It keeps its codings.",
    ),
    Binding("k", "hotkey", "letter", show=False, id="codebook.hotkey", tooltip="Give it a letter (hotkey)."),
    Binding(
        "x",
        "remove",
        "remove",
        show=False,
        id="codebook.remove",
        tooltip="Remove an empty family, or a code that nobody applied.",
    ),
    Binding(
        "h",
        "history",
        "history",
        show=False,
        id="codebook.history",
        tooltip="Who changed this one, when and why.",
    ),
    Binding(
        "f", "find", "find", id="codebook.find", tooltip="Find a code by a part of its name; / does the same."
    ),
    Binding("slash", "find", "find", show=False, id="codebook.find_too", system=True),
    Binding(
        "ctrl+z",
        "undo",
        "undo",
        show=False,
        id="codebook.undo",
        key_display="^z",
        tooltip="Take back your last change of the codebook that stands.",
    ),
    _hidden(
        "ctrl+y", "redo", "redo", "codebook.redo", "^y", "Bring back what you undid last; y does the same."
    ),
    Binding("y", "redo", "redo", show=False, id="codebook.redo_too", system=True),
    _hidden("up", "step(-1)", "above", "codebook.up", "↑", "The code or family above."),
    _hidden("down", "step(1)", "below", "codebook.down", "↓", "The code or family below."),
    _hidden("home", "jump(0)", "first", "codebook.first", "Home", "The first family."),
    _hidden("end", "jump(-1)", "last", "codebook.last", "End", "The last code."),
    _hidden("pageup", "page(-1)", "page up", "codebook.page_up", "PgUp", "Its wording and answers, up."),
    _hidden(
        "pagedown", "page(1)", "page down", "codebook.page_down", "PgDn", "Its wording and answers, down."
    ),
]
