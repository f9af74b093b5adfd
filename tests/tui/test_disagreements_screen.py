"""The answers screen with what coders decided differently: what it lists, and codes side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from answers_study import answers_app, decide, listed, two_coders_study
from coding_study import CodingStudy, make_study
from textual.pilot import Pilot

from harken.model import Round
from harken.services.browsing import AnswerFilter, AnswerMark

APART = AnswerFilter(states=(AnswerMark.DISAGREED,))


@pytest.fixture
def study() -> Iterator[CodingStudy]:
    """ada and ben part on P1 and P2, and agree on P3."""
    made = two_coders_study()
    decide(made, "P2", "risk.worry")
    decide(made, "P3", "risk.worry")
    decide(made, "P3", "risk.worry", coder="ben")
    yield made
    made.store.close()


def after(drive: Callable[..., Any], study: CodingStudy, filter: AnswerFilter, *keys: str) -> list[str]:
    async def work(pilot: Pilot[str]) -> list[str]:
        await pilot.press(*keys)
        await pilot.pause()
        return listed(pilot)

    found: list[str] = drive(answers_app(study.store, filter=filter), work, size=(100, 30))
    return found


def test_answers_that_coders_decided_differently_are_listed(study, drive) -> None:
    assert after(drive, study, APART) == ["P1", "P2"]


def test_a_code_chosen_then_leaves_those_that_part_on_it(study, drive) -> None:
    assert after(drive, study, APART, "c", *"trust", "enter") == ["P2"]


def test_the_filter_can_be_chosen_by_keys(study, drive) -> None:
    assert after(drive, study, AnswerFilter(), "f", *"state", "enter", *"differently", "enter") == [
        "P1",
        "P2",
    ]


def test_codes_stand_side_by_side_what_is_in_dispute_first(study, press) -> None:
    screen = press(answers_app(study.store, filter=APART), "down", size=(100, 30))
    lines = [" ".join(line.split()) for line in screen.splitlines()]
    head = lines.index("ada ben in round main")
    assert lines[head + 1 : head + 3] == ["· ✓ Benefits: Trust", "✓ ✓ Risks: Anxiety or worry all"]


def test_a_decision_without_codes_and_an_uncodable_one_are_lines_too(study, press) -> None:
    decide(study, "P1", coder="ben")
    screen = press(answers_app(study.store, filter=APART), size=(100, 30))
    lines = [" ".join(line.split()) for line in screen.splitlines()]
    head = lines.index("ada ben in round main")
    assert lines[head + 1 : head + 4] == [
        "✓ · Benefits: Understanding",
        "· ✓ no code applies",
        "memo of ada clear case",
    ]


def test_the_list_shows_what_is_in_dispute_before_what_all_applied(study, press) -> None:
    decide(study, "P2", "benefit.trust")
    screen = press(answers_app(study.store, filter=APART), size=(120, 30))
    line = next(line for line in screen.splitlines() if "P2" in line)
    assert "  Trust · ben: Anxiety or" in line


def test_who_is_blind_is_told_why_nothing_is_listed(press) -> None:
    study = two_coders_study(rounds=(Round(name="blind", is_blind=True, coders=("ada", "ben")),))
    screen = press(answers_app(study.store, filter=APART), size=(120, 30))
    assert "you see your own work alone" in screen
    study.store.close()


def test_in_a_small_window_the_codes_of_an_answer_are_seen_below_its_words(study, press) -> None:
    lines = [
        " ".join(line.split())
        for line in press(answers_app(study.store, filter=APART), "down", size=(80, 23)).splitlines()
    ]
    head = lines.index("ada ben in round main")
    assert lines[head + 1 : head + 3] == ["· ✓ Benefits: Trust", "✓ ✓ Risks: Anxiety or worry all"]


def test_names_of_two_coders_stand_in_full_above_their_columns(press) -> None:
    study = make_study()
    with study.store.action("ada") as action:
        action.append("coder.added", {"name": "coder_secondary"})
    decide(study, "P1", "benefit.trust", coder="coder_secondary")
    decide(study, "P1", "risk.worry")
    assert "ada coder_secondary  in round main" in press(
        answers_app(study.store, filter=APART), size=(80, 24)
    )
    study.store.close()
