"""Who is counted in a theme table, of whom, and what each number is called."""

from __future__ import annotations

import json

import pytest
from study_builder import codebook, decision

from harken.errors import HarkenError
from harken.model import TextList, TextRule
from harken.services.tabulating import Base, tabulate
from harken.storage.withdrawal import withdraw

CODES = codebook("wait", "wait.phone", "wait.clinic", "staff.rude")


def bases(group) -> dict[str, int]:
    names = ("returned", "excluded", "participants", "eligible", "answered", "non_response")
    return {
        name: getattr(group, name) for name in (*names, "undecided", "uncodable", "coded", "nothing_to_code")
    }


def counts(figures, code: str) -> list[tuple[str, int, int]]:
    theme = next(one for one in (*figures.themes, *figures.families) if one.code == code)
    return [(cell.group, cell.n, cell.base) for cell in (*theme.cells, theme.total)]


def test_every_base_is_counted_once_per_person(study) -> None:
    store = study(
        people={
            "coded": {"group": "a"},
            "empty": {"group": "a"},
            "undecided": {"group": "a"},
            "half": {"group": "a"},
            "uncodable": {"group": "a"},
            "aside": {"group": "a"},
            "silent": {"group": "a"},
            "out": {"group": "a"},
        },
        answers=[
            ("coded", "q1", "slow phone"),
            ("coded", "q2", "slow phone again"),
            ("empty", "q1", "fine"),
            ("undecided", "q1", "hm"),
            ("half", "q1", "slow"),
            ("half", "q2", "slow"),
            ("uncodable", "q1", "???"),
            ("aside", "q1", "???"),
            ("aside", "q2", "rude"),
            ("silent", "q1", "  "),
            ("out", "q1", "slow"),
        ],
        codebook=CODES,
        decisions=[
            decision("ada", "coded", "q1", "wait.phone"),
            decision("ada", "coded", "q2", "wait.phone"),
            decision("ada", "empty", "q1"),
            decision("ada", "half", "q1", "wait.phone"),
            decision("ada", "uncodable", "q1", uncodable=True),
            decision("ada", "aside", "q1", uncodable=True),
            decision("ada", "aside", "q2", "staff.rude"),
            decision("ada", "out", "q1", "wait.phone"),
        ],
        excluded={"item non-response": ["out"]},
    )
    table = tabulate(store, by="group")
    (group,) = table.united.groups
    assert bases(group) == {
        "returned": 8,
        "excluded": 1,
        "participants": 7,
        "eligible": 7,
        "answered": 6,
        "non_response": 1,
        "undecided": 2,
        "uncodable": 1,
        "coded": 3,
        "nothing_to_code": 1,
    }
    assert counts(table.united, "wait.phone") == [("a", 1, 3), ("total", 1, 3)]
    assert counts(table.united, "staff.rude") == [("a", 1, 3), ("total", 1, 3)]
    assert table.is_provisional


def test_a_parent_and_a_family_count_distinct_people(study) -> None:
    store = study(
        people=["p1", "p2", "p3"],
        answers=[(name, "q", "text") for name in ("p1", "p2", "p3")],
        codebook=CODES,
        decisions=[
            decision("ada", "p1", "q", "wait.phone", "wait.clinic"),
            decision("ada", "p2", "q", "wait.clinic"),
            decision("ada", "p3", "q"),
        ],
    )
    table = tabulate(store)
    assert [(theme.code, theme.depth, theme.total.n) for theme in table.united.themes] == [
        ("wait.phone", 0, 1),
        ("wait.clinic", 0, 2),
        ("staff.rude", 0, 0),
    ]
    assert [(family.code, family.total.n) for family in table.united.families] == [("wait", 2), ("staff", 0)]


def test_a_code_counts_its_children_and_its_own(study) -> None:
    store = study(
        people=["p1", "p2"],
        answers=[("p1", "q", "text"), ("p2", "q", "text")],
        codebook=codebook("f.top", "f.top.below", "f.top.below.deep"),
        decisions=[decision("ada", "p1", "q", "f.top"), decision("ada", "p2", "q", "f.top.below.deep")],
    )
    themes = tabulate(store).united.themes
    assert [(theme.code, theme.depth, theme.total.n) for theme in themes] == [
        ("f.top", 0, 2),
        ("f.top.below", 1, 1),
        ("f.top.below.deep", 2, 1),
    ]


