"""A text that is typed on the command line, or comes from standard input."""

from __future__ import annotations

import sys

from harken.errors import HarkenError


def typed_words(text: str) -> str:
    """The text itself, or for - what standard input holds."""
    if text != "-":
        return text
    try:
        return sys.stdin.buffer.read().decode()
    except UnicodeDecodeError as error:
        raise HarkenError(
            "Standard input is no text in UTF-8. Convert it, or give the text itself."
        ) from error
