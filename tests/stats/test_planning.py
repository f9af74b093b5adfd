"""Planning: numbers printed elsewhere, the variance behind the width, and what must hold between them."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import brentq

from harken.errors import HarkenError
from harken.stats.intervals.linearised import krippendorff_alpha_se
from harken.stats.planning import (
    Aim,
    alpha_variance,
    count_units_for_target,
    count_units_for_uses,
    count_units_for_width,
    find_rarest_prevalence,
)

AIM = Aim()
PREVALENCES = st.floats(min_value=0.01, max_value=0.99)
TARGETS = st.floats(min_value=0.1, max_value=0.95)


def cells(prevalence: float, alpha: float) -> list[float]:
    """Shares of the 2 x 2 of two coders who apply a code equally often."""
    spread = prevalence * (1 - prevalence)
    apart = spread * (1 - alpha)
    return [prevalence**2 + alpha * spread, apart, apart, (1 - prevalence) ** 2 + alpha * spread]


@pytest.mark.parametrize(
    ("prevalence", "target", "needed"),
    [
        # The method's own examples at p = .05.
        (0.10, 0.667, 172),
        (0.10, 0.800, 294),
        # 20 % of 403 answers, 81, can judge only codes used in a quarter of them.
        (0.25, 0.667, 81),
    ],
)
def test_units_for_a_target_are_those_of_the_published_formula(
    prevalence: float, target: float, needed: int
) -> None:
    assert count_units_for_target(prevalence, target, AIM) == needed


def test_twenty_percent_of_403_answers_judge_no_code_rarer_than_a_quarter() -> None:
    rarest = find_rarest_prevalence(81, 0.667, AIM)
    assert rarest is not None
    assert round(rarest, 2) == 0.25


def test_a_low_target_still_takes_ten_expected_uses() -> None:
    assert count_units_for_uses(0.1, AIM) == 100
    assert count_units_for_target(0.1, 0.1, AIM) == 100


@pytest.mark.parametrize(("prevalence", "alpha"), [(0.1, 0.8), (0.25, 0.5), (0.03, 0.9), (0.7, 0.2)])
def test_the_variance_is_the_limit_of_the_linearised_one(prevalence: float, alpha: float) -> None:
    both, apart, _, neither = cells(prevalence, alpha)
    n = 10**6
    se = krippendorff_alpha_se(np.array([[0, 2], [1, 1], [2, 0]]), np.array([both, 2 * apart, neither]) * n)
    assert se is not None
    assert alpha_variance(prevalence, alpha) == pytest.approx(n * se**2, rel=1e-5)


@pytest.mark.parametrize("prevalence", [0.1, 0.25, 0.5])
def test_intervals_of_simulated_studies_of_the_planned_size_are_as_wide_as_aimed_at(
    prevalence: float,
) -> None:
    n = count_units_for_width(prevalence, Aim(width=0.2, assumed_alpha=0.8))
    assert n is not None
    counts = np.random.default_rng(1).multinomial(n, cells(prevalence, 0.8), size=20_000)
    both, first, second, _ = counts.T
    share = (2 * both + first + second) / (2 * n)
    observed = (first + second) / n
    alpha = 1 - observed * (1 - 1 / (2 * n)) / (2 * share * (1 - share))
    low, high = np.quantile(alpha, [0.025, 0.975])
    assert high - low == pytest.approx(0.2, rel=0.03)


@pytest.mark.parametrize("prevalence", [0.02, 0.1, 0.25, 0.5])
@pytest.mark.parametrize(("target", "one_sided", "two_sided"), [(0.667, 0.796, 0.814), (0.8, 0.878, 0.889)])
def test_what_must_be_found_with_the_units_for_a_target_is_what_the_page_says(
    prevalence: float, target: float, one_sided: float, two_sided: float
) -> None:
    n = count_units_for_target(prevalence, target, AIM)

    def found(quantile: float) -> float:
        def reach(alpha: float) -> float:
            return alpha - quantile * float(np.sqrt(alpha_variance(prevalence, alpha) / n)) - target

        return float(brentq(reach, target, 0.9999))

    normal = NormalDist()
    assert (found(normal.inv_cdf(0.95)), found(normal.inv_cdf(0.975))) == pytest.approx(
        (one_sided, two_sided), abs=0.0015
    )


def test_no_units_are_enough_for_a_target_where_they_are_too_few_for_a_code_of_one_half() -> None:
    needed = count_units_for_target(0.5, 0.8, AIM)
    assert find_rarest_prevalence(needed - 1, 0.8, AIM) is None
    assert find_rarest_prevalence(needed, 0.8, AIM) is not None


@given(n=st.integers(min_value=1, max_value=100_000), target=TARGETS)
def test_the_rarest_prevalence_is_where_the_needed_units_pass_the_number(n: int, target: float) -> None:
    rarest = find_rarest_prevalence(n, target, AIM)
    if rarest is None:
        assert all(count_units_for_target(share / 100, target, AIM) > n for share in range(1, 100))
    else:
        assert count_units_for_target(min(rarest * 1.0001, 0.5), target, AIM) <= n
        assert count_units_for_target(rarest * 0.99, target, AIM) > n


@given(prevalence=PREVALENCES, target=TARGETS, higher=TARGETS)
def test_a_higher_target_never_takes_fewer_units(prevalence: float, target: float, higher: float) -> None:
    assume(target < higher)
    lower_needs, higher_needs = (count_units_for_target(prevalence, one, AIM) for one in (target, higher))
    assert lower_needs <= higher_needs


@given(prevalence=PREVALENCES, width=st.floats(min_value=0.02, max_value=0.5), alpha=TARGETS)
def test_half_the_width_takes_about_four_times_the_units(
    prevalence: float, width: float, alpha: float
) -> None:
    wide, narrow = (
        count_units_for_width(prevalence, Aim(width=one, assumed_alpha=alpha, expected_positives=1e-9))
        for one in (width, width / 2)
    )
    assert wide is not None
    assert narrow is not None
    assert 4 * (wide - 1) < narrow <= 4 * wide


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"targets": ()}, "No target to plan for"),
        ({"targets": (0.667, 80.0)}, "A target for alpha lies between 0 and 1; got 80. Write 80 % as 0.8."),
        ({"targets": (1.0,)}, "got 1."),
        ({"p": 0.0}, "p, the risk of a wrong claim, lies between 0 and 1; got 0."),
        ({"width": -0.1}, "The width of an interval of alpha lies between 0 and 1; got -0.1."),
        ({"assumed_alpha": float("nan")}, "got nan."),
        ({"level": 95.0}, "Write 95 % as 0.95."),
        ({"expected_positives": 0.0}, "Expected uses are more than 0"),
    ],
)
def test_an_aim_that_cannot_be_planned_for_is_refused(wrong: dict[str, object], says: str) -> None:
    with pytest.raises(HarkenError) as error:
        Aim(**wrong)  # type: ignore[arg-type]
    assert says in str(error.value)
