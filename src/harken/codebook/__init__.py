"""Codebooks: read and checked, written, compared, as data, as a table, and their hotkeys."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harken.codebook.checking import doubts_about
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
    "doubts_about",
    "family_as_data",
    "family_from_data",
    "parse_codebook",
    "read_codebook",
    "write_codebook",
]

_MODULE_OF = {
    **dict.fromkeys([name for name in __all__ if name.endswith("_data")], "data"),
    **dict.fromkeys(["CodebookDiff", "EntryChange", "diff_codebooks"], "diff"),
    "Fault": "faults",
    "doubts_about": "checking",
    "assign_hotkeys": "hotkeys",
    **dict.fromkeys(["check_codebook", "parse_codebook", "read_codebook"], "reading"),
    "write_codebook": "writing",
}


def __getattr__(name: str) -> object:
    # Loaded when asked for: to show a stored codebook, nothing that reads or writes files is needed.
    if name in _MODULE_OF:
        return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
