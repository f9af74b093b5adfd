"""Ratings given under different meanings of a variable, as ratings of different units."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from harken.stats.ratings import MISSING, BoolArray, IntArray, RatingMatrix, SetRatings


def split_matrix(matrix: RatingMatrix, meanings: IntArray) -> RatingMatrix:
    """Each unit once for every meaning under which it was rated, with the ratings of that meaning alone.

    `meanings` (units x coders) numbers what the variable meant to a coder at the time; -1 says that it meant
    nothing yet, and the rating is missing. Units keep their order, and those of a participant stay together.
    """
    units, ratings = _split(matrix.ratings, meanings)
    return replace(matrix, participants=matrix.participants[units], ratings=ratings)


def split_sets(sets: SetRatings, meanings: IntArray) -> SetRatings:
    """The same of whole sets."""
    units, ids = _split(sets.set_ids, meanings)
    return replace(
        sets,
        units=tuple(sets.units[unit] for unit in units.tolist()),
        participants=sets.participants[units],
        set_ids=ids,
    )


def has_several_meanings(ratings: IntArray, meanings: IntArray) -> BoolArray:
    """Which units were rated under more than one meaning, those without a meaning being one more."""
    rated = ratings != MISSING
    highest = np.where(rated, meanings, MISSING - 1).max(axis=1, initial=MISSING - 1)
    lowest = np.where(rated, meanings, np.iinfo(np.int64).max).min(axis=1, initial=np.iinfo(np.int64).max)
    return np.asarray(rated.any(axis=1) & (highest != lowest))


def _split(ratings: IntArray, meanings: IntArray) -> tuple[IntArray, IntArray]:
    """The unit that each new unit was, and its ratings."""
    means_something = np.where(meanings == MISSING, MISSING, ratings).astype(ratings.dtype)
    several = has_several_meanings(means_something, meanings)
    if not several.any():
        return np.arange(len(ratings)), means_something
    unit, coder = np.nonzero(several[:, None] & (means_something != MISSING))
    pairs = np.unique(np.stack([unit, meanings[unit, coder]], axis=1), axis=0)
    alone = np.flatnonzero(~several)
    units = np.concatenate([alone, pairs[:, 0]])
    wanted = np.concatenate([np.full(len(alone), MISSING), pairs[:, 1]])
    order = np.lexsort((wanted, units))
    units, wanted = units[order], wanted[order]
    kept = (wanted == MISSING)[:, None] | (meanings[units] == wanted[:, None])
    return units, np.where(kept, means_something[units], MISSING).astype(ratings.dtype)
