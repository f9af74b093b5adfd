"""Agreement from stored decisions: which are compared, and figures known from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import pytest
from study_builder import codebook, decision

from harken.errors import HarkenError
from harken.exporters.terminal import terminal_text
from harken.model import (
    Codebook,
    Decision,
    DecisionState,
    Family,
    Mark,
    MarkKind,
    ResponseKey,
    Round,
    RoundKind,
)
from harken.services.agreeing import Agreement, agreement_report, measure_agreement
from harken.services.agreeing.yardstick import Yardstick
from harken.services.codebooks import current_codebook
from harken.services.marking import set_mark
from harken.stats.agreement import CrossTable, VariableAgreement
from harken.stats.estimate import Undefined
from harken.stats.uncertainty import Uncertainty
from harken.stats.verdicts import Verdict
from harken.storage import survey
from harken.storage.store import Store

Build = Callable[..., Store]
QUICK = Uncertainty(replicates=100)
X = "theme.x"


def a_study(
    study: Build,
    ratings: Mapping[str, Iterable[bool | None]],
    *,
    book: Codebook | None = None,
    question: str = "q",
    **parts: object,
) -> Store:
    """One answer a participant; each coder's ratings in their order: yes, no or (None) not decided."""
    rows = {coder: list(given) for coder, given in ratings.items()}
    people = [f"p{number}" for number in range(max(map(len, rows.values())))]
    return study(
        people=people,
        answers=[(person, question, "an answer") for person in people],
        codebook=book or codebook(X),
        decisions=[
            decision(coder, person, question, *([X] if rating else []))
            for coder, given in rows.items()
            for person, rating in zip(people, given, strict=False)
            if rating is not None
        ],
        **parts,
    )


def two_by_two(
    study: Build, both: int, first: int, second: int, neither: int, **parts: object
) -> VariableAgreement:
    """Agreement of ann and bob on one code with these counts."""
    pairs = [(True, True)] * both + [(True, False)] * first + [(False, True)] * second
    pairs += [(False, False)] * neither
    ratings = {"ann": [one for one, _ in pairs], "bob": [other for _, other in pairs]}
    return measured(a_study(study, ratings, **parts)).whole.codes[X]


def measured(store: Store, **options: object) -> Agreement:
    return measure_agreement(store, yardstick=Yardstick(uncertainty=QUICK), **options)  # type: ignore[arg-type]


def kappa(found: VariableAgreement) -> float | None:
    assert found.cohen_kappa is not None
    return found.cohen_kappa.value


# -- figures known from elsewhere --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "published"),
    [
        ((20, 5, 10, 15), 0.40),  # Wikipedia, Cohen's kappa, the simple example
        ((45, 15, 25, 15), 0.1304),  # Wikipedia, the same percentages, different numbers
        ((25, 35, 5, 35), 0.2593),
        ((80, 10, 5, 5), 0.3182),  # Feinstein and Cicchetti (1990), high prevalence
        ((0, 1, 1, 98), -0.0101),
    ],
)
def test_kappa_of_two_coders_is_the_published_one(study, counts, published) -> None:
    found = two_by_two(study, *counts)
    assert found.table == CrossTable(
        both=counts[0], only_first=counts[1], only_second=counts[2], neither=counts[3]
    )
    assert kappa(found) == pytest.approx(published, abs=5e-5)


def test_ac1_of_a_rare_code_flatters_as_kappa_punishes(study) -> None:
    assert two_by_two(study, 0, 1, 1, 98).gwet_ac1.value == pytest.approx(0.980, abs=5e-4)


# -- what is compared --------------------------------------------------------------------------------


