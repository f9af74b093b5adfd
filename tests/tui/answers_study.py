"""Studies to browse: the app with the answers screen, and a second coder's decisions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import cast

from coding_study import Clock, CodingStudy, make_study
from textual.pilot import Pilot

from harken.model import Coding, Decision, ResponseKey, Round
from harken.services.browsing import AnswerFilter, reader_for
from harken.storage import coding
from harken.storage.driver import sqlite3
from harken.storage.store import Store
from harken.tui import openings
from harken.tui.app import HarkenApp
from harken.tui.screens.answers.screen import AnswersScreen


def answers_app(
    store: Store,
    *,
    coder: str = "ada",
    round: str = "main",
    filter: AnswerFilter | None = None,
    keymap: Mapping[str, str] | None = None,
    clock: Clock | None = None,
) -> HarkenApp:
    reader = reader_for(store, coder, round=round)
    return HarkenApp(openings.answers(store, reader, filter=filter), keymap=keymap, clock=clock or Clock())


def decide(
    study: CodingStudy, participant: str, *codes: str, coder: str = "ada", round: str = "main", memo: str = ""
) -> None:
    decision = Decision(
        key=ResponseKey(participant, "q"),
        coder=coder,
        round=round,
        codings=tuple(Coding(code) for code in codes),
        memo=memo,
    )
    with study.store.action(coder) as action:
        coding.decide(action, study.book, decision)


def two_coders_study(*, rounds: tuple[Round, ...] = ()) -> CodingStudy:
    """ada has decided P1, ben P1 and P2; P1 is an expert, the others are patients."""
    study = make_study(rounds=rounds, group=lambda name: "expert" if name == "P1" else "patient")
    with study.store.action("ada") as action:
        action.append("coder.added", {"name": "ben"})
    decide(study, "P1", "benefit.understanding", memo="clear case")
    decide(study, "P1", "risk.worry", coder="ben")
    decide(study, "P2", "risk.worry", "benefit.trust", coder="ben")
    return study


def on_file(study: CodingStudy, path: Path) -> Store:
    """The study as a file."""
    copy = sqlite3.connect(path)
    study.store.connection.backup(copy)
    copy.close()
    return Store.open(path)


def answers_screen(pilot: Pilot[str]) -> AnswersScreen:
    return cast("AnswersScreen", pilot.app.screen_stack[0])


def listed(pilot: Pilot[str]) -> list[str]:
    """Participants in the list, in its order."""
    screen = answers_screen(pilot)
    rows = [screen.pages.row_at(place) for place in range(len(screen.pages))]
    return [row.key.participant for row in rows if row is not None]
