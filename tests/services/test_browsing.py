"""Filters find the answers that they name, the first at once; rows and pages show what may be seen."""

from __future__ import annotations

from array import array
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from study_builder import LEAD, build_study, codebook, decision

from harken.errors import HarkenError
from harken.model import Coding, Mark, MarkKind, ResponseKey, Round, RoundKind, TextList, TextRule
from harken.services.browsing import (
    AnswerFilter,
    AnswerMark,
    AnswerSort,
    Reader,
    all_ids,
    code_page,
    find_ids,
    first_ids,
    n_answers,
    person_page,
    reader_for,
    rows,
)
from harken.services.grouping import group_participants
from harken.storage.codebooks import stored_codebook
from harken.storage.coding import Draft, decide, put_draft
from harken.storage.marks import put_mark
from harken.storage.withdrawal import withdraw

BOOK = codebook("wait.phone", "wait.room", "staff.rude")
PEOPLE = {
    "p1": {"group": "north", "age": "30"},
    "p2": {"group": "south", "age": "40"},
    "p3": {"group": "", "age": "30"},
    "p4": {"group": "north", "age": "50"},
}
ANSWERS = [
    ("p1", "q1", "slow on the phone"),
    ("p1", "q2", "rude staff"),
    ("p2", "q1", "nobody picked up the phone, nobody at all"),
    ("p2", "q2", ""),
    ("p3", "q1", "n/a"),
    ("p3", "q2", "the waiting room was cold"),
    ("p4", "q1", "phone"),
    ("p4", "q2", "fine"),
]
DECISIONS = [
    decision("ann", "p1", "q1", "wait.phone"),
    decision("ann", "p1", "q2", "staff.rude"),
    decision("ann", "p2", "q1"),
    decision("ann", "p3", "q2", uncodable=True),
    decision("bob", "p1", "q1", "wait.phone", "wait.room"),
    decision("bob", "p3", "q2", "wait.room"),
]
ANN, LEADER = Reader(coder="ann"), Reader(coder=LEAD)


@pytest.fixture(scope="module")
def browsed():
    """Four people, two questions, two coders; p4 is excluded, and ann has a draft, a star and marks."""
    with build_study(
        people=PEOPLE,
        answers=ANSWERS,
        codebook=BOOK,
        decisions=DECISIONS,
        excluded={"item non-response": ["p4"]},
        rules=[TextRule(list=TextList.NON_RESPONSE, text="n/a")],
    ) as store:
        stored = stored_codebook(store)
        q2 = ResponseKey("p4", "q2")
        with store.action("ann") as action:
            draft = Draft(codings=(Coding("staff.rude"),), memo="a note on time", is_unsure=True)
            put_draft(action, stored, q2, draft, round="main", coder="ann")
            action.append("answer.starred", {"response": [*q2], "coder": "ann", "is_starred": True})
            action.append("answer.read", {"response": [*q2], "coder": "ann"})
            action.append("alert.raised", {"response": [*q2], "coder": "ann", "note": ""})
            put_mark(
                action,
                ResponseKey("p2", "q1"),
                Mark(kind=MarkKind.IDENTIFYING, start=0, end=6, coder="ann", label="name"),
            )
            put_mark(action, ResponseKey("p1", "q1"), Mark(kind=MarkKind.QUOTE, start=0, end=4, coder="ann"))
        yield store


def found(store, filter: AnswerFilter, reader: Reader = ANN) -> list[str]:
    """Where the answers stand, as `p1 q1`, in the filter's order."""
    ids = [id for part in find_ids(store, filter, reader) for id in part]
    return [f"{row.key.participant} {row.key.question}" for row in rows(store, ids, reader)]


