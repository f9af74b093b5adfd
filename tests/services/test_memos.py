from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from study_builder import LEAD, codebook, decision

from harken.errors import HarkenError
from harken.model import Decision, Mark, MarkKind, ResponseKey, Round, RoundKind
from harken.services.checking import check_project
from harken.services.marking import set_mark
from harken.services.memos import (
    PROJECT,
    MemoAbout,
    UnfinishedMemos,
    add_memo,
    change_memo,
    checked_filter,
    find_memo,
    list_memos,
    memo_history,
    memo_report,
    memo_table,
    on_answer,
    on_code,
    on_participant,
    on_question,
    remove_memo,
    subject_of,
)
from harken.services.withdrawing import withdraw_participant
from harken.storage import survey
from harken.storage.store import Store

Study = Callable[..., Store]
ANSWER = ResponseKey("p1", "q")


def noted(name: str, words: str, *, coder: str = "ann", round: str = "main") -> Decision:
    return replace(decision(coder, name, "q", "theme.wait", round=round), memo=words)


@pytest.fixture
def two_coders(study: Study) -> Store:
    """A lead and two coders, two people, one code; a blind round beside the main one."""
    return study(
        people=["p1", "p2"],
        answers=[("p1", "q", "too slow, said Dr Smith"), ("p2", "q", "the staff")],
        codebook=codebook("theme.wait"),
        decisions=[noted("p1", "not sure it is waiting"), decision("ben", "p1", "q")],
        rounds=[Round(name="blind", kind=RoundKind.RELIABILITY, is_blind=True, coders=("ann", "ben"))],
    )


def bodies(store: Store, coder: str, **options: Any) -> list[str]:
    return [memo.body for memo in list_memos(store, coder=coder, **options).memos]


def finish_blind_round(store: Store, coder: str) -> None:
    from harken.storage.codebooks import stored_codebook
    from harken.storage.coding import decide

    for name in ("p1", "p2"):
        with store.action(coder) as action:
            decide(action, stored_codebook(store), decision(coder, name, "q", round="blind"))


def test_a_memo_is_signed_and_dated_and_says_what_it_is_on(two_coders: Store) -> None:
    memo = add_memo(two_coders, on_answer(two_coders, ANSWER), "Waiting, or being ignored?\n", actor="ann")
    assert (memo.author, memo.body, memo.subject.key) == ("ann", "Waiting, or being ignored?", ANSWER)
    assert (memo.changed_at, memo.changed_by, memo.is_changed) == (memo.written_at, "ann", False)


@pytest.mark.parametrize(
    ("names", "about"),
    [
        ({}, MemoAbout.PROJECT),
        ({"question": "q"}, MemoAbout.QUESTION),
        ({"code": "wait"}, MemoAbout.CODE),
        ({"participant": "p1"}, MemoAbout.PARTICIPANT),
        ({"answer": "p1", "question": "q"}, MemoAbout.ANSWER),
    ],
)
def test_names_say_what_a_memo_is_on(two_coders: Store, names: dict[str, str], about: MemoAbout) -> None:
    memo = add_memo(two_coders, subject_of(two_coders, **names), "a note", actor="ann")
    assert memo.subject.about is about
    assert check_project(two_coders) == ()


@pytest.mark.parametrize(
    ("names", "why"),
    [
        ({"question": "nope"}, "No question named 'nope'"),
        ({"code": "nope"}, "No code 'nope'"),
        ({"participant": "nope"}, "No participant 'nope'"),
        ({"answer": "p1"}, "name its question too"),
        ({"answer": "p1", "question": "q", "occasion": "second"}, "on occasion 'second'.* It was given once"),
        ({"code": "wait", "participant": "p1"}, "A memo is on one thing"),
        ({"occasion": "second"}, "An occasion belongs to an answer"),
    ],
)
def test_what_a_memo_cannot_be_on_is_named(two_coders: Store, names: dict[str, str], why: str) -> None:
    with pytest.raises(HarkenError, match=why):
        subject_of(two_coders, **names)


