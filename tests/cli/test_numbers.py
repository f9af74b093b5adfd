"""Numbers that were written otherwise are refused with the way to write them."""

from __future__ import annotations

import pytest
from command_line import Harken


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("agreement", "--level", "0,95"), "'0,95' is no number here. Write it with a point, as in 0.95."),
        (("agreement", "--level", "90%"), "'90%' is no number here. Write it with a point, as in 0.9."),
        (("agreement", "--level", "high"), "'high' is no number here. Write it with a point, as in 0.95."),
        (("agreement", "--level", "nan"), "'nan' is no number here. Write it with a point, as in 0.95."),
        (
            ("themes", "--level", "95"),
            "A level lies between 0 and 1, as in 0.95; got 95. Write 95 % as 0.95.",
        ),
        (("agreement", "--minimum", "2/3"), "'2/3' is no number here. Write it with a point, as in 0.667."),
        (
            ("agreement", "--replicates", "1e4"),
            "'1e4' is no whole number. Write digits alone, for 1 or more.",
        ),
        (("agreement", "--seed", "-1"), "-1 is too few. Write a whole number, 0 or more."),
        (
            ("agreement", "plan", "--double-coded", "50%"),
            "'50%' is no whole number. Write digits alone, for 1 or more.",
        ),
        (("agreement", "plan", "--width", ",2"), "',2' is no number here. Write it with a point, as in .2."),
        (
            ("agreement", "thresholds", "--tentative", "66,7 %"),
            "'66,7 %' is no number here. Write it with a point, as in 0.667.",
        ),
    ],
)
def test_a_number_written_otherwise_is_refused_with_the_way_to_write_it(
    harken: Harken, words: tuple[str, ...], says: str
) -> None:
    done = harken(*words)
    assert (done.code, done.out) == (2, "")
    assert f": {says} See `harken {words[0]}" in done.err
