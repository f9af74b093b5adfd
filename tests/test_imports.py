"""What starting up loads: help needs the standard library and click alone."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = ("numpy", "scipy", "spacy", "sklearn", "textual", "sqlite_utils", "rapidfuzz", "xlsxwriter", "rich")
PROBE = """
import json, sys
from harken.cli.main import main
try:
    main(json.loads(sys.argv[1]))
except SystemExit as end:
    code = end.code
print(json.dumps([code, sorted(name for name in sys.modules if "." not in name)]), file=sys.stderr)
"""
COMMANDS = [
    [],
    *(
        [name]
        for name in (
            *("init", "demo", "import", "flow", "participants", "codebook", "coders", "code", "codings"),
            *("suggest", "agreement", "themes", "doctor"),
        )
    ),
    *(["codebook", name] for name in ("import", "export", "check", "show", "diff")),
    ["codings", "import"],
    ["participants", "withdraw"],
]


def loaded_by(*words: str) -> tuple[int, set[str]]:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, json.dumps(words)], capture_output=True, text=True, check=True
    )
    code, modules = json.loads(done.stderr.splitlines()[-1])
    return code, set(modules)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_loads_nothing_heavy(words) -> None:
    code, modules = loaded_by(*words, "--help")
    assert code == 0
    assert modules & set(HEAVY) == set()


@pytest.mark.parametrize("words", [["--version"], ["frobnicate"], []], ids=str)
def test_short_answers_load_nothing_heavy(words, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    _, modules = loaded_by(*words)
    assert modules & set(HEAVY) == set()


def test_opening_a_project_to_show_its_state_loads_nothing_heavy(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    loaded_by("init", "--lead", "lea")
    code, modules = loaded_by()
    assert (tmp_path / "harken.db").exists()
    assert (code, modules & set(HEAVY) - {"rich"}) == (0, set())  # rich draws the table


def test_the_package_is_light_until_its_project_is_asked_for() -> None:
    script = "import sys, harken; print(sorted(sys.modules)); harken.Project; print(len(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    first, _ = done.stdout.splitlines()
    assert not any(repr(name) in first for name in ("harken.services", "numpy", "click"))


def modules_after(script: str) -> set[str]:
    script = f"{script}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


@pytest.mark.parametrize(
    "screen",
    [
        *("coding.screen", "answers.screen", "codebook.screen", "memos.screen"),
        *("asking.questions", "reading_room"),
    ],
)
def test_a_screen_loads_no_statistics_and_no_yaml(screen) -> None:
    modules = modules_after(f"import harken.tui.screens.{screen}")
    assert modules & {"numpy", "scipy", "spacy", "sklearn", "ruamel.yaml", "xlsxwriter", "docx"} == set()


def test_without_a_keys_file_the_commands_of_other_screens_are_not_loaded(tmp_path, monkeypatch) -> None:
    monkeypatch.delenv("HARKEN_KEYS", raising=False)
    for name in ("HOME", "XDG_CONFIG_HOME", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    script = "from harken.tui.keys.file import user_keys\nassert user_keys() == {}"
    assert "harken.tui.keys.keymap" not in modules_after(script)


def test_the_coding_screen_loads_what_its_dialogs_need_when_they_are_opened() -> None:
    modules = modules_after("import harken.tui.screens.coding.screen")
    boxes = ("screens.boxes.picker", "screens.boxes.menu", "widgets.choices", "keys.keymap")
    late = {f"harken.tui.{name}" for name in boxes}
    assert modules & late == set()
    assert late <= modules_after("\n".join(f"import {name}" for name in late))


def test_an_agenda_loads_no_statistics_of_agreement(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    loaded_by("demo", "study")
    monkeypatch.setenv("HARKEN_PROJECT", str(next((tmp_path / "study").glob("*.db"))))
    code, modules = loaded_by("meeting")
    assert (code, modules & {"scipy", "matplotlib", "jinja2"}) == (0, set())
