"""Agreement on codes and nominal variables: textbook cases with sources, what is undefined, invariants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from harken.errors import HarkenError
from harken.stats.agreement import (
    CrossTable,
    VariableAgreement,
    measure_code_agreement,
    measure_variable_agreement,
)
from harken.stats.coefficients import krippendorff_alpha, total_categories
from harken.stats.estimate import Estimate, Undefined
from harken.stats.intervals.linearised import gwet_ac1_se
from harken.stats.intervals.resampling import (
    ParticipantProfiles,
    bootstrap_weights,
    draw_profiles,
    find_profiles,
)
from harken.stats.pair_agreement import measure_all_pairs
from harken.stats.pairwise import cohen_kappa_se, estimate_cohen_kappa
from harken.stats.patterns import category_classes, classify_units, find_patterns
from harken.stats.ratings import (
    MISSING,
    NO_CATEGORY,
    IntArray,
    RatingMatrix,
    code_ratings,
    collect_set_ratings,
    family_ratings,
    select_coders,
    select_units,
    units_in_disagreement,
)
from harken.stats.scaled_alpha import Scale, count_coincidences, scaled_alpha
from harken.stats.uncertainty import Uncertainty
from harken.stats.verdicts import Verdict, count_units_needed, judge_alpha

QUICK = Uncertainty(replicates=300)
# A shared machine may keep one example waiting.
unhurried = settings(deadline=None)
BOTH, FIRST, SECOND, NEITHER = (1, 1), (1, 0), (0, 1), (0, 0)


def rate(
    rows: Sequence[Sequence[int]] | IntArray,
    *,
    categories: Sequence[str] = ("0", "1"),
    participants: Sequence[int] | None = None,
) -> RatingMatrix:
    table = np.asarray(rows, dtype=np.int64)
    people = np.arange(len(table)) if participants is None else np.asarray(participants)
    return RatingMatrix(
        coders=tuple("ABCDEFGH"[: table.shape[1]]),
        categories=tuple(categories),
        participants=people,
        ratings=table,
    )


def two_by_two(both: int, only_first: int, only_second: int, neither: int) -> RatingMatrix:
    return rate([BOTH] * both + [FIRST] * only_first + [SECOND] * only_second + [NEITHER] * neither)


def transposed(*coders: str) -> IntArray:
    """Coders' ratings written as digits, "." for missing; category 1 is index 0."""
    rows = [[MISSING if digit == "." else int(digit) - 1 for digit in coder] for coder in coders]
    return np.array(rows).T


def values(agreement: VariableAgreement, *names: str) -> dict[str, float | None]:
    return {name: getattr(agreement, name).value for name in names}


# -- textbook cases --------------------------------------------------------------------------------


def test_cohens_kappa_of_the_grant_proposals_is_point_four() -> None:
    # Wikipedia, Cohen's kappa, "Simple example": 50 proposals, 20 yes/yes, 5, 10, 15 no/no.
    agreement = measure_code_agreement(two_by_two(20, 5, 10, 15), uncertainty=QUICK)
    assert agreement.table == CrossTable(both=20, only_first=5, only_second=10, neither=15)
    assert agreement.percent_agreement.value == pytest.approx(0.70)
    assert agreement.cohen_kappa is not None
    assert agreement.cohen_kappa.value == pytest.approx(0.40)
    assert (agreement.n_positive, agreement.prevalence) == (55, 0.55)


@pytest.mark.parametrize(("cells", "kappa"), [((45, 15, 25, 15), 0.1304), ((25, 35, 5, 35), 0.2593)])
def test_same_percentage_but_different_kappa(cells: tuple[int, int, int, int], kappa: float) -> None:
    # Wikipedia, Cohen's kappa, "Same percentages but different numbers".
    agreement = measure_code_agreement(two_by_two(*cells), uncertainty=QUICK)
    assert agreement.percent_agreement.value == pytest.approx(0.60)
    assert agreement.cohen_kappa is not None
    assert agreement.cohen_kappa.value == pytest.approx(kappa, abs=5e-5)


