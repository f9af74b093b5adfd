"""Printed percentages held against their counts, by brute force over exact fractions."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis.strategies import integers, tuples

from harken.stats.printed_percentages import bases_giving, follows, numbers_giving

PRINTED = tuples(integers(0, 2), integers(0, 100)).flatmap(
    lambda pair: tuples(integers(0, 100 * 10 ** pair[0]), integers(pair[0], pair[0]))
)


def is_rounded(units: int, decimals: int, n: int, base: int) -> bool:
    return abs(Fraction(100 * n, base) - Fraction(units, 10**decimals)) <= Fraction(1, 2 * 10**decimals)


@pytest.mark.parametrize(
    ("units", "decimals", "n", "base", "expected"),
    [
        (3636, 2, 44, 121, True),
        (3636, 2, 45, 121, False),
        (863, 1, 258, 299, True),
        (829, 1, 258, 299, False),
        (12, 0, 1, 8, True),
        (13, 0, 1, 8, True),
        (125, 1, 1, 8, True),
        (0, 1, 0, 0, False),
    ],
)
def test_a_percentage_follows_where_it_is_the_rounded_share_and_a_tie_goes_either_way(
    units: int, decimals: int, n: int, base: int, expected: bool
) -> None:
    assert follows(units, decimals, n, base) is expected


@pytest.mark.parametrize(("n", "below", "above"), [(0, True, False), (1, False, False), (1000, False, True)])
def test_a_bound_says_only_that_the_share_lies_beyond_it(n: int, below: bool, above: bool) -> None:
    assert follows(1, 1, n, 1000, bound="<") is below
    assert follows(999, 1, n, 1000, bound=">") is above


@given(PRINTED, integers(1, 60))
def test_the_numbers_that_give_a_percentage_are_all_those_that_round_to_it(
    printed: tuple[int, int], base: int
) -> None:
    fitting = [n for n in range(base + 1) if is_rounded(*printed, n, base)]
    found = numbers_giving(*printed, base)
    assert (list(range(found[0], found[1] + 1)) if found else []) == fitting


@given(PRINTED.filter(lambda printed: printed[0] > 0), integers(1, 6))
def test_the_bases_that_give_a_percentage_are_all_those_that_round_to_it(
    printed: tuple[int, int], n: int
) -> None:
    largest = 2 * n * 100 * 10 ** printed[1] // (2 * printed[0] - 1) + 1
    first, last = bases_giving(*printed, n) or (1, 0)
    near = {base for edge in (n, first, last, largest) for base in range(edge - 3, edge + 4) if base >= n}
    assert {base for base in near if first <= base <= last} == {
        base for base in near if is_rounded(*printed, n, base)
    }
