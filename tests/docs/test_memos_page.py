"""The page on memos and analytic themes explains every key of their JSON."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_documentation import ROOT, keys

from harken import Project
from harken.services.analytic_themes import ThemeQuote, theme_named, toggle_quote
from harken.services.sample_study import build_sample_study
from harken.storage import survey

PAGE = (ROOT / "docs" / "memos.md").read_text(encoding="utf-8")
READING = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")


@pytest.fixture
def noted(tmp_path: Path) -> Project:
    project = Project.open(build_sample_study(tmp_path))
    memo = project.add_memo("an entry")
    project.write_analytic_theme("Seeing", memos=[memo.id])
    response = next(survey.responses(project.store))
    id = theme_named(project.store, "Seeing").id
    toggle_quote(project.store, id, ThemeQuote(key=response.key), actor=project.actor)
    return project


def test_every_key_of_memos_and_analytic_themes_is_explained(noted: Project) -> None:
    with noted as project:
        written = keys(project.memos().as_json()) | keys(project.analytic_themes().as_json())
    assert sorted(key for key in written if f"`{key}`" not in PAGE) == []


def test_every_key_of_the_reading_room_stands_on_its_page() -> None:
    from harken.tui.commands.everywhere import ROOM
    from harken.tui.commands.reading import READING as COMMANDS

    shown = {"→": "→", "←": "←", "^p": "Ctrl+P", "^q": "Ctrl+Q", "": ""}
    named = [
        shown.get(binding.key_display or "", binding.key_display or binding.key)
        for binding in (*COMMANDS, *ROOM)
        if not binding.system and binding.id not in ("app.theme",)
    ]
    assert [key for key in named if f"`{key}`" not in READING] == []