M = AnswerMark
CASES = {
    "no filter": ({}, [f"{person} {question}" for person, question, _ in ANSWERS]),
    "a word": ({"text": "phone"}, ["p1 q1", "p2 q1", "p4 q1"]),
    "two words": ({"text": "phone slow"}, ["p1 q1"]),
    "a word left out": ({"text": "phone -nobody"}, ["p1 q1", "p4 q1"]),
    "only left out": ({"text": "-phone", "questions": ("q1",)}, ["p3 q1"]),
    "a code": ({"codes": ("phone",)}, ["p1 q1"]),
    "any of two codes": ({"codes": ("phone", "staff.rude")}, ["p1 q1", "p1 q2"]),
    "a code of one coder": ({"codes": ("room",), "coders": ("ann",)}, []),
    "a code of the other": ({"codes": ("room",), "coders": ("bob",)}, ["p1 q1", "p3 q2"]),
    "without a code": ({"without_codes": ("phone",), "questions": ("q1",)}, ["p2 q1", "p3 q1", "p4 q1"]),
    "a family": ({"families": ("wait",)}, ["p1 q1", "p3 q2"]),
    "without a family": (
        {"without_families": ("wait",), "text": "phone"},
        ["p2 q1", "p4 q1"],
    ),
    "word and code": ({"text": "slow", "codes": ("phone",)}, ["p1 q1"]),
    "a group": ({"where": (("group", "north"),)}, ["p1 q1", "p1 q2", "p4 q1", "p4 q2"]),
    "the blank group": ({"where": (("group", "(missing)"),)}, ["p3 q1", "p3 q2"]),
    "two values of one column": (
        {"where": (("age", "30"), ("age", "40")), "questions": ("q1",)},
        ["p1 q1", "p2 q1", "p3 q1"],
    ),
    "two columns": ({"where": (("age", "30"), ("group", "north"))}, ["p1 q1", "p1 q2"]),
    "a code and a group": ({"codes": ("room",), "where": (("group", "north"),)}, ["p1 q1"]),
    "people": ({"participants": ("p1", "p3")}, ["p1 q1", "p1 q2", "p3 q1", "p3 q2"]),
    "a coder's work": ({"coders": ("bob",)}, ["p1 q1", "p3 q2"]),
    "undecided": ({"states": (M.UNDECIDED,)}, []),
    "undecided by bob": ({"states": (M.UNDECIDED,), "coders": ("bob",)}, ["p1 q2", "p2 q1"]),
    "draft": ({"states": (M.DRAFT,)}, ["p4 q2"]),
    "decided": ({"states": (M.DECIDED,)}, ["p1 q1", "p1 q2", "p2 q1", "p3 q2"]),
    "coded": ({"states": (M.CODED,)}, ["p1 q1", "p1 q2"]),
    "no code": ({"states": (M.NO_CODE,)}, ["p2 q1"]),
    "uncodable": ({"states": (M.UNCODABLE,)}, ["p3 q2"]),
    "any of two states": ({"states": (M.NO_CODE, M.UNCODABLE)}, ["p2 q1", "p3 q2"]),
    "non-response": ({"states": (M.NON_RESPONSE,)}, ["p2 q2", "p3 q1"]),
    "unsure": ({"states": (M.UNSURE,)}, ["p4 q2"]),
    "excluded": ({"states": (M.EXCLUDED,)}, ["p4 q1", "p4 q2"]),
    "starred": ({"states": (M.STARRED,)}, ["p4 q2"]),
    "unread": ({"states": (M.UNREAD,), "participants": ("p4",)}, ["p4 q1"]),
    "a memo": ({"states": (M.MEMO,)}, ["p4 q2"]),
    "words in a memo": ({"memo": "note"}, ["p4 q2"]),
    "other words in a memo": ({"memo": "nothing"}, []),
    "a quote": ({"states": (M.QUOTE,)}, ["p1 q1"]),
    "identifying": ({"states": (M.IDENTIFYING,)}, ["p2 q1"]),
    "an alert": ({"states": (M.ALERT,)}, ["p4 q2"]),
    "a state and a flag": ({"states": (M.CODED, M.QUOTE)}, ["p1 q1"]),
    "at least so long": ({"shortest": 5}, ["p2 q1", "p3 q2"]),
    "at most so long": ({"longest": 1, "questions": ("q1",)}, ["p3 q1", "p4 q1"]),
    "question order": (
        {"participants": ("p1", "p2"), "sort": AnswerSort.QUESTION},
        ["p1 q1", "p2 q1", "p1 q2", "p2 q2"],
    ),
    "participant order": (
        {"questions": ("q1",), "sort": AnswerSort.PARTICIPANT},
        ["p1 q1", "p2 q1", "p3 q1", "p4 q1"],
    ),
    "shortest first": ({"text": "phone", "sort": AnswerSort.SHORTEST}, ["p4 q1", "p1 q1", "p2 q1"]),
    "longest first": ({"text": "phone", "sort": AnswerSort.LONGEST}, ["p2 q1", "p1 q1", "p4 q1"]),
}


