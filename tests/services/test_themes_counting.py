"""What theme tables say beside the counts, whom they count, and that stored sets follow the decisions."""

from __future__ import annotations

import json

import pytest
from study_builder import build_study, codebook, decision

from harken.errors import HarkenError
from harken.model import Code
from harken.services.checking import check_project, repair_project
from harken.services.counting.loading import load_sheet
from harken.services.studies import create_study
from harken.services.tabulating import Base, tabulate
from harken.services.withdrawing import withdraw_participant
from harken.stats.quartiles import middle_and_quartiles, middle_and_quartiles_of
from harken.storage import driver
from harken.storage.codebooks import change_code, stored_codebook
from harken.storage.coding import decide
from harken.storage.counted import keeping

CODES = codebook("f.a", "f.b")


def some_people(**more):
    """Four people of two wards; p1 says a theme twice, p4 has not answered."""
    return build_study(
        people={
            "p1": {"ward": "x", "sex": "f", "w": "1"},
            "p2": {"ward": "x", "sex": "m", "w": "3"},
            "p3": {"ward": "y", "sex": "f", "w": "2"},
            "p4": {"ward": "y", "sex": "", "w": "4"},
        },
        answers=[
            ("p1", "q1", "slow and dear"),
            ("p1", "q2", "slow"),
            ("p2", "q1", "fine"),
            ("p3", "q1", "slow"),
            ("p4", "q1", " "),
        ],
        codebook=CODES,
        decisions=[
            decision("ada", "p1", "q1", "f.a", "f.b"),
            decision("ada", "p1", "q2", "f.a"),
            decision("ada", "p2", "q1"),
            decision("ada", "p3", "q1", "f.a"),
        ],
        **more,
    )


def cell(table, code: str = "f.a"):
    return next(theme.total for theme in table.united.themes if theme.code == code)


# -- beside the counts


def test_mentions_are_answers_with_the_theme() -> None:
    with some_people() as store:
        table = tabulate(store)
        assert (cell(table).n, cell(table).mentions) == (2, 3)
        assert [part.figures.themes[0].total.mentions for part in table.slices] == [2, 1]


def test_a_parents_mentions_count_an_answer_with_two_of_its_codes_once() -> None:
    with some_people() as store:
        (family,) = tabulate(store).united.families
        assert family.total.mentions == 3


def test_what_people_without_a_coded_answer_could_change_stands_beside_each_share() -> None:
    with some_people() as store:
        found = cell(tabulate(store))
        assert (found.base, found.low_if_missing, found.high_if_missing) == (3, 2 / 4, 3 / 4)


def test_the_comment_rate_is_answered_of_eligible() -> None:
    with some_people() as store:
        groups = tabulate(store, by="ward").united.groups
        assert [group.comment_rate for group in groups] == [1.0, 0.5]


@pytest.mark.parametrize("values", [[], [7], [1, 2], [0, 1, 2, 9], [3, 3, 5, 8, 13], [1, 4, 4, 4, 4, 9]])
def test_quartiles_of_counts_are_those_of_the_values(values: list[int]) -> None:
    import numpy as np

    counts = np.bincount(np.array(values, dtype=np.int64), minlength=1)
    assert middle_and_quartiles_of(counts) == middle_and_quartiles(values)


# -- who is counted


def test_where_keeps_people_with_any_of_the_values_of_each_column() -> None:
    with some_people() as store:
        names = [
            load_sheet(store, where=where).people.names
            for where in (
                [("sex", "f")],
                [("sex", "f"), ("sex", "m")],
                [("sex", "f"), ("ward", "x")],
                [("sex", "(missing)")],
            )
        ]
        assert names == [("p1", "p3"), ("p1", "p2", "p3"), ("p1",), ("p4",)]


def test_a_table_of_some_people_says_which_and_counts_no_others() -> None:
    with some_people() as store:
        table = tabulate(store, by="ward", where=[("sex", "f")])
        assert table.where == (("sex", "f"),)
        assert [(group.name, group.returned) for group in table.united.groups] == [("x", 1), ("y", 1)]


