"""What a word of a codebook would find in answers, roughly and at once: without spaCy's second of loading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz, process

from harken.suggesters.lemmas import Lemmas
from harken.suggesters.likeness import LEAST_LIKENESS, WORDS_OF_ONE_PERSON

COMMON_SHARE = 0.15
"""A word that stands in a larger share of the answers says little by itself."""
LEAST_COMMON = 20
"""Answers with a word before its share means anything."""
LEAST_LETTERS = 4
"""Shorter words mostly join others; lists of them come with spaCy, which takes too long to load here."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class FoundIn(NamedTuple):
    """Where an answer has the words, or the whole of it where it is only like them."""

    place: int
    """Of the answer among those added."""
    start: int
    end: int


class AnswerWords:
    """The base forms of answers, added one by one."""

    def __init__(self, language: str) -> None:
        self._lemmas = Lemmas(language)
        self._answers: list[list[str]] = []
        self._places: list[list[tuple[int, int]]] = []

    def __len__(self) -> int:
        return len(self._answers)

    def add(self, text: str) -> None:
        found = list(_WORD.finditer(text))
        self._answers.append([self._lemmas.lemma(word[0]) for word in found])
        self._places.append([word.span() for word in found])

    def with_keyword(self, keyword: str) -> list[FoundIn]:
        """The answers in which the keyword's base forms follow one another."""
        wanted = self._base_forms(keyword)
        if not wanted:
            return []
        first, n = wanted[0], len(wanted)
        found = []
        for index, lemmas in enumerate(self._answers):
            if first not in lemmas:
                continue
            for place in range(len(lemmas) - n + 1):
                if lemmas[place : place + n] == wanted:
                    places = self._places[index]
                    found.append(FoundIn(index, places[place][0], places[place + n - 1][1]))
                    break
        return found

    def like(self, example: str) -> list[FoundIn]:
        """The answers that are like an example, as suggestions would find them, the likeliest first.

        One that says the example's very words is left out, as the suggestions do.
        """
        wanted = self._base_forms(example)
        common = self._common()
        own = _content(wanted, common)
        if not wanted:
            return []
        on_all = _scores(wanted, self._answers)
        contents = [_content(lemmas, common) for lemmas in self._answers]
        scores = (on_all + _scores(own, contents)) / 2
        found = [
            (float(scores[index]), index)
            for index in map(int, np.flatnonzero(scores > LEAST_LIKENESS))
            if not set(own).isdisjoint(contents[index])
            and not (len(wanted) >= WORDS_OF_ONE_PERSON and wanted == self._answers[index])
        ]
        return [
            FoundIn(index, self._places[index][0][0], self._places[index][-1][1])
            for _, index in sorted(found, key=lambda one: (-one[0], one[1]))
        ]

    def _base_forms(self, text: str) -> list[str]:
        return [self._lemmas.lemma(word) for word in _WORD.findall(text)]

    def _common(self) -> frozenset[str]:
        n_with = Counter(lemma for lemmas in self._answers for lemma in set(lemmas))
        most = max(COMMON_SHARE * len(self._answers), LEAST_COMMON)
        return frozenset(lemma for lemma, n in n_with.items() if n > most)


def _content(lemmas: Sequence[str], common: frozenset[str]) -> list[str]:
    """The words that mean something, or all where none does."""
    return [lemma for lemma in lemmas if len(lemma) >= LEAST_LETTERS and lemma not in common] or list(lemmas)


def _scores(
    example: Iterable[str], answers: Sequence[Sequence[str]]
) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    if not answers:
        return np.zeros(0, dtype=np.float32)
    joined = [" ".join(lemmas) for lemmas in answers]
    matrix = process.cdist([" ".join(example)], joined, scorer=fuzz.token_set_ratio, dtype=np.float32)
    return np.asarray(matrix[0], dtype=np.float32)