@pytest.mark.parametrize("case", CASES)
def test_a_filter_finds_what_it_names(browsed, case):
    fields, expected = CASES[case]
    assert found(browsed, AnswerFilter(**fields)) == expected


def test_a_value_is_found_whatever_spaces_stand_round_it(study):
    spaces = "".join(chr(code) for code in range(0x110000) if chr(code).isspace())
    store = study(people={"p1": {"group": f"{spaces}north{spaces}"}}, answers=[("p1", "q", "text")])
    assert found(store, AnswerFilter(where=(("group", "north"),))) == ["p1 q"]
    assert group_participants(store, "group").names == ("north",)


def test_a_reader_without_work_asks_for_everybodys_states(browsed):
    assert found(browsed, AnswerFilter(states=(M.UNDECIDED,)), LEADER) == []
    assert found(browsed, AnswerFilter(states=(M.CODED,)), LEADER) == ["p1 q1", "p1 q2", "p3 q2"]


def test_undecided_is_what_was_assigned(study):
    store = study(people=PEOPLE, answers=ANSWERS, codebook=BOOK, decisions=DECISIONS[:1])
    with store.action(LEAD):
        # No event makes assignments yet.
        store.connection.executemany(
            "INSERT INTO assignments (round, coder, response_id) VALUES ('main', 'ann', ?)", [(1,), (3,)]
        )
    assert found(store, AnswerFilter(states=(M.UNDECIDED,), coders=("ann",))) == ["p2 q1"]
    assert len(found(store, AnswerFilter(states=(M.UNDECIDED,), coders=(LEAD,)))) == 7


def test_undecided_in_several_rounds_is_undecided_in_any(study):
    store = study(
        people=PEOPLE,
        answers=ANSWERS[:2],
        codebook=BOOK,
        rounds=[Round(name="second")],
        decisions=[DECISIONS[0], DECISIONS[1], decision("ann", "p1", "q1", round="second")],
    )
    filter = AnswerFilter(states=(M.UNDECIDED,), coders=("ann",), rounds=("main", "second"))
    assert found(store, filter) == ["p1 q2"]


def test_the_latest_decided_come_first(study):
    answers = [(f"p{n}", "q", "text") for n in range(4)]
    decided = [decision("ann", f"p{n}", "q", at=f"2026-01-0{9 - n}T00:00:00.000000Z") for n in range(3)]
    store = study(
        people=[name for name, *_ in answers], answers=answers, codebook=BOOK, decisions=reversed(decided)
    )
    assert found(store, AnswerFilter(sort=AnswerSort.LATEST)) == ["p0 q", "p1 q", "p2 q", "p3 q"]


def test_the_first_answers_are_those_that_all_of_them_begin_with(browsed):
    for fields, _ in CASES.values():
        filter = AnswerFilter(**fields)
        every = [id for part in find_ids(browsed, filter, ANN) for id in part]
        assert list(first_ids(browsed, filter, ANN, n=2)) == every[:2]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"codes": ("phon",)}, "No code 'phon' in the codebook. Did you mean wait.phone"),
        ({"families": ("wat",)}, "No family 'wat'"),
        ({"questions": ("q3",)}, "No question named 'q3'"),
        ({"participants": ("P1",)}, "No participant 'P1' in this project. Did you mean 'p1'"),
        ({"coders": ("anne",)}, "No coder named 'anne' in this project. Did you mean 'ann'"),
        ({"rounds": ("mian",)}, "No round named 'mian' in this project. Did you mean 'main'"),
        ({"occasions": ("later",)}, "No occasion named 'later'"),
        ({"where": (("grup", "north"),)}, "No column 'grup' in this survey. Did you mean 'group'"),
        ({"text": '"'}, "has no word in it"),
        ({"memo": "!"}, "has no word in it"),
    ],
)
def test_an_unknown_name_is_refused_with_a_near_one(browsed, fields, words):
    with pytest.raises(HarkenError) as raised:
        found(browsed, AnswerFilter(**fields))
    assert words in str(raised.value)


