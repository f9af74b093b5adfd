"""A figure taken apart: who is behind it, which decisions count and by which rule."""

from __future__ import annotations

import pytest
from study_builder import codebook, decision

from harken.errors import HarkenError
from harken.model import MarkKind, ResponseKey, Round, RoundKind
from harken.services.marking import mark_words
from harken.services.tracing import CellTrace, Standing, trace_cell, why_report
from harken.services.withdrawing import withdraw_participant
from harken.storage.codebooks import stored_codebook
from harken.storage.coding import decide
from harken.storage.journal import events_of

CODES = codebook("f.a", "f.a.x", "f.b")


def standings(found: CellTrace) -> dict[str, tuple[str, bool, str]]:
    return {one.participant: (one.standing.value, one.in_base, one.why) for one in found.people}


def rules(found: CellTrace) -> list[tuple[str, str, bool, str]]:
    return [
        (one.coder, one.round, one.counts, one.why)
        for person in found.people
        for answer in person.answers
        for one in answer.decisions
    ]


def one_answer(study, *decisions, rounds=(), **parts):
    return study(
        people=["p"],
        answers=[("p", "q", "text")],
        codebook=CODES,
        decisions=decisions,
        rounds=rounds,
        **parts,
    )


def test_everybody_has_a_place_and_a_reason(study) -> None:
    store = study(
        people={
            name: {"asked": "no" if name == "notasked" else "yes"}
            for name in ("says", "child", "other", "empty", "open", "odd", "blank", "notasked", "out", "gone")
        },
        answers=[
            *(
                (name, "q", "text")
                for name in ("says", "child", "other", "empty", "open", "odd", "out", "gone")
            ),
            ("blank", "q", ""),
        ],
        codebook=CODES,
        decisions=[
            decision("ada", "says", "q", "f.a"),
            decision("ada", "child", "q", "f.a.x"),
            decision("ada", "other", "q", "f.b"),
            decision("ada", "empty", "q"),
            decision("ada", "odd", "q", uncodable=True),
            decision("ada", "out", "q", "f.a"),
        ],
        asked={"q": "asked"},
        excluded={"late": ["out"]},
    )
    withdraw_participant(store, "gone", actor="lead")
    found = trace_cell(store, "f.a", viewer="lead", with_not_mentioned=True, with_outside=True)
    assert standings(found) == {
        "says": ("mentioned", True, "an answer in scope has the theme"),
        "child": ("mentioned", True, "an answer in scope has the theme"),
        "other": ("not mentioned", True, "every answer in scope is decided, none has the theme"),
        "empty": ("nothing to code", True, "every answer in scope is decided, and no code applies"),
        "open": ("undecided", False, "an answer in scope is undecided by this basis"),
        "odd": ("uncodable", False, "all answers in scope are uncodable"),
        "blank": ("no answer", False, "no answer in scope: blank, listed as non-response, or not there"),
        "notasked": ("not asked", False, "not asked any question in scope"),
        "out": ("excluded", False, "excluded: late"),
        "gone": ("withdrawn", False, "withdrew; nothing of theirs is kept"),
    }
    assert (found.n, found.base, found.counted_codes) == (2, 4, ("f.a", "f.a.x"))


def test_only_who_mentioned_it_is_listed_unless_asked_for(study) -> None:
    store = study(
        people=["p1", "p2"],
        answers=[("p1", "q", "text"), ("p2", "q", "text")],
        codebook=CODES,
        decisions=[decision("ada", "p1", "q", "f.a"), decision("ada", "p2", "q")],
    )
    assert list(standings(trace_cell(store, "f.a", viewer="lead"))) == ["p1"]
    assert list(standings(trace_cell(store, "f.a", viewer="lead", participants=["p2"]))) == ["p2"]


def test_each_decision_says_by_which_rule_it_counts(study) -> None:
    store = one_answer(
        study,
        decision("ada", "p", "q", "f.a"),
        decision("ben", "p", "q", "f.b"),
        decision("eve", "p", "q", "f.a", round="overlap"),
        decision("ada", "p", "q", round="again"),
        rounds=[
            Round(name="main", primary_coder="ben"),
            Round(name="overlap", kind=RoundKind.RELIABILITY),
            Round(name="again", kind=RoundKind.REPEAT),
        ],
    )
    found = trace_cell(store, "f.b", viewer="lead")
    assert sorted(rules(found)) == [
        ("ada", "again", False, "a repeat round tells how steady a coder is and counts nowhere"),
        ("ada", "main", False, "ben is the answer's primary coder"),
        ("ben", "main", True, "primary coder, as round main names them"),
        ("eve", "overlap", False, "a reliability round changes no count; a main or recode round decides"),
    ]
    of_majority = trace_cell(store, "f.a", viewer="lead", basis="majority")
    assert {(coder, counts) for coder, round, counts, _ in rules(of_majority) if round != "again"} == {
        ("ada", True),
        ("ben", True),
        ("eve", True),
    }