def test_a_skewed_table_has_low_kappa_at_high_agreement() -> None:
    # Feinstein and Cicchetti (1990): 85 % agreement, kappa .32; positive and negative agreement
    # 2a/(2a+b+c) = 160/175 and 10/25 by Cicchetti and Feinstein (1990).
    agreement = measure_code_agreement(two_by_two(80, 10, 5, 5), uncertainty=QUICK)
    assert agreement.cohen_kappa is not None
    assert agreement.cohen_kappa.value == pytest.approx(0.32, abs=5e-3)
    found = values(agreement, "percent_agreement", "positive_agreement", "negative_agreement")
    assert found == pytest.approx(
        {"percent_agreement": 0.85, "positive_agreement": 160 / 175, "negative_agreement": 0.4}
    )


def test_a_rare_code_shows_the_paradox_of_kappa_and_ac1() -> None:
    # The table (0, 1, 1, 98): kappa -.010, AC1 .980.
    agreement = measure_code_agreement(two_by_two(0, 1, 1, 98), uncertainty=QUICK)
    assert agreement.cohen_kappa is not None
    assert agreement.cohen_kappa.value == pytest.approx(-0.010, abs=5e-4)
    assert agreement.gwet_ac1.value == pytest.approx(0.980, abs=5e-4)


KRIPPENDORFF_C = transposed("123321412...", "1233224125..", ".33323422513", "12332441251.")
# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section C; with standard errors in the
# README of irrCAC, where the same data are called raw4raters.


def test_alpha_of_two_observers_and_binary_data() -> None:
    # Krippendorff (2011), section A: Meg and Owen, alpha .095.
    rows = np.array([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]).T
    agreement = measure_code_agreement(rate(rows), uncertainty=QUICK)
    assert agreement.krippendorff_alpha.value == pytest.approx(0.095, abs=5e-4)


def test_alpha_of_two_observers_and_five_categories() -> None:
    # Krippendorff (2011), section B: Ben and Gerry, alpha .692.
    letters = ["aabbdcccedda", "babbbccceddd"]
    rows = np.array([["abcde".index(letter) for letter in line] for line in letters]).T
    agreement = measure_variable_agreement(rate(rows, categories="abcde"), uncertainty=QUICK)
    assert agreement.krippendorff_alpha.value == pytest.approx(0.692, abs=5e-4)


def test_coefficients_of_four_observers_with_missing_ratings() -> None:
    agreement = measure_variable_agreement(rate(KRIPPENDORFF_C, categories="12345"), uncertainty=QUICK)
    assert (agreement.n_units_rated, agreement.n_units_pairable) == (12, 11)
    assert agreement.krippendorff_alpha.value == pytest.approx(0.743, abs=5e-4)
    found = values(
        agreement, "percent_agreement", "gwet_ac1", "fleiss_kappa", "conger_kappa", "brennan_prediger"
    )
    assert found == pytest.approx(
        {
            "percent_agreement": 0.8181818,
            "gwet_ac1": 0.77544,
            "fleiss_kappa": 0.76117,
            "conger_kappa": 0.76282,
            "brennan_prediger": 0.77273,
        },
        abs=5e-6,
    )


@pytest.mark.parametrize(
    ("scale", "alpha"), [(Scale.ORDINAL, 0.815), (Scale.INTERVAL, 0.849), (Scale.RATIO, 0.797)]
)
def test_alpha_by_order_difference_and_ratio(scale: Scale, alpha: float) -> None:
    # Krippendorff (2011), section D, same data.
    patterns = find_patterns(rate(KRIPPENDORFF_C, categories="12345"))
    coincidences = count_coincidences(patterns.category_counts, patterns.counts)
    assert float(scaled_alpha(coincidences, scale)) == pytest.approx(alpha, abs=5e-4)


def test_standard_error_of_ac1_with_missing_ratings() -> None:
    # irrCAC's README on the same data: .14295.
    patterns = find_patterns(rate(KRIPPENDORFF_C, categories="12345"))
    assert gwet_ac1_se(patterns.category_counts, patterns.counts) == pytest.approx(0.14295, abs=5e-6)


