"""New codes in the order of coding, and what that order may claim."""

from __future__ import annotations

import json

import pytest
from study_builder import codebook, decision

from harken.errors import HarkenError
from harken.model import Code, Round, RoundKind
from harken.services.saturating import CountedUnit, measure_saturation, saturation_report
from harken.storage.codebooks import stored_codebook
from harken.storage.codebooks.writing import add_code
from harken.storage.coding import decide

CODES = codebook("f.a", "f.a.b", "f.none_stated", "g.c", "g.unused")
PEOPLE = ("p1", "p2", "p3", "p4")


def build(study, decisions, *, one_by_one: bool = True, **parts):
    return study(
        people=PEOPLE,
        answers=[(name, question, "text") for name in PEOPLE for question in ("q1", "q2")],
        codebook=CODES,
        decisions=decisions,
        one_by_one=one_by_one,
        **parts,
    )


def curve(result) -> list[tuple[int, int]]:
    return [(point.n_new, point.n_codes) for point in result.order]


def test_people_come_in_the_order_in_which_their_last_answer_was_decided(study) -> None:
    store = build(
        study,
        [
            decision("ada", "p2", "q1", "f.a"),
            decision("ada", "p1", "q1", "f.a"),
            decision("ada", "p1", "q2", "g.c"),
            decision("ada", "p2", "q2", "f.a.b"),
            decision("ada", "p3", "q1"),
        ],
    )
    result = measure_saturation(store)
    # p3 and p4 have undecided answers and are not counted.
    assert (result.n_units, curve(result)) == (2, [(2, 2), (1, 3)])
    assert [(use.code, use.first, use.n_units) for use in result.codes] == [
        ("f.a", 1, 2),
        ("g.c", 1, 1),
        ("f.a.b", 2, 1),
    ]
    assert (result.n_unused, result.n_undecided) == (1, 3)


def test_answers_may_come_one_by_one(study) -> None:
    store = build(
        study,
        [
            decision("ada", "p2", "q2", "f.a"),
            decision("ada", "p1", "q1", "f.none_stated"),
            decision("ada", "p1", "q2", "f.a", "g.c"),
        ],
    )
    result = measure_saturation(store, unit=CountedUnit.ANSWER)
    assert (result.n_units, curve(result)) == (3, [(1, 1), (0, 1), (1, 2)])
    assert curve(measure_saturation(store, unit=CountedUnit.ANSWER, families=["g"])) == [
        (0, 0),
        (0, 0),
        (1, 1),
    ]


def test_a_decision_made_again_keeps_its_place(study) -> None:
    store = build(
        study,
        [
            decision("ada", "p1", "q1", "f.a"),
            decision("ada", "p2", "q1", "g.c"),
            decision("ada", "p1", "q1", "f.a", "f.a.b"),
        ],
    )
    assert curve(measure_saturation(store, questions=["q1"])) == [(2, 2), (1, 3)]


def test_repeat_rounds_do_not_say_when_an_answer_was_seen_first(study) -> None:
    store = build(
        study,
        [
            decision("ada", "p2", "q1", "g.c", round="again"),
            decision("ada", "p1", "q1", "f.a"),
            decision("ada", "p2", "q1", "g.c"),
        ],
        rounds=[Round(name="again", kind=RoundKind.REPEAT)],
    )
    uses = measure_saturation(store, questions=["q1"]).codes
    assert [(use.code, use.first) for use in uses] == [("f.a", 1), ("g.c", 2)]


def test_an_answer_that_has_nothing_but_a_consensus_is_counted_as_in_theme_tables(study) -> None:
    store = build(
        study,
        [
            decision("consensus", "p2", "q1", "g.c"),
            decision("ada", "p1", "q1", "f.a"),
            decision("consensus", "p1", "q1", "f.a.b"),
        ],
    )
    result = measure_saturation(store, questions=["q1"])
    assert (result.n_units, curve(result)) == (2, [(1, 1), (1, 2)])


def test_codes_made_before_the_first_decision_cannot_show_saturation(study) -> None:
    store = build(study, [decision("ada", name, "q1", "f.a") for name in PEOPLE])
    result = measure_saturation(store, questions=["q1"])
    assert (result.is_making_known, result.n_before, result.n_during) == (True, 1, 0)
    assert not result.is_inductive
    assert "cannot show saturation" in saturation_report(result).notes[0]


def test_codes_made_while_coding_are_told_from_those_before(study) -> None:
    store = build(study, [decision("ada", "p1", "q1", "f.a")])
    with store.action("ada") as action:
        add_code(action, parent="g", code=Code(key="new", label="New"))
    with store.action("ada") as action:
        decide(action, stored_codebook(store), decision("ada", "p2", "q1", "g.new"))
    result = measure_saturation(store, questions=["q1"])
    assert [(use.code, use.is_from_before) for use in result.codes] == [("f.a", True), ("g.new", False)]
    assert result.is_inductive


def test_decisions_of_a_file_say_nothing_of_when_codes_were_made(study) -> None:
    store = build(study, [decision("ada", name, "q1", "f.a") for name in PEOPLE], one_by_one=False)
    result = measure_saturation(store, questions=["q1"])
    assert (result.is_making_known, result.n_from_file) == (False, 4)
    assert [use.is_from_before for use in result.codes] == [None]
    assert "does not tell" in saturation_report(result).notes[0]


def test_a_file_gives_the_order_by_its_times(study) -> None:
    store = build(
        study,
        [
            decision("ada", "p1", "q1", "f.a", at="2026-02-02T10:00:00Z"),
            decision("ada", "p2", "q1", "g.c", at="2026-02-01T10:00:00Z"),
        ],
        one_by_one=False,
    )
    uses = measure_saturation(store, questions=["q1"]).codes
    assert [(use.code, use.first) for use in uses] == [("g.c", 1), ("f.a", 2)]


def test_bases_runs_and_thresholds_are_all_accounted_for(study) -> None:
    store = build(study, [decision("ada", name, "q1", "f.a") for name in PEOPLE])
    result = measure_saturation(store, questions=["q1"], bases=[1, 2], runs=[2], thresholds=[0.1])
    assert [(one.base, one.run, one.notation) for one in result.accounts] == [(1, 2, "1+2"), (2, 2, "2+2")]


def test_a_study_without_decisions_has_nothing_to_show(study) -> None:
    result = measure_saturation(build(study, []))
    assert (result.n_units, result.order, result.rarefaction, result.coverage) == (0, (), (), None)
    json.dumps(result.as_json(), allow_nan=False)
    report = saturation_report(result)
    assert report.notes[0] == "No code is on any answer in scope: there is nothing to show."
    assert report.figures == ()


def test_the_page_has_the_curve_at_round_numbers_and_a_figure_with_words(study) -> None:
    store = build(study, [decision("ada", name, "q1", "f.a") for name in PEOPLE])
    report = saturation_report(measure_saturation(store, questions=["q1"]))
    assert [table.short_title or table.title for table in report.tables] == [
        *("Codes", "Curve", "Base and run", "First use"),
    ]
    assert [row[0].text for row in report.tables[1].rows] == ["1", "2", "3", "4"]
    (figure,) = report.figures
    assert figure.alt.startswith("1 of 1 codes were seen after 3 of 4 people; the last new one came with")


def test_an_unknown_family_is_named(study) -> None:
    with pytest.raises(HarkenError, match="No family 'h'"):
        measure_saturation(build(study, []), families=["h"])
