"""Help, palette, menu and line of keys offer exactly what works at the moment."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from coding_study import CodingStudy, make_study, screen_text
from textual.pilot import Pilot

from harken.model import Round
from harken.tui import openings
from harken.tui.app import HarkenApp
from harken.tui.commands import CODING, MENU, ROOM
from harken.tui.screens.coding.screen import CodingScreen
from harken.tui.screens.room import Room
from harken.tui.widgets.lines import MessageLine

ALWAYS = {
    *("code.menu", "code.help", "code.palette", "code.leave", "code.clear", "app.theme"),
    *("menu.answers", "menu.codebook", "menu.memos", "menu.questions"),
}
WITH_ANSWER = {
    *("menu.new_code", "menu.find", "menu.memo", "menu.unsure", "menu.person", "menu.words"),
    *("menu.quote", "menu.identifying", "menu.alert", "menu.refers_to", "code.focus_up", "code.focus_down"),
}
WITHOUT_CODES = {"code.no_code", "menu.uncodable"}
STATES: dict[str, tuple[tuple[str, ...], set[str]]] = {
    "nothing applied": ((), {*WITH_ANSWER, *WITHOUT_CODES, "code.next", "menu.go_to"}),
    "a code applied": (("u",), {*WITH_ANSWER, "code.decide", "code.next", "menu.go_to"}),
    "after a decision": (
        ("u", "enter"),
        {
            *(*WITH_ANSWER, *WITHOUT_CODES, "code.previous", "code.next", "menu.go_to"),
            *("code.reopen", "code.undo", "menu.same"),
        },
    ),
    "after an undo": (
        ("u", "enter", "ctrl+z"),
        {*WITH_ANSWER, "code.decide", "code.next", "menu.go_to", "code.redo"},
    ),
    "the last answer": (
        ("right", "right"),
        {*WITH_ANSWER, *WITHOUT_CODES, "code.previous", "menu.go_to"},
    ),
    "a decided answer without codes": (
        ("0", "backspace"),
        {
            *(*WITH_ANSWER, *WITHOUT_CODES, "code.decide", "code.next", "menu.go_to", "code.undo"),
        },
    ),
    "the end of the queue": (
        ("0", "0", "0"),
        {"code.previous", "code.next", "menu.go_to", "code.reopen", "code.undo"},
    ),
}
LONG = {"P1": "word " * 300, "P2": "short"}


def screen_of(pilot: Pilot[str]) -> CodingScreen:
    screen = pilot.app.screen
    assert isinstance(screen, CodingScreen)
    return screen


def offered(pilot: Pilot[str]) -> set[str]:
    """Ids of the commands that help and palette list."""
    ids = {binding.action: binding.id or "" for binding in (*CODING, *MENU)}
    return {ids.get(one.action, one.action) for one in screen_of(pilot).commands()}


async def press(pilot: Pilot[str], keys: tuple[str, ...]) -> None:
    for key in keys:
        await pilot.press(key)
    await pilot.pause()


@pytest.mark.parametrize("state", STATES)
def test_exactly_the_commands_that_work_in_a_state_are_offered(
    study: CodingStudy, drive: Callable[..., Any], state: str
) -> None:
    keys, expected = STATES[state]

    async def look(pilot: Pilot[str]) -> set[str]:
        await press(pilot, keys)
        return offered(pilot)

    found = {"app.theme" if id == "app.switch_theme" else id for id in drive(study.app(), look)}
    assert found == ALWAYS | expected


@pytest.mark.parametrize("state", STATES)
def test_what_is_not_offered_changes_nothing_and_says_why(
    study: CodingStudy, drive: Callable[..., Any], state: str
) -> None:
    keys, expected = STATES[state]
    others = [binding for binding in (*CODING, *MENU) if binding.id not in ALWAYS | expected]
    silent = {"code.interrupt", "code.scroll_up", "code.scroll_down", "code.focus_up", "code.focus_down"}

    async def look(pilot: Pilot[str]) -> list[str | None]:
        await press(pilot, keys)
        before, said_nothing = study.store.project_hash(), []
        for binding in others:
            screen = screen_of(pilot)
            line = screen.query_one(MessageLine)
            line.say("")
            await screen.run_action(binding.action)
            await pilot.pause()
            if not str(line.content_lines()[0].plain).strip() and binding.id not in silent:
                said_nothing.append(binding.id)
        assert study.store.project_hash() == before
        return said_nothing

    assert drive(study.app(), look) == []


def test_the_help_shows_what_is_offered_and_nothing_else(
    study: CodingStudy, drive: Callable[..., Any]
) -> None:
    async def look(pilot: Pilot[str]) -> tuple[list[str], str]:
        await press(pilot, ("0", "0", "0"))
        keys = [one.key for one in screen_of(pilot).commands()]
        await press(pilot, ("question_mark",))
        return keys, screen_text(pilot)

    keys, text = drive(study.app(), look, size=(120, 50))
    shown = re.findall(r"^ *│ +(\S+(?: \S)?) {2,}\S.*│$", text, re.MULTILINE)
    assert [key for key in keys if key not in shown] == []
    assert not [word for word in ("memo on this", "letters", "Apply") if word in text]


def test_the_menu_shows_only_entries_that_work(study: CodingStudy, press: Callable[..., str]) -> None:
    last = press(study.app(), "0", "0", "0", "space", size=(160, 40)).splitlines()[-1]
    assert last.split("  ")[1] == "g go to"
    assert "memo " not in last


def test_the_line_of_keys_follows_to_the_end_of_the_queue_and_back(
    study: CodingStudy, drive: Callable[..., Any]
) -> None:
    async def look(pilot: Pilot[str]) -> list[str]:
        seen = []
        for keys in ((), ("0", "0", "0"), ("ctrl+z",)):
            await press(pilot, keys)
            seen.append(screen_text(pilot).splitlines()[-1].strip())
        return seen

    working = "↵ decide   0 no code   Space menu   ⌫ reopen   ^z undo   ? help   ^q leave"
    at_the_end = "Space menu   ⌫ reopen   ^z undo   ? help   ^q leave"
    assert drive(study.app(), look, size=(120, 40)) == [working, at_the_end, working]


def test_scrolling_is_offered_in_the_directions_in_which_there_is_more(drive: Callable[..., Any]) -> None:
    study = make_study(LONG)

    async def look(pilot: Pilot[str]) -> list[set[str]]:
        seen = []
        for keys in ((), ("pagedown",), ("pagedown",) * 20):
            await press(pilot, keys)
            seen.append({id for id in offered(pilot) if id.startswith("code.scroll")})
        return seen

    assert drive(study.app(), look) == [
        {"code.scroll_down"},
        {"code.scroll_up", "code.scroll_down"},
        {"code.scroll_up"},
    ]


def test_several_keys_of_a_command_stand_in_one_line_of_the_help(
    study: CodingStudy, drive: Callable[..., Any]
) -> None:
    async def look(pilot: Pilot[str]) -> dict[str, str]:
        return {one.action: one.key for one in screen_of(pilot).commands()}

    keymap = {"code.no_code": "0,à", "menu.memo": "comma", "code.menu": "f8"}
    keys = drive(study.app(keymap=keymap), look)
    assert (keys["decide_no_code"], keys["write_memo"], keys["find_code"]) == ("0 à", "F8 ,", "F8 f")


def test_the_help_of_a_room_begins_with_the_room_s_own_keys(
    study: CodingStudy, drive: Callable[..., Any]
) -> None:
    async def look(pilot: Pilot[str]) -> list[str]:
        screen = pilot.app.screen
        assert isinstance(screen, Room)
        return [one.action for one in screen.commands()]

    opening = openings.codebook(study.store, coder="ada", round=Round(name="main"))
    actions = drive(HarkenApp(opening, clock=study.clock), look)
    shared = [binding.action for binding in ROOM if not binding.system]
    assert actions[-len(shared) :] == shared
