"""`harken why` and the theme table are written apart; on any study they give the same n and base."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from study_builder import build_study, codebook, decision

from harken.model import Round, RoundKind, TextList, TextRule
from harken.services.tabulating import Base, tabulate
from harken.services.tracing import Standing, trace_cell
from harken.storage.store import Store

PEOPLE = ("p1", "p2", "p3", "p4")
QUESTIONS = ("q1", "q2")
CODES = ("f.a", "f.a.x", "f.b", "g.c")
CODERS = ("ada", "ben", "eve", "consensus")
ROUNDS = (
    Round(name="main", primary_coder="ben", coders=("eve", "ben")),
    Round(name="overlap", kind=RoundKind.RELIABILITY),
    Round(name="again", kind=RoundKind.REPEAT),
    Round(name="second", kind=RoundKind.RECODE),
)
BASES = ("default", "any", "all", "majority", "coder:ada", "coder:consensus")


@st.composite
def studies(draw: st.DrawFn) -> Store:
    places = [
        (person, question, occasion) for person in PEOPLE for question in QUESTIONS for occasion in ("", "2")
    ]
    answers = [
        (*place, draw(st.sampled_from(["said", "n/a", ""])))
        for place in draw(st.lists(st.sampled_from(places), unique=True, min_size=1))
    ]
    made = st.tuples(
        st.sampled_from(answers),
        st.sampled_from(CODERS),
        st.sampled_from([round.name for round in ROUNDS]),
        st.sets(st.sampled_from(CODES)),
        st.booleans(),
        st.sampled_from(["2024-03-01T00:00:00.000000Z", "2024-03-02T00:00:00.000000Z"]),
    )
    decisions = [
        decision(
            coder,
            answer[0],
            answer[1],
            *(() if uncodable else sorted(codes)),
            occasion=answer[2],
            round=round,
            uncodable=uncodable,
            at=at,
        )
        for answer, coder, round, codes, uncodable, at in draw(
            st.lists(made, unique_by=lambda one: (one[0], one[1], one[2]), max_size=14)
        )
    ]
    return build_study(
        people={
            name: {
                "team": draw(st.sampled_from(["x", "y", ""])),
                "asked": draw(st.sampled_from(["yes", "no"])),
            }
            for name in PEOPLE
        },
        answers=answers,
        codebook=codebook(*CODES, questions={"f.b": ("q2",)}),
        decisions=decisions,
        asked=draw(st.sampled_from([{}, {"q1": "asked"}])),
        excluded=draw(st.sampled_from([{}, {"late": ["p4"]}])),
        rounds=ROUNDS,
        rules=[TextRule(list=TextList.NON_RESPONSE, text="n/a")],
    )


@settings(max_examples=150, deadline=None)
@given(
    store=studies(),
    basis=st.sampled_from(BASES),
    base=st.sampled_from(list(Base)),
    with_excluded=st.booleans(),
)
def test_every_cell_comes_to_the_people_that_are_listed_behind_it(
    store: Store, basis: str, base: Base, with_excluded: bool
) -> None:
    with store:
        deciding = {name for (name,) in store.connection.execute("SELECT DISTINCT coder FROM decisions")}
        if basis == "majority" and len(deciding - {"consensus"}) < 3:
            basis = "any"
        if basis == "coder:ada" and "ada" not in deciding:
            basis = "all"
        if basis == "coder:consensus" and "consensus" not in deciding:
            basis = "all"
        table = tabulate(
            store,
            by="team",
            basis=basis,
            base=base,
            with_excluded=with_excluded,
            with_comparisons=False,
            with_slices=False,
        )
        for theme in (*table.united.themes, *table.united.families):
            for cell in (*theme.cells, theme.total):
                group = None if cell is theme.total else cell.group
                traced = trace_cell(
                    store,
                    theme.code if "." in theme.code else f"family:{theme.code}",
                    viewer="lead",
                    by="team",
                    group=group,
                    basis=basis,
                    base=base,
                    with_excluded=with_excluded,
                    with_not_mentioned=True,
                    with_outside=True,
                )
                mentioned = [one for one in traced.people if one.standing is Standing.MENTIONED]
                in_base = [one for one in traced.people if one.in_base]
                assert (traced.n, traced.base) == (cell.n, cell.base)
                assert (len(mentioned), len(in_base)) == (cell.n, cell.base)
                assert all(any(answer.has_theme for answer in one.answers) for one in mentioned)
                assert sum(n for one, n in traced.standings if traced.has_in_base(one)) == cell.base
