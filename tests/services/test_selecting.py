"""Selecting parts of an answer by keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harken.errors import HarkenError
from harken.services.coding.selecting import Selection, Step, characters, sentences, words

TEXT = "I see it now. It (really) helps!\nNo more fear"


def begun() -> Selection:
    return Selection.at_the_beginning(TEXT)


def parts(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


def test_words_come_without_the_punctuation_around_them() -> None:
    text = "“It’s well-being,” she said: 100% (ok) … नमस्ते"
    assert parts(text, words(text)) == ["It’s", "well-being", "she", "said", "100", "ok", "नमस्ते"]


def test_sentences_end_at_marks_and_at_line_ends() -> None:
    assert parts(TEXT, sentences(TEXT)) == ["I see it now.", "It (really) helps!", "No more fear"]


def test_a_letter_with_its_accent_and_an_emoji_of_parts_are_one_character() -> None:
    text = "e\u0301a\U0001f469\u200d\U0001f52c\U0001f44d\U0001f3fd"
    assert parts(text, characters(text)) == ["e\u0301", "a", text[3:6], text[6:8]]


def test_the_first_word_is_selected_at_first_and_steps_go_word_by_word() -> None:
    assert begun().selected == "I"
    assert begun().moved(1).moved(1).selected == "it"
    assert begun().moved(1).moved(-1).selected == "I"


def test_a_step_beyond_either_end_stays_there() -> None:
    assert begun().moved(-1).selected == "I"
    assert begun().moved_to_end(1).moved(1).selected == "fear"


def test_with_the_anchor_held_steps_add_words_and_take_them_back() -> None:
    held = begun().moved(1).switched_hold().moved(1).moved(1)
    assert held.selected == "see it now"
    assert held.moved(-1).selected == "see it"
    assert held.moved(-1).moved(-1).moved(-1).selected == "I see"


def test_letting_go_lets_the_next_step_begin_behind_the_selection() -> None:
    selected = begun().switched_hold().moved(1).switched_hold()
    assert (selected.selected, selected.moved(1).selected) == ("I see", "it")


def test_extending_adds_one_step_without_holding() -> None:
    selected = begun().moved(1, extending=True).moved(1, extending=True)
    assert (selected.selected, selected.moved(1).selected) == ("I see it", "now")


def test_sentences_are_selected_whole_one_after_the_other() -> None:
    first = begun().moved(1).moved_by_sentence(1)
    assert first.selected == "I see it now."
    assert first.moved_by_sentence(1).selected == "It (really) helps!"
    assert first.moved_by_sentence(1).moved_by_sentence(-1).selected == "I see it now."


def test_with_the_anchor_held_sentences_are_added() -> None:
    held = begun().moved(1).switched_hold().moved_by_sentence(1)
    assert held.selected == "see it now."
    assert held.moved_by_sentence(1).selected == "see it now. It (really) helps!"


def test_characters_shrink_a_selected_word_and_words_make_it_whole_again() -> None:
    part = begun().moved_to_end(1).switched_step().moved(-1, extending=True)
    assert (part.selected, part.step) == ("fea", Step.CHARACTER)
    assert part.switched_step().selected == "fear"


def test_an_answer_of_signs_alone_is_selected_by_characters() -> None:
    selection = Selection.at_the_beginning("?!")
    assert (selection.selected, selection.moved(1).selected) == ("?", "!")
    assert selection.switched_step() == selection


def test_a_blank_answer_has_nothing_to_select() -> None:
    with pytest.raises(HarkenError, match="no words to select"):
        Selection.at_the_beginning(" \n")


KEYS = {
    "right": lambda one: one.moved(1),
    "left": lambda one: one.moved(-1),
    "more": lambda one: one.moved(1, extending=True),
    "less": lambda one: one.moved(-1, extending=True),
    "up": lambda one: one.moved_by_sentence(-1),
    "down": lambda one: one.moved_by_sentence(1),
    "home": lambda one: one.moved_to_end(-1),
    "end": lambda one: one.moved_to_end(1),
    "hold": lambda one: one.switched_hold(),
    "step": lambda one: one.switched_step(),
}


@given(st.text(min_size=1, max_size=40), st.lists(st.sampled_from(sorted(KEYS)), max_size=12))
def test_whatever_keys_are_pressed_a_part_of_the_text_is_selected(text: str, keys: list[str]) -> None:
    if not text.strip():
        return
    selection = Selection.at_the_beginning(text)
    for key in keys:
        selection = KEYS[key](selection)
        assert 0 <= selection.start < selection.end <= len(text)
