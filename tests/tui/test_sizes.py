"""Terminals of every size, and of a size that changes in the middle of the work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from coding_study import CodingStudy, make_study, screen_text
from textual.pilot import Pilot

from harken.model import Code, Codebook, Coding, Family
from harken.storage.coding import Draft

LONG_TITLE = "How people see the sharing of their images with them (wave two, PILOT)"


async def resize(pilot: Pilot[str], width: int, height: int) -> str:
    await pilot.resize_terminal(width, height)
    await pilot.pause()
    return screen_text(pilot)


def test_a_terminal_shrunk_in_mid_work_and_back_loses_nothing(
    study: CodingStudy, drive: Callable[..., Any]
) -> None:
    async def work(pilot: Pilot[str]) -> tuple[str, str]:
        await pilot.press("u", "w")
        await pilot.pause()
        before = screen_text(pilot)
        for width, height in ((20, 6), (1, 1), (20, 24), (300, 5), (20, 6)):
            await resize(pilot, width, height)
        await pilot.press("t", "space", "m", *"small", "escape")
        await resize(pilot, 20, 6)
        await pilot.press("t", "enter", "g", "space", "f", *"trust", "enter")
        for width, height in ((19, 4), (160, 50)):
            await resize(pilot, width, height)
        await pilot.press("backspace")
        return before, await resize(pilot, 80, 24)

    before, after = drive(study.app(), work)
    found = study.decision("P1")
    assert found is not None
    assert (found.codes, found.memo) == (("benefit.understanding", "risk.worry"), "small")
    assert study.draft("P2") == Draft(codings=(Coding("valence.good"), Coding("benefit.trust")))
    # The same answer stands where it stood.
    assert [line[:34] for line in after.splitlines()[2:10]] == [
        line[:34] for line in before.splitlines()[2:10]
    ]


def test_a_box_that_is_open_while_the_terminal_shrinks_keeps_what_is_typed(
    study: CodingStudy, drive: Callable[..., Any]
) -> None:
    async def work(pilot: Pilot[str]) -> None:
        await pilot.press("u", "space", "m", *"be")
        for width, height in ((20, 24), (20, 5), (1, 1)):
            await resize(pilot, width, height)
        await pilot.press(*"fore")
        await resize(pilot, 120, 40)
        await pilot.press("escape", "space", "u", *"is")
        await resize(pilot, 20, 10)
        await pilot.press("space", *"it", "enter")
        await resize(pilot, 80, 24)
        await pilot.press("enter")

    drive(study.app(), work)
    found = study.decision("P1")
    assert found is not None
    assert (found.codes, found.memo, found.message) == (("benefit.understanding",), "before", "is it")


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (160, f"q   {LONG_TITLE}  "),
        (80, "q   How people see the sharing of the… (wave two, PILOT)   P1 · expert   1/3"),
        (60, "q   How people se… (wave two, PILOT)   P1 · expert   1/3"),
        (50, "q   (wave two, PILOT)   "),
        (36, "q   (wave t…   P1 · expert   1/3"),
    ],
)
def test_a_title_that_is_cut_keeps_the_remark_at_its_end(
    drive: Callable[..., Any], width: int, shown: str
) -> None:
    study = make_study(title=LONG_TITLE)

    async def look(pilot: Pilot[str]) -> str:
        return screen_text(pilot)

    first = drive(study.app(), look, size=(width, 24)).splitlines()[0]
    assert shown in first


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (100, "ada · main   0 done  3 left  1 draft   saved 0"),
        (80, "ada · main   0 done  3 left  1 draft   saved 0"),
        (64, "ada · main   0 done  3 left  1 draft   saved 0       ✎ draft"),
        (58, "ada · m…   0 done  3 left  1 draft   saved 0   ✎ draft"),
    ],
)
def test_the_status_line_keeps_its_figures_with_their_words(
    study: CodingStudy, drive: Callable[..., Any], width: int, shown: str
) -> None:
    async def look(pilot: Pilot[str]) -> str:
        await pilot.press("u")
        await pilot.pause()
        return screen_text(pilot)

    line = drive(study.app(), look, size=(width, 24)).splitlines()[-2]
    assert line.strip().startswith(shown)


def test_applied_codes_are_said_shorter_where_their_names_do_not_fit(
    study: CodingStudy, drive: Callable[..., Any]
) -> None:
    async def look(pilot: Pilot[str]) -> tuple[str, str]:
        await pilot.press("u", "y", "w")
        await pilot.pause()
        small = screen_text(pilot)
        return small, await resize(pilot, 120, 40)

    small, large = drive(study.app(), look)
    assert "✓ understanding  ✓ anatomy  ✓ worry" in small
    assert "✓ Understanding  ✓ Anatomy  ✓ Anxiety or worry" in large


@pytest.mark.parametrize("size", [(80, 16), (60, 15), (60, 24), (40, 10), (120, 14), (30, 8), (20, 6)])
def test_the_answer_is_the_last_thing_to_go(
    study: CodingStudy, press: Callable[..., str], size: tuple[int, int]
) -> None:
    assert "I understand" in press(study.app(), "u", size=size)


def test_nothing_is_decided_where_the_answer_has_no_room(
    study: CodingStudy, press: Callable[..., str]
) -> None:
    press(study.app(), "0", size=(10, 5))
    assert study.decided("P1") is None


@pytest.mark.parametrize("size", [(80, 16), (60, 24), (120, 14), (160, 16)])
def test_a_codebook_of_names_has_its_codes_beside_the_answer_in_a_small_window_too(
    press: Callable[..., str], size: tuple[int, int]
) -> None:
    codes = tuple(Code(key=f"c{number}", label=f"Code {number}") for number in range(4))
    study = make_study(book=Codebook(families=(Family(key="f", label="F", codes=codes),)))
    screen = press(study.app(), size=size)
    assert ("I understand it now" in screen, "Code 3" in screen) == (True, True)
