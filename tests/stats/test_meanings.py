"""Ratings under different meanings as ratings of different units."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from harken.stats.agreement import measure_code_agreement
from harken.stats.meanings import has_several_meanings, split_matrix, split_sets
from harken.stats.ratings import MISSING, RatingMatrix, collect_set_ratings
from harken.stats.uncertainty import Uncertainty


def matrix(ratings: list[list[int]]) -> RatingMatrix:
    table = np.array(ratings, dtype=np.int8)
    coders = ("ann", "bob", "eve")[: table.shape[1]]
    return RatingMatrix(
        coders=coders, categories=("0", "1"), participants=np.arange(len(table)), ratings=table
    )


def test_a_unit_stands_once_for_each_meaning_under_which_it_was_rated() -> None:
    found = split_matrix(matrix([[1, 0, 1], [1, 1, -1]]), np.array([[0, 1, 0], [1, 1, -1]]))
    assert found.ratings.tolist() == [[1, -1, 1], [-1, 0, -1], [1, 1, -1]]
    assert found.participants.tolist() == [0, 0, 1]


def test_a_rating_without_a_meaning_is_missing() -> None:
    found = split_matrix(matrix([[0, 1], [1, 1]]), np.array([[-1, 0], [0, 0]]))
    assert found.ratings.tolist() == [[-1, 1], [1, 1]]


def test_whole_sets_are_split_alike_and_keep_the_names_of_their_units() -> None:
    sets = collect_set_ratings([("u1", "ann", ["x"]), ("u1", "bob", ["x"]), ("u2", "ann", [])])
    found = split_sets(sets, np.array([[0, 1], [0, -1]]))
    assert found.units == ("u1", "u1", "u2")
    assert (found.set_ids != MISSING).tolist() == [[True, False], [False, True], [True, False]]


def test_units_with_several_meanings_are_told() -> None:
    ratings = np.array([[1, 0, -1], [1, 0, 0], [-1, -1, -1]])
    meanings = np.array([[0, 0, -1], [0, 0, 1], [-1, -1, -1]])
    assert has_several_meanings(ratings, meanings).tolist() == [False, True, False]


TABLES = arrays(np.int8, st.tuples(st.integers(1, 12), st.just(3)), elements=st.integers(-1, 1))


@given(TABLES)
def test_one_meaning_throughout_changes_nothing(table) -> None:
    before = matrix(table.tolist())
    after = split_matrix(before, np.where(table == MISSING, MISSING, 0))
    assert after.ratings.tolist() == table.tolist()


@given(TABLES, st.data())
def test_every_rating_with_a_meaning_stands_in_one_unit_beside_those_of_its_meaning(table, data) -> None:
    meanings = data.draw(arrays(np.int64, table.shape, elements=st.integers(-1, 2)))
    found = split_matrix(matrix(table.tolist()), meanings)
    expected = sorted(
        (unit, *(rating if meanings[unit][coder] == meaning else MISSING for coder, rating in enumerate(row)))
        for unit, row in enumerate(table.tolist())
        for meaning in {int(meanings[unit][coder]) for coder, rating in enumerate(row) if rating != MISSING}
        - {MISSING}
    )
    rated = [
        (unit, *row)
        for unit, row in zip(found.participants.tolist(), found.ratings.tolist(), strict=True)
        if set(row) != {MISSING}
    ]
    assert sorted(rated) == expected


@given(TABLES)
def test_a_meaning_of_its_own_for_each_coder_leaves_nothing_to_compare(table) -> None:
    found = split_matrix(matrix(table.tolist()), np.broadcast_to(np.arange(3), table.shape))
    agreement = measure_code_agreement(found, uncertainty=Uncertainty(replicates=2))
    assert agreement.n_units_pairable == 0