def test_the_figure_is_of_all_answers_not_the_mean_over_questions(study) -> None:
    people = [f"p{number}" for number in range(40)]
    answers = [(person, question, "text") for person in people for question in ("q1", "q2")]
    decisions = []
    for number, person in enumerate(people):
        decisions += [
            decision("ann", person, "q1", *([X] if number < 20 else [])),
            decision("bob", person, "q1", *([X] if number < 20 else [])),
            decision("ann", person, "q2", *([X] if number == 0 else [])),
            decision("bob", person, "q2", *([X] if number == 1 else [])),
        ]
    store = study(people=people, answers=answers, codebook=codebook(X), decisions=decisions)
    found = measured(store)
    by_question = {part.value: kappa(part.figures.codes[X]) for part in found.slices}
    assert by_question == {"q1": pytest.approx(1), "q2": pytest.approx(-0.0256, abs=5e-5)}
    # 20 both, 1 and 1 apart, 58 neither: po = 78/80, pe = (21² + 59²)/80²
    assert kappa(found.whole.codes[X]) == pytest.approx((0.975 - 3922 / 6400) / (1 - 3922 / 6400))


def test_an_uncodable_answer_counts_as_without_codes_and_codability_stands_beside(study) -> None:
    store = study(
        people=["p1", "p2", "p3", "p4"],
        answers=[(person, "q", "text") for person in ("p1", "p2", "p3", "p4")],
        codebook=codebook(X),
        decisions=[
            decision("ann", "p1", "q", X),
            decision("ann", "p2", "q", X),
            decision("ann", "p3", "q"),
            decision("ann", "p4", "q", uncodable=True),
            decision("bob", "p1", "q", X),
            decision("bob", "p2", "q", uncodable=True),
            decision("bob", "p3", "q", uncodable=True),
            decision("bob", "p4", "q", uncodable=True),
        ],
    )
    whole = measured(store).whole
    assert whole.codes[X].table == CrossTable(both=1, only_first=1, only_second=0, neither=2)
    assert whole.codability.table == CrossTable(both=1, only_first=2, only_second=0, neither=1)
    assert [(item.key.participant, dict(item.codes)) for item in measured(store).disagreements] == [
        ("p2", {"ann": (X,), "bob": ("(uncodable)",)}),
        ("p3", {"ann": (), "bob": ("(uncodable)",)}),
    ]


def test_excluded_people_and_non_response_are_not_compared(study) -> None:
    people = ["p1", "p2", "p3", "p4"]
    store = study(
        people=people,
        answers=[("p1", "q", "text"), ("p2", "q", "text"), ("p3", "q", " "), ("p4", "q", "text")],
        codebook=codebook(X),
        decisions=[decision(coder, person, "q", X) for coder in ("ann", "bob") for person in people],
        excluded={"item non-response": ["p4"]},
    )
    assert measured(store).whole.scope.n_units_pairable == 2
    kept = measured(store, with_excluded=True)
    assert kept.whole.scope.n_units_pairable == 3
    notes = agreement_report(kept, codebook(X), title="A study").notes
    assert any(note.startswith("Answers of excluded people are kept (--with-excluded).") for note in notes)


def test_a_code_is_compared_only_where_it_may_be_applied(study) -> None:
    people = ["p1", "p2", "p3"]
    store = study(
        people=people,
        answers=[(person, question, "text") for person in people for question in ("q1", "q2")],
        codebook=codebook("theme.a", "theme.b", questions={"theme.a": ("q1",)}),
        decisions=[
            decision(coder, person, question, "theme.a" if question == "q1" else "theme.b")
            for coder in ("ann", "bob")
            for person in people
            for question in ("q1", "q2")
        ],
    )
    found = measured(store)
    assert {path: code.n_units_pairable for path, code in found.whole.codes.items()} == {
        "theme.a": 3,
        "theme.b": 6,
    }
    assert [tuple(part.figures.codes) for part in found.slices] == [("theme.a", "theme.b"), ("theme.b",)]


