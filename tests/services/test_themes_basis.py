"""What counts where several coders, or one coder several times, decided an answer."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from study_builder import build_study, codebook, decision

from harken.errors import HarkenError
from harken.model import Round, RoundKind
from harken.services.tabulating import tabulate
from harken.services.tabulating.result import ThemeTable, Tie
from harken.storage.codebooks import stored_codebook
from harken.storage.coding import decide

CODES = codebook("f.a", "f.b", "f.c")


def themes(table: ThemeTable) -> dict[str, int]:
    return {theme.code.removeprefix("f."): theme.total.n for theme in table.united.themes}


def one_answer(study, *decisions, rounds=(), **parts):
    return study(
        people=["p"],
        answers=[("p", "q", "text")],
        codebook=CODES,
        decisions=decisions,
        rounds=rounds,
        **parts,
    )


def test_the_coder_of_the_earliest_decision_is_primary(study) -> None:
    store = one_answer(study, decision("zoe", "p", "q", "f.a"), decision("ada", "p", "q", "f.b"))
    assert themes(tabulate(store)) == {"a": 1, "b": 0, "c": 0}


def test_the_time_of_an_imported_decision_says_which_is_earlier(study) -> None:
    store = one_answer(
        study,
        decision("zoe", "p", "q", "f.a", at="2024-03-02T00:00:00.000000Z"),
        decision("ada", "p", "q", "f.b", at="2024-03-01T00:00:00.000000Z"),
    )
    assert themes(tabulate(store)) == {"a": 0, "b": 1, "c": 0}


@pytest.mark.parametrize("one_by_one", [True, False])
def test_revising_a_decision_does_not_hand_the_answer_to_another_coder(study, one_by_one: bool) -> None:
    store = one_answer(
        study,
        decision("zoe", "p", "q", "f.a"),
        decision("ada", "p", "q", "f.b"),
        one_by_one=one_by_one,
    )
    with store.action("zoe") as action:
        decide(action, stored_codebook(store), decision("zoe", "p", "q", "f.c"))
    assert themes(tabulate(store)) == {"a": 0, "b": 0, "c": 1}


def test_the_rounds_primary_coder_goes_before_the_earliest(study) -> None:
    store = one_answer(
        study,
        decision("zoe", "p", "q", "f.a"),
        decision("ada", "p", "q", "f.b"),
        rounds=[Round(name="main", primary_coder="ada")],
    )
    assert themes(tabulate(store)) == {"a": 0, "b": 1, "c": 0}


def test_the_first_of_the_rounds_list_who_decided_goes_before_the_earliest(study) -> None:
    store = one_answer(
        study,
        decision("zoe", "p", "q", "f.a"),
        decision("ada", "p", "q", "f.b"),
        rounds=[Round(name="main", primary_coder="eve", coders=("eve", "ada", "zoe"))],
    )
    assert themes(tabulate(store)) == {"a": 0, "b": 1, "c": 0}


def test_the_adjudicated_decision_goes_before_any_coder(study) -> None:
    store = one_answer(
        study,
        decision("ada", "p", "q", "f.a"),
        decision("ben", "p", "q", "f.b"),
        decision("consensus", "p", "q", "f.c"),
        rounds=[Round(name="main", primary_coder="ada")],
    )
    table = tabulate(store)
    assert themes(table) == {"a": 0, "b": 0, "c": 1}
    assert not table.is_provisional


def test_answers_with_nothing_but_a_consensus_count_under_every_rule(study) -> None:
    store = one_answer(study, decision("consensus", "p", "q", "f.a"))
    for basis in ("default", "any", "all", "coder:consensus"):
        table = tabulate(store, basis=basis)
        assert (themes(table), table.united.caveats.n_several_coders) == ({"a": 1, "b": 0, "c": 0}, 0)


def test_reliability_overlap_does_not_change_counts(study) -> None:
    overlap = Round(name="overlap", kind=RoundKind.RELIABILITY, primary_coder="ben")
    alone = one_answer(study, decision("ada", "p", "q", "f.a"), rounds=[overlap])
    both = one_answer(
        study,
        decision("ben", "p", "q", "f.b", round="overlap"),
        decision("ada", "p", "q", "f.c", round="overlap"),
        decision("ada", "p", "q", "f.a"),
        rounds=[overlap],
    )
    assert themes(tabulate(both)) == themes(tabulate(alone)) == {"a": 1, "b": 0, "c": 0}
    cells = {theme.code: theme.total for theme in tabulate(both).united.themes}
    assert [(cells[code].n_all, cells[code].n_any) for code in ("f.a", "f.b", "f.c")] == [
        (0, 1),
        (0, 1),
        (0, 0),
    ]


def test_an_answer_decided_in_a_reliability_round_alone_is_undecided_and_said_to_be(study) -> None:
    store = one_answer(
        study,
        decision("ben", "p", "q", "f.b", round="overlap"),
        rounds=[Round(name="overlap", kind=RoundKind.RELIABILITY)],
    )
    table = tabulate(store)
    assert (table.united.total.undecided, table.united.caveats.n_uncounted_decisions) == (1, 1)
    assert themes(tabulate(store, basis="any")) == {"a": 0, "b": 1, "c": 0}


def test_a_coders_main_decision_goes_before_a_later_one_for_reliability(study) -> None:
    store = one_answer(
        study,
        decision("ada", "p", "q", "f.a"),
        decision("ada", "p", "q", "f.c", round="overlap"),
        rounds=[Round(name="overlap", kind=RoundKind.RELIABILITY)],
    )
    for basis in ("default", "any", "coder:ada"):
        assert themes(tabulate(store, basis=basis)) == {"a": 1, "b": 0, "c": 0}


def test_another_main_round_does_not_hand_the_answer_to_its_coder(study) -> None:
    store = one_answer(
        study,
        decision("ada", "p", "q", "f.a"),
        decision("ben", "p", "q", "f.b", round="second"),
        rounds=[Round(name="main"), Round(name="second", primary_coder="ben")],
    )
    assert themes(tabulate(store)) == {"a": 1, "b": 0, "c": 0}


def test_a_recode_round_stands_in_for_what_was_coded_before(study) -> None:
    store = one_answer(
        study,
        decision("ada", "p", "q", "f.a"),
        decision("ben", "p", "q", "f.b", round="after split"),
        rounds=[
            Round(name="main", primary_coder="ada"),
            Round(name="after split", kind=RoundKind.RECODE),
        ],
    )
    table = tabulate(store)
    assert themes(table) == {"a": 0, "b": 1, "c": 0}
    assert not table.is_provisional


def test_a_repeat_round_counts_nowhere(study) -> None:
    store = one_answer(
        study,
        decision("ada", "p", "q", "f.a"),
        decision("ada", "p", "q", "f.b", round="again"),
        rounds=[Round(name="again", kind=RoundKind.REPEAT)],
    )
    for basis in ("default", "any", "all", "coder:ada"):
        table = tabulate(store, basis=basis)
        assert themes(table) == {"a": 1, "b": 0, "c": 0}
        assert not table.is_provisional


def test_any_all_majority_and_one_coder_apply_to_each_answer_and_code(study) -> None:
    decided = (
        decision("ada", "p", "q", "f.a", "f.b"),
        decision("ben", "p", "q", "f.a", "f.b"),
        decision("eve", "p", "q", "f.a", "f.c"),
    )
    store = one_answer(study, *decided)
    assert {
        basis: themes(tabulate(store, basis=basis)) for basis in ("any", "all", "majority", "coder:eve")
    } == {
        "any": {"a": 1, "b": 1, "c": 1},
        "all": {"a": 1, "b": 0, "c": 0},
        "majority": {"a": 1, "b": 1, "c": 0},
        "coder:eve": {"a": 1, "b": 0, "c": 1},
    }


def test_rules_apply_before_answers_are_united(study) -> None:
    # Each coder says f.a once, but never both of the same answer.
    store = study(
        people=["p"],
        answers=[("p", "q1", "text"), ("p", "q2", "text")],
        codebook=CODES,
        decisions=[
            decision("ada", "p", "q1", "f.a"),
            decision("ben", "p", "q1"),
            decision("ada", "p", "q2"),
            decision("ben", "p", "q2", "f.a"),
        ],
    )
    assert themes(tabulate(store, basis="all")) == {"a": 0, "b": 0, "c": 0}
    assert themes(tabulate(store, basis="any")) == {"a": 1, "b": 0, "c": 0}


def test_an_uncodable_vote_counts_as_no(study) -> None:
    store = one_answer(
        study,
        decision("ada", "p", "q", "f.a"),
        decision("ben", "p", "q", uncodable=True),
        decision("eve", "p", "q", uncodable=True),
    )
    found = {basis: tabulate(store, basis=basis) for basis in ("any", "all", "majority", "coder:ben")}
    assert {basis: (themes(table)["a"], table.united.total.coded) for basis, table in found.items()} == {
        "any": (1, 1),
        "all": (0, 1),
        "majority": (0, 1),
        "coder:ben": (0, 0),
    }
    assert found["coder:ben"].united.total.uncodable == 1


def test_a_majority_of_an_even_number_is_a_tie_that_is_listed_and_counts_as_no(study) -> None:
    store = study(
        people=["p", "r"],
        answers=[("p", "q", "text"), ("r", "q", "text")],
        codebook=CODES,
        decisions=[
            decision("ada", "p", "q", "f.a", "f.b"),
            decision("ben", "p", "q", "f.b"),
            decision("eve", "r", "q", "f.c"),
        ],
    )
    table = tabulate(store, basis="majority")
    assert themes(table) == {"a": 0, "b": 1, "c": 1}
    assert table.ties == (Tie(participant="p", question="q", occasion="", code="f.a"),)


def test_a_majority_needs_three_coders_who_decided_something(study) -> None:
    store = one_answer(study, decision("ada", "p", "q", "f.a"), decision("ben", "p", "q", "f.b"))
    with pytest.raises(HarkenError, match="at least 3 coders and 2 decided"):
        tabulate(store, basis="majority")


def test_a_coder_who_left_an_answer_out_makes_it_undecided(study) -> None:
    store = study(
        people=["p", "r"],
        answers=[("p", "q", "text"), ("r", "q", "text")],
        codebook=CODES,
        decisions=[
            decision("ada", "p", "q", "f.a"),
            decision("ada", "r", "q", "f.a"),
            decision("ben", "p", "q", "f.b"),
        ],
    )
    total = tabulate(store, basis="coder:ben").united.total
    assert (total.coded, total.undecided) == (1, 1)


@pytest.mark.parametrize("basis", ["coder:nobody", "most", "coder", "any:ada", ""])
def test_an_unknown_basis_is_refused(study, basis: str) -> None:
    store = one_answer(study, decision("ada", "p", "q", "f.a"))
    with pytest.raises(HarkenError, match=r"Known coders: lead, ada|Choose default, majority"):
        tabulate(store, basis=basis)


def test_an_open_disagreement_makes_a_table_provisional(study) -> None:
    store = one_answer(study, decision("ada", "p", "q", "f.a"), decision("ben", "p", "q", "f.a", "f.b"))
    table = tabulate(store)
    assert (table.is_provisional, table.united.caveats.n_open_disagreements) == (True, 1)


def test_coders_who_agree_leave_nothing_provisional(study) -> None:
    store = one_answer(study, decision("ada", "p", "q", "f.a"), decision("ben", "p", "q", "f.a"))
    table = tabulate(store)
    assert (table.is_provisional, table.united.caveats.n_several_coders) == (False, 1)


_SETS = st.sets(st.sampled_from("abc"))
_PEOPLE = st.lists(
    st.tuples(st.lists(st.one_of(st.none(), _SETS), min_size=3, max_size=3), st.sampled_from("gh")),
    min_size=1,
    max_size=8,
)


@settings(max_examples=40, deadline=None)
@given(coded=_PEOPLE)
def test_rules_are_ordered_and_equal_a_plain_recount(coded) -> None:
    """All is within majority is within any, whoever coded what; each equals counting by hand."""
    coders = ("ada", "ben", "eve")
    people = {f"p{number}": {"g": group} for number, (_, group) in enumerate(coded)}
    decisions = [
        decision(coder, f"p{number}", "q", *(f"f.{code}" for code in sorted(codes)))
        for number, (votes, _) in enumerate(coded)
        for coder, codes in zip(coders, votes, strict=True)
        if codes is not None
    ]
    if len({one.coder for one in decisions}) < 3:
        return
    with build_study(
        people=people,
        answers=[(name, "q", "text") for name in people],
        codebook=CODES,
        decisions=decisions,
    ) as store:
        found = {basis: tabulate(store, by="g", basis=basis) for basis in ("all", "majority", "any")}
    rules = {
        "all": lambda n, of: n == of,
        "majority": lambda n, of: 2 * n > of,
        "any": lambda n, of: n > 0,
    }
    for basis, holds in rules.items():
        for theme in found[basis].united.themes:
            for cell in theme.cells:
                votes = [
                    [vote for vote in votes if vote is not None]
                    for votes, group in coded
                    if group == cell.group
                ]
                wanted = sum(
                    holds(sum(theme.code[-1] in one for one in ballot), len(ballot))
                    for ballot in votes
                    if ballot
                )
                assert (cell.n, cell.base) == (wanted, sum(1 for ballot in votes if ballot))
    for less, more in combinations(("all", "majority", "any"), 2):
        assert all(
            one.total.n <= other.total.n
            for one, other in zip(found[less].united.themes, found[more].united.themes, strict=True)
        )