def test_groups_that_nobody_chosen_is_in_are_left_out() -> None:
    with some_people() as store:
        table = tabulate(store, by="ward", where=[("ward", "y")])
        assert [group.name for group in table.united.groups] == ["y"]


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ([("age", "9")], "No column 'age' to choose people by. Columns: ward, sex, w."),
        ([("sex", "x")], "Nobody has 'x' in column 'sex'. Its values are: 'f', 'm', '(missing)'."),
    ],
)
def test_an_unknown_column_or_value_is_refused_with_what_is_there(where, said: str) -> None:
    with some_people() as store, pytest.raises(HarkenError) as refused:
        tabulate(store, where=where)
    assert str(refused.value) == said


def test_a_column_of_300_values_is_refused_with_the_way_out() -> None:
    people = {f"p{number}": {"age": str(number)} for number in range(300)}
    with build_study(people=people, answers=[("p1", "q", "slow")], codebook=CODES) as store:
        with pytest.raises(HarkenError) as refused:
            tabulate(store, by="age")
        assert str(refused.value) == (
            "Column 'age' makes 300 groups and a table holds 50 at most. Compare by a column with fewer "
            "values, or keep some of them: --where age=VALUE, repeated."
        )
        table = tabulate(store, by="age", where=[("age", "7"), ("age", "3")])
        assert [group.name for group in table.united.groups] == ["3", "7"]


def test_a_group_of_one_person_and_nobody_coded_make_a_table() -> None:
    with build_study(
        people={"p1": {"g": "a"}, "p2": {"g": "b"}}, answers=[("p1", "q", "slow")], codebook=CODES
    ) as store:
        table = tabulate(store, by="g")
        assert [(one.coded, one.undecided) for one in table.united.groups] == [(0, 1), (0, 0)]
        assert cell(table).proportion is None


# -- weights


def test_weighted_shares_stand_on_people() -> None:
    with some_people() as store:
        found = cell(tabulate(store, weights="w"))
        assert (found.n, found.base, found.proportion) == (2, 3, 3 / 6)
        assert found.low is not None
        assert found.high is not None
        assert found.low < 0.5 < found.high


def test_equal_weights_leave_the_share_as_it_is() -> None:
    people = {f"p{number}": {"w": "2.5"} for number in range(40)}
    with build_study(
        people=people,
        answers=[(name, "q", "slow") for name in people],
        codebook=CODES,
        decisions=[decision("ada", name, "q", *(["f.a"] if name < "p2" else [])) for name in people],
    ) as store:
        for base in Base:
            plain, weighted = (cell(tabulate(store, base=base, weights=w)) for w in (None, "w"))
            assert weighted.proportion == pytest.approx(plain.proportion)
            assert weighted.percent == plain.percent


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("", "The weight of participant 'p2' in column 'w' is missing."),
        ("-1", "The weight of participant 'p2' in column 'w' is '-1': a weight cannot be negative."),
        ("many", "The weight of participant 'p2' in column 'w' is 'many', which is no number."),
        ("nan", "The weight of participant 'p2' in column 'w' is 'nan', which is no number."),
    ],
)
def test_a_weight_that_is_none_is_refused_with_its_participant(value: str, said: str) -> None:
    with (
        build_study(
            people={"p1": {"w": "1"}, "p2": {"w": value}}, answers=[("p1", "q", "slow")], codebook=CODES
        ) as store,
        pytest.raises(HarkenError) as refused,
    ):
        tabulate(store, weights="w")
    assert str(refused.value).startswith(said)


@pytest.mark.parametrize("unlike", ["1e17", "1e-17", "1e308"])
def test_weights_that_make_one_person_everybody_are_refused(unlike: str) -> None:
    with (
        build_study(
            people={"p1": {"w": "1"}, "p2": {"w": unlike}}, answers=[("p1", "q", "slow")], codebook=CODES
        ) as store,
        pytest.raises(HarkenError, match="The weights in column 'w' go from"),
    ):
        tabulate(store, weights="w")


def test_weights_that_are_all_zero_are_refused() -> None:
    with (
        build_study(people={"p1": {"w": "0"}}, answers=[("p1", "q", "slow")], codebook=CODES) as store,
        pytest.raises(HarkenError, match="Every weight in column 'w' is 0"),
    ):
        tabulate(store, weights="w")


# -- stored sets


def n_stored(store) -> int:
    (n,) = store.connection.execute("SELECT count(*) FROM people_sets").fetchone()
    return n


def decide_one(store, *codes: str) -> None:
    with store.action("ada") as action:
        decide(action, stored_codebook(store), decision("ada", "p2", "q1", *codes))


