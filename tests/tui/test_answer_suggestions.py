"""Which suggestions are worth a place on the screen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from harken.model import Suggestion
from harken.tui.answer_suggestions import worth_showing

SHORT = "It made me worry."
LONG = "word " * 40


def suggested(*scores: float) -> tuple[Suggestion, ...]:
    return tuple(Suggestion(code=f"f.c{rank}", score=score) for rank, score in enumerate(scores))


def test_a_short_answer_keeps_three_and_only_strong_ones_more() -> None:
    found = suggested(0.8, 0.1, 0.1, 0.6, 0.1, 0.05)
    assert worth_showing(found, SHORT) == found[:4]


def test_a_longer_answer_keeps_more() -> None:
    found = suggested(0.8, *[0.1] * 8)
    assert worth_showing(found, LONG) == found[:6]


def test_no_suggestions_are_none() -> None:
    assert worth_showing((), SHORT) == ()


@given(st.lists(st.floats(0.0, 1.0), max_size=12), st.sampled_from([SHORT, LONG, ""]))
def test_the_first_three_always_stay_and_the_order_too(scores: list[float], text: str) -> None:
    found = suggested(*sorted(scores, reverse=True))
    shown = worth_showing(found, text)
    assert shown[:3] == found[:3]
    assert [one for one in found if one in shown] == list(shown)
