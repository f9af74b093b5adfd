"""The agenda on the screen: point by point, where Enter leads, and the outcome that is recorded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from coding_study import CodingStudy, screen_text
from test_hostile_texts import HOSTILE, hostile_study
from textual.pilot import Pilot

from harken.model import Coding, Decision, ResponseKey
from harken.services.asking import raise_alert
from harken.services.meeting import meetings
from harken.storage import study as stored_study
from harken.storage.codebooks import change_code, stored_codebook
from harken.storage.coding import decide
from harken.tui import openings
from harken.tui.app import HarkenApp
from harken.tui.screens.asking.meeting import MeetingScreen


def say(study: CodingStudy, coder: str, person: str, *codes: str, words: str = "") -> None:
    one = Decision(
        key=ResponseKey(person, "q"),
        coder=coder,
        codings=tuple(map(Coding, codes)),
        is_unsure=bool(words),
        message=words,
    )
    with study.store.action(coder) as action:
        decide(action, stored_codebook(study.store), one)


@pytest.fixture
def differing(study: CodingStudy) -> CodingStudy:
    """ada and ben decided P2 differently, and ben changed a definition."""
    with study.store.action("ada") as action:
        action.append("coder.added", {"name": "ben"})
    say(study, "ada", "P2", "risk.worry")
    say(study, "ben", "P2", "benefit.trust")
    stored = study.book
    code = replace(stored.codebook.entries["benefit.trust"].code, definition="Trust in the doctor")
    with study.store.action("ben") as action:
        change_code(action, stored, path="benefit.trust", code=code)
    return study


def screen(study: CodingStudy) -> MeetingScreen:
    return MeetingScreen(study.store, coder="ada", round=stored_study.round_named(study.store, "main"))


def app(study: CodingStudy) -> HarkenApp:
    main = stored_study.round_named(study.store, "main")
    return HarkenApp(openings.meeting(study.store, coder="ada", round=main), clock=study.clock)


def test_a_disagreement_is_shown_with_the_answer_and_each_coders_codes(
    differing: CodingStudy, press: Any
) -> None:
    shown = press(app(differing))
    for words in ("Disagreements", "P2 · q", "and then I trusted her.", "risk.worry"):
        assert words in shown
    assert "everything so far" in shown


def test_a_changed_wording_is_shown_old_and_new(differing: CodingStudy, press: Any) -> None:
    shown = press(app(differing), "down")
    assert "definition now" in shown
    assert "Trust in the doctor" in shown


@pytest.mark.parametrize(("keys", "target"), [(("enter",), 2), (("down", "enter"), "benefit.trust")])
def test_enter_leads_to_the_answer_or_the_code(
    differing: CodingStudy, drive: Callable[..., Any], keys: tuple[str, ...], target: int | str
) -> None:
    gone: list[int | str | None] = []

    async def walk(pilot: Pilot[str]) -> None:
        pilot.app.push_screen(screen(differing), gone.append)
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()

    drive(differing.app(), walk)
    assert gone == [target]


def test_enter_on_the_first_screen_looks_at_the_code_and_comes_back(
    differing: CodingStudy, press: Any
) -> None:
    assert "Codebook" in press(app(differing), "down", "enter")
    assert "Changed wordings" in press(app(differing), "down", "enter", "escape")


def test_the_outcome_is_recorded_and_the_agenda_begins_anew(differing: CodingStudy, press: Any) -> None:
    shown = press(app(differing), "o", *"P2", "enter", *"is trust", "f2")
    assert "There is nothing new to talk about." in shown
    (held,) = meetings(differing.store).items
    assert (held.held_by, held.outcome) == ("ada", "P2\nis trust")
    assert "is trust" in press(app(differing), "l")


def test_an_outcome_that_is_not_recorded_stays_written(differing: CodingStudy, press: Any) -> None:
    assert "hm" in press(app(differing), "o", *"hm", "escape", "o")
    assert meetings(differing.store).items == ()


def test_an_agenda_of_nothing_takes_keys_without_harm(study: CodingStudy, press: Any) -> None:
    before = study.store.project_hash()
    assert "There is nothing new to talk about." in press(app(study), "enter", "down", "end", "pagedown")
    assert study.store.project_hash() == before


@pytest.mark.parametrize("size", [(20, 8), (80, 24), (160, 50)])
def test_hostile_texts_are_harmless(drive: Callable[..., Any], size: tuple[int, int]) -> None:
    words = "\n".join(HOSTILE.values())
    study = hostile_study(words)
    person = "[/b]\x1b[2J"
    with study.store.action("ada") as action:
        action.append("coder.added", {"name": "ben"})
    say(study, "ada", person, "f.c0")
    say(study, "ben", person, "f.c1", words=words)
    raise_alert(study.store, ResponseKey(person, "q"), coder="ben", note=words)
    stored = study.book
    code = replace(stored.codebook.entries["f.c2"].code, definition="changed", label=HOSTILE["bidi"])
    with study.store.action("ben") as action:
        change_code(action, stored, path="f.c2", code=code)

    async def walk(pilot: Pilot[str]) -> None:
        for key in ("down", "down", "down", "down", "pagedown", "o", *"[/b]", "f2", "l", "escape"):
            await pilot.press(key)
            await pilot.pause()
            assert not any(ord(character) < 32 and character != "\n" for character in screen_text(pilot))

    drive(app(study), walk, size=size)
    (held,) = meetings(study.store).items
    assert held.outcome == "[/b]"
