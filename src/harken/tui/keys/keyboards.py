"""Keyboard layouts: what the keys of the digits give without Shift, and what a lost Shift makes of a key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

DIGITS = "1234567890"


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyboard:
    """A layout. `row` and `shifted_row` are the ten keys of the digits, without and with Shift."""

    name: str
    about: str
    row: str = DIGITS
    shifted_row: str
    pairs: Mapping[str, str] = field(default_factory=dict)
    """Signs that need Shift on other keys, and what the key gives without."""

    @property
    def has_shifted_digits(self) -> bool:
        return self.shifted_row == DIGITS

    def other_key_of(self, digit: str) -> str:
        """What the digit's key gives without Shift, where that is not the digit; else nothing."""
        return self.row[DIGITS.index(digit)] if self.has_shifted_digits else ""

    def without_shift(self, character: str) -> str:
        """What is typed when the Shift of a sign is lost; nothing for a sign that needs none."""
        if character in self.shifted_row:
            return self.row[self.shifted_row.index(character)]
        return self.pairs.get(character, "")


_US = {"?": "/", ":": ";", '"': "'", "<": ",", ">": ".", "_": "-", "+": "=", "{": "[", "}": "]", "|": "\\"}
_UK = {"?": "/", ":": ";", "@": "'", "<": ",", ">": ".", "_": "-", "+": "=", "{": "[", "}": "]", "~": "#"}
_GERMAN = {"?": "ß", ";": ",", ":": ".", "_": "-", "*": "+", "'": "#", ">": "<"}
_ROMANCE = {"?": "'", ";": ",", ":": ".", "_": "-", "*": "+", ">": "<"}
KEYBOARDS = {
    one.name: one
    for one in (
        Keyboard(name="us", about="English (US)", shifted_row="!@#$%^&*()", pairs=_US),
        Keyboard(name="uk", about="English (UK)", shifted_row='!"£$%^&*()', pairs=_UK),
        Keyboard(name="de", about="German, Austrian", shifted_row='!"§$%&/()=', pairs=_GERMAN),
        Keyboard(
            name="ch",
            about="Swiss",
            shifted_row='+"*ç%&/()=',
            pairs={"?": "'", "!": "¨", ";": ",", ":": ".", "_": "-", ">": "<", "£": "$"},
        ),
        Keyboard(
            name="fr",
            about="French AZERTY: & é \" ' ( - è _ ç à stand for 1 to 9 and 0",
            row="&é\"'(-è_çà",
            shifted_row=DIGITS,
            pairs={"?": ",", ".": ";", "/": ":", "§": "!", "°": ")", "+": "=", "£": "$", "%": "ù", ">": "<"},
        ),
        Keyboard(
            name="be",
            about="Belgian AZERTY: & é \" ' ( § è ! ç à stand for 1 to 9 and 0",
            row="&é\"'(§è!çà",
            shifted_row=DIGITS,
            pairs={"?": ",", ".": ";", "/": ":", "+": "=", "_": "-", "*": "$", "%": "ù", "£": "µ", ">": "<"},
        ),
        Keyboard(name="es", about="Spanish", shifted_row='!"·$%&/()=', pairs=_ROMANCE),
        Keyboard(
            name="it", about="Italian", shifted_row='!"£$%&/()=', pairs={**_ROMANCE, "ç": "ò", "°": "à"}
        ),
        Keyboard(name="pt", about="Portuguese", shifted_row='!"#$%&/()=', pairs=_ROMANCE),
        Keyboard(
            name="br",
            about="Brazilian ABNT2",
            shifted_row="!@#$%¨&*()",
            pairs={"?": "/", ":": ";", "<": ",", ">": ".", "_": "-", "+": "=", '"': "'", "^": "~"},
        ),
        Keyboard(
            name="nordic",
            about="Danish, Finnish, Norwegian, Swedish",
            shifted_row='!"#¤%&/()=',
            pairs={"?": "+", ";": ",", ":": ".", "_": "-", "*": "'", ">": "<"},
        ),
        Keyboard(name="pl", about="Polish (programmers')", shifted_row="!@#$%^&*()", pairs=_US),
        Keyboard(
            name="cz",
            about="Czech QWERTZ: + ě š č ř ž ý á í é stand for 1 to 9 and 0",
            row="+ěščřžýáíé",
            shifted_row=DIGITS,
            pairs={"?": ",", ":": ".", "_": "-", '"': "ů", "!": "§", "/": "ú", "%": "=", "'": "¨"},
        ),
    )
}
"""Every layout that `keyboard:` names."""
DEFAULT_KEYBOARD = KEYBOARDS["us"]
