"""Hostile texts go through the reading room, the memos and the analytic themes as data."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from coding_study import CodingStudy, screen_text
from test_hostile_texts import HOSTILE, hostile_study
from textual.pilot import Pilot

from harken.model import ResponseKey, Round
from harken.services.analytic_themes import ThemeQuote, make_theme, toggle_code, toggle_memo, toggle_quote
from harken.services.memos import PROJECT, add_memo, on_answer, on_code, on_participant
from harken.services.reading_mode import ReadingSession
from harken.tui import openings
from harken.tui.app import HarkenApp

PERSON = "[/b]\x1b[2J"


@pytest.fixture(params=["\n".join(HOSTILE.values()), HOSTILE["long"], HOSTILE["one long word"]])
def hostile(request: pytest.FixtureRequest) -> CodingStudy:
    """Memos on everything and a theme over it, all saying the same hostile text."""
    text = str(request.param)
    study = hostile_study(text)
    store, key = study.store, ResponseKey(PERSON, "q")
    for subject in (PROJECT, on_code(store, "f.c0"), on_participant(store, PERSON), on_answer(store, key)):
        memo = add_memo(store, subject, text, actor="ada")
    id = make_theme(store, text[:200], idea=text, actor="ada")
    toggle_code(store, id, "f.c0", actor="ada")
    toggle_quote(store, id, ThemeQuote(key=key), actor="ada")
    toggle_memo(store, id, memo.id, actor="ada")
    return study


def reading(study: CodingStudy) -> HarkenApp:
    return HarkenApp(openings.reading(ReadingSession.open(study.store, coder="ada")), clock=study.clock)


def memos(study: CodingStudy) -> HarkenApp:
    return HarkenApp(openings.memos(study.store, coder="ada", round=Round(name="main")), clock=study.clock)


def themes(study: CodingStudy) -> HarkenApp:
    opening = openings.analytic_themes(study.store, coder="ada", round=Round(name="main"))
    return HarkenApp(opening, clock=study.clock)


WALKS: dict[Callable[[CodingStudy], HarkenApp], Sequence[Sequence[str]]] = {
    reading: [
        (),
        ("s",),
        ("m",),
        ("d",),
        ("p", "pagedown"),
        ("g", "b"),
        ("pagedown",),
        ("u",),
        ("question_mark",),
        ("ctrl+p",),
        ("right",) * 14,
    ],
    memos: [
        (),
        ("down",) * 4,
        ("enter", *("up",) * 40),
        ("n", "b"),
        ("n", "bracketleft"),
        ("h",),
        ("x",),
        ("left",),
        ("right", "right", "right"),
        ("slash", "b"),
        ("question_mark",),
    ],
    themes: [
        (),
        ("pagedown",),
        ("enter", *("up",) * 40),
        ("r",),
        ("c", "b"),
        ("q",),
        ("m",),
        ("x",),
        ("question_mark",),
    ],
}


@pytest.mark.parametrize("opened", WALKS)
@pytest.mark.parametrize("size", [(20, 8), (80, 24), (160, 50)])
def test_hostile_texts_are_harmless_in_every_room(
    hostile: CodingStudy,
    opened: Callable[[CodingStudy], HarkenApp],
    drive: Callable[..., Any],
    size: tuple[int, int],
) -> None:
    async def walk(pilot: Pilot[str]) -> None:
        for keys in WALKS[opened]:
            for key in keys:
                await pilot.press(key)
            await pilot.pause()
            shown = screen_text(pilot)
            raw = {
                character
                for strip in pilot.app.screen._compositor.render_strips()
                for segment in strip
                for character in segment.text
            }
            harmful = sorted(c for c in raw if unicodedata.category(c) == "Cc" or c in "\u202e\u2066\u200f")
            assert (keys, harmful) == (keys, [])
            assert (keys, pilot.app._exception) == (keys, None)
            assert (keys, len(shown.splitlines())) == (keys, size[1])
            while len(pilot.app.screen_stack) > 1:
                await pilot.press("escape")
                await pilot.pause()

    drive(opened(hostile), walk, size=size)
    hostile.store.close()