def test_the_adjudicated_decision_is_named_as_the_rule(study) -> None:
    store = one_answer(study, decision("ada", "p", "q", "f.b"), decision("consensus", "p", "q", "f.a"))
    assert rules(trace_cell(store, "f.a", viewer="lead")) == [
        ("ada", "main", False, "the adjudicated decision counts"),
        ("consensus", "main", True, "the adjudicated decision counts"),
    ]


def test_a_decision_that_was_revised_is_listed_with_its_event(study) -> None:
    store = one_answer(study, decision("ada", "p", "q", "f.b"), one_by_one=True)
    with store.action("ada") as action:
        decide(action, stored_codebook(store), decision("ada", "p", "q", "f.a"))
    found = trace_cell(store, "f.a", viewer="lead")
    decisions = found.people[0].answers[0].decisions
    assert [(one.codes, one.counts, one.why) for one in decisions] == [
        (("f.b",), False, "this coder decided anew in the same round"),
        (("f.a",), True, "the one coder who decided it"),
    ]
    events = list(events_of(store.connection, ["decided"]))
    assert [(one.event.id, one.event.hash, one.event.counter) for one in decisions] == [
        (event.id, event.hash, event.counter) for event in events
    ]
    (book,) = events_of(store.connection, ["codebook.imported"])
    assert {one.codebook.id for one in decisions} == {book.id} == {found.codebook.id}


def test_identifying_words_are_not_shown(study) -> None:
    store = study(
        people=["p"],
        answers=[("p", "q", "Dr Smith said so")],
        codebook=CODES,
        decisions=[decision("ada", "p", "q", "f.a")],
    )
    mark_words(store, ResponseKey("p", "q"), "Smith", kind=MarkKind.IDENTIFYING, actor="ada", label="name")
    found = trace_cell(store, "f.a", viewer="lead")
    assert found.people[0].answers[0].text == "Dr [name removed] said so"


def test_a_family_is_everybody_with_any_of_its_codes(study) -> None:
    store = one_answer(study, decision("ada", "p", "q", "f.b"))
    found = trace_cell(store, "f", viewer="lead")
    assert (found.code, found.n, found.counted_codes) == ("f", 1, ("f.a", "f.a.x", "f.b"))


def test_a_coder_with_a_blind_round_to_finish_sees_their_own_decisions_alone(study) -> None:
    store = study(
        people=["p1", "p2"],
        answers=[("p1", "q", "text"), ("p2", "q", "text")],
        codebook=CODES,
        rounds=[Round(name="blind", is_blind=True, coders=("ben",))],
        decisions=[decision("ada", "p1", "q", "f.a"), decision("ben", "p1", "q", "f.a")],
    )
    with pytest.raises(HarkenError, match=r"blind round of 'ben'.*--basis coder:ben"):
        trace_cell(store, "f.a", viewer="ben")
    found = trace_cell(store, "f.a", viewer="ben", basis="coder:ben", with_outside=True)
    assert {coder for coder, *_ in rules(found)} == {"ben"}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"code": "f.z"}, "No code 'f.z'"),
        ({"group": "north"}, "Group 'north' of which column"),
        ({"by": "team", "group": "norht"}, "No group named 'norht'.*Did you mean 'north'"),
        ({"by": "nothing"}, "No column 'nothing'"),
        ({"questions": ["q9"]}, "No question named 'q9'"),
        ({"occasions": ["9"]}, "No occasion named '9'"),
        ({"participants": ["p9"]}, "No participant 'p9'"),
        ({"basis": "loudest"}, "No basis 'loudest'"),
    ],
)
def test_what_the_project_does_not_have_is_refused_by_name(study, options: dict, message: str) -> None:
    store = study(
        people={"p": {"team": "north"}},
        answers=[("p", "q", "text")],
        codebook=CODES,
        decisions=[decision("ada", "p", "q", "f.a")],
    )
    with pytest.raises(HarkenError, match=message):
        trace_cell(store, **{"code": "f.a", **options}, viewer="lead")


def test_the_report_adds_up_and_names_events(study) -> None:
    store = one_answer(study, decision("ada", "p", "q", "f.a"))
    found = trace_cell(store, "f.a", viewer="lead")
    report = why_report(found)
    assert report.title == "A study: why 1 of 1 mentioned A"
    assert [cell.text for cell in report.tables[0].rows[0]] == [Standing.MENTIONED.value, "1", "yes"]
    event = found.people[0].answers[0].decisions[0].event
    assert event.hash in [cell.value for cell in report.tables[1].rows[0]]
