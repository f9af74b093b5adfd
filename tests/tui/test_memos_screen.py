"""The memos screen: what it lists, searching, writing, changing, taking away, and the way to an answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from coding_study import CodingStudy, screen_text
from textual.pilot import Pilot

from harken.model import ResponseKey, Round
from harken.services.memos import (
    PROJECT,
    add_memo,
    change_memo,
    list_memos,
    on_answer,
    on_code,
    on_participant,
)
from harken.tui import openings
from harken.tui.app import HarkenApp
from harken.tui.screens.memos.screen import MemosScreen

Press = Callable[..., str]


@pytest.fixture
def noted(study: CodingStudy) -> CodingStudy:
    """A diary entry, a memo on a code, one on a person by somebody else, one on an answer: oldest first."""
    with study.store.action("ada") as action:
        action.append("coder.added", {"name": "ben"})
    add_memo(study.store, PROJECT, "trust comes before risk", actor="ada")
    add_memo(study.store, on_code(study.store, "trust"), "one code or two?", actor="ada")
    add_memo(study.store, on_participant(study.store, "P2"), "writes as a nurse", actor="ben")
    add_memo(study.store, on_answer(study.store, ResponseKey("P1", "q")), "who is “it”?", actor="ada")
    return study


def screen(study: CodingStudy, *, coder: str = "ada", round: Round | None = None) -> HarkenApp:
    opening = openings.memos(study.store, coder=coder, round=round or Round(name="main"))
    return HarkenApp(opening, clock=study.clock)


def bodies(study: CodingStudy, coder: str = "ada") -> list[str]:
    return [memo.body for memo in list_memos(study.store, coder=coder).memos]


def test_memos_are_listed_newest_first_and_the_chosen_one_in_full(noted: CodingStudy, press: Press) -> None:
    shown = press(screen(noted))
    places = [
        shown.index(words) for words in ("who is “it”?", "writes as a nurse", "one code", "trust comes")
    ]
    assert places == sorted(places)
    assert "I understand it now." in shown


def test_no_memos_yet_says_how_to_write_one(study: CodingStudy, press: Press) -> None:
    assert "n writes one" in press(screen(study), "enter", "x", "h", "a", "down", "end")


def test_the_search_lists_while_one_types(noted: CodingStudy, press: Press) -> None:
    shown = press(screen(noted), "slash", *"ODE two")
    assert "1 of 4" in shown
    assert "one code or two?" in shown
    assert "nurse" not in shown


def test_escape_leaves_the_search_then_clears_it_then_goes(noted: CodingStudy, press: Press) -> None:
    shown = press(screen(noted), "s", *"nurse", "escape")
    assert "1 of 4" in shown
    assert "nurse" in press(screen(noted), "s", *"zzz", "escape", "escape")


def test_a_search_without_a_hit_says_so(noted: CodingStudy, press: Press) -> None:
    assert "No memo holds all of these words." in press(screen(noted), "slash", *"zzz")


def test_arrows_list_one_kind_of_memo(noted: CodingStudy, press: Press) -> None:
    shown = press(screen(noted), "right", "right", "right")
    assert "[codes]" in shown
    assert "one code or two?" in shown
    assert "nurse" not in shown


def test_a_memo_of_mine_is_changed_in_its_box(noted: CodingStudy, press: Press) -> None:
    press(screen(noted), "enter", *" the scan", "escape")
    assert bodies(noted)[0] == "who is “it”? the scan"


def test_somebody_elses_memo_is_read_and_not_changed(noted: CodingStudy, press: Press) -> None:
    press(screen(noted, coder="ben"), "enter", *"abc", "escape")
    assert bodies(noted)[0] == "who is “it”?"


def test_an_emptied_memo_stays(noted: CodingStudy, press: Press) -> None:
    shown = press(screen(noted), "enter", *("backspace",) * 20, "escape")
    assert "An emptied memo stays as it was" in shown
    assert bodies(noted)[0] == "who is “it”?"


def test_words_are_not_lost_when_somebody_changed_the_memo_meanwhile(
    noted: CodingStudy, drive: Callable[..., Any]
) -> None:
    memo = list_memos(noted.store, coder="ada").memos[0]

    async def both(pilot: Pilot[str]) -> str:
        await pilot.press("enter", *"mine")
        change_memo(noted.store, memo.id, "theirs", actor="ada")
        await pilot.press("escape")
        await pilot.pause()
        refused = screen_text(pilot)
        await pilot.press("enter", "escape")
        await pilot.pause()
        return refused

    assert "changed this memo meanwhile" in drive(screen(noted), both, size=(120, 40))
    assert bodies(noted)[0] == "who is “it”?mine"


def test_a_new_memo_asks_what_it_is_on(noted: CodingStudy, press: Press) -> None:
    press(screen(noted), "n", "enter", *"an entry", "escape")
    press(screen(noted), "n", *"anx", "enter", *"on a code", "escape")
    press(screen(noted), "n", *"p3", "enter", *"on a person", "escape")
    press(screen(noted), "n", *"p3", "down", "enter", *"on an answer", "escape")
    found = list_memos(noted.store, coder="ada").memos[:4]
    assert [(memo.subject.about.value, memo.subject.code or memo.subject.participant) for memo in found] == [
        ("answer", "P3"),
        ("participant", "P3"),
        ("code", "risk.worry"),
        ("project", ""),
    ]


def test_a_new_memo_without_words_is_none(noted: CodingStudy, press: Press) -> None:
    press(screen(noted), "n", "enter", "escape")
    assert len(bodies(noted)) == 4


def test_a_memo_goes_after_a_question_alone(noted: CodingStudy, press: Press) -> None:
    press(screen(noted), "x", "enter", "escape")
    assert len(bodies(noted)) == 4
    press(screen(noted), "x", "x")
    assert bodies(noted)[0] == "writes as a nurse"


def test_somebody_elses_memo_is_not_taken_away(noted: CodingStudy, press: Press) -> None:
    shown = press(screen(noted, coder="ben"), "x", "x")
    assert "This memo is ada’s." in shown
    assert len(bodies(noted)) == 4


def test_the_history_shows_earlier_wordings(noted: CodingStudy, press: Press) -> None:
    memo = list_memos(noted.store, coder="ada").memos[0]
    change_memo(noted.store, memo.id, "the scan", actor="ada")
    shown = press(screen(noted), "h", size=(100, 40))
    assert "who is “it”?" in shown


def test_in_a_blind_round_others_memos_on_people_are_not_listed(noted: CodingStudy, press: Press) -> None:
    shown = press(screen(noted, coder="ben", round=Round(name="b", is_blind=True)))
    assert "who is" not in shown
    assert "writes as a nurse" in shown
    assert "one code or two?" in shown


def test_the_answer_of_a_memo_is_gone_to(noted: CodingStudy, drive: Callable[..., Any]) -> None:
    given: list[object] = []

    async def look(pilot: Pilot[str]) -> None:
        pilot.app.push_screen(MemosScreen(noted.store, coder="ada", round=Round(name="main")), given.append)
        await pilot.pause()
        await pilot.press("a")
        await pilot.pause()

    drive(noted.app(), look)
    assert given == [1]


def test_where_the_program_began_with_memos_the_answer_is_coded_and_left_again(
    noted: CodingStudy, press: Press
) -> None:
    shown = press(screen(noted), "a", "u", "enter")
    assert noted.decided("P1") == ("benefit.understanding",)
    assert "Memos" in shown


def test_a_memo_on_no_answer_leads_to_none(noted: CodingStudy, press: Press) -> None:
    assert "This memo is on no single answer." in press(screen(noted), "end", "a")


def test_the_end_of_many_memos_is_one_key_away(study: CodingStudy, press: Press) -> None:
    from harken.storage import notes

    with study.store.action("ada") as action:
        for number in range(300):
            notes.write_memo(action, PROJECT, f"entry {number}", author="ada")
    shown = press(screen(study), "pagedown", "end")
    assert "entry 0" in shown
    assert "entry 299" not in shown


def test_looking_at_a_memo_changes_no_character_of_it(study: CodingStudy, press: Press) -> None:
    add_memo(study.store, PROJECT, "a\x07b \u202e c", actor="ada")
    press(screen(study), "enter", "escape")
    assert bodies(study) == ["a\x07b \u202e c"]
