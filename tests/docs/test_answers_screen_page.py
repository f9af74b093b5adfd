"""The page on the answers screen names the keys that there are."""

from __future__ import annotations

import re
from pathlib import Path

from harken.tui.commands.answers import ANSWERS

PAGE = (Path(__file__).parents[2] / "docs" / "answers.md").read_text(encoding="utf-8")
PRINTED = {"asterisk": "*", "slash": "/", "backspace": "⌫"}


def test_the_table_has_every_key_of_the_screen_and_no_other() -> None:
    table = PAGE.partition("## On the screen")[2].partition("| key | does |")[2].partition("\n\n")[0]
    on_page = {key for row in table.splitlines()[2:] for key in re.findall(r"`([^`]+)`", row.split("|")[1])}
    assert on_page == {PRINTED.get(binding.key, binding.key_display or binding.key) for binding in ANSWERS}
