"""What is hidden while blind rounds run, held across everything that shows answers."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from study_builder import LEAD, build_study, codebook, decision

from harken.model import Coding, Mark, MarkKind, ResponseKey, Round, RoundKind
from harken.services.agreeing import measure_agreement
from harken.services.agreeing.yardstick import Yardstick
from harken.services.asking import questions
from harken.services.blindness import (
    codes_in,
    may_see_draft,
    sight_of,
    undecided_blind,
    undecided_blind_in_team,
)
from harken.services.browsing import AnswerFilter, AnswerMark, reader_for, rows
from harken.services.browsing.looking import list_answers, view_person
from harken.services.coding import CodingSession
from harken.services.meeting import agenda
from harken.services.memos import add_memo, list_memos, on_answer
from harken.services.reading_mode import ReadingSession
from harken.services.round_trip import export_workbook
from harken.services.studies import add_round
from harken.stats.uncertainty import Uncertainty
from harken.storage.codebooks import stored_codebook
from harken.storage.coding import Draft, decide, put_draft
from harken.storage.links import put_link
from harken.storage.marks import put_mark
from harken.storage.store import Store

Study = Callable[..., Store]
BOOK = codebook("theme.wait", "theme.staff")
PEOPLE = {"p1": {"group": "north"}, "p2": {"group": "south"}, "p3": {"group": ""}}
ANSWERS = [(name, "q1", f"answer of {name}") for name in PEOPLE]
BLIND = Round(name="blind", kind=RoundKind.RELIABILITY, is_blind=True, coders=("ann", "bob"))
HIDING = Round(name="hiding", hides_group=True, coders=("ann",))
FEW = Uncertainty(replicates=2)


def make(study: Study, *rounds: Round, decisions: Iterable[Any] = ()) -> Store:
    """Three answers, which bob and cam have decided differently in the main round."""
    return study(
        people=PEOPLE,
        answers=ANSWERS,
        codebook=BOOK,
        rounds=rounds,
        decisions=[
            *(decision("bob", name, "q1", "theme.wait") for name in PEOPLE),
            *(decision("cam", name, "q1", "theme.staff") for name in PEOPLE),
            *decisions,
        ],
    )


def put(store: Store, coder: str, *people: str, round: str = "blind") -> None:
    with store.action(coder) as action:
        for name in people:
            decide(action, stored_codebook(store), decision(coder, name, "q1", "theme.wait", round=round))


def draft(store: Store, coder: str, person: str, *codes: str, round: str = "main", **words: Any) -> None:
    body = Draft(codings=tuple(map(Coding, codes)), **words)
    with store.action(coder) as action:
        key = ResponseKey(person, "q1")
        put_draft(action, stored_codebook(store), key, body, round=round, coder=coder)


def seen_works(store: Store, viewer: str, filter: AnswerFilter | None = None) -> list[tuple[str, ...]]:
    """Participant, coder and codes of all the work that somebody sees among the answers."""
    listed = list_answers(store, filter or AnswerFilter(), actor=viewer)
    return [(row.key.participant, work.coder, *work.codes) for row in listed.rows for work in row.works]


# -- who codes where -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("named", "coding"),
    [(("ann",), {"ann": True, "bob": False, LEAD: False}), ((), {"ann": True, "bob": True, LEAD: False})],
)
def test_a_round_that_names_nobody_is_everybodys_but_the_leads(study, named, coding) -> None:
    round = replace(BLIND, coders=named)
    store = make(study, round)
    assert {name: codes_in(store, name, round) for name in coding} == coding


@pytest.mark.parametrize("name", ["cam", LEAD])
def test_whoever_has_begun_codes_in_a_round_that_does_not_name_them(study, name) -> None:
    store = make(study, BLIND)
    draft(store, name, "p1", "theme.wait", round="blind")
    assert codes_in(store, name, BLIND)
    assert len(undecided_blind(store, name)) == 3


def test_an_assignment_makes_a_coder_of_a_round_and_its_answers_alone_are_to_decide(study) -> None:
    store = make(study, BLIND)
    store.connection.execute("INSERT INTO assignments (round, coder, response_id) VALUES ('blind', 'cam', 2)")
    assert undecided_blind(store, "cam") == {2}
    put(store, "cam", "p2")
    assert (undecided_blind(store, "cam"), sight_of(store, "cam").is_blind) == (frozenset(), False)


def test_a_team_does_not_wait_for_those_who_never_begin_a_round_that_names_nobody(study) -> None:
    store = make(study, replace(BLIND, coders=()))
    assert undecided_blind_in_team(store, LEAD) == frozenset()
    assert undecided_blind_in_team(store, "ann") == {1, 2, 3}


# -- others' work --------------------------------------------------------------------------------------


def test_a_blind_coder_sees_others_work_nowhere_until_all_is_decided(study) -> None:
    store = make(study, BLIND)
    add_memo(store, on_answer(store, ResponseKey("p1", "q1")), "surely waiting", actor="bob")
    put(store, "ann", "p1", "p2")

    def seen() -> tuple[list[str], int, int, int]:
        others = [coder for _, coder, *_ in seen_works(store, "ann") if coder != "ann"]
        page = view_person(store, "p1", actor="ann").page
        on_page = sum(work.coder != "ann" for row in page.answers for work in row.works)
        found = measure_agreement(store, rounds=["main"], viewer="ann", yardstick=Yardstick(uncertainty=FEW))
        return others, on_page, len(list_memos(store, coder="ann").memos), len(found.disagreements)

    assert seen() == ([], 0, 0, 2)
    put(store, "ann", "p3")
    assert seen() == (["bob", "cam"] * 3, 2, 1, 3)


def test_disagreements_on_answers_to_decide_blind_are_left_out_and_counted(study) -> None:
    store = make(study, BLIND)
    put(store, "ann", "p2")

    def looked(viewer: str) -> tuple[list[str], int, int]:
        found = measure_agreement(store, rounds=["main"], viewer=viewer, yardstick=Yardstick(uncertainty=FEW))
        who = [one.key.participant for one in found.disagreements]
        return who, found.n_blind_disagreements, found.whole.sets.n_units_pairable

    assert {name: looked(name) for name in ("ann", "cam", LEAD)} == {
        "ann": (["p2"], 2, 3),
        "cam": (["p1", "p2", "p3"], 0, 3),
        LEAD: (["p1", "p2", "p3"], 0, 3),
    }


def test_a_meeting_keeps_from_its_viewer_what_they_decide_blind_in_a_round_that_names_nobody(study) -> None:
    store = make(study, replace(BLIND, coders=()))
    assert [len(agenda(store, viewer=name).disagreements) for name in (LEAD, "ann")] == [3, 0]


def test_coding_in_another_round_shows_no_quote_and_no_link_of_others_meanwhile(study) -> None:
    store = make(study, BLIND)
    key = ResponseKey("p1", "q1")
    with store.action("bob") as action:
        put_mark(action, key, Mark(kind=MarkKind.QUOTE, start=0, end=6, coder="bob"))
        put_link(action, key, ResponseKey("p2", "q1"), coder="bob")

    def shown() -> tuple[int, int]:
        current = CodingSession.open(store, coder="ann").current
        assert current is not None
        return len(current.notes.marks), len(current.notes.refers_to)

    before = shown()
    put(store, "ann", *PEOPLE)
    assert (before, shown()) == ((0, 0), (1, 1))


def test_a_blind_round_that_begins_meanwhile_holds_from_the_next_answer_on(study) -> None:
    store = make(study)
    with store.action("bob") as action:
        put_mark(action, ResponseKey("p2", "q1"), Mark(kind=MarkKind.QUOTE, start=0, end=6, coder="bob"))
    session = CodingSession.open(store, coder="ann")
    with store.action(LEAD) as action:
        add_round(action, BLIND)
    session.step(1)
    assert session.current is not None
    assert session.current.notes.marks == ()


# -- groups --------------------------------------------------------------------------------------------


def groups_shown(store: Store, coder: str, round: str) -> dict[str, bool]:
    """Whether somebody sees the group of p1, by where they look."""
    coding = CodingSession.open(store, coder=coder, round=round)
    coding.go_to(0)
    reading = ReadingSession.open(store, coder=coder, round=round)
    assert reading.current is not None
    workbook = CalamineWorkbook.from_filelike(
        io.BytesIO(export_workbook(store, coder=coder, round=round).data)
    )
    (listed,) = rows(store, [1], reader_for(store, coder, round=round))
    return {
        "coding": coding.current is not None and coding.current.groups != (),
        "person": coding.person().groups != (),
        "reading": reading.current.groups != (),
        "workbook": "survey: group" in workbook.get_sheet_by_name("q1").to_python()[0],
        "answers": listed.groups != (),
        "person page": view_person(store, "p1", actor=coder).page.groups != (),
    }


def test_groups_are_hidden_in_every_round_until_the_round_that_hides_them_is_done(study) -> None:
    store = make(study, HIDING)
    before = groups_shown(store, "ann", "main")
    put(store, "ann", *PEOPLE, round="hiding")
    after = groups_shown(store, "ann", "main")
    assert (set(before.values()), set(after.values())) == ({False}, {True})


def test_where_one_codes_in_the_round_groups_stay_hidden_for_decisions_can_be_reopened(study) -> None:
    store = make(study, HIDING)
    put(store, "ann", *PEOPLE, round="hiding")
    inside = groups_shown(store, "ann", "hiding")
    assert [place for place, is_shown in inside.items() if is_shown] == ["answers", "person page"]
    assert reader_for(store, "ann", round="hiding", is_coding=True).hides_group


def test_groups_that_the_main_round_hides_are_hidden_elsewhere_too(study) -> None:
    store = make(study, Round(name="main", hides_group=True), Round(name="second"))
    assert set(groups_shown(store, "ann", "second").values()) == {False}
    assert set(groups_shown(store, "bob", "second").values()) == {True}


def test_whoever_opens_a_round_to_code_in_it_sees_no_groups_at_the_first_answer(study) -> None:
    store = make(study, replace(HIDING, coders=()))
    shown = groups_shown(store, LEAD, "hiding")
    assert {place for place, is_shown in shown.items() if not is_shown} == {
        *("coding", "person", "reading", "workbook")
    }


# -- drafts --------------------------------------------------------------------------------------------


def test_a_draft_is_its_coders_alone_and_the_leads_in_open_rounds(study) -> None:
    store = study(people=PEOPLE, answers=ANSWERS, codebook=BOOK, rounds=[replace(BLIND, coders=("ann",))])
    with store.action(LEAD) as action:
        for name in ("ann", "bob"):
            action.append("coder.added", {"name": name})
    draft(store, "ann", "p1", "theme.staff", memo="hm")
    draft(store, "ann", "p2", "theme.staff", round="blind")
    own = [("p1", "ann", "theme.staff"), ("p2", "ann", "theme.staff")]
    assert {name: seen_works(store, name) for name in ("ann", "bob", LEAD)} == {
        "ann": own,
        "bob": [],
        LEAD: own[:1],
    }
    assert {
        (name, round): may_see_draft(store, name, coder="ann", round=round)
        for name in ("ann", "bob", LEAD)
        for round in ("main", "blind")
    } == {
        **{("ann", "main"): True, ("ann", "blind"): True},
        **{("bob", "main"): False, ("bob", "blind"): False},
        **{(LEAD, "main"): True, (LEAD, "blind"): False},
    }


def test_of_an_answer_that_is_open_again_colleagues_see_what_was_decided(study) -> None:
    store = make(study)
    draft(store, "bob", "p1", "theme.staff", memo="perhaps not")
    shown = {name: seen_works(store, name)[0] for name in ("bob", "cam", LEAD)}
    assert shown == {
        "bob": ("p1", "bob", "theme.staff"),
        "cam": ("p1", "bob", "theme.wait"),
        LEAD: ("p1", "bob", "theme.staff"),
    }


def test_the_memo_of_a_draft_is_not_even_the_leads(study) -> None:
    store = make(study)
    draft(store, "bob", "p1", "theme.staff", memo="perhaps not")
    first = list_answers(store, AnswerFilter(), actor=LEAD).rows[0]
    assert [work.memo for work in first.works] == ["", ""]
    found = [list_answers(store, AnswerFilter(memo="perhaps"), actor=name).n for name in ("bob", LEAD)]
    assert found == [1, 0]


def test_a_filter_finds_no_draft_that_may_not_be_seen(study) -> None:
    store = make(study)
    draft(store, "bob", "p1", "theme.staff", is_unsure=True)
    asked = [
        AnswerFilter(coders=("bob",), states=(AnswerMark.DRAFT,)),
        AnswerFilter(coders=("bob",), states=(AnswerMark.UNSURE,)),
    ]
    found = {
        name: [list_answers(store, filter, actor=name).n for filter in asked] for name in ("bob", "cam", LEAD)
    }
    assert found == {"bob": [1, 1], "cam": [0, 0], LEAD: [1, 1]}


def test_a_question_on_a_draft_shows_colleagues_its_words_and_not_its_codes(study) -> None:
    store = make(study)
    draft(store, "bob", "p1", "theme.staff", is_unsure=True, message="does this count?")
    shown = {
        name: [(item.words, item.codes) for item in questions(store, viewer=name).items]
        for name in ("bob", "cam", LEAD)
    }
    assert shown == {
        "bob": [("does this count?", ("theme.staff",))],
        "cam": [("does this count?", None)],
        LEAD: [("does this count?", ("theme.staff",))],
    }


# -- whatever the rounds -------------------------------------------------------------------------------

CODERS = ("ann", "bob", LEAD)
PLACES = st.tuples(
    st.sampled_from(CODERS), st.sampled_from(sorted(PEOPLE)), st.sampled_from(["main", "one", "two"])
)
ROUNDS = st.tuples(
    st.booleans(), st.lists(st.sampled_from(CODERS), unique=True).map(tuple), st.sampled_from(list(RoundKind))
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    decided=st.sets(PLACES),
    drafted=st.sets(PLACES),
    made=st.tuples(ROUNDS, ROUNDS),
    viewer=st.sampled_from(CODERS),
)
def test_nothing_that_others_made_of_an_answer_to_decide_blind_is_shown(
    decided, drafted, made, viewer
) -> None:
    named = [
        Round(name=name, is_blind=is_blind, coders=coders, kind=kind)
        for name, (is_blind, coders, kind) in zip(("one", "two"), made, strict=True)
    ]
    with build_study(
        people=PEOPLE,
        answers=ANSWERS,
        codebook=BOOK,
        rounds=named,
        decisions=[
            decision(who, person, "q1", "theme.wait" if who == "ann" else "theme.staff", round=where)
            for who, person, where in sorted(decided)
        ],
    ) as store:
        for who, person, where in sorted(drafted):
            draft(store, who, person, "theme.wait", round=where, is_unsure=True, message="?")
        hidden = undecided_blind(store, viewer)
        to_decide = {f"p{id}" for id in hidden}
        for where in ("main", "one", "two"):
            reader = reader_for(store, viewer, round=where)
            assert reader.is_blind or not hidden
        others = [(person, *rest) for person, coder, *rest in seen_works(store, viewer) if coder != viewer]
        assert [person for person, *_ in others if person in to_decide] == []
        told = [
            item.response.key.participant
            for item in questions(store, viewer=viewer, only_open=False).items
            if item.coder != viewer and item.codes is not None
        ]
        assert to_decide & set(told) == set()
        apart = measure_agreement(
            store, rounds=["main", "one", "two"], viewer=viewer, yardstick=Yardstick(uncertainty=FEW)
        )
        assert to_decide & {one.key.participant for one in apart.disagreements} == set()
        met = agenda(store, viewer=viewer)
        assert to_decide & {one.response.key.participant for one in met.disagreements} == set()
