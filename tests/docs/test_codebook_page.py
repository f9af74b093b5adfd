"""The page on changing the codebook names the keys, verbs and JSON keys that there are."""

from __future__ import annotations

import re
from pathlib import Path

from harken.services.codebooks.history import CodebookHistory, HistoryEntry, Rewording
from harken.tui.commands.codebook import CODEBOOK

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "codebook.md").read_text(encoding="utf-8")


def test_every_key_of_the_screen_stands_on_its_page() -> None:
    table = PAGE.split("\n## The screen")[1]
    named = set(re.findall(r"`([^`]+)`", table))
    displayed = {
        {"^z": "Ctrl+Z", "^y": "Ctrl+Y", "↵": "Enter"}.get(binding.key_display or "", binding.key_display)
        or {"slash": "/"}.get(binding.key, binding.key)
        for binding in CODEBOOK
    }
    assert displayed - named == set()


def test_every_key_of_the_history_is_explained() -> None:
    entry = HistoryEntry(
        at="",
        coder="",
        what="",
        code="",
        rewordings=(Rewording(field="", before="", after=""),),
        why="",
        takes_back=False,
        is_undone=False,
    )
    document = CodebookHistory(code="", entries=(entry,)).as_json()
    (one,) = document["history"]
    names = {*document, *one, *one["changes"][0]}
    assert {name for name in names if f"`{name}`" not in PAGE} == set()
