"""The codebook in the project file: reading it, changing it, what changed, and taking that back."""

from harken.storage.codebooks.history import Change, Snapshot, changes
from harken.storage.codebooks.reading import (
    StoredCodebook,
    known_ids,
    living_id,
    stored_codebook,
    usage,
    usage_in,
    version_id,
)
from harken.storage.codebooks.writing import Note, add_code, change_code, new_code_id, replace_codebook
from harken.storage.projections.codebook import KINDS as CODEBOOK_KINDS

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
    "usage",
    "usage_in",
    "version_id",
]
