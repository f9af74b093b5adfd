"""Sums of distances between sets: every way to take them gives what the definition gives, pair by pair."""

from __future__ import annotations

from dataclasses import replace
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harken.stats.intervals.resampling import draw_profiles
from harken.stats.patterns import FloatArray
from harken.stats.ratings import MISSING, SetRatings
from harken.stats.sets import samples
from harken.stats.sets.agreement import measure_set_agreement
from harken.stats.sets.distances import DistinctSets, SetMetric, measure_distance, measure_pairs, pack_sets
from harken.stats.sets.figures import SHARE_EQUAL, SetFigures, read_figures, set_alpha
from harken.stats.sets.lattice import estimate_lattice, sum_by_lattice
from harken.stats.sets.subsets import subset_weights
from harken.stats.sets.sums import plan_listing, sum_by_listing, sum_distances
from harken.stats.sets.units import fold_units
from harken.stats.uncertainty import Uncertainty, UncertaintyMethod

# A shared machine may keep one example waiting.
unhurried = settings(deadline=None)
METRICS = st.sampled_from(list(SetMetric))
MEMBERS = st.lists(st.frozensets(st.integers(0, 8)), min_size=1, max_size=12, unique=True)


def pack(members: list[frozenset[int]], *, n_codes: int = 9, stride: int = 1) -> DistinctSets:
    table = np.zeros((len(members), n_codes), dtype=np.bool_)
    for row, codes in enumerate(members):
        table[row, [code * stride for code in codes]] = True
    return pack_sets(table)


def tabulate(sets: DistinctSets) -> dict[SetMetric, FloatArray]:
    """The plain table of distances, sets x sets."""
    shared = sets.members.astype(int) @ sets.members.T.astype(int)
    return {
        metric: measure_distance(metric, sets.sizes[:, None], sets.sizes[None, :], shared)
        for metric in SetMetric
    }


def draw_sets(
    n_units: int, *, n_codes: int = 12, n_coders: int = 3, answers_each: int = 1, seed: int = 5
) -> SetRatings:
    """Coders who see the same truth, with flips and gaps."""
    rng = np.random.default_rng(seed)
    truth = rng.random((n_units, 1, n_codes)) < 0.25
    bits = (truth ^ (rng.random((n_units, n_coders, n_codes)) < 0.1)) @ (1 << np.arange(n_codes))
    found, ids = np.unique(bits, return_inverse=True)
    ids = np.where(rng.random(bits.shape) < 0.1, MISSING, ids.reshape(bits.shape))
    return SetRatings(
        coders=tuple("abcdef"[:n_coders]),
        codes=tuple(f"c{code:02}" for code in range(n_codes)),
        units=tuple(range(n_units)),
        participants=np.arange(n_units) // answers_each,
        members=(found[:, None] >> np.arange(n_codes) & 1).astype(np.bool_),
        set_ids=ids,
    )


# -- sums over all ratings ---------------------------------------------------------------------------


@given(st.integers(0, 25), st.integers(0, 25), METRICS)
def test_subset_weights_add_up_to_the_distance(a: int, b: int, metric: SetMetric) -> None:
    sizes = np.array([a, b])
    for shared in range(min(a, b) + 1):
        found = sum(
            comb(shared, cardinal) * subset_weights(metric, sizes, cardinal)[0, 1]
            for cardinal in range(shared + 1)
        )
        expected = measure_distance(metric, np.array(a), np.array(b), np.array(shared))
        assert found == pytest.approx(float(expected), abs=1e-12)


def test_subset_too_large_for_a_set_has_no_weight() -> None:
    for metric in SetMetric:
        assert not subset_weights(metric, np.array([0, 1, 2]), 3).any()


@unhurried
@given(MEMBERS, st.integers(-1, 9), st.sampled_from([(9, 1), (100, 11)]))
def test_sums_by_listing_are_those_of_the_plain_table(
    members: list[frozenset[int]], most_listed: int, codes: tuple[int, int]
) -> None:
    sets = pack(members, n_codes=codes[0], stride=codes[1])
    weights = np.arange(len(sets), dtype=np.float64)
    found = sum_by_listing(sets, weights, most_listed=most_listed)
    for metric, table in tabulate(sets).items():
        assert found[metric] == pytest.approx(table @ weights, abs=1e-9)


