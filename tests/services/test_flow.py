"""How many people came, stayed, answered and were coded."""

from __future__ import annotations

from study_builder import codebook, decision

from harken.report import FlowStep
from harken.services.flowing import flow, flow_report
from harken.services.tabulating import tabulate, theme_report
from harken.storage.withdrawal import withdraw

PEOPLE = {
    "e1": {"group": "experts"},
    "e2": {"group": "experts"},
    "p1": {"group": "patients"},
    "p2": {"group": "patients"},
    "p3": {"group": "patients"},
    "p4": {"group": "patients"},
}


def a_study(study):
    return study(
        people=PEOPLE,
        answers=[
            ("e1", "q1", "slow"),
            ("e1", "q2", ""),
            ("e2", "q1", "rude"),
            ("p1", "q1", "slow"),
            ("p1", "q2", "slow"),
            ("p2", "q1", " "),
            ("p3", "q1", "slow"),
            ("p4", "q1", "???"),
        ],
        codebook=codebook("wait.phone"),
        decisions=[
            decision("ada", "e1", "q1", "wait.phone"),
            decision("ada", "e2", "q1"),
            decision("ada", "p1", "q1", "wait.phone"),
            decision("ada", "p4", "q1", uncodable=True),
        ],
        excluded={"item non-response": ["e2"], "duplicate": ["p3"]},
    )


def steps(name, returned, excluded, usable, answered, undecided, uncodable, coded):
    return {
        "name": name,
        "returned": returned,
        "excluded": [{"reason": reason, "n": n} for reason, n in excluded.items()],
        "usable": usable,
        "answered": answered,
        "undecided": undecided,
        "uncodable": uncodable,
        "coded": coded,
    }


def test_each_group_and_question_has_its_steps(study) -> None:
    data = flow(a_study(study), by="group").as_json()
    both = {"item non-response": 1, "duplicate": 1}
    assert data["groups"] == [
        steps("experts", 2, {"item non-response": 1}, 1, 1, 0, 0, 1),
        steps("patients", 4, {"duplicate": 1}, 3, 2, 1, 1, 0),
    ]
    assert data["total"] == steps("total", 6, both, 4, 3, 1, 1, 1)
    assert [(part["question"], part["total"]) for part in data["questions"]] == [
        ("q1", steps("total", 6, both, 4, 3, 0, 1, 2)),
        ("q2", steps("total", 6, both, 4, 1, 1, 0, 0)),
    ]


def test_without_by_there_is_one_group_of_all(study) -> None:
    assert [group.name for group in flow(a_study(study)).groups] == ["all"]


def test_withdrawn_people_stand_in_the_total_alone_with_their_reason(study) -> None:
    store = a_study(study)
    withdraw(store, "p1", actor="lead")
    result = flow(store, by="group")
    assert [group.returned for group in result.groups] == [2, 3]
    assert result.total.returned == 6
    assert result.total.line == (
        "6 returned → 3 excluded (item non-response 1, duplicate 1, withdrawn 1) → 3 usable → 2 answered → "
        "1 coded"
    )
    assert any("1 withdrew" in note for note in flow_report(result, title="A study").notes)


def test_where_everybody_withdrew_the_total_is_left(study) -> None:
    store = a_study(study)
    for name in PEOPLE:
        withdraw(store, name, actor="lead")
    whole, _ = flow_report(flow(store, by="group"), title="A study").tables
    assert [[cell.text for cell in row] for row in whole.rows] == [
        ["total", "6", "6", "withdrawn 6", "0", "0", "0", "0", "0"]
    ]
    themes, bases = theme_report(tabulate(store, by="group", questions=["q1"])).tables
    assert [column.group for column in themes.columns] == ["", "", *["total"] * 5]
    assert {len(row) for row in themes.rows} == {len(themes.columns)}
    assert [cell.text for cell in bases.rows[0]] == ["Returned", "0"]


def test_flow_and_themes_count_the_same_people(study) -> None:
    store = a_study(study)
    flows, themes = flow(store, by="group"), tabulate(store, by="group")
    assert [(group.usable, group.answered, group.coded) for group in flows.groups] == [
        (group.participants, group.answered, group.coded) for group in themes.united.groups
    ]


def test_the_report_says_the_line_and_a_row_for_each_group_and_question(study) -> None:
    report = flow_report(flow(a_study(study), by="group"), title="A study")
    whole, by_question = report.tables
    assert whole.title == "Flow of people by group"
    assert whole.notes == (
        "Over all questions: 6 returned → 2 excluded (item non-response 1, duplicate 1) → 4 usable → 3 "
        "answered → 1 coded.",
    )
    assert [[cell.text for cell in row] for row in whole.rows] == [
        ["experts", "2", "1", "item non-response 1", "1", "1", "0", "0", "1"],
        ["patients", "4", "1", "duplicate 1", "3", "2", "1", "1", "0"],
        ["total", "6", "2", "item non-response 1, duplicate 1", "4", "3", "1", "1", "1"],
    ]
    assert [row[0].text for row in by_question.rows] == ["q1"] * 3 + ["q2"] * 3


def test_the_picture_has_a_column_of_boxes_for_each_group_and_the_total(study) -> None:
    (figure,) = flow_report(flow(a_study(study), by="group"), title="A study").figures
    experts, patients, total = figure.plot.columns
    assert [column.heading for column in (experts, patients, total)] == ["experts", "patients", "total"]
    assert total.steps == (
        FlowStep(label="Returned", n="n = 6", left=("2 excluded", "1 item non-response", "1 duplicate")),
        FlowStep(label="Usable", n="n = 4", left=("1 without an answer",)),
        FlowStep(label="Answered", n="n = 3", left=("1 undecided", "1 uncodable")),
        FlowStep(label="Coded", n="n = 1"),
    )
    assert experts.steps[0].left == ("1 excluded", "(item non-response)")
    assert figure.alt.startswith("experts: 2 returned → 1 excluded (item non-response 1) → 1 usable")


def test_the_picture_has_no_box_where_nobody_in_any_group_leaves(study) -> None:
    store = study(
        people={"a": {"group": "x"}, "b": {"group": "y"}},
        answers=[("a", "q1", "slow"), ("b", "q1", "rude")],
        codebook=codebook("wait.phone"),
        decisions=[decision("ada", "a", "q1"), decision("ada", "b", "q1")],
    )
    (figure,) = flow_report(flow(store, by="group"), title="A study").figures
    assert [[step.left for step in column.steps] for column in figure.plot.columns] == [
        [("0 excluded",), (), (), ()]
    ] * 3


def test_more_groups_than_a_picture_shows_are_left_to_the_table(study) -> None:
    names = [f"p{n}" for n in range(7)]
    store = study(
        people={name: {"group": f"group of {name}"} for name in names},
        answers=[(name, "q1", "slow") for name in names],
    )
    report = flow_report(flow(store, by="group"), title="A study")
    (figure,) = report.figures
    assert [column.heading for column in figure.plot.columns] == [""]
    assert figure.notes == ("Groups of group are not drawn: 7 are too many for one picture.",)
    assert len(report.tables[0].rows) == 8


def test_a_study_without_people_has_no_picture(study) -> None:
    assert flow_report(flow(study(people={}, answers=[])), title="A study").figures == ()