def test_fleiss_kappa_of_the_fourteen_raters() -> None:
    # Wikipedia, Fleiss' kappa, worked example (10 subjects, 14 raters, 5 categories): kappa .210.
    counts = np.array(
        [
            [0, 0, 0, 0, 14],
            [0, 2, 6, 4, 2],
            [0, 0, 3, 5, 6],
            [0, 3, 9, 2, 0],
            [2, 2, 8, 1, 1],
            [7, 7, 0, 0, 0],
            [3, 2, 6, 3, 0],
            [2, 5, 3, 2, 2],
            [6, 5, 2, 1, 0],
            [0, 2, 2, 3, 7],
        ]
    )
    rows = [np.repeat(np.arange(5), row) for row in counts]
    ratings = RatingMatrix(
        coders=tuple(f"rater {index}" for index in range(14)),
        categories=tuple("12345"),
        participants=np.arange(10),
        ratings=np.array(rows),
    )
    agreement = measure_variable_agreement(ratings, uncertainty=QUICK)
    assert agreement.fleiss_kappa.value == pytest.approx(0.210, abs=5e-4)


def test_closed_form_standard_error_of_kappa() -> None:
    # By hand for (20, 5, 10, 15) after Fleiss, Cohen and Everitt (1969): p = (.4, .1, .2, .3), shares of yes
    # .5 and .6, pe .5, kappa .4. Agreeing terms .4 (1 - 1.1 * .6)^2 + .3 (1 - .9 * .6)^2 = .10972;
    # disagreeing .36 (.1 * 1.1^2 + .2 * .9^2) = .10188, their crossed shares being .6 + .5 and .4 + .5;
    # less (.4 - .5 * .6)^2 = .01; over 50 (1 - .5)^2.
    kappa = estimate_cohen_kappa(np.array([[15.0, 10.0], [5.0, 20.0]]))
    assert kappa.se == pytest.approx(((0.10972 + 0.10188 - 0.01) / 12.5) ** 0.5)
    assert kappa.low == pytest.approx(0.4 - 1.959964 * kappa.se, abs=1e-6)


# -- undefined is a result ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[1], [0]], Undefined.ONE_CODER),
        ([[1, -1], [-1, 0]], Undefined.NO_OVERLAP),
        ([[-1, -1]], Undefined.NO_RATINGS),
        ([[1, 1], [1, 1]], Undefined.ONE_CATEGORY),
    ],
)
def test_alpha_without_value_says_why(rows: list[list[int]], reason: Undefined) -> None:
    agreement = measure_code_agreement(rate(rows), uncertainty=QUICK)
    alpha = agreement.krippendorff_alpha
    assert (alpha.value, alpha.undefined, alpha.low, alpha.high) == (None, reason, None, None)
    assert (agreement.verdict, agreement.n_needed) == (Verdict.UNDEFINED, None)


def test_ac1_and_brennan_prediger_are_one_with_one_used_of_two_declared_categories() -> None:
    agreement = measure_code_agreement(rate([[0, 0], [0, 0]]), uncertainty=QUICK)
    assert values(agreement, "gwet_ac1", "brennan_prediger") == {"gwet_ac1": 1, "brennan_prediger": 1}


def test_a_coder_without_a_rating_keeps_a_pair_with_no_units() -> None:
    pairs = measure_all_pairs(rate([[1, 0, -1], [0, 0, -1]]), uncertainty=QUICK)
    assert [(pair.coders, pair.n_units) for pair in pairs] == [
        (("A", "B"), 2),
        (("A", "C"), 0),
        (("B", "C"), 0),
    ]
    assert pairs[1].cohen_kappa.undefined == Undefined.NO_OVERLAP


def test_light_kappa_leaves_undefined_pairs_out() -> None:
    agreement = measure_code_agreement(rate([[1, 1, -1], [0, 0, -1], [0, 0, 0]]), uncertainty=QUICK)
    assert (agreement.light_kappa.value, agreement.n_undefined_kappas) == (1, 2)


def test_closed_form_standard_error_needs_two_units() -> None:
    assert cohen_kappa_se(np.array([[0.0, 1.0], [0.0, 0.0]])) is None


