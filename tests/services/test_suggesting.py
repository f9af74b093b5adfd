"""Suggested codes for the answers of a project."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from study_builder import codebook

from harken.errors import HarkenError
from harken.model import Codebook, Mark, MarkKind, ResponseKey, TextList, TextRule
from harken.services.marking import set_mark
from harken.services.suggesting import suggest_codes
from harken.storage import survey
from harken.storage.store import Store
from harken.storage.withdrawal import withdraw


def with_keywords(book: Codebook) -> Codebook:
    return Codebook(
        families=tuple(
            replace(
                family,
                codes=tuple(replace(code, keywords=(code.key,)) for code in family.codes),
            )
            for family in book.families
        )
    )


BOOK = with_keywords(codebook("theme.wait", "theme.staff", "theme.price", questions={"theme.price": ("q2",)}))


@pytest.fixture
def store(study) -> Store:
    return study(
        people=["p2", "p1"],
        answers=[
            ("p2", "q1", "The wait and the staff, the price"),
            ("p1", "q1", "n/a"),
            ("p1", "q2", "The price"),
            ("p2", "q2", " "),
        ],
        codebook=BOOK,
        rules=[TextRule(list=TextList.NON_RESPONSE, text="N/A")],
        excluded={"item non-response": ["p1"]},
    )


def told(store: Store, **options: object) -> dict[tuple[str, str], list[str]]:
    return {
        (one.response.key.participant, one.response.key.question): [s.code for s in one.suggestions]
        for one in suggest_codes(store, **options)  # type: ignore[arg-type]
    }


def test_every_answered_response_has_a_line_in_file_order(store) -> None:
    assert list(told(store)) == [("p2", "q1"), ("p1", "q2")]


def test_codes_of_other_questions_are_not_suggested(store) -> None:
    found = told(store)
    assert set(found["p2", "q1"]) == {"theme.wait", "theme.staff"}
    assert found["p1", "q2"][0] == "theme.price"


def test_top_limits_the_codes_of_a_response(store) -> None:
    assert len(told(store, top=1)["p2", "q1"]) == 1


def test_questions_limit_the_responses_and_unknown_ones_are_refused(store) -> None:
    assert list(told(store, questions=["q2"])) == [("p1", "q2")]
    with pytest.raises(HarkenError, match=r"No question named 'q9'.*Known questions: q1, q2"):
        told(store, questions=["q9"])


def test_people_who_withdrew_are_not_read(store) -> None:
    withdraw(store, "p2", actor="lead")
    assert list(told(store)) == [("p1", "q2")]


def test_a_line_gives_the_place_of_its_reason_in_the_text(store) -> None:
    (line,) = [one.as_json() for one in suggest_codes(store, questions=["q2"], top=1)]
    (suggestion,) = line.pop("suggestions")
    assert line == {"participant": "p1", "question": "q2", "occasion": ""}
    assert set(suggestion) == {"code", "score", "confidence", "reasons"}
    reason = suggestion["reasons"][0]
    assert reason == {
        **{"kind": "keyword", "text": "price", "start": 4, "end": 9},
        **{"response": None, "example": ""},
    }
    assert json.loads(json.dumps(suggestion, allow_nan=False))["confidence"] is None


def test_a_reason_has_brackets_where_the_answer_tells_who_somebody_is(store) -> None:
    answer = survey.response(store, survey.response_id(store, ResponseKey("p2", "q1")))
    mark = Mark(kind=MarkKind.IDENTIFYING, start=13, end=22, coder="lead", label="name")
    set_mark(store, answer, mark, actor="lead")
    (line,) = suggest_codes(store, questions=["q1"])
    assert {s.code: [r.text for r in s.reasons] for s in line.suggestions} == {
        "theme.wait": ["wait"],
        "theme.staff": ["[name removed]"],
    }


def test_nothing_is_written_by_suggesting(store) -> None:
    before = store.project_hash()
    told(store)
    assert store.project_hash() == before
