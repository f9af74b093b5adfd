"""Looking for a code by what one remembers of its name."""

from __future__ import annotations

from collections.abc import Mapping

from harken.model import CodebookEntry

LEAST_LIKENESS = 80.0
LEAST_TYPED = 4
"""Letters before a misspelling is thought of: shorter texts are like everything."""


def find_codes(entries: Mapping[str, CodebookEntry], text: str) -> tuple[str, ...]:
    """Paths of the codes that a text may mean, the likeliest first; every code for an empty text."""
    wanted = " ".join(text.split()).casefold()
    if not wanted:
        return tuple(entries)
    scores = {path: _likeness(entry, wanted) for path, entry in entries.items()}
    found = [path for path in entries if scores[path] >= LEAST_LIKENESS]
    return tuple(sorted(found, key=lambda path: -scores[path]))


def _likeness(entry: CodebookEntry, wanted: str) -> float:
    from rapidfuzz import fuzz

    label = entry.code.label.casefold()
    if label.startswith(wanted):
        return 120.0
    if any(word.startswith(wanted) for word in label.split()):
        return 115.0
    if wanted in label or wanted in entry.path:
        return 110.0
    about = " ".join((entry.code.definition, *entry.code.keywords)).casefold()
    if f" {wanted}" in f" {about}":
        return 105.0
    return fuzz.partial_ratio(wanted, label) if len(wanted) >= LEAST_TYPED else 0.0
