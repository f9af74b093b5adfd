"""The agenda: what came up since the last meeting, nothing of blind rounds, and what is recorded."""

from __future__ import annotations

from dataclasses import replace

import pytest
from study_builder import codebook, decision

from harken.errors import HarkenError
from harken.model import Code, ResponseKey, Round, RoundKind
from harken.services.asking import find_question, raise_alert, reply
from harken.services.checking import check_project
from harken.services.meeting import (
    agenda,
    agenda_report,
    meetings,
    meetings_report,
    record_meeting,
)
from harken.storage.codebooks import Note, add_code, change_code, stored_codebook, writing
from harken.storage.coding import decide
from harken.storage.store import Store

PEOPLE = ["p1", "p2", "p3"]
ANSWERS = [("p1", "q1", "slow"), ("p2", "q1", "rude"), ("p3", "q1", "dear")]
BLIND = Round(name="double", is_blind=True)
REPEAT = Round(name="again", kind=RoundKind.REPEAT)


@pytest.fixture
def store(study) -> Store:
    return study(
        people=PEOPLE,
        answers=ANSWERS,
        codebook=codebook("theme.wait", "theme.staff"),
        rounds=[BLIND, REPEAT],
        decisions=[
            decision("ann", "p1", "q1", "theme.wait"),
            decision("bob", "p1", "q1", "theme.staff"),
            decision("ann", "p2", "q1"),
            decision("bob", "p2", "q1"),
        ],
    )


def say(store: Store, coder: str, person: str, *codes: str, round: str = "main", words: str = "") -> None:
    one = replace(decision(coder, person, "q1", *codes, round=round), is_unsure=bool(words), message=words)
    with store.action(coder) as action:
        decide(action, stored_codebook(store), one)


def differing(store: Store) -> list[tuple[str, str]]:
    return [(one.response.key.participant, one.round) for one in agenda(store, viewer="lead").disagreements]


def test_an_answer_that_somebody_has_yet_to_decide_blind_is_no_matter_for_a_meeting(study) -> None:
    store = study(
        people=PEOPLE,
        answers=ANSWERS,
        codebook=codebook("theme.wait", "theme.staff"),
        rounds=[Round(name="double", is_blind=True, coders=("ann", "bob"))],
        decisions=[decision("ann", "p1", "q1", "theme.wait"), decision("bob", "p1", "q1", "theme.staff")],
    )
    say(store, "ann", "p1", "theme.wait", words="is it?")
    say(store, "ann", "p1", round="double")
    before = agenda(store, viewer="lead")
    say(store, "bob", "p1", round="double")
    after = agenda(store, viewer="lead")
    assert [
        (len(one.disagreements), one.n_blind_disagreements, len(one.questions), one.n_blind)
        for one in (before, after)
    ] == [(0, 1, 0, 1), (1, 0, 1, 0)]
    assert agenda_report(before).notes[1:4] == (
        "There is nothing new to talk about.",
        "Left out: 1 disagreement on answers that somebody has yet to decide in a blind round.",
        "Left out: 1 question of blind rounds or on answers in them, see `harken questions`.",
    )


def test_answers_that_coders_decided_differently_are_on_the_agenda(store: Store) -> None:
    (one,) = agenda(store, viewer="lead").disagreements
    assert (one.response.text, one.round, one.codes) == (
        "slow",
        "main",
        {"ann": ("theme.wait",), "bob": ("theme.staff",)},
    )


@pytest.mark.parametrize(
    ("ann", "bob", "said"),
    [
        (("theme.wait",), (), {"ann": "theme.wait", "bob": "(no code applies)"}),
        (
            ("theme.wait", "theme.staff"),
            ("theme.wait",),
            {"all": "theme.wait", "ann": "theme.staff", "bob": "nothing else"},
        ),
    ],
)
def test_what_differs_is_set_off_from_what_all_applied(
    store: Store, ann: tuple[str, ...], bob: tuple[str, ...], said: dict[str, str]
) -> None:
    say(store, "ann", "p3", *ann)
    say(store, "bob", "p3", *bob)
    assert [dict(one.said()) for one in agenda(store, viewer="lead").disagreements][-1] == said


def test_blind_and_repeat_rounds_are_not(store: Store) -> None:
    for round in ("double", "again"):
        for person in PEOPLE:
            say(store, "ann", person, "theme.wait", round=round)
            say(store, "bob", person, "theme.staff", round=round)
    assert differing(store) == [("p1", "main")]


def test_what_is_adjudicated_is_settled(store: Store) -> None:
    say(store, "consensus", "p1", "theme.wait")
    assert differing(store) == []


def test_after_a_meeting_only_what_was_decided_anew_is_on_the_agenda(store: Store) -> None:
    record_meeting(store, "p1 counts as waiting", actor="lead")
    then = agenda(store, viewer="lead")
    assert (then.disagreements, then.n_older_disagreements) == ((), 1)
    say(store, "ann", "p2", "theme.wait")
    assert differing(store) == [("p2", "main")]
    say(store, "bob", "p1")
    assert differing(store) == [("p1", "main"), ("p2", "main")]


def test_open_questions_are_on_the_agenda_until_they_are_replied_to(store: Store) -> None:
    say(store, "ann", "p3", words="what is this?")
    say(store, "bob", "p3", round="double", words="and blind?")
    found = agenda(store, viewer="lead")
    assert ([one.words for one in found.questions], found.n_blind) == (["what is this?"], 1)
    record_meeting(store, "nothing", actor="lead")
    assert [one.words for one in agenda(store, viewer="lead").questions] == ["what is this?"]
    key = ResponseKey("p3", "q1")
    reply(store, find_question(store, key, viewer="lead", coder="ann"), actor="lead", words="nothing")
    assert agenda(store, viewer="lead").questions == ()


