"""The report of agreement: its tables row by row, its notes, its plot, the short view and the full one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from agreement_report_study import (
    COST,
    QUICK,
    TIME,
    Build,
    build,
    cells,
    decide_now,
    decisions_of,
    measured,
    report_of,
    table,
    titles,
)
from study_builder import codebook, decision

from harken.model import Round, RoundKind
from harken.report import Dot, Mark, ReferenceLine, Report, decimal, interval
from harken.services.agreeing import Yardstick, agreement_report, measure_file_agreement
from harken.services.codebooks import current_codebook
from harken.stats.uncertainty import Uncertainty, UncertaintyMethod
from harken.storage.store import Store

TWO = {"ann": "cccccccccccct---------tt--hb", "bob": "ccccccccccc-tt--------tt--h "}
"""Cost: both 11 times, ann alone once, neither 15 times. Time: both 3 times, bob alone once."""
THREE = {**TWO, "eve": "cccccc    cc-ttcc    -tt--h  "}
ANALYTIC = Yardstick(uncertainty=Uncertainty(method=UncertaintyMethod.ANALYTIC))


def file_report(tmp_path: Path, text: str, *, is_full: bool = False, **options: Any) -> Report:
    path = tmp_path / "f.csv"
    path.write_text(text, encoding="utf-8")
    result = measure_file_agreement(path, replicates=50, **options)
    return agreement_report(result, None, title="f.csv", is_full=is_full)


# -- codes and sets ----------------------------------------------------------------------------------


def test_two_coders_have_their_2_by_2_beside_figures_that_balance_each_other(study: Build) -> None:
    report = report_of(build(study, TWO), by_yardstick=ANALYTIC)
    found = cells(table(report, "Agreement per code"))
    assert found[0] == [
        *("code", "n", "prev.", "2 × 2: both", "2 × 2: ann only", "2 × 2: bob only", "2 × 2: neither"),
        *("% agree", "alpha", "interval", "pos. agr.", "AC1", "verdict", "needed"),
    ]
    # alpha = 1 - (2/54) / (2·23·31 / (54·53)); % = 26/27; positive agreement = 22/23; prevalence 23/54.
    assert [*found[1][:9], *found[1][10:11]] == [
        *(COST, "27", "0.426", "11", "1", "0", "15", "96.3", "0.93", "0.96"),
    ]
    assert table(report, "Agreement per code").notes == ("Of 3 codes: 1 tentative, 2 too few to judge.",)


def test_three_coders_have_no_2_by_2(study: Build) -> None:
    report = report_of(build(study, THREE))
    assert cells(table(report, "Agreement per code"))[0] == [
        *("code", "n", "prev.", "% agree", "alpha", "interval", "pos. agr.", "AC1", "verdict", "needed"),
    ]


def test_a_code_that_was_hardly_ever_applied_has_no_prevalence_of_nought(study: Build) -> None:
    ratings = {"ann": "t" + "-" * 1199, "bob": "-" * 1200}
    report = report_of(build(study, ratings), by_yardstick=ANALYTIC)
    assert cells(table(report, "Agreement per code"))[1][2] == "<0.001"


def test_prevalence_tells_a_code_of_ten_expected_uses_from_one_of_nine(study: Build) -> None:
    # Of 145 responses 9.5 and 10.5 expected with the code: 0.07 both, to two decimals.
    ratings = {"ann": "c" * 10 + "t" * 11 + "-" * 124, "bob": "c" * 9 + "-" + "t" * 10 + "-" * 125}
    report = report_of(build(study, ratings), by_yardstick=ANALYTIC)
    found = cells(table(report, "Agreement per code"))[1:3]
    assert [(row[0], row[2], row[-2]) for row in found] == [
        (COST, "0.066", "too few to judge"),
        (TIME, "0.072", "reliable"),
    ]


def test_whole_sets_beside_named_codes_are_said_to_be_of_every_code(study: Build) -> None:
    store = build(study, TWO)
    said = "Sets are those of every code, not only of those named with --code."
    assert said in table(report_of(store, codes=[COST]), "Whole sets of codes").notes
    assert said not in table(report_of(store), "Whole sets of codes").notes


def test_whole_sets_of_two_coders_agree_on_a_share_of_responses(study: Build) -> None:
    # Of four responses three have equal sets, one has sets of one and two codes.
    report = report_of(build(study, {"ann": "cb-t", "bob": "cc-t"}))
    found = {row[0]: row[1] for row in cells(table(report, "Whole sets of codes"))}
    assert found["% of responses with equal sets"] == "75.0"
    assert "Nobody called any of them uncodable." in table(report, "Whole sets of codes").notes


def test_whole_sets_of_three_coders_agree_on_a_share_of_pairs(study: Build) -> None:
    # The pairs agree on 1 of 3 and on 3 of 3.
    report = report_of(build(study, {"ann": "c-", "bob": "c-", "eve": "t-"}))
    found = {row[0]: row[1] for row in cells(table(report, "Whole sets of codes"))}
    assert found["mean % of pairs with equal sets"] == "66.7"


def test_codability_stands_with_several_figures_where_somebody_called_a_response_uncodable(
    study: Build,
) -> None:
    report = report_of(build(study, {"ann": "uc-u", "bob": "uc--"}))
    found = {row[0]: row[1] for row in cells(table(report, "Whole sets of codes"))}
    # Agreement on uncodable: 2·1 / (2·1 + 1).
    named = {name: value for name, value in found.items() if name.startswith("codability")}
    assert named == {
        "codability: % agree": "75.0",
        "codability: alpha": "0.53",
        "codability: AC1": "0.53",
        "codability: agreement on “uncodable”": "0.67",
    }


def test_the_short_view_of_a_long_codebook_leaves_out_codes_too_rare_to_judge(study: Build) -> None:
    paths = [f"f.c{number}" for number in range(40)]
    people = [f"p{number}" for number in range(40)]
    common = [(person, (paths[0],) if n % 2 else ()) for n, person in enumerate(people)]
    rare = {people[n]: paths[n] for n in range(1, 40)}
    store = study(
        people=people,
        answers=[(person, "q", "text") for person in people],
        codebook=codebook(*paths),
        decisions=[
            decision(coder, person, "q", *{*codes, *([rare[person]] if person in rare else [])})
            for coder in ("ann", "bob")
            for person, codes in common
        ],
    )
    short, full = report_of(store), report_of(store, is_full=True)
    assert [row[0] for row in cells(table(short, "Agreement per code"))[1:]] == [paths[0]]
    assert table(short, "Agreement per code").notes == (
        "Of 40 codes: 1 reliable, 39 too few to judge.",
        "Left to the full view (--all): 39 codes too rare to judge.",
    )
    assert len(table(full, "Agreement per code").rows) == 40
    assert short.figures[0].notes == ("Left out: 39 too rare to judge.",)


def test_the_full_view_adds_coefficients_intervals_and_facts_to_the_short_one(study: Build) -> None:
    store = build(study, THREE)
    short, full = report_of(store), report_of(store, is_full=True)
    assert titles(short) == [
        *("Agreement per code", "Whole sets of codes", "Pairs of coders", "Each coder against the rest"),
    ]
    assert titles(full) == [
        *titles(short),
        "Every coefficient",
        "Intervals of every coefficient",
        "Cohen's kappa of each pair of coders",
        "Each coder against the rest, by code",
        "What a reader of this agreement asks",
    ]
    assert short.notes[-1].startswith("With --all:")
    assert not [note for note in full.notes if "--all" in note]


def test_coefficients_that_three_coders_do_not_have_get_no_column(study: Build) -> None:
    report = report_of(build(study, THREE), is_full=True)
    assert cells(table(report, "Every coefficient"))[0] == [
        *(
            "code",
            "alpha",
            "Light",
            "Fleiss",
            "Fleiss listwise",
            "Conger",
            "AC1",
            "Brennan–Prediger",
            "agree",
        ),
        *("agree, pooled", "pos. agr.", "neg. agr.", "P(alpha < .667)"),
    ]


def test_the_full_view_says_how_many_pairs_lights_kappa_leaves_out(study: Build) -> None:
    # Ann and eve, and bob and eve, share one answer, to which neither gave the code.
    store = build(study, {"ann": "cc--", "bob": "c---", "eve": "   -"})
    notes = table(report_of(store, is_full=True), "Every coefficient").notes
    assert notes[-1] == (
        "Light's kappa is the mean over the pairs of coders that have a kappa. "
        "Left out of it: 2 for benefit.cost."
    )


# -- coders ------------------------------------------------------------------------------------------


def test_each_pair_has_its_kappas_in_short(study: Build) -> None:
    # Kappas: ann and bob 1, ann and eve as bob and eve: cost 0 (eve never), time 0.
    report = report_of(build(study, {"ann": "ct", "bob": "ct", "eve": "--"}))
    found = cells(table(report, "Pairs of coders"))
    assert found[0] == [
        *("coders", "n", "whole sets: % equal", "whole sets: alpha, MASI", "whole sets: interval"),
        *("kappa over codes: lowest", "kappa over codes: median", "kappa over codes: defined"),
    ]
    assert [[*row[:4], *row[5:]] for row in found[1:]] == [
        ["ann – bob", "2", "100.0", "1.00", "1.00", "1.00", "2"],
        ["ann – eve", "2", "0.0", "-0.20", "0.00", "0.00", "2"],
        ["bob – eve", "2", "0.0", "-0.20", "0.00", "0.00", "2"],
    ]


def test_a_coder_who_uses_a_code_more_than_the_others_is_named(study: Build) -> None:
    ratings = {"ann": "cccccccccc", "bob": "ccc-------", "eve": "ccc-------"}
    found = cells(table(report_of(build(study, ratings)), "Each coder against the rest"))
    assert {row[0]: row[-2:] for row in found[1:]} == {
        "ann": [COST, "–"],
        "bob": ["–", "–"],
        "eve": ["–", "–"],
    }


def test_many_coders_stand_below_each_other(study: Build) -> None:
    ratings = dict.fromkeys("abcd", "ct-c")
    report = report_of(build(study, ratings, book=codebook(COST, TIME)), is_full=True)
    pairs = cells(table(report, "Cohen's kappa of each pair of coders"))
    assert pairs[0] == ["code", "coders", "n", "kappa", "interval"]
    assert [row[:4] for row in pairs[1:3]] == [[COST, "a – b", "4", "1.00"], [COST, "a – c", "4", "1.00"]]
    assert len(pairs) == 1 + 2 * 6
    rest = cells(table(report, "Each coder against the rest, by code"))
    assert [row[:4] for row in rest[1:3]] == [[COST, "a", "4", "100.0"], [COST, "b", "4", "100.0"]]


# -- cautions ----------------------------------------------------------------------------------------


def test_a_rare_code_on_which_most_agree_is_to_be_read_with_care(study: Build) -> None:
    ratings = {
        "ann": "c" * 6 + "c" * 6 + "-" * 6 + "-" * 82,
        "bob": "c" * 6 + "-" * 6 + "c" * 6 + "-" * 82,
    }
    found = cells(table(report_of(build(study, ratings)), "To be read with care"))
    assert found == [
        ["code", "what", "figures"],
        [COST, "kappa paradox", "prevalence 0.120, agree 88.0 %, AC1 0.85, alpha 0.43, on “yes” 0.50"],
    ]


def test_of_a_code_that_is_nearly_always_applied_agreement_on_no_is_told(study: Build) -> None:
    ratings = {
        "ann": "-" * 6 + "-" * 6 + "c" * 6 + "c" * 82,
        "bob": "-" * 6 + "c" * 6 + "-" * 6 + "c" * 82,
    }
    found = cells(table(report_of(build(study, ratings)), "To be read with care"))
    assert found[1][2] == "prevalence 0.880, agree 88.0 %, AC1 0.85, alpha 0.43, on “no” 0.50"


def test_a_coder_who_applies_a_code_where_the_other_does_not_is_named(study: Build) -> None:
    ratings = {"ann": "c" * 20 + "c" * 8 + "-" * 12, "bob": "c" * 20 + "-" * 8 + "-" * 12}
    found = table(report_of(build(study, ratings)), "To be read with care")
    assert cells(found)[1:] == [[COST, "coder bias", "8 by ann alone, 0 by bob alone"]]
    assert [note.partition(":")[0] for note in found.notes] == ["Coder bias"]


def test_perfect_agreement_is_told_with_how_low_alpha_may_still_be(study: Build) -> None:
    report = report_of(build(study, {"ann": "c" * 10 + "-" * 10, "bob": "c" * 10 + "-" * 10}))
    # 1 - .025^(1/20) = .1684, over chance disagreement of 1/2.
    assert cells(table(report, "To be read with care"))[1:] == [
        [COST, "no disagreement at all", "20 responses; alpha may be as low as 0.66"]
    ]


def test_codes_too_few_to_judge_need_no_caution(study: Build) -> None:
    report = report_of(build(study, {"ann": "ct-t", "bob": "ct-t"}))
    assert "To be read with care" not in titles(report)


# -- parts -------------------------------------------------------------------------------------------


def two_questions(study: Build, **parts: Any) -> Store:
    names = [f"p{number}" for number in range(4)]
    return build(
        study,
        {"ann": "ct-c", "bob": "cttc"},
        answers=[(name, question, "text") for name in names for question in ("q", "r")],
        book=codebook(COST, TIME, questions={TIME: ("q",)}),
        more=decisions_of({"ann": "c-", "bob": "--"}, question="r"),
        **parts,
    )


def test_questions_stand_below_each_other_with_their_verdicts_counted(study: Build) -> None:
    found = cells(table(report_of(two_questions(study)), "Each question"))
    assert found[0] == [
        *("question", "n", "whole sets: % equal", "whole sets: alpha, MASI", "whole sets: interval"),
        *(f"codes: {word}" for word in ("reliable", "tentative", "unreliable", "too few", "undefined")),
    ]
    assert [[*row[:4], *row[5:]] for row in found[1:]] == [
        ["q", "4", "75.0", "0.63", "0", "0", "0", "2", "0"],
        ["r", "2", "50.0", "0.00", "0", "0", "0", "1", "0"],
    ]


def test_what_a_question_has_in_common_with_the_whole_is_told_once(study: Build) -> None:
    report = report_of(two_questions(study), is_full=True)
    found = table(report, "Agreement per code, question q")
    assert [row[0] for row in cells(found)[1:]] == [COST]
    assert found.notes == ("Left to the table over everything: 1 code with the same figures here.",)
    assert (found.short_title, "Agreement per code, question r" in titles(report)) == ("Codes, q", True)


def test_groups_stand_beside_each_other_without_intervals_that_do_not_hold(study: Build) -> None:
    people = {f"p{number}": {"site": "north" if number < 24 else "south"} for number in range(28)}
    report = report_of(build(study, TWO, people=people), by="site")
    found = cells(table(report, "Alpha of each code by site"))
    assert found[0] == [
        *(
            "code",
            "north: n",
            "north: alpha",
            "north: interval",
            "south: n",
            "south: alpha",
            "south: interval",
        ),
    ]
    cost = found[1]
    assert [cost[:3], cost[4:]] == [[COST, "24", "0.92"], ["3", "no variation", "–"]]
    assert found[2] == [TIME, "24", "0.84", "too few", "3", "no variation", "–"]


def test_each_group_is_drawn_after_the_whole(study: Build) -> None:
    people = {f"p{number}": {"site": "north" if number < 24 else "south"} for number in range(28)}
    store = build(study, TWO, people=people)
    figures = report_of(store, by="site").figures
    assert [one.title for one in figures] == [
        "Alpha of each code",
        "Alpha of each code, north",
        "Alpha of each code, south",
    ]
    assert figures[:1] == report_of(store).figures
    assert [[row.label for row in one.plot.rows] for one in figures[1:]] == [[COST, TIME], ["need.help"]]
    assert figures[2].notes == ("Left out of south: 2 without a value of alpha.",)


def test_more_groups_than_can_be_told_apart_are_said_to_be_left_out(study: Build) -> None:
    people = {f"p{number}": {"site": str(number % 5)} for number in range(28)}
    report = report_of(build(study, TWO, people=people), by="site")
    (figure,) = report.figures
    assert figure.notes == ("Groups of site are not drawn: 5 are too many for one picture.",)
    assert table(report, "Each group of site").notes == (
        "With more than 4 of these, alpha of each code does not stand side by side; --all has a table for "
        "each.",
    )


@pytest.mark.parametrize("is_full", [False, True])
def test_a_minimum_that_was_asked_for_has_its_column(study: Build, is_full: bool) -> None:
    how = Uncertainty(method=UncertaintyMethod.ANALYTIC, minimum=0.8)
    store = build(study, TWO)
    by_yardstick = Yardstick(uncertainty=how)
    found = table(report_of(store, by_yardstick=by_yardstick, is_full=is_full), "Agreement per code")
    place = [one.heading for one in found.columns].index("P(alpha < .800)")
    codes = measured(store, by_yardstick=by_yardstick).whole.codes
    assert [row[place].value for row in found.rows] == [
        code.below_minimum.probability for code in codes.values()
    ]
    plain = table(report_of(store, by_yardstick=ANALYTIC), "Agreement per code")
    assert not any("P(" in one.heading for one in plain.columns)


def test_twelve_groups_stand_in_lines_alone(study: Build) -> None:
    people = {
        f"p{number}": {"site": f"a site with a long name, number {number % 12}"} for number in range(28)
    }
    report = report_of(build(study, TWO, people=people), by="site")
    assert len(table(report, "Each group of site").rows) == 12
    assert "Alpha of each code by site" not in titles(report)


def test_responses_of_several_rounds_are_counted_in_each(study: Build) -> None:
    store = build(
        study,
        {"ann": "ct", "bob": "ct"},
        rounds=[Round(name="r2")],
        more=decisions_of({"ann": "c", "bob": "c"}, round="r2"),
    )
    notes = report_of(store, rounds=["main", "r2"]).notes
    assert notes[0] == (
        "Coders: ann, bob. Rounds: main, r2. Responses decided by at least one coder, in each round by "
        "itself: 3; by two or more, which alone are compared: 3 (100.0 %); decided differently: 0."
    )


def test_coders_compared_with_themselves_are_named_and_those_who_repeated_nothing_are_not(
    study: Build,
) -> None:
    rounds = [Round(name="again", kind=RoundKind.REPEAT)]
    store = build(study, {"ann": "ct", "bob": "ct"}, is_at_screen=True, rounds=rounds)
    decide_now(store, decisions_of({"ann": "c-"}, round="again"))
    report = report_of(store, intra=True)
    assert report.title == "A study: stability of coding"
    assert report.notes[:3] == (
        "Coders: ann. Rounds: main, again. Responses decided twice by the same coder: 2; decided differently "
        "the second time: 1.",
        "Each coder is compared with themselves: first is the earlier decision, repeat the later one, less "
        "than a day apart in the middle. This is stability over time, not agreement between coders.",
        "2 responses came back within 14 days, when a coder may still remember what they decided.",
    )
    assert [row[0] for row in cells(table(report, "Each coder against themselves"))[1:]] == ["ann"]


# -- files -------------------------------------------------------------------------------------------

ONE_VALUE = "unit,ann,bob,eve\n1,y,y,y\n2,y,n,n\n3,n,n,\n4,n,n,n\n"


def test_one_variable_has_the_kappa_of_each_pair_not_a_median(tmp_path: Path) -> None:
    report = file_report(tmp_path, ONE_VALUE, exclusive=True, is_full=True)
    found = cells(table(report, "Pairs of coders"))
    assert found[0] == ["coders", "n", "% agree", "Cohen's kappa", "interval"]
    assert [row[:4] for row in found[1:]] == [
        ["ann – bob", "4", "75.0", "0.50"],
        ["ann – eve", "3", "66.7", "0.40"],
        ["bob – eve", "3", "100.0", "1.00"],
    ]
    assert table(report, "Pairs of coders").notes == ()
    assert titles(report) == [
        *("Agreement on one value a response", "Pairs of coders", "Every coefficient"),
        *("Intervals of every coefficient", "What a reader of this agreement asks"),
    ]


def test_parts_of_one_variable_show_its_figures(tmp_path: Path) -> None:
    text = "unit,question,ann,bob\n1,q,y,y\n2,q,n,n\n3,r,y,n\n4,r,n,n\n"
    found = cells(table(file_report(tmp_path, text, exclusive=True), "Each question"))
    assert found[0] == ["question", "n", "% agree", "alpha", "interval", "AC1", "verdict"]
    assert [row[:4] for row in found[1:]] == [["q", "2", "100.0", "1.00"], ["r", "2", "50.0", "0.00"]]


SCALE = "unit,ann,bob\n1,1,1\n2,2,2\n3,3,3\n4,1,2\n5,2,3\n6,3,3\n"
"""Alpha .53 as nominal, .76 as ordinal; its working stands with the method's documentation."""


