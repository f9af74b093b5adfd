"""What other tools get wrong about agreement, as cases with the right figure; figures from numbers alone.

Each test names the tool. Where the tool's formula is known it stands here too, so that a case shows both what
that tool says and what is true. Cases that need a project stand in tests/services.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest

from harken.stats.agreement import (
    CrossTable,
    VariableAgreement,
    measure_code_agreement,
    measure_variable_agreement,
)
from harken.stats.estimate import Estimate, Undefined
from harken.stats.ratings import MISSING, IntArray, RatingMatrix, code_ratings, collect_set_ratings
from harken.stats.sets.agreement import measure_set_agreement
from harken.stats.uncertainty import Uncertainty
from harken.stats.verdicts import Verdict

QUICK = Uncertainty(replicates=100)
Table = tuple[int, int, int, int]


def rate(rows: Sequence[Sequence[int]] | IntArray, *, categories: Sequence[str] = ("0", "1")) -> RatingMatrix:
    table = np.asarray(rows, dtype=np.int64)
    return RatingMatrix(
        coders=tuple("ABCDEFGH"[: table.shape[1]]),
        categories=tuple(categories),
        participants=np.arange(len(table)),
        ratings=table,
    )


def cells(both: int, first: int, second: int, neither: int) -> list[tuple[int, int]]:
    return [(1, 1)] * both + [(1, 0)] * first + [(0, 1)] * second + [(0, 0)] * neither


def measure(rows: Sequence[Sequence[int]] | IntArray) -> VariableAgreement:
    return measure_code_agreement(rate(rows), uncertainty=QUICK)


def kappa(found: VariableAgreement) -> float | None:
    assert found.cohen_kappa is not None
    return found.cohen_kappa.value


def cohen_by_definition(table: Table) -> float:
    both, first, second, neither = (Fraction(count) for count in table)
    n = both + first + second + neither
    one, other = (both + first) / n, (both + second) / n
    chance = one * other + (1 - one) * (1 - other)
    return float(((both + neither) / n - chance) / (1 - chance))


def random_coders(prevalence: float) -> IntArray:
    return (np.random.default_rng(1).random((2000, 2)) < prevalence).astype(np.int64)


def table_of(found: VariableAgreement) -> Table:
    table = found.table
    assert table is not None
    return table.both, table.only_first, table.only_second, table.neither


# -- QualCoder: a shifted Jaccard is called kappa ----------------------------------------------------


def qualcoder_kappa(both: int, first: int, second: int, neither: int) -> float:
    """Only what either coded is looked at, and chance is the product of both chances, not their sum."""
    union = both + first + second
    one, other = (both + first) / union, (both + second) / union
    chance = one * other * (1 - one) * (1 - other)
    return (both / union - chance) / (1 - chance)


@pytest.mark.parametrize(("prevalence", "shown"), [(0.9, 0.81), (0.5, 0.30)])
def test_random_coders_agree_by_chance_however_common_the_code(prevalence, shown) -> None:
    """QualCoder shows .81 and .30."""
    found = measure(random_coders(prevalence))
    assert qualcoder_kappa(*table_of(found)) == pytest.approx(shown, abs=0.03)
    assert kappa(found) == pytest.approx(cohen_by_definition(table_of(found)))
    for estimate in (found.cohen_kappa, found.krippendorff_alpha, found.fleiss_kappa):
        assert estimate is not None
        assert estimate.value == pytest.approx(0, abs=0.05)
    alpha = found.krippendorff_alpha
    assert alpha.low is not None
    assert alpha.high is not None
    assert alpha.low < 0 < alpha.high
    assert found.verdict is Verdict.UNRELIABLE


@pytest.mark.parametrize(
    ("table", "shown", "true"),
    [
        ((50, 50, 0, 0), 0.50, 0),  # A codes all, B half of it
        ((0, 50, 50, 0), -0.07, -1),  # they never agree
        ((25, 25, 25, 25), 0.30, 0),  # independent, at 50 %
        ((81, 9, 9, 1), 0.82, 0),  # independent, at 90 %
    ],
)
def test_chance_is_that_both_code_or_that_neither_does(table, shown, true) -> None:
    """QualCoder multiplies the two."""
    assert qualcoder_kappa(*table) == pytest.approx(shown, abs=0.005)
    assert kappa(measure(cells(*table))) == pytest.approx(true)


# -- TACIT: what nobody touched is taken for "no code" -----------------------------------------------

DOUBLE_CODED = (11, 16, 23, 270)
"""40 answers x 8 codes that two coders decided; 60 more answers were never touched."""
N_UNTOUCHED = 60 * 8


def test_untouched_answers_leave_every_figure_as_it_is() -> None:
    """TACIT counts a blank cell as 0."""
    touched = measure(cells(*DOUBLE_CODED))
    beside = measure([*cells(*DOUBLE_CODED), *[(MISSING, MISSING)] * N_UNTOUCHED])
    assert beside == touched
    assert touched.percent_agreement.value == pytest.approx(0.878, abs=5e-4)
    assert kappa(touched) == pytest.approx(0.294, abs=5e-4)
    assert touched.gwet_ac1.value == pytest.approx(0.853, abs=5e-4)


def test_untouched_answers_as_no_code_would_flatter() -> None:
    """The figures that TACIT shows for the same sheets, so that the case above is the one meant."""
    both, first, second, neither = DOUBLE_CODED
    wrong = measure(cells(both, first, second, neither + N_UNTOUCHED))
    assert wrong.percent_agreement.value == pytest.approx(0.951, abs=5e-4)
    assert kappa(wrong) == pytest.approx(0.336, abs=5e-4)
    assert wrong.gwet_ac1.value == pytest.approx(0.947, abs=5e-4)


def test_answers_that_one_coder_never_touched_leave_kappa_and_alpha_as_they_are() -> None:
    """TACIT; the shares of AC1's chance term may move, as all rated answers are in it."""
    touched = measure(cells(*DOUBLE_CODED))
    beside = measure([*cells(*DOUBLE_CODED), *[(1, MISSING), (0, MISSING)] * 30])
    assert (beside.n_units_rated, beside.n_units_pairable) == (380, 320)
    assert beside.table == touched.table
    assert kappa(beside) == kappa(touched)
    assert beside.krippendorff_alpha == touched.krippendorff_alpha
    assert beside.percent_agreement.value == touched.percent_agreement.value