def test_a_parent_counts_where_a_code_below_it_was_applied(study) -> None:
    store = study(
        people=["p1", "p2"],
        answers=[("p1", "q", "text"), ("p2", "q", "text")],
        codebook=codebook("f.wait", "f.wait.phone", "f.wait.desk"),
        decisions=[
            decision("ann", "p1", "q", "f.wait.phone"),
            decision("bob", "p1", "q", "f.wait.desk"),
            decision("ann", "p2", "q"),
            decision("bob", "p2", "q"),
        ],
    )
    codes = measured(store).whole.codes
    assert codes["f.wait"].table == CrossTable(both=1, only_first=0, only_second=0, neither=1)
    assert codes["f.wait.phone"].table == CrossTable(both=0, only_first=1, only_second=0, neither=1)


def exclusive(*keys: str, questions: tuple[str, ...] = (), scale: str = "nominal") -> Codebook:
    book = codebook(*(f"tone.{key}" for key in keys))
    (family,) = book.families
    codes = tuple(replace(code, questions=questions) for code in family.codes)
    return Codebook(families=(replace(family, codes=codes, exclusive=True, scale=scale),))


def test_an_exclusive_family_is_one_variable_in_which_no_code_is_a_category(study) -> None:
    ratings = [("good", "good")] * 4 + [("bad", "bad")] * 3 + [("good", "bad"), ("bad", "")] + [("", "")]
    people = [f"p{number}" for number in range(len(ratings))]
    store = study(
        people=people,
        answers=[(person, "q", "text") for person in people],
        codebook=exclusive("good", "bad"),
        decisions=[
            decision(coder, person, "q", *([f"tone.{one}"] if one else []))
            for person, pair in zip(people, ratings, strict=True)
            for coder, one in zip(("ann", "bob"), pair, strict=True)
        ],
    )
    found = measured(store).whole.families["tone"]
    # po = 8/10; ann: good 5, bad 4, none 1; bob: good 4, bad 4, none 2
    assert kappa(found) == pytest.approx((0.8 - 0.38) / (1 - 0.38))
    assert (found.n_positive, found.prevalence, found.table) == (None, None, None)


def test_an_exclusive_family_is_compared_only_where_one_of_its_codes_may_be_applied(study) -> None:
    store = study(
        people=["p1", "p2"],
        answers=[(person, question, "text") for person in ("p1", "p2") for question in ("q1", "q2")],
        codebook=exclusive("good", "bad", questions=("q1",)),
        decisions=[
            decision(coder, person, question, *(["tone.good"] if question == "q1" else []))
            for coder in ("ann", "bob")
            for person in ("p1", "p2")
            for question in ("q1", "q2")
        ],
    )
    found = measured(store)
    assert found.whole.families["tone"].n_units_pairable == 2
    assert [tuple(part.figures.families) for part in found.slices] == [("tone",), ()]


def test_three_coders_with_gaps_have_alpha_and_light_kappa_of_the_defined_pairs(study) -> None:
    store = a_study(
        study,
        {
            "ann": [True, True, False, False, None],
            "bob": [True, False, False, False, None],
            "cat": [None, None, None, False, True],
        },
    )
    found = measured(store).whole
    code = found.codes[X]
    assert (code.n_units_rated, code.n_units_pairable) == (5, 4)
    assert (code.table, code.cohen_kappa) == (None, None)
    assert code.light_kappa.value == pytest.approx(0.5)
    by_pair = {pair.coders: pair.codes[X].cohen_kappa for pair in found.pairs}
    assert {coders: (one.value, one.undefined) for coders, one in by_pair.items()} == {
        ("ann", "bob"): (pytest.approx(0.5), None),
        ("ann", "cat"): (None, Undefined.ONE_CATEGORY),
        ("bob", "cat"): (None, Undefined.ONE_CATEGORY),
    }
    # Nine pairable ratings, three of them yes; Do = 2/9, De = 2·3·6/(9·8)
    assert code.krippendorff_alpha.value == pytest.approx(1 - (2 / 9) / (36 / 72))


def test_the_adjudicated_layer_is_no_coder(study) -> None:
    store = a_study(study, {"ann": [True, False], "consensus": [True, False]})
    found = measured(store).whole
    assert found.scope.coders == ("ann",)
    assert found.codes[X].krippendorff_alpha.undefined is Undefined.ONE_CODER