def test_the_table_of_an_ordered_scale_has_the_alpha_that_it_is_judged_by(tmp_path: Path) -> None:
    found = table(file_report(tmp_path, SCALE, scale="ordinal"), "Agreement on one value a response")
    (note,) = found.notes
    assert cells(found)[1][3] == "0.76"
    assert note.startswith(
        "codings is an ordered scale: its alpha and verdict are by ordinal alpha. Beside it: nominal alpha "
        "0.53 ["
    )


def test_an_ordinal_alpha_without_a_closed_form_of_its_interval_is_said_to_have_none(tmp_path: Path) -> None:
    report = file_report(tmp_path, SCALE, scale="ordinal", method="analytic")
    (note,) = table(report, "Agreement on one value a response").notes
    assert "its alpha and verdict are by ordinal alpha; it has no interval by this method." in note
    assert "or where alpha has no interval. Needed:" in " ".join(report.notes)


def test_every_coefficient_of_an_ordered_scale_stands_in_the_full_view(tmp_path: Path) -> None:
    report = file_report(tmp_path, SCALE, scale="ordinal", is_full=True)
    headings, row = cells(table(report, "Every coefficient"))
    shown = dict(zip(headings, row, strict=True))
    assert [shown[name] for name in ("alpha", "ordinal alpha")] == ["0.53", "0.76"]
    assert {"AC1", "AC2"} < set(headings)


