"""What holds of agreement whatever the data: invariances, bounds, no number for what is undefined."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import jaccard_distance, masi_distance

from harken.stats.agreement import VariableAgreement, measure_code_agreement, measure_variable_agreement
from harken.stats.estimate import Estimate, Undefined
from harken.stats.pair_agreement import measure_all_pairs
from harken.stats.ratings import (
    MISSING,
    IntArray,
    RatingMatrix,
    SetRatings,
    code_ratings,
    collect_set_ratings,
)
from harken.stats.scaled_alpha import Scale
from harken.stats.sets.agreement import SetAgreement, measure_set_agreement
from harken.stats.uncertainty import Uncertainty, UncertaintyMethod

# A shared machine may keep one example waiting.
unhurried = settings(deadline=None)
METHODS = st.sampled_from(list(UncertaintyMethod))
FEW = 30
Level = Literal["nominal", "ordinal", "interval", "ratio"]
LEVELS: tuple[Level, ...] = ("nominal", "ordinal", "interval", "ratio")


@dataclass(frozen=True)
class Table:
    """Ratings of units by coders, and whose each unit is."""

    q: int
    ratings: IntArray
    participants: IntArray

    def matrix(self) -> RatingMatrix:
        return RatingMatrix(
            coders=tuple("ABCDE"[: self.ratings.shape[1]]),
            categories=tuple(map(str, range(self.q))),
            participants=self.participants,
            ratings=self.ratings,
        )


@st.composite
def tables(draw: st.DrawFn, *, q: int | None = None, min_coders: int = 1) -> Table:
    n_categories = q or draw(st.integers(1, 4))
    n_units, n_coders = draw(st.integers(0, 12)), draw(st.integers(min_coders, 4))
    ratings = draw(arrays(np.int64, (n_units, n_coders), elements=st.integers(-1, n_categories - 1)))
    people = draw(st.lists(st.integers(0, 5), min_size=n_units, max_size=n_units))
    return Table(n_categories, ratings, np.sort(np.array(people, dtype=np.int64)))


def measure(table: Table, method: UncertaintyMethod = UncertaintyMethod.ANALYTIC) -> VariableAgreement:
    how = Uncertainty(method=method, replicates=FEW)
    if table.q == 2:
        return measure_code_agreement(table.matrix(), uncertainty=how)
    return measure_variable_agreement(table.matrix(), uncertainty=how, scale=Scale.RATIO)


def estimates(found: VariableAgreement | SetAgreement) -> dict[str, Estimate]:
    named = {field.name: getattr(found, field.name) for field in fields(found)}
    return {name: value for name, value in named.items() if isinstance(value, Estimate)}


def values(found: VariableAgreement | SetAgreement) -> dict[str, float | None]:
    return {name: one.value for name, one in estimates(found).items()}


def leaves(value: Any) -> Iterator[Any]:
    if is_dataclass(value):
        for field in fields(value):
            yield from leaves(getattr(value, field.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from leaves(one)
    else:
        yield value


def close(expected: dict[str, float | None]) -> Any:
    return pytest.approx(expected, abs=1e-9)


# -- one variable ------------------------------------------------------------------------------------


@unhurried
@given(tables(min_coders=2), METHODS)
def test_every_figure_is_a_finite_number_or_says_why_there_is_none(
    table: Table, method: UncertaintyMethod
) -> None:
    found = measure(table, method)
    pairs = measure_all_pairs(table.matrix(), uncertainty=Uncertainty(method=method, replicates=FEW))
    assert [one for one in leaves((found, pairs)) if isinstance(one, float) and not math.isfinite(one)] == []
    for pair in pairs:
        assert pair.cohen_kappa.method == method
    for one in estimates(found).values():
        assert one.method == method
        assert (one.value is None) == isinstance(one.undefined, Undefined)
        assert (one.low is None) == (one.high is None)
        assert one.value is None or one.value <= 1
        if one.value is None:
            assert (one.se, one.low) == (None, None)
        if one.low is not None and one.high is not None:
            assert one.low <= one.high <= 1
    assert found.below_minimum.probability is None or 0 <= found.below_minimum.probability <= 1


@unhurried
@given(tables(), METHODS)
def test_the_same_seed_gives_the_same_limits(table: Table, method: UncertaintyMethod) -> None:
    assert measure(table, method) == measure(table, method)


@unhurried
@given(tables(q=3, min_coders=2), st.randoms(use_true_random=False))
def test_order_of_coders_and_units_and_names_of_participants_move_no_figure(
    table: Table, random: Any
) -> None:
    units, coders = list(range(len(table.ratings))), list(range(table.ratings.shape[1]))
    random.shuffle(units)
    random.shuffle(coders)
    turned = Table(3, table.ratings[units][:, coders], 7 - table.participants[units])
    for method in (UncertaintyMethod.ANALYTIC, UncertaintyMethod.JACKKNIFE):
        one, other = measure(table, method), measure(turned, method)
        assert values(other) == close(values(one))
        errors = {name: found.se for name, found in estimates(one).items()}
        assert {name: found.se for name, found in estimates(other).items()} == pytest.approx(errors, abs=1e-7)


@unhurried
@given(tables(q=3, min_coders=2), st.permutations(range(3)))
def test_names_of_categories_move_no_nominal_figure(table: Table, renamed: list[int]) -> None:
    ratings = np.append(renamed, MISSING)[table.ratings]
    found = [
        measure_variable_agreement(one.matrix(), uncertainty=Uncertainty(method=UncertaintyMethod.ANALYTIC))
        for one in (table, Table(3, ratings, table.participants))
    ]
    assert values(found[1]) == close(values(found[0]))


@unhurried
@given(tables(q=4, min_coders=2), st.data())
def test_a_unit_rated_once_moves_no_alpha(table: Table, data: st.DataObject) -> None:
    single = np.full((1, table.ratings.shape[1]), MISSING)
    single[0, data.draw(st.integers(0, single.shape[1] - 1))] = data.draw(st.integers(0, 3))
    more = Table(4, np.concatenate([table.ratings, single]), np.append(table.participants, 99))
    for method in (UncertaintyMethod.ANALYTIC, UncertaintyMethod.JACKKNIFE):
        before, after = estimates(measure(table, method)), estimates(measure(more, method))
        for name in before:
            if name.startswith("krippendorff_alpha") and before[name].value is not None:
                assert after[name].value == pytest.approx(before[name].value, abs=1e-12)
                assert after[name].se == pytest.approx(before[name].se, abs=1e-9)


@unhurried
@given(st.lists(st.integers(0, 2), min_size=2, max_size=12), st.integers(2, 4))
def test_perfect_agreement_on_two_used_values_is_one(column: list[int], n_coders: int) -> None:
    assume(len(set(column)) > 1)
    ratings = np.repeat(np.array(column)[:, None], n_coders, axis=1)
    found = values(measure(Table(3, ratings, np.arange(len(column)))))
    assert found == close(dict.fromkeys(found, 1.0))


@unhurried
@given(tables(q=5, min_coders=2), st.sampled_from(LEVELS))
def test_alpha_is_that_of_the_krippendorff_package(table: Table, level: Level) -> None:
    counts = (table.ratings[:, :, None] == np.arange(5)).sum(axis=1)
    pairable = counts[counts.sum(axis=1) > 1]
    assume(len(pairable) and (pairable.sum(axis=0) > 0).sum() > 1)
    expected = krippendorff.alpha(
        value_counts=pairable, value_domain=[1, 2, 3, 4, 5], level_of_measurement=level
    )
    found = values(measure(table))
    name = "krippendorff_alpha" if level == "nominal" else f"krippendorff_alpha_{level}"
    assert found[name] == pytest.approx(expected, abs=1e-9)


# -- whole sets --------------------------------------------------------------------------------------

SET = st.frozensets(st.sampled_from("wxyz"))
Rows = list[list[frozenset[str] | None]]


def set_rows(*, is_empty_allowed: bool = True) -> st.SearchStrategy[Rows]:
    one = SET if is_empty_allowed else SET.filter(bool)
    return st.integers(2, 4).flatmap(
        lambda n_coders: st.lists(
            st.lists(st.none() | one, min_size=n_coders, max_size=n_coders), min_size=0, max_size=8
        )
    )


def collect(rows: Rows, *, codes: str = "", people: int = 99) -> SetRatings:
    return collect_set_ratings(
        [
            (unit, f"c{coder}", applied)
            for unit, row in enumerate(rows)
            for coder, applied in enumerate(row)
            if applied is not None
        ],
        coders=["c0", "c1"],
        codes=tuple(codes),
        participant_of=lambda unit: unit % people,
    )


@unhurried
@given(set_rows(), METHODS, st.integers(1, 9))
def test_every_figure_of_sets_is_a_finite_number_or_says_why_there_is_none(
    rows: Rows, method: UncertaintyMethod, people: int
) -> None:
    how = Uncertainty(method=method, replicates=FEW)
    found = measure_set_agreement(collect(rows, people=people), uncertainty=how)
    assert [one for one in leaves(found) if isinstance(one, float) and not math.isfinite(one)] == []
    for one in estimates(found).values():
        assert (one.value is None) == isinstance(one.undefined, Undefined)
        assert one.value is None or one.value <= 1 + 1e-12
        if one.low is not None and one.high is not None:
            assert one.low <= one.high
    assert measure_set_agreement(collect(rows, people=people), uncertainty=how) == found


@unhurried
@given(set_rows(), SET)
def test_a_unit_rated_once_moves_no_figure_of_sets(rows: Rows, applied: frozenset[str]) -> None:
    assume(rows)
    single: list[frozenset[str] | None] = [applied, *[None] * (len(rows[0]) - 1)]
    before = values(measure_set_agreement(collect(rows), uncertainty=Uncertainty(replicates=2)))
    after = values(measure_set_agreement(collect([*rows, single]), uncertainty=Uncertainty(replicates=2)))
    assert after == close(before)


@unhurried
@given(set_rows())
def test_an_unused_code_moves_no_other_figure(rows: Rows) -> None:
    plain, wider = collect(rows, codes="wxyz"), collect(rows, codes="awxyzb")
    how = Uncertainty(replicates=FEW)
    assert measure_set_agreement(wider, uncertainty=how) == measure_set_agreement(plain, uncertainty=how)
    for code in "wxyz":
        one, other = (
            measure_code_agreement(code_ratings(sets, [code]), uncertainty=how) for sets in (plain, wider)
        )
        assert one == other


@unhurried
@given(set_rows(is_empty_allowed=False), st.sampled_from(["alpha_jaccard", "alpha_masi"]))
def test_alpha_of_sets_is_that_of_nltk(rows: Rows, name: str) -> None:
    pairable = [row for row in rows if sum(applied is not None for applied in row) > 1]
    triples = [
        (f"c{coder}", unit, applied)
        for unit, row in enumerate(pairable)
        for coder, applied in enumerate(row)
        if applied is not None
    ]
    assume(len({applied for _, _, applied in triples}) > 1)
    distance = {"alpha_jaccard": jaccard_distance, "alpha_masi": masi_distance}[name]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = AnnotationTask(data=triples, distance=distance).alpha()
    found = values(measure_set_agreement(collect(rows), uncertainty=Uncertainty(replicates=2)))
    assert found[name] == pytest.approx(expected, abs=1e-9)
