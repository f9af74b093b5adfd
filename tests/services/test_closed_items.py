"""What people chose in closed items, by group."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from study_builder import codebook, decision

from harken.errors import HarkenError
from harken.services.closed_items import (
    ClosedBase,
    Net,
    closed_report,
    count_closed_items,
    read_scales,
    remember_given,
)
from harken.services.closed_items.scales import in_order, parse_net
from harken.stats.association import table_test
from harken.stats.differences import difference_limits
from harken.stats.proportions import wilson

CODES = codebook("good.trust", "bad.worry")


@pytest.fixture
def survey(study):
    """Twelve people of two groups with a scale from 1 to 3; p12 is excluded."""
    chosen = {"a": ["3", "3", "2", "1", "", " 2 "], "b": ["10", "3", "3", "3", "3", "1"]}
    people = {
        f"p{6 * at + number}": {"group": group, "agree": value}
        for at, (group, values) in enumerate(chosen.items())
        for number, value in enumerate(values, 1)
    }
    return study(
        people=people,
        answers=[(name, "q", "text") for name in people],
        codebook=CODES,
        decisions=[
            *(decision("ada", f"p{at}", "q", "good.trust") for at in (1, 2, 8)),
            *(decision("ada", f"p{at}", "q") for at in (3, 4, 5, 9, 10)),
        ],
        excluded={"item non-response": ["p12"]},
    )


def counts(answer) -> list[tuple[int | None, int]]:
    return [(cell.n, cell.base) for cell in (*answer.cells, answer.total)]


def test_people_are_counted_by_answer_and_group_and_blank_ones_apart(survey) -> None:
    (item,) = count_closed_items(survey, items=["agree"], by="group").items
    assert [(answer.label, counts(answer)) for answer in item.answers] == [
        ("1", [(1, 5), (0, 5), (1, 10)]),
        ("2", [(2, 5), (0, 5), (2, 10)]),
        ("3", [(2, 5), (4, 5), (6, 10)]),
        ("10", [(0, 5), (1, 5), (1, 10)]),
    ]
    bases = [
        (one.name, one.returned, one.excluded, one.participants, one.answered, one.missing, one.median)
        for one in (*item.groups, item.total)
    ]
    assert bases == [("a", 6, 0, 6, 5, 1, 2.0), ("b", 6, 1, 5, 5, 0, 3.0), ("total", 12, 1, 11, 10, 1, 3.0)]


def test_the_base_may_be_everybody_who_is_counted(survey) -> None:
    (item,) = count_closed_items(survey, items=["agree"], base=ClosedBase.PARTICIPANTS).items
    assert counts(item.answers[2]) == [(6, 11), (6, 11)]


def test_shares_have_wilsons_limits_and_differences_miettinen_and_nurminens(survey) -> None:
    (item,) = count_closed_items(survey, items=["agree"], by="group").items
    three = item.answers[2]
    cell = three.cells[0]
    assert (cell.proportion, cell.low, cell.high) == (2 / 5, *wilson(2, 5))
    assert cell.percent is None
    assert three.difference.value == pytest.approx(float(Fraction(2, 5) - Fraction(4, 5)))
    assert (three.difference.low, three.difference.high) == difference_limits(2, 5, 4, 5)


def test_an_item_has_one_test_over_all_its_answers(survey) -> None:
    (item,) = count_closed_items(survey, items=["agree"], by="group").items
    expected = table_test([[1, 0], [2, 0], [2, 4], [0, 1]])
    assert (item.test.name, item.test.p, item.test.p_holm) == (expected.name, expected.p, expected.p)
    assert item.cramers_v.value is not None
    assert [answer.test for answer in item.answers] == [None] * 4


def test_a_net_counts_everybody_with_one_of_its_answers(survey) -> None:
    nets = [Net(label="high", values=("3", "10")), Net(label="any", values=("1", "2", "3", "10"))]
    (item,) = count_closed_items(survey, items=["agree"], by="group", nets=nets).items
    assert [(net.label, counts(net)) for net in item.nets] == [
        ("high", [(2, 5), (5, 5), (7, 10)]),
        ("any", [(5, 5), (5, 5), (10, 10)]),
    ]
    assert item.nets[0].test is not None
    assert (item.nets[1].test, item.nets[1].not_tested) == (None, "everybody")


def test_an_order_given_comes_first_and_keeps_answers_that_nobody_chose(survey) -> None:
    (item,) = count_closed_items(survey, items=["agree"], order=["10", "4", "3"]).items
    assert (item.order, [answer.label for answer in item.answers]) == ("given", ["10", "4", "3", "1", "2"])
    assert counts(item.answers[1]) == [(0, 10), (0, 10)]


def test_an_order_and_nets_are_remembered_where_asked_and_survive_a_replay(survey) -> None:
    net = Net(label="high", values=("3", "10"))
    shown = count_closed_items(survey, items=["agree", "group"], nets=[net], order=["3", "2", "1"])
    assert remember_given(survey, shown, nets=[net], order=["3", "2", "1"], actor="lead") == ("agree",)
    assert remember_given(survey, shown, nets=[net], order=["3", "2", "1"], actor="lead") == ()
    assert read_scales(survey)["agree"].nets == (net,)
    (item,) = count_closed_items(survey, items=["agree"]).items
    assert (item.order, [answer.label for answer in item.answers]) == ("remembered", ["3", "2", "1", "10"])
    assert [one.label for one in item.nets] == ["high"]


def test_a_net_of_the_same_name_takes_the_place_of_the_remembered_one(survey) -> None:
    old, new = Net(label="high", values=("3", "10")), Net(label="high", values=("3",))
    shown = count_closed_items(survey, items=["agree"])
    remember_given(survey, shown, nets=[old], order=[], actor="lead")
    (item,) = count_closed_items(survey, items=["agree"], nets=[new]).items
    assert [net.values for net in item.nets] == [("3",)]


def test_a_theme_is_counted_within_each_answer_over_people_whose_texts_are_coded(survey) -> None:
    nets = [Net(label="high", values=("3", "10"))]
    result = count_closed_items(survey, items=["agree"], themes=["trust", "good"], nets=nets)
    (item,) = result.items
    trust, good = item.themes
    assert [(cell.group, cell.n, cell.base) for cell in (*trust.cells, trust.total)] == [
        ("1", 0, 1),
        ("2", 0, 1),
        ("3", 3, 5),
        ("10", 0, 0),
        ("high", 3, 5),
        ("total", 3, 7),
    ]
    assert (trust.code, good.code) == ("good.trust", "good")
    assert result.n_undecided == 3


def test_people_may_be_kept_by_a_value(survey) -> None:
    (item,) = count_closed_items(survey, items=["agree"], where=[("group", "b")]).items
    assert counts(item.answers[-1]) == [(1, 5), (1, 5)]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"items": ["agre"]}, "No item 'agre'"),
        ({}, "no closed items"),
        ({"items": ["agree"], "order": ["9"]}, "Nobody chose any value of the order '9'"),
        ({"items": ["agree"], "nets": [Net(label="n", values=("x",))]}, "the net 'n'"),
        ({"items": ["group"], "order": ["A", "b"]}, "Did you mean 'a'?"),
        ({"items": ["agree"], "themes": ["nothing"]}, "No code or family 'nothing'"),
        ({"items": ["agree"], "by": "nothing"}, "nothing"),
        (
            {"items": ["agree"], "nets": [Net(label="n", values=("1",)), Net(label="n", values=("2",))]},
            "Two nets are called 'n'",
        ),
    ],
)
def test_what_is_not_there_is_named_with_the_way_out(survey, options, words: str) -> None:
    with pytest.raises(HarkenError, match=r"^[^\n]*$") as raised:
        count_closed_items(survey, **options)
    assert words in str(raised.value)


@pytest.mark.parametrize("given", ["agree", "=4|5", "agree=", "agree=|"])
def test_a_net_that_says_nothing_is_refused(given: str) -> None:
    with pytest.raises(HarkenError, match="LABEL=VALUE"):
        parse_net(given)


def test_the_page_has_a_row_for_each_answer_and_net_and_for_blank_ones(survey) -> None:
    nets = [Net(label="high", values=("3", "10"))]
    report = closed_report(count_closed_items(survey, items=["agree"], by="group", nets=nets))
    (table,) = report.tables
    assert [row[0].text for row in table.rows] == [
        *("1", "2", "3", "10"),
        *("Nets", "high (3 | 10)", "Blank, of all people"),
    ]
    assert [cell.text for cell in table.rows[-1][1:3]] == ["1", "6"]
    assert not any("p =" in note for note in table.notes)
    assert report.figures[0].alt == "agree. Commonest answer: a: 2, 2 of 5; b: 3, 4 of 5."


def test_tests_are_printed_where_they_are_asked_for(survey) -> None:
    report = closed_report(count_closed_items(survey, items=["agree"], by="group"), with_p=True)
    (table,) = report.tables
    assert any("All answers by groups: exact, p =" in note for note in table.notes)


def test_the_result_is_strict_json_and_has_flat_records(survey) -> None:
    result = count_closed_items(survey, items=["agree"], by="group", themes=["trust"])
    json.dumps(result.as_json(), allow_nan=False)
    records = result.to_records()
    assert [(one["answer"], one["theme"], one["group"], one["n"]) for one in records[:3]] == [
        ("1", "", "a", 1),
        ("1", "", "b", 0),
        ("1", "", "total", 1),
    ]
    assert len(records) == 4 * 3 + 5


@pytest.mark.parametrize(
    ("as_they_come", "ordered", "is_by_number"),
    [
        (["35-49", "80+", "<18", "18-34"], ["<18", "18-34", "35-49", "80+"], True),
        (["> 2,500", "1,000-2,500", "500-999"], ["500-999", "1,000-2,500", "> 2,500"], True),
        (["2 agree", "1 disagree", "unsure"], ["2 agree", "1 disagree", "unsure"], False),
    ],
)
def test_answers_that_all_begin_with_a_number_go_by_it(
    as_they_come: list[str], ordered: list[str], is_by_number: bool
) -> None:
    assert in_order(as_they_come, []) == (tuple(ordered), is_by_number)


def test_themes_that_are_called_the_same_stand_under_their_codes_too(survey) -> None:
    shown = count_closed_items(survey, items=["agree"], themes=["good.trust", "bad.worry"])
    (item,) = shown.items
    alike = replace(item, themes=tuple(replace(theme, label="Trust") for theme in item.themes))
    table = closed_report(replace(shown, items=(alike,))).tables[-1]
    assert list(dict.fromkeys(column.group for column in table.columns if column.group)) == [
        "Trust (good.trust)",
        "Trust (bad.worry)",
    ]
