"""The user's own keys: what a file may say, what it is refused for, and what it does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from coding_study import CodingStudy
from textual.screen import Screen

from harken.errors import HarkenError
from harken.tui.commands.catalogue import EVERYWHERE, IN_EVERY_ROOM, all_commands, place_of
from harken.tui.keys.keyboards import DIGITS, KEYBOARDS
from harken.tui.keys.keymap import Keymap, clashes, default_keymap, read_keymap, user_keymap
from harken.tui.keys.names import key_name, shown_key


def keymap_of(folder: Path, text: str) -> tuple[Keymap, list[str]]:
    path = folder / "keys.yaml"
    path.write_text(text, encoding="utf-8")
    keymap, faults = read_keymap(path)
    return keymap, list(map(str, faults))


# -- names and layouts -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("F5", "f5"),
        ("Ctrl+S", "ctrl+s"),
        ("ctrl++", "ctrl+plus"),
        ("?", "question_mark"),
        ("/", "slash"),
        ("-", "minus"),
        ("É", "é"),
        ("Esc", "escape"),
        ("shift+tab", "shift+tab"),
        ("comma", "comma"),
        (",", "comma"),
        ("slash", "slash"),
        ("shift+a", None),
        ("ctrl+ctrl+a", None),
        ("hyphen_bullet_x", None),
        ("", None),
    ],
)
def test_keys_are_read_as_people_write_them(written: str, name: str | None) -> None:
    assert key_name(written) == name


def test_every_default_key_has_a_name_and_can_be_shown() -> None:
    for id, binding in all_commands().items():
        names = [key_name(key) for key in binding.key.split(",")]
        assert [(id, name) for name in names if name is None or not shown_key(name)] == []


@pytest.mark.parametrize("name", KEYBOARDS)
def test_a_layout_has_ten_keys_of_digits_and_needs_shift_for_one_of_both(name: str) -> None:
    keyboard = KEYBOARDS[name]
    assert (len(keyboard.row), len(keyboard.shifted_row)) == (10, 10)
    assert DIGITS in (keyboard.row, keyboard.shifted_row)
    assert set(keyboard.pairs) & set(keyboard.shifted_row) == set()


@pytest.mark.parametrize("name", KEYBOARDS)
def test_with_the_default_keys_a_lost_shift_does_no_harm_on_any_layout(tmp_path: Path, name: str) -> None:
    keymap, faults = keymap_of(tmp_path, f"keyboard: {name}\n")
    assert ([clash.message for clash in clashes(keymap)], faults) == ([], [])


def test_the_commands_of_a_screen_are_of_its_place_or_of_every_room_s() -> None:
    """So that the keys of one screen can be compared without opening it."""

    def below(kind: type[Any]) -> set[type[Any]]:
        return {kind, *(one for sub in kind.__subclasses__() for one in below(sub))}

    import importlib
    import pkgutil

    import harken.tui.screens as package

    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    for kind in below(Screen):
        if not kind.__module__.startswith("harken."):
            continue
        own = [binding for binding in vars(kind).get("BINDINGS", []) if getattr(binding, "id", None)]
        places = {place_of(str(binding.id)) for binding in own} - {EVERYWHERE, IN_EVERY_ROOM, "select"}
        assert len(places) <= 1, (kind, places)
        assert {str(binding.id) for binding in own} <= set(all_commands()), kind


# -- files -------------------------------------------------------------------------------------------


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    assert keymap_of(tmp_path, "# nothing\n") == (default_keymap(), [])
    assert keymap_of(tmp_path, "keys:\n") == (default_keymap(), [])


def test_on_a_french_keyboard_digits_work_without_shift_too(tmp_path: Path) -> None:
    keymap, faults = keymap_of(tmp_path, "keyboard: fr\n")
    digits = {id: keys for id, keys in keymap.overrides.items() if id.startswith("code.")}
    assert (digits, faults) == (
        {
            "code.no_code": "0,à",
            "code.suggestion_1": "1,ampersand",
            "code.suggestion_2": "2,é",
            "code.suggestion_3": "3,quotation_mark",
            "code.suggestion_4": "4,apostrophe",
            "code.suggestion_5": "5,left_parenthesis",
            "code.suggestion_6": "6,minus",
            "code.suggestion_7": "7,è",
            "code.suggestion_8": "8,underscore",
            "code.suggestion_9": "9,ç",
        },
        [],
    )


def test_a_file_gives_commands_one_key_or_several(tmp_path: Path) -> None:
    text = "keys:\n  code.decide: [tab, f4]\n  menu.memo: k\n  code.help: '?, f1'\n"
    keymap, faults = keymap_of(tmp_path, text)
    assert (keymap.overrides, faults) == (
        {"code.decide": "tab,f4", "menu.memo": "k", "code.help": "question_mark,f1"},
        [],
    )


def test_two_commands_may_change_places(tmp_path: Path) -> None:
    keymap, faults = keymap_of(tmp_path, "keys:\n  menu.memo: n\n  menu.new_code: m\n")
    assert (keymap.overrides, faults) == ({"menu.memo": "n", "menu.new_code": "m"}, [])


LETTERS = "letters are codes on the coding screen"


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (
            "keyboards: fr\n",
            ["line 1, column 1: unknown name 'keyboards'. Did you mean 'keyboard'?"],
        ),
        (
            "keyboard: klingon\n",
            [
                "line 1, column 11: unknown keyboard 'klingon'. Known: us, uk, de, ch, fr, be, es, it, pt, "
                "br, nordic, pl, cz."
            ],
        ),
        (
            "keys:\n  code.decid: enter\n  x.y: f4\n",
            [
                "line 2, column 3: there is no command 'code.decid'. Did you mean 'code.decide'?",
                "line 3, column 3: there is no command 'x.y'. `harken keys` lists them.",
            ],
        ),
        (
            "keys:\n  code.decide: d\n",
            [f"line 2, column 16: 'd' cannot be the key of code.decide: {LETTERS}"],
        ),
        (
            "keys:\n  code.no_code: é\n",
            [f"line 2, column 17: 'é' cannot be the key of code.no_code: {LETTERS}"],
        ),
        (
            "keys:\n  code.decide: enterr\n",
            ["line 2, column 16: 'enterr' is no key that a terminal knows: write f5, ctrl+s, tab, or a sign"],
        ),
        (
            "keys:\n  code.decide: space\n",
            ["line 2, column 16: Space is given to both code.decide and code.menu"],
        ),
        (
            "keys:\n  code.decide: f3\n",
            ["line 2, column 16: F3 is given to both code.decide and app.theme"],
        ),
        (
            "keys:\n  answers.sort: escape\n",
            ["line 2, column 17: Esc is given to both answers.sort and room.back"],
        ),
        (
            "keys:\n  menu.memo: f7\n  menu.find: f7\n",
            ["line 2, column 14: F7 is given to both menu.find and menu.memo"],
        ),
        (
            "keyboard: de\nkeys:\n  code.menu: '='\n",
            [
                "line 3, column 14: = is Shift and 0 on the keyboard 'de': "
                "with the Shift lost code.menu would be code.no_code"
            ],
        ),
        (
            "keys:\n  code.decide:\n",
            ["line 3, column 1: code.decide needs the name of a key, or several with commas between"],
        ),
        (
            "keys: [a]\n",
            ["line 1, column 7: below `keys:` stands a line a command, as in `code.decide: enter`"],
        ),
        (
            "- a\n",
            ["line 1, column 1: write `keyboard: NAME`, and `keys:` with a line a command below it"],
        ),
    ],
)
def test_a_wrong_file_is_refused_with_every_place(tmp_path: Path, text: str, faults: list[str]) -> None:
    assert keymap_of(tmp_path, text)[1] == faults


def test_a_command_given_twice_in_the_file_is_a_fault(tmp_path: Path) -> None:
    (fault,) = keymap_of(tmp_path, "keys:\n  menu.memo: k\n  menu.memo: j\n")[1]
    assert fault.startswith("line 3, column 3: ")


def test_a_broken_file_is_refused_in_one_line_with_the_number_of_further_faults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "keys.yaml"
    path.write_text("keyboard: xx\nkeys:\n  a.b: c\n")
    monkeypatch.setenv("HARKEN_KEYS", str(path))
    with pytest.raises(HarkenError, match=r"keys\.yaml: line 1, .*\(1 more: `harken keys --check`\.\)$"):
        user_keymap()


def test_a_file_that_is_named_and_missing_is_refused_and_a_missing_default_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARKEN_KEYS", str(tmp_path / "none.yaml"))
    with pytest.raises(HarkenError, match=r"Make it with `harken keys --write`"):
        user_keymap()
    monkeypatch.delenv("HARKEN_KEYS")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert user_keymap() == default_keymap()


# -- on the screens ----------------------------------------------------------------------------------


def test_on_a_french_keyboard_the_unshifted_zero_decides_that_no_code_applies(
    study: CodingStudy, press: Callable[..., str], tmp_path: Path
) -> None:
    keymap, _ = keymap_of(tmp_path, "keyboard: fr\n")
    press(study.app(keymap=keymap.overrides), "à")
    assert study.decided("P1") == ()


def test_without_that_keyboard_the_same_key_is_no_code_and_changes_nothing(
    study: CodingStudy, press: Callable[..., str]
) -> None:
    assert "No code has the key “à”" in press(study.app(), "à")
    assert study.decided("P1") is None


def test_letters_of_the_menu_can_be_given_anew_and_the_menu_shows_them(
    study: CodingStudy, press: Callable[..., str], tmp_path: Path
) -> None:
    keymap, _ = keymap_of(tmp_path, "keys:\n  menu.uncodable: k\n")
    assert "k uncodable" in press(study.app(keymap=keymap.overrides), "space", size=(160, 40))
    press(study.app(keymap=keymap.overrides), "space", "k")
    found = study.decision("P1")
    assert found is not None
    assert found.state == "uncodable"


def test_the_old_letter_then_does_nothing(
    study: CodingStudy, press: Callable[..., str], tmp_path: Path
) -> None:
    keymap, _ = keymap_of(tmp_path, "keys:\n  menu.uncodable: k\n")
    press(study.app(keymap=keymap.overrides), "space", "x")
    assert study.decided("P1") is None