def test_no_interval_from_one_participant() -> None:
    ratings = rate([BOTH, NEITHER, FIRST] * 20, participants=[7] * 60)
    agreement = measure_code_agreement(ratings, uncertainty=QUICK)
    assert agreement.krippendorff_alpha.value is not None
    assert (agreement.krippendorff_alpha.low, agreement.verdict) == (None, Verdict.TOO_FEW)


def test_undefined_replicates_are_left_out_and_counted() -> None:
    # The one unit with a yes is missed by (1 - 1/20)^20 = 36 % of the samples.
    agreement = measure_code_agreement(
        rate([BOTH] + [NEITHER] * 19), uncertainty=Uncertainty(replicates=2000)
    )
    assert agreement.krippendorff_alpha.n_undefined_replicates == pytest.approx(0.358 * 2000, abs=90)
    assert (agreement.krippendorff_alpha.low, agreement.krippendorff_alpha.high) == (1, 1)


# -- participants ------------------------------------------------------------------------------------


def test_interval_is_wider_where_a_participants_answers_come_together() -> None:
    rng = np.random.default_rng(5)
    kinds = np.array([BOTH, NEITHER, FIRST, SECOND])
    person = rng.choice(4, size=60, p=[0.35, 0.45, 0.1, 0.1])
    rows = kinds[np.repeat(person, 5)]
    alone = measure_code_agreement(rate(rows), uncertainty=QUICK).krippendorff_alpha
    together = measure_code_agreement(
        rate(rows, participants=np.repeat(np.arange(60), 5)), uncertainty=QUICK
    ).krippendorff_alpha
    assert alone.value == together.value
    assert alone.se is not None
    assert together.se == pytest.approx(alone.se * 5**0.5, rel=0.15)


def test_multinomial_draw_matches_resampling_people_one_by_one() -> None:
    rng = np.random.default_rng(11)
    rows = rng.choice(2, size=(240, 3), p=[0.7, 0.3])
    rows[rng.random(rows.shape) < 0.2] = MISSING
    people = np.sort(rng.integers(0, 90, size=240))
    interval = measure_code_agreement(
        rate(rows, participants=people), uncertainty=Uncertainty(replicates=4000)
    ).krippendorff_alpha

    patterns = find_patterns(rate(rows, participants=people))
    has_pair = {person for person, row in zip(people, rows, strict=True) if (row != MISSING).sum() > 1}
    units_of = [np.flatnonzero(people == person) for person in sorted(has_pair)]
    replicates = []
    for _ in range(4000):
        chosen = np.concatenate([units_of[index] for index in rng.integers(0, len(units_of), len(units_of))])
        weights = np.bincount(
            patterns.unit_patterns[chosen][patterns.unit_patterns[chosen] >= 0],
            minlength=len(patterns.counts),
        )
        replicates.append(float(krippendorff_alpha(total_categories(patterns.category_counts, weights))))
    low, high = np.quantile(replicates, [0.025, 0.975])
    assert interval.low == pytest.approx(low, abs=0.012)
    assert interval.high == pytest.approx(high, abs=0.012)


def test_participants_without_a_pairable_unit_are_not_resampled() -> None:
    rows = [BOTH, NEITHER, (1, MISSING), (MISSING, 0), (1, MISSING)]
    patterns = find_patterns(rate(rows, participants=[0, 0, 1, 2, 0]))
    classes = category_classes(patterns)
    profiles = find_profiles(patterns.participants, classify_units(patterns, classes), classes.is_pairable)
    assert profiles.sizes.tolist() == [1]
    held = {
        tuple(row): n for row, n in zip(classes.rows.tolist(), profiles.classes.toarray()[0], strict=True)
    }
    assert held == {(0, 1): 1, (0, 2): 1, (1, 0): 0, (2, 0): 1}


