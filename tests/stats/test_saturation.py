"""New codes in order, rarefaction, the number of codes, coverage, base and run."""

from __future__ import annotations

from itertools import pairwise, permutations
from math import exp, log, sqrt
from statistics import NormalDist, mean, pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harken.stats.incidence import code_frequencies, rarefaction, richness, round_numbers, sample_coverage
from harken.stats.saturation import base_run_threshold, new_codes

UNITS = [{"a", "b"}, {"a"}, {"c"}, {"a", "d"}, {"b", "c"}, {"e"}]
units = st.lists(st.sets(st.sampled_from("abcdefgh"), max_size=4), max_size=12)


def test_new_codes_are_those_that_no_earlier_unit_had() -> None:
    assert new_codes(UNITS) == [2, 0, 1, 1, 0, 1]


def test_rarefaction_is_the_mean_and_spread_over_all_orders() -> None:
    seen = {n: [] for n in range(1, 7)}
    for order in permutations(UNITS):
        found: set[str] = set()
        for n, codes in enumerate(order, 1):
            found |= codes
            seen[n].append(len(found))
    for point in rarefaction(UNITS):
        assert point.expected == pytest.approx(mean(seen[point.n]))
        assert point.sd == pytest.approx(pstdev(seen[point.n]), abs=1e-6)


def test_the_band_is_colwells_with_chao2_as_the_number_of_codes() -> None:
    (point,) = rarefaction(UNITS, at=[6])
    chao = richness(UNITS).chao2.value
    reach = NormalDist().inv_cdf(0.975) * sqrt(5 - 25 / chao)
    assert (point.low, point.high) == pytest.approx((5 - reach, 5 + reach))


@given(units)
def test_a_curve_rises_to_all_codes_and_ever_more_slowly(given) -> None:
    points = [point.expected for point in rarefaction(given)]
    steps = [after - before for before, after in zip([0, *points], points, strict=False)]
    assert all(step >= -1e-9 for step in steps)
    assert all(later <= earlier + 1e-9 for earlier, later in pairwise(steps))
    assert not points or points[-1] == pytest.approx(len(set().union(*given)))


def test_chao2_and_its_error_follow_the_printed_formula() -> None:
    # Two codes on one unit and two on two of N = 6: A = 5/6, S + A·4/4.
    found = richness(UNITS)
    assert (found.observed, found.once, found.twice) == (5, 2, 2)
    scale, unseen = 5 / 6, 5 / 6 * 4 / 4
    variance = 2 * (scale / 2 + scale**2 + scale**2 / 4)
    factor = exp(NormalDist().inv_cdf(0.975) * sqrt(log(1 + variance / unseen**2)))
    assert found.chao2.value == pytest.approx(5 + unseen)
    assert found.chao2.se == pytest.approx(sqrt(variance))
    assert (found.chao2.low, found.chao2.high) == pytest.approx((5 + unseen / factor, 5 + unseen * factor))


def test_chao2_without_codes_on_two_units_takes_the_other_form() -> None:
    found = richness([{"a"}, {"b"}, {"c", "d"}, {"d", "e"}, {"d"}])
    assert (found.once, found.twice) == (4, 0)
    assert found.chao2.value == pytest.approx(5 + 4 / 5 * 4 * 3 / 2)


def test_where_every_code_is_on_two_units_all_are_seen() -> None:
    found = richness([{"a", "b"}, {"a", "b"}])
    assert (found.chao2.value, found.chao2.low, found.chao2.high) == (2.0, None, None)


def test_nothing_is_known_of_no_unit() -> None:
    assert richness([]).chao2.value is None
    assert rarefaction([]) == []
    assert sample_coverage([]) is None
    assert sample_coverage([set(), set()]) is None


def test_coverage_is_1_less_the_share_of_codes_seen_once() -> None:
    # U = 9, Q1 = 2, Q2 = 2, N = 6 (Chao and Jost 2012).
    assert sample_coverage(UNITS) == pytest.approx(1 - 2 / 9 * (5 * 2) / (5 * 2 + 2 * 2))
    assert sample_coverage([{"a"}, {"a"}]) == 1.0


def test_the_first_run_without_news_is_where_saturation_is_reached() -> None:
    found = base_run_threshold([4, 3, 2, 1, 1, 0, 0, 0], base=4, run=2, threshold=0.05)
    assert (found.n_base_codes, found.reached_at, found.notation) == (10, 5, "5+2")
    assert (found.first.start, found.first.end, found.first.share) == (6, 7, 0.0)
    assert (found.last.start, found.last.end) == (7, 8)


def test_news_up_to_the_threshold_is_no_news() -> None:
    new = [10, 10, 0, 0, 1, 0, 5, 5]
    assert base_run_threshold(new, threshold=0.05).notation == "4+2"
    assert base_run_threshold(new, threshold=0.0).notation == ""
    assert base_run_threshold(new, threshold=0.0).last.share == 0.5


def test_news_that_comes_after_a_quiet_run_is_seen() -> None:
    found = base_run_threshold([10, 0, 0, 0, 0, 0, 5, 0, 0, 0], threshold=0.05)
    assert (found.reached_at, found.settled_at) == (4, 7)
    assert base_run_threshold([10, 0, 0, 0, 0, 0, 0, 5], threshold=0.05).settled_at is None


def test_too_few_units_or_a_base_without_codes_give_no_account() -> None:
    assert base_run_threshold([3, 1, 0, 0, 0]).last is None
    assert base_run_threshold([0, 0, 0, 0, 2, 0, 0]).reached_at is None


def test_long_curves_are_thinned_out_and_keep_round_numbers() -> None:
    points = [point.n for point in rarefaction([{"a"}] * 1000)]
    assert (points[0], points[-1]) == (1, 1000)
    assert set(round_numbers(1000)) <= set(points)
    assert len(points) < 250


def test_a_code_counts_once_a_unit() -> None:
    assert code_frequencies([["a", "a", "b"], ["a"]]) == {"a": 2, "b": 1}


def test_what_codes_are_called_changes_no_digit() -> None:
    units = [{f"code {n * k % 13}" for k in range(n % 5)} for n in range(60)]
    renamed = [{f"{code} of another name" for code in codes} for codes in units]
    assert rarefaction(renamed) == rarefaction(units)
