"""How like texts are to the others of their set, and unlike the rest, by the words that they share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

_PLACES = 9
"""Decimals that are kept: beyond them machines may differ."""


class Likeness:
    """Texts as vectors of words and pairs of words, by TF-IDF and of length 1 (Salton & Buckley 1988).

    Term frequency is 1 + log f; the inverse document frequency is taken over all texts given. A text without
    a word is like nothing.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._vectorizer = TfidfVectorizer(
            token_pattern=r"(?u)\b\w+\b", ngram_range=(1, 2), sublinear_tf=True, strip_accents="unicode"
        )
        self._vectors: Any = None
        if any(any(map(str.isalnum, text)) for text in texts):
            self._vectors = self._vectorizer.fit_transform(texts).tocsr()

    def common(self, members: Sequence[int], *, rest: Sequence[int] = ()) -> CommonWords:
        """What the texts with these numbers have in common, held against the ones in `rest`."""
        if self._vectors is None:
            return CommonWords(self._vectorizer, None, rest=None)
        return CommonWords(self._vectorizer, self._vectors[list(members)], rest=self._vectors[list(rest)])


class CommonWords:
    """The words of some texts, each weighted by how much they make of it together; and those of the rest."""

    def __init__(self, vectorizer: Any, vectors: Any, *, rest: Any) -> None:
        self._vectorizer = vectorizer
        self._vectors = vectors
        self._rest = rest
        self._sum = None if vectors is None else np.asarray(vectors.sum(axis=0)).ravel()

    def likeness_to_others(self, n: int) -> list[float]:
        """For each of the `n` texts its mean cosine with the other ones; 0 where there is no other."""
        if self._vectors is None or n < 2:
            return [0.0] * n
        own = np.asarray(self._vectors.multiply(self._vectors).sum(axis=1)).ravel()
        found = (self._vectors @ self._sum - own) / (n - 1)
        return [abs(round(value, _PLACES)) for value in found.tolist()]

    def distinctness(self, n: int) -> list[float]:
        """For each of the `n` texts its likeness to the others less its mean cosine with the rest."""
        likeness = self.likeness_to_others(n)
        if self._vectors is None or not self._rest.shape[0]:
            return likeness
        apart = self._vectors @ np.asarray(self._rest.mean(axis=0)).ravel()
        return [round(own - rest, _PLACES) for own, rest in zip(likeness, apart.tolist(), strict=True)]

    def scores(self, parts: Sequence[str]) -> list[float]:
        """How much of it each part says: the cosine of its words with the sum, unscaled."""
        if self._sum is None:
            return [0.0] * len(parts)
        found = self._vectorizer.transform(parts) @ self._sum
        return [round(value, _PLACES) for value in found.tolist()]