def test_codes_are_not_pooled_into_one_table() -> None:
    """TACIT's pooled kappa calls the cells of one answer independent: one figure hides two opposite ones."""
    steady = [{"a"} if number % 2 else set() for number in range(40)]
    sets = collect_set_ratings(
        [(number, coder, applied) for number, applied in enumerate(steady) for coder in "AB"]
    )
    good = measure_code_agreement(code_ratings(sets, ["a"]), uncertainty=QUICK)
    opposite = [
        (number, coder, steady[number] | ({"b"} if (coder == "A") == (number < 20) else set()))
        for number in range(40)
        for coder in "AB"
    ]
    both = collect_set_ratings(opposite)
    assert measure_code_agreement(code_ratings(both, ["a"]), uncertainty=QUICK) == good
    assert kappa(good) == pytest.approx(1)
    assert kappa(measure_code_agreement(code_ratings(both, ["b"]), uncertainty=QUICK)) == pytest.approx(-1)
    pooled = [
        (int(code in one), int(code in other))
        for (_, _, one), (_, _, other) in zip(opposite[::2], opposite[1::2], strict=True)
        for code in "ab"
    ]
    assert kappa(measure(pooled)) == pytest.approx(0)


# -- qdaPy: partial double coding, cells with several codes, more than two coders --------------------


def test_perfect_agreement_on_the_double_coded_third_is_one() -> None:
    """QdaPy's per-code view shows .30 to .45 where bob was given 100 of 300 answers."""
    rng = np.random.default_rng(2)
    ann = (rng.random(300) < 0.3).astype(np.int64)
    bob = np.where(np.arange(300) < 100, ann, MISSING)
    found = measure(np.stack([ann, bob], axis=1))
    blank_as_no = measure(np.stack([ann, np.where(bob == MISSING, 0, bob)], axis=1))
    assert (found.n_units_rated, found.n_units_pairable) == (300, 100)
    assert [kappa(found), found.krippendorff_alpha.value, found.gwet_ac1.value] == [1, 1, 1]
    assert 0.30 <= (kappa(blank_as_no) or 0) <= 0.45