def test_an_empty_filter_says_so():
    assert AnswerFilter(sort=AnswerSort.LONGEST).is_empty
    assert not AnswerFilter(coders=("ann",)).is_empty


# -- all answers -------------------------------------------------------------------------------------


def test_without_a_gap_all_ids_are_a_range(browsed):
    assert all_ids(browsed) == range(1, 9)
    assert n_answers(browsed) == 8


def test_a_project_without_answers_has_no_ids(study):
    store = study(people=[], answers=[])
    assert (list(all_ids(store)), n_answers(store), found(store, AnswerFilter())) == ([], 0, [])


def test_who_withdrew_is_in_no_list(study):
    store = study(people=PEOPLE, answers=ANSWERS, codebook=BOOK, decisions=DECISIONS)
    withdraw(store, "p2", actor=LEAD)
    assert all_ids(store) == array("q", [1, 2, 5, 6, 7, 8])
    assert n_answers(store) == 6
    everything = [f"{person} {question}" for person, question, _ in ANSWERS if person != "p2"]
    assert found(store, AnswerFilter()) == everything
    assert found(store, AnswerFilter(text="phone")) == ["p1 q1", "p4 q1"]
    assert found(store, AnswerFilter(text="-fine", questions=("q2",))) == ["p1 q2", "p3 q2"]
    assert found(store, AnswerFilter(states=(M.EXCLUDED,))) == []
    with pytest.raises(HarkenError, match="'p2' has withdrawn"):
        person_page(store, "p2", ANN)


@given(
    texts=st.lists(st.sampled_from(["a", "b", "a b", "", "c a"]), min_size=1, max_size=12),
    wanted=st.sampled_from(["a", "b", "-a", "a -b", "a*"]),
)
def test_a_search_finds_the_same_whatever_else_is_asked(texts, wanted):
    """The index, the texts of few answers, and a range without either agree."""
    answers = [(f"p{n}", "q", text) for n, text in enumerate(texts)]
    decided = [decision("ann", name, "q", "wait.room") for name, _, text in answers if text]
    with build_study(
        people=[name for name, *_ in answers], answers=answers, codebook=BOOK, decisions=decided
    ) as store:
        plain = found(store, AnswerFilter(text=wanted))
        of_code = found(store, AnswerFilter(text=wanted, codes=("room",)))
        assert of_code == [place for place in plain if texts[int(place.split()[0][1:])]]


# -- rows --------------------------------------------------------------------------------------------


def test_a_row_shows_everybodys_work(browsed):
    (row,) = rows(browsed, [1], LEADER)
    assert (row.key, row.text, row.groups) == (
        ResponseKey("p1", "q1"),
        "slow on the phone",
        (("group", "north"), ("age", "30")),
    )
    assert [(work.coder, work.round, work.state, work.codes) for work in row.works] == [
        ("ann", "main", "decided", ("wait.phone",)),
        ("bob", "main", "decided", ("wait.phone", "wait.room")),
    ]


def test_a_row_shows_drafts_notes_and_the_readers_own_marks(browsed):
    (of_ann,), (of_bob,) = rows(browsed, [8], ANN), rows(browsed, [8], Reader(coder="bob"))
    (work,) = of_ann.works
    assert (work.state, work.codes, work.decided, work.is_unsure, work.memo) == (
        "draft",
        ("staff.rude",),
        None,
        True,
        "a note on time",
    )
    assert (of_ann.is_starred, of_ann.is_read, of_ann.has_alert, of_ann.is_excluded) == (True,) * 4
    assert (of_bob.is_starred, of_bob.is_read, of_bob.has_alert) == (False, False, True)


