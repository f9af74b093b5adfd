"""Marks in answers, and what outputs print in the place of identifying ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harken.errors import HarkenError
from harken.model import Mark, MarkKind, ResponseKey
from harken.services.checking import check_project
from harken.services.marking import marks_of, redacted, removed_places, set_mark
from harken.storage import survey


def identifying(start: int, end: int, label: str = "name", *, coder: str = "ada") -> Mark:
    return Mark(kind=MarkKind.IDENTIFYING, start=start, end=end, coder=coder, label=label)


def quote(start: int, end: int, *, coder: str = "ada") -> Mark:
    return Mark(kind=MarkKind.QUOTE, start=start, end=end, coder=coder)


TEXT = "Dr Smith in Leeds told me on Monday"


def test_identifying_places_are_printed_as_brackets_that_say_what_was_there() -> None:
    marks = [identifying(12, 17, "place"), identifying(3, 8)]
    assert redacted(TEXT, marks) == "Dr [name removed] in [place removed] told me on Monday"


def test_overlapping_and_touching_places_become_one_with_both_words() -> None:
    assert redacted(TEXT, [identifying(0, 5), identifying(3, 8, coder="ben")]) == (
        "[name removed] in Leeds told me on Monday"
    )
    assert redacted(TEXT, [identifying(3, 8), identifying(8, 17, "place")]) == (
        "Dr [name, place removed] told me on Monday"
    )


def test_a_quote_mark_changes_no_text() -> None:
    assert redacted(TEXT, [quote(0, 17)]) == TEXT


def test_a_part_that_cuts_an_identifying_place_shows_its_brackets_whole() -> None:
    assert redacted(TEXT, [identifying(3, 8)], start=5, end=17) == "[name removed] in Leeds"
    assert redacted(TEXT, [identifying(3, 8)], start=0, end=4) == "Dr [name removed]"
    assert redacted(TEXT, [identifying(3, 8)], start=8, end=11) == " in"


@given(
    st.text(min_size=1, max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6),
)
def test_no_character_of_an_identifying_place_is_printed_and_every_other_one_is(
    text: str, places: list[tuple[int, int]]
) -> None:
    marks = [identifying(start, end) for start, end in places if start < end <= len(text)]
    hidden = {place for mark in marks for place in range(mark.start, mark.end)}
    runs = removed_places(marks)
    printed = redacted(text, marks)
    kept = "".join(one for place, one in enumerate(text) if place not in hidden)
    assert len(printed) == len(kept) + len(runs) * len("[name removed]")
    for run in reversed(runs):
        before = sum(place not in hidden for place in range(run.start))
        n_before = sum(other.end <= run.start for other in runs)
        at = before + n_before * len("[name removed]")
        assert printed[at : at + len("[name removed]")] == "[name removed]"
        printed = printed[:at] + printed[at + len("[name removed]") :]
    assert printed == kept


def people(study):
    return study(people=["P1", "P2"], answers=[("P1", "q", TEXT), ("P2", "q", "nothing of that")])


def response(store, name: str = "P1"):
    return survey.response(store, survey.response_id(store, ResponseKey(name, "q")))


def test_marks_of_every_coder_are_read_in_the_order_of_the_text(study) -> None:
    store = people(study)
    for mark in (identifying(12, 17, "place", coder="ben"), quote(0, 8), identifying(3, 8)):
        set_mark(store, response(store), mark, actor=mark.coder)
    found = marks_of(store, [response(store).id, response(store, "P2").id])
    assert {id: [(one.kind, one.start, one.coder) for one in marks] for id, marks in found.items()} == {
        response(store).id: [("quote", 0, "ada"), ("identifying", 3, "ada"), ("identifying", 12, "ben")]
    }


def test_a_mark_is_taken_away_by_whoever_made_it_and_replay_agrees(study) -> None:
    store = people(study)
    for coder in ("ada", "ben"):
        set_mark(store, response(store), identifying(3, 8, coder=coder), actor=coder)
    set_mark(store, response(store), identifying(3, 8), actor="ada", is_marked=False)
    assert check_project(store) == ()
    assert [one.coder for one in marks_of(store)[response(store).id]] == ["ben"]


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 3), (-1, 4), (0, len(TEXT) + 1)])
def test_a_place_outside_the_answer_is_refused(study, start: int, end: int) -> None:
    store = people(study)
    with pytest.raises(HarkenError, match="is no place in the answer of 'P1'"):
        set_mark(store, response(store), identifying(start, end), actor="ada")
    assert marks_of(store) == {}


def test_an_unknown_kind_of_detail_is_refused_with_the_known_ones(study) -> None:
    store = people(study)
    with pytest.raises(HarkenError, match="Known: name, place, date, organisation, detail"):
        set_mark(store, response(store), identifying(3, 8, "colour"), actor="ada")
