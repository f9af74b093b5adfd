"""The examples on the Python page run, one after the other, and no verb of reading and coding is left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from harken import Project
from harken.services.sample_study import build_sample_study

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "python.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
ELSEWHERE = {
    *("open", "create", "close", "add_coders", "include", "withdraw", "doctor"),
    *("import_survey", "import_codebook", "import_codings", "flow", "suggest"),
    *("prespecify_themes", "prespecification"),
}
"""Verbs of setting up and of results, whose pages are those of their commands."""


def test_the_examples_run_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_sample_study(tmp_path).rename(tmp_path / "harken.db")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for example in EXAMPLES:
        exec(compile(example, "docs/python.md", "exec"), names)
    with Project.open(tmp_path / "harken.db") as project:
        assert project.doctor() == ()
        assert [one.outcome for one in project.meetings().items] == ["Worry is anxiety. Next time: upset."]


def test_every_verb_of_reading_and_coding_has_an_example() -> None:
    verbs = {name for name in dir(Project) if not name.startswith("_") and callable(getattr(Project, name))}
    shown = {name for example in EXAMPLES for name in re.findall(r"project\.(\w+)\(", example)}
    assert sorted(verbs - shown - ELSEWHERE) == []
