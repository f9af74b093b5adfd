"""Themes within the answers of several closed items, which count the same people."""

from __future__ import annotations

from random import Random

import pytest
from study_builder import build_study, codebook, decision

from harken.services.closed_items import count_closed_items
from harken.services.closed_items.result import ClosedItems
from harken.services.protecting import protect_closed


def two_items(random: Random) -> ClosedItems:
    """Everybody chose an answer of each item, and some mentioned the theme."""
    people = {
        f"P{at}": {"first": "abc"[at % 3], "second": "xy"[at % 2]} for at in range(random.choice([30, 60]))
    }
    share = random.choice([0.1, 0.2, 0.4])
    return count_closed_items(
        build_study(
            people=people,
            answers=[(name, "q", "an answer") for name in people],
            codebook=codebook("f.a", "f.a.x"),
            decisions=[
                decision("ada", name, "q", *(code for code in ("f.a", "f.a.x") if random.random() < share))
                for name in people
            ],
        ),
        items=("first", "second"),
        themes=("f.a", "f.a.x"),
    )


@pytest.mark.parametrize("seed", range(6))
def test_a_theme_of_which_one_item_hides_how_many_have_it_is_not_told_by_another(seed) -> None:
    random = Random(seed)
    for _ in range(6):
        first, second = protect_closed(two_items(random), threshold=5).items
        assert len(first.themes) == 2
        assert [theme.total.n for theme in first.themes] == [theme.total.n for theme in second.themes]