@unhurried
@given(MEMBERS)
def test_sums_by_the_lattice_are_those_of_the_plain_table(members: list[frozenset[int]]) -> None:
    sets = pack(members)
    weights = np.arange(len(sets), dtype=np.float64)
    found = sum_by_lattice(sets, weights)
    for metric, table in tabulate(sets).items():
        assert found[metric] == pytest.approx(table @ weights, abs=1e-9)


@pytest.mark.parametrize("n_codes", [12, 16])
def test_all_ways_to_sum_agree_on_large_sets_of_many_ratings(n_codes: int) -> None:
    rng = np.random.default_rng(1)
    members = np.unique(rng.random((1500, n_codes)) < 0.6, axis=0)
    members = np.concatenate([members, np.ones((1, n_codes), dtype=np.bool_)])
    sets = pack_sets(np.unique(members, axis=0))
    weights = rng.integers(1, 1000, size=len(sets)).astype(np.float64)
    plain = sum_by_listing(sets, weights, most_listed=-1)
    for found in (sum_by_lattice(sets, weights), sum_by_listing(sets, weights, most_listed=9)):
        for metric, sums in plain.items():
            assert found[metric] == pytest.approx(sums, rel=1e-11)


def test_subsets_listed_in_parts_give_the_same_sums(monkeypatch: pytest.MonkeyPatch) -> None:
    sets = pack_sets(np.unique(np.random.default_rng(2).random((400, 30)) < 0.15, axis=0))
    weights = np.ones(len(sets))
    whole = sum_by_listing(sets, weights, most_listed=6)
    monkeypatch.setattr("harken.stats.sets.sums._KEYS_AT_ONCE", 1000)
    for metric, sums in sum_by_listing(sets, weights, most_listed=6).items():
        assert sums == pytest.approx(whole[metric], abs=1e-9)


def test_lattice_is_for_many_sets_of_few_codes() -> None:
    rng = np.random.default_rng(3)
    few = pack_sets(np.unique(rng.random((100, 20)) < 0.3, axis=0))
    many = pack_sets(np.unique(rng.random((60_000, 16)) < 0.4, axis=0))
    with_many_codes = pack_sets(np.unique(rng.random((100, 40)) < 0.3, axis=0))
    assert estimate_lattice(few) > plan_listing(few)[1]
    assert estimate_lattice(many) < plan_listing(many)[1]
    assert estimate_lattice(with_many_codes) == float("inf")


def test_no_set_at_all_sums_to_nothing() -> None:
    found = sum_distances(pack_sets(np.zeros((0, 4), dtype=np.bool_)), np.empty(0))
    assert {metric: len(sums) for metric, sums in found.items()} == dict.fromkeys(SetMetric, 0)


@given(MEMBERS)
def test_distances_of_pairs_are_those_of_the_plain_table(members: list[frozenset[int]]) -> None:
    sets = pack(members)
    first, second = (side.ravel() for side in np.indices((len(sets), len(sets))))
    found = measure_pairs(sets, first, second)
    for metric, table in tabulate(sets).items():
        assert found[metric].tolist() == table.ravel().tolist()


# -- samples and leaving one out ---------------------------------------------------------------------


def alphas_by_tables(figures: SetFigures, draws: FloatArray) -> dict[SetMetric, FloatArray]:
    """Alphas where profiles occur `draws` times, from the plain table."""
    weights = draws @ figures.folded.contents.toarray()
    return {
        metric: set_alpha(
            draws @ figures.parts[metric],
            np.einsum("ri,ij,rj->r", weights, table, weights, optimize=True),
            weights.sum(axis=1),
        )
        for metric, table in tabulate(figures.folded.sets).items()
    }


