"""The reading room: moving, what counts as read, stars, memos and the diary."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from coding_study import Clock, CodingStudy, make_study, screen_text
from textual.pilot import Pilot

from harken.model import Round
from harken.services.memos import list_memos
from harken.services.reading_mode import ReadingSession
from harken.storage import notes
from harken.tui import openings
from harken.tui.app import HarkenApp
from harken.tui.screens.reading_room import ReadingRoom

Press = Callable[..., str]
LONG = {"P1": "one line\n" * 60, "P2": "the second", "P3": "the third"}


@pytest.fixture
def long_study() -> Iterator[CodingStudy]:
    made = make_study(LONG)
    yield made
    made.store.close()


def room(study: CodingStudy, *, clock: Clock | None = None, **options: Any) -> HarkenApp:
    session = ReadingSession.open(study.store, coder="ada", **options)
    return HarkenApp(openings.reading(session), clock=clock or study.clock)


def read(study: CodingStudy) -> list[int]:
    return sorted(notes.read_ids(study.store, coder="ada"))


def starred(study: CodingStudy) -> list[int]:
    return sorted(notes.starred_ids(study.store, coder="ada"))


def memos(study: CodingStudy) -> list[tuple[str, str]]:
    found = list_memos(study.store, coder="ada").memos
    return [(memo.subject.about.value, memo.body) for memo in found]


@pytest.mark.parametrize("key", ["right", "enter", "space"])
def test_moving_on_notes_the_answer_as_read(study: CodingStudy, press: Press, key: str) -> None:
    shown = press(room(study), key)
    assert read(study) == [1]
    assert "It made me worry" in shown
    assert "1 read  2 left" in shown


def test_whoever_only_passes_by_has_not_read(study: CodingStudy, press: Press) -> None:
    press(room(study, clock=Clock(step=0.0)), "right", "right", "left")
    assert read(study) == []


def test_a_scrolled_answer_is_read_however_quickly(long_study: CodingStudy, press: Press) -> None:
    press(room(long_study, clock=Clock(step=0.0)), "pagedown", "right")
    assert read(long_study) == [1]


def test_the_last_answer_is_read_when_the_reader_wants_to_go_on(study: CodingStudy, press: Press) -> None:
    shown = press(room(study), "end", "right")
    assert read(study) == [1, 3]
    assert "This is the last answer; 1 before it not read yet." in shown


def test_having_read_everything_is_said(study: CodingStudy, press: Press) -> None:
    shown = press(room(study), "right", "right", "right")
    assert "you have read them all" in shown


def test_leaving_does_not_count_the_open_answer(study: CodingStudy, press: Press) -> None:
    press(room(study), "right", "escape")
    assert read(study) == [1]


def test_reading_goes_on_where_it_stopped(study: CodingStudy, press: Press) -> None:
    press(room(study), "right", "ctrl+q")
    assert "It made me worry" in press(room(study))


def test_unread_goes_to_the_next_answer_that_is_not_read(study: CodingStudy, press: Press) -> None:
    press(room(study), "right")
    shown = press(room(study, clock=Clock(step=0.0)), "end", "u")
    assert "It made me worry" in shown
    assert read(study) == [1]


def test_an_answer_is_starred_and_the_star_taken_away(study: CodingStudy, press: Press) -> None:
    assert "★ starred" in press(room(study), "s")
    assert starred(study) == [1]
    assert "★ starred" not in press(room(study), "s")
    assert starred(study) == []


def test_a_memo_is_kept_when_escape_closes_its_box(study: CodingStudy, press: Press) -> None:
    shown = press(room(study), "m", *"a thought", "escape")
    assert memos(study) == [("answer", "a thought")]
    assert "✎ a thought" in shown


def test_the_same_key_goes_on_with_the_memo(study: CodingStudy, press: Press) -> None:
    press(room(study), "m", *"one", "escape", "m", *" two", "escape")
    assert memos(study) == [("answer", "one two")]


def test_an_emptied_memo_is_taken_away(study: CodingStudy, press: Press) -> None:
    press(room(study), "m", *"ab", "escape", "m", "backspace", "backspace", "escape")
    assert memos(study) == []


def test_the_diary_takes_an_entry_each_time(study: CodingStudy, press: Press) -> None:
    press(room(study), "d", *"one", "escape", "d", "escape", "d", *"two", "escape")
    assert memos(study) == [("project", "two"), ("project", "one")]


def test_letters_mean_the_same_with_caps_lock(study: CodingStudy, press: Press) -> None:
    press(room(study), "S")
    assert starred(study) == [1]


def test_no_codes_and_no_suggestions_are_shown(study: CodingStudy, press: Press) -> None:
    shown = press(room(study), size=(120, 40))
    assert "Understanding" not in shown
    assert "I understand it now." in shown


def test_groups_are_shown_with_the_answer(study: CodingStudy, press: Press) -> None:
    assert "P1 · expert" in press(room(study))


def test_groups_stay_hidden_where_the_round_hides_them(press: Press) -> None:
    study = make_study(rounds=[Round(name="blind", is_blind=True, hides_group=True)])
    app = room(study, round="blind")
    assert "expert" not in press(app, "p")
    assert "P1" in press(room(study, round="blind"))


def test_the_person_is_shown_with_all_they_said(study: CodingStudy, press: Press) -> None:
    shown = press(room(study), "p")
    assert "wants: yes" in shown
    assert "this answer" in shown


def test_an_answer_is_gone_to_by_its_participant(study: CodingStudy, press: Press) -> None:
    shown = press(room(study), "g", *"p3", "enter")
    assert "3/3" in shown


def test_going_back_gives_the_answer_that_was_open(study: CodingStudy, drive: Callable[..., Any]) -> None:
    given: list[object] = []

    async def look(pilot: Pilot[str]) -> None:
        session = ReadingSession.open(study.store, coder="ada")
        pilot.app.push_screen(ReadingRoom(session, clock=study.clock), given.append)
        await pilot.pause()
        await pilot.press("right", "escape")
        await pilot.pause()

    drive(study.app(), look)
    assert given == [2]


def test_help_names_every_key_once(study: CodingStudy, press: Press) -> None:
    shown = press(room(study), "question_mark", size=(120, 40))
    assert shown.count("The next answer; ↵ and Space do the same.") == 1


def test_a_project_without_answers_says_what_to_do(press: Press) -> None:
    assert "There is nothing to read yet." in press(room(make_study({})), "right", "s", "u", "m", "p")


def test_another_programs_withdrawal_is_taken_up(study: CodingStudy, drive: Callable[..., Any]) -> None:
    async def look(pilot: Pilot[str]) -> str:
        await pilot.press("right")
        with study.store.action("ben") as action:
            action.append("participant.withdrawn", {"participant": "P1", "quoting_codes": []})
        await pilot.press("home")
        await pilot.pause()
        return screen_text(pilot)

    assert "1/2" in drive(room(study), look)
