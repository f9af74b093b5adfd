"""The commands of the answers screen, and of what is opened from it."""

from __future__ import annotations

from textual.binding import Binding

ANSWERS = [
    Binding(
        "enter",
        "code",
        "code",
        id="answers.code",
        key_display="↵",
        tooltip="Code this answer; deciding it or Esc comes back here.",
    ),
    Binding(
        "o",
        "open_in_queue",
        "to the queue",
        id="answers.open_in_queue",
        tooltip="Leave the list and open this answer in the queue that you came from.",
    ),
    Binding(
        "slash",
        "search",
        "search",
        id="answers.search",
        key_display="/",
        tooltip='Search words: all must occur. "a phrase", begin*, -not this, near: a ~5 b.',
    ),
    Binding(
        "f",
        "filter",
        "filter",
        id="answers.filter",
        tooltip="Filter by code, coder, round, question, group, attribute, state, memo or length.",
    ),
    Binding(
        "c", "filter_by('codes')", "with code", id="answers.by_code", tooltip="Only answers with a code."
    ),
    Binding(
        "g", "filter_by_group", "group", id="answers.by_group", tooltip="Only answers of a group of people."
    ),
    Binding(
        "u",
        "toggle_undecided",
        "undecided",
        show=False,
        id="answers.undecided",
        tooltip="Only answers that you have not decided, or all again.",
    ),
    Binding("s", "sort", "sort", show=False, id="answers.sort", tooltip="The order of the list."),
    Binding(
        "x",
        "drop_filter",
        "drop",
        id="answers.drop",
        tooltip="Take the last filter away.",
    ),
    Binding(
        "backspace",
        "drop_filter",
        "drop",
        show=False,
        system=True,
        id="answers.drop_too",
        tooltip="Take the last filter away.",
    ),
    Binding(
        "p",
        "show_person",
        "person",
        id="answers.person",
        tooltip="Everything that this person said, closed items too.",
    ),
    Binding(
        "d",
        "show_code",
        "code's page",
        show=False,
        id="answers.code_page",
        tooltip="A code of this answer: its definition and all its answers, by group.",
    ),
    Binding(
        "t",
        "star",
        "star",
        show=False,
        id="answers.star",
        tooltip="Star this answer for yourself, or take the star off.",
    ),
    Binding("asterisk", "star", "star", show=False, system=True, id="answers.star_too", tooltip="Star."),
    Binding(
        "w",
        "write_memo",
        "write memo",
        show=False,
        id="answers.write_memo",
        tooltip="Write a memo of your own on this answer, or change it.",
    ),
    Binding(
        "m",
        "show_memos",
        "memos",
        show=False,
        id="answers.memos",
        tooltip="The memos on this answer in full.",
    ),
    Binding(
        "i",
        "toggle_definitions",
        "definitions",
        show=False,
        id="answers.definitions",
        tooltip="Show or hide the definitions of the codes below the answer.",
    ),
    Binding(
        "e",
        "export",
        "export",
        show=False,
        id="answers.export",
        tooltip="Write what is listed to a file: .csv, .xlsx, .docx or .md.",
    ),
    Binding(
        "f5",
        "search_again",
        "search again",
        show=False,
        id="answers.again",
        key_display="F5",
        tooltip="List anew: answers that no longer fit the filter go.",
    ),
    Binding(
        "up", "step(-1)", "up", show=False, id="answers.up", key_display="↑", tooltip="The answer above."
    ),
    Binding(
        "down", "step(1)", "down", show=False, id="answers.down", key_display="↓", tooltip="The answer below."
    ),
    Binding(
        "pageup",
        "page(-1)",
        "page up",
        show=False,
        id="answers.page_up",
        key_display="PgUp",
        tooltip="A page up.",
    ),
    Binding(
        "pagedown",
        "page(1)",
        "page down",
        show=False,
        id="answers.page_down",
        key_display="PgDn",
        tooltip="A page down.",
    ),
    Binding(
        "home",
        "jump(0)",
        "first",
        show=False,
        id="answers.first",
        key_display="Home",
        tooltip="The first answer.",
    ),
    Binding(
        "end",
        "jump(-1)",
        "last",
        show=False,
        id="answers.last",
        key_display="End",
        tooltip="The last answer.",
    ),
    Binding(
        "left",
        "scroll_detail(-1)",
        "scroll up",
        show=False,
        id="answers.detail_up",
        key_display="←",
        tooltip="Scroll the answer beside the list up.",
    ),
    Binding(
        "right",
        "scroll_detail(1)",
        "scroll down",
        show=False,
        id="answers.detail_down",
        key_display="→",
        tooltip="Scroll the answer beside the list down.",
    ),
]

PAGE = [
    Binding(
        "enter",
        "code",
        "code it",
        id="page.code",
        key_display="↵",
        tooltip="Code this answer; deciding it or Esc comes back here.",
    ),
    Binding("up", "step(-1)", "up", show=False, id="page.up", key_display="↑", tooltip="The answer above."),
    Binding(
        "down", "step(1)", "down", show=False, id="page.down", key_display="↓", tooltip="The answer below."
    ),
    Binding(
        "pageup",
        "page(-1)",
        "page up",
        show=False,
        id="page.page_up",
        key_display="PgUp",
        tooltip="A page up.",
    ),
    Binding(
        "pagedown",
        "page(1)",
        "page down",
        show=False,
        id="page.page_down",
        key_display="PgDn",
        tooltip="A page down.",
    ),
    Binding(
        "home",
        "jump(False)",
        "first",
        show=False,
        id="page.first",
        key_display="Home",
        tooltip="The first answer.",
    ),
    Binding(
        "end", "jump(True)", "last", show=False, id="page.last", key_display="End", tooltip="The last answer."
    ),
    Binding("t", "star", "star", id="page.star", tooltip="Star this answer for yourself, or take it off."),
    Binding("p", "show_person", "person", id="page.person", tooltip="Everything that this person said."),
    Binding(
        "d",
        "show_code",
        "code's page",
        id="page.code_page",
        tooltip="A code of this answer: all its answers.",
    ),
    Binding(
        "w",
        "write_memo",
        "write memo",
        show=False,
        id="page.write_memo",
        tooltip="Write a memo of your own on this answer, or change it.",
    ),
    Binding(
        "m", "show_memos", "memos", show=False, id="page.memos", tooltip="The memos on this answer in full."
    ),
]
"""Of a person's or a code's answers."""