@pytest.mark.parametrize(
    ("n_units", "n_codes", "answers_each"), [(200, 5, 1), (40, 12, 1), (90, 12, 3), (800, 10, 2)]
)
def test_samples_are_alphas_of_the_drawn_participants(n_units: int, n_codes: int, answers_each: int) -> None:
    # Fewer sets than profiles and more, in one block of columns and several.
    figures = read_figures(fold_units(draw_sets(n_units, n_codes=n_codes, answers_each=answers_each)))
    uncertainty = Uncertainty(replicates=50)
    draws = np.concatenate(list(draw_profiles(figures.folded.profiles.sizes, uncertainty)))
    found = samples.sample_figures(figures, uncertainty)
    for metric, alphas in alphas_by_tables(figures, draws).items():
        assert found[metric] == pytest.approx(alphas, abs=1e-9)
    assert found[SHARE_EQUAL] == pytest.approx(draws @ figures.equal / (draws @ figures.n_units), abs=1e-12)


def test_a_replicate_is_the_alpha_of_the_study_that_it_draws() -> None:
    sets = draw_sets(12, n_codes=4)
    figures = read_figures(fold_units(sets))
    draw = np.random.default_rng(0).integers(0, 3, size=len(figures.folded.profiles.sizes))
    units = np.repeat(figures.folded.units[figures.folded.profiles.classes.indices], draw, axis=0)
    repeated = SetRatings(
        coders=sets.coders,
        codes=sets.codes,
        units=tuple(range(len(units))),
        participants=np.arange(len(units)),
        members=figures.folded.sets.members,
        set_ids=units,
    )
    anew = read_figures(fold_units(repeated)).values()
    for metric, alphas in alphas_by_tables(figures, draw[None, :].astype(np.float64)).items():
        assert anew[metric] == pytest.approx(alphas[0], abs=1e-12)


@pytest.mark.parametrize("answers_each", [1, 2, 50, 400])
def test_leaving_one_out_is_alpha_of_the_others(answers_each: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # With few and many sets a participant, of a thousand distinct ones, and in several parts.
    monkeypatch.setattr("harken.stats.sets.figures._ENTRIES_AT_ONCE", 100)
    figures = read_figures(fold_units(draw_sets(800, answers_each=answers_each)))
    sizes = figures.folded.profiles.sizes
    chosen = np.arange(0, len(sizes), max(1, len(sizes) // 40))
    draws = sizes - np.eye(len(sizes))[chosen]
    found = figures.leave_one_out()
    for metric, alphas in alphas_by_tables(figures, draws).items():
        assert found[metric][chosen] == pytest.approx(alphas, abs=1e-9)


def test_leaving_one_out_by_the_lattice_is_alpha_of_the_others() -> None:
    figures = read_figures(fold_units(draw_sets(800)))
    weights = figures.folded.profiles.sizes @ figures.folded.contents
    by_lattice = replace(figures, apart=sum_by_lattice(figures.folded.sets, weights.astype(np.float64)))
    plain = figures.leave_one_out()
    for name, values in by_lattice.leave_one_out().items():
        assert values == pytest.approx(plain[name], abs=1e-9)


# -- what takes how long -----------------------------------------------------------------------------


def test_samples_are_drawn_in_studies_of_usual_size_and_one_is_left_out_in_large_ones() -> None:
    methods = [measure_set_agreement(draw_sets(n)).alpha_masi.method for n in (50, 500, 3000)]
    assert methods == ["bootstrap", "bootstrap", "jackknife"]


def test_more_replicates_bring_the_jackknife_sooner() -> None:
    folded = fold_units(draw_sets(500))
    assert samples.is_quick(folded, Uncertainty(replicates=100))
    assert not samples.is_quick(folded, Uncertainty(replicates=100_000))


def test_limits_hardly_move_where_the_jackknife_takes_over() -> None:
    sets = draw_sets(700, n_codes=8)
    drawn = measure_set_agreement(sets)
    left = measure_set_agreement(sets, uncertainty=Uncertainty(method=UncertaintyMethod.JACKKNIFE))
    for name in ("alpha_masi", "alpha_jaccard", "alpha_dice", "alpha_exact", "percent_exact"):
        one, other = getattr(drawn, name), getattr(left, name)
        assert (one.method, other.method, one.value) == ("bootstrap", "jackknife", other.value)
        assert (one.low, one.high) == pytest.approx((other.low, other.high), abs=0.01)
