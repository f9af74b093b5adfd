"""How intervals are made by each method, what ordered scales and two-coder tables add; with sources."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from harken.errors import HarkenError
from harken.stats.agreement import VariableAgreement, measure_code_agreement, measure_variable_agreement
from harken.stats.coefficients import gwet_ac1, total_categories
from harken.stats.estimate import Estimate, Undefined
from harken.stats.figures import read_variable
from harken.stats.intervals.linearised_coders import conger_kappa_se, light_kappa_se
from harken.stats.intervals.methods import with_bca_interval
from harken.stats.minimum import BelowMinimum, share_below, tail_below
from harken.stats.pair_agreement import measure_all_pairs
from harken.stats.pairwise import cohen_kappa_se
from harken.stats.ratings import MISSING, IntArray, RatingMatrix, SetRatings, collect_set_ratings
from harken.stats.scaled_alpha import Scale, gwet_ac2, scale_likeness
from harken.stats.sets.agreement import measure_set_agreement
from harken.stats.uncertainty import Uncertainty, UncertaintyMethod
from harken.stats.verdicts import Verdict

BOOTSTRAP = Uncertainty(replicates=3000)
BCA = replace(BOOTSTRAP, method=UncertaintyMethod.BCA)
ANALYTIC = Uncertainty(method=UncertaintyMethod.ANALYTIC)
JACKKNIFE = Uncertainty(method=UncertaintyMethod.JACKKNIFE)
# A shared machine may keep one example waiting.
unhurried = settings(deadline=None)


def rate(rows: IntArray, *, q: int = 2, people: IntArray | None = None) -> RatingMatrix:
    return RatingMatrix(
        coders=tuple("ABCDEFGH"[: rows.shape[1]]),
        categories=tuple(map(str, range(1, q + 1))),
        participants=np.arange(len(rows)) if people is None else people,
        ratings=rows,
    )


def two_by_two(both: int, only_first: int, only_second: int, neither: int) -> RatingMatrix:
    cells = np.array([(1, 1), (1, 0), (0, 1), (0, 0)])
    return rate(np.repeat(cells, [both, only_first, only_second, neither], axis=0))


def simulate(n: int, *, n_coders: int = 3, q: int = 2, missing: float = 0.0, seed: int = 4) -> IntArray:
    rng = np.random.default_rng(seed)
    true = rng.choice(q, size=(n, 1), p=np.arange(1, q + 1) / np.arange(1, q + 1).sum())
    shifts = rng.choice(q, size=(n, n_coders), p=[0.85, *[0.15 / (q - 1)] * (q - 1)])
    rows = (true + shifts) % q
    rows[rng.random(rows.shape) < missing] = MISSING
    return np.asarray(rows)


def estimates(found: VariableAgreement) -> dict[str, Estimate]:
    named = {field.name: getattr(found, field.name) for field in fields(found)}
    return {name: value for name, value in named.items() if isinstance(value, Estimate)}


# Krippendorff (2011), section C; the columns of irrCAC's raw4raters.
FOUR = (
    np.array(
        [
            [0 if digit == "." else int(digit) for digit in coder]
            for coder in ("123321412...", "1233224125..", ".33323422513", "12332441251.")
        ]
    ).T
    - 1
)

# -- published and independent numbers ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("scale", "value", "se", "low"),
    [
        # irrCAC 0.4.4 (Python) with the weights "ordinal", "quadratic" and "ratio", eight digits; its own
        # tests have .899 .107 .664, .914 .104 .685 and .857 .122 .589.
        (Scale.ORDINAL, 0.89893977, 0.10690352, 0.6636467),
        (Scale.INTERVAL, 0.91400072, 0.10396224, 0.68518137),
        (Scale.RATIO, 0.85736756, 0.12207133, 0.58869037),
    ],
)
def test_ac2_of_four_observers(scale: Scale, value: float, se: float, low: float) -> None:
    found = measure_variable_agreement(rate(FOUR, q=5), uncertainty=ANALYTIC, scale=scale).gwet_ac2
    assert found is not None
    assert (found.value, found.se, found.low) == pytest.approx((value, se, low), abs=5e-8)
    assert (found.high, found.method) == (1, "analytic")


@pytest.mark.parametrize("scale", Scale)
def test_a_scale_is_judged_by_its_own_alpha(scale: Scale) -> None:
    # Coders differ by one step of eight on half of the units: far apart for nominal alpha, near on a scale.
    steps = np.tile(np.arange(8), 20)
    ratings = rate(np.column_stack([steps, np.minimum(steps + steps % 2, 7)]), q=8)
    found = measure_variable_agreement(ratings, uncertainty=JACKKNIFE, scale=scale)
    own = found.judged_alpha
    assert found.judged_by == f"krippendorff_alpha_{scale}"
    assert own == getattr(found, found.judged_by) != found.krippendorff_alpha
    assert found.below_minimum == tail_below(0.667, own, df=159)
    nominal = measure_variable_agreement(ratings, uncertainty=JACKKNIFE)
    assert (nominal.judged_alpha, nominal.verdict) == (nominal.krippendorff_alpha, Verdict.UNRELIABLE)
    assert found.verdict is Verdict.RELIABLE


def test_closed_form_errors_of_conger_fleiss_and_the_alphas_of_four_observers() -> None:
    # irrCAC 0.4.4 (Python), eight digits; alpha's intervals there have n - 1 over all rated units.
    found = measure_variable_agreement(rate(FOUR, q=5), uncertainty=ANALYTIC, scale=Scale.RATIO)
    errors = {name: one.se for name, one in estimates(found).items()}
    expected = {
        "conger_kappa": 0.14916815,
        "fleiss_kappa": 0.1530192,
        "brennan_prediger": 0.14471662,
        "krippendorff_alpha": 0.14557389,
        "krippendorff_alpha_interval": 0.12912997,
        "krippendorff_alpha_ratio": 0.14048105,
    }
    assert {name: errors[name] for name in expected} == pytest.approx(expected, abs=5e-8)
    assert found.conger_kappa.low == pytest.approx(0.43450055, abs=5e-8)
    assert errors["krippendorff_alpha_ordinal"] is None


def test_light_and_conger_of_two_coders_have_cohens_error() -> None:
    variable = read_variable(two_by_two(20, 5, 10, 15))
    cohen = cohen_kappa_se(np.array([[15.0, 10.0], [5.0, 20.0]]))
    assert cohen is not None
    assert light_kappa_se(variable.patterns) == pytest.approx(cohen)
    # Gwet's form has the divisor n - 1 where Fleiss, Cohen and Everitt have n.
    assert conger_kappa_se(variable.patterns) == pytest.approx(cohen * (50 / 49) ** 0.5)


@pytest.mark.parametrize("statistic", ["percent_agreement", "krippendorff_alpha"])
def test_bca_limits_are_those_of_scipy(statistic: str) -> None:
    rows = simulate(60, n_coders=2, seed=9)
    found = getattr(measure_code_agreement(rate(rows), uncertainty=replace(BCA, replicates=20000)), statistic)

    def figure(chosen: IntArray, axis: int) -> IntArray:
        drawn = rows[chosen.astype(int)]
        counts = np.stack([(drawn == category).sum(axis=-1) for category in (0, 1)], axis=-1)
        agreeing = (counts.max(axis=-1) == 2).mean(axis=-1)
        if statistic == "percent_agreement":
            return np.asarray(agreeing)
        share = counts.mean(axis=-2) / 2
        n = 2 * drawn.shape[-2]
        expected = (1 - (share**2).sum(axis=-1)) * n / (n - 1)
        return np.asarray(1 - (1 - agreeing) / expected)

    theirs = stats.bootstrap(
        (np.arange(60),),
        figure,
        method="BCa",
        n_resamples=20000,
        random_state=np.random.default_rng(5),
        vectorized=True,
    ).confidence_interval
    assert (found.low, found.high) == pytest.approx((theirs.low, theirs.high), abs=0.012)
    percentile = getattr(measure_code_agreement(rate(rows), uncertainty=BOOTSTRAP), statistic)
    assert (found.method, percentile.method) == ("bca", "bootstrap")


# -- the methods against each other ------------------------------------------------------------------


@pytest.mark.parametrize("n_coders", [2, 3])
@pytest.mark.parametrize("missing", [0.0, 0.15])
def test_all_methods_agree_about_the_error_of_every_figure(n_coders: int, missing: float) -> None:
    ratings = rate(simulate(600, n_coders=n_coders, q=2, missing=missing))
    jackknife = estimates(measure_code_agreement(ratings, uncertainty=JACKKNIFE))
    for how in (BOOTSTRAP, BCA, ANALYTIC):
        found = estimates(measure_code_agreement(ratings, uncertainty=how))
        errors = {name: one.se for name, one in found.items()}
        expected = {name: one.se for name, one in jackknife.items()}
        if missing and how is ANALYTIC:
            # Gwet's error of percent agreement takes it for spread that not all rated units are pairable.
            assert errors.pop("percent_agreement") > expected.pop("percent_agreement")
        assert errors == pytest.approx(expected, rel=0.12)
        assert {one.method for one in found.values()} == {how.method}


def test_all_methods_agree_about_the_error_of_ordered_figures() -> None:
    ratings = rate(simulate(600, q=4, missing=0.1), q=4)
    found = [
        measure_variable_agreement(ratings, uncertainty=how, scale=Scale.RATIO)
        for how in (JACKKNIFE, BOOTSTRAP, BCA, ANALYTIC)
    ]
    for name in ("krippendorff_alpha_interval", "krippendorff_alpha_ratio", "gwet_ac2"):
        errors = [getattr(one, name).se for one in found]
        assert errors == pytest.approx([errors[0]] * 4, rel=0.1)
    ordinal = [one.krippendorff_alpha_ordinal for one in found]
    errors = [one.se for one in ordinal if one is not None and one.se is not None]
    assert errors == pytest.approx([errors[0]] * 3, rel=0.1)


def test_analytic_and_jackknife_errors_of_ratios_of_sums_converge() -> None:
    ratings = rate(simulate(20000, missing=0.2))
    one, other = (measure_code_agreement(ratings, uncertainty=how) for how in (ANALYTIC, JACKKNIFE))
    for name in ("positive_agreement", "negative_agreement", "percent_agreement_pair_pooled", "light_kappa"):
        assert getattr(one, name).se == pytest.approx(getattr(other, name).se, rel=2e-3)


@pytest.mark.parametrize("n_coders", [2, 3])
def test_jackknife_is_every_figure_computed_anew_without_each_participant(n_coders: int) -> None:
    rows = simulate(24, n_coders=n_coders, missing=0.2)
    people = np.repeat(np.arange(8), 3)
    found = estimates(measure_code_agreement(rate(rows, people=people), uncertainty=JACKKNIFE))
    anew = [
        estimates(measure_code_agreement(rate(rows[people != one], people=people[people != one])))
        for one in range(8)
    ]
    for name, estimate in found.items():
        values = np.array([one[name].value for one in anew])
        se = np.sqrt(7 / 8 * ((values - values.mean()) ** 2).sum())
        assert estimate.se == pytest.approx(se, abs=1e-12), name


OF_ALL_RATED = ("fleiss_kappa", "gwet_ac1", "gwet_ac2", "conger_kappa")


def test_jackknife_leaves_out_whoever_a_figure_rests_on() -> None:
    rows = simulate(30, q=3, missing=0.5)
    rows = rows[(rows != MISSING).any(axis=1)]
    n_ratings = (rows != MISSING).sum(axis=1)
    found, *anew = (
        estimates(measure_variable_agreement(rate(kept, q=3), uncertainty=JACKKNIFE, scale=Scale.ORDINAL))
        for kept in (rows, *(np.delete(rows, one, axis=0) for one in range(len(rows))))
    )
    assert 0 < (n_ratings == 1).sum() < len(rows)
    for name in ("krippendorff_alpha", "percent_agreement", "light_kappa", *OF_ALL_RATED):
        values = np.array([one[name].value for one in anew])
        if name not in OF_ALL_RATED:
            values = values[n_ratings > 1]
        n = len(values)
        se = np.sqrt((n - 1) / n * ((values - values.mean()) ** 2).sum())
        assert found[name].se == pytest.approx(se, abs=1e-12), name


def double_and_single(
    n_double: int, n_single: int, *, prevalences: tuple[float, float], seed: int, n_coders: int = 2
) -> RatingMatrix:
    """Units that every coder rated, and units with another share of yes that one coder rated."""
    rng = np.random.default_rng(seed)
    double = (rng.random((n_double, 1)) < prevalences[0]) ^ (rng.random((n_double, n_coders)) < 0.15)
    single = np.full((n_single, n_coders), MISSING)
    single[np.arange(n_single), rng.integers(n_coders, size=n_single)] = rng.random(n_single) < prevalences[1]
    return rate(np.concatenate([double.astype(np.int64), single]))


@unhurried
@given(
    st.integers(15, 80),
    st.integers(15, 600),
    st.tuples(st.floats(0.05, 0.95), st.floats(0.05, 0.95)),
    st.integers(0, 10**6),
    st.integers(2, 3),
)
def test_a_value_lies_within_its_limits_whatever_was_rated_once(
    n_double: int, n_single: int, prevalences: tuple[float, float], seed: int, n_coders: int
) -> None:
    ratings = double_and_single(n_double, n_single, prevalences=prevalences, seed=seed, n_coders=n_coders)
    found = measure_code_agreement(ratings, uncertainty=Uncertainty(replicates=200))
    # Where all pairs agree or none does, the observed part has no spread to lie within.
    assume(0 < (found.percent_agreement.value or 0) < 1)
    for one in (found.fleiss_kappa, found.gwet_ac1, found.conger_kappa):
        assert one.value is not None
        assert one.low is not None
        assert one.high is not None
        assert one.low <= one.value <= one.high


def test_units_rated_once_move_no_limit_of_what_rests_on_pairs() -> None:
    few, many = (
        measure_code_agreement(double_and_single(60, n_single, prevalences=(0.5, 0.02), seed=4))
        for n_single in (0, 540)
    )
    assert [name for name, one in estimates(few).items() if estimates(many)[name] != one] == [
        "fleiss_kappa",
        "conger_kappa",
        "gwet_ac1",
    ]


@pytest.mark.parametrize("how", [ANALYTIC, JACKKNIFE])
def test_limits_of_shares_lie_between_0_and_1(how: Uncertainty) -> None:
    # One of six pairs agrees, so that a symmetric interval would begin below 0.
    ratings = two_by_two(1, 3, 2, 0)
    found = measure_code_agreement(ratings, uncertainty=how)
    (pair,) = measure_all_pairs(ratings, uncertainty=how)
    shares = [found.percent_agreement, found.percent_agreement_pair_pooled, pair.percent_agreement]
    shares.append(measure_set_agreement(as_sets(ratings), uncertainty=how).percent_exact)
    assert [(one.low, (one.se or 0) > 0) for one in shares] == [(0.0, True)] * 4
    assert found.positive_agreement is not None
    assert found.positive_agreement.low == 0
    assert (found.krippendorff_alpha.low or 0) < 0


def as_sets(ratings: RatingMatrix) -> SetRatings:
    return collect_set_ratings(
        (unit, coder, ["x"] * rating)
        for unit, row in enumerate(ratings.ratings.tolist())
        for coder, rating in zip(ratings.coders, row, strict=True)
    )


def test_pairs_have_intervals_by_the_method_asked_for() -> None:
    ratings = rate(simulate(600, missing=0.1))
    jackknife = measure_all_pairs(ratings, uncertainty=JACKKNIFE)
    for how in (BOOTSTRAP, BCA, ANALYTIC):
        for one, other in zip(measure_all_pairs(ratings, uncertainty=how), jackknife, strict=True):
            for name in ("percent_agreement", "cohen_kappa", "scott_pi"):
                found = getattr(one, name)
                assert found.method == how.method
                assert found.se == pytest.approx(getattr(other, name).se, rel=0.1)


# -- where an interval cannot be had -----------------------------------------------------------------


@pytest.mark.parametrize("method", list(UncertaintyMethod))
def test_no_figure_of_one_unit_has_an_error(method: UncertaintyMethod) -> None:
    found = measure_code_agreement(rate(np.array([[1, 0, 1]])), uncertainty=Uncertainty(method=method))
    assert {(one.se, one.low, one.high) for one in estimates(found).values()} == {(None, None, None)}


@pytest.mark.parametrize("method", list(UncertaintyMethod))
def test_listwise_kappa_of_one_complete_unit_has_no_error_however_many_others_there_are(
    method: UncertaintyMethod,
) -> None:
    rows = np.array([[1, 0, 1], *[[1, 1, MISSING]] * 20, *[[0, 0, MISSING]] * 20])
    found = measure_code_agreement(rate(rows), uncertainty=Uncertainty(method=method)).fleiss_kappa_listwise
    assert found.value == pytest.approx(-0.5)
    assert (found.se, found.low, found.high) == (None, None, None)


def test_bca_of_perfect_agreement_is_the_value_itself() -> None:
    alpha = measure_code_agreement(two_by_two(20, 0, 0, 30), uncertainty=BCA).krippendorff_alpha
    assert (alpha.low, alpha.high, alpha.se) == (1, 1, 0)


@pytest.mark.parametrize(
    ("replicates", "left_out"),
    [
        ([0.4, 0.5, 0.6, np.nan], [0.1, 0.1, 0.1]),  # nobody moves it: no acceleration
        ([0.6, 0.7, 0.8, np.nan], [0.1, 0.2, 0.3]),  # no replicate below the value: no bias
        ([0.4, np.nan, np.nan, np.nan], [0.1, 0.2, 0.3]),
    ],
)
def test_bca_has_no_limits_without_bias_or_acceleration(
    replicates: list[float], left_out: list[float]
) -> None:
    found = with_bca_interval(
        Estimate(value=0.5), np.array(replicates), np.array(left_out), np.array([1, 1, 1]), level=0.95
    )
    assert (found.low, found.high, found.method) == (None, None, "bca")
    assert found.n_undefined_replicates == int(np.isnan(replicates).sum())


def test_bca_moves_the_percentiles_by_bias_and_acceleration() -> None:
    # By hand: 300 of 1,000 replicates lie below the value, none equals it; d = (-1, -1, 2) / 30 twice, so
    # that the acceleration is 12 / (6 * 12^1.5); Efron (1987).
    replicates = np.arange(1000) / 1000
    left_out = np.array([0.1, 0.0])
    found = with_bca_interval(Estimate(value=0.2995), replicates, left_out, np.array([4, 2]), level=0.9)
    acceleration = 12 / (6 * 12**1.5)
    z0 = stats.norm.ppf(0.3)
    shares = [
        stats.norm.cdf(z0 + (z0 + z) / (1 - acceleration * (z0 + z))) for z in stats.norm.ppf([0.05, 0.95])
    ]
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(replicates, shares)))


# -- the probability below a minimum -----------------------------------------------------------------


def test_probability_below_a_minimum_is_the_share_of_defined_replicates() -> None:
    alpha = Estimate(value=0.7)
    found = share_below(0.6, alpha, np.array([0.5, 0.6, 0.7, np.nan, 0.8]))
    assert found == BelowMinimum(minimum=0.6, probability=0.25)
    assert share_below(0.6, alpha, np.array([0.5, np.nan])).probability is None
    undefined = Estimate(value=None, undefined=Undefined.ONE_CATEGORY)
    assert share_below(0.6, undefined, np.array([0.5, 0.7])).probability is None


def test_probability_below_a_minimum_is_by_t_where_nothing_is_resampled() -> None:
    found = tail_below(0.7, Estimate(value=0.8, se=0.05), df=9)
    assert found.probability == pytest.approx(stats.t.cdf(-2, 9))
    certain = [tail_below(0.7, Estimate(value=value, se=0.0), df=9).probability for value in (0.6, 0.7)]
    assert certain == [1, 0]
    assert tail_below(0.7, Estimate(value=0.8), df=9).probability is None


def test_minimum_is_the_tentative_limit_unless_another_is_named() -> None:
    ratings = rate(simulate(200))
    for method in UncertaintyMethod:
        how = Uncertainty(method=method)
        assert measure_code_agreement(ratings, uncertainty=how).below_minimum.minimum == 0.667
        low, high = (
            measure_code_agreement(ratings, uncertainty=replace(how, minimum=minimum)).below_minimum
            for minimum in (0.1, 0.95)
        )
        assert (low.minimum, high.minimum) == (0.1, 0.95)
        assert low.probability == pytest.approx(0, abs=1e-3)
        assert high.probability == pytest.approx(1, abs=1e-3)


# -- two coders' table -------------------------------------------------------------------------------


def test_prevalence_and_bias_index_of_a_table() -> None:
    # |a - d| / n and |b - c| / n, Byrt, Bishop and Carlin (1993), on the table (80, 10, 5, 5) of Feinstein
    # and Cicchetti (1990).
    found = measure_code_agreement(two_by_two(80, 10, 5, 5))
    assert (found.prevalence_index, found.bias_index) == (0.75, 0.05)


def test_indices_belong_to_a_code_and_two_coders_with_a_common_unit() -> None:
    without = [
        measure_code_agreement(rate(np.array([[1, MISSING], [MISSING, 0]]))),
        measure_code_agreement(rate(simulate(20))),
        measure_variable_agreement(two_by_two(3, 1, 1, 3)),
    ]
    assert [(one.prevalence_index, one.bias_index) for one in without] == [(None, None)] * 3


# -- ordered scales ----------------------------------------------------------------------------------


@unhurried
@given(arrays(np.int64, (6, 3), elements=st.integers(-1, 3)))
def test_ac2_is_ac1_where_only_equal_categories_are_alike(rows: IntArray) -> None:
    counts = (rows[:, :, None] == np.arange(4)).sum(axis=1)
    weights = np.ones(len(rows))
    found = gwet_ac2(counts, weights, np.eye(4))
    assert found == pytest.approx(gwet_ac1(total_categories(counts, weights)), nan_ok=True)


def test_likeness_of_categories_by_each_scale() -> None:
    # Gwet (2014), chapter 4: 1 - C(|k - l| + 1, 2) / C(q, 2); 1 - (c - k)^2 / range^2; ratio alike.
    values = np.array([1.0, 2.0, 4.0])
    assert scale_likeness(Scale.ORDINAL, values) == pytest.approx(
        np.array([[1, 2 / 3, 0], [2 / 3, 1, 2 / 3], [0, 2 / 3, 1]])
    )
    assert scale_likeness(Scale.INTERVAL, values)[0] == pytest.approx([1, 8 / 9, 0])
    assert scale_likeness(Scale.RATIO, values)[0] == pytest.approx([1, 1 - (1 / 9) / (9 / 25), 0])


def test_a_scale_has_the_alphas_that_belong_to_it() -> None:
    def alphas(scale: Scale | None, values: list[float] | None = None) -> list[bool]:
        found = measure_variable_agreement(rate(FOUR, q=5), uncertainty=ANALYTIC, scale=scale, values=values)
        one = (
            found.krippendorff_alpha_ordinal,
            found.krippendorff_alpha_interval,
            found.krippendorff_alpha_ratio,
            found.gwet_ac2,
        )
        return [estimate is not None for estimate in one]

    assert alphas(None) == [False] * 4
    assert alphas(Scale.ORDINAL) == [True, False, False, True]
    assert alphas(Scale.INTERVAL) == alphas(Scale.RATIO) == [True] * 4
    assert alphas(Scale.INTERVAL, [-2, -1, 0, 1, 2]) == [True, True, False, True]


def test_values_give_the_order_of_categories_whatever_theirs_is() -> None:
    turned = np.where(FOUR == MISSING, MISSING, 4 - FOUR)
    for scale in Scale:
        one = measure_variable_agreement(rate(FOUR, q=5), uncertainty=ANALYTIC, scale=scale)
        other = measure_variable_agreement(
            rate(turned, q=5), uncertainty=ANALYTIC, scale=scale, values=[5, 4, 3, 2, 1]
        )
        expected = {name: found.value for name, found in estimates(one).items()}
        assert {name: found.value for name, found in estimates(other).items()} == pytest.approx(expected)


def test_a_ratio_scale_refuses_negative_values_and_every_scale_a_wrong_number_of_them() -> None:
    with pytest.raises(HarkenError, match="no negative value, yet here is -1"):
        measure_variable_agreement(rate(FOUR, q=5), scale=Scale.RATIO, values=[-1, 0, 1, 2, 3])
    with pytest.raises(HarkenError, match="2 values for 5 categories"):
        measure_variable_agreement(rate(FOUR, q=5), scale=Scale.INTERVAL, values=[1, 2])


def test_categories_with_one_and_the_same_value_leave_ordered_figures_undefined() -> None:
    found = measure_variable_agreement(
        rate(np.array([[0, 1], [1, 0], [0, 0]])), scale=Scale.INTERVAL, values=[3, 3]
    )
    assert found.krippendorff_alpha_interval is not None
    assert found.krippendorff_alpha_interval.undefined == Undefined.ONE_CATEGORY
    assert found.krippendorff_alpha.value is not None


@pytest.mark.parametrize("method", list(UncertaintyMethod))
def test_limits_stay_in_order_where_a_figure_falls_below_minus_one(method: UncertaintyMethod) -> None:
    # Two disagreeing units beside eight singly rated ones of one category: pe is .82, po 0, so that
    # Fleiss' kappa in Gwet's form for missing ratings is below -1.
    rows = np.array([[0, 1], [1, 0], *[[0, MISSING]] * 8])
    fleiss = measure_code_agreement(rate(rows), uncertainty=Uncertainty(method=method)).fleiss_kappa
    assert fleiss.value is not None
    assert fleiss.value < -1
    assert fleiss.low is None or (fleiss.high is not None and fleiss.low <= fleiss.high)
