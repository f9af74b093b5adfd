"""Differences pooled over strata, and strata of answer length."""

from __future__ import annotations

from math import comb, sqrt
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harken.stats.stratified import length_strata, mantel_haenszel_difference


@st.composite
def strata(draw) -> list[tuple[int, int, int, int]]:
    found = []
    for _ in range(draw(st.integers(1, 6))):
        base1, base2 = draw(st.integers(0, 30)), draw(st.integers(0, 30))
        found.append((draw(st.integers(0, base1)), base1, draw(st.integers(0, base2)), base2))
    return found


def test_strata_are_weighted_by_the_harmonic_size_of_their_groups() -> None:
    # Weights 20·30/50 = 12 and 9·30/39 = 270/39; differences 1/2 - 1/6 and 1/3 - 2/15.
    value, low, high = mantel_haenszel_difference([(10, 20, 5, 30), (3, 9, 4, 30)])
    weights = 12, 270 / 39
    assert value == pytest.approx((weights[0] / 3 + weights[1] / 5) / sum(weights))
    assert low < value < high


def test_in_one_stratum_of_two_groups_of_one_size_the_variance_is_that_of_two_binomials() -> None:
    value, low, high = mantel_haenszel_difference([(12, 40, 5, 40)])
    reach = NormalDist().inv_cdf(0.975) * sqrt((12 * 28 + 5 * 35) / 40**3)
    assert (value, low, high) == pytest.approx((7 / 40, 7 / 40 - reach, 7 / 40 + reach))


def test_the_variance_is_right_on_average_where_the_difference_is_the_same_in_all_strata() -> None:
    # Every outcome of two strata of 12 v 15 and 9 v 10 people, shares .5 v .3 and .7 v .5.
    sizes, shares = (12, 15, 9, 10), (0.5, 0.3, 0.7, 0.5)

    def chances(n: int, p: float) -> list[float]:
        return [comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]

    z = NormalDist().inv_cdf(0.975)
    mean = square = said = 0.0
    per_group = [chances(n, p) for n, p in zip(sizes, shares, strict=True)]
    for n1, p1 in enumerate(per_group[0]):
        for n2, p2 in enumerate(per_group[1]):
            for n3, p3 in enumerate(per_group[2]):
                for n4, p4 in enumerate(per_group[3]):
                    value, low, high = mantel_haenszel_difference([(n1, 12, n2, 15), (n3, 9, n4, 10)])
                    chance = p1 * p2 * p3 * p4
                    mean += chance * value
                    square += chance * value**2
                    if low is not None and low > -1 and high < 1:
                        said += chance * ((high - low) / 2 / z) ** 2
    assert mean == pytest.approx(0.2)
    assert said == pytest.approx(square - mean**2, rel=0.06)


@given(strata())
def test_the_other_way_round_is_the_same_difference_with_the_other_sign(given) -> None:
    there = mantel_haenszel_difference(given)
    back = mantel_haenszel_difference([(n2, base2, n1, base1) for n1, base1, n2, base2 in given])
    if there is None:
        assert back is None
        return
    value, low, high = there
    mirrored = [None if limit is None else -limit for limit in (value, high, low)]
    assert list(back) == pytest.approx(mirrored, abs=1e-12)


def test_a_stratum_without_one_of_the_groups_says_nothing() -> None:
    both = (10, 20, 5, 30)
    assert mantel_haenszel_difference([both, (3, 9, 0, 0)]) == mantel_haenszel_difference([both])
    assert mantel_haenszel_difference([(3, 9, 0, 0), (0, 0, 2, 4)]) is None


def test_there_are_no_limits_where_nothing_varies_within_the_groups() -> None:
    assert mantel_haenszel_difference([(20, 20, 0, 30)]) == (1.0, None, None)
    assert mantel_haenszel_difference([(0, 20, 0, 30)]) == (0.0, None, None)


def test_people_are_cut_into_fifths_and_equal_lengths_stay_together() -> None:
    assert length_strata([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]) == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert length_strata([3, 3, 3, 3, 3, 9]) == [0, 0, 0, 0, 0, 1]
    assert length_strata([7, 7, 7]) == [0, 0, 0]
    assert length_strata([]) == []


@given(st.lists(st.integers(0, 40), max_size=60))
def test_strata_go_up_with_length_and_have_no_gaps(lengths) -> None:
    found = dict(zip(lengths, length_strata(lengths), strict=True))
    assert [found[length] for length in sorted(found)] == sorted(found.values())
    assert set(found.values()) == set(range(len(set(found.values()))))
    assert len(set(found.values())) <= 5
