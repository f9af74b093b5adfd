"""Which codes go together on the same people."""

from __future__ import annotations

import json

import pytest
from study_builder import codebook, decision

from harken.errors import HarkenError
from harken.services.cooccurring import PairOrder, cooccurrence_report, count_pairs

CODES = codebook(
    "good.trust", "good.calm", "good.calm.deep", "good.none_stated", "bad.worry", "bad.cost", "bad.unused"
)


@pytest.fixture
def coded(study):
    """Six people; what they said to two questions counts together."""
    said = {
        "p1": (("good.trust", "bad.worry"), ()),
        "p2": (("good.trust",), ("bad.worry",)),
        "p3": (("good.calm.deep",), ("bad.cost",)),
        "p4": (("good.none_stated",), ("bad.worry",)),
        "p5": ((), ()),
        "p6": (("good.trust",), None),
    }
    answers = [(name, question, "text") for name in said for question in ("q1", "q2")]
    decisions = [
        decision("ada", name, question, *codes)
        for name, both in said.items()
        for question, codes in zip(("q1", "q2"), both, strict=True)
        if codes is not None
    ]
    return study(people=list(said), answers=answers, codebook=CODES, decisions=decisions)


def by_pair(result) -> dict[tuple[str, str], tuple[int, int, int, int]]:
    return {
        (pair.first, pair.second): (
            pair.overlap.both,
            pair.overlap.only_first,
            pair.overlap.only_second,
            pair.overlap.neither,
        )
        for pair in result.pairs
    }


def test_people_are_counted_over_all_they_said_and_undecided_ones_are_left_out(coded) -> None:
    found = by_pair(count_pairs(coded))
    assert found["good.trust", "bad.worry"] == (2, 0, 1, 2)
    assert found["good.calm", "bad.cost"] == (1, 0, 0, 4)
    assert by_pair(count_pairs(coded, questions=["q1"]))["good.trust", "bad.worry"] == (1, 2, 0, 3)


def test_a_parent_and_its_descendant_are_no_pair_nor_is_none_with_others_of_its_family(coded) -> None:
    result = count_pairs(coded)
    assert [code.code for code in result.codes] == [
        *("good.trust", "good.calm", "good.calm.deep", "good.none_stated", "bad.worry", "bad.cost"),
    ]
    assert result.n_unused == 1
    pairs = set(by_pair(result))
    assert ("good.calm", "good.calm.deep") not in pairs
    assert ("good.trust", "good.none_stated") not in pairs
    assert ("good.none_stated", "bad.worry") in pairs
    assert len(pairs) == 15 - 1 - 3


def test_pairs_may_be_those_of_a_code_or_a_family(coded) -> None:
    assert {first for first, _ in by_pair(count_pairs(coded, codes=["trust"]))} == {"good.trust"}
    assert len(by_pair(count_pairs(coded, codes=["bad"]))) == 4 * 2 + 1


def test_p_values_are_adjusted_over_the_pairs_shown(coded) -> None:
    (only,) = [pair for pair in count_pairs(coded, codes=["trust"]).pairs if pair.second == "bad.cost"]
    assert only.test.p <= only.test.p_bh <= 1
    assert only.phi < 0


def test_a_code_that_everybody_has_is_not_tested(study) -> None:
    store = study(
        people=["p1", "p2"],
        answers=[("p1", "q", "text"), ("p2", "q", "text")],
        codebook=CODES,
        decisions=[
            decision("ada", "p1", "q", "good.trust", "bad.worry"),
            decision("ada", "p2", "q", "good.trust"),
        ],
    )
    (pair,) = count_pairs(store).pairs
    assert (pair.phi, pair.test) == (None, None)
    assert pair.not_tested == "one of them is on everybody or on nobody who is counted for both"


def test_codes_limited_to_questions_are_held_against_each_other_where_both_are_coded(study) -> None:
    store = study(
        people=["p1", "p2", "p3"],
        answers=[("p1", "q1", "x"), ("p1", "q2", "x"), ("p2", "q1", "x"), ("p3", "q2", "x")],
        codebook=codebook("f.a", "f.b", questions={"f.a": ("q1",), "f.b": ("q2",)}),
        decisions=[
            decision("ada", "p1", "q1", "f.a"),
            decision("ada", "p1", "q2", "f.b"),
            decision("ada", "p2", "q1", "f.a"),
            decision("ada", "p3", "q2", "f.b"),
        ],
    )
    assert by_pair(count_pairs(store)) == {("f.a", "f.b"): (1, 0, 0, 0)}


def test_pairs_stand_by_strength_and_the_rest_is_counted(coded) -> None:
    report = cooccurrence_report(count_pairs(coded), order=PairOrder.COUNT, most=2)
    pairs, matrix = report.tables
    assert [row[0].text for row in pairs.rows] == ["Trust", "Calm"]
    assert pairs.notes == ("9 more pairs; --most shows them, JSON has all.",)
    assert [row[2 + at].text for at, row in enumerate(matrix.rows)] == ["2", "1", "1", "1", "3", "1"]


def test_the_result_is_strict_json_and_a_study_without_codes_has_no_pair(coded, study) -> None:
    result = count_pairs(coded)
    json.dumps(result.as_json(), allow_nan=False)
    assert len(result.to_records()) == len(result.pairs)
    empty = study(people=["p"], answers=[("p", "q", "x")], codebook=CODES)
    report = cooccurrence_report(count_pairs(empty))
    assert report.tables == ()
    assert "Nobody has any code in scope." in report.notes


def test_an_unknown_code_is_named(coded) -> None:
    with pytest.raises(HarkenError, match="No code or family 'nothing'"):
        count_pairs(coded, codes=["nothing"])
