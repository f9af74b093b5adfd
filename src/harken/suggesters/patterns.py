"""The token patterns of a codebook, as one spaCy matcher."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import Any, NamedTuple

from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from harken.codebook.patterns import pattern_fault
from harken.errors import HarkenError
from harken.model import CodebookEntry

MOST_REPEATS = 5
"""How often a word is looked for that may occur any number of times ("very, very, very")."""
MOST_VARIANTS = 400


class PatternMatch(NamedTuple):
    """Where a code's pattern is met, in tokens, half open."""

    position: int
    """Of the code whose pattern it is."""
    start: int
    """The first token."""
    end: int


class Patterns:
    """All patterns of a codebook."""

    def __init__(self, entries: Sequence[CodebookEntry], vocab: Vocab) -> None:
        self._matcher = Matcher(vocab, validate=False)
        self._positions: dict[int, int] = {}
        for position, entry in enumerate(entries):
            if entry.code.patterns:
                key = vocab.strings.add(f"harken:{entry.path}")
                self._positions[key] = position
                variants = [
                    variant for pattern in entry.code.patterns for variant in _variants(pattern, entry)
                ]
                self._matcher.add(key, variants, greedy="LONGEST")

    def matches(self, doc: Doc) -> Iterator[PatternMatch]:
        """The longest matches of each code, in the order of the text; those of one code do not overlap."""
        if not self._positions or not len(doc):
            return
        for key, start, end in sorted(self._matcher(doc, allow_missing=True), key=lambda match: match[1:]):
            yield PatternMatch(self._positions[key], start, end)


def _variants(pattern: Sequence[Mapping[str, Any]], entry: CodebookEntry) -> list[list[dict[str, Any]]]:
    """The pattern with each gap and each option spelt out, once for every length that it may have.

    SpaCy follows each way through optional tokens by itself, and a gap of k tokens has 2 to the k of them:
    one of {0,50} fills the memory. Spelt out, there are 51.
    """
    # A codebook made in Python has not been through the check that a file goes through.
    if fault := pattern_fault(pattern):
        raise HarkenError(f"A pattern of code {entry.path} cannot be used: {fault}.")
    choices = [[[token] * times for times in _times(operator)] for token, operator in map(_parted, pattern)]
    if prod(map(len, choices)) > MOST_VARIANTS:
        raise HarkenError(
            f"A pattern of code {entry.path} can be met in more than {MOST_VARIANTS} ways: narrow its gaps, "
            "or make two patterns of it."
        )
    variants = ([token for tokens in choice for token in tokens] for choice in product(*choices))
    return [variant for variant in variants if variant]


def _parted(token: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """What a token must be, and how often."""
    operator = next((str(value) for name, value in token.items() if name.upper() == "OP"), "1")
    demands = {name: value for name, value in token.items() if name.upper() != "OP"}
    # The negation is no count: it stays for spaCy to see.
    return (demands | {"OP": "!"}, "1") if operator == "!" else (demands, operator)


def _times(operator: str) -> range:
    """The numbers of times that spaCy's operator allows, as far as they are looked for."""
    words = {"1": (1, 1), "?": (0, 1), "*": (0, MOST_REPEATS), "+": (1, MOST_REPEATS)}
    if operator in words:
        low, high = words[operator]
    elif exact := re.fullmatch(r"\{(\d+)\}", operator):
        low = high = int(exact[1])
    elif bounds := re.fullmatch(r"\{(\d*),(\d*)\}", operator):
        low = int(bounds[1] or 0)
        high = int(bounds[2]) if bounds[2] else low + MOST_REPEATS
    else:
        raise HarkenError(f"{operator!r} is no operator of a token pattern.")
    return range(low, high + 1)
