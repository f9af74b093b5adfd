"""Where the user's keys file is, and the keys that it gives: most have none, and then nothing is read."""

from __future__ import annotations

import os
from pathlib import Path


def keymap_path() -> Path:
    """`$HARKEN_KEYS`, else keys.yaml in the user's configuration folder."""
    named = os.environ.get("HARKEN_KEYS")
    if named:
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("harken", appauthor=False) / "keys.yaml"


def has_no_file() -> bool:
    """Whether this user never made a keys file; one that is named and missing is a mistake."""
    return not os.environ.get("HARKEN_KEYS") and not keymap_path().exists()


def user_keys() -> dict[str, str]:
    """The keys that this user gave to commands, by id. A broken file is refused."""
    if has_no_file():
        return {}
    # The commands of all screens are loaded to read a file.
    from harken.tui.keys.keymap import user_keymap

    return user_keymap().overrides
