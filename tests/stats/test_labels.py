"""A table of labels as ratings of one variable."""

from __future__ import annotations

import pytest

from harken.errors import HarkenError
from harken.stats import collect_ratings, measure_variable_agreement


def test_none_and_nan_are_missing_and_whole_numbers_lose_their_point() -> None:
    ratings = collect_ratings([(1.0, 1), (float("nan"), "10"), (2, None)])
    assert ratings.categories == ("1", "2", "10")
    assert ratings.ratings.tolist() == [[0, 0], [-1, 2], [1, -1]]


def test_declared_categories_come_first_and_count_unused() -> None:
    ratings = collect_ratings([("b", "a")], categories=["c", "b"], coders=["ann", "bob"])
    assert (ratings.coders, ratings.categories) == (("ann", "bob"), ("c", "b", "a"))


def test_several_units_of_a_participant_are_numbered_alike() -> None:
    ratings = collect_ratings([("x", "x")] * 3, participants=["p", "q", "p"])
    assert ratings.participants.tolist() == [0, 1, 0]


def test_no_rows_are_no_error() -> None:
    found = measure_variable_agreement(collect_ratings([], coders=["ann", "bob"]))
    assert found.krippendorff_alpha.undefined == "no_ratings"


def test_rows_of_different_length_are_refused() -> None:
    with pytest.raises(HarkenError, match=r"^Row 2 has 1 label, not 2\. Give each coder one"):
        collect_ratings([("x", "x"), ("x",)])


def test_participants_that_do_not_fit_the_rows_are_refused() -> None:
    with pytest.raises(HarkenError, match=r"^There are 1 participant and 2 rows\."):
        collect_ratings([("x", "x"), ("x", "y")], participants=["p"])
