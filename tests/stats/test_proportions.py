"""Limits of one proportion against published figures, and percentages as a table prints them."""

from __future__ import annotations

import json
import os
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harken.errors import HarkenError
from harken.stats.proportions import clopper_pearson, percent, wilson

SHARED = os.environ.get("HARKEN_SHARED")


@pytest.mark.parametrize(
    ("n", "base", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17:857, Table I, method 3 (score).
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_limits_are_those_of_newcombes_table(n: int, base: int, low: float, high: float) -> None:
    assert wilson(n, base) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("n", "base", "low", "high"),
    [
        # Newcombe (1998), Table I, method 5 (Clopper-Pearson).
        (81, 263, 0.2527, 0.3676),
        (15, 148, 0.0578, 0.1617),
        (0, 20, 0.0000, 0.1684),
        (1, 29, 0.0009, 0.1776),
    ],
)
def test_clopper_pearson_limits_are_those_of_newcombes_table(
    n: int, base: int, low: float, high: float
) -> None:
    assert clopper_pearson(n, base) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.skipif(SHARED is None, reason="needs the oracle files")
def test_limits_equal_the_reference_to_many_digits() -> None:
    case = json.loads((Path(SHARED or "") / "oracles/statistics/p01_newcombe_single.json").read_text())
    for expected in case["expected"]:
        n, base = expected["x"], expected["n"]
        for level in (90, 95, 99):
            wanted = expected[f"wilson{level}"]
            assert wilson(n, base, level=level / 100) == pytest.approx(wanted, abs=case["tolerance"])
        wanted = expected["clopper_pearson95"]
        assert clopper_pearson(n, base) == pytest.approx(wanted, abs=case["tolerance"])


@pytest.mark.parametrize("limits", [wilson, clopper_pearson])
def test_nobody_and_everybody_have_limits_at_exactly_0_and_1(limits) -> None:
    assert limits(0, 50)[0] == 0.0
    assert limits(50, 50)[1] == 1.0


@pytest.mark.parametrize("limits", [wilson, clopper_pearson])
def test_an_empty_base_has_no_limits(limits) -> None:
    assert limits(0, 0) is None


@given(base=st.integers(1, 10_000), data=st.data())
def test_limits_enclose_the_proportion_and_mirror_when_yes_and_no_swap(base: int, data) -> None:
    n = data.draw(st.integers(0, base))
    for limits in (wilson, clopper_pearson):
        low, high = limits(n, base)
        assert 0 <= low <= n / base <= high <= 1
        mirrored = limits(base - n, base)
        assert (1 - high, 1 - low) == pytest.approx(mirrored, abs=1e-9)


@given(base=st.integers(20, 100_000), data=st.data(), decimals=st.integers(0, 4))
def test_percent_is_the_exact_share_rounded_half_up(base: int, data, decimals: int) -> None:
    n = data.draw(st.integers(0, base))
    scaled = Fraction(100 * n, base) * 10**decimals
    assert percent(n, base, decimals=decimals) == int(scaled + Fraction(1, 2)) / 10**decimals


def test_percent_of_the_studys_published_figures() -> None:
    assert [percent(n, 121) for n in (106, 92, 70, 65, 33)] == [87.6, 76.0, 57.9, 53.7, 27.3]
    assert (percent(95, 117), percent(95, 121)) == (81.2, 78.5)


def test_below_a_base_of_20_there_is_no_percent() -> None:
    assert percent(19, 19) is None
    assert percent(20, 20) == 100.0


@pytest.mark.parametrize("level", [0.0, 1.0, 95.0])
def test_a_level_that_is_no_share_is_refused(level: float) -> None:
    with pytest.raises(HarkenError, match="between 0 and 1"):
        wilson(1, 30, level=level)
