"""From the coding screen into the rooms beside it, and back to the open answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from coding_study import Clock, CodingStudy, make_study, screen_text
from textual.pilot import Pilot

from harken.model import Coding
from harken.storage.coding import Draft

Press = Callable[..., str]


@pytest.mark.parametrize(
    ("key", "title"), [("l", "Answers"), ("b", "Codebook"), ("d", "Memos"), ("i", "Questions and alerts")]
)
def test_a_room_opens_and_escape_comes_back_to_the_answer_and_its_draft(
    study: CodingStudy, press: Press, key: str, title: str
) -> None:
    app = study.app()
    assert press(app, "u", "space", key).splitlines()[0].strip().startswith(title)
    shown = press(study.app(), "space", key, "escape")
    assert "P1 · expert   1/3" in shown.splitlines()[0]
    assert "✓ Understanding" in shown
    assert study.draft("P1") == Draft(codings=(Coding("benefit.understanding"),))


@pytest.mark.parametrize("typed", ["u", "0", " x", "tub w0 x"])
def test_what_is_typed_on_after_one_escape_too_many_codes_nothing(
    study: CodingStudy, drive: Callable[..., Any], typed: str
) -> None:
    study.clock = clock = Clock(step=0.0, now=5.0)

    async def leave_by_mistake(pilot: Pilot[str]) -> str:
        await pilot.press("space", "d", "n", *"wait", "escape", "escape")
        await pilot.pause()
        shown = screen_text(pilot)
        for character in typed:
            await pilot.press("space" if character == " " else character)
            clock.now += 0.2
        await pilot.pause()
        return shown

    shown = drive(study.app(), leave_by_mistake)
    assert shown.splitlines()[-3].strip() == "Back at P1."
    assert [(study.decided(name), study.draft(name)) for name in ("P1", "P2", "P3")] == [(None, None)] * 3


def test_a_moment_after_a_room_keys_count_again(study: CodingStudy, drive: Callable[..., Any]) -> None:
    study.clock = clock = Clock(step=0.0, now=5.0)

    async def go_on(pilot: Pilot[str]) -> None:
        await pilot.press("space", "b", "escape")
        await pilot.pause()
        clock.now += 0.4
        await pilot.press("u", "enter")

    drive(study.app(), go_on)
    assert study.decided("P1") == ("benefit.understanding",)


def test_the_answer_picked_in_the_list_opens(study: CodingStudy, press: Press) -> None:
    shown = press(study.app(), "space", "l", "down", "down", "o", "u")
    assert "P3 · expert   3/3" in shown.splitlines()[0]
    assert study.draft("P3") == Draft(codings=(Coding("benefit.understanding"),))


def test_an_answer_is_coded_in_the_list_and_the_queue_knows_it(study: CodingStudy, press: Press) -> None:
    shown = press(study.app(), "u", "space", "l", "down", "enter", "w", "enter", "escape")
    assert study.decided("P2") == ("risk.worry",)
    assert "P1 · expert   1/3" in shown.splitlines()[0]
    assert "1 done  2 left  1 draft" in shown


def test_the_open_answer_may_be_decided_in_the_list(study: CodingStudy, press: Press) -> None:
    shown = press(study.app(), "u", "space", "l", "enter", "enter", "escape")
    assert study.decided("P1") == ("benefit.understanding",)
    assert "P1 · expert   1/3" in shown.splitlines()[0]
    assert "✓ decided, saved" in shown


def test_what_is_typed_in_a_room_codes_nothing(press: Press) -> None:
    study = make_study()
    for key in "lbdi":
        press(study.app(), "space", key, *"utwgb", "escape", "escape", "escape")
    assert [(study.decided(name), study.draft(name)) for name in ("P1", "P2", "P3")] == [(None, None)] * 3
