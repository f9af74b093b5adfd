"""The user's own keys: a file of keyboard and keys, and what it makes of the commands of all screens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from harken.codebook.faults import Fault, sort_faults
from harken.codebook.nodes import Mapping as MappingNode
from harken.codebook.nodes import Node, Scalar, Sequence, read_nodes
from harken.errors import HarkenError, near_match, quoted
from harken.tui.commands.catalogue import all_commands, place_of, work_together
from harken.tui.keys.file import has_no_file, keymap_path
from harken.tui.keys.keyboards import DEFAULT_KEYBOARD, DIGITS, KEYBOARDS, Keyboard
from harken.tui.keys.names import character_of, key_name, key_of, shown_key, split_keys

FIELDS = ("keyboard", "keys")
_DECIDES = frozenset({"code", "menu"})
"""Places with commands that decide: there a lost Shift must not do harm."""
_LETTERS_ARE_CODES = frozenset({"code", "select", "visit"})
"""Places whose commands cannot be letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keymap:
    """The keys of every command."""

    keyboard: Keyboard = DEFAULT_KEYBOARD
    keys: Mapping[str, tuple[str, ...]]
    changed: frozenset[str] = frozenset()
    """Ids of the commands whose keys are not the default ones."""

    @property
    def overrides(self) -> dict[str, str]:
        """As the program takes it: keys with commas between, by the ids of what is changed."""
        return {id: ",".join(self.keys[id]) for id in self.keys if id in self.changed}


@dataclass(slots=True)
class _Given:
    """What a file says, with the places of its entries for complaints."""

    keyboard: Keyboard = DEFAULT_KEYBOARD
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def complain(self, node: Node, message: str) -> None:
        self.faults.append(Fault(line=node.line, column=node.column, message=message))


def user_keymap() -> Keymap:
    """The keymap of this user's file, the default one without a file. A broken file is refused."""
    if has_no_file():
        return default_keymap()
    path = keymap_path()
    keymap, faults = read_keymap(path)
    if faults:
        more = f" ({len(faults) - 1} more: `harken keys --check`.)" if faults[1:] else ""
        raise HarkenError(f"{path}: {faults[0]}{more}")
    return keymap


def default_keymap() -> Keymap:
    return Keymap(keys=_default_keys())


def _default_keys() -> dict[str, tuple[str, ...]]:
    return {
        id: tuple(name for key in binding.key.split(",") if (name := key_name(key)))
        for id, binding in all_commands().items()
    }


def read_keymap(path: Path) -> tuple[Keymap, list[Fault]]:
    """The keymap of a file, and every fault of the file in reading order."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise HarkenError(f"{path} is not UTF-8: save it as UTF-8.") from error
    except OSError as error:
        raise HarkenError(
            f"{path}: {error.strerror}. Make it with `harken keys --write`, or unset HARKEN_KEYS."
        ) from error
    root, faults = read_nodes(text)
    given = _Given(faults=list(faults))
    if root is not None:
        _read_root(root, given)
    keymap = _applied(given)
    if not given.faults:
        given.faults += _faults(keymap, given)
    return keymap, sort_faults(given.faults)


def _read_root(root: Node, given: _Given) -> None:
    if not isinstance(root, MappingNode):
        given.complain(root, "write `keyboard: NAME`, and `keys:` with a line a command below it")
        return
    for name, node in root.entries:
        if name.text == "keyboard":
            _read_keyboard(node, given)
        elif name.text == "keys":
            _read_keys(node, given)
        else:
            hint = near_match(name.text, FIELDS) or f" Known: {', '.join(FIELDS)}."
            given.complain(name, f"unknown name {quoted(name.text)}.{hint}")


def _read_keyboard(node: Node, given: _Given) -> None:
    name = node.text.casefold() if isinstance(node, Scalar) else ""
    if name in KEYBOARDS:
        given.keyboard = KEYBOARDS[name]
    else:
        given.complain(node, f"unknown keyboard {quoted(name)}. Known: {', '.join(KEYBOARDS)}.")


def _read_keys(node: Node, given: _Given) -> None:
    if isinstance(node, Scalar) and not node.text.strip():
        return
    if not isinstance(node, MappingNode):
        given.complain(node, "below `keys:` stands a line a command, as in `code.decide: enter`")
        return
    known = tuple(all_commands())
    for name, value in node.entries:
        if name.text not in known:
            hint = near_match(name.text, known) or " `harken keys` lists them."
            given.complain(name, f"there is no command {quoted(name.text)}.{hint}")
            continue
        keys = tuple(_read_key_names(name.text, value, given))
        if keys:
            given.keys[name.text] = tuple(dict.fromkeys(keys))
            given.nodes[name.text] = value


def _read_key_names(id: str, node: Node, given: _Given) -> Iterator[str]:
    items = node.items if isinstance(node, Sequence) else (node,)
    for item in items:
        written = split_keys(item.text) if isinstance(item, Scalar) else []
        if not written:
            given.complain(item, f"{id} needs the name of a key, or several with commas between")
        for one in written:
            key = key_name(one)
            if key is None:
                given.complain(
                    item, f"{quoted(one)} is no key that a terminal knows: write f5, ctrl+s, tab, or a sign"
                )
            elif place_of(id) in _LETTERS_ARE_CODES and _is_letter(key) and key not in given.keyboard.row:
                given.complain(
                    item, f"{quoted(one)} cannot be the key of {id}: letters are codes on the coding screen"
                )
            else:
                yield key


def _is_letter(key: str) -> bool:
    return len(key) == 1 and key.isalpha()


def _applied(given: _Given) -> Keymap:
    """The defaults, changed by the file; a digit's key works without Shift too where the digit needs it."""
    keys = {**_default_keys(), **given.keys}
    changed = set(given.keys)
    for id, names in keys.items():
        others = tuple(
            key_of(other) for name in names if name in DIGITS and (other := given.keyboard.other_key_of(name))
        )
        added = tuple(other for other in others if other not in names)
        if added:
            keys[id] = (*names, *added)
            changed.add(id)
    return Keymap(keyboard=given.keyboard, keys=keys, changed=frozenset(changed))


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Two commands that a key, or a key whose Shift is lost, would both be on one screen."""

    id: str
    other: str
    message: str


def clashes(keymap: Keymap) -> list[Clash]:
    """Each pair of commands that are in each other's way, once."""
    found: dict[frozenset[str], Clash] = {}
    for place, ids in work_together(keymap.keys).items():
        owner: dict[str, str] = {}
        for id in ids:
            for key in keymap.keys[id]:
                other = owner.setdefault(key, id)
                if other != id:
                    message = f"{shown_key(key)} is given to both {other} and {id}"
                    found.setdefault(frozenset((id, other)), Clash(id=id, other=other, message=message))
        for key, id in owner.items() if place in _DECIDES else ():
            character = character_of(key)
            lost = keymap.keyboard.without_shift(character) if character else ""
            other = owner.get(key_of(lost), id) if lost else id
            if other != id:
                message = (
                    f"{shown_key(key)} is Shift and {lost} on the keyboard {keymap.keyboard.name!r}: "
                    f"with the Shift lost {id} would be {other}"
                )
                found.setdefault(frozenset((id, other)), Clash(id=id, other=other, message=message))
    return list(found.values())


def _faults(keymap: Keymap, given: _Given) -> Iterator[Fault]:
    for clash in clashes(keymap):
        # Of two commands that the file leaves alone, neither is the user's to mend.
        node = given.nodes.get(clash.id) or given.nodes.get(clash.other)
        if node is not None:
            yield Fault(line=node.line, column=node.column, message=clash.message)
