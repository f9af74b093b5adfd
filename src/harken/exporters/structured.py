"""Results as JSON: strict, unrounded, every character as it is."""

from __future__ import annotations

import json
from typing import Any

from harken.errors import HarkenError


def dumps(value: Any, *, indent: int | None = 2) -> str:
    """One JSON text with a line end. Raises for NaN and infinity, which no strict reader takes."""
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent) + "\n"
    except ValueError as error:
        raise HarkenError(
            f"A figure has no form in JSON ({error}); please report this as a fault."
        ) from error
