"""How a file that something was read from is named in the journal."""

from __future__ import annotations

import os
from pathlib import Path


def source_name(path: Path) -> str:
    """The file's name as text; bytes in it that are no UTF-8 are written as escapes."""
    return os.fsencode(path.name).decode(errors="backslashreplace")