def test_a_net_without_none_stated_stands_beside_the_family(study) -> None:
    store = study(
        people=["p1", "p2", "p3"],
        answers=[(name, "q", "text") for name in ("p1", "p2", "p3")],
        codebook=codebook("risk.worry", "risk.none_stated"),
        decisions=[
            decision("ada", "p1", "q", "risk.worry"),
            decision("ada", "p2", "q", "risk.none_stated"),
            decision("ada", "p3", "q"),
        ],
    )
    (risk,) = tabulate(store).united.families
    assert (risk.total.n, risk.without_none_stated.total.n) == (2, 1)


def test_a_person_counts_once_over_questions_and_occasions_and_once_in_each(study) -> None:
    store = study(
        people=["p1", "p2"],
        answers=[("p1", "q", "1", "slow"), ("p1", "q", "2", "slow"), ("p2", "q", "1", "slow")],
        codebook=CODES,
        decisions=[
            decision("ada", "p1", "q", "wait.phone", occasion="1"),
            decision("ada", "p1", "q", "wait.phone", occasion="2"),
            decision("ada", "p2", "q", occasion="1"),
        ],
    )
    table = tabulate(store)
    assert counts(table.united, "wait.phone") == [("all", 1, 2), ("total", 1, 2)]
    assert [
        (part.question, part.occasion, counts(part.figures, "wait.phone")[0]) for part in table.slices
    ] == [("q", "1", ("all", 1, 2)), ("q", "2", ("all", 1, 1))]
    assert table.united.total.answers_per_person == 1.5


def test_one_question_on_one_occasion_has_no_slices(study) -> None:
    store = study(people=["p1"], answers=[("p1", "q", "slow")], codebook=CODES)
    assert tabulate(store).slices == ()


def test_only_the_questions_named_are_in_scope(study) -> None:
    store = study(
        people=["p1"],
        answers=[("p1", "q1", "slow"), ("p1", "q2", "slow")],
        codebook=CODES,
        decisions=[decision("ada", "p1", "q2", "wait.phone")],
    )
    table = tabulate(store, questions=["q2"])
    assert (table.questions, counts(table.united, "wait.phone")[0]) == (("q2",), ("all", 1, 1))
    assert not table.is_provisional


def test_a_code_of_one_question_has_only_those_who_answered_it_in_its_base(study) -> None:
    limited = codebook("wait.phone", "staff.rude", questions={"wait.phone": ("q1",)})
    store = study(
        people=["p1", "p2", "p3"],
        answers=[("p1", "q1", "slow"), ("p2", "q2", "rude"), ("p3", "q1", "fine"), ("p3", "q2", "slow")],
        codebook=limited,
        decisions=[
            decision("ada", "p1", "q1", "wait.phone"),
            decision("ada", "p2", "q2", "staff.rude"),
            decision("ada", "p3", "q1"),
            decision("ada", "p3", "q2", "wait.phone"),
        ],
    )
    table = tabulate(store)
    assert counts(table.united, "wait.phone")[0] == ("all", 1, 2)
    assert counts(table.united, "wait")[0] == ("all", 1, 2)
    assert counts(table.united, "staff.rude")[0] == ("all", 1, 3)
    assert table.united.caveats.n_off_question == 1
    assert [counts(part.figures, "wait.phone")[0] for part in table.slices] == [("all", 1, 2), ("all", 0, 0)]


@pytest.mark.parametrize(("base", "wanted"), [(Base.CODED, 3), (Base.ELIGIBLE, 4), (Base.SUBSTANTIVE, 2)])
def test_the_base_is_the_one_asked_for(study, base: Base, wanted: int) -> None:
    store = study(
        people=["p1", "p2", "p3", "p4"],
        answers=[("p1", "q", "slow"), ("p2", "q", "rude"), ("p3", "q", "fine"), ("p4", "q", "")],
        codebook=CODES,
        decisions=[
            decision("ada", "p1", "q", "wait.phone"),
            decision("ada", "p2", "q", "staff.rude"),
            decision("ada", "p3", "q"),
        ],
    )
    assert counts(tabulate(store, base=base).united, "wait.phone")[0] == ("all", 1, wanted)