def test_one_replicate_gives_no_interval_and_codes_are_not_called_rare_for_it(study: Build) -> None:
    by_yardstick = Yardstick(uncertainty=Uncertainty(replicates=1))
    report = report_of(build(study, TWO), by_yardstick=by_yardstick)
    assert "prevalence × responses < 10, or where alpha has no interval." in " ".join(report.notes)
    assert "no interval" not in " ".join(report_of(build(study, TWO)).notes)


# -- degenerate --------------------------------------------------------------------------------------


def test_one_coder_in_several_rounds_gives_a_sentence(study: Build) -> None:
    store = build(study, {"ann": "ct"}, rounds=[Round(name="r2")])
    report = report_of(store, rounds=["main", "r2"])
    assert (report.tables, report.figures) == ((), ())
    assert report.notes[0].startswith("In rounds main, r2 only ann has decided anything,")


# -- the plot ----------------------------------------------------------------------------------------


def test_the_plot_shows_each_code_with_its_interval_and_verdict(study: Build) -> None:
    store = build(study, TWO)
    (figure,) = report_of(store).figures
    codes = measured(store).whole.codes
    alphas = {path: found.krippendorff_alpha for path, found in codes.items()}
    marks: dict[str, Mark] = dict(zip(codes, ("half", "cross", "cross"), strict=True))
    assert figure.plot.rows == tuple(
        Dot(label=path, value=alpha.value, low=alpha.low, high=alpha.high, mark=marks[path])
        for path, alpha in alphas.items()
    )
    assert figure.plot.axis == "Krippendorff's alpha, 95 % interval"
    assert figure.plot.references == (
        ReferenceLine(value=0.667, label="tentative .667"),
        ReferenceLine(value=0.8, label="reliable .800"),
    )
    assert figure.plot.marks == (("half", "tentative"), ("cross", "too few to judge"))
    assert figure.alt == (
        "3 codes: 1 tentative, 2 too few to judge, by Krippendorff's customary limits. The one judged has an "
        f"alpha of 0.93 ({COST})."
    )