def test_reliability_rounds_are_compared_where_there_are_any(study) -> None:
    people = ["p1", "p2"]
    store = study(
        people=people,
        answers=[(person, "q", "text") for person in people],
        codebook=codebook(X),
        rounds=[Round(name="check", kind=RoundKind.RELIABILITY)],
        decisions=[
            decision("ann", "p1", "q", X),
            decision("bob", "p1", "q"),
            decision("ann", "p2", "q", X, round="check"),
            decision("bob", "p2", "q", X, round="check"),
        ],
    )
    assert measured(store).whole.scope.rounds == ("check",)
    assert measured(store).whole.codes[X].percent_agreement.value == 1
    assert measured(store, rounds=["main"]).whole.codes[X].percent_agreement.value == 0


def test_groups_are_slices_with_blank_as_a_group_of_its_own(study) -> None:
    people = {"p1": {"site": "north"}, "p2": {"site": "south"}, "p3": {"site": " "}}
    store = study(
        people=people,
        answers=[(person, "q", "text") for person in people],
        codebook=codebook(X),
        decisions=[decision(coder, person, "q", X) for coder in ("ann", "bob") for person in people],
    )
    found = measured(store, by="site")
    assert [(part.by, part.value, part.figures.scope.n_units_pairable) for part in found.slices] == [
        ("site", "north", 1),
        ("site", "south", 1),
        ("site", "(missing)", 1),
    ]


def test_a_group_whose_people_are_all_excluded_is_a_slice_only_where_they_are_kept(study) -> None:
    people = {
        "p1": {"site": "north"},
        "p2": {"site": "south"},
        "p3": {"site": "west"},
        "p4": {"site": "west"},
    }
    store = study(
        people=people,
        answers=[(person, "q", "text") for person in people],
        codebook=codebook(X),
        decisions=[decision(coder, person, "q", X) for coder in ("ann", "bob") for person in ("p1", "p2")],
        excluded={"item non-response": ["p1", "p3"]},
    )
    assert [part.value for part in measured(store, by="site").slices] == ["south", "west"]
    kept = measured(store, by="site", with_excluded=True).slices
    assert [part.value for part in kept] == ["north", "south", "west"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"rounds": ["r9"]}, "No round named 'r9' in this project. Known rounds: main."),
        ({"coders": ["zoe"]}, "No coder named 'zoe' in this project. Known coders: lead, ann, bob."),
        ({"coders": ["consensus"]}, "No coder named 'consensus' in this project."),
        ({"questions": ["q9"]}, "No question named 'q9' in this project. Known questions: q."),
        ({"by": "site"}, "No column 'site' to compare by. Columns: none."),
    ],
)
def test_unknown_names_are_refused_with_the_known_ones(study, options, words) -> None:
    store = a_study(study, {"ann": [True], "bob": [True]})
    with pytest.raises(HarkenError) as refusal:
        measured(store, **options)
    assert str(refusal.value).startswith(words)


def test_a_named_coder_without_a_decision_stays_in_scope(study) -> None:
    store = a_study(study, {"ann": [True, False], "bob": [True, False]})
    found = measured(store, coders=["ann", "lead"]).whole
    assert found.scope.coders == ("ann", "lead")
    assert [(pair.coders, pair.n_units) for pair in found.pairs] == [(("ann", "lead"), 0)]
    assert found.codes[X].krippendorff_alpha.undefined is Undefined.NO_OVERLAP


# -- undefined, too few, seeds -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ratings", "reason"),
    [
        ({"ann": [True, True], "bob": [True, True]}, Undefined.ONE_CATEGORY),
        ({"ann": [True, None], "bob": [None, True]}, Undefined.NO_OVERLAP),
        ({"ann": [True, False]}, Undefined.ONE_CODER),
        ({"ann": [None, None]}, Undefined.NO_RATINGS),
    ],
)
def test_what_cannot_be_computed_is_undefined_with_its_reason(study, ratings, reason) -> None:
    found = measured(a_study(study, ratings)).whole.codes[X]
    assert (found.krippendorff_alpha.value, found.krippendorff_alpha.undefined) == (None, reason)
    assert found.verdict is Verdict.UNDEFINED


