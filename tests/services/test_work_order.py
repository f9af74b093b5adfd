"""In which order a coder works, and what the journal says of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from study_builder import codebook

from harken.services.coding import CodingSession, WorkOrder
from harken.storage import audit
from harken.storage.coding import WorkPlan, noted_plan
from harken.storage.store import Store

Build = Callable[..., Store]


@pytest.fixture
def store(study: Build) -> Store:
    """Two people whose answers stand in the file one person after the other, out of the questions' order."""
    return study(
        people=["P2", "P1"],
        answers=[("P2", "b", "x"), ("P2", "a", "x"), ("P1", "a", "x"), ("P1", "b", "x")],
        codebook=codebook("gain.trust"),
    )


def open_answer(session: CodingSession) -> tuple[str, str]:
    assert session.current is not None
    return session.current.response.key[:2]


def walk(session: CodingSession) -> tuple[list[tuple[str, str]], list[str]]:
    """The answers from the open one to the last, and what was said on the way."""
    seen, said = [open_answer(session)], []
    while (word := session.step(1)) != "This is the last answer.":
        seen.append(open_answer(session))
        said.append(word)
    return seen, said


def plan(store: Store) -> WorkPlan | None:
    return noted_plan(store, coder="lead", round="main")


def n_notes(store: Store) -> int:
    (n,) = store.connection.execute("SELECT count(*) FROM events WHERE kind = 'work.begun'").fetchone()
    return int(n)


def test_answers_come_question_by_question_unless_asked_otherwise(store: Store) -> None:
    seen, said = walk(CodingSession.open(store, coder="lead"))
    assert seen == [("P2", "b"), ("P1", "b"), ("P2", "a"), ("P1", "a")]
    assert said == ["", "Another question: a.", ""]


def test_by_person_all_answers_of_one_come_in_the_file_s_order_before_the_next_one_s(store: Store) -> None:
    seen, said = walk(CodingSession.open(store, coder="lead", order=WorkOrder.PARTICIPANT))
    assert seen == [("P2", "b"), ("P2", "a"), ("P1", "a"), ("P1", "b")]
    assert said == ["Another question: a.", "Another person: P1.", "Another question: b."]


def test_a_change_of_person_and_question_is_said_in_one_line(study: Build) -> None:
    store = study(
        people=["P1", "P2"], answers=[("P1", "a", "x"), ("P1", "b", "x"), ("P2", "a", "x"), ("P2", "b", "x")]
    )
    session = CodingSession.open(store, coder="lead", order=WorkOrder.PARTICIPANT)
    assert [session.decide_no_code() for _ in range(2)] == [
        "Another question: b.",
        "Another person: P2. Another question: a.",
    ]


def test_the_order_holds_within_an_assignment_and_within_questions(store: Store) -> None:
    assigned = (("P2", "b"), ("P1", "a"), ("P1", "b"))
    with store.action("lead") as action:
        action.connection.executemany(
            "INSERT INTO assignments (response_id, round, coder) SELECT r.id, 'main', 'lead' "
            "FROM responses r JOIN participants p ON p.id = r.participant_id "
            "JOIN questions q ON q.id = r.question_id WHERE p.name = ? AND q.name = ?",
            assigned,
        )
    by_person = CodingSession.open(store, coder="lead", order=WorkOrder.PARTICIPANT)
    one = CodingSession.open(store, coder="lead", order=WorkOrder.PARTICIPANT, questions=["a"])
    assert (walk(by_person)[0], walk(one)[0]) == (
        list(assigned),
        [("P1", "a")],
    )


def test_the_journal_notes_the_first_order_and_every_change_of_it(store: Store) -> None:
    noted = []
    for order, questions in (
        (WorkOrder.QUESTION, ()),
        (WorkOrder.QUESTION, ()),
        (WorkOrder.PARTICIPANT, ()),
        (WorkOrder.PARTICIPANT, ("a",)),
        (WorkOrder.QUESTION, ()),
    ):
        CodingSession.open(store, coder="lead", order=order, questions=questions)
        noted.append((n_notes(store), plan(store)))
    assert noted == [
        (1, WorkPlan(WorkOrder.QUESTION, ())),
        (1, WorkPlan(WorkOrder.QUESTION, ())),
        (2, WorkPlan(WorkOrder.PARTICIPANT, ())),
        (3, WorkPlan(WorkOrder.PARTICIPANT, ("a",))),
        (4, WorkPlan(WorkOrder.QUESTION, ())),
    ]
    assert list(audit.findings(store)) == []


def test_opening_a_queue_with_nothing_left_notes_nothing(study: Build) -> None:
    store = study(people=["P1"], answers=[])
    CodingSession.open(store, coder="lead", order=WorkOrder.PARTICIPANT)
    assert plan(store) is None


def test_who_says_turns_in_another_way_hears_none(store: Store) -> None:
    session = CodingSession.open(store, coder="lead", announces_turns=False)
    assert walk(session)[1] == ["", "", ""]