@pytest.mark.parametrize("said", ["", " ", "0", "no", "FALSE"])
def test_who_was_not_asked_is_not_eligible_and_their_answers_are_set_aside(study, said: str) -> None:
    store = study(
        people={"p1": {"shown": "1"}, "p2": {"shown": "yes"}, "p3": {"shown": said}},
        answers=[("p1", "q", "slow"), ("p2", "q", ""), ("p3", "q", "slow")],
        codebook=CODES,
        decisions=[decision("ada", "p1", "q", "wait.phone"), decision("ada", "p3", "q", "wait.phone")],
        asked={"q": "shown"},
    )
    table = tabulate(store)
    assert (table.united.total.eligible, table.united.total.answered) == (2, 1)
    assert table.united.caveats.n_not_asked == 1
    assert table.united.caveats.routing_unknown == ()


def test_asking_may_differ_between_occasions(study) -> None:
    store = study(
        people=["p1", "p2"],
        answers=[("p1", "q", "1", "slow"), ("p1", "q", "2", ""), ("p2", "q", "1", "slow")],
        codebook=CODES,
        asked={"q": "shown"},
        per_response={
            ("p1", "q", "1"): {"shown": "1"},
            ("p1", "q", "2"): {"shown": "0"},
            ("p2", "q", "1"): {"shown": "1"},
        },
    )
    table = tabulate(store)
    assert [part.figures.total.eligible for part in table.slices] == [2, 0]
    assert table.united.total.eligible == 2


def test_without_routing_everybody_is_eligible_and_that_is_said(study) -> None:
    store = study(people=["p1", "p2"], answers=[("p1", "q", "slow")], codebook=CODES)
    table = tabulate(store)
    assert (table.united.total.eligible, table.united.caveats.routing_unknown) == (2, ("q",))


def test_groups_stand_in_the_datas_order_with_a_blank_one_named(study) -> None:
    store = study(
        people={"p1": {"g": "z"}, "p2": {"g": " "}, "p3": {"g": "a"}, "p4": {"g": "z"}},
        answers=[("p1", "q", "slow")],
        codebook=CODES,
    )
    groups = tabulate(store, by="g").united.groups
    assert [(group.name, group.participants) for group in groups] == [("z", 2), ("(missing)", 1), ("a", 1)]


def test_an_unknown_column_is_refused_with_the_known_ones_named(study) -> None:
    store = study(people={"p1": {"group": "a"}}, answers=[("p1", "q", "slow")])
    with pytest.raises(HarkenError, match=r"'grop'.*group"):
        tabulate(store, by="grop")


def test_a_column_that_differs_within_a_person_is_refused(study) -> None:
    store = study(
        people=["p1"], answers=[("p1", "q", "slow")], per_response={("p1", "q", ""): {"mood": "good"}}
    )
    with pytest.raises(HarkenError, match="'mood' differs within participants"):
        tabulate(store, by="mood")


def test_an_unknown_question_is_refused_with_the_known_ones_named(study) -> None:
    store = study(people=["p1"], answers=[("p1", "q", "slow")])
    with pytest.raises(HarkenError, match=r"'r'.*Known questions: q"):
        tabulate(store, questions=["r"])


def test_excluded_people_come_back_on_what_they_answered_when_asked_for(study) -> None:
    store = study(
        people=["in", "out"],
        answers=[("in", "q", "slow"), ("out", "q", "slow")],
        codebook=CODES,
        decisions=[decision("ada", "in", "q", "wait.phone"), decision("ada", "out", "q", "wait.phone")],
        excluded={"duplicate": ["out"]},
    )
    without, kept = tabulate(store), tabulate(store, with_excluded=True)
    assert (counts(without.united, "wait.phone")[0], without.united.total.excluded) == (("all", 1, 1), 1)
    assert (counts(kept.united, "wait.phone")[0], kept.united.total.excluded) == (("all", 2, 2), 0)


