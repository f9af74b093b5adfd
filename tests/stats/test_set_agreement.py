"""Agreement on whole sets: textbook cases with their sources, the factored distances against plain ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harken.stats.estimate import Undefined
from harken.stats.ratings import SetRatings, collect_set_ratings
from harken.stats.sets.agreement import measure_set_agreement
from harken.stats.sets.distances import SetMetric, measure_distance
from harken.stats.sets.figures import read_figures
from harken.stats.sets.units import fold_units
from harken.stats.uncertainty import Uncertainty, UncertaintyMethod

QUICK = Uncertainty(replicates=200)
# A shared machine may keep one example waiting.
unhurried = settings(deadline=None)


def collect(
    ratings: Mapping[str, Sequence[str | None]], *, people: Mapping[int, int] | None = None
) -> SetRatings:
    """Each coder's sets, one string of one-letter codes a unit; None where the coder has not decided it."""
    return collect_set_ratings(
        [
            (unit, coder, list(applied))
            for coder, row in ratings.items()
            for unit, applied in enumerate(row)
            if applied is not None
        ],
        coders=list(ratings),
        participant_of=None if people is None else people.__getitem__,
    )


def distance(metric: SetMetric, one: frozenset[str], other: frozenset[str]) -> Fraction:
    """The definition, by sets and in fractions."""
    if one == other:
        return Fraction(0)
    both, either = len(one & other), len(one | other)
    likeness = {
        SetMetric.EXACT: Fraction(0),
        SetMetric.JACCARD: Fraction(both, either),
        SetMetric.DICE: Fraction(2 * both, len(one) + len(other)),
        SetMetric.MASI: Fraction(both, either) * Fraction(2 if one < other or other < one else 1, 3),
    }
    return 1 - likeness[metric]


def alpha_by_definition(metric: SetMetric, units: Sequence[Sequence[frozenset[str]]]) -> float | None:
    pairable = [unit for unit in units if len(unit) > 1]
    pool = [rating for unit in pairable for rating in unit]
    n = len(pool)
    chance = sum(distance(metric, one, other) for one, other in product(pool, pool))
    if chance == 0:
        return None
    observed = sum(
        sum(distance(metric, one, other) for one, other in product(unit, unit)) / (len(unit) - 1)
        for unit in pairable
    )
    return float(1 - (n - 1) * observed / chance)


# -- textbook cases ----------------------------------------------------------------------------------


def test_jaccard_alpha_of_three_coders_and_two_answers() -> None:
    # Stack Overflow 45741934: love and gifts, slime and gaming; Jaccard alpha .75.
    sets = collect({"inky": ["lg", "sa"], "blinky": ["lg", "s"], "sue": ["lg", "sa"]})
    agreement = measure_set_agreement(sets, uncertainty=QUICK)
    assert (agreement.n_units_rated, agreement.n_units_pairable) == (2, 2)
    assert agreement.alpha_jaccard.value == pytest.approx(0.75)
    assert agreement.percent_exact.value == pytest.approx(2 / 3)


def test_masi_weighs_by_exact_thirds() -> None:
    # Cross Validated 511927: Jaccard .152, MASI .12962963 (.12972 with the weights rounded to .67 and .33).
    sets = collect({"1": ["fs", "s"], "2": ["f", "s"], "3": ["sem", "se"]})
    agreement = measure_set_agreement(sets, uncertainty=QUICK)
    assert agreement.alpha_jaccard.value == pytest.approx(0.152, abs=5e-4)
    assert agreement.alpha_masi.value == pytest.approx(0.12962963, abs=5e-9)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("", "", (0, 0, 0, 0)),
        ("", "x", (1, 1, 1, 1)),
        ("xy", "xy", (0, 0, 0, 0)),
        ("x", "xy", (1, 1 / 2, 2 / 3, 1 / 3)),
        ("xy", "yz", (1, 2 / 3, 8 / 9, 1 / 2)),
        ("xy", "z", (1, 1, 1, 1)),
    ],
)
def test_distances_of_two_sets(one: str, other: str, expected: tuple[float, ...]) -> None:
    sizes = np.array(len(one)), np.array(len(other)), np.array(len(set(one) & set(other)))
    found = [float(measure_distance(metric, *sizes)) for metric in SetMetric]
    assert found == pytest.approx(expected)


# -- undefined is a result ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ratings", "reason", "percent"),
    [
        ({"a": ["", ""], "b": ["", ""]}, Undefined.ONE_CATEGORY, 1),
        ({"a": ["x", None], "b": [None, "x"]}, Undefined.NO_OVERLAP, None),
        ({"a": ["x", "y"]}, Undefined.ONE_CODER, None),
        ({"a": [None], "b": [None]}, Undefined.NO_RATINGS, None),
    ],
)
@pytest.mark.parametrize("method", list(UncertaintyMethod))
def test_set_alpha_without_value_says_why(
    ratings: dict[str, list[str | None]], reason: Undefined, percent: float | None, method: UncertaintyMethod
) -> None:
    agreement = measure_set_agreement(collect(ratings), uncertainty=replace(QUICK, method=method))
    for alpha in (agreement.alpha_masi, agreement.alpha_jaccard, agreement.alpha_dice, agreement.alpha_exact):
        assert (alpha.value, alpha.undefined, alpha.low, alpha.high) == (None, reason, None, None)
    assert agreement.percent_exact.value == percent


