"""The codebook in the project file: reading it, changing it, what changed, and taking that back."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from harken.storage.codebooks.reading import (
    StoredCodebook,
    known_ids,
    living_id,
    stored_codebook,
    usage,
    usage_in,
    version_day,
    version_id,
)
from harken.storage.projections.codebook import KINDS as CODEBOOK_KINDS

if TYPE_CHECKING:
    from harken.storage.codebooks.history import Change, Snapshot, changes, undone_changes
    from harken.storage.codebooks.writing import Note, add_code, change_code, new_code_id, replace_codebook

__all__ = [
    "CODEBOOK_KINDS",
    "Change",
    "Note",
    "Snapshot",
    "StoredCodebook",
    "add_code",
    "change_code",
    "changes",
    "known_ids",
    "living_id",
    "new_code_id",
    "replace_codebook",
    "stored_codebook",
    "undone_changes",
    "usage",
    "usage_in",
    "version_day",
    "version_id",
]

_MODULE_OF = {
    **dict.fromkeys(["Change", "Snapshot", "changes", "undone_changes"], "history"),
    **dict.fromkeys(["Note", "add_code", "change_code", "new_code_id", "replace_codebook"], "writing"),
}


def __getattr__(name: str) -> object:
    # Loaded when asked for: most of the time a codebook is only read.
    if name in _MODULE_OF:
        return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
