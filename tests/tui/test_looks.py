"""Colours: enough contrast in every theme, and no meaning that only a colour carries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import pytest
from coding_study import CodingStudy, screen_text
from rich.segment import Segment
from textual.pilot import Pilot

from harken.errors import HarkenError
from harken.model import Round
from harken.services.analytic_themes import make_theme
from harken.services.browsing import reader_for
from harken.services.coding import CodingSession
from harken.services.reading_mode import ReadingSession
from harken.tui import openings
from harken.tui.app import HarkenApp, Opening
from harken.tui.screens.boxes.dialog import Dialog
from harken.tui.themes import OTHER, THEMES, wanted_theme

LEAST_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3 (level AA)."""
_DRAWN = frozenset("─│╭╮╰╯┌┐└┘├┤┬┴┼━┃▁▂▃▄▅▆▇█▔▏▕▎▌▐╸╺╹╻ \u2800")
"""Lines and bars: borders and scroll bars, no text."""

STATES: dict[str, tuple[str, ...]] = {
    "undecided": (),
    "draft with two codes, memo and unsure": (
        *("u", "w", "space", "m", *"why", "escape"),
        *("space", "u", *"is it", "enter"),
    ),
    "refused": ("enter",),
    "decided and reopened": ("u", "enter", "backspace"),
    "menu": ("space",),
    "help": ("question_mark",),
    "find": ("space", "f", "w"),
    "new code": ("space", "n", *"Trus"),
    "memo": ("space", "m", *"why"),
    "person": ("space", "p"),
    "go to": ("space", "g"),
    "caps lock": ("U",),
    "end": ("0", "0", "0"),
}


def luminance(colour: Sequence[int]) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [
        value / 255 / 12.92 if value / 255 <= 0.04045 else ((value / 255 + 0.055) / 1.055) ** 2.4
        for value in colour
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: Sequence[int], other: Sequence[int]) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def segments(pilot: Pilot[str]) -> Iterator[Segment]:
    """What the terminal is sent, piece by piece: the whole screen, or of a dialog's screen its box."""
    app = pilot.app
    strips = app.screen._compositor.render_strips()
    if isinstance(app.screen, Dialog):
        box = app.screen.query_one("Dialog > Vertical").region
        strips = [strip.crop(box.x, box.right) for strip in strips[box.y : box.bottom]]
    for strip in strips:
        yield from strip


def weak_segments(found: Iterable[Segment]) -> list[tuple[str, float]]:
    """Texts that stand out too little, with their contrast."""
    weak = []
    for segment in found:
        style = segment.style
        if style is None or style.color is None or style.bgcolor is None or not set(segment.text) - _DRAWN:
            continue
        colour, ground = style.color.get_truecolor(), style.bgcolor.get_truecolor()
        if style.reverse:
            colour, ground = ground, colour
        ratio = contrast(colour, ground)
        if ratio < LEAST_CONTRAST:
            weak.append((segment.text, round(ratio, 2)))
    return weak


def weak_texts(pilot: Pilot[str]) -> list[tuple[str, float]]:
    return weak_segments(segments(pilot))


def room(opens: Callable[..., Opening]) -> Callable[[CodingStudy], Opening]:
    return lambda study: opens(study.store, coder="ada", round=Round(name="main"))


async def show(pilot: Pilot[str], state: str) -> None:
    for key in STATES[state]:
        await pilot.press(key)
    await pilot.pause()


def test_contrast_is_computed_as_published() -> None:
    """Black on white is 21:1; #767676 on white is the lightest grey with 4.5:1 (W3C, understanding 1.4.3)."""
    white = (255, 255, 255)
    assert round(contrast((0, 0, 0), white), 2) == 21.0
    assert (contrast((0x76,) * 3, white) >= 4.5, contrast((0x77,) * 3, white) >= 4.5) == (True, False)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("theme", THEMES)
def test_every_text_stands_out_from_what_is_behind_it(
    study: CodingStudy,
    drive: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    theme: str,
    state: str,
) -> None:
    monkeypatch.setenv("HARKEN_THEME", theme)

    async def look(pilot: Pilot[str]) -> list[tuple[str, float]]:
        await show(pilot, state)
        return weak_texts(pilot)

    assert drive(study.app(), look, size=(120, 40)) == []


