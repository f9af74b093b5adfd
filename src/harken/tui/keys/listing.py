"""The commands of all screens with their keys, as a table and as a file to change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from harken.report import Column, Report, Table, text
from harken.tui.commands.catalogue import all_commands, screen_name
from harken.tui.keys.keyboards import KEYBOARDS
from harken.tui.keys.keymap import Keymap, default_keymap
from harken.tui.keys.names import shown_key


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedKey:
    """A command; `keys` by their names in a keys file, `shown` as the screen shows them."""

    id: str
    screen: str
    keys: tuple[str, ...]
    shown: tuple[str, ...]
    is_changed: bool
    does: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedKeys:
    keyboard: str
    commands: tuple[ListedKey, ...]

    def as_json(self) -> Mapping[str, Any]:
        return asdict(self)


def list_keys(keymap: Keymap) -> ListedKeys:
    """Every command that a keys file can change, screen by screen."""
    return ListedKeys(
        keyboard=keymap.keyboard.name,
        commands=tuple(
            ListedKey(
                id=id,
                screen=screen_name(id),
                keys=keymap.keys[id],
                shown=tuple(map(shown_key, keymap.keys[id])),
                is_changed=id in keymap.changed,
                does=does,
            )
            for id, binding in all_commands().items()
            if (does := binding.tooltip or binding.description)
        ),
    )


def list_keys_report(listed: ListedKeys) -> Report:
    """One table: where, id, keys, what it does."""
    table = Table(
        title="Commands",
        columns=(
            Column(heading="screen"),
            Column(heading="id"),
            Column(heading="keys"),
            Column(heading="does"),
        ),
        rows=tuple(
            (
                text(one.screen),
                text(one.id),
                text("  ".join(one.shown) + (" *" if one.is_changed else "")),
                text(one.does),
            )
            for one in listed.commands
        ),
        notes=(
            f"Keyboard {listed.keyboard}. * not the default. Letters on the coding screen are codes.",
            "Keys of `menu` are pressed after the key of code.menu.",
        ),
    )
    return Report(title="Keys", tables=(table,))


def written_defaults() -> str:
    """A keys file in which everything is commented out."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    keymap = default_keymap()
    yield "# Keys of Harken. Take the # away from a line to change it; `harken keys --check` looks it over."
    yield "# A key is a sign, a letter, enter, space, tab, f5, ctrl+s … ; several stand with commas between."
    yield "# On the coding screen letters are codes, so no command there can be a letter."
    yield ""
    yield "# Your keyboard; it decides whether 1 to 9 and 0 work without Shift:"
    for keyboard in KEYBOARDS.values():
        yield f"#   {keyboard.name:<7} {keyboard.about}"
    yield "#keyboard: us"
    yield ""
    yield "keys:"
    place = ""
    for id, binding in all_commands().items():
        if screen_name(id) != place:
            place = screen_name(id)
            yield f"  # -- {place}"
        keys = ", ".join(keymap.keys[id])
        about = (
            f"  # {binding.tooltip or binding.description}" if binding.tooltip or binding.description else ""
        )
        yield f"  #{id}: {keys}{about}"
