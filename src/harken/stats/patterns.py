"""Distinct rating patterns, counted once; every coefficient follows from the counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from harken.stats.ratings import MISSING, IntArray, RatingMatrix

FloatArray = NDArray[np.float64]

_LARGEST_DENSE_COUNT = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RatingPatterns:
    """The distinct rows of a rating matrix with at least one rating, and how many units show each.

    `patterns` is patterns x coders (category index or -1), `counts` has one number a pattern, `unit_patterns`
    the pattern of every unit (-1: nobody rated it), `participants` the participant of every unit.
    """

    coders: tuple[str, ...]
    n_categories: int
    patterns: IntArray
    counts: IntArray
    unit_patterns: IntArray
    participants: IntArray

    @property
    def n_ratings(self) -> IntArray:
        """How many coders rated a unit of each pattern."""
        return np.asarray((self.patterns != MISSING).sum(axis=1))

    @property
    def n_units_rated(self) -> int:
        return int(self.counts.sum())

    @property
    def n_units_pairable(self) -> int:
        """Units that two or more coders rated."""
        return int(self.counts[self.n_ratings >= 2].sum())

    @property
    def category_counts(self) -> IntArray:
        """How many coders chose each category: patterns x categories."""
        categories = np.arange(self.n_categories)
        return np.asarray((self.patterns[:, :, None] == categories).sum(axis=1))


def find_patterns(ratings: RatingMatrix) -> RatingPatterns:
    """The distinct patterns of `ratings`, sorted by the first coder's rating, then by the second's, etc."""
    table = np.asarray(ratings.ratings)
    n_units, n_coders = table.shape
    base = len(ratings.categories) + 1
    if base**n_coders >= 1 << 62:
        patterns, inverse, counts = np.unique(table, axis=0, return_inverse=True, return_counts=True)
        return _without_unrated(ratings, patterns, counts, inverse.reshape(n_units))
    numbers = np.zeros(n_units, dtype=np.int64)
    for column in range(n_coders):
        numbers *= base
        numbers += table[:, column]
        numbers += 1
    if base**n_coders <= _LARGEST_DENSE_COUNT:
        dense = np.bincount(numbers, minlength=1)
        found = np.flatnonzero(dense)
        counts = dense[found]
        places = np.empty(len(dense), dtype=np.int64)
        places[found] = np.arange(len(found))
        inverse = places[numbers]
    else:
        found, inverse, counts = np.unique(numbers, return_inverse=True, return_counts=True)
    digits = [found // base ** (n_coders - 1 - column) % base - 1 for column in range(n_coders)]
    patterns = np.stack(digits, axis=1) if digits else np.empty((len(found), 0), dtype=np.int64)
    return _without_unrated(ratings, patterns, counts, inverse)


def _without_unrated(
    ratings: RatingMatrix, patterns: IntArray, counts: IntArray, unit_patterns: IntArray
) -> RatingPatterns:
    rated = (patterns != MISSING).any(axis=1)
    places = np.where(rated, np.cumsum(rated) - 1, MISSING)
    return RatingPatterns(
        coders=ratings.coders,
        n_categories=len(ratings.categories),
        patterns=patterns[rated],
        counts=counts[rated],
        unit_patterns=places[unit_patterns] if len(places) else unit_patterns,
        participants=ratings.participants,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PatternClasses:
    """Patterns that a coefficient cannot tell apart, as one class.

    `rows` describes each class, `class_of` gives the class of every pattern (-1: the coefficient ignores it),
    `counts` how many units fall into each class, `is_pairable` whether they hold a pair of ratings.
    """

    rows: IntArray
    class_of: IntArray
    counts: IntArray
    is_pairable: NDArray[np.bool_]


def classify_units(patterns: RatingPatterns, classes: PatternClasses) -> IntArray:
    """The class of every unit; -1 where nobody rated it or the coefficient ignores it."""
    # The last entry serves the index -1.
    return np.append(classes.class_of, MISSING)[patterns.unit_patterns]


def category_classes(patterns: RatingPatterns) -> PatternClasses:
    """Patterns by how many coders chose each category, whoever they were; `rows` is classes x categories."""
    rows, class_of = np.unique(patterns.category_counts, axis=0, return_inverse=True)
    class_of = class_of.reshape(len(patterns.patterns))
    counts = np.bincount(class_of, weights=patterns.counts, minlength=len(rows)).astype(np.int64)
    return PatternClasses(
        rows=rows, class_of=class_of, counts=counts, is_pairable=np.asarray(rows.sum(axis=1) >= 2)
    )


def pair_classes(patterns: RatingPatterns, first: int, second: int) -> PatternClasses:
    """Patterns by what two coders chose; `rows` is classes x 2, patterns without both ratings are ignored."""
    two = patterns.patterns[:, [first, second]]
    both = (two != MISSING).all(axis=1)
    rows, inverse = np.unique(two[both], axis=0, return_inverse=True)
    class_of = np.full(len(two), MISSING, dtype=np.int64)
    class_of[both] = inverse.reshape(int(both.sum()))
    counts = np.bincount(class_of[both], weights=patterns.counts[both], minlength=len(rows)).astype(np.int64)
    return PatternClasses(
        rows=rows, class_of=class_of, counts=counts, is_pairable=np.ones(len(rows), dtype=np.bool_)
    )


def coder_classes(patterns: RatingPatterns) -> PatternClasses:
    """Every pattern as a class of its own, for coefficients that ask who gave which rating."""
    return PatternClasses(
        rows=patterns.patterns,
        class_of=np.arange(len(patterns.patterns)),
        counts=patterns.counts,
        is_pairable=patterns.n_ratings >= 2,
    )


def complete_classes(patterns: RatingPatterns) -> PatternClasses:
    """Category classes of the units that every coder rated; the others are ignored."""
    classes = category_classes(patterns)
    m = classes.rows.sum(axis=1)
    is_complete = np.asarray((m == len(patterns.coders)) & (m >= 2))
    return PatternClasses(
        rows=classes.rows,
        class_of=np.where(is_complete[classes.class_of], classes.class_of, MISSING),
        counts=np.where(is_complete, classes.counts, 0),
        is_pairable=is_complete,
    )
