"""Where a study stands, and the next step."""

from __future__ import annotations

import pytest
from study_builder import codebook, decision

from harken.model import Codebook
from harken.services.standing import overview, overview_report
from harken.storage.store import Store
from harken.storage.withdrawal import withdraw


def next_of(store: Store) -> tuple[str, str]:
    state = overview(store)
    return state.next_step, state.next_command


ANSWERS = [("p1", "q1", "slow"), ("p2", "q1", "rude"), ("p3", "q1", "")]
PEOPLE = ["p1", "p2", "p3"]
BOOK = codebook("theme.x")


@pytest.mark.parametrize(
    ("parts", "step"),
    [
        (
            {"people": [], "answers": []},
            ("Take in the survey", "harken import FILE"),
        ),
        (
            {"people": PEOPLE, "answers": ANSWERS, "codebook": Codebook()},
            (
                "Take in a codebook, or start coding and make the codes as you go",
                "harken codebook import FILE  |  harken code --as NAME",
            ),
        ),
        (
            {"people": PEOPLE, "answers": ANSWERS, "codebook": BOOK},
            ("Code the answers", "harken code --as NAME"),
        ),
        (
            {
                "people": PEOPLE,
                "answers": ANSWERS,
                "codebook": BOOK,
                "decisions": [decision("ann m.", "p1", "q1")],
            },
            ("Go on coding: ann m. has 1 of 2 answers left", "harken code --as 'ann m.'"),
        ),
        (
            {
                "people": PEOPLE,
                "answers": ANSWERS,
                "codebook": BOOK,
                "decisions": [decision("ann", person, "q1") for person in ("p1", "p2")],
            },
            ("Look at the themes", "harken themes --by COLUMN"),
        ),
        (
            {
                "people": PEOPLE,
                "answers": ANSWERS,
                "codebook": BOOK,
                "decisions": [
                    decision(who, person, "q1") for who in ("ann", "bob") for person in ("p1", "p2")
                ],
            },
            ("Look at agreement and themes", "harken agreement  |  harken themes --by COLUMN"),
        ),
    ],
)
def test_the_next_step_follows_the_state(study, parts, step) -> None:
    assert next_of(study(**parts)) == step


def test_reflexive_work_goes_on_to_analytic_themes(study) -> None:
    store = study(
        people=PEOPLE,
        answers=ANSWERS,
        codebook=BOOK,
        decisions=[decision("ann", name, "q1", "theme.x") for name in ("p1", "p2")],
    )
    with store.action("ann") as action:
        action.append("settings.changed", {"approach": "reflexive"})
    assert next_of(store) == ("Think in analytic themes", "harken analytic-themes screen")


def test_people_who_withdrew_leave_every_figure(study) -> None:
    store = study(
        people=PEOPLE, answers=ANSWERS, codebook=BOOK, excluded={"item non-response": ["p3"]}, title="Waits"
    )
    withdraw(store, "p1", actor="lead")
    state = overview(store)
    assert (state.n_participants, state.n_excluded, state.n_codable) == (2, 1, 1)


def test_decisions_that_no_longer_count_are_no_progress(study) -> None:
    store = study(
        people=PEOPLE,
        answers=ANSWERS,
        codebook=BOOK,
        decisions=[decision("ann", person, "q1") for person in PEOPLE],
        excluded={"item non-response": ["p2"]},
    )
    (ann,) = overview(store).progress
    assert (ann.n_decided, ann.n_to_decide) == (1, 1)


def test_the_report_holds_the_same_figures(study) -> None:
    store = study(people=PEOPLE, answers=ANSWERS, codebook=BOOK, decisions=[decision("ann", "p1", "q1")])
    report = overview_report(overview(store))
    assert [[cell.text for cell in row] for table in report.tables for row in table.rows] == [
        ["participants", "3"],
        ["of them excluded", "0"],
        ["open questions", "1"],
        ["answers to code", "2"],
        ["codes", "1"],
        ["ann", "main", "1", "2"],
    ]
    assert report.notes == (
        "Next: Go on coding: ann has 1 of 2 answers left.",
        "  harken code --as ann",
    )
