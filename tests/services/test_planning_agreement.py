"""Planning the double-coding from decisions of a project, and from prevalences that are given."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from study_builder import codebook, decision

from harken.errors import HarkenError
from harken.exporters.structured import dumps
from harken.exporters.terminal import terminal_text
from harken.model import CONSENSUS, Code, Codebook, Decision, Family, Round
from harken.services.agreeing.planning import (
    PlannedCode,
    PrevalenceSource,
    plan_agreement,
    plan_for_prevalences,
    plan_report,
)
from harken.stats.planning import Aim
from harken.storage.store import Store

Build = Callable[..., Store]
PEOPLE = [f"p{number}" for number in range(40)]


def decided(
    coder: str, question: str, uses: dict[str, int], *, n: int = 40, round: str = "main"
) -> list[Decision]:
    """Decisions on the first `n` people's answers; each code is applied to the first so many of them."""
    return [
        decision(coder, person, question, *(code for code, used in uses.items() if place < used), round=round)
        for place, person in enumerate(PEOPLE[:n])
    ]


def a_study(study: Build, decisions: list[Decision], book: Codebook | None = None, **parts: object) -> Store:
    """Forty people who each answered q1 and q2."""
    return study(
        people=PEOPLE,
        answers=[(person, question, "an answer") for person in PEOPLE for question in ("q1", "q2")],
        codebook=book or codebook("theme.x", "theme.x.below", "theme.y", "theme.z"),
        decisions=decisions,
        **parts,
    )


def prevalences(store: Store, **options: object) -> dict[str, float | None]:
    return {code.code: code.prevalence for code in plan_agreement(store, **options).codes}  # type: ignore[arg-type]


def test_a_prevalence_is_the_share_of_decided_answers_with_the_code_or_one_below_it(study: Build) -> None:
    store = a_study(study, decided("ann", "q1", {"theme.x": 4, "theme.x.below": 8, "theme.y": 1}, n=20))
    assert prevalences(store) == {
        "theme.x": 8 / 20,
        "theme.x.below": 8 / 20,
        "theme.y": 1 / 20,
        "theme.z": None,
    }


def test_an_answer_that_two_decided_counts_once_with_the_mean_of_them(study: Build) -> None:
    both = [*decided("ann", "q1", {"theme.y": 10}, n=20), *decided("bob", "q1", {"theme.y": 5}, n=10)]
    assert prevalences(a_study(study, both))["theme.y"] == (5 + 5 / 2) / 20


def test_the_adjudicated_layer_and_other_rounds_do_not_count(study: Build) -> None:
    decisions = [
        *decided("ann", "q1", {"theme.y": 4}),
        *decided(CONSENSUS, "q1", {"theme.y": 40}),
        *decided("ann", "q1", {"theme.y": 20}, round="pilot"),
    ]
    store = a_study(study, decisions, rounds=[Round(name="pilot")])
    assert prevalences(store, rounds=["main"])["theme.y"] == 4 / 40
    assert prevalences(store)["theme.y"] == 12 / 40


def test_an_uncodable_answer_counts_as_one_without_codes(study: Build) -> None:
    decisions = [decision("ann", "p0", "q1", "theme.y"), decision("ann", "p1", "q1", uncodable=True)]
    assert prevalences(a_study(study, decisions))["theme.y"] == 1 / 2


def test_a_code_for_one_question_alone_counts_the_answers_to_it(study: Build) -> None:
    book = codebook("theme.x", "theme.y", questions={"theme.y": ("q2",)})
    decisions = [*decided("ann", "q1", {"theme.x": 20}), *decided("ann", "q2", {"theme.y": 20}, n=25)]
    plan = plan_agreement(a_study(study, decisions, book), double_coded=[79, 80, 160])
    assert plan.codes[1] == PlannedCode(
        code="theme.y",
        prevalence=0.8,
        source=PrevalenceSource.DECISIONS,
        n_decided=25,
        n_answers=40,
        n_for_uses=13,
        n_for_targets=(96, 164),
    )
    assert (plan.n_answers, plan.n_decided) == (80, 65)
    assert plan_agreement(a_study(study, decisions, book), questions=["q1"]).codes[0].n_answers == 40


