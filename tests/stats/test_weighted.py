"""Shares under survey weights: Hájek's ratio, its linearised error and logit limits."""

from __future__ import annotations

from fractions import Fraction
from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t as student

from harken.stats.estimate import Undefined
from harken.stats.proportions import wilson
from harken.stats.weighted import effective_number, weighted_difference, weighted_proportion


def arrays(has: str, weights: list[float], domain: str):
    flags = [np.array([letter == "1" for letter in one]) for one in (has, domain)]
    return flags[0], np.array(weights, dtype=float), flags[1]


def test_the_share_and_its_error_are_those_of_the_definition() -> None:
    has, weights, domain = arrays("1100110", [1, 2, 3, 1, 4, 2, 5], "1111110")
    found = weighted_proportion(has, weights, domain)
    share = Fraction(1 + 2 + 4 + 2, 13)
    squares = sum(
        (Fraction(w) * (x - share) / 13) ** 2
        for w, x in zip([1, 2, 3, 1, 4, 2], [1, 1, 0, 0, 1, 1], strict=True)
    )
    se = sqrt(Fraction(7, 6) * squares)
    reach = float(student.ppf(0.975, 5)) * se / float(share * (1 - share))
    logit = log(share / (1 - share))
    assert (found.value, found.se) == pytest.approx((float(share), se))
    assert (found.low, found.high) == pytest.approx(
        (1 / (1 + exp(reach - logit)), 1 / (1 + exp(-reach - logit)))
    )


def test_equal_weights_give_the_error_of_a_simple_random_sample() -> None:
    has, weights, domain = arrays("1" * 12 + "0" * 28, [2.5] * 40, "1" * 40)
    found = weighted_proportion(has, weights, domain)
    assert (found.value, found.se) == pytest.approx((0.3, sqrt(0.3 * 0.7 / 39)))


@given(
    st.lists(st.tuples(st.booleans(), st.floats(0.1, 9), st.booleans()), min_size=2, max_size=30),
    st.floats(0.01, 100),
)
def test_the_scale_of_the_weights_does_not_matter(people, scale: float) -> None:
    has, weights, domain = (np.array(column) for column in zip(*people, strict=True))
    one = weighted_proportion(has, weights, domain)
    other = weighted_proportion(has, weights * scale, domain)
    assert one.undefined == other.undefined
    figures = [(e.value, e.se, e.low, e.high) for e in (one, other) if e.value is not None]
    for figure in figures[1:]:
        assert figure == pytest.approx(figures[0], abs=1e-9)


@given(st.lists(st.tuples(st.booleans(), st.floats(0.1, 9)), min_size=2, max_size=30))
def test_who_has_not_is_the_mirror_of_who_has(people) -> None:
    has, weights = (np.array(column) for column in zip(*people, strict=True))
    domain = np.ones(len(has), dtype=bool)
    one, other = weighted_proportion(has, weights, domain), weighted_proportion(~has, weights, domain)
    assert (other.value, other.low, other.high) == pytest.approx((1 - one.value, 1 - one.high, 1 - one.low))


def test_nobody_and_everybody_have_wilsons_limits_at_the_effective_number() -> None:
    has, weights, domain = arrays("0" * 10, [1.0] * 10, "1" * 10)
    nobody = weighted_proportion(has, weights, domain)
    low, high = wilson(0, 10)
    assert (nobody.value, nobody.se, nobody.low) == (0.0, 0.0, low)
    assert nobody.high == pytest.approx(high)
    everybody = weighted_proportion(~has, weights, domain)
    assert (everybody.value, everybody.high) == (1.0, 1.0)
    assert everybody.low == pytest.approx(1 - high)
    assert nobody.method == everybody.method == "wilson at kish's n"


def test_a_domain_without_weight_has_no_share() -> None:
    has, weights, domain = arrays("110", [0, 0, 3], "110")
    assert weighted_proportion(has, weights, domain).undefined is Undefined.NO_RATINGS
    assert weighted_difference(has, weights, domain, ~domain).undefined is Undefined.NO_RATINGS


def test_the_error_of_a_difference_adds_up_where_the_domains_have_nobody_in_common() -> None:
    has, weights, first = arrays("1101001011", [1, 2, 1, 3, 1, 2, 2, 1, 1, 3], "1111100000")
    one, other = (weighted_proportion(has, weights, domain) for domain in (first, ~first))
    found = weighted_difference(has, weights, first, ~first)
    assert found.value == pytest.approx(one.value - other.value)
    assert found.se == pytest.approx(sqrt(one.se**2 + other.se**2))
    reach = float(student.ppf(0.975, 8)) * found.se
    assert (found.low, found.high) == pytest.approx(
        (max(found.value - reach, -1), min(found.value + reach, 1))
    )


def test_a_difference_from_nobody_squares_and_adds_limits() -> None:
    has, weights, first = arrays("1100000000", [1, 2, 1, 3, 1, 2, 2, 1, 1, 3], "1111100000")
    one, other = (weighted_proportion(has, weights, domain) for domain in (first, ~first))
    found = weighted_difference(has, weights, first, ~first)
    assert found.method == "square-and-add"
    assert found.low == pytest.approx(found.value - sqrt((one.value - one.low) ** 2 + other.high**2))
    assert found.high == pytest.approx(found.value + (one.high - one.value))


def test_the_effective_number_is_that_of_people_for_equal_weights_and_less_otherwise() -> None:
    assert effective_number(np.array([3.0, 3.0, 3.0])) == pytest.approx(3)
    assert effective_number(np.array([1.0, 3.0])) == pytest.approx(1.6)
    assert effective_number(np.array([0.0])) is None
