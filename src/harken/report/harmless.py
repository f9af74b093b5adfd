"""Participants' texts made harmless for a screen."""

from __future__ import annotations

_BIDI = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C), "\ufffd")
_CONTROLS = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"}
_C1 = dict.fromkeys(range(0x80, 0xA0), "\ufffd")
_VISIBLE = {**_CONTROLS, **_C1, **_BIDI, 0x2028: "\u2424", 0x2029: "\u2424"}
_VISIBLE_BUT_LINES = {code: mark for code, mark in _VISIBLE.items() if code not in (0x0A,)}


def visible(text: str, *, keep_lines: bool = False) -> str:
    """A participant's text made harmless for a screen, code point for code point.

    Control characters and direction overrides become marks that do nothing, so places in the text stay.
    """
    return text.translate(_VISIBLE_BUT_LINES if keep_lines else _VISIBLE)