def test_of_a_sample_a_code_for_one_question_gets_only_its_part(study: Build) -> None:
    book = codebook("theme.y", questions={"theme.y": ("q2",)})
    everywhere = a_study(study, decided("ann", "q2", {"theme.y": 20}), codebook("theme.y"))
    plan = plan_agreement(everywhere, double_coded=[59, 60])
    assert [sample.codes for sample in plan.samples] == [((), ()), (("theme.y",), ())]
    plan = plan_agreement(
        a_study(study, decided("ann", "q2", {"theme.y": 20}), book), double_coded=[119, 120]
    )
    assert [sample.codes for sample in plan.samples] == [((), ()), (("theme.y",), ())]


def test_samples_are_shares_of_the_answers_unless_named(study: Build) -> None:
    store = a_study(study, decided("ann", "q1", {"theme.y": 4}))
    assert [s.n_double_coded for s in plan_agreement(store, questions=["q1"]).samples] == [4, 8, 12, 20, 40]
    assert [s.n_double_coded for s in plan_agreement(store, double_coded=[9, 3, 9]).samples] == [3, 9]


def test_with_81_of_403_answers_those_codes_could_show_agreement_that_a_quarter_has(study: Build) -> None:
    people = [f"p{number}" for number in range(403)]
    uses = {"theme.x": 250, "theme.y": 101, "theme.z": 100, "theme.w": 17, "theme.v": 16}
    store = study(
        people=people,
        answers=[(person, "q", "an answer") for person in people],
        codebook=codebook(*uses),
        decisions=[
            decision("ann", person, "q", *(code for code, used in uses.items() if place < used))
            for place, person in enumerate(people)
        ],
    )
    plan = plan_agreement(store, double_coded=[81, 403])
    assert [sample.codes[0] for sample in plan.samples] == [
        ("theme.x", "theme.y"),
        ("theme.x", "theme.y", "theme.z", "theme.w"),
    ]
    assert plan_report(plan).notes[0] == (
        "With 81 double-coded, 2 of 5 codes could show an alpha of at least .667, with 403 4, if their true "
        "alpha lies well above. To be judged at all, whatever the verdict, takes 10 expected uses."
    )


def test_a_given_prevalence_takes_the_place_of_what_was_decided(study: Build) -> None:
    store = a_study(study, decided("ann", "q1", {"theme.y": 4}))
    plan = plan_agreement(store, prevalences={"y": 0.25, "z": 0.1}, supposed=[0.5])
    assert [(code.code, code.prevalence, code.source) for code in plan.codes] == [
        ("theme.x", None, None),
        ("theme.x.below", None, None),
        ("theme.y", 0.25, PrevalenceSource.GIVEN),
        ("theme.z", 0.1, PrevalenceSource.GIVEN),
        ("", 0.5, PrevalenceSource.GIVEN),
    ]


def test_a_code_that_every_answer_has_takes_no_number_that_would_do(study: Build) -> None:
    plan = plan_agreement(a_study(study, decided("ann", "q1", {"theme.y": 40})), questions=["q1"])
    always = plan.codes[2]
    assert (always.prevalence, always.n_for_uses, always.n_for_targets) == (1.0, None, None)
    assert plan.samples[-1].codes == ((), ())


def test_retired_codes_are_left_out_and_counted(study: Build) -> None:
    old = Code(key="old", label="Old", is_retired=True)
    family = Family(key="theme", label="Theme", codes=(Code(key="x", label="X"), old))
    store = a_study(study, decided("ann", "q1", {"theme.x": 4, "theme.old": 9}), Codebook(families=(family,)))
    plan = plan_agreement(store)
    assert ([code.code for code in plan.codes], plan.n_retired) == (["theme.x"], 1)
    given = plan_agreement(store, prevalences={"old": 0.1})
    assert [code.code for code in given.codes] == ["theme.x", "theme.old"]


