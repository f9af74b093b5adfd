"""Two codes on the same people."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harken.stats.cooccurrence import Overlap, jaccard, lift, overlap_test, overlaps, phi
from harken.stats.estimate import Undefined
from harken.stats.proportions import wilson

EXAMPLE = Overlap(both=12, only_first=18, only_second=8, neither=62)


def test_jaccard_is_both_of_either_with_wilsons_limits() -> None:
    found = jaccard(EXAMPLE)
    assert found.value == 12 / 38
    assert (found.low, found.high) == wilson(12, 38)


def test_phi_is_the_correlation_of_two_yes_or_no_variables() -> None:
    first = [1] * 12 + [1] * 18 + [0] * 8 + [0] * 62
    second = [1] * 12 + [0] * 18 + [1] * 8 + [0] * 62
    assert phi(EXAMPLE) == pytest.approx(np.corrcoef(first, second)[0, 1])


def test_lift_is_1_where_codes_have_nothing_to_do_with_each_other() -> None:
    assert lift(Overlap(both=6, only_first=24, only_second=14, neither=56)) == pytest.approx(1.0)
    assert lift(EXAMPLE) == pytest.approx(12 * 100 / (30 * 20))


def test_the_test_is_the_n_minus_1_chi_square_on_phi() -> None:
    found = overlap_test(EXAMPLE)
    assert found.name == "n-1 chi-square"
    assert found.statistic == pytest.approx(99 * phi(EXAMPLE) ** 2)


def test_a_code_on_everybody_has_no_correlation_and_no_test() -> None:
    everybody = Overlap(both=5, only_first=7, only_second=0, neither=0)
    assert (phi(everybody), overlap_test(everybody)) == (None, None)
    nobody = Overlap(both=0, only_first=0, only_second=0, neither=9)
    assert jaccard(nobody).undefined is Undefined.NO_RATINGS
    assert lift(nobody) is None


@given(
    st.integers(0, 5).flatmap(
        lambda k: st.lists(st.tuples(*[st.tuples(st.booleans(), st.booleans())] * k), max_size=20).map(
            lambda people: (k, people)
        )
    )
)
def test_overlaps_count_what_a_count_by_hand_does(made) -> None:
    n_codes, people = made
    said = np.array([[person[code][0] for person in people] for code in range(n_codes)], dtype=bool)
    counted = np.array([[person[code][1] for person in people] for code in range(n_codes)], dtype=bool)
    found = overlaps(said.reshape(n_codes, len(people)), counted.reshape(n_codes, len(people)))
    by_hand = {}
    for first in range(n_codes):
        for second in range(first + 1, n_codes):
            both = [(one[first][0], one[second][0]) for one in people if one[first][1] and one[second][1]]
            by_hand[first, second] = Overlap(
                both=both.count((True, True)),
                only_first=both.count((True, False)),
                only_second=both.count((False, True)),
                neither=both.count((False, False)),
            )
    assert found == by_hand
