"""Tests and odds ratios of two groups against published figures and brute force."""

from __future__ import annotations

import json
import os
from math import comb, inf
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harken.stats.estimate import Estimate, Undefined
from harken.stats.fisher import fisher_exact, fisher_midp
from harken.stats.odds_ratios import OddsRatioMethod, conditional_odds_ratio
from harken.stats.two_groups import TestResult, two_group_test

SHARED = os.environ.get("HARKEN_SHARED")
METHODS = list(OddsRatioMethod)


def test_fishers_exact_test_of_the_lady_tasting_tea() -> None:
    # Agresti, Categorical Data Analysis: p = .4857.
    assert fisher_exact(3, 4, 1, 4) == pytest.approx(0.4857, abs=5e-5)


def test_fishers_exact_test_of_convicted_twins() -> None:
    # Fisher (1962), as in the help page of R's fisher.test: p = 0.0005367.
    assert fisher_exact(2, 12, 15, 18) == pytest.approx(0.0005367, abs=5e-8)


def test_the_odds_ratio_of_the_lady_tasting_tea() -> None:
    # Agresti: conditional estimate 6.41; exact limits .21 and 626.24 (SAS).
    found = conditional_odds_ratio(3, 4, 1, 4, method="exact")
    assert found.value == pytest.approx(6.41, abs=0.005)
    assert (found.low, found.high) == pytest.approx((0.21, 626.24), abs=0.005)


@pytest.mark.skipif(SHARED is None, reason="needs the oracle files")
def test_figures_equal_the_reference_to_many_digits() -> None:
    n_compared = 0
    for file in sorted((Path(SHARED or "") / "oracles/statistics").glob("*.json")):
        case = json.loads(file.read_text())
        if case["kind"] != "two_by_two":
            continue
        for expected in case["expected"]:
            (a, b), (c, d) = expected["table"]
            counts = (a, a + b, c, c + d)
            near = pytest.approx
            assert fisher_exact(*counts) == near(expected["fisher_p"], abs=1e-9)
            assert fisher_midp(*counts) == near(expected["fisher_midp_p"], abs=1e-9)
            test = two_group_test(*counts)
            if test is not None and test.name == "n-1 chi-square":
                assert test.p == near(expected["n_minus_1_chi2_p"], abs=1e-9)
            for method, key in ((OddsRatioMethod.EXACT, "or_exact95"), (OddsRatioMethod.MID_P, "or_midp95")):
                found = conditional_odds_ratio(*counts, method=method)
                value = inf if found.undefined is Undefined.UNBOUNDED else found.value
                high = inf if found.undefined is Undefined.UNBOUNDED else found.high
                wanted = [float(x) for x in (expected["or_conditional_mle"], *expected[key])]
                assert (value, found.low, high) == near(wanted, rel=1e-9, abs=1e-9)
                n_compared += 1
    assert n_compared >= 6


def test_the_studys_groups_differ_by_the_score_test() -> None:
    statistic = 402 * (31 * 282 - 40 * 121) ** 2 / (121 * 282 * 71 * 332)
    found = two_group_test(31, 121, 40, 282)
    assert found is not None
    assert (found.name, found.df, found.se) == ("n-1 chi-square", 1, None)
    assert found.statistic == pytest.approx(statistic, rel=1e-14)
    assert found.p == pytest.approx(0.00580539366661135, abs=1e-12)


@pytest.mark.parametrize(
    ("counts", "name"),
    [((1, 10, 1, 10), "n-1 chi-square"), ((1, 10, 0, 12), "mid-p"), ((9, 10, 12, 12), "mid-p")],
)
def test_where_less_than_one_person_is_expected_the_test_is_fishers_with_mid_p(counts, name: str) -> None:
    found = two_group_test(*counts)
    assert found is not None
    assert found.name == name
    if name == "mid-p":
        assert found == TestResult(name=name, statistic=None, df=None, p=fisher_midp(*counts))


@pytest.mark.parametrize("counts", [(0, 5, 0, 9), (5, 5, 9, 9), (0, 0, 3, 9), (3, 9, 0, 0)])
def test_without_variation_or_people_there_is_no_test(counts) -> None:
    assert two_group_test(*counts) is None