@pytest.mark.parametrize("sizes", [[5000, 3000, 2000], [3, 1, 1, 1, 1, 1], [400, 1, 1, 1, 1, 1, 1]])
def test_each_draw_has_as_many_participants_as_there_are(sizes: list[int]) -> None:
    draws = np.concatenate(list(draw_profiles(np.array(sizes), Uncertainty(replicates=3000))))
    assert draws.shape == (3000, len(sizes))
    assert (draws.sum(axis=1) == sum(sizes)).all()
    spread = np.sqrt(np.array(sizes) * (1 - np.array(sizes) / sum(sizes)))
    assert draws.mean(axis=0) == pytest.approx(sizes, abs=float(5 * spread.max() / 3000**0.5))
    assert draws.std(axis=0) == pytest.approx(spread, rel=0.1)


def test_same_seed_gives_the_same_interval_and_another_seed_another() -> None:
    ratings = two_by_two(30, 6, 5, 60)
    first = measure_code_agreement(ratings, uncertainty=Uncertainty(seed=1))
    assert measure_code_agreement(ratings, uncertainty=Uncertainty(seed=1)) == first
    other = measure_code_agreement(ratings, uncertainty=Uncertainty(seed=2)).krippendorff_alpha
    assert (other.value, other.low) != (first.krippendorff_alpha.value, first.krippendorff_alpha.low)


def test_cost_of_the_bootstrap_does_not_grow_with_single_answer_participants() -> None:
    profiles = find_profiles(np.arange(9000), np.arange(9000) % 3, np.ones(3, dtype=np.bool_))
    assert isinstance(profiles, ParticipantProfiles)
    assert profiles.sizes.tolist() == [3000, 3000, 3000]
    assert bootstrap_weights(profiles, QUICK).shape == (300, 3)


# -- verdict -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "verdict"),
    [
        (0.8, Verdict.RELIABLE),
        (0.7999, Verdict.TENTATIVE),
        (0.667, Verdict.TENTATIVE),
        (0.6669, Verdict.UNRELIABLE),
        (-0.1, Verdict.UNRELIABLE),
    ],
)
def test_verdict_goes_by_the_lower_limit(low: float, verdict: Verdict) -> None:
    alpha = Estimate(value=0.9, low=low, high=0.95)
    assert judge_alpha(alpha, prevalence=0.1, n_units_pairable=100) == verdict


def test_fewer_than_ten_expected_positives_are_too_few() -> None:
    alpha = Estimate(value=0.9, low=0.85, high=0.95)
    assert judge_alpha(alpha, prevalence=0.1, n_units_pairable=99) == Verdict.TOO_FEW
    assert judge_alpha(replace(alpha, value=None), prevalence=0.1, n_units_pairable=99) == Verdict.UNDEFINED


@pytest.mark.parametrize(("alpha", "needed"), [(0.667, 172), (0.8, 294)])
def test_units_needed_for_a_code_that_one_answer_in_ten_has(alpha: float, needed: int) -> None:
    assert count_units_needed(0.1, alpha=alpha) == needed


def test_no_number_of_units_would_do_for_a_code_that_nobody_uses() -> None:
    assert [count_units_needed(prevalence) for prevalence in (None, 0.0, 1.0)] == [None, None, None]


# -- from decisions to ratings -----------------------------------------------------------------------


def test_decisions_become_a_table_with_each_participants_units_side_by_side() -> None:
    sets = collect_set_ratings(
        [
            (("p1", "q1"), "bob", ["y", "x", "x"]),
            (("p2", "q1"), "ann", []),
            (("p1", "q2"), "ann", ["x", "y"]),
        ],
        coders=["zoe"],
        codes=["y"],
        participant_of=lambda unit: unit[0],
    )
    assert (sets.coders, sets.codes) == (("zoe", "ann", "bob"), ("y", "x"))
    assert sets.units == (("p1", "q1"), ("p1", "q2"), ("p2", "q1"))
    assert sets.participants.tolist() == [0, 0, 1]
    assert sets.members.tolist() == [[True, True], [False, False]]
    assert sets.set_ids.tolist() == [[-1, -1, 0], [-1, 0, -1], [-1, 1, -1]]


def test_two_decisions_of_one_coder_on_one_unit_are_refused() -> None:
    decisions = [("u2", "ann", ["x"]), ("u1", "ann", ["x"]), ("u1", "bob", []), ("u1", "ann", ["x"])]
    with pytest.raises(HarkenError, match="Coder 'ann' has two decisions on 'u1'"):
        collect_set_ratings(decisions)


