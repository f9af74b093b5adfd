"""What may be changed in a participant's words for print, and what may not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harken.errors import HarkenError
from harken.model import Mark, MarkKind
from harken.services.quoting.wording import clean_wording, place_of_wording

ANSWER = "I could finally see it, on the screen of Dr Smith. The image helped me... a lot"
NAME = Mark(
    kind=MarkKind.IDENTIFYING,
    start=ANSWER.index("Smith"),
    end=ANSWER.index("Smith") + 5,
    coder="ada",
    label="name",
)


@pytest.mark.parametrize(
    ("wording", "taken"),
    [
        ("I could finally see it, on the screen", "I could finally see it, on the screen"),
        ("I could … see [the image]", "I could finally see"),
        ("I could [...] see it", "I could finally see it,"),
        ("[T]he image helped", "The image helped"),
        ("finally see it", "finally see it,"),
        ("see [the scan of my knee]. The image", "see it, on the screen of Dr Smith. The image"),
        ("The image[s] helped", "The image helped"),
        ("The image helped me ... a lot", "The image helped me... a lot"),
        ("… helped me a lot", "helped me... a lot"),
    ],
)
def test_ellipses_and_brackets_are_all_that_may_change(wording: str, taken: str) -> None:
    start, end = place_of_wording(ANSWER, wording)
    assert ANSWER[start:end] == taken


@pytest.mark.parametrize(
    ("wording", "first"),
    [
        ("I could really see it", "'really'"),
        ("I could see it", "'see'"),
        ("see it! The image", "'it!'"),
        ("the image helped", "'image'"),
        ("The image … I could", "'I'"),
        ("I [at last, having waited] The image", "'The'"),
    ],
)
def test_any_other_change_is_refused_with_the_first_word_that_differs(wording: str, first: str) -> None:
    with pytest.raises(HarkenError, match=f"^{first} does not stand there in the answer"):
        place_of_wording(ANSWER, wording)


@pytest.mark.parametrize("wording", ["[nothing of it]", "…", "[a] … [b]"])
def test_a_wording_without_the_participants_own_words_is_refused(wording: str) -> None:
    with pytest.raises(HarkenError, match="no word of the participant's own"):
        place_of_wording(ANSWER, wording)


def test_a_bracket_that_is_open_is_refused() -> None:
    with pytest.raises(HarkenError, match="bracket is open"):
        place_of_wording(ANSWER, "I could [see it")


@pytest.mark.parametrize("wording", ["on the screen of Dr Smith", "see [what Smith showed me]"])
def test_what_is_marked_as_identifying_comes_back_in_no_wording(wording: str) -> None:
    with pytest.raises(HarkenError, match=r"Write \[name removed\] in its place"):
        place_of_wording(ANSWER, wording, [NAME])


def test_the_brackets_of_an_identifying_place_stand_for_it() -> None:
    start, end = place_of_wording(ANSWER, "the screen of Dr [name removed]. The image", [NAME])
    assert ANSWER[start:end] == "the screen of Dr Smith. The image"


def test_a_wording_stands_on_one_line_with_real_ellipses() -> None:
    assert clean_wording("  I could\n ...  see ") == "I could … see"


@given(st.lists(st.sampled_from(["ab", "cd", "e,", "f."]), min_size=1, max_size=8), st.data())
def test_any_words_of_an_answer_in_their_order_with_ellipses_between_are_accepted(
    words: list[str], data: st.DataObject
) -> None:
    kept = sorted(data.draw(st.sets(st.integers(0, len(words) - 1), min_size=1)))
    text = " ".join(words)
    start, end = place_of_wording(text, " … ".join(words[place] for place in kept))
    assert set(text[start:end].split()) <= set(words)
    assert end > start
