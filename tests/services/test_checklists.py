"""Checklists: their items, and what the project fills in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from study_builder import codebook, decision

from harken.errors import HarkenError
from harken.services.agreeing import Yardstick, measure_agreement
from harken.services.agreeing.yardstick import make_uncertainty
from harken.services.checklists import (
    CHECKLISTS,
    KnownFact,
    checklist_named,
    checklist_report,
    fill,
    fill_checklists,
    fitting_checklists,
    known_facts,
)
from harken.services.checklists.filling import ItemState
from harken.services.describing import read_facts
from harken.services.tabulating import tabulate
from harken.storage.store import Store

Study = Callable[..., Store]
PEOPLE = {f"p{n}": {"group": "north" if n < 15 else "south"} for n in range(30)}


@pytest.fixture
def coded(study: Study) -> Store:
    return study(
        people=PEOPLE,
        answers=[(name, "q1", f"words {name}") for name in PEOPLE],
        codebook=codebook("theme.wait", "theme.staff"),
        decisions=[
            decision(coder, name, "q1", *["theme.wait"] * (at % 3 == 0))
            for coder in ("ann", "bob")
            for at, name in enumerate(PEOPLE)
        ],
    )


@pytest.mark.parametrize(
    ("key", "numbers"),
    [
        (
            "strobe",
            [
                *("1a", "1b", "2", "3", "4", "5", "6a", "7", "8", "9", "10", "11"),
                *("12a", "12b", "12c", "12d", "12e", "13a", "13b", "13c", "14a", "14b", "15"),
                *("16a", "16b", "16c", "17", "18", "19", "20", "21", "22"),
            ],
        ),
        ("cherries", [str(n) for n in range(1, 31)]),
        ("srqr", [f"S{n}" for n in range(1, 22)]),
        ("grras", [str(n) for n in range(1, 16)]),
        ("coreq", [str(n) for n in range(1, 33)]),
    ],
)
def test_items_have_the_numbers_of_the_published_checklist(key: str, numbers: list[str]) -> None:
    """STROBE for cross-sectional studies has no 6b and no 14c; CHERRIES is numbered by its order."""
    assert [item.number for item in CHECKLISTS[key].items] == numbers


def test_every_fact_that_an_item_asks_for_is_one_that_a_project_can_know(coded: Store) -> None:
    known = known_facts(
        read_facts(coded, by="group"),
        table=tabulate(coded, by="group"),
        agreement=measure_agreement(coded, yardstick=Yardstick(uncertainty=make_uncertainty(replicates=20))),
        has_quotes=True,
        has_flow_diagram=True,
        has_characteristics=True,
        n_analytic_themes=1,
    )
    # Of these this study has nothing: no weights, blind rounds, memos, routed questions, and the like.
    elsewhere = {
        *(
            "weights",
            "blinding",
            "memos",
            "routing",
            "settled",
            "dates",
            "occasions",
            "origin",
            "prespecified",
        ),
        *("length", "files", *(f"grras_{n}" for n in (5, 7, 14))),
    }
    asked = {key for checklist in CHECKLISTS.values() for item in checklist.items for key in item.facts}
    assert asked - set(known) - elsewhere == set()


def test_which_checklists_go_with_a_study() -> None:
    def names(**options: bool) -> list[str]:
        return [
            one.key for one in fitting_checklists(**{"has_agreement": False, "is_reflexive": False} | options)
        ]

    assert names() == ["strobe", "cherries", "srqr"]
    assert names(has_agreement=True) == ["strobe", "cherries", "srqr", "grras"]
    assert names(is_reflexive=True) == ["strobe", "cherries", "srqr", "rtarg"]
    assert [
        one.key for one in fitting_checklists(has_agreement=False, is_reflexive=False, also=["COREQ"])
    ] == ["strobe", "cherries", "srqr", "coreq"]


def test_an_unknown_checklist_is_refused_with_the_known_ones() -> None:
    with pytest.raises(HarkenError, match=r"No checklist 'strob'\. Did you mean 'strobe'\?"):
        checklist_named("strob")


def test_an_item_is_filled_in_in_part_or_left_open_as_the_facts_are() -> None:
    filled = fill(
        CHECKLISTS["coreq"], {"n_coders": KnownFact("Two coders."), "design": KnownFact("Content.")}
    )
    states = {item.number: item.state for item in filled.items}
    assert (states["24"], states["9"], states["2"]) == (ItemState.FILLED, ItemState.PARTLY, ItemState.OPEN)
    (table,) = checklist_report(filled).tables
    answers = {row[0].text: row[2].text for row in table.rows}
    assert answers["24"] == "Two coders."
    assert answers["9"] == "Content. [to be filled in by the authors: its theory]"
    assert answers["2"] == "[to be filled in by the authors]"


def test_numbers_in_the_answers_are_those_of_the_study(coded: Store) -> None:
    strobe, *_ = fill_checklists(read_facts(coded, by="group"), table=tabulate(coded, by="group"))
    answers = {item.number: item.answer for item in strobe.items}
    assert answers["13a"] == "30 returned → 0 excluded → 30 usable → 30 answered → 30 coded."
    assert answers["13b"] == "Nobody who answered was left out."
    assert answers["14b"] == "People without an answer: q1 0 of 30."


def test_small_numbers_of_people_are_not_told_where_a_threshold_keeps_them_back(study: Study) -> None:
    store = study(
        people=PEOPLE,
        answers=[(name, "q1", "words") for name in PEOPLE],
        excluded={"late": ["p1", "p2"]},
    )
    strobe, *_ = fill_checklists(read_facts(store), threshold=5)
    answers = {item.number: item.answer for item in strobe.items}
    assert answers["13a"] == answers["13b"] == "Shown, small counts kept back."


def test_the_state_of_a_checklist_is_counted(coded: Store) -> None:
    grras = fill(CHECKLISTS["grras"], {})
    assert [grras.n(state) for state in ItemState] == [0, 0, 15]
    assert {item["state"] for item in grras.as_json()["items"]} == {"open"}
