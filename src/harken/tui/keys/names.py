"""Names of keys: as a person writes them in a file, as Textual calls them, as the screen shows them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from textual.keys import KEY_NAME_REPLACEMENTS, REPLACED_KEYS, Keys, format_key, key_to_character

_SHORT = {
    "esc": "escape",
    "return": "enter",
    "del": "delete",
    "ins": "insert",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "pgdown": "pagedown",
    "page_up": "pageup",
    "page_down": "pagedown",
    "spacebar": "space",
    "?": "question_mark",
}
_MODIFIERS = ("ctrl", "alt", "shift", "meta", "super", "hyper")
_NAMED = frozenset(key.value for key in Keys if "<" not in key.value)
_SHOWN = {
    "enter": "↵",
    "escape": "Esc",
    "space": "Space",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
    "delete": "Del",
    "insert": "Ins",
}


def split_keys(written: str) -> list[str]:
    """The keys of a list with commas between; a comma alone is the key."""
    if written.strip() == ",":
        return [","]
    return [part.strip() for part in written.split(",") if part.strip()]


def key_name(written: str) -> str | None:
    """Textual's name of the key that a person wrote; None if there is no such key."""
    text = written.strip()
    if len(text) == 1:
        return key_of(text)
    *modifiers, last = text.casefold().split("+") if not text.endswith("+") else [*_before_plus(text), "plus"]
    last = _SHORT.get(last, last)
    name = key_of(last) if len(last) == 1 else last
    if not modifiers:
        return name if name in _NAMED or _typed(name) else None
    if any(modifier not in _MODIFIERS for modifier in modifiers) or len(set(modifiers)) < len(modifiers):
        return None
    if modifiers == ["shift"] and len(name) == 1:
        # A terminal sends the capital letter or the sign instead.
        return None
    ordered = [modifier for modifier in _MODIFIERS if modifier in modifiers]
    known = name in _NAMED or _typed(name)
    return "+".join([*ordered, name]) if known else None


def _before_plus(text: str) -> list[str]:
    return [part for part in text.casefold().removesuffix("+").split("+") if part]


def key_of(character: str) -> str:
    """Textual's name of the key that types a character; capitals count as small letters."""
    folded = character.casefold() if len(character.casefold()) == 1 else character
    if folded.isalnum():
        return folded
    if folded == " ":
        return "space"
    name = unicodedata.name(folded, folded).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)


def character_of(key: str) -> str:
    """The character that a key types; empty for one that types none."""
    return "" if key in _NAMED and len(key) > 1 and key != "space" else _typed(key)


def _typed(key: str) -> str:
    return key_to_character(REPLACED_KEYS.get(key, key)) or ""


def shown_key(key: str) -> str:
    """A key as the screen shows it."""
    *modifiers, last = key.split("+")
    if last in _SHOWN:
        last = _SHOWN[last]
    elif last[:1] == "f" and last[1:].isdecimal():
        last = last.upper()
    else:
        last = format_key(last)
    if "ctrl" in modifiers:
        modifiers.remove("ctrl")
        last = f"^{last}"
    return "+".join([*(modifier.title() for modifier in modifiers), last])


def command_letters(keymap: Mapping[str, str]) -> frozenset[str]:
    """Letters that stand for a digit on the coding screen, where every other letter is a code."""
    keys = (key for id, keys in keymap.items() if id.startswith("code.") for key in keys.split(","))
    return frozenset(key for key in keys if len(key) == 1 and key.isalpha())