def test_an_empty_memo_is_not_written(two_coders: Store) -> None:
    with pytest.raises(HarkenError, match="needs words"):
        add_memo(two_coders, PROJECT, " \n", actor="ann")


def test_memos_come_newest_first_with_those_on_decisions_among_them(two_coders: Store) -> None:
    add_memo(two_coders, PROJECT, "first", actor="ann")
    add_memo(two_coders, on_question(two_coders, "q"), "second", actor="ben")
    found = list_memos(two_coders, coder="ann").memos
    assert [(memo.subject.about.value, memo.author, memo.body) for memo in found] == [
        ("question", "ben", "second"),
        ("project", "ann", "first"),
        ("decision", "ann", "not sure it is waiting"),
    ]


def test_a_draft_is_its_coders_alone(two_coders: Store) -> None:
    from harken.storage.codebooks import stored_codebook
    from harken.storage.coding import Draft, put_draft

    with two_coders.action("ben") as action:
        put_draft(
            action,
            stored_codebook(two_coders),
            ResponseKey("p2", "q"),
            Draft(memo="half a thought"),
            round="main",
            coder="ben",
        )
    assert bodies(two_coders, "ben") == ["half a thought"]
    assert bodies(two_coders, LEAD) == ["not sure it is waiting"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"about": ["code"]}, ["on the code"]),
        ({"authors": ["ben"]}, ["of the person", "on the code"]),
        ({"codes": ["wait"]}, ["on the code"]),
        ({"questions": ["q"]}, ["on the answer", "not sure it is waiting"]),
        ({"participants": ["p2"]}, ["of the person"]),
        ({"participants": ["p1"]}, ["on the answer", "not sure it is waiting"]),
        ({"search": "SURE wait"}, ["not sure it is waiting"]),
        ({"search": "sure answer"}, []),
        ({"since": "2999-01-01"}, []),
    ],
)
def test_memos_are_found_by_what_they_are_on_and_what_they_say(
    two_coders: Store, wanted: dict[str, Any], found: list[str]
) -> None:
    add_memo(two_coders, on_code(two_coders, "wait"), "on the code", actor="ben")
    add_memo(two_coders, on_participant(two_coders, "p2"), "of the person", actor="ben")
    add_memo(two_coders, on_answer(two_coders, ANSWER), "on the answer", actor="ann")
    filter = checked_filter(two_coders, **wanted)
    assert sorted(bodies(two_coders, LEAD, filter=filter)) == sorted(found)


def test_a_day_that_is_none_is_refused(two_coders: Store) -> None:
    with pytest.raises(HarkenError, match="is no day; write it as in 2026-11-24"):
        checked_filter(two_coders, since="yesterday")


def test_a_changed_memo_keeps_its_author_and_its_earlier_wording(two_coders: Store) -> None:
    memo = add_memo(two_coders, PROJECT, "first", actor="ann")
    changed = change_memo(two_coders, memo.id, "second", actor=LEAD)
    assert (changed.author, changed.changed_by, changed.body) == ("ann", LEAD, "second")
    assert [(one.by, one.body) for one in memo_history(two_coders, memo.id)] == [
        ("ann", "first"),
        (LEAD, "second"),
    ]
    assert check_project(two_coders) == ()


def test_the_same_wording_again_is_no_change(two_coders: Store) -> None:
    memo = add_memo(two_coders, PROJECT, "first", actor="ann")
    assert change_memo(two_coders, memo.id, "first", actor="ann") == memo


def test_what_somebody_wrote_meanwhile_is_not_overwritten(two_coders: Store) -> None:
    memo = add_memo(two_coders, PROJECT, "first", actor="ann")
    change_memo(two_coders, memo.id, "second", actor=LEAD)
    with pytest.raises(HarkenError, match="lead changed this memo meanwhile"):
        change_memo(two_coders, memo.id, "third", actor="ann", as_read="first")
    assert bodies(two_coders, "ann")[0] == "second"