def test_a_code_counts_with_its_descendants_and_only_where_it_may_be_applied() -> None:
    sets = collect_set_ratings(
        [
            ("u1", "a", ["f.x"]),
            ("u1", "b", ["f.x.y"]),
            ("u2", "a", []),
            ("u2", "b", ["g"]),
            ("u3", "a", ["f.x"]),
        ]
    )
    ratings = code_ratings(sets, ["f.x", "f.x.y"])
    assert ratings.ratings.tolist() == [[1, 1], [0, 0], [1, -1]]
    assert code_ratings(sets, ["f.x"], units=np.array([True, False, True])).ratings.tolist() == [
        [1, 0],
        [1, -1],
    ]
    assert code_ratings(sets, ["unused"]).ratings.tolist() == [[0, 0], [0, 0], [0, -1]]


def test_no_code_of_an_exclusive_family_is_a_category_only_where_it_occurs() -> None:
    sets = collect_set_ratings([("u1", "a", ["x"]), ("u1", "b", ["y"]), ("u2", "a", ["x", "other"])])
    everyone_has_one = family_ratings(sets, ["x", "y"])
    assert everyone_has_one.categories == ("x", "y")
    with_none = family_ratings(sets, ["y"])
    assert (with_none.categories, with_none.ratings.tolist()) == (("y", NO_CATEGORY), [[1, 0], [1, -1]])
    assert family_ratings(sets, ["y"], is_none_a_category=False).ratings.tolist() == [[-1, 0], [-1, -1]]


def test_two_codes_of_an_exclusive_family_in_one_decision_are_refused() -> None:
    sets = collect_set_ratings([("u1", "a", ["x", "y"])])
    with pytest.raises(HarkenError, match="The codes x, y exclude each other"):
        family_ratings(sets, ["x", "y"])


def test_coders_and_units_can_be_selected() -> None:
    sets = collect_set_ratings([("u1", "a", ["x"]), ("u2", "b", ["x"]), ("u2", "c", [])])
    chosen = select_coders(select_units(sets, np.array([False, True])), ["c", "a"])
    assert (chosen.coders, chosen.units, chosen.participants.tolist()) == (("c", "a"), ("u2",), [1])
    assert chosen.set_ids.tolist() == [[1, -1]]


def test_units_in_disagreement_are_those_with_different_sets() -> None:
    sets = collect_set_ratings(
        [
            ("same", "a", ["x"]),
            ("same", "b", ["x"]),
            ("differs", "a", ["x"]),
            ("differs", "b", []),
            ("single", "a", ["x"]),
        ]
    )
    assert [sets.units[row] for row in units_in_disagreement(sets)] == ["differs"]


# -- invariants --------------------------------------------------------------------------------------

TABLES = st.tuples(st.integers(2, 4), st.integers(2, 4), st.integers(1, 14)).flatmap(
    lambda shape: st.tuples(
        st.just(shape[0]), arrays(np.int64, (shape[2], shape[1]), elements=st.integers(-1, shape[0] - 1))
    )
)
NAMES = ("percent_agreement", "krippendorff_alpha", "fleiss_kappa", "gwet_ac1", "conger_kappa", "light_kappa")


def all_values(table: IntArray, q: int) -> dict[str, float | None]:
    ratings = rate(table, categories=[str(index) for index in range(q)])
    return values(measure_variable_agreement(ratings, uncertainty=Uncertainty(replicates=2)), *NAMES)


def same(found: dict[str, float | None], expected: dict[str, float | None]) -> bool:
    return all(
        (found[name] is None) == (expected[name] is None)
        and (found[name] is None or found[name] == pytest.approx(expected[name], abs=1e-9))
        for name in expected
    )


@unhurried
@given(TABLES, st.integers(0, 1000))
def test_order_of_coders_and_units_and_names_of_categories_do_not_matter(
    case: tuple[int, IntArray], seed: int
) -> None:
    q, table = case
    rng = np.random.default_rng(seed)
    shuffled = table[rng.permutation(len(table))][:, rng.permutation(table.shape[1])]
    renamed = np.append(rng.permutation(q), MISSING)[shuffled]
    assert same(all_values(renamed, q), all_values(table, q))