def test_the_level_of_a_plots_intervals_is_not_rounded(study: Build) -> None:
    by_yardstick = Yardstick(uncertainty=Uncertainty(method=UncertaintyMethod.ANALYTIC, level=0.995))
    (figure,) = report_of(build(study, TWO), by_yardstick=by_yardstick).figures
    assert figure.plot.axis == "Krippendorff's alpha, 99.5 % interval"


# -- the report and the document ---------------------------------------------------------------------


def numbers(document: Any) -> Iterator[float]:
    if isinstance(document, dict):
        for value in document.values():
            yield from numbers(value)
    elif isinstance(document, list):
        for value in document:
            yield from numbers(value)
    elif isinstance(document, int | float) and not isinstance(document, bool):
        yield float(document)


def estimates(document: Any) -> Iterator[dict[str, Any]]:
    if isinstance(document, dict):
        if "low" in document:
            yield document
        for value in document.values():
            yield from estimates(value)
    elif isinstance(document, list):
        for value in document:
            yield from estimates(value)


DERIVED = {"lowest", "median", "defined", "reliable", "tentative", "unreliable", "too few", "undefined"}
"""Columns that count or sum up what the document has one by one."""


@pytest.mark.parametrize("ratings", [TWO, THREE])
def test_every_figure_of_the_report_is_the_documents(study: Build, ratings: dict[str, str]) -> None:
    people = {f"p{number}": {"site": "north" if number < 14 else "south"} for number in range(29)}
    store = build(study, ratings, people=people, answers=[(name, "q", "text") for name in people])
    result = measured(store, by_yardstick=QUICK, by="site")
    report = agreement_report(result, current_codebook(store), title="t", is_full=True)
    document = result.as_json()
    known = set(numbers(document))
    known |= {100 * number for number in known}
    limits = {interval(one["low"], one["high"], 2).text for one in estimates(document)}
    limits |= {
        interval(100 * one["low"], 100 * one["high"], 1).text
        for one in estimates(document)
        if one["low"] is not None
    }
    n_checked = 0
    for one in report.tables:
        for row in one.rows:
            for column, cell in zip(one.columns, row, strict=True):
                if column.heading in DERIVED or column.group == "median over codes":
                    continue
                if isinstance(cell.value, int | float):
                    assert cell.value in known, (one.title, column, cell)
                    n_checked += 1
                elif column.heading == "interval" and cell.value is not None and cell.text != "too few":
                    assert cell.text in limits, (one.title, column, cell)
                    n_checked += 1
    assert n_checked > 150


