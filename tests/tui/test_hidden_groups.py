"""What a round hides is hidden on the screens of every other round, too."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from answers_study import answers_app, two_coders_study
from coding_study import CodingStudy

from harken.model import Round
from harken.services.reading_mode import ReadingSession
from harken.tui import openings
from harken.tui.app import HarkenApp

Press = Callable[..., str]
WIDE = (120, 40)


def reading(study: CodingStudy) -> HarkenApp:
    return HarkenApp(openings.reading(ReadingSession.open(study.store, coder="ada")), clock=study.clock)


SCREENS = {
    "coding": (lambda study: study.app(), ("p",)),
    "reading": (reading, ("p",)),
    "answers": (lambda study: answers_app(study.store), ()),
    "a person's page": (lambda study: answers_app(study.store), ("p",)),
}


@pytest.mark.parametrize("screen", SCREENS)
def test_groups_that_another_round_hides_are_on_no_screen(press: Press, screen: str) -> None:
    app, keys = SCREENS[screen]
    shown = {}
    for whose, coder in {"hers": "ada", "his": "ben"}.items():
        hiding = Round(name="hiding", hides_group=True, coders=(coder,))
        text = press(app(two_coders_study(rounds=(hiding,))), *keys, size=WIDE)
        shown[whose] = "expert" in text or "patient" in text
    assert shown == {"hers": False, "his": True}


def test_what_others_decided_stays_off_the_list_while_a_blind_round_is_not_done(press: Press) -> None:
    shown = {
        name: "Trust"
        in press(
            answers_app(two_coders_study(rounds=(Round(name="b", is_blind=True, coders=(name,)),)).store),
            "down",
            size=WIDE,
        )
        for name in ("ada", "ben")
    }
    assert shown == {"ada": False, "ben": True}