def test_answers_with_several_codes_are_not_set_aside() -> None:
    """QdaPy's overall matrix leaves 113 of 400 cells out as they hold more than one code."""
    rng = np.random.default_rng(3)
    n_codes = np.where(np.arange(400) < 113, 2, 1)
    applied = [tuple(rng.choice(list("abcd"), size=n, replace=False)) for n in n_codes]
    sets = collect_set_ratings(
        [(unit, coder, codes) for unit, codes in enumerate(applied) for coder in ("ann", "bob")]
    )
    found = measure_set_agreement(sets, uncertainty=QUICK)
    assert (found.n_units_rated, found.n_units_pairable) == (400, 400)
    assert found.alpha_masi.value == 1


INCOMPLETE = (
    *[(0, 0, 0)] * 9,
    *[(1, 1, 1)] * 3,
    *[(0, 1, 0)] * 2,
    (1, 1, 0),
    *[(0, 0, MISSING)] * 4,
    *[(1, 0, MISSING)] * 2,
    (MISSING, 1, 1),
    *[(MISSING, MISSING, 1)] * 3,
    *[(0, MISSING, MISSING)] * 2,
)
"""Three coders with a quarter of the ratings missing."""


def incomplete_by_definition(chance: Callable[[Fraction], Fraction]) -> float:
    """(po - pe) / (1 - pe) of Gwet (2014): po over pairable units, the share of yes over all rated ones."""
    given = [[rating for rating in row if rating != MISSING] for row in INCOMPLETE]
    pairable = [row for row in given if len(row) > 1]
    agreeing = [
        Fraction(sum(a == b for a, b in combinations(row, 2)), len(row) * (len(row) - 1) // 2)
        for row in pairable
    ]
    observed = sum(agreeing, Fraction(0)) / len(pairable)
    yes = sum((Fraction(sum(row), len(row)) for row in given), Fraction(0)) / len(given)
    return float((observed - chance(yes)) / (1 - chance(yes)))


def test_fleiss_and_ac1_with_missing_ratings_are_gwets() -> None:
    """QdaPy takes another convention (.338 for .347 and .356 for .351); ours is that of irrCAC."""
    found = measure(INCOMPLETE)
    assert found.fleiss_kappa.value == pytest.approx(
        incomplete_by_definition(lambda yes: yes**2 + (1 - yes) ** 2)
    )
    assert found.gwet_ac1.value == pytest.approx(incomplete_by_definition(lambda yes: 2 * yes * (1 - yes)))


def test_alpha_with_missing_ratings_is_by_definition() -> None:
    """QdaPy has it right, and so have we: ratings without a partner are left out."""
    pairable = [row for row in ([r for r in row if r != MISSING] for row in INCOMPLETE) if len(row) > 1]
    pool = [rating for row in pairable for rating in row]
    n = len(pool)
    observed = sum(
        Fraction(2 * sum(a != b for a, b in combinations(row, 2)), len(row) - 1) for row in pairable
    )
    expected = Fraction(2 * sum(a != b for a, b in combinations(pool, 2)), n - 1)
    assert measure(INCOMPLETE).krippendorff_alpha.value == pytest.approx(float(1 - observed / expected))


def test_brennan_prediger_is_defined_for_any_number_of_coders() -> None:
    """QdaPy raises for more than two."""
    assert measure(INCOMPLETE).brennan_prediger.value == pytest.approx(
        incomplete_by_definition(lambda yes: Fraction(1, 2))
    )


def test_coding_an_answer_in_more_parts_makes_no_interval_narrower() -> None:
    """QdaPy and TACIT test fragments as if each were a person (11.7 % false alarms at 5 %)."""
    rows = np.array(cells(12, 4, 5, 29))
    once = measure_code_agreement(rate(rows), uncertainty=QUICK)
    fourfold = measure_code_agreement(
        replace(rate(np.repeat(rows, 4, axis=0)), participants=np.repeat(np.arange(len(rows)), 4)),
        uncertainty=QUICK,
    )
    as_if_independent = measure_code_agreement(rate(np.repeat(rows, 4, axis=0)), uncertainty=QUICK)

    def limits(found: VariableAgreement) -> tuple[float | None, float | None]:
        return found.percent_agreement.low, found.percent_agreement.high

    assert limits(fourfold) == pytest.approx(limits(once))
    low, high = limits(once)
    narrow_low, narrow_high = limits(as_if_independent)
    assert None not in (low, high, narrow_low, narrow_high)
    assert narrow_low > low  # type: ignore[operator]
    assert narrow_high < high  # type: ignore[operator]


# -- INCEpTION, NVivo: a figure for each file --------------------------------------------------------


def test_one_figure_over_all_answers_is_no_mean_of_figures_by_document() -> None:
    """INCEpTION's overall figure is the mean over documents: .49 where the whole has .94."""
    first, second = cells(20, 0, 0, 20), cells(0, 1, 1, 38)
    mean = np.mean([kappa(measure(part)) for part in (first, second)])
    assert mean == pytest.approx((1 + cohen_by_definition((0, 1, 1, 38))) / 2)
    assert kappa(measure([*first, *second])) == pytest.approx(cohen_by_definition((20, 1, 1, 58)))
    assert (round(mean, 2), round(cohen_by_definition((20, 1, 1, 58)), 2)) == (0.49, 0.94)


def test_single_answers_have_kappas_of_zero_one_or_none_and_the_code_has_one_of_its_own() -> None:
    """NVivo's kappa is by file, and a survey's file is one short answer: "all my kappas are 0 or 1"."""
    rows = cells(8, 2, 3, 27)
    alone = {(kappa(found), found.verdict) for found in (measure([row]) for row in rows)}
    assert alone == {(None, Verdict.UNDEFINED), (0.0, Verdict.TOO_FEW)}
    assert kappa(measure(rows)) == pytest.approx(cohen_by_definition((8, 2, 3, 27)))


def test_an_answer_without_codes_is_a_rating_and_an_undecided_one_is_none() -> None:
    """INCEpTION takes an unset value for an empty one."""
    decisions = [(1, "A", ["x"]), (1, "B", ["x"]), (2, "A", []), (2, "B", []), (3, "A", ["x"]), (3, "B", [])]
    found = measure_set_agreement(collect_set_ratings(decisions), uncertainty=QUICK)
    without = measure_set_agreement(collect_set_ratings(decisions[:-1]), uncertainty=QUICK)
    assert (found.n_units_pairable, found.percent_exact.value) == (3, pytest.approx(2 / 3))
    assert (without.n_units_pairable, without.percent_exact.value) == (2, 1)


def test_incomplete_answers_are_kept_and_the_figure_without_them_stands_beside() -> None:
    """INCEpTION's kappas drop what not every coder rated, without a word."""
    found = measure(INCOMPLETE)
    complete = measure([row for row in INCOMPLETE if MISSING not in row])
    assert (found.n_units_rated, found.n_units_pairable, complete.n_units_rated) == (27, 22, 15)
    assert found.fleiss_kappa_listwise.value == pytest.approx(complete.fleiss_kappa.value)
    assert found.fleiss_kappa.value != pytest.approx(complete.fleiss_kappa.value)


def test_every_coefficient_has_an_interval() -> None:
    """QualCoder, TACIT, INCEpTION, Prodigy and NVivo give none."""
    found = measure(cells(30, 5, 6, 59))
    figures = (
        found.percent_agreement,
        found.krippendorff_alpha,
        found.fleiss_kappa,
        found.gwet_ac1,
        found.brennan_prediger,
        found.cohen_kappa,
    )
    for figure in figures:
        assert figure is not None
        assert figure.low is not None
        assert figure.high is not None
        assert figure.value is not None
        assert figure.low < figure.value < figure.high


# -- MAXQDA, ATLAS.ti: codes that are not used, answers with several ---------------------------------


def test_codes_that_nobody_used_raise_no_figure() -> None:
    """MAXQDA's chance is 1 / number of selected codes, so that unused ones raise its kappa."""
    decisions = [
        (unit, coder, ["x"] if rated else [])
        for unit, row in enumerate(cells(8, 2, 3, 27))
        for coder, rated in zip("AB", row, strict=True)
    ]
    few = collect_set_ratings(decisions, codes=["x"])
    many = collect_set_ratings(decisions, codes=["x", *(f"unused{number}" for number in range(50))])
    of_few, of_many = (
        measure_code_agreement(code_ratings(sets, ["x"]), uncertainty=QUICK) for sets in (few, many)
    )
    assert of_few == of_many
    assert of_few.brennan_prediger.value == pytest.approx(2 * 35 / 40 - 1)
    assert measure_set_agreement(few, uncertainty=QUICK) == measure_set_agreement(many, uncertainty=QUICK)


def values(found: VariableAgreement) -> dict[str, float | None]:
    parts = {field.name: getattr(found, field.name) for field in fields(found)}
    return {name: part.value for name, part in parts.items() if isinstance(part, Estimate)}


def test_an_unused_category_moves_only_the_figures_that_are_defined_by_their_number() -> None:
    """MAXQDA; where categories are declared, 1/q and AC1's q - 1 count them, and alpha and kappa do not."""
    rows = [(0, 0)] * 10 + [(1, 1)] * 6 + [(0, 1)] * 4
    two = measure_variable_agreement(rate(rows, categories=("a", "b")), uncertainty=QUICK)
    five = measure_variable_agreement(rate(rows, categories=tuple("abcde")), uncertainty=QUICK)
    changed = {name for name, value in values(two).items() if values(five)[name] != pytest.approx(value)}
    assert changed == {"gwet_ac1", "brennan_prediger"}
    assert (two.brennan_prediger.value, five.brennan_prediger.value) == (
        pytest.approx((0.8 - 1 / 2) / (1 - 1 / 2)),
        pytest.approx((0.8 - 1 / 5) / (1 - 1 / 5)),
    )


def test_answers_with_several_codes_need_no_exclusive_domains() -> None:
    """ATLAS.ti's alphas need codes that exclude each other; the distance of two sets does not."""
    sets = collect_set_ratings(
        [
            *((1, coder, codes) for coder, codes in (("A", "ab"), ("B", "a"))),
            *((2, coder, codes) for coder, codes in (("A", "bc"), ("B", "bc"))),
            *((3, coder, codes) for coder, codes in (("A", ""), ("B", "ac"))),
        ]
    )
    found = measure_set_agreement(sets, uncertainty=QUICK)
    pool = [frozenset(codes) for codes in ("ab", "a", "bc", "bc", "", "ac")]

    def masi(one: frozenset[str], other: frozenset[str]) -> Fraction:
        if one == other:
            return Fraction(0)
        nested = one < other or other < one
        shared = Fraction(len(one & other), len(one | other))
        return 1 - shared * Fraction(2 if nested else 1, 3)

    observed = sum((2 * masi(*pool[at : at + 2]) for at in (0, 2, 4)), Fraction(0)) / 6
    expected = sum((2 * masi(one, other) for one, other in combinations(pool, 2)), Fraction(0)) / 30
    assert found.alpha_masi.value == pytest.approx(float(1 - observed / expected))


# -- Dedoose, nltk, irr: misses, and no variation ----------------------------------------------------


def test_what_the_expert_left_uncoded_is_compared_too() -> None:
    """Dedoose compares the excerpts that the expert coded: what the trainee finds elsewhere is unseen."""
    rows = cells(18, 2, 15, 65)
    seen = measure([row for row in rows if row[0] == 1])
    whole = measure(rows)
    assert seen.percent_agreement.value == pytest.approx(0.9)
    assert whole.table == CrossTable(both=18, only_first=2, only_second=15, neither=65)
    assert whole.percent_agreement.value == pytest.approx(0.83)
    assert whole.positive_agreement is not None
    assert whole.positive_agreement.value == pytest.approx(36 / 53)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([(0, 0)] * 20, Undefined.ONE_CATEGORY),
        ([(1, 1)] * 20, Undefined.ONE_CATEGORY),
        ([(1, MISSING), (MISSING, 0)] * 10, Undefined.NO_OVERLAP),
        ([(MISSING, MISSING)] * 10, Undefined.NO_RATINGS),
        ([(1,), (0,)], Undefined.ONE_CODER),
    ],
)
def test_without_variation_or_overlap_a_coefficient_is_undefined_and_says_why(rows, reason) -> None:
    """Others give 1 (nltk, irr), 0, or nothing at all."""
    found = measure(rows)
    alpha = found.krippendorff_alpha
    assert (alpha.value, alpha.undefined, alpha.low, alpha.high) == (None, reason, None, None)
    assert found.verdict is Verdict.UNDEFINED