def test_a_decision_is_read_anew_and_nothing_else() -> None:
    with some_people() as store:
        assert cell(tabulate(store)).n == 2
        decide_one(store, "f.a")
        stale = store.connection.execute("SELECT response_id FROM stale_responses").fetchall()
        assert len(stale) == 1
        assert cell(tabulate(store)).n == 3
        assert store.connection.execute("SELECT * FROM stale_responses").fetchall() == []


def test_a_table_inside_a_transaction_sees_what_is_not_stored_yet() -> None:
    with some_people() as store:
        tabulate(store)
        decide_one(store, "f.a")
        with store.snapshot():
            assert cell(tabulate(store)).n == 3


def test_a_code_that_is_limited_to_a_question_is_read_anew_where_it_was_applied() -> None:
    with some_people() as store:
        assert cell(tabulate(store)).n == 2
        with store.action("ada") as action:
            code = Code(key="a", label="A", questions=("q2",))
            change_code(action, stored_codebook(store), path="f.a", code=code)
        table = tabulate(store)
        assert (cell(table).n, table.united.caveats.n_off_question) == (1, 2)
        assert check_project(store) == ()


def test_a_change_of_a_round_makes_the_sets_anew() -> None:
    with some_people() as store:
        decide_one(store, "f.b")
        with store.action("lead") as action:
            decide(action, stored_codebook(store), decision("lead", "p2", "q1", "f.a"))
        assert cell(tabulate(store)).n == 2
        store.connection.execute("UPDATE rounds SET primary_coder = 'lead'")
        assert cell(tabulate(store)).n == 3


def test_who_withdraws_leaves_every_set_and_no_value_of_theirs_stays() -> None:
    with some_people() as store:
        tabulate(store)
        assert values_stored(store, "sex") == ["", "f", "m"]
        withdraw_participant(store, "p2", actor="lead")
        assert values_stored(store, "sex") == ["", "f"]
        n_before = store.connection.execute("SELECT count(*) FROM people_sets").fetchall()
        assert tabulate(store).united.total.answered == 2
        assert check_project(store) == ()
        assert store.connection.execute("SELECT count(*) FROM people_sets").fetchall() == n_before


def values_stored(store, column: str) -> list[str]:
    rows = store.connection.execute("SELECT DISTINCT name FROM people_sets WHERE kind = 'value'")
    pairs = [json.loads(name) for (name,) in rows]
    return sorted(value for of, value in pairs if of == column)


def test_bases_that_sets_do_not_hold_leave_none() -> None:
    with some_people() as store:
        assert cell(tabulate(store, basis="coder:ada")).n == 2
        assert n_stored(store) == 0


def test_sets_that_say_otherwise_are_found_and_made_anew_by_repair() -> None:
    with some_people() as store:
        tabulate(store)
        store.connection.execute("DELETE FROM people_sets WHERE kind = 'code' AND name = 'f.a'")
        (finding,) = check_project(store)
        assert finding.endswith("do not match the decisions: tables would be wrong")
        repair_project(store)
        assert check_project(store) == ()
        assert cell(tabulate(store)).n == 2


def test_a_file_that_cannot_be_written_is_counted_all_the_same() -> None:
    with some_people() as store:
        store.is_read_only = True
        assert cell(tabulate(store)).n == 2
        assert n_stored(store) == 0


def test_a_table_is_counted_while_another_program_writes(tmp_path) -> None:
    with create_study(tmp_path / "study.db", lead="ada") as store:
        other = driver.sqlite3.connect(store.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert tabulate(store).united.total.returned == 0
        other.execute("ROLLBACK")
        other.close()
        assert store.connection.execute("SELECT count(*) FROM people_index").fetchone() == (0,)
        tabulate(store)
        assert store.connection.execute("SELECT count(*) FROM people_index").fetchone() == (1,)


def test_what_is_decided_while_sets_are_made_is_read_anew() -> None:
    with some_people() as store:
        with keeping.upkeep(store):
            token = keeping.begin(store.connection)
        decide_one(store, "f.a")
        stale = store.connection.execute("SELECT count(*) FROM stale_responses").fetchone()
        assert (keeping.is_begun(store.connection, token), stale) == (True, (1,))
        assert cell(tabulate(store)).n == 3