def test_without_a_project_given_prevalences_are_planned_for_by_name() -> None:
    plan = plan_for_prevalences(
        {"a": 0.25}, supposed=[0.1, 0.1], aim=Aim(targets=(0.667,), width=0.2), double_coded=[100, 200]
    )
    assert plan.to_records() == [
        {
            "code": name,
            "prevalence": prevalence,
            "source": "given",
            "n_decided": None,
            "n_answers": None,
            "n_for_uses": uses,
            "n_for_0.667": needed,
            "n_for_width": width,
        }
        for name, prevalence, uses, needed, width in (("a", 0.25, 40, 81, 188), ("", 0.1, 100, 172, 401))
    ]
    assert [sample.codes for sample in plan.samples] == [
        (("a",),),
        (("a", "a code of prevalence 0.1"),),
    ]


def test_a_plan_is_strict_json_also_where_nothing_is_known(study: Build) -> None:
    store = a_study(study, decided("ann", "q1", {"theme.y": 4}))
    document = plan_agreement(store, double_coded=[5]).as_json()
    assert document["codes"][0]["n_for_targets"] == [{"target": 0.667, "n": None}, {"target": 0.8, "n": None}]
    assert document["samples"][0]["judged"][0] == {"target": 0.667, "n": 0, "codes": [], "rarest": None}
    assert dumps(document)


def test_the_report_says_where_more_is_needed_than_there_is_and_what_has_no_number(study: Build) -> None:
    report = plan_report(plan_agreement(a_study(study, decided("ann", "q1", {"theme.y": 4}))))
    words = terminal_text(report)
    assert "3 codes have no use yet" in words
    assert "Prevalences from so few answers are rough." in words
    row = next(row for row in report.tables[1].rows if row[0].text == "theme.y")
    assert [cell.text for cell in row] == [
        *("theme.y", "0.100", "40", "80", "100"),
        *("172", "more than there are", "294", "more than there are"),
    ]
    unused = next(row for row in report.tables[1].rows if row[0].text == "theme.z")
    assert [cell.text for cell in unused] == ["theme.z", "no use", "40", "80", *["–"] * 5]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"questions": ["q9"]}, "No question named 'q9' in this project. Known questions: q1, q2."),
        ({"rounds": ["mian"]}, "No round named 'mian'"),
        ({"prevalences": {"theme.yy": 0.1}}, "No code 'theme.yy' in the codebook. Did you mean theme.y"),
        ({"prevalences": {"y": 1.0}}, "A prevalence lies between 0 and 1; got 1."),
        ({"prevalences": {"y": 0.1, "theme.y": 0.2}}, "theme.y is given two prevalences: 0.1 and 0.2."),
        ({"supposed": [10.0]}, "A prevalence lies between 0 and 1; got 10. Write 10 % as 0.1."),
        ({"double_coded": [0]}, "At least 1 answer is double-coded; got 0."),
    ],
)
def test_what_cannot_be_planned_for_is_refused_with_the_way_out(
    study: Build, options: dict[str, object], says: str
) -> None:
    store = a_study(study, decided("ann", "q1", {"theme.y": 4}))
    with pytest.raises(HarkenError) as error:
        plan_agreement(store, **options)  # type: ignore[arg-type]
    assert says in str(error.value)


def test_a_prevalence_for_a_code_that_no_question_in_scope_takes_is_refused(study: Build) -> None:
    book = codebook("theme.x", "theme.y", questions={"theme.y": ("q2",)})
    store = a_study(study, decided("ann", "q1", {"theme.x": 4}), book)
    with pytest.raises(HarkenError) as error:
        plan_agreement(store, prevalences={"y": 0.1}, questions=["q1"])
    assert str(error.value) == (
        "Code theme.y may not be applied to 'q1'; it is for 'q2'. Leave its prevalence out."
    )


def test_before_anybody_decided_the_ways_out_are_named_and_prevalences_suffice(study: Build) -> None:
    store = a_study(study, [], rounds=[Round(name="pilot")])
    with pytest.raises(HarkenError) as error:
        plan_agreement(store, rounds=["pilot"])
    assert str(error.value) == (
        "Nobody has decided an answer in round pilot yet, so no prevalence is known. Code about 50 answers "
        "first, or give prevalences: --prevalence CODE=0.1, or --prevalence 0.1 for any code like that."
    )
    plan = plan_agreement(store, prevalences={"y": 0.25}, double_coded=[80, 81])
    assert [sample.codes for sample in plan.samples] == [((), ()), (("theme.y",), ())]
