"""Codes that coders apply in each other's place."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harken.stats.confusions import Confusion, count_confusions
from harken.stats.ratings import collect_set_ratings

CODES = ("a", "b", "c")
Decisions = dict[tuple[int, str], frozenset[str]]
"""Sets of codes by unit and coder."""


def confusions(decisions: Decisions, *, coder: str | None = None) -> tuple[Confusion, ...]:
    sets = collect_set_ratings(
        ((unit, who, codes) for (unit, who), codes in decisions.items()),
        coders=sorted({who for _, who in decisions}),
        codes=CODES,
    )
    return count_confusions(sets, coder=coder)


def units(*rows: dict[str, str]) -> Decisions:
    """A unit a row: each coder's codes, a letter each."""
    return {(unit, coder): frozenset(codes) for unit, row in enumerate(rows) for coder, codes in row.items()}


def test_codes_that_only_one_has_are_confused_with_those_that_only_the_other_has() -> None:
    assert confusions(
        units({"ann": "ac", "bob": "bc"}, {"ann": "b", "bob": "a"}, {"ann": "a", "bob": "a"})
    ) == (
        Confusion(
            first="a",
            second="b",
            n_units=2,
            n_pairs=2,
            n_either=3,
            first_by={"ann": 1, "bob": 1},
            second_by={"ann": 1, "bob": 1},
        ),
    )


def test_a_code_that_the_other_left_out_is_confused_with_none() -> None:
    found = confusions(units({"ann": "ac", "bob": "c"}, {"ann": "a", "bob": ""}))
    assert found == (
        Confusion(
            first="a",
            second=None,
            n_units=2,
            n_pairs=2,
            n_either=2,
            first_by={"ann": 2},
            second_by={"bob": 2},
        ),
    )


def test_a_unit_counts_once_however_many_coders_confused_its_codes() -> None:
    (found,) = confusions(units({"ann": "a", "bob": "b", "cy": "b"}))
    assert (found.n_units, found.n_pairs) == (1, 2)
    assert (found.first_by, found.second_by) == ({"ann": 2}, {"bob": 1, "cy": 1})


def test_with_a_coder_the_others_are_not_compared_with_each_other() -> None:
    decided = units({"ann": "a", "bob": "b", "cy": "c"}, {"bob": "a", "cy": "b"})
    found = confusions(decided, coder="ann")
    assert [(one.first, one.second, one.n_pairs, one.n_either) for one in found] == [
        ("a", "b", 1, 1),
        ("a", "c", 1, 1),
    ]


def test_those_on_most_units_stand_first() -> None:
    found = confusions(units({"ann": "a", "bob": "b"}, {"ann": "b", "bob": "c"}, {"ann": "c", "bob": "b"}))
    assert [(one.first, one.second) for one in found] == [("b", "c"), ("a", "b")]


def test_without_disagreement_there_is_no_confusion() -> None:
    assert confusions(units({"ann": "ab", "bob": "ab"}, {"ann": "", "bob": ""}, {"ann": "c"})) == ()
    assert confusions({}) == ()


# -- what holds for any decisions --------------------------------------------------------------------

any_decisions = st.dictionaries(
    st.tuples(st.integers(0, 4), st.sampled_from(["ann", "bob", "cy"])),
    st.frozensets(st.sampled_from(CODES)),
    max_size=15,
)


def counted_one_by_one(decisions: Decisions) -> dict[tuple[str, str | None], tuple[int, int, int]]:
    """The same, plainly: units, pairs of coders and units with either code, by pair of codes."""
    met, n_pairs = set(), Counter[tuple[str, str | None]]()
    rows: dict[int, list[frozenset[str]]] = {}
    for (unit, _), codes in decisions.items():
        rows.setdefault(unit, []).append(codes)
    for unit, sets in rows.items():
        for one, other in combinations(sets, 2):
            if one == other:
                continue
            for pair in product(one - other or {None}, other - one or {None}):
                first, *rest = sorted(code for code in pair if code)
                codes = (first, rest[0] if rest else None)
                n_pairs[codes] += 1
                met.add((unit, codes))
    compared = [frozenset[str]().union(*sets) for sets in rows.values() if len(sets) > 1]
    return {
        codes: (
            sum(which == codes for _, which in met),
            n,
            sum(bool(held & set(codes)) for held in compared),
        )
        for codes, n in n_pairs.items()
    }


@given(any_decisions)
def test_counts_are_those_of_counting_one_by_one(decisions: Decisions) -> None:
    found = {
        (one.first, one.second): (one.n_units, one.n_pairs, one.n_either) for one in confusions(decisions)
    }
    assert found == counted_one_by_one(decisions)


@given(any_decisions)
def test_every_pair_of_coders_has_one_who_applied_each_code(decisions: Decisions) -> None:
    for one in confusions(decisions):
        assert sum(one.first_by.values()) == sum(one.second_by.values()) == one.n_pairs
        assert one.n_units <= one.n_pairs
        assert 0 < one.share <= 1


@given(any_decisions, st.randoms(use_true_random=False))
def test_the_order_of_units_and_coders_changes_nothing(decisions: Decisions, random) -> None:
    shuffled = list(decisions.items())
    random.shuffle(shuffled)
    renumbered = {(10 - unit, who): codes for (unit, who), codes in shuffled}
    assert confusions(renumbered) == confusions(decisions)


@given(any_decisions)
def test_a_unit_of_one_coder_changes_nothing(decisions: Decisions) -> None:
    assert confusions({**decisions, (99, "ann"): frozenset("abc")}) == confusions(decisions)


@pytest.mark.parametrize("coder", ["ann", "bob", "cy"])
@given(any_decisions)
def test_a_coder_is_in_every_pair_that_is_asked_for_them(coder: str, decisions: Decisions) -> None:
    if coder in {who for _, who in decisions}:
        for one in confusions(decisions, coder=coder):
            assert one.first_by.get(coder, 0) + one.second_by.get(coder, 0) == one.n_pairs
