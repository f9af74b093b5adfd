"""Words that tell who somebody is, taken out of every text, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping

from harken.model import Mark, MarkKind
from harken.services.marking import marks_of, redacted, removed_places
from harken.storage import survey
from harken.storage.store import Store

_SHORTEST = 3
"""Marked words of fewer characters are taken out where they were marked alone: elsewhere they say nothing."""


class Redactor:
    """Puts brackets in the place of marked words: where they were marked, and wherever they are repeated."""

    def __init__(self, marks: Mapping[int, tuple[Mark, ...]], removed: Mapping[str, str]) -> None:
        self._marks = marks
        self.removed = dict(removed)
        """The words that were marked, case folded, and the brackets in their stead."""
        longest_first = sorted(self.removed, key=lambda words: (-len(words), words))
        self._pattern = (
            re.compile("|".join(map(_bounded, longest_first)), re.IGNORECASE) if longest_first else None
        )

    def answer(self, id: int, text: str) -> str:
        """An answer as it may be shown."""
        return self.words(redacted(text, self._marks.get(id, ())))

    def words(self, text: str) -> str:
        """Any other text: a memo, an example of the codebook, an attribute."""
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda found: self._brackets(found.group()), text)

    def holds(self, text: str) -> bool:
        """Whether a text repeats what was marked."""
        return self._pattern is not None and self._pattern.search(text) is not None

    def _brackets(self, words: str) -> str:
        return self.removed.get(_folded(words), "[detail removed]")


def redactor(store: Store) -> Redactor:
    """The redactor of everything that any coder marked as identifying in this project."""
    marks = marks_of(store)
    ids = [id for id, every in marks.items() if any(one.kind is MarkKind.IDENTIFYING for one in every)]
    removed: dict[str, str] = {}
    for id, _, text in survey.texts(store, ids):
        for place in removed_places(marks[id]):
            words = text[place.start : place.end].strip()
            if len(words) >= _SHORTEST:
                removed.setdefault(_folded(words), place.brackets)
        for mark in marks[id]:
            # Touching marks are one place; each of them may be repeated by itself.
            words = text[mark.start : mark.end].strip()
            if mark.kind is MarkKind.IDENTIFYING and len(words) >= _SHORTEST:
                removed.setdefault(_folded(words), f"[{mark.label or 'detail'} removed]")
    return Redactor(marks, removed)


def _folded(words: str) -> str:
    return " ".join(words.split()).lower()


def _bounded(words: str) -> str:
    """As a whole, not within another word, however many spaces part its words."""
    inner = r"\s+".join(map(re.escape, words.split()))
    before = r"(?<!\w)" if words[:1].isalnum() else ""
    behind = r"(?!\w)" if words[-1:].isalnum() else ""
    return f"{before}{inner}{behind}"