@pytest.mark.parametrize("theme", THEMES)
def test_the_answer_can_be_read_behind_a_box(
    study: CodingStudy, drive: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, theme: str
) -> None:
    monkeypatch.setenv("HARKEN_THEME", theme)

    async def look(pilot: Pilot[str]) -> list[Segment]:
        await show(pilot, "memo")
        strips = pilot.app.screen._compositor.render_strips()
        return [segment for strip in strips for segment in strip if "I understand" in segment.text]

    answer = drive(study.app(), look, size=(120, 40))
    assert (len(answer), weak_segments(answer)) == (1, [])


ROOMS: dict[str, tuple[Callable[[CodingStudy], Opening], tuple[str, ...]]] = {
    "reading": (lambda study: openings.reading(ReadingSession.open(study.store, coder="ada")), ("s",)),
    "answers": (
        lambda study: openings.answers(study.store, reader_for(study.store, "ada")),
        ("slash", *"worry", "enter"),
    ),
    "codebook": (room(openings.codebook), ("down",)),
    "memos": (room(openings.memos), ()),
    "questions": (room(openings.questions), ()),
    "meeting": (room(openings.meeting), ("down",)),
    "analytic themes": (room(openings.analytic_themes), ()),
}


@pytest.mark.parametrize("name", ROOMS)
@pytest.mark.parametrize("theme", THEMES)
def test_every_text_of_the_rooms_stands_out_too(
    study: CodingStudy, drive: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, theme: str, name: str
) -> None:
    monkeypatch.setenv("HARKEN_THEME", theme)
    session = CodingSession.open(study.store, coder="ada")
    session.toggle("risk.worry")
    session.mark_unsure(True, "is it?")
    session.write_memo("why")
    session.decide()
    make_theme(study.store, "Seeing is believing", actor="ada", idea="A picture settles it.")
    opening, keys = ROOMS[name]

    async def look(pilot: Pilot[str]) -> list[tuple[str, float]]:
        found = []
        for key in ("", *keys, "question_mark"):
            if key:
                await pilot.press(key)
            await pilot.pause()
            found += weak_texts(pilot)
        return found

    assert drive(HarkenApp(opening(study), clock=study.clock), look, size=(120, 40)) == []


def test_no_two_states_differ_by_colour_alone(study: CodingStudy, drive: Callable[..., Any]) -> None:
    """What the screen says without any colour, before and after each key that changes a state."""

    async def look(pilot: Pilot[str]) -> list[str]:
        seen = [screen_text(pilot)]
        for keys in (("u",), ("down",), ("space", "u", "enter"), ("enter",), ("backspace",), ("t",), ("f2",)):
            for key in keys:
                await pilot.press(key)
            await pilot.pause()
            seen.append(screen_text(pilot))
        return seen

    seen = drive(study.app(), look, size=(120, 40))
    assert [n for n, (one, other) in enumerate(pairwise(seen)) if one == other] == []


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("", "harken-dark"),
        ("dark", "harken-dark"),
        ("Light", "harken-light"),
        ("colourblind", "harken-colourblind-dark"),
        ("colorblind-light", "harken-colourblind-light"),
    ],
)
def test_the_environment_names_the_theme(monkeypatch: pytest.MonkeyPatch, value: str, name: str) -> None:
    monkeypatch.setenv("HARKEN_THEME", value)
    assert wanted_theme().name == name


def test_an_unknown_theme_is_refused_with_the_known_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARKEN_THEME", "lihgt")
    with pytest.raises(HarkenError, match=r"'lihgt', which is no set of colours\. Did you mean 'light'\?"):
        wanted_theme()


def test_f3_changes_between_light_and_dark_of_the_same_kind(
    study: CodingStudy, drive: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def look(pilot: Pilot[str]) -> list[str]:
        seen = [pilot.app.theme]
        for _ in range(2):
            await pilot.press("f3")
            seen.append(pilot.app.theme)
        return seen

    for theme in THEMES:
        monkeypatch.setenv("HARKEN_THEME", theme)
        own = THEMES[theme].name
        assert drive(study.app(), look) == [own, OTHER[own], own]


@pytest.mark.parametrize("level", ["none", "full"])
def test_nothing_moves_by_itself_where_animations_are_off(
    study: CodingStudy, drive: Callable[..., Any], level: str
) -> None:
    app = study.app()
    app.animation_level = level  # type: ignore[assignment]

    async def look(pilot: Pilot[str]) -> tuple[bool, bool]:
        from textual.widgets import Input

        from harken.tui.widgets.lines import MessageLine

        await pilot.press("enter")
        flashes = pilot.app.screen.query_one(MessageLine).has_class("-flash")
        await pilot.press("space", "f")
        return flashes, pilot.app.screen.query_one(Input).cursor_blink

    moves = level != "none"
    assert drive(app, look) == (moves, moves)
