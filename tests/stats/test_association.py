"""Several groups at once against published figures, the reference and brute force; adjusted p values."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from math import exp, lgamma
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import ncx2

from harken.errors import HarkenError
from harken.stats.association import (
    bias_corrected_v,
    cramers_v,
    group_test,
    table_cramers_v,
    table_test,
)
from harken.stats.estimate import Undefined
from harken.stats.fixed_margins import drawn_p, exact_p
from harken.stats.multiplicity import benjamini_hochberg, holm
from harken.stats.two_groups import two_group_test

SHARED = os.environ.get("HARKEN_SHARED")

# Benjamini and Hochberg (1995), section 4: fifteen hypotheses of a study on thrombolysis.
BH_1995 = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
]


def oracle_cases(kind: str) -> Iterator[dict]:
    for file in sorted((Path(SHARED or "") / "oracles/statistics").glob("*.json")):
        case = json.loads(file.read_text())
        if case["kind"] == kind:
            yield from case["expected"]


@pytest.mark.skipif(SHARED is None, reason="needs the oracle files")
def test_tables_equal_the_reference() -> None:
    n_compared = 0
    for expected in oracle_cases("r_by_c"):
        table = np.array(expected["table"])
        found = table_test(table)
        assert found is not None
        assert exact_p(table) == pytest.approx(expected["freeman_halton_p"], abs=1e-9)
        if found.name == "chi-square":
            assert (found.statistic, found.df) == pytest.approx((expected["chi2"], expected["df"]), abs=1e-9)
            assert found.p == pytest.approx(expected["chi2_p"], abs=1e-9)
        v = table_cramers_v(table)
        assert v.value == pytest.approx(expected["cramer_v"], abs=1e-9)
        assert (v.low, v.high) == pytest.approx(expected["cramer_v_95_noncentral"], abs=1e-7)
        assert bias_corrected_v(table).value == pytest.approx(expected["cramer_v_bias_corrected"], abs=1e-9)
        p, se = drawn_p(table, seed=1)
        assert abs(p - expected["freeman_halton_p"]) < 3 * se
        n_compared += 1
    assert n_compared >= 2


@pytest.mark.skipif(SHARED is None, reason="needs the oracle files")
def test_adjusted_p_values_equal_the_reference() -> None:
    for expected in oracle_cases("multiplicity"):
        for adjust, key in ((holm, "holm"), (benjamini_hochberg, "bh")):
            found = adjust(expected["p"])
            assert [value is None for value in found] == [value is None for value in expected[key]]
            assert [value for value in found if value is not None] == pytest.approx(
                [value for value in expected[key] if value is not None], abs=1e-9
            )


def listed_p(table: np.ndarray) -> float:
    """The exact p with every table written down, one by one."""
    rows, columns = [int(n) for n in table.sum(axis=1)], [int(n) for n in table.sum(axis=0)]

    def fillings(total: int, room: list[int]) -> Iterator[list[int]]:
        if len(room) == 1:
            if total <= room[0]:
                yield [total]
            return
        for first in range(min(total, room[0]) + 1):
            for rest in fillings(total - first, room[1:]):
                yield [first, *rest]

    def weights(place: int, room: list[int]) -> Iterator[float]:
        if place == len(columns):
            yield 0.0
            return
        for cells in fillings(columns[place], room):
            here = -sum(lgamma(n + 1) for n in cells)
            for rest in weights(place + 1, [most - n for most, n in zip(room, cells, strict=True)]):
                yield here + rest

    seen = -sum(lgamma(n + 1) for n in table.ravel())
    every = list(weights(0, rows))
    return sum(exp(w - seen) for w in every if w <= seen + 1e-7) / sum(exp(w - seen) for w in every)


@settings(deadline=None, max_examples=60)
@given(data=st.data(), n_rows=st.integers(2, 3), n_columns=st.integers(2, 4))
def test_the_exact_test_counts_every_table(data, n_rows: int, n_columns: int) -> None:
    cells = st.lists(st.integers(0, 4), min_size=n_columns, max_size=n_columns)
    table = np.array(data.draw(st.lists(cells, min_size=n_rows, max_size=n_rows)))
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    if min(table.shape) >= 2:
        assert exact_p(table) == pytest.approx(listed_p(table), abs=1e-10)


def test_the_exact_test_of_job_satisfaction() -> None:
    # Agresti (2002), p. 57, as in the help page of R's fisher.test: p = 0.7827.
    table = np.array([[1, 2, 1, 0], [3, 3, 6, 1], [10, 10, 14, 9], [6, 7, 12, 11]])
    assert exact_p(table) == pytest.approx(0.7827, abs=5e-5)


def test_a_rare_theme_in_very_large_groups_is_tested_exactly() -> None:
    found = group_test([60, 50, 2], [100_000, 100_000, 3])
    assert found is not None
    assert (found.name, found.statistic, found.df) == ("exact", None, None)
    assert 0 < found.p < 1e-5


def test_where_there_are_too_many_tables_they_are_drawn_and_the_draw_can_be_repeated() -> None:
    ns, bases = [0, 1, 2, 5, 3, 1] * 5, [20] * 30
    found = group_test(ns, bases, seed=3)
    assert found is not None
    assert found.name == "monte-carlo"
    assert found.se == pytest.approx((found.p * (1 - found.p) / 99_999) ** 0.5)
    assert group_test(ns, bases, seed=3) == found
    assert group_test(ns, bases, seed=4) != found


def test_two_groups_and_any_number_of_empty_ones_are_tested_as_two() -> None:
    assert group_test([31, 0, 40], [121, 0, 282]) == two_group_test(31, 121, 40, 282)


@pytest.mark.parametrize(
    ("ns", "bases"), [([0, 0, 0], [4, 5, 6]), ([4, 5, 6], [4, 5, 6]), ([2, 0, 0], [5, 0, 0]), ([], [])]
)
def test_groups_without_variation_or_people_are_not_tested(ns: list[int], bases: list[int]) -> None:
    assert group_test(ns, bases) is None


def test_cramers_v_of_two_groups_is_phi() -> None:
    assert cramers_v([31, 40], [121, 282]).value == pytest.approx(0.1375852285274614, abs=1e-12)


@settings(deadline=None, max_examples=60)
@given(data=st.data(), n_groups=st.integers(2, 6), level=st.sampled_from([0.9, 0.95, 0.99]))
def test_the_limits_of_v_turn_the_noncentral_chi_square_around(data, n_groups: int, level: float) -> None:
    bases = data.draw(st.lists(st.integers(1, 400), min_size=n_groups, max_size=n_groups))
    ns = [data.draw(st.integers(0, base)) for base in bases]
    found = cramers_v(ns, bases, level=level)
    if found.value is None:
        assert sum(ns) in (0, sum(bases))
        return
    statistic = found.value**2 * sum(bases)
    for limit, share in ((found.low, (1 + level) / 2), (found.high, (1 - level) / 2)):
        if 0 < limit < 1:
            assert ncx2.cdf(statistic, n_groups - 1, limit**2 * sum(bases)) == pytest.approx(share, abs=1e-6)


def test_v_is_one_at_most_where_every_group_is_of_one_mind() -> None:
    found = cramers_v([5, 0, 7], [5, 6, 7])
    assert (found.value, found.high) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("ns", "bases", "why"),
    [
        ([0, 0, 0], [4, 5, 6], Undefined.ONE_CATEGORY),
        ([4, 5], [4, 5], Undefined.ONE_CATEGORY),
        ([2, 0], [5, 0], Undefined.TOO_FEW_UNITS),
        ([], [], Undefined.TOO_FEW_UNITS),
    ],
)
def test_v_says_why_it_is_undefined(ns: list[int], bases: list[int], why: Undefined) -> None:
    assert (cramers_v(ns, bases).value, cramers_v(ns, bases).undefined) == (None, why)


def test_a_table_of_negative_counts_is_refused() -> None:
    with pytest.raises(HarkenError, match="counts of people; got -1"):
        table_test([[1, 2], [-1, 4]])


def test_benjamini_and_hochbergs_own_example_has_four_findings_and_holms_three() -> None:
    assert sum(p <= 0.05 for p in benjamini_hochberg(BH_1995) if p is not None) == 4
    assert sum(p <= 0.05 for p in holm(BH_1995) if p is not None) == 3


def test_themes_that_were_not_tested_stand_outside_the_family() -> None:
    ps = [0.01, 0.04, 0.03]
    for adjust in (holm, benjamini_hochberg):
        one, two, three = adjust(ps)
        assert adjust([None, ps[0], ps[1], None, ps[2]]) == [None, one, two, None, three]
    assert (holm([None, None]), benjamini_hochberg([])) == ([None, None], [])


@given(ps=st.lists(st.floats(0, 1), max_size=30))
def test_adjusted_p_values_keep_their_order_and_are_never_smaller(ps: list[float]) -> None:
    for adjust in (holm, benjamini_hochberg):
        pairs = sorted(zip(ps, adjust(ps), strict=True))
        assert all(p <= adjusted <= 1 for p, adjusted in pairs)
        assert [adjusted for _, adjusted in pairs] == sorted(adjusted for _, adjusted in pairs)