@unhurried
@given(TABLES, st.data())
def test_a_singly_rated_unit_never_moves_alpha(case: tuple[int, IntArray], data: st.DataObject) -> None:
    q, table = case
    single = np.full((1, table.shape[1]), MISSING)
    single[0, data.draw(st.integers(0, table.shape[1] - 1))] = data.draw(st.integers(0, q - 1))
    before = {"krippendorff_alpha": all_values(table, q)["krippendorff_alpha"]}
    assert same(all_values(np.concatenate([table, single]), q), before)


@unhurried
@given(TABLES)
def test_alpha_is_at_most_one_and_one_only_without_disagreement(case: tuple[int, IntArray]) -> None:
    q, table = case
    found = all_values(table, q)
    alpha = found["krippendorff_alpha"]
    if alpha is not None:
        assert alpha <= 1
        assert (alpha == 1) == (found["percent_agreement"] == 1)


@unhurried
@given(st.lists(st.integers(0, 3), min_size=2, max_size=20), st.integers(2, 5))
def test_perfect_agreement_on_two_or_more_categories_is_one(column: list[int], n_coders: int) -> None:
    found = all_values(np.repeat(np.array(column)[:, None], n_coders, axis=1), 4)
    if len(set(column)) > 1:
        assert found == pytest.approx(dict.fromkeys(NAMES, 1.0))
    else:
        assert found["krippendorff_alpha"] is None


@unhurried
@given(TABLES)
def test_alpha_agrees_with_its_definition_unit_by_unit(case: tuple[int, IntArray]) -> None:
    q, table = case
    units = [row[row != MISSING].tolist() for row in table]
    pairable = [unit for unit in units if len(unit) > 1]
    pool = [rating for unit in pairable for rating in unit]
    n = len(pool)
    apart = sum(one != other for one in pool for other in pool)
    alpha = all_values(table, q)["krippendorff_alpha"]
    if apart == 0:
        assert alpha is None
    else:
        observed = sum(
            sum(one != other for one in unit for other in unit) / (len(unit) - 1) for unit in pairable
        )
        assert alpha == pytest.approx(1 - (observed / n) / (apart / (n * (n - 1))), abs=1e-12)


@unhurried
@given(TABLES)
def test_interval_holds_only_attainable_limits_whatever_the_order_of_coders(
    case: tuple[int, IntArray],
) -> None:
    q, table = case
    categories = [str(index) for index in range(q)]
    options = Uncertainty(replicates=40)
    alpha = measure_variable_agreement(rate(table, categories=categories), uncertainty=options)
    turned = measure_variable_agreement(rate(table[::-1, ::-1], categories=categories), uncertainty=options)
    assert turned.krippendorff_alpha == alpha.krippendorff_alpha
    if alpha.krippendorff_alpha.low is not None and alpha.krippendorff_alpha.high is not None:
        assert -1 <= alpha.krippendorff_alpha.low <= alpha.krippendorff_alpha.high <= 1


@pytest.mark.parametrize("n_coders", [2, 14, 40])
def test_patterns_of_many_coders_are_counted_alike(n_coders: int) -> None:
    # 3^14 and 3^40 patterns no longer fit into a table, then no longer into an integer.
    rng = np.random.default_rng(2)
    distinct = rng.integers(-1, 2, size=(5, n_coders))
    distinct[0] = MISSING
    table = distinct[rng.integers(0, 5, size=200)]
    ratings = RatingMatrix(
        coders=tuple(map(str, range(n_coders))),
        categories=("0", "1"),
        participants=np.arange(200),
        ratings=table,
    )
    patterns = find_patterns(ratings)
    rebuilt = np.where(
        (patterns.unit_patterns == MISSING)[:, None], MISSING, patterns.patterns[patterns.unit_patterns]
    )
    assert (rebuilt == table).all()
    rated = (table != MISSING).any(axis=1)
    assert patterns.n_units_rated == rated.sum()
    assert len({tuple(row) for row in table[rated]}) == len(patterns.patterns)
