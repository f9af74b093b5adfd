"""The analytic themes screen: making, naming, writing the idea, gathering, taking away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from coding_study import CodingStudy, screen_text
from textual.pilot import Pilot

from harken.model import Coding, Decision, ResponseKey, Round
from harken.services.analytic_themes import AnalyticTheme, list_themes, make_theme, write_idea
from harken.services.memos import PROJECT, add_memo
from harken.storage import coding
from harken.tui import openings
from harken.tui.app import HarkenApp

Press = Callable[..., str]


@pytest.fixture
def coded(study: CodingStudy) -> CodingStudy:
    """P1 speaks of understanding, P2 of worry; one theme, one entry of the diary."""
    for name, code in (("P1", "benefit.understanding"), ("P2", "risk.worry")):
        decision = Decision(key=ResponseKey(name, "q"), coder="ada", codings=(Coding(code),))
        with study.store.action("ada") as action:
            coding.decide(action, study.book, decision)
    make_theme(study.store, "Seeing", actor="ada")
    add_memo(study.store, PROJECT, "trust before risk", actor="ada")
    return study


def screen(study: CodingStudy) -> HarkenApp:
    opening = openings.analytic_themes(study.store, coder="ada", round=Round(name="main"))
    return HarkenApp(opening, clock=study.clock)


def theme(study: CodingStudy) -> AnalyticTheme:
    (found,) = list_themes(study.store, coder="ada").themes
    return found


def test_a_project_without_themes_says_how_to_make_one(study: CodingStudy, press: Press) -> None:
    assert "n makes the first analytic theme" in press(screen(study))
    shown = press(screen(study), *"cqmrx", "enter", "down", "pagedown")
    assert "There is no theme yet; n makes one." in shown


def test_a_theme_is_made_by_its_name(study: CodingStudy, press: Press) -> None:
    press(screen(study), "n", *"Seeing", "enter")
    assert theme(study).name == "Seeing"


def test_a_name_that_is_taken_is_refused(coded: CodingStudy, press: Press) -> None:
    shown = press(screen(coded), "n", *"seeing", "enter", size=(120, 24))
    assert "There is a theme 'Seeing' already." in shown


def test_escape_makes_no_theme(study: CodingStudy, press: Press) -> None:
    press(screen(study), "n", *"Seeing", "escape")
    assert list_themes(study.store, coder="ada").themes == ()


def test_the_idea_is_kept_when_escape_closes_its_box(coded: CodingStudy, press: Press) -> None:
    shown = press(screen(coded), "enter", *"what is seen is true", "escape")
    assert theme(coded).idea == "what is seen is true"
    assert "what is seen is true" in shown


def test_an_idea_is_not_lost_when_somebody_wrote_another_meanwhile(
    coded: CodingStudy, drive: Callable[..., Any]
) -> None:
    async def both(pilot: Pilot[str]) -> str:
        await pilot.press("enter", *"mine")
        write_idea(coded.store, theme(coded).id, "theirs", actor="ben")
        await pilot.press("escape")
        await pilot.pause()
        refused = screen_text(pilot)
        await pilot.press("enter", "escape")
        await pilot.pause()
        return refused

    assert "Somebody changed this idea meanwhile" in drive(screen(coded), both, size=(120, 40))
    assert theme(coded).idea == "mine"


def test_codes_go_in_and_out_while_their_box_stays_open(coded: CodingStudy, press: Press) -> None:
    press(screen(coded), "c", *"anx", "enter", *("backspace",) * 3, *"und", "enter", "enter", "escape")
    assert theme(coded).codes == ("risk.worry",)


def test_the_people_of_its_codes_are_counted(coded: CodingStudy, press: Press) -> None:
    shown = press(screen(coded), "c", *"anx", "enter", "escape")
    assert "Codes: 1 of the 2 people who have a code" in shown


def test_answers_that_have_its_codes_are_quoted(coded: CodingStudy, press: Press) -> None:
    shown = press(screen(coded), "c", *"anx", "enter", "escape", "q", "enter", "escape")
    assert [one.quote.key.participant for one in theme(coded).quotes] == ["P2"]
    assert "“It made me worry" in shown


def test_the_whole_answer_is_in_sight_before_it_is_quoted(coded: CodingStudy, press: Press) -> None:
    shown = press(screen(coded), "c", *"anx", "enter", "escape", "q")
    assert "and then I trusted her." in shown


def test_memos_are_gathered(coded: CodingStudy, press: Press) -> None:
    shown = press(screen(coded), "m", *"trust", "enter", "escape")
    assert [memo.body for memo in theme(coded).memos] == ["trust before risk"]
    assert "Memo by ada on diary: trust before risk" in shown


def test_a_theme_is_renamed(coded: CodingStudy, press: Press) -> None:
    press(screen(coded), "r", *" is believing", "enter")
    assert theme(coded).name == "Seeing is believing"


def test_a_theme_goes_after_a_question_alone(coded: CodingStudy, press: Press) -> None:
    press(screen(coded), "x", "enter", "escape")
    assert theme(coded).name == "Seeing"
    press(screen(coded), "x", "x")
    assert list_themes(coded.store, coder="ada").themes == ()


def test_arrows_choose_the_theme_that_the_keys_mean(coded: CodingStudy, press: Press) -> None:
    make_theme(coded.store, "Fearing", actor="ada")
    press(screen(coded), "down", "enter", *"an idea", "escape")
    ideas = {one.name: one.idea for one in list_themes(coded.store, coder="ada").themes}
    assert ideas == {"Seeing": "", "Fearing": "an idea"}