def test_withdrawn_people_leave_every_figure(study, tmp_path) -> None:
    store = study(
        people=["stay", "go"],
        answers=[("stay", "q", "slow"), ("go", "q", "slow")],
        codebook=CODES,
        decisions=[decision("ada", "stay", "q", "wait.phone"), decision("ada", "go", "q", "wait.phone")],
    )
    withdraw(store, "go", actor="lead")
    for with_excluded in (False, True):
        table = tabulate(store, with_excluded=with_excluded)
        assert bases(table.united.total)["returned"] == 1
        assert counts(table.united, "wait.phone")[0] == ("all", 1, 1)


def test_codings_on_a_text_listed_as_non_response_count_nowhere(study) -> None:
    store = study(
        people=["p1", "p2"],
        answers=[("p1", "q", "slow"), ("p2", "q", "Did not answer")],
        codebook=CODES,
        decisions=[decision("ada", "p1", "q", "wait.phone"), decision("ada", "p2", "q", "wait.phone")],
        rules=[TextRule(list=TextList.NON_RESPONSE, text="did not  answer")],
    )
    table = tabulate(store)
    assert counts(table.united, "wait.phone")[0] == ("all", 1, 1)
    assert (table.united.total.answered, table.united.total.non_response) == (1, 1)


def test_words_and_codes_stand_beside_the_figures(study) -> None:
    store = study(
        people=["p1", "p2", "p3"],
        answers=[("p1", "q", "one"), ("p2", "q", "one two three"), ("p3", "q", "one two three four five")],
        codebook=CODES,
        decisions=[
            decision("ada", "p1", "q"),
            decision("ada", "p2", "q", "wait.phone"),
            decision("ada", "p3", "q", "wait.phone", "staff.rude"),
        ],
    )
    total = tabulate(store).united.total
    assert (total.words_median, total.words_iqr, total.codes_per_person) == (3.0, (2.0, 4.0), 1.0)


def test_below_a_base_of_20_percent_is_null_and_the_limits_stand(study) -> None:
    names = [f"p{number}" for number in range(20)]
    store = study(
        people=names,
        answers=[(name, "q", "slow") for name in names],
        codebook=CODES,
        decisions=[decision("ada", name, "q", "wait.phone") for name in names[:19]],
    )
    cell = tabulate(store).united.themes[0].total
    assert (cell.n, cell.base, cell.percent, cell.high) == (19, 19, None, 1.0)


def test_an_empty_codebook_gives_bases_and_no_themes(study) -> None:
    store = study(people=["p1"], answers=[("p1", "q", "slow")])
    table = tabulate(store)
    assert (table.united.themes, table.united.families, table.united.total.answered) == ((), (), 1)


def test_json_is_strict_and_has_every_key_of_the_format(study) -> None:
    store = study(
        people={"p1": {"g": "a"}, "p2": {"g": "b"}},
        answers=[("p1", "q1", "slow"), ("p1", "q2", "slow")],
        codebook=CODES,
        decisions=[decision("ada", "p1", "q1", "wait.phone")],
    )
    data = json.loads(json.dumps(tabulate(store, by="g").as_json(), allow_nan=False))
    assert {"basis", "base", "provisional", "sampling", "groups", "themes", "families", "slices"} <= set(data)
    assert {"code", "family", "depth", "cells", "total"} <= set(data["themes"][0])
    assert set(data["themes"][0]["cells"][0]) == {
        *("group", "n", "base", "proportion", "low", "high"),
        *("percent", "n_all", "n_any", "suppressed", "mentions"),
        *("low_if_missing", "high_if_missing"),
    }
    assert {"question", "occasion", "provisional", "groups", "themes", "families"} <= set(data["slices"][0])
    assert [cell["group"] for cell in data["themes"][0]["cells"]] == ["a", "b"]


def test_records_hold_every_cell_of_every_scope(study) -> None:
    store = study(
        people=["p1"],
        answers=[("p1", "q1", "slow"), ("p1", "q2", "slow")],
        codebook=CODES,
        decisions=[decision("ada", "p1", "q1", "wait.phone"), decision("ada", "p1", "q2")],
    )
    records = tabulate(store).to_records()
    assert len(records) == 3 * (3 + 2) * 2
    assert [
        (record["question"], record["n"])
        for record in records
        if record["code"] == "wait.phone" and record["is_total"]
    ] == [("", 1), ("q1", 1), ("q2", 0)]
