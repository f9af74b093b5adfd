"""Codebooks: read and checked, written, compared, as data, as a table, and their hotkeys."""

from harken.codebook.data import (
    code_as_data,
    code_from_data,
    codebook_as_data,
    codebook_from_data,
    family_as_data,
    family_from_data,
)
from harken.codebook.diff import CodebookDiff, EntryChange, diff_codebooks
from harken.codebook.faults import Fault
from harken.codebook.hotkeys import assign_hotkeys
from harken.codebook.reading import check_codebook, parse_codebook, read_codebook
from harken.codebook.writing import write_codebook

__all__ = [
    "CodebookDiff",
    "EntryChange",
    "Fault",
    "assign_hotkeys",
    "check_codebook",
    "code_as_data",
    "code_from_data",
    "codebook_as_data",
    "codebook_from_data",
    "diff_codebooks",
    "family_as_data",
    "family_from_data",
    "parse_codebook",
    "read_codebook",
    "write_codebook",
]
