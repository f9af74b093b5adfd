"""Files that are written whole or not at all."""

from __future__ import annotations

import secrets
from pathlib import Path

from harken.errors import HarkenError


def write_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place and put it there at the end; one that stands there is replaced."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        draft.write_bytes(data)
        draft.replace(path)
    except OSError as error:
        raise HarkenError(f"{path} cannot be written: {error.strerror or error}.") from error
    finally:
        draft.unlink(missing_ok=True)