def words_of(store: Store, **options: object) -> list[list[str]]:
    report = agreement_report(
        measured(store, **options), current_codebook(store), title="A study", is_full=True
    )
    (table, *_) = report.tables
    return [[cell.text for cell in row] for row in table.rows]


def test_the_report_says_why_there_is_no_figure(study) -> None:
    assert words_of(a_study(study, {"ann": [True, True], "bob": [True, True]})) == [
        [X, "2", "1.000", "2", "0", "0", "0", "100.0", "no variation", "–", "1.00", "1.00", "undefined", "–"]
    ]


def test_the_report_says_that_a_rare_code_has_too_few_answers_to_judge(study) -> None:
    store = a_study(study, {"ann": [True, True, *[False] * 38], "bob": [True, True, *[False] * 38]})
    (row,) = words_of(store)
    assert (row[0], row[-2]) == (X, "too few to judge")


def test_codes_that_nobody_applied_are_counted_in_a_note_not_shown(study) -> None:
    store = a_study(study, {"ann": [True, False], "bob": [True, False]}, book=codebook(X, "theme.y"))
    report = agreement_report(measured(store), current_codebook(store), title="A study")
    assert [row[0].text for row in report.tables[0].rows] == [X]
    assert "1 code was applied by nobody here; there is nothing to agree on." in report.tables[0].notes


def test_the_report_keeps_to_the_figures_that_are_judged_by_where_the_screen_is_narrow(study) -> None:
    store = a_study(study, {"ann": [True, False] * 9, "bob": [True, False] * 9})
    report = agreement_report(measured(store), current_codebook(store), title="t")
    shown = terminal_text(report, width=60).splitlines()
    start = shown.index("Agreement per code")
    assert shown[start + 1].split() == ["code", "n", "%", "agree", "alpha", "interval", "verdict"]


def test_a_seed_gives_the_same_intervals_and_another_seed_others(study) -> None:
    ratings = {"ann": [n % 3 == 0 for n in range(40)], "bob": [n % 4 == 0 for n in range(40)]}
    store = a_study(study, ratings)

    def interval(seed: int) -> tuple[float | None, float | None]:
        options = Uncertainty(replicates=300, seed=seed)
        alpha = (
            measure_agreement(store, yardstick=Yardstick(uncertainty=options))
            .whole.codes[X]
            .krippendorff_alpha
        )
        return alpha.low, alpha.high

    assert interval(1) == interval(1)
    assert interval(1) != interval(2)


def test_the_order_of_decisions_changes_nothing(study) -> None:
    ratings = {"ann": [n % 3 == 0 for n in range(30)], "bob": [n % 4 == 0 for n in range(30)]}
    backwards = dict(reversed(ratings.items()))
    one, other = (measured(a_study(study, given)).as_json() for given in (ratings, backwards))
    assert one == other


# -- JSON and records --------------------------------------------------------------------------------

FIGURES = {
    *("n_units_rated", "n_units_pairable", "n_positive", "prevalence", "table", "percent_agreement"),
    *("percent_agreement_pair_pooled", "cohen_kappa", "light_kappa", "fleiss_kappa"),
    *("fleiss_kappa_listwise", "conger_kappa", "krippendorff_alpha", "gwet_ac1", "brennan_prediger"),
    *("positive_agreement", "negative_agreement", "verdict", "n_needed", "gwet_ac2"),
    *("krippendorff_alpha_ordinal", "krippendorff_alpha_interval", "krippendorff_alpha_ratio"),
    *("prevalence_index", "bias_index", "below_minimum", "cautions", "n_undefined_kappas"),
    "judged_by",
}
ESTIMATE = {"value", "undefined", "se", "low", "high", "level", "method", "n_undefined_replicates"}
PART = {"scope", "codes", "families", "sets", "codability", "pairs"}
PART |= {"against_rest", "without_uncodable", "segments"}
SLICE = {"by", "kind", "value", "since", "until"}