def test_a_removed_memo_is_in_no_list_and_in_the_history(two_coders: Store) -> None:
    memo = add_memo(two_coders, PROJECT, "first", actor="ann")
    remove_memo(two_coders, memo.id, actor="ann")
    assert bodies(two_coders, "ann") == ["not sure it is waiting"]
    assert [one.body for one in memo_history(two_coders, memo.id)] == ["first", None]
    assert check_project(two_coders) == ()


@pytest.mark.parametrize("verb", [change_memo, remove_memo])
def test_only_the_author_and_the_lead_change_a_memo(two_coders: Store, verb: Callable[..., Any]) -> None:
    memo = add_memo(two_coders, PROJECT, "first", actor="ann")
    words = ("second",) if verb is change_memo else ()
    with pytest.raises(HarkenError, match="This memo is ann’s"):
        verb(two_coders, memo.id, *words, actor="ben")


def test_a_memo_is_named_by_any_beginning_of_its_id_that_fits_no_other(two_coders: Store) -> None:
    memo = add_memo(two_coders, PROJECT, "first", actor="ann")
    assert find_memo(two_coders, memo.id[:6], actor="ben") == memo
    with pytest.raises(HarkenError, match="No memo 'zzz'"):
        find_memo(two_coders, "zzz", actor="ben")


# -- blind rounds


def test_with_a_blind_round_to_finish_others_memos_on_people_and_answers_are_hidden(
    two_coders: Store,
) -> None:
    add_memo(two_coders, on_answer(two_coders, ANSWER), "on the answer", actor="ben")
    add_memo(two_coders, on_participant(two_coders, "p1"), "of the person", actor="ben")
    add_memo(two_coders, on_code(two_coders, "wait"), "on the code", actor="ben")
    add_memo(two_coders, PROJECT, "the diary", actor="ben")
    assert bodies(two_coders, "ann") == ["the diary", "on the code", "not sure it is waiting"]
    assert list_memos(two_coders, coder="ann").is_blind


def test_when_the_blind_round_is_done_they_are_shown(two_coders: Store) -> None:
    add_memo(two_coders, on_answer(two_coders, ANSWER), "on the answer", actor="ben")
    finish_blind_round(two_coders, "ann")
    assert bodies(two_coders, "ann") == ["on the answer", "not sure it is waiting"]


def test_the_lead_who_codes_in_no_blind_round_sees_every_memo(two_coders: Store) -> None:
    add_memo(two_coders, on_answer(two_coders, ANSWER), "on the answer", actor="ben")
    assert bodies(two_coders, LEAD) == ["on the answer", "not sure it is waiting"]


def test_at_work_in_a_blind_round_the_lead_is_blind_too(two_coders: Store) -> None:
    add_memo(two_coders, on_answer(two_coders, ANSWER), "on the answer", actor="ben")
    assert bodies(two_coders, LEAD, round=Round(name="blind", is_blind=True)) == []


def test_a_hidden_memo_cannot_be_reached_by_its_id(two_coders: Store) -> None:
    memo = add_memo(two_coders, on_answer(two_coders, ANSWER), "on the answer", actor="ben")
    with pytest.raises(HarkenError, match="No memo"):
        find_memo(two_coders, memo.id, actor="ann")


# -- withdrawal


def test_a_withdrawal_erases_the_memos_on_a_person_and_on_their_answers(study: Study, tmp_path: Any) -> None:
    from harken.services.project import Project

    with Project.create(tmp_path / "harken.db", lead=LEAD) as project:
        (tmp_path / "s.csv").write_text("id,q\np1,slow\np2,staff\n", encoding="utf-8")
        project.import_survey(tmp_path / "s.csv", id="id", questions=["q"])
        memos = [
            project.add_memo("a word of p1", participant="p1"),
            project.add_memo("another on the answer", answer="p1", question="q"),
            project.add_memo("the diary"),
        ]
        project.change_memo(memos[0].id, "a changed word of p1")
        unfinished = UnfinishedMemos(project.store, coder=LEAD)
        unfinished.keep(on_participant(project.store, "p1"), "a draft on the answer of p1")
        withdraw_participant(project.store, "p1", actor=LEAD)
        assert [memo.body for memo in project.memos().memos] == ["the diary"]
        assert [one.body for one in memo_history(project.store, memos[0].id)] == ["", ""]
        assert UnfinishedMemos(project.store, coder=LEAD).latest is None
        assert project.doctor() == ()
    kept = (tmp_path / "harken.db").read_bytes()
    assert [words for words in (b"word of p1", b"on the answer") if words in kept] == []