def test_two_declared_coders_without_a_decision_have_no_ratings() -> None:
    agreement = measure_set_agreement(collect_set_ratings([], coders=["a", "b"]))
    assert agreement.alpha_masi.undefined == Undefined.NO_RATINGS


# -- alpha by its definition --------------------------------------------------------------------------

UNITS = st.integers(2, 4).flatmap(
    lambda n_coders: st.lists(
        st.lists(
            st.none() | st.text("wxyz", max_size=4).map(lambda text: "".join(sorted(set(text)))),
            min_size=n_coders,
            max_size=n_coders,
        ),
        min_size=1,
        max_size=8,
    )
)
Units = list[list[str | None]]


def collect_rows(rows: Units, *, people: Mapping[int, int] | None = None) -> SetRatings:
    return collect(
        {f"c{coder}": [row[coder] for row in rows] for coder in range(len(rows[0]))}, people=people
    )


@unhurried
@given(UNITS, st.sampled_from(list(SetMetric)))
def test_set_alpha_agrees_with_its_definition_unit_by_unit(rows: Units, metric: SetMetric) -> None:
    units = [[frozenset(rating) for rating in row if rating is not None] for row in rows]
    agreement = measure_set_agreement(collect_rows(rows), uncertainty=Uncertainty(replicates=2))
    expected = alpha_by_definition(metric, units)
    found = getattr(agreement, f"alpha_{metric}").value
    assert (found is None) == (expected is None)
    if expected is not None:
        assert found == pytest.approx(expected, abs=1e-9)


@unhurried
@given(UNITS, st.sampled_from(list(SetMetric)))
def test_jackknife_is_alpha_computed_anew_without_each_participant(rows: Units, metric: SetMetric) -> None:
    people = {unit: unit // 2 for unit in range(len(rows))}
    figures = read_figures(fold_units(collect_rows(rows, people=people)))
    pairable = {people[u] for u, row in enumerate(rows) if sum(rating is not None for rating in row) > 1}
    anew = []
    for person in pairable:
        kept = [
            [frozenset(rating) for rating in row if rating is not None]
            for unit, row in enumerate(rows)
            if people[unit] != person
        ]
        value = alpha_by_definition(metric, kept)
        anew.append(np.nan if value is None else value)
    found = np.repeat(figures.leave_one_out()[metric], figures.folded.profiles.sizes)
    assert np.sort(found) == pytest.approx(np.sort(anew), abs=1e-9, nan_ok=True)


@unhurried
@given(UNITS)
def test_order_of_coders_and_units_and_names_of_codes_do_not_matter(rows: Units) -> None:
    renamed = str.maketrans("wxyz", "dcba")
    turned = [[rating and rating.translate(renamed) for rating in row[::-1]] for row in rows[::-1]]
    first = measure_set_agreement(collect_rows(rows), uncertainty=Uncertainty(replicates=2))
    second = measure_set_agreement(collect_rows(turned), uncertainty=Uncertainty(replicates=2))
    for name in ("alpha_masi", "alpha_jaccard", "alpha_dice", "alpha_exact", "percent_exact"):
        one, other = getattr(first, name).value, getattr(second, name).value
        assert (one is None) == (other is None)
        assert one is None or one == pytest.approx(other, abs=1e-9)


# -- intervals ---------------------------------------------------------------------------------------


def simulate(n_units: int, *, answers_each: int = 1, n_codes: int = 5, seed: int = 3) -> SetRatings:
    rng = np.random.default_rng(seed)
    true = rng.random((n_units, n_codes)) < 0.25
    people = {unit: unit // answers_each for unit in range(n_units)}
    rows: Units = []
    for unit in range(n_units):
        flips = rng.random((3, n_codes)) < 0.1
        sets = ["".join(np.array(list("abcdefghij"))[:n_codes][true[unit] ^ flip]) for flip in flips]
        rows.append([None if rng.random() < 0.1 else applied for applied in sets])
    return collect_rows(rows, people=people)


@pytest.mark.parametrize("answers_each", [1, 3])
def test_bootstrap_and_jackknife_give_nearly_the_same_standard_error(answers_each: int) -> None:
    sets = simulate(300, answers_each=answers_each)
    bootstrap = measure_set_agreement(sets)
    jackknife = measure_set_agreement(sets, uncertainty=Uncertainty(method=UncertaintyMethod.JACKKNIFE))
    assert (bootstrap.alpha_masi.method, jackknife.alpha_masi.method) == ("bootstrap", "jackknife")
    for name in ("alpha_masi", "alpha_jaccard", "alpha_dice", "alpha_exact", "percent_exact"):
        one, other = getattr(bootstrap, name), getattr(jackknife, name)
        assert one.value == other.value
        assert one.se == pytest.approx(other.se, rel=0.12)
        assert one.low < one.value < one.high


def test_a_large_study_gets_the_jackknife_by_itself() -> None:
    agreement = measure_set_agreement(simulate(3000, n_codes=10))
    assert agreement.alpha_masi.method == "jackknife"
    assert measure_set_agreement(simulate(60)).alpha_masi.method == "bootstrap"
