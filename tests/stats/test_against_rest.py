"""Each coder against the others, held against figures worked out by hand and against other functions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from harken.stats.against_rest import measure_against_rest
from harken.stats.agreement import measure_code_agreement
from harken.stats.estimate import Undefined
from harken.stats.pair_agreement import measure_all_pairs
from harken.stats.ratings import MISSING, RatingMatrix
from harken.stats.uncertainty import Uncertainty, UncertaintyMethod

POINTS = Uncertainty(replicates=2)


def matrix(ratings: list[list[int]]) -> RatingMatrix:
    table = np.array(ratings, dtype=np.int8)
    return RatingMatrix(
        coders=tuple("abcd"[: table.shape[1]]),
        categories=("0", "1"),
        participants=np.arange(len(table)),
        ratings=table,
    )


def test_shares_are_means_over_the_units_that_the_coder_shares_with_another() -> None:
    ratings = matrix([[1, 1, 0], [0, 0, -1], [1, -1, -1], [1, 0, 0]])
    first = measure_against_rest(ratings, uncertainty=POINTS)[0]
    assert first.n_units == 3
    assert first.percent_agreement.value == pytest.approx((1 / 2 + 1 + 0) / 3)
    assert first.own_prevalence == pytest.approx(2 / 3)
    assert first.others_prevalence == pytest.approx((1 / 2 + 0 + 0) / 3)


def test_kappas_that_are_undefined_are_left_out_of_the_mean_and_counted() -> None:
    ratings = matrix([[1, 1, 1], [0, 0, -1], [1, 1, 1]])
    first = measure_against_rest(ratings, uncertainty=POINTS)[0]
    assert (first.mean_kappa.value, first.n_undefined_kappas) == (1, 1)


def test_fewer_than_three_coders_have_no_rest() -> None:
    assert measure_against_rest(matrix([[1, 0], [1, 1]])) == ()


def test_a_coder_who_shares_no_unit_is_undefined_and_says_why() -> None:
    *_, last = measure_against_rest(matrix([[1, 1, -1], [0, 1, -1], [-1, -1, 1]]), uncertainty=POINTS)
    assert (last.n_units, last.percent_agreement.undefined) == (0, Undefined.NO_OVERLAP)
    assert (last.own_prevalence, last.others_prevalence) == (None, None)


def test_the_bootstrap_gives_limits_to_every_figure() -> None:
    rng = np.random.default_rng(3)
    ratings = matrix(rng.integers(0, 2, size=(60, 3)).tolist())
    for one in measure_against_rest(ratings, uncertainty=Uncertainty(replicates=200)):
        for estimate in (one.percent_agreement, one.mean_kappa, one.alpha_without):
            assert estimate.low is not None
            assert estimate.high is not None
            assert estimate.low <= estimate.value <= estimate.high


TABLES = arrays(np.int8, st.tuples(st.integers(1, 15), st.just(4)), elements=st.integers(-1, 1))


@given(TABLES, st.sampled_from(list(UncertaintyMethod)))
def test_alpha_without_a_coder_is_the_alpha_of_the_others(table, method) -> None:
    how = Uncertainty(method=method, replicates=2)
    for place, one in enumerate(measure_against_rest(matrix(table.tolist()), uncertainty=how)):
        others = measure_code_agreement(matrix(np.delete(table, place, axis=1).tolist()), uncertainty=how)
        alpha = others.krippendorff_alpha
        assert one.alpha_without.value == pytest.approx(alpha.value)
        assert one.alpha_without.undefined is alpha.undefined
        if method is UncertaintyMethod.ANALYTIC:
            assert one.alpha_without.se == pytest.approx(alpha.se)


@given(TABLES)
def test_the_mean_kappa_is_that_of_the_pairs(table) -> None:
    pairs = measure_all_pairs(matrix(table.tolist()), uncertainty=POINTS)
    for one in measure_against_rest(matrix(table.tolist()), uncertainty=POINTS):
        kappas = [pair.cohen_kappa.value for pair in pairs if one.coder in pair.coders]
        defined = [kappa for kappa in kappas if kappa is not None]
        expected = sum(defined) / len(defined) if defined else None
        assert one.mean_kappa.value == (None if expected is None else pytest.approx(expected))
        assert one.n_undefined_kappas == len(kappas) - len(defined)


@given(TABLES)
def test_share_agreeing_is_counted_unit_by_unit(table) -> None:
    for place, one in enumerate(measure_against_rest(matrix(table.tolist()), uncertainty=POINTS)):
        shares = []
        for row in table.tolist():
            others = [rating for other, rating in enumerate(row) if other != place and rating != MISSING]
            if row[place] != MISSING and others:
                shares.append(sum(rating == row[place] for rating in others) / len(others))
        expected = sum(shares) / len(shares) if shares else None
        assert one.percent_agreement.value == (None if expected is None else pytest.approx(expected))
