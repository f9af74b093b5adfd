"""The token patterns of a codebook, as one spaCy matcher."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from harken.codebook.patterns import pattern_fault
from harken.errors import HarkenError
from harken.model import CodebookEntry


class PatternMatch(NamedTuple):
    position: int
    """Of the code whose pattern it is."""
    start: int
    """The first token."""
    end: int


class Patterns:
    def __init__(self, entries: Sequence[CodebookEntry], vocab: Vocab) -> None:
        self._matcher = Matcher(vocab, validate=False)
        self._positions: dict[int, int] = {}
        for position, entry in enumerate(entries):
            if entry.code.patterns:
                key = vocab.strings.add(f"harken:{entry.path}")
                self._positions[key] = position
                self._matcher.add(
                    key, [_checked(pattern, entry) for pattern in entry.code.patterns], greedy="LONGEST"
                )

    def matches(self, doc: Doc) -> Iterator[PatternMatch]:
        """The longest matches of each code, in the order of the text; those of one code do not overlap."""
        if not self._positions or not len(doc):
            return
        for key, start, end in sorted(self._matcher(doc, allow_missing=True), key=lambda match: match[1:]):
            yield PatternMatch(self._positions[key], start, end)


def _checked(pattern: Sequence[Mapping[str, Any]], entry: CodebookEntry) -> list[dict[str, Any]]:
    # A codebook made in Python has not been through the check that a file goes through.
    if fault := pattern_fault(pattern):
        raise HarkenError(f"A pattern of code {entry.path} cannot be used: {fault}.")
    return [dict(token) for token in pattern]
