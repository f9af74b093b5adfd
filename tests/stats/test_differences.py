"""Limits of a difference against published figures, and the agreement of limits and test."""

from __future__ import annotations

import json
import os
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harken.errors import HarkenError
from harken.stats.differences import DifferenceMethod, difference_limits
from harken.stats.two_groups import score_square, tail_of_square, two_group_test

SHARED = os.environ.get("HARKEN_SHARED")
METHODS = list(DifferenceMethod)


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17:873, Table II, method 10 (square and add).
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 10), -0.2775, 0.2775),
        ((10, 10, 0, 10), 0.6075, 1.0000),
    ],
)
def test_newcombes_limits_are_those_of_his_table(counts, low: float, high: float) -> None:
    found = difference_limits(*counts, method=DifferenceMethod.NEWCOMBE)
    assert found == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        # Newcombe (1998), Table II, method 6 (Miettinen and Nurminen).
        ((56, 70, 48, 80), 0.0528, 0.3382),
        ((9, 10, 3, 10), 0.1700, 0.8406),
        ((5, 56, 0, 29), -0.0326, 0.1933),
        ((10, 10, 0, 10), 0.6636, 1.0000),
    ],
)
def test_score_limits_are_those_of_the_published_examples(counts, low: float, high: float) -> None:
    assert difference_limits(*counts) == pytest.approx((low, high), abs=6e-5)


@pytest.mark.skipif(SHARED is None, reason="needs the oracle files")
def test_limits_equal_the_reference_to_many_digits() -> None:
    keys = {
        "newcombe": DifferenceMethod.NEWCOMBE,
        "miettinen_nurminen": DifferenceMethod.MIETTINEN_NURMINEN,
        "mee": DifferenceMethod.MEE,
    }
    n_compared = 0
    for file in sorted((Path(SHARED or "") / "oracles/statistics").glob("*.json")):
        case = json.loads(file.read_text())
        if case["kind"] != "difference_ci":
            continue
        for expected in case["expected"]:
            counts = [expected[name] for name in ("x1", "n1", "x2", "n2")]
            for key, limits in expected.items():
                name = key.rstrip("0123456789")
                if name in keys:
                    level = float(f"0.{key.removeprefix(name)}")
                    found = difference_limits(*counts, level=level, method=keys[name])
                    assert found == pytest.approx(limits, abs=1e-9)
                    n_compared += 1
    assert n_compared >= 9


@pytest.mark.parametrize("level", [0.9, 0.95, 0.99])
def test_zero_lies_within_the_limits_exactly_where_the_test_finds_no_difference(level: float) -> None:
    contradictions = []
    for base1, base2 in ((1, 1), (1, 6), (3, 4), (7, 7), (8, 13), (20, 9)):
        for n1, n2 in product(range(base1 + 1), range(base2 + 1)):
            if not 0 < n1 + n2 < base1 + base2:
                continue
            low, high = difference_limits(n1, base1, n2, base2, level=level)
            p = tail_of_square(score_square(n1, base1, n2, base2))
            if (low <= 0 <= high) != (p >= 1 - level):
                contradictions.append((n1, base1, n2, base2, low, high, p))
    assert contradictions == []


@st.composite
def two_groups(draw, largest: int = 400_000) -> tuple[int, int, int, int]:
    base1, base2 = draw(st.integers(1, largest)), draw(st.integers(1, largest))
    few = st.integers(0, 3)
    n1 = draw(st.integers(0, base1) | few.filter(lambda n: n <= base1))
    n2 = draw(st.integers(0, base2) | few.filter(lambda n: n <= base2))
    return n1, base1, n2, base2


@settings(deadline=None, max_examples=300)
@given(counts=two_groups(), level=st.sampled_from([0.8, 0.9, 0.95, 0.99, 0.999]))
def test_limits_and_the_chi_square_agree_in_groups_of_any_size(counts, level: float) -> None:
    low, high = difference_limits(*counts, level=level)
    test = two_group_test(*counts)
    if test is not None and test.name == "n-1 chi-square":
        assert (low <= 0 <= high) == (test.p >= 1 - level)


@settings(deadline=None, max_examples=200)
@given(counts=two_groups(), level=st.sampled_from([0.9, 0.95, 0.99]))
def test_limits_enclose_the_difference_and_mirror_when_groups_or_answers_swap(counts, level: float) -> None:
    n1, base1, n2, base2 = counts
    for method in METHODS:
        low, high = difference_limits(*counts, level=level, method=method)
        assert -1 <= low <= n1 / base1 - n2 / base2 + 1e-12
        assert n1 / base1 - n2 / base2 - 1e-12 <= high <= 1
        swapped = difference_limits(n2, base2, n1, base1, level=level, method=method)
        assert (-high, -low) == pytest.approx(swapped, abs=1e-12)
        others = difference_limits(base1 - n1, base1, base2 - n2, base2, level=level, method=method)
        assert (-high, -low) == pytest.approx(others, abs=1e-9)


@settings(deadline=None, max_examples=60)
@given(counts=two_groups(largest=5_000))
def test_the_score_limits_are_where_the_score_test_turns(counts) -> None:
    # Against the likelihood itself, its top found by halving, instead of the cubic.
    n1, base1, n2, base2 = counts
    total = base1 + base2
    difference = n1 / base1 - n2 / base2
    for limit in difference_limits(*counts):
        if abs(limit) == 1:
            continue
        low, high = max(0.0, -limit), min(1.0, 1 - limit)
        for _ in range(200):
            middle = (low + high) / 2
            first = min(1 - 1e-16, max(1e-300, middle + limit))
            second = min(1 - 1e-16, max(1e-300, middle))
            rises = n1 / first + n2 / second > (base1 - n1) / (1 - first) + (base2 - n2) / (1 - second)
            low, high = (middle, high) if rises else (low, middle)
        first, second = low + limit, low
        variance = first * (1 - first) / base1 + second * (1 - second) / base2
        square = (difference - limit) ** 2 * (total - 1)
        assert square == pytest.approx(1.959963984540054**2 * variance * total, rel=1e-6, abs=1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_a_difference_of_everybody_against_nobody_is_its_own_limit(method: DifferenceMethod) -> None:
    low, high = difference_limits(10, 10, 0, 10, method=method)
    assert high == 1.0
    assert difference_limits(0, 10, 10, 10, method=method) == (-1.0, -low)


@pytest.mark.parametrize("counts", [(0, 0, 3, 10), (3, 10, 0, 0), (0, 0, 0, 0)])
def test_an_empty_group_has_no_difference(counts) -> None:
    assert [difference_limits(*counts, method=method) for method in METHODS] == [None, None, None]


def test_counts_from_arrays_give_the_same_limits_without_overflow() -> None:
    counts = (190_000, 400_000, 189_000, 400_000)
    assert difference_limits(*np.array(counts, dtype=np.int32)) == difference_limits(*counts)


def test_more_than_everybody_is_refused() -> None:
    with pytest.raises(HarkenError, match="between 0 and its base; got 7 of 6"):
        difference_limits(7, 6, 1, 5)
