"""Likeness of an answer to the examples in the codebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz, process

from harken.suggesters.likeness import LEAST_LIKENESS, WORDS_OF_ONE_PERSON
from harken.suggesters.words import Word

SAME_WORD = 80.0
"""From here on, two spellings are taken for one word."""


class Example(NamedTuple):
    """An example of the codebook, read."""

    position: int
    """Of its code."""
    text: str
    words: Sequence[Word]


class Likeness(NamedTuple):
    """How like an example an answer is."""

    example: Example
    share: float
    """0 at the least likeness that counts, 1 where the words are the same."""


class Examples:
    """The examples of the codes in one scope."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self._examples = examples
        self._all_words = [_joined(_lemmas(example.words)) for example in examples]
        self._content_words = [_joined(_content(example.words)) for example in examples]

    def likenesses(self, words: Sequence[Word]) -> Mapping[int, Likeness]:
        """The example of each code that the answer is most like, by the code's position.

        An example that was taken from the answer itself is passed over: it would tell a second coder what
        the first one decided.
        """
        best: dict[int, Likeness] = {}
        content = _content(words)
        on_all, on_content = _joined(_lemmas(words)), _joined(content)
        scores = (_scores(on_all, self._all_words) + _scores(on_content, self._content_words)) / 2
        for index in map(int, np.flatnonzero(scores > LEAST_LIKENESS)):
            example = self._examples[index]
            if len(words) >= WORDS_OF_ONE_PERSON and on_all == self._all_words[index]:
                continue
            share = float(scores[index] - LEAST_LIKENESS) / (100 - LEAST_LIKENESS)
            known = best.get(example.position)
            if (known is None or share > known.share) and _have_one_word(content, example):
                best[example.position] = Likeness(example, share)
        return best


def place_like(example: Example, parts: Sequence[Sequence[Word]]) -> tuple[int, int]:
    """Where the sentence stands that is most like the example."""
    best = parts[0]
    if len(parts) > 1:
        words = _joined(_lemmas(example.words))
        best = max(parts, key=lambda part: fuzz.token_set_ratio(_joined(_lemmas(part)), words))
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


def _lemmas(words: Iterable[Word]) -> list[str]:
    return [word.lemma for word in words]


def _content(words: Sequence[Word]) -> list[str]:
    """The words that mean something, or all where none does ("none at all")."""
    return [word.lemma for word in words if word.is_content] or _lemmas(words)


def _joined(lemmas: Iterable[str]) -> str:
    return " ".join(lemmas)


def _have_one_word(content: Sequence[str], example: Example) -> bool:
    """Whether a word of the answer is in the example, or nearly: short texts have letters alike by chance."""
    others = _lemmas(example.words)
    if not set(content).isdisjoint(others):
        return True
    return bool((process.cdist(content, others, scorer=fuzz.ratio, score_cutoff=SAME_WORD) > 0).any())


def _scores(answer: str, examples: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    # Of rapidfuzz's scorers the one that found most true codes: an answer says more than an example does,
    # in another order, and misspells it; scorers of whole texts punish the first two.
    matrix = process.cdist([answer], examples, scorer=fuzz.token_set_ratio, dtype=np.float32)
    return np.asarray(matrix[0], dtype=np.float32) if len(examples) else np.zeros(0, dtype=np.float32)