def test_the_json_has_the_promised_keys_and_is_strict(study) -> None:
    people = {"p1": {"site": "a"}, "p2": {"site": "b"}, "p3": {"site": "a"}}
    store = study(
        people=people,
        answers=[(person, "q", "text") for person in people],
        codebook=Codebook(families=(*codebook(X).families, *exclusive("good", "bad").families)),
        decisions=[
            decision("ann", "p1", "q", X, "tone.good"),
            decision("bob", "p1", "q", X, "tone.bad"),
            decision("ann", "p2", "q"),
            decision("bob", "p2", "q"),
        ],
    )
    data = json.loads(json.dumps(measured(store, by="site").as_json(), allow_nan=False))
    assert set(data) == PART | {
        "disagreements",
        "n_blind_disagreements",
        "slices",
        "thresholds",
        "methods",
        "remarks",
    }
    assert set(data["scope"]) == {
        *("coders", "questions", "rounds", "with_excluded", "n_units_rated", "n_units_pairable"),
        *("pooled", "distinct", "n_repeated_texts", "n_units_apart", "n_revised_after_discussion"),
        *("n_units_with_suggestions", "rounds_without_times", "stability"),
        *("codes_redefined", "codes_named", "n_adjudicated_left_out"),
    }
    assert [set(code) for code in data["codes"]] == [FIGURES | {"code"}] * 3
    assert [set(family) for family in data["families"]] == [FIGURES | {"family"}]
    assert set(data["codes"][0]["krippendorff_alpha"]) == ESTIMATE
    assert set(data["codes"][0]["table"]) == {"both", "only_first", "only_second", "neither"}
    assert {"alpha_masi", "alpha_jaccard", "alpha_dice", "alpha_exact", "percent_exact"} <= set(data["sets"])
    assert set(data["codability"]) == FIGURES | {"code"}
    (pair,) = data["pairs"]
    assert set(pair) == {"coders", "n_units", "codes", "families", "sets"}
    measures = {"n_units", "cohen_kappa", "scott_pi", "percent_agreement"}
    assert [set(code) for code in pair["codes"]] == [measures | {"code"}] * 3
    assert data["disagreements"] == [
        {
            "participant": "p1",
            "question": "q",
            "occasion": "",
            "round": "main",
            "codes": {"ann": ["theme.x", "tone.good"], "bob": ["theme.x", "tone.bad"]},
        }
    ]
    assert [set(part) for part in data["slices"]] == [PART | SLICE] * 2


def test_an_empty_project_has_a_result_too(study) -> None:
    store = study(people=["p1"], answers=[("p1", "q", "text")], codebook=Codebook())
    data = measured(store).as_json()
    assert (data["codes"], data["families"], data["pairs"], data["slices"]) == ([], [], [], [])
    assert data["sets"]["alpha_masi"]["undefined"] == "no_ratings"


def test_records_are_flat_with_limits_beside_the_figures(study) -> None:
    store = a_study(study, {"ann": [True, False, True], "bob": [True, False, False]})
    (record,) = measured(store).to_records()
    assert {key: record[key] for key in ("by", "value", "kind", "name", "both", "krippendorff_alpha")} == {
        "by": "",
        "value": "",
        "kind": "code",
        "name": X,
        "both": 1,
        "krippendorff_alpha": pytest.approx(4 / 9),
    }
    assert all(value is None or isinstance(value, str | int | float) for value in record.values())
    assert {"krippendorff_alpha_low", "krippendorff_alpha_high", "krippendorff_alpha_undefined"} <= set(
        record
    )


