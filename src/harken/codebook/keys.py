"""Keys for codes that are made by name."""

from __future__ import annotations

import re
import unicodedata

LONGEST_KEY = 48


def key_of(name: str) -> str:
    """The key that a code or family of this name gets; empty where the name has no letter and no digit."""
    folded = unicodedata.normalize("NFC", name).casefold()
    return re.sub(r"[^\w-]+", "_", folded)[:LONGEST_KEY].strip("_")
