"""The page on the coding screen names every key that works, and none that does not."""

from __future__ import annotations

import re
from pathlib import Path

from textual.binding import Binding

from harken.tui.commands import CODING, MENU, SELECTING, SELECTION_MENU, THEME
from harken.tui.keys.pace import READING_SECONDS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "coding-screen.md").read_text(encoding="utf-8")
PRINTED = {
    "enter": "Enter",
    "space": "Space",
    "backspace": "Backspace",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "pageup": "PageUp",
    "pagedown": "PageDown",
    "question_mark": "?",
    "escape": "Esc",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
    "shift+left": "Shift+←",
    "shift+right": "Shift+→",
}


def rows(heading: str) -> list[str]:
    """The first cells of the table under a heading row."""
    table = PAGE.split(f"| {heading} | does |\n|---|---|\n")[1].split("\n\n")[0]
    return [row.split("|")[1] for row in table.splitlines()]


def printed(binding: Binding) -> str:
    key = binding.key
    if key.startswith("ctrl+"):
        return f"Ctrl+{key[-1].upper()}"
    return PRINTED.get(key, key.upper() if re.fullmatch(r"f\d", key) else key)


def keys_in(cells: list[str]) -> set[str]:
    keys = set(re.findall(r"`([^`]+)`", " ".join(cells)))
    return keys | {str(number) for number in range(2, 9)} if "9" in keys else keys


def test_every_key_of_the_screen_stands_in_the_table_and_no_other() -> None:
    on_page = keys_in(rows("key")) | set(re.findall(r"`(Ctrl\+C)` only says so", PAGE))
    assert on_page == {printed(binding) for binding in [*CODING, THEME]}


def test_every_letter_of_the_menu_stands_in_the_table_and_no_other() -> None:
    assert keys_in(rows("menu")) == {printed(binding) for binding in MENU}


def test_every_key_of_selecting_stands_in_the_tables_and_no_other() -> None:
    on_page = keys_in(rows("key while selecting")), keys_in(rows("menu of selected words"))
    shown = [binding for binding in SELECTING if not binding.system]
    assert on_page == ({printed(one) for one in shown}, {printed(one) for one in SELECTION_MENU})


def test_the_time_on_the_page_is_the_one_that_holds() -> None:
    assert f"within {READING_SECONDS} s of a new answer" in PAGE


def test_no_other_sentence_names_a_key_that_does_not_exist() -> None:
    known = {printed(one) for one in [*CODING, THEME, *MENU, *SELECTING, *SELECTION_MENU]} | {"9"}
    words = set(re.findall(r"`((?:Ctrl\+|F)\w|[A-Za-z]|Esc|Enter|Space|Tab|[0-9?.=;/,])`", PAGE))
    assert words - known == set()
