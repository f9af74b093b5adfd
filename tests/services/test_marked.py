"""The list of what coders marked: quotes, identifying details, and what answers refer to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from study_builder import codebook, decision

from harken.errors import HarkenError
from harken.model import Mark, MarkKind, ResponseKey, Round
from harken.services.checking import check_project
from harken.services.marked import Marked, MarkedKind, list_marks, marks_report
from harken.services.marking import answer_named, link_answers, mark_words
from harken.storage.store import Store

HERE, THERE = ResponseKey("p1", "q1"), ResponseKey("p2", "q1")
TEXT = "Dr Smith was kind, and Smith listened"


@pytest.fixture
def store(study: Callable[..., Store]) -> Store:
    """Two people; ann and bob have marked p1's answer, bob refers p2's to it."""
    made = study(
        people={"p1": {"group": "north"}, "p2": {"group": "south"}},
        answers=[("p1", "q1", TEXT), ("p2", "q1", "see above")],
        codebook=codebook("theme.kind"),
        decisions=[decision("ann", "p1", "q1", "theme.kind"), decision("bob", "p2", "q1")],
    )
    mark_words(made, HERE, "Smith", kind=MarkKind.IDENTIFYING, actor="ann", label="name")
    mark_words(made, HERE, "Smith was kind", kind=MarkKind.QUOTE, actor="bob")
    link_answers(made, THERE, HERE, actor="bob")
    return made


def kinds(items: tuple[Marked, ...]) -> list[tuple[str, str, str]]:
    return [(item.kind.value, item.key.participant, item.coder) for item in items]


def test_each_mark_stands_once_in_the_order_of_the_answers(store: Store) -> None:
    assert [{**one.as_json(), "at": ""} for one in list_marks(store, viewer="lead").items] == [
        {
            **{"kind": "identifying", "participant": "p1", "question": "q1", "occasion": ""},
            **{"groups": {"group": "north"}, "excluded": False, "start": 3, "end": 8},
            **{"words": "", "detail": "name", "to": None, "coder": "ann", "at": ""},
        },
        {
            **{"kind": "quote", "participant": "p1", "question": "q1", "occasion": ""},
            **{"groups": {"group": "north"}, "excluded": False, "start": 3, "end": 17},
            **{"words": "[name removed] was kind", "detail": "", "to": None, "coder": "bob", "at": ""},
        },
        {
            **{"kind": "identifying", "participant": "p1", "question": "q1", "occasion": ""},
            **{"groups": {"group": "north"}, "excluded": False, "start": 23, "end": 28},
            **{"words": "", "detail": "name", "to": None, "coder": "ann", "at": ""},
        },
        {
            **{"kind": "link", "participant": "p2", "question": "q1", "occasion": ""},
            **{"groups": {"group": "south"}, "excluded": False, "start": None, "end": None},
            **{"words": "", "detail": "", "coder": "bob", "at": ""},
            "to": {"participant": "p1", "question": "q1", "occasion": ""},
        },
    ]


def test_hidden_words_are_listed_only_when_they_are_asked_for(store: Store) -> None:
    def words(**options: bool) -> list[str]:
        found = list_marks(store, viewer="lead", kinds=[MarkedKind.IDENTIFYING], **options)
        return [item.words for item in found.items]

    assert words() == ["", ""]
    assert words(shows_identifying=True) == ["Smith", "Smith"]


def test_kind_coder_question_and_participant_narrow_the_list(store: Store) -> None:
    def found(**options: list[str]) -> list[tuple[str, str, str]]:
        return kinds(list_marks(store, viewer="lead", **options).items)

    assert found(coders=["bob"]) == [("quote", "p1", "bob"), ("link", "p2", "bob")]
    assert found(participants=["p2"]) == [("link", "p2", "bob")]
    assert found(kinds=["quote"], questions=["q1"]) == [("quote", "p1", "bob")]
    with pytest.raises(HarkenError, match="No coder named 'zoe'"):
        found(coders=["zoe"])
    with pytest.raises(HarkenError, match="q9"):
        found(questions=["q9"])


def test_while_a_blind_round_is_not_done_others_quotes_and_links_are_left_out(
    study: Callable[..., Store],
) -> None:
    store = study(
        people=["p1", "p2"],
        answers=[("p1", "q1", TEXT), ("p2", "q1", "see above")],
        codebook=codebook("theme.kind"),
        decisions=[decision("bob", "p1", "q1"), decision("ann", "p1", "q1", round="blind")],
        rounds=[Round(name="blind", is_blind=True, coders=("ann",))],
    )
    mark_words(store, HERE, "Smith", kind=MarkKind.IDENTIFYING, actor="bob", label="name")
    for coder in ("ann", "bob"):
        mark_words(store, HERE, "was kind", kind=MarkKind.QUOTE, actor=coder)
        link_answers(store, THERE, HERE, actor=coder)
    found = list_marks(store, viewer="ann")
    assert found.is_blind
    assert sorted(kinds(found.items)) == [
        ("identifying", "p1", "bob"),
        ("identifying", "p1", "bob"),
        ("link", "p2", "ann"),
        ("quote", "p1", "ann"),
    ]
    with pytest.raises(HarkenError, match="what 'bob' marked would tell"):
        list_marks(store, viewer="ann", coders=["bob"])
    assert len(list_marks(store, viewer="bob").items) == 6


def test_marks_on_excluded_peoples_answers_are_counted_and_listed_on_demand(
    study: Callable[..., Store],
) -> None:
    store = study(
        people=["p1", "p2"],
        answers=[("p1", "q1", TEXT), ("p2", "q1", "see above")],
        excluded={"duplicate": ["p1"]},
    )
    mark_words(store, HERE, "kind", kind=MarkKind.QUOTE, actor="lead")
    left_out = list_marks(store, viewer="lead")
    assert (left_out.items, left_out.n_left_out) == ((), 1)
    assert marks_report(left_out, title="A study").notes == (
        "No marks here.",
        "1 mark on answers of excluded people left out (--with-excluded shows them).",
    )
    assert [one.is_excluded for one in list_marks(store, viewer="lead", with_excluded=True).items] == [True]


def test_the_report_has_a_table_a_kind_without_hidden_words(store: Store) -> None:
    report = marks_report(list_marks(store, viewer="lead"), title="A study")
    assert [[cell.text for cell in row] for table in report.tables for row in table.rows] == [
        ["p1", "north", "q1", "[name removed] was kind", "bob"],
        ["p1", "q1", "3", "8", "name", "ann"],
        ["p1", "q1", "23", "28", "name", "ann"],
        ["p2", "q1", "p1", "q1", "bob"],
    ]


def test_identifying_words_are_marked_wherever_they_stand_and_unmarked_again(store: Store) -> None:
    mark_words(store, HERE, "Smith", kind=MarkKind.IDENTIFYING, actor="ann", label="name", is_marked=False)
    assert list_marks(store, viewer="lead", kinds=[MarkedKind.IDENTIFYING]).items == ()
    assert mark_words(store, HERE, "", kind=MarkKind.QUOTE, actor="ann") == (
        Mark(kind=MarkKind.QUOTE, start=0, end=len(TEXT), coder="ann"),
    )
    assert check_project(store) == ()


def test_words_that_are_not_in_the_answer_and_links_to_itself_are_refused(store: Store) -> None:
    with pytest.raises(HarkenError, match="does not hold 'smith', word for word"):
        mark_words(store, HERE, "smith", kind=MarkKind.QUOTE, actor="ann")
    with pytest.raises(HarkenError, match="cannot refer to itself"):
        link_answers(store, HERE, HERE, actor="ann")
    with pytest.raises(HarkenError, match="'p1' has no answer to 'q1' on occasion 'w2'"):
        answer_named(store, ResponseKey("p1", "q1", "w2"))


def test_records_are_flat(store: Store) -> None:
    records = list_marks(store, viewer="lead").to_records()
    assert {(one["kind"], one["to_participant"], one["group"]) for one in records} == {
        ("quote", "", "north"),
        ("identifying", "", "north"),
        ("link", "p1", "south"),
    }
