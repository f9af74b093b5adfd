"""The pages on keyboards and on the plain mode say what there is."""

from __future__ import annotations

import re
from pathlib import Path

from harken.cli.plain_lines import DECIDING_WORDS, PLAIN_COMMANDS, read_line
from harken.tui.keys.keyboards import KEYBOARDS
from harken.tui.keys.keymap import default_keymap, read_keymap
from harken.tui.keys.listing import list_keys
from harken.tui.keys.names import key_name

DOCS = Path(__file__).resolve().parents[2] / "docs"
PLAIN = (DOCS / "plain.md").read_text(encoding="utf-8")
KEYS = (DOCS / "keyboards.md").read_text(encoding="utf-8")


def test_every_command_of_the_plain_mode_stands_on_its_page_and_no_other() -> None:
    table = PLAIN.split("| command | short | does |\n|---|---|---|\n")[1].split("\n\n")[0]
    cells = " ".join(" ".join(row.split("|")[1:3]) for row in table.splitlines())
    on_page = set(re.findall(r"`(/[a-z]+)", cells))
    names = (name for one in PLAIN_COMMANDS for name in (one.word, one.letter) if name)
    assert on_page == {f"/{name}" for name in names}


def test_every_word_that_decides_stands_on_the_page() -> None:
    assert [word for word in DECIDING_WORDS if f"`{word}`" not in PLAIN and f"/{word}" not in PLAIN] == []


def test_the_lines_of_the_page_s_script_are_understood() -> None:
    script = PLAIN.split("## Scripts")[1].split("```")[1].strip()
    assert [read_line(line).word for line in script.splitlines()] == ["go", "apply", "go", "none"]


def test_every_keyboard_stands_on_the_page_with_what_its_digits_keys_give() -> None:
    rows = re.findall(r"^\| `(\w+)` \| .* \| (.*) \|$", KEYS, re.MULTILINE)
    assert dict(rows) == {
        name: " ".join(f"`{character}`" for character in one.row) if one.has_shifted_digits else "digits"
        for name, one in KEYBOARDS.items()
    }


def test_the_keys_that_the_page_names_exist(tmp_path: Path) -> None:
    sentence = KEYS.split("## Keys\n")[1].split("\n\n")[0].split("; with")[0]
    named = re.findall(r"`([^`]+)`", sentence)
    assert [one for one in named if key_name(one) is None] == []
    example = tmp_path / "keys.yaml"
    example.write_text(KEYS.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    assert read_keymap(example)[1] == []


def test_every_key_of_the_listing_is_explained() -> None:
    written = list_keys(default_keymap()).as_json()
    named = {*written, *written["commands"][0]}
    assert sorted(name for name in named if f"`{name}`" not in KEYS) == []