def test_a_codebook_without_codes_still_has_codability(study) -> None:
    uncodable = Decision(key=ResponseKey("p1", "q"), coder="ann", state=DecisionState.UNCODABLE)
    store = study(
        people=["p1"],
        answers=[("p1", "q", "text")],
        codebook=Codebook(families=(Family(key="theme", label="Theme"),)),
        decisions=[uncodable, replace(uncodable, coder="bob")],
    )
    whole = measured(store).whole
    assert (whole.codes, dict(whole.families)) == ({}, {})
    assert whole.codability.percent_agreement.value == 1


def test_groups_of_a_column_called_question_are_shown_as_groups(study) -> None:
    store = study(
        people={"p1": {"question": "first"}, "p2": {"question": "second"}},
        answers=[("p1", "q", "text"), ("p2", "q", "text")],
        codebook=codebook(X),
        decisions=[decision(coder, person, "q", X) for coder in ("ann", "bob") for person in ("p1", "p2")],
    )
    report = agreement_report(measured(store, by="question"), codebook(X), title="A study")
    (table,) = (table for table in report.tables if table.title == "Each group of question")
    assert [row[0].text for row in table.rows] == ["first", "second"]


def test_disagreements_are_listed_with_their_answer_and_each_coders_codes(study) -> None:
    store = study(
        people=["p1", "p2"],
        answers=[("p1", "q", "slow and rude"), ("p2", "q", "fine")],
        codebook=codebook("theme.a", "theme.b"),
        decisions=[
            decision("ann", "p1", "q", "theme.a", "theme.b"),
            decision("bob", "p1", "q", "theme.a"),
            decision("ann", "p2", "q"),
            decision("bob", "p2", "q"),
        ],
    )
    report = agreement_report(measured(store), current_codebook(store), title="t", with_disagreements=True)
    assert [[cell.text for cell in row] for row in report.tables[-1].rows] == [
        ["p1", "q", "", "main", "slow and rude", "theme.a, theme.b", "theme.a"]
    ]


def test_a_disagreement_prints_brackets_where_its_answer_tells_who_somebody_is(study) -> None:
    store = study(
        people=["p1"],
        answers=[("p1", "q", "Smith was rude")],
        codebook=codebook("theme.a"),
        decisions=[decision("ann", "p1", "q", "theme.a"), decision("bob", "p1", "q")],
    )
    answer = survey.response(store, survey.response_id(store, ResponseKey("p1", "q")))
    mark = Mark(kind=MarkKind.IDENTIFYING, start=0, end=5, coder="bob", label="name")
    set_mark(store, answer, mark, actor="bob")
    assert [item.text for item in measured(store).disagreements] == ["[name removed] was rude"]


def test_one_coder_alone_gives_a_sentence_instead_of_empty_tables(study) -> None:
    store = a_study(study, {"ann": [True, False]})
    report = agreement_report(measured(store), current_codebook(store), title="t")
    assert report.tables == ()
    assert "only ann has decided anything" in report.notes[0]


def test_one_coder_asked_for_is_told_so_and_not_that_nobody_else_decided(study) -> None:
    store = a_study(study, {"ann": [True, False], "bob": [True, True]})
    report = agreement_report(measured(store, coders=["ann"]), current_codebook(store), title="t")
    assert report.notes == (
        "Only ann was asked for, and agreement needs two coders: name another with --coder, or leave "
        "--coder out.",
    )


# -- while it is measured ----------------------------------------------------------------------------


def test_whoever_waits_hears_a_share_that_grows(study) -> None:
    store = study(
        people=["p1", "p2"],
        answers=[("p1", "q", "a"), ("p2", "q", "b")],
        codebook=codebook(X),
        decisions=[decision(coder, person, "q", X) for coder in ("ann", "ben") for person in ("p1", "p2")],
    )
    heard: list[tuple[str, float]] = []
    measure_agreement(store, progress=lambda stage, share: heard.append((stage, share)))
    assert {stage for stage, _ in heard} == {"measuring"}
    shares = [share for _, share in heard]
    assert shares == sorted(shares)
    assert 0 < shares[0] < shares[-1]
