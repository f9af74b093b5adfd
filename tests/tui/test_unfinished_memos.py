"""Words of a memo that is being typed outlive the program, and whatever keeps the memo from being written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from coding_study import CodingStudy, screen_text
from textual.pilot import Pilot

from harken.model import ResponseKey, Round
from harken.services.checking import check_project
from harken.services.memos import PROJECT, add_memo, change_memo, list_memos, on_answer, remove_memo
from harken.services.reading_mode import ReadingSession
from harken.storage.store import Store
from harken.tui import openings
from harken.tui.app import HarkenApp
from harken.tui.screens.boxes.note import NoteDialog

Press = Callable[..., str]
App = Callable[[CodingStudy], HarkenApp]


def memos(study: CodingStudy, coder: str = "ada") -> HarkenApp:
    return HarkenApp(openings.memos(study.store, coder=coder, round=Round(name="main")), clock=study.clock)


def reading(study: CodingStudy) -> HarkenApp:
    return HarkenApp(openings.reading(ReadingSession.open(study.store, coder="ada")), clock=study.clock)


def bodies(store: Store) -> list[str]:
    return [memo.body for memo in list_memos(store, coder="ada").memos]


@pytest.fixture
def torn(drive: Callable[..., Any]) -> Callable[..., None]:
    """Press keys in an app, let the time come at which words are kept, and tear the app away."""

    def run(app: HarkenApp, *keys: str) -> None:
        async def pressed(pilot: Pilot[str]) -> None:
            await pilot.press(*keys)
            dialog = pilot.app.screen
            assert isinstance(dialog, NoteDialog)
            dialog.keep_words()

        drive(app, pressed)

    return run


NEW = [(memos, ("n", "enter")), (reading, ("m",)), (reading, ("d",))]


@pytest.mark.parametrize(("app", "keys"), NEW)
def test_a_new_memo_goes_on_where_the_program_was_torn_away(
    study: CodingStudy, press: Press, torn: Callable[..., None], app: App, keys: tuple[str, ...]
) -> None:
    torn(app(study), *keys, *"half")
    assert bodies(study.store) == []
    press(app(study), *keys, *" done", "escape")
    assert bodies(study.store) == ["half done"]
    press(app(study), *keys, "escape")
    assert bodies(study.store) == ["half done"]
    assert check_project(study.store) == ()


@pytest.mark.parametrize(("app", "keys"), [(memos, ("enter",)), (reading, ("m",))])
def test_a_change_goes_on_where_the_program_was_torn_away(
    study: CodingStudy, press: Press, torn: Callable[..., None], app: App, keys: tuple[str, ...]
) -> None:
    add_memo(study.store, on_answer(study.store, ResponseKey("P1", "q")), "one", actor="ada")
    torn(app(study), *keys, *" two")
    assert bodies(study.store) == ["one"]
    press(app(study), *keys, *" three", "escape")
    assert bodies(study.store) == ["one two three"]


def test_the_memos_screen_says_what_is_unfinished_to_its_coder_alone(
    study: CodingStudy, press: Press, torn: Callable[..., None]
) -> None:
    torn(memos(study), "n", "enter", *"half")
    assert "diary. n goes on with it" in press(memos(study))
    assert "Unfinished" not in press(memos(study, "ben"))


def test_an_emptied_box_gives_the_words_up(
    study: CodingStudy, press: Press, torn: Callable[..., None]
) -> None:
    torn(memos(study), "n", "enter", *"ab")
    press(memos(study), "n", "enter", "backspace", "backspace", "escape")
    assert "Unfinished" not in press(memos(study))
    assert bodies(study.store) == []


def test_words_on_a_memo_that_somebody_removed_meanwhile_wait_for_a_new_one(
    study: CodingStudy, drive: Callable[..., Any]
) -> None:
    memo = add_memo(study.store, PROJECT, "one", actor="ada")

    async def both(pilot: Pilot[str]) -> str:
        await pilot.press("enter", *" two")
        remove_memo(study.store, memo.id, actor="ada")
        await pilot.press("escape")
        await pilot.pause()
        refused = screen_text(pilot)
        await pilot.press("n", "enter", "escape")
        return refused

    assert "n opens your words" in drive(memos(study), both, size=(120, 40))
    assert bodies(study.store) == ["one two"]


def test_a_reader_keeps_their_words_when_the_memo_was_changed_meanwhile(
    study: CodingStudy, drive: Callable[..., Any]
) -> None:
    memo = add_memo(study.store, on_answer(study.store, ResponseKey("P1", "q")), "one", actor="ada")

    async def both(pilot: Pilot[str]) -> str:
        await pilot.press("m", *" mine")
        change_memo(study.store, memo.id, "theirs", actor="ada")
        await pilot.press("escape")
        await pilot.pause()
        refused = screen_text(pilot)
        await pilot.press("m", "escape")
        return refused

    assert "changed this memo meanwhile" in drive(reading(study), both, size=(120, 40))
    assert bodies(study.store) == ["one mine"]


def test_leaving_with_words_that_the_file_refused_asks_once_more(
    study: CodingStudy, drive: Callable[..., Any]
) -> None:
    study.store.is_read_only = True

    async def leave(pilot: Pilot[str]) -> tuple[str, bool]:
        await pilot.press("n", "enter", *"words", "escape", "escape")
        await pilot.pause()
        warned, is_running = screen_text(pilot), pilot.app.is_running
        await pilot.press("escape")
        return warned, is_running

    warned, is_running = drive(memos(study), leave, size=(120, 40))
    assert is_running
    assert "they go when you leave" in warned
