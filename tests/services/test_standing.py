"""How far everybody is, whose pace is shown to whom, and what is left before tables are final."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from study_builder import codebook, decision

from harken.model import ResponseKey, Round
from harken.services.asking import find_question, raise_alert, reply
from harken.services.standing import CoderWork, Matter, overview, overview_report, status, status_report
from harken.storage.codebooks import stored_codebook
from harken.storage.coding import Draft, decide, put_draft
from harken.storage.store import Store

PEOPLE = [f"p{number}" for number in range(1, 6)]
ANSWERS = [(name, question, f"{name} on {question}") for question in ("q1", "q2") for name in PEOPLE]
BOOK = codebook("theme.wait", "theme.staff")
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC).timestamp()


def assign(store: Store, names: Sequence[tuple[str, str, str]], *, round: str = "main") -> None:
    """Hand out answers by (coder, participant, question), as the projection of an assignment leaves them."""
    store.connection.executemany(
        "INSERT INTO assignments (round, coder, response_id) SELECT ?, ?, r.id FROM responses r "
        "JOIN participants p ON p.id = r.participant_id JOIN questions q ON q.id = r.question_id "
        "WHERE p.name = ? AND q.name = ?",
        [(round, coder, participant, question) for coder, participant, question in names],
    )


def work_of(store: Store, coder: str) -> list[CoderWork]:
    return [one for one in status(store, viewer="lead").work if one.coder == coder]


def row(coder: str, question: str, **numbers: int) -> CoderWork:
    none = dict.fromkeys(("n_to_do", "n_done", "n_drafts", "n_unsure", "n_uncodable"), 0)
    return CoderWork(coder=coder, round="main", question=question, **{**none, **numbers})


def test_work_is_counted_by_coder_round_and_question(study) -> None:
    store = study(
        people=PEOPLE,
        answers=ANSWERS,
        codebook=BOOK,
        decisions=[
            decision("ann", "p1", "q1", "theme.wait"),
            replace(decision("ann", "p2", "q1"), is_unsure=True),
            decision("ann", "p1", "q2", uncodable=True),
        ],
    )
    with store.action("ann") as action:
        draft = Draft(memo="hm")
        put_draft(action, stored_codebook(store), ResponseKey("p3", "q1"), draft, round="main", coder="ann")
    assert work_of(store, "ann") == [
        row("ann", "q1", n_to_do=5, n_done=2, n_drafts=1, n_unsure=1),
        row("ann", "q2", n_to_do=5, n_done=1, n_uncodable=1),
    ]


def test_who_was_assigned_answers_has_these_to_do_and_no_others(study) -> None:
    store = study(
        people=PEOPLE,
        answers=ANSWERS,
        codebook=BOOK,
        decisions=[decision("ann", "p1", "q1"), decision("ann", "p5", "q1")],
    )
    assign(store, [("ann", "p1", "q1"), ("ann", "p2", "q1"), ("bob", "p1", "q1")])
    assert work_of(store, "ann") == [row("ann", "q1", n_to_do=2, n_done=1)]
    assert work_of(store, "bob") == [row("bob", "q1", n_to_do=1)]
    state = overview(store)
    assert [(one.coder, one.n_decided, one.n_to_decide) for one in state.progress] == [
        ("ann", 1, 2),
        ("bob", 0, 1),
    ]
    assert state.next_step == "Go on coding: ann has 1 of 2 answers left"


def test_coders_whom_a_round_names_are_listed_before_they_begin(study) -> None:
    store = study(people=PEOPLE, answers=ANSWERS, rounds=[Round(name="second", coders=("ann",))])
    assert [(one.coder, one.round, one.n_left) for one in status(store, viewer="lead").work] == [
        ("ann", "second", 5),
        ("ann", "second", 5),
    ]


def test_excluded_people_leave_what_is_to_do_and_what_is_done(study) -> None:
    store = study(
        people=PEOPLE,
        answers=ANSWERS[:5],
        codebook=BOOK,
        decisions=[decision("ann", "p1", "q1"), decision("ann", "p2", "q1")],
        excluded={"item non-response": ["p1"]},
    )
    assert work_of(store, "ann") == [row("ann", "q1", n_to_do=4, n_done=1)]


# -- pace --------------------------------------------------------------------------------------------


@pytest.fixture
def timed(study, monkeypatch: pytest.MonkeyPatch):
    """A study on which coders decided one answer each so many seconds, the last at noon."""
    many = [f"p{number}" for number in range(1, 31)]

    def build(seconds: Mapping[str, float], *, few: Mapping[str, int] | None = None) -> Store:
        store = study(people=many, answers=[(name, "q1", name) for name in many], codebook=BOOK)
        stored = stored_codebook(store)
        for coder, gap in seconds.items():
            n = (few or {}).get(coder, 21)
            for place in range(n):
                at = datetime.fromtimestamp(NOON - gap * (n - 1 - place), UTC)
                monkeypatch.setattr("harken.storage.journal.now", lambda at=at: at.isoformat())
                with store.action(coder) as action:
                    decide(action, stored, decision(coder, many[place], "q1"))
        monkeypatch.undo()
        return store

    return build


def test_a_coder_sees_their_own_pace_and_when_they_will_be_done(timed) -> None:
    own = status(timed({"ann": 30}), viewer="ann", now=NOON).own
    assert (own.n_left, own.n_timed, own.per_hour) == (9, 20, 120)
    assert own.active_hours == pytest.approx(1 / 6)
    assert own.hours_left == pytest.approx(9 / 120)
    assert own.finish == date(2026, 3, 11)


def test_who_did_not_code_sees_nobody_elses_pace(timed) -> None:
    state = status(timed({"ann": 30}), viewer="lead", now=NOON)
    assert state.own.per_hour is None
    assert state.study is None


def test_of_two_coders_neither_is_shown_the_pace_of_both(timed) -> None:
    store = timed({"ann": 30, "bob": 60})
    assert [status(store, viewer=who, now=NOON).study for who in ("ann", "bob")] == [None, None]


def test_of_two_coders_the_lead_is_shown_the_pace_of_both_together(timed) -> None:
    study = status(timed({"ann": 30, "bob": 60}), viewer="lead", now=NOON).study
    assert study is not None
    assert (study.n_timed, study.n_left) == (40, 18)
    assert study.per_hour == pytest.approx(80)


def test_a_colleague_who_hardly_began_does_not_hide_another_ones_pace(timed) -> None:
    store = timed({"ann": 30, "bob": 60, "cat": 10}, few={"cat": 3})
    assert status(store, viewer="lead", now=NOON).study is not None
    assert status(store, viewer="ann", now=NOON).study is None


def test_no_result_for_one_coder_holds_anothers_times(timed) -> None:
    store = timed({"ann": 30, "bob": 60})
    shown = str(status(store, viewer="lead", now=NOON).as_json()["work"])
    assert "hour" not in shown
    assert "at" not in {key for one in status(store, viewer="lead", now=NOON).to_records() for key in one}


# -- what is left ------------------------------------------------------------------------------------


def left(store: Store, viewer: str = "lead") -> dict[Matter, tuple[int, str]]:
    return {one.matter: (one.n, one.command) for one in status(store, viewer=viewer).before_tables}


def test_a_finished_study_has_nothing_left(study) -> None:
    store = study(
        people=PEOPLE,
        answers=ANSWERS[:5],
        codebook=BOOK,
        decisions=[decision("ann", name, "q1", "theme.wait") for name in PEOPLE],
    )
    assert left(store) == {}


def test_everything_that_is_left_is_named_with_its_command(study) -> None:
    store = study(
        people=PEOPLE,
        answers=ANSWERS[:5],
        codebook=BOOK,
        decisions=[
            decision("ann", "p1", "q1", "theme.wait"),
            decision("bob", "p1", "q1", "theme.staff"),
            replace(decision("ann", "p2", "q1"), is_unsure=True, message="which?"),
            replace(decision("ann", "p3", "q1"), is_unsure=True),
        ],
        excluded={"item non-response": ["p5"]},
    )
    with store.action("bob") as action:
        put_draft(
            action,
            stored_codebook(store),
            ResponseKey("p4", "q1"),
            Draft(is_unsure=True, message="and here?"),
            round="main",
            coder="bob",
        )
    raise_alert(store, ResponseKey("p4", "q1"), coder="ann", note="in danger")
    key = ResponseKey("p2", "q1")
    reply(store, find_question(store, key, viewer="lead"), actor="lead", words="none")
    assert left(store) == {
        Matter.ALERTS: (1, "harken alerts"),
        Matter.UNDECIDED: (1, "harken code --as NAME"),
        Matter.DISAGREEMENTS: (1, "harken agreement disagreements"),
        Matter.DRAFTS: (1, "harken code --as NAME"),
        Matter.QUESTIONS: (1, "harken questions"),
        Matter.REPLIES: (1, "harken questions --mine --as NAME"),
        Matter.UNSURE: (2, "harken answers --state unsure --coder ann --as lead"),
        Matter.EXCLUDED: (1, "harken flow"),
    }
    assert left(store, "bob")[Matter.UNDECIDED] == (1, "harken code --as bob")
    assert Matter.ALERTS not in left(store, "bob")


def test_home_begins_with_alerts_replies_and_questions(study) -> None:
    store = study(
        people=PEOPLE,
        answers=ANSWERS[:5],
        codebook=BOOK,
        decisions=[replace(decision("ann", "p2", "q1"), is_unsure=True, message="which?")],
    )
    raise_alert(store, ResponseKey("p4", "q1"), coder="ann")
    assert overview_report(overview(store)).notes[:2] == (
        "1 open alert: harken alerts",
        "1 open question: harken questions",
    )
    key = ResponseKey("p2", "q1")
    reply(store, find_question(store, key, viewer="lead"), actor="lead", words="none")
    assert overview_report(overview(store, viewer="ann")).notes[:2] == (
        "1 open alert: harken alerts",
        "1 reply to you: harken questions --mine",
    )


def test_the_report_holds_the_same_figures_as_the_json(timed) -> None:
    state = status(timed({"ann": 30, "bob": 60}), viewer="ann", now=NOON)
    work, pace, _ = status_report(state).tables
    assert [[cell.value for cell in cells] for cells in work.rows] == [
        [record[name] for name in work_columns] for record in state.to_records()
    ]
    assert [cell.text for cell in pace.rows[0]] == ["ann", "9", "120", "0.2", "0.1", "2026-03-11"]
    assert len(pace.rows) == 1


work_columns = (
    *("coder", "round", "question"),
    *("n_to_do", "n_done", "n_left", "n_drafts", "n_unsure", "n_uncodable"),
)
