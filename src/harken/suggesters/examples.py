"""Likeness of an answer to the examples in the codebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process

from harken.suggesters.words import Word

LEAST_LIKENESS = 50.0
"""Below it, fewer than one likeness in ten was right on real coded answers."""


class Example(NamedTuple):
    position: int
    """Of its code."""
    text: str
    lemmas: tuple[str, ...]


class Likeness(NamedTuple):
    example: Example
    share: float
    """0 at the least likeness that counts, 1 where the words are the same."""


class Examples:
    """The examples of the codes in one scope."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self._examples = examples
        self._joined = [" ".join(example.lemmas) for example in examples]

    def likenesses(self, words: Sequence[Word]) -> Mapping[int, Likeness]:
        """The example of each code that the answer is most like, by the code's position."""
        best: dict[int, Likeness] = {}
        # Of rapidfuzz's scorers the one that found most true codes: an answer says more than an example does,
        # in another order, and misspells it; similarity of whole texts punishes the first two.
        for _, score, index in process.extract(
            _joined(words), self._joined, scorer=fuzz.token_set_ratio, score_cutoff=LEAST_LIKENESS, limit=None
        ):
            example = self._examples[index]
            share = (score - LEAST_LIKENESS) / (100 - LEAST_LIKENESS)
            if share > 0 and (example.position not in best or share > best[example.position].share):
                best[example.position] = Likeness(example, share)
        return best


def place_like(example: Example, parts: Sequence[Sequence[Word]]) -> tuple[int, int]:
    """Where the sentence stands that is most like the example."""
    best = parts[0]
    if len(parts) > 1:
        joined = " ".join(example.lemmas)
        best = max(parts, key=lambda part: fuzz.token_set_ratio(_joined(part), joined))
    return best[0].start, best[-1].end


def sentences(words: Sequence[Word], text: str) -> list[Sequence[Word]]:
    """The words of an answer, parted where a sentence ends."""
    parts = []
    begin = 0
    for index in range(1, len(words)):
        if any(mark in text[words[index - 1].end : words[index].start] for mark in ".!?;\n"):
            parts.append(words[begin:index])
            begin = index
    return [*parts, words[begin:]]


def _joined(words: Sequence[Word]) -> str:
    return " ".join(word.lemma for word in words)