def brute_force(n1: int, base1: int, n2: int, base2: int) -> tuple[float, float]:
    """Fisher's p and mid-p, with the probabilities as whole numbers."""
    n = n1 + n2
    ways = {k: comb(base1, k) * comb(base2, n - k) for k in range(max(0, n - base2), min(n, base1) + 1)}
    less = sum(way for way in ways.values() if way < ways[n1])
    tied = sum(way for way in ways.values() if way == ways[n1])
    return (less + tied) / sum(ways.values()), (2 * less + tied) / (2 * sum(ways.values()))


@st.composite
def two_groups(draw, largest: int) -> tuple[int, int, int, int]:
    base1, base2 = draw(st.integers(1, largest)), draw(st.integers(1, largest))
    return draw(st.integers(0, base1)), base1, draw(st.integers(0, base2)), base2


@settings(deadline=None)
@given(counts=two_groups(60))
def test_fishers_tests_are_those_of_whole_numbers(counts) -> None:
    assert (fisher_exact(*counts), fisher_midp(*counts)) == pytest.approx(brute_force(*counts), rel=1e-10)


def tails(n1: int, base1: int, n2: int, base2: int, odds: float) -> tuple[float, float, float]:
    """How probable it is that fewer, just as many and more of the first group have the theme."""
    n = n1 + n2
    ways = {
        k: comb(base1, k) * comb(base2, n - k) * odds**k for k in range(max(0, n - base2), min(n, base1) + 1)
    }
    whole = sum(ways.values())
    below = sum(way for k, way in ways.items() if k < n1) / whole
    return below, ways[n1] / whole, sum(way for k, way in ways.items() if k > n1) / whole


@settings(deadline=None)
@given(counts=two_groups(25), method=st.sampled_from(METHODS), level=st.sampled_from([0.9, 0.95, 0.99]))
def test_at_its_limits_an_odds_ratio_is_just_not_rejected(counts, method: OddsRatioMethod, level) -> None:
    found = conditional_odds_ratio(*counts, level=level, method=method)
    part = 0.5 if method is OddsRatioMethod.MID_P else 1.0
    if found.low:
        _, seen, above = tails(*counts, found.low)
        assert above + part * seen == pytest.approx((1 - level) / 2, rel=1e-8)
    if found.high:
        below, seen, _ = tails(*counts, found.high)
        assert below + part * seen == pytest.approx((1 - level) / 2, rel=1e-8)


@settings(deadline=None)
@given(counts=two_groups(400_000))
def test_an_odds_ratio_turns_over_when_the_groups_swap(counts) -> None:
    n1, base1, n2, base2 = counts
    found, swapped = conditional_odds_ratio(*counts), conditional_odds_ratio(n2, base2, n1, base1)

    def ends(one: Estimate) -> list[float]:
        return [inf if limit is None else limit for limit in (one.low, one.value, one.high)]

    if 0 < n1 + n2 < base1 + base2:
        assert ends(found) == pytest.approx([1 / x if x else inf for x in reversed(ends(swapped))], rel=1e-6)


@pytest.mark.parametrize("method", METHODS)
def test_an_odds_ratio_is_unbounded_where_one_group_has_nobody_without(method: OddsRatioMethod) -> None:
    found = conditional_odds_ratio(5, 5, 3, 9, method=method)
    assert (found.value, found.high, found.undefined) == (None, None, Undefined.UNBOUNDED)
    assert found.low is not None
    assert found.low > 0


def test_an_odds_ratio_of_nobody_against_somebody_is_zero_with_a_limit_above() -> None:
    found = conditional_odds_ratio(0, 5, 3, 9)
    assert (found.value, found.low, found.undefined) == (0.0, 0.0, None)
    assert found.high is not None


@pytest.mark.parametrize(
    ("counts", "why"),
    [
        ((0, 5, 0, 9), Undefined.ONE_CATEGORY),
        ((5, 5, 9, 9), Undefined.ONE_CATEGORY),
        ((0, 0, 3, 9), Undefined.TOO_FEW_UNITS),
    ],
)
def test_an_odds_ratio_without_variation_or_people_says_why_there_is_none(counts, why: Undefined) -> None:
    assert conditional_odds_ratio(*counts) == Estimate(
        value=None, undefined=why, level=0.95, method="conditional mid-p"
    )


def test_counts_from_arrays_give_the_same_figures() -> None:
    counts = (190_000, 400_000, 189_000, 400_000)
    as_array = np.array(counts, dtype=np.int32)
    assert two_group_test(*as_array) == two_group_test(*counts)
    assert conditional_odds_ratio(*as_array) == conditional_odds_ratio(*counts)