def test_codes_that_coders_made_are_proposed_and_the_leads_are_not(store: Store) -> None:
    with store.action("ann") as action:
        add_code(action, parent="theme", code=Code(key="price", label="Price", definition="Money"))
    with store.action("lead") as action:
        add_code(action, parent="theme", code=Code(key="noise", label="Noise"))
    (one,) = agenda(store, viewer="lead").proposed
    assert (one.code, one.after, one.by) == ("theme.price", "Money", "ann")
    record_meeting(store, "price stays", actor="lead")
    assert agenda(store, viewer="lead").proposed == ()


def test_a_changed_wording_says_old_and_new_who_and_why(store: Store) -> None:
    stored = stored_codebook(store)
    code = replace(stored.codebook.entries["theme.wait"].code, definition="Time lost")
    with store.action("ann") as action:
        change_code(action, stored, path="theme.wait", code=code, note=Note(why="p1 was unclear"))
    assert [
        (one.kind.value, one.code, one.before, one.after, one.by, one.why)
        for one in agenda(store, viewer="lead").wordings
    ] == [("definition", "theme.wait", "", "Time lost", "ann", "p1 was unclear")]


def test_a_rule_made_from_a_reply_is_a_changed_wording(store: Store) -> None:
    from harken.services.asking import Rule

    say(store, "ann", "p3", words="what is this?")
    key = ResponseKey("p3", "q1")
    asked = find_question(store, key, viewer="lead")
    reply(store, asked, actor="lead", words="wait", rule=Rule(code="wait", text="dear counts"))
    assert [(one.kind.value, one.after, one.why) for one in agenda(store, viewer="lead").wordings] == [
        ("include", "dear counts", "a rule (include), in reply to a coder's question")
    ]


def test_merged_retired_and_renamed_codes_say_what_became_of_them(store: Store) -> None:
    stored = stored_codebook(store)
    with store.action("lead") as action:
        writing.rename_code(action, id=stored.ids["theme.wait"], key="waiting")
        writing.retire_code(action, id=stored.ids["theme.wait"])
        writing.merge_code(
            action, id=stored.ids["theme.staff"], into=stored.ids["theme.wait"], children=(), body=None
        )
    fates = [table for table in agenda_report(agenda(store, viewer="lead")).tables if "Merged" in table.title]
    assert [[cell.text for cell in row[:2]] for table in fates for row in table.rows] == [
        ["theme.wait", "renamed to theme.waiting"],
        ["theme.waiting", "retired"],
        ["theme.staff", "merged into theme.waiting"],
    ]


def test_what_was_taken_back_is_no_news(store: Store) -> None:
    stored = stored_codebook(store)
    code = stored.codebook.entries["theme.wait"].code
    with store.action("ann") as action:
        change_code(action, stored, path="theme.wait", code=replace(code, definition="Time lost"))
    (id,) = store.connection.execute("SELECT id FROM events WHERE kind = 'code.changed'").fetchone()
    with store.action("ann") as action:
        change_code(action, stored, path="theme.wait", code=code, note=Note(undoes=id))
    assert agenda(store, viewer="lead").news == ()


def test_taking_back_what_the_last_meeting_saw_is_news(store: Store) -> None:
    stored = stored_codebook(store)
    code = stored.codebook.entries["theme.wait"].code
    with store.action("ann") as action:
        change_code(action, stored, path="theme.wait", code=replace(code, definition="Time lost"))
    (id,) = store.connection.execute("SELECT id FROM events WHERE kind = 'code.changed'").fetchone()
    record_meeting(store, "agreed", actor="lead")
    with store.action("ann") as action:
        change_code(action, stored, path="theme.wait", code=code, note=Note(undoes=id))
    assert [(one.before, one.after) for one in agenda(store, viewer="lead").wordings] == [("Time lost", "")]


def test_alerts_are_on_the_agenda_of_who_may_see_them(store: Store) -> None:
    raise_alert(store, ResponseKey("p3", "q1"), coder="ann", note="in danger")
    assert [len(agenda(store, viewer=who).alerts) for who in ("lead", "ann", "bob")] == [1, 1, 0]


def test_a_recorded_meeting_is_listed_with_its_outcome(store: Store) -> None:
    held = record_meeting(store, "  p1 counts as waiting\n", actor="lead")
    assert meetings(store).items == (held,)
    assert (held.held_by, held.outcome) == ("lead", "p1 counts as waiting")
    (table,) = meetings_report(meetings(store), title="Waits").tables
    assert [cell.text for cell in table.rows[0][1:]] == ["lead", "p1 counts as waiting"]
    assert check_project(store) == ()


def test_a_meeting_without_an_outcome_is_refused(store: Store) -> None:
    with pytest.raises(HarkenError, match="recorded with what came of it"):
        record_meeting(store, " \n", actor="lead")


def test_an_agenda_with_nothing_new_says_so(study) -> None:
    store = study(people=PEOPLE, answers=ANSWERS, codebook=codebook("theme.wait"))
    report = agenda_report(agenda(store, viewer="lead"))
    assert (report.tables, report.notes[:2]) == (
        (),
        ("Everything so far: no meeting is recorded yet.", "There is nothing new to talk about."),
    )