def test_rows_keep_the_order_asked_for_and_leave_out_what_is_not_there(browsed):
    assert [row.id for row in rows(browsed, [8, 99, 1, 3], ANN)] == [8, 1, 3]


def test_what_tells_who_somebody_is_gets_brackets(browsed):
    (row,) = rows(browsed, [3], ANN)
    assert row.redacted_text == "[name removed] picked up the phone, nobody at all"
    assert row.text.startswith("nobody")


# -- blind rounds ------------------------------------------------------------------------------------

BLIND = Round(
    name="blind", kind=RoundKind.RELIABILITY, is_blind=True, hides_group=True, coders=("ann", "bob")
)


@pytest.fixture
def blind(study):
    """A blind round in which ann has decided one answer, bob two, and one is left to each."""
    store = study(
        people={name: PEOPLE[name] for name in ("p1", "p2", "p3")},
        answers=[(name, "q1", f"answer of {name}") for name in ("p1", "p2", "p3")],
        codebook=BOOK,
        rounds=[BLIND],
        decisions=[
            decision("ann", "p1", "q1", "wait.phone", round="blind"),
            decision("bob", "p1", "q1", "wait.room", round="blind"),
            decision("bob", "p2", "q1", "wait.room", round="blind"),
        ],
    )
    with store.action("bob") as action:
        put_mark(action, ResponseKey("p1", "q1"), Mark(kind=MarkKind.QUOTE, start=0, end=2, coder="bob"))
        put_mark(
            action,
            ResponseKey("p1", "q1"),
            Mark(kind=MarkKind.IDENTIFYING, start=0, end=6, coder="bob", label="place"),
        )
    return store


def test_in_a_blind_round_one_sees_ones_own_work_alone(blind):
    reader = reader_for(blind, "ann", round="blind")
    (row,) = rows(blind, [1], reader)
    assert [(work.coder, work.codes) for work in row.works] == [("ann", ("wait.phone",))]
    assert row.groups == ()
    assert [mark.kind for mark in row.marks] == [MarkKind.IDENTIFYING]
    assert found(blind, AnswerFilter(codes=("room",)), reader) == []
    assert found(blind, AnswerFilter(without_codes=("room",)), reader) == ["p1 q1", "p2 q1", "p3 q1"]


def test_elsewhere_too_nobody_sees_others_work_while_their_blind_round_is_not_done(blind):
    assert reader_for(blind, "ann").is_blind
    with blind.action("ann") as action:
        for name in ("p2", "p3"):
            decide(action, stored_codebook(blind), decision("ann", name, "q1", round="blind"))
    reader = reader_for(blind, "ann")
    assert not reader.is_blind
    assert found(blind, AnswerFilter(codes=("room",)), reader) == ["p1 q1", "p2 q1"]


def test_the_lead_is_blind_only_in_a_blind_round_that_they_code_in(blind):
    assert not reader_for(blind, LEAD, round="blind").is_blind
    with blind.action(LEAD) as action:
        decide(action, stored_codebook(blind), decision(LEAD, "p1", "q1", round="blind"))
    assert reader_for(blind, LEAD, round="blind").is_blind


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"coders": ("bob",)}, "you see your own work alone"),
        ({"coders": ("consensus",)}, "you see your own work alone"),
        ({"where": (("group", "north"),)}, "hides the groups"),
    ],
)
def test_a_filter_that_would_tell_is_refused(blind, fields, words):
    with pytest.raises(HarkenError, match=words):
        found(blind, AnswerFilter(**fields), reader_for(blind, "ann", round="blind"))


def test_a_round_that_repeats_shows_none_of_the_earlier_work(study):
    store = study(
        people=["p1"],
        answers=[("p1", "q1", "text")],
        codebook=BOOK,
        rounds=[Round(name="again", kind=RoundKind.REPEAT, coders=("ann",))],
        decisions=[decision("ann", "p1", "q1", "wait.room")],
    )
    reader = reader_for(store, "ann", round="again")
    assert rows(store, [1], reader)[0].works == ()
    with pytest.raises(HarkenError, match="repeats earlier work"):
        found(store, AnswerFilter(rounds=("main",)), reader)


