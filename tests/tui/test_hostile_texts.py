"""Texts that would crash a screen, or take the terminal over, go through every screen as data."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from coding_study import CodingStudy, make_study, screen_text
from textual.pilot import Pilot

from harken.model import Code, Codebook, Family, ResponseKey
from harken.storage import survey

HOSTILE = {
    "closing tag": "I said [/b] and [/] and [red]red[/red] [@click=app.quit]x[/]",
    "ansi": "\x1b[31mred\x1b[0m \x1b[2J\x1b[H cleared",
    "osc": "\x1b]0;title\x07 \x1b]52;c;aGk=\x07 \x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\",
    "controls": "bell\x07 back\x08\x08 tab\there vertical\x0b form\x0c return\rover \x7f \x9b31m c1",
    "bidi": "abc \u202etxt.exe\u202c \u2066x\u2069 \u200f",
    "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈 é e\u0301 ｆｕｌｌ 漢字 \U0001f9ec",
    "long": "word " * 2000,
    "one long word": "x" * 10_000,
    "formula": "=cmd|' /C calc'!A0",
    "sql": "'; DROP TABLE decisions; --",
    "lines": "first\n\n\nlast\r\nwindows\u2028separator",
    "brackets": "[[[ ]]] [ [] [/ [bold",
    "zero width": "a\u200bb\ufeffc\u00ad",
}


def one_line(text: str) -> str:
    return text.replace("\n", " ").replace("\u2028", " ")[:60]


def hostile_study(text: str) -> CodingStudy:
    """The text as first answer; names, groups, labels, definitions and examples are hostile as well."""
    codes = tuple(
        Code(
            key=f"c{number}",
            label=one_line(hostile),
            definition=hostile,
            include=hostile,
            examples=(hostile,),
            hotkey="abcdefghijklm"[number],
        )
        for number, hostile in enumerate(HOSTILE.values())
    )
    book = Codebook(families=(Family(key="f", label=one_line(HOSTILE["ansi"]), codes=codes),))
    answers = {one_line(hostile): hostile for hostile in HOSTILE.values()}
    return make_study(
        {"[/b]\x1b[2J": text, **answers},
        book=book,
        group=lambda name: name,
        title=" ".join(HOSTILE.values()),
    )


@pytest.fixture(params=["\n".join(HOSTILE.values()), HOSTILE["long"], HOSTILE["one long word"]])
def text(request: pytest.FixtureRequest) -> str:
    return str(request.param)


WALK = {
    "coding": (),
    "applied": (*"abcdefghijklm",),
    "all definitions": ("down",) * 13,
    "decided": ("enter",),
    "menu": ("space",),
    "find": ("space", "f"),
    "same": ("space", "s"),
    "memo": ("space", "m"),
    "unsure": ("space", "u"),
    "new code": ("space", "n", *"new"),
    "new code with example": ("space", "n", *"new", "tab", "enter"),
    "person": ("space", "p", "pagedown"),
    "go to": ("space", "g", "p"),
    "help": ("question_mark",),
    "palette": ("ctrl+p",),
    "every answer": ("right",) * 14,
    "end": ("enter", *("0",) * 14),
    "scrolled": ("pagedown", "pagedown", "pageup"),
}


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
def test_hostile_texts_are_harmless_on_every_screen(
    text: str, drive: Callable[..., Any], size: tuple[int, int]
) -> None:
    study = hostile_study(text)

    async def walk(pilot: Pilot[str]) -> None:
        for place, keys in WALK.items():
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
            assert (place, harmful) == (place, [])
            assert (place, pilot.app._exception) == (place, None)
            assert (place, len(shown.splitlines())) == (place, size[1])
            while len(pilot.app.screen_stack) > 2:
                await pilot.press("escape")
                await pilot.pause()

    drive(study.app(), walk, size=size)
    kept = [one.text for one in survey.responses(study.store)]
    assert kept == [text, *HOSTILE.values()]


def test_an_answer_is_shown_character_for_character(drive: Callable[..., Any]) -> None:
    study = make_study({"P1": "I said [/b]\n  =1+1 [red]"})

    async def look(pilot: Pilot[str]) -> str:
        return screen_text(pilot)

    shown = drive(study.app(), look)
    assert [line[2:42].rstrip() for line in shown.splitlines()[2:4]] == ["I said [/b]", "  =1+1 [red]"]


def test_a_memo_and_a_question_with_markup_are_kept_as_typed(drive: Callable[..., Any]) -> None:
    study = make_study()

    async def type_it(pilot: Pilot[str]) -> None:
        await pilot.press("space", "m", *"[/b]", "escape")
        await pilot.press("space", "u", *"[red]", "enter")
        await pilot.pause()

    drive(study.app(), type_it)
    draft = study.draft("P1")
    assert draft is not None
    assert (draft.memo, draft.message) == ("[/b]", "[red]")
    assert survey.response_id(study.store, ResponseKey("P1", "q")) is not None
