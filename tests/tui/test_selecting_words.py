"""Selecting words on the coding screen, and what is done with them, by what the store holds afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from coding_study import CodingStudy, make_study
from textual.pilot import Pilot

from harken.model import Coding, ResponseKey
from harken.services.asking import alerts
from harken.services.marking import marks_of
from harken.storage import survey
from harken.storage.journal import replay
from harken.tui.screens.coding.selection import HELD, HOW_TO
from harken.tui.widgets.coded_answer import CodedAnswerView

Press = Callable[..., str]
SELECT = ("space", "w")
"""P1 says: I understand it now."""


def codings(study: CodingStudy, participant: str = "P1") -> tuple[Coding, ...]:
    draft = study.draft(participant)
    return () if draft is None else draft.codings


def marks(study: CodingStudy, participant: str = "P1") -> list[tuple[str, int, int, str]]:
    id = survey.response_id(study.store, ResponseKey(participant, "q"))
    assert id is not None
    found = marks_of(study.store, [id]).get(id, ())
    return [(mark.kind.value, mark.start, mark.end, mark.label) for mark in found]


def message(screen: str) -> str:
    return screen.splitlines()[-3].strip()


def keys_shown(screen: str) -> str:
    return screen.splitlines()[-1]


# -- codes on segments -------------------------------------------------------------------------------


def test_a_letter_applies_its_code_to_the_selected_word(study: CodingStudy, press: Press) -> None:
    screen = press(study.app(), *SELECT, "right", "u")
    assert codings(study) == (Coding("benefit.understanding", 2, 12),)
    assert message(screen) == "Understanding on “understand”."


def test_the_selected_words_stand_in_brackets(study: CodingStudy, press: Press) -> None:
    assert "[I] understand it now." in press(study.app(), *SELECT)
    assert " I [understand] it now." in press(study.app(), *SELECT, "right")
    assert " I ├understand it┤ now." in press(study.app(), *SELECT, "right", "enter", "right")
    assert " I understand it [now]." in press(study.app(), *SELECT, "end")


def test_held_words_grow_by_arrows(study: CodingStudy, press: Press) -> None:
    press(study.app(), *SELECT, "right", "enter", "right", "right", "left", "u")
    assert codings(study) == (Coding("benefit.understanding", 2, 15),)


def test_shift_and_arrows_select_as_in_other_programs(study: CodingStudy, press: Press) -> None:
    press(study.app(), *SELECT, "shift+right", "shift+right", "shift+left", "u")
    assert codings(study) == (Coding("benefit.understanding", 0, 12),)


def test_tab_goes_on_character_by_character(study: CodingStudy, press: Press) -> None:
    press(study.app(), *SELECT, "right", "tab", "shift+left", "shift+left", "u")
    assert codings(study) == (Coding("benefit.understanding", 2, 10),)


def test_a_sentence_is_selected_by_one_key(study: CodingStudy, press: Press) -> None:
    press(study.app(), *SELECT, "down", "u")
    assert codings(study) == (Coding("benefit.understanding", 0, 20),)


def test_several_codes_and_several_segments_in_one_go(study: CodingStudy, press: Press) -> None:
    press(study.app(), *SELECT, "right", "u", "t", "right", "w", "escape", "enter")
    found = study.decision("P1")
    assert found is not None
    assert found.codings == (
        Coding("benefit.trust", 2, 12),
        Coding("benefit.understanding", 2, 12),
        Coding("risk.worry", 13, 15),
    )


def test_the_letter_again_takes_the_code_off_the_segment(study: CodingStudy, press: Press) -> None:
    screen = press(study.app(), *SELECT, "right", "u", "u")
    assert study.draft("P1") is None
    assert message(screen) == "Understanding taken off “understand”."


def test_coded_segments_show_the_letters_of_their_codes(study: CodingStudy, press: Press) -> None:
    screen = press(study.app(), *SELECT, "right", "u", "t", "escape")
    assert "I ‹understand›u,t it now." in screen
    assert "✓ Understanding ‹1›  ✓ Trust ‹1›" in screen


def test_a_code_on_the_whole_answer_and_on_a_segment_says_so(study: CodingStudy, press: Press) -> None:
    screen = press(study.app(), "u", *SELECT, "right", "u", "escape", "enter")
    assert "✓ P1 understanding + ‹1›" in screen


def test_after_a_code_the_next_step_goes_on_behind_the_segment(study: CodingStudy, press: Press) -> None:
    press(study.app(), *SELECT, "enter", "right", "u", "right", "w")
    assert codings(study) == (Coding("benefit.understanding", 0, 12), Coding("risk.worry", 13, 15))


def test_a_code_found_by_name_goes_to_the_selected_words(study: CodingStudy, press: Press) -> None:
    press(study.app(), *SELECT, "right", "space", "f", *"anx", "enter")
    assert codings(study) == (Coding("risk.worry", 2, 12),)


def test_caps_lock_is_folded_while_words_are_selected(study: CodingStudy, press: Press) -> None:
    press(study.app(), *SELECT, "U")
    assert codings(study) == (Coding("benefit.understanding", 0, 1),)


@pytest.mark.parametrize("key", ["0", "backspace", "ctrl+z", "ctrl+y"])
def test_keys_that_decide_or_undo_do_nothing_while_words_are_selected(
    study: CodingStudy, press: Press, key: str
) -> None:
    press(study.app(), "u", "enter")
    screen = press(study.app(), *SELECT, key)
    assert "Words are being selected, so that key did nothing." in screen
    assert (study.decided("P1"), study.decided("P2")) == (("benefit.understanding",), None)


def test_enter_decides_nothing_while_words_are_selected(study: CodingStudy, press: Press) -> None:
    press(study.app(), "u", *SELECT, "enter", "enter", "enter")
    assert study.decided("P1") is None


def test_the_keys_that_work_are_shown_and_the_screens_own_come_back(study: CodingStudy, press: Press) -> None:
    assert "hold" in keys_shown(press(study.app(), *SELECT))
    assert "decide" not in keys_shown(press(study.app(), *SELECT))
    assert "decide" in keys_shown(press(study.app(), *SELECT, "escape"))


def test_help_lists_the_keys_of_the_mode(study: CodingStudy, press: Press) -> None:
    shown = press(study.app(), *SELECT, "question_mark", size=(100, 60))
    assert "Hold what is selected" in shown
    assert "Selected words" in shown
    assert "open the next undecided answer" not in shown


def test_an_answer_of_many_lines_scrolls_with_the_selection(press: Press) -> None:
    study = make_study({"P1": "\n".join(f"line {number}" for number in range(60))})
    screen = press(study.app(), *SELECT, "end")
    assert "line [59]" in screen
    assert "line 0\n" not in screen


def test_an_answer_without_a_word_is_selected_by_characters_and_a_blank_one_is_not(press: Press) -> None:
    study = make_study({"P1": "?!"})
    press(study.app(), *SELECT, "right", "u")
    assert codings(study) == (Coding("benefit.understanding", 1, 2),)


# -- marks -------------------------------------------------------------------------------------------


def test_selected_words_are_marked_as_a_quote_and_no_longer(study: CodingStudy, press: Press) -> None:
    screen = press(study.app(), *SELECT, "right", "space", "q", "escape")
    assert marks(study) == [("quote", 2, 12, "")]
    assert "I «understand» it now." in screen
    press(study.app(), *SELECT, "right", "space", "q")
    assert marks(study) == []


def test_the_whole_answer_is_marked_as_a_quote_after_asking(study: CodingStudy, press: Press) -> None:
    press(study.app(), "space", "q", "escape")
    assert marks(study) == []
    press(study.app(), "space", "q", "enter")
    assert marks(study) == [("quote", 0, 20, "")]


def test_a_name_is_hidden_with_one_enter_and_stays_readable(study: CodingStudy, press: Press) -> None:
    screen = press(study.app(), *SELECT, "right", "space", "r", "enter", "escape")
    assert marks(study) == [("identifying", 2, 12, "name")]
    assert "I {understand:name} it now." in screen


def test_what_identifies_is_chosen_by_a_part_of_its_name(study: CodingStudy, press: Press) -> None:
    press(study.app(), *SELECT, "space", "r", *"org", "enter")
    assert marks(study) == [("identifying", 0, 1, "organisation")]


def test_a_hidden_word_is_shown_again(study: CodingStudy, press: Press) -> None:
    press(study.app(), *SELECT, "right", "space", "r", "enter")
    press(study.app(), *SELECT, "right", "space", "r", "enter")
    assert marks(study) == []


def test_hiding_without_a_selection_begins_one(study: CodingStudy, press: Press) -> None:
    screen = press(study.app(), "space", "r")
    assert message(screen) == "Select the words that tell who somebody is, then Space r."
    assert "[I] understand" in screen


# -- words for the codebook --------------------------------------------------------------------------


def test_a_keyword_shows_what_it_would_suggest_and_enter_keeps_it(study: CodingStudy, press: Press) -> None:
    p2 = (*SELECT, *["right"] * 3, "space", "k", *"anx")
    shown = press(study.app(), "right", *p2, "enter")
    assert "Keyword of Anxiety or worry: “worry”" not in shown
    assert "Anxiety or worry has the keyword “worry” already." in shown
    shown = press(study.app(), "right", *SELECT, "right", "space", "k", *"anx", "enter")
    assert "Keyword of Anxiety or worry: “made”" in shown
    assert "None of the 2 undecided answers has these words." in shown


def test_escape_drops_the_keyword_and_enter_keeps_it(study: CodingStudy, press: Press) -> None:
    keys = (*SELECT, "right", "right", "right", "space", "k", *"trust", "enter")
    press(study.app(), *keys, "escape")
    assert study.book.codebook.entries["benefit.trust"].code.keywords == ("trust",)
    screen = press(study.app(), *keys, "enter")
    assert study.book.codebook.entries["benefit.trust"].code.keywords == ("trust", "now")
    assert message(screen) == "Trust has the keyword “now” now."
    assert [e.kind for e in replay(study.store.connection)][-1] == "code.changed"


def test_selected_words_become_an_example(study: CodingStudy, press: Press) -> None:
    press(study.app(), *SELECT, "down", "space", "x", *"trust", "enter", "enter")
    assert study.book.codebook.entries["benefit.trust"].code.examples == ("I understand it now.",)


def test_a_new_code_is_named_from_the_words_and_applied_to_them(study: CodingStudy, press: Press) -> None:
    press(study.app(), *SELECT, "right", "right", "enter", "right", "space", "n", "tab", "enter")
    entry = study.book.codebook.entries["benefit.it_now"]
    assert (entry.code.label, entry.code.examples) == ("it now", ("it now",))
    assert codings(study) == (Coding("benefit.it_now", 13, 19),)


def test_typing_takes_the_place_of_the_offered_name(study: CodingStudy, press: Press) -> None:
    press(study.app(), *SELECT, "space", "n", *"Self", "enter")
    assert codings(study) == (Coding("benefit.self", 0, 1),)


# -- alert, links, replies ---------------------------------------------------------------------------


def test_an_alert_goes_to_the_lead_with_its_words_and_is_shown(study: CodingStudy, press: Press) -> None:
    screen = press(study.app(), "space", "a", *"in despair", "enter")
    assert [(one.coder, one.note) for one in alerts(study.store, viewer="ada").items] == [
        ("ada", "in despair")
    ]
    assert "! alert" in screen
    assert study.draft("P1") is None


def test_escape_alerts_nobody_and_keeps_the_words(study: CodingStudy, press: Press) -> None:
    screen = press(study.app(), "space", "a", *"in des", "escape", "space", "a")
    assert alerts(study.store, viewer="ada").items == ()
    assert "in des" in screen


def test_an_alert_raised_by_mistake_is_taken_back_with_a_reason(study: CodingStudy, press: Press) -> None:
    press(study.app(), "space", "a", *"in despair", "enter")
    unsaid = press(study.app(), "space", "a", "tab", "enter")
    assert "! Say in a few words why" in unsaid
    assert [one.is_open for one in alerts(study.store, viewer="ada").items] == [True]
    screen = press(study.app(), "space", "a", "tab", *"misread", "enter")
    (alert,) = alerts(study.store, viewer="ada", only_open=False).items
    assert (alert.note, alert.closed_by, alert.done) == ("in despair", "ada", "misread")
    assert "! alert" not in screen
    assert message(screen) == "The alert is taken back."


def test_tab_goes_back_to_the_words_of_the_alert_and_keeps_both(study: CodingStudy, press: Press) -> None:
    press(study.app(), "space", "a", *"sad", "enter")
    there = press(study.app(), "space", "a", "tab", *"no", "tab")
    assert "sad" in there
    press(study.app(), "space", "a", "tab", *"no", "tab", *"der", "enter")
    (alert,) = alerts(study.store, viewer="ada").items
    assert (alert.note, alert.is_open) == ("sadder", True)


def test_an_answer_refers_to_another_and_shows_its_first_words(study: CodingStudy, press: Press) -> None:
    screen = press(study.app(), "space", "v", *"nothing", "enter")
    assert "→ refers to P3 q: nothing" in screen
    again = press(study.app(), "space", "v", *"nothing", "enter")
    assert "refers to P3 q: nothing" not in again
    assert message(again) == "No longer refers to P3 q."


def test_what_an_answer_refers_to_stands_in_full_among_the_persons_answers(
    study: CodingStudy, press: Press
) -> None:
    press(study.app(), "space", "v", *"worry", "enter")
    screen = press(study.app(), "space", "p")
    assert "refers to P2" in screen
    assert "and then I trusted her." in screen


def test_hostile_words_are_shown_harmless_wherever_they_are_selected(press: Press) -> None:
    study = make_study({"P1": "[/b] \x1b[31m said", "P2": "see [/red] above"})
    screen = press(study.app(), *SELECT, "enter", "end", "u", "space", "r", "enter", "escape")
    assert "[/{‹b] ␛[31m said›u:name}" in screen
    assert "\x1b" not in press(study.app(), "space", "v", *"see", "enter")


def test_a_mark_is_no_coding(study: CodingStudy, press: Press) -> None:
    press(study.app(), *SELECT, "space", "q", "escape")
    assert (study.draft("P1"), study.decision("P1")) == (None, None)
    assert marks(study) == [("quote", 0, 1, "")]


def test_selected_words_are_reversed_as_well_as_bracketed(
    study: CodingStudy, drive: Callable[..., Any]
) -> None:
    async def keys(pilot: Pilot[str]) -> list[str]:
        await pilot.press(*SELECT, "right")
        view = pilot.app.screen.query_one(CodedAnswerView)
        return [one.text for one in view.render_line(0) if one.style and one.style.reverse]

    assert drive(study.app(), keys) == ["understand"]


@pytest.mark.parametrize("width", [80, 100])
def test_the_hint_and_what_is_held_fit_the_window(study: CodingStudy, press: Press, width: int) -> None:
    size = (width, 24)
    assert HOW_TO in press(study.app(), *SELECT, size=size)
    assert HELD in press(study.app(), *SELECT, "enter", "right", size=size)


def test_the_key_line_says_what_enter_does_next(study: CodingStudy, press: Press) -> None:
    assert "↵ hold" in press(study.app(), *SELECT)
    assert "↵ let go" in press(study.app(), *SELECT, "enter")
    assert "↵ hold" in press(study.app(), *SELECT, "enter", "right", "u")