def test_nothing_is_noted_about_who_withdrew(two_coders: Store, tmp_path: Any) -> None:
    with two_coders.action(LEAD) as action:
        action.append("participant.withdrawn", {"participant": "p2", "quoting_codes": []})
    with pytest.raises(HarkenError, match="has withdrawn"):
        on_participant(two_coders, "p2")


# -- outputs


def test_every_output_says_the_same_of_a_memo(two_coders: Store) -> None:
    memo = add_memo(two_coders, on_answer(two_coders, ANSWER), "on the answer", actor="ann")
    found = list_memos(
        two_coders, checked_filter(two_coders, about=["answer"]), coder="ann", with_answers=True
    )
    record = {
        "id": memo.id,
        "about": "answer",
        "question": "q",
        "occasion": "",
        "participant": "p1",
        "code": "",
        "round": "",
        "author": "ann",
        "written_at": memo.written_at,
        "changed_at": memo.written_at,
        "changed_by": "ann",
        "is_draft": False,
        "memo": "on the answer",
        "answer": "too slow, said Dr Smith",
    }
    assert found.as_json() == {"memos": [record], "is_blind": True}
    (table,) = memo_table(found, title="A study").tables
    assert dict(zip([c.heading for c in table.columns], [c.text for c in table.rows[0]], strict=True)) == {
        **record,
        "is_draft": "no",
    }
    (empty,) = memo_table(replace(found, memos=()), title="A study").tables
    assert empty.columns == table.columns
    (prose,) = memo_report(found, title="A study").tables
    assert [cell.text for cell in prose.rows[0][1:]] == [
        "ann",
        "p1 · q",
        "on the answer",
        "too slow, said Dr Smith",
        memo.id[:8],
    ]


def test_answers_beside_memos_do_not_tell_who_somebody_is(two_coders: Store) -> None:
    response = next(survey.responses(two_coders, participant="p1"))
    start = response.text.index("Dr Smith")
    set_mark(
        two_coders,
        response,
        Mark(kind=MarkKind.IDENTIFYING, start=start, end=start + 8, coder="ann", label="name"),
        actor="ann",
    )
    add_memo(two_coders, on_answer(two_coders, ANSWER), "on the answer", actor="ann")
    found = list_memos(two_coders, coder="ann", with_answers=True)
    assert found.answers == {response.id: "too slow, said [name removed]"}


def test_a_withdrawal_names_the_memos_and_themes_that_repeat_an_answer(study: Study, tmp_path: Any) -> None:
    from harken.services.analytic_themes import theme_named, write_theme
    from harken.services.project import Project

    with Project.create(tmp_path / "harken.db", lead=LEAD) as project:
        (tmp_path / "s.csv").write_text("id,q\np1,slow as a snail\np2,staff\n", encoding="utf-8")
        project.import_survey(tmp_path / "s.csv", id="id", questions=["q"])
        memo = project.add_memo("Somebody said: slow as a snail!")
        kept = project.add_memo("Somebody said: slow as a SNAIL")
        project.change_memo(kept.id, "Somebody said it is slow")
        write_theme(project.store, "Slowness", idea="being slow as a snail", actor=LEAD)
        theme = theme_named(project.store, "Slowness").id
        first = withdraw_participant(project.store, "p1", actor=LEAD).still_held[:3]
        assert first == (
            "a text of the journal: it repeats an answer's words",
            f"the analytic theme {theme}: it repeats an answer's words",
            f"the memo {memo.id}: it repeats an answer's words",
        )
        assert withdraw_participant(project.store, "p1", actor=LEAD).still_held[:3] == first