def test_a_printed_figure_is_the_rounded_value_behind_it(study: Build) -> None:
    report = report_of(build(study, THREE), is_full=True)
    coefficients = table(report, "Every coefficient")
    for row in coefficients.rows:
        for cell in row[1:-1]:
            assert isinstance(cell.value, float)
            assert cell.text == decimal(cell.value, 2).text


def test_the_document_has_cautions_thresholds_and_the_paragraph(study: Build) -> None:
    store = build(study, {"ann": "c" * 10 + "-" * 10, "bob": "c" * 10 + "-" * 10})
    result = measured(store)
    document = result.as_json()
    found = {code["code"]: code["cautions"] for code in document["codes"]}
    assert found[COST] == ["no_spread"]
    assert document["codability"]["cautions"] == []
    assert document["thresholds"] == {
        **{"reliable": 0.8, "tentative": 0.667, "expected_positives": 10.0},
        **{"origin": "customary", "set_by": None, "set_at": None},
    }
    assert document["methods"].startswith("Two coders decided all 20 answered responses to 1 question;")


def test_figures_without_uncodable_responses_stand_beside_those_with_them(study: Build) -> None:
    report = report_of(build(study, {"ann": "uct-", "bob": "cct-"}), is_full=True)
    found = table(report, "Without responses that somebody called uncodable")
    assert cells(found)[0] == [
        *("code", "with them: alpha", "with them: interval", "without: alpha", "without: interval"),
    ]
    # Cost with them: 1 - (2/8) / (2·3·5/56); without them coders agree on all three.
    assert [[row[0], row[1], row[3]] for row in cells(found)[1:]] == [
        [COST, "0.53", "1.00"],
        [TIME, "1.00", "1.00"],
        ["whole sets, MASI", "0.67", "1.00"],
    ]
    assert found.notes == (
        "1 response is left out. In every other table an uncodable response counts as one to which no code "
        "applies.",
    )
