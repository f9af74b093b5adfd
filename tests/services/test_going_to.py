from __future__ import annotations

import pytest

from harken.services.coding.going_to import places_of

PEOPLE = ("P10", "P1", "MP1", "p1", "2")


@pytest.mark.parametrize(
    ("wanted", "places"),
    [("p1", [1, 3, 0, 2]), ("2", [4, 1]), ("m", [2]), ("7", [])],
    ids=["a name before its beginnings", "a name before a number", "a part of a name", "nobody"],
)
def test_the_likeliest_answers_come_first(wanted: str, places: list[int]) -> None:
    assert places_of(PEOPLE, wanted) == places
