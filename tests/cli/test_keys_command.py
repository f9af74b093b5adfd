"""`harken keys`, and a broken keys file in the way of the coding screen."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pexpect  # type: ignore[import-untyped]
import pytest
from command_line import HARKEN, Harken

from harken.storage.store import Store
from harken.tui.commands.catalogue import all_commands
from harken.tui.keys.keymap import default_keymap, read_keymap


@pytest.fixture(autouse=True)
def keys_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this user's keys file would be."""
    path = folder / "config" / "harken" / "keys.yaml"
    monkeypatch.delenv("HARKEN_KEYS", raising=False)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    return path


def test_every_command_is_listed_with_id_screen_and_keys(harken: Harken) -> None:
    listed = json.loads(harken("keys", "--format", "json").out)
    offered = [id for id, one in all_commands().items() if one.tooltip or one.description]
    assert (listed["keyboard"], [one["id"] for one in listed["commands"]]) == ("us", offered)
    assert listed["commands"][0] == {
        "id": "code.decide",
        "screen": "coding",
        "keys": ["enter"],
        "shown": ["↵"],
        "is_changed": False,
        "does": "Save the applied codes as your decision and open the next undecided answer.",
    }


def test_a_changed_key_is_marked_in_the_table(
    harken: Harken, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "mine.yaml").write_text("keys:\n  code.decide: tab\n")
    monkeypatch.setenv("HARKEN_KEYS", "mine.yaml")
    assert r"| coding | code.decide | Tab \* |" in harken("keys", "--format", "md").out


def test_the_written_file_changes_nothing_and_holds_every_default(harken: Harken, keys_file: Path) -> None:
    outcome = harken("keys", "--write")
    assert (outcome.code, outcome.err) == (0, f"Wrote the default keys to {keys_file}.\n")
    assert read_keymap(keys_file) == (default_keymap(), [])
    text = keys_file.read_text(encoding="utf-8")
    keys_file.write_text(re.sub(r"(?m)^( *)#(?=[a-z_]+[.:])", r"\1", text), encoding="utf-8")
    keymap, faults = read_keymap(keys_file)
    assert (keymap.keys, keymap.changed, faults) == (default_keymap().keys, frozenset(all_commands()), [])


def test_an_existing_file_is_not_overwritten_without_force(harken: Harken, keys_file: Path) -> None:
    keys_file.parent.mkdir(parents=True)
    keys_file.write_text("keyboard: fr\n")
    outcome = harken("keys", "--write")
    assert (outcome.code, keys_file.read_text()) == (1, "keyboard: fr\n")
    assert harken("keys", "--write", "--force").code == 0


def test_check_names_every_fault(harken: Harken, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "mine.yaml").write_text("keyboard: xx\nkeys:\n  code.decide: d\n")
    monkeypatch.setenv("HARKEN_KEYS", "mine.yaml")
    outcome = harken("keys", "--check")
    first, second = outcome.out.splitlines()
    assert first.startswith("line 1, column 11: unknown keyboard 'xx'.")
    assert second.startswith("line 3, column 16: 'd' cannot be the key of code.decide")
    assert (outcome.code, outcome.err) == (1, "error: mine.yaml has 2 faults.\n")


def test_check_says_that_a_file_is_in_order_or_not_there(harken: Harken, keys_file: Path) -> None:
    assert harken("keys", "--check").out == (
        f"There is no {keys_file}: the default keys hold. `harken keys --write` makes it.\n"
    )
    keys_file.parent.mkdir(parents=True)
    keys_file.write_text("keyboard: fr\n")
    assert harken("keys", "--check").out == (
        f"{keys_file} is in order: keyboard fr, 11 commands with other keys than the default.\n"
    )


def test_check_and_write_at_once_is_a_usage_error(harken: Harken) -> None:
    assert harken("keys", "--check", "--write").code == 2


def test_a_broken_file_is_refused_before_the_screen_opens_and_changes_nothing(
    study: Path, keys_file: Path
) -> None:
    keys_file.parent.mkdir(parents=True)
    keys_file.write_text("keys:\n  code.decide: space\n")
    with Store.open(study) as store:
        before = store.project_hash()
    terminal = pexpect.spawn(HARKEN[0], [*HARKEN[1:], "code"], encoding="utf-8", timeout=30)
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.before is not None
    assert terminal.before.strip() == (
        f"error: {keys_file}: line 2, column 16: Space is given to both code.decide and code.menu"
    )
    with Store.open(study) as store:
        assert (terminal.exitstatus, store.project_hash()) == (1, before)


def test_the_keys_of_the_file_work_on_the_screen(study: Path, keys_file: Path) -> None:
    keys_file.parent.mkdir(parents=True)
    keys_file.write_text("keys:\n  code.menu: f8\n")
    terminal = pexpect.spawn(
        HARKEN[0],
        [*HARKEN[1:], "code", "--no-suggestions"],
        encoding="utf-8",
        timeout=30,
        dimensions=(24, 80),
    )
    terminal.expect_exact("undecided")
    terminal.send("\x1b[19~")
    terminal.expect_exact("diary")
    terminal.send("\x1b")
    terminal.expect_exact("leave")
    terminal.sendcontrol("q")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0