# -- pages -------------------------------------------------------------------------------------------


def test_a_persons_page_has_all_that_they_gave(browsed):
    page = person_page(browsed, "p3", ANN)
    assert (page.name, page.exclusion, page.groups) == (
        "p3",
        "",
        (("group", "(missing)"), ("age", "30")),
    )
    assert [(row.key.question, row.is_answered) for row in page.answers] == [("q1", False), ("q2", True)]
    assert person_page(browsed, "p4", ANN).exclusion == "item non-response"


def test_values_that_differ_between_a_persons_answers_stand_side_by_side(study):
    store = study(
        people=["p1"],
        answers=[("p1", "q", "w1", "a"), ("p1", "q", "w2", "b")],
        per_response={("p1", "q", "w1"): {"mood": "low"}, ("p1", "q", "w2"): {"mood": "high"}},
    )
    assert person_page(store, "p1", ANN).attributes == (("mood", "low, high"),)
    assert [row.key.occasion for row in rows(store, [1, 2], ANN)] == ["w1", "w2"]
    assert list(first_ids(store, AnswerFilter(where=(("mood", "high"),)), ANN)) == [2]
    assert list(first_ids(store, AnswerFilter(occasions=("w1",)), ANN)) == [1]


def test_a_codes_page_counts_people_by_group(browsed):
    page = code_page(browsed, "room", ANN, by="group")
    assert page.entry.path == "wait.room"
    assert [(group.name, group.n, group.base) for group in page.groups] == [
        ("north", 1, 1),
        ("south", 0, 1),
        ("(missing)", 1, 1),
    ]
    assert [[(one.row.key.participant, one.coders) for one in group.passages] for group in page.groups] == [
        [("p1", ("bob",))],
        [],
        [("p3", ("bob",))],
    ]


def test_a_codes_page_is_of_one_person_each_however_many_answers_and_coders(study):
    store = study(
        people=["p1", "p2"],
        answers=[("p1", "q1", "a"), ("p1", "q2", "b"), ("p2", "q1", "c")],
        codebook=BOOK,
        decisions=[
            *(
                decision(coder, "p1", question, "wait.room")
                for coder in ("ann", "bob")
                for question in ("q1", "q2")
            ),
            decision("ann", "p2", "q1"),
        ],
    )
    (everybody,) = code_page(store, "room", LEADER, most=1).groups
    assert (everybody.n, everybody.base, len(everybody.passages)) == (1, 2, 1)


def test_the_base_of_a_code_for_one_question_is_who_decided_answers_to_it(study):
    book = codebook("wait.phone", "wait.room", questions={"wait.room": ("q2",)})
    store = study(
        people=["p1", "p2"],
        answers=[("p1", "q1", "a"), ("p2", "q2", "b")],
        codebook=book,
        decisions=[decision("ann", "p1", "q1", "wait.phone"), decision("ann", "p2", "q2", "wait.room")],
    )
    bases = [code_page(store, path, LEADER).groups[0].base for path in ("phone", "room")]
    assert bases == [2, 1]


def test_segments_are_given_alone_where_nobody_coded_the_whole_answer(study):
    store = study(people=["p1"], answers=[("p1", "q1", "slow phone and rude staff")], codebook=BOOK)
    stored, key = stored_codebook(store), ResponseKey("p1", "q1")
    coded = decision("ann", "p1", "q1")
    with store.action("ann") as action:
        segments = (Coding("staff.rude", 15, 25), Coding("staff.rude", 0, 4), Coding("wait.phone"))
        decide(action, stored, replace(coded, key=key, codings=segments))
    texts = [code_page(store, path, ANN).groups[0].passages[0].text for path in ("rude", "phone")]
    assert texts == ["slow … rude staff", "slow phone and rude staff"]
