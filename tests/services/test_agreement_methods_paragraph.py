"""The paragraph for a paper's methods section and the facts for it, as the project knows them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from agreement_report_study import (
    BLIND,
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
)

from harken import __version__
from harken.model import Round, RoundKind
from harken.services.agreeing import Yardstick, agreement_report, measure_file_agreement
from harken.services.agreeing.reporting import methods_paragraph
from harken.services.codebooks.codes import change_code
from harken.services.meeting import record_meeting
from harken.stats.uncertainty import Uncertainty, UncertaintyMethod
from harken.storage.store import Store

TWO = {"ann": "cccccccccccct---------tt--hb", "bob": "ccccccccccc-tt--------tt--h "}
THREE = {
    "ann": "cccccccccccct---------tt--hbu",
    "bob": "ccccccccccc-tt--------tt--h -",
    "eve": "cccccc    cc-ttcc    -tt--h  ",
}

EACH_CODE = (
    "Each code was compared as a yes/no variable, over the responses to the questions for which it is meant: "
    "applied (itself or a code below it) or not. A decision that no code applies was a rating; a response "
    "that a coder had not decided was missing for that coder."
)
ALPHA = (
    "The leading coefficient was Krippendorff's (2011) nominal alpha, which allows for any number of coders "
    "and for missing decisions; percent agreement, positive agreement and Gwet's (2008) AC1 stand beside it. "
    "Figures have 95 % jackknife intervals over participants."
)
CHANCE = "The share of each answer by which AC1 allows for chance is over every decision (Gwet 2014)."
LIMITS = (
    "The lower limit of alpha was held against Krippendorff's customary limits: .800 for reliable, .667 for "
    "tentative conclusions. No verdict was given on codes with fewer than 10 expected positive responses, "
    "where intervals do not hold their level."
)
HARKEN = f"Figures were computed with Harken {__version__}."


EXACT = Yardstick(uncertainty=Uncertainty(method=UncertaintyMethod.JACKKNIFE))


def paragraph(store: Store, *, by_yardstick: Yardstick = EXACT, **options: Any) -> str:
    return methods_paragraph(measured(store, by_yardstick=by_yardstick, **options))


def by(method: UncertaintyMethod, **more: Any) -> dict[str, Yardstick]:
    return {"by_yardstick": Yardstick(uncertainty=Uncertainty(method=method, replicates=50, **more))}


# -- whole paragraphs --------------------------------------------------------------------------------


def test_two_coders_in_a_blind_round(study: Build) -> None:
    assert paragraph(build(study, TWO, is_at_screen=True, rounds=[BLIND])) == " ".join(
        [
            "Two coders decided all 28 answered responses to 1 question; 27 (96.4 %) were decided by both, "
            "and agreement was computed on these alone. Until they had decided a response, coders could not "
            "see what others decided on it.",
            EACH_CODE,
            ALPHA,
            CHANCE,
            "Whole sets of codes were equal on 92.6 % of responses; alpha with MASI distance (Passonneau "
            "2006) was 0.89 [0.72, 1.00].",
            "Of 3 codes, 1 could be judged (alpha 0.93): 0 reliable, 1 tentative, 0 unreliable; 2 had too "
            "few responses.",
            LIMITS,
            HARKEN,
        ]
    )


def test_three_coders_some_decisions_of_whom_are_missing(study: Build) -> None:
    store = build(study, THREE, answers=[(f"p{n}", "q", "text") for n in range(29)])
    assert paragraph(store) == " ".join(
        [
            "Three coders decided all 29 answered responses to 1 question; 28 (96.6 %) were decided by two "
            "or more of them, and agreement was computed on these alone.",
            EACH_CODE,
            "A response called uncodable counted as one to which no code applies.",
            ALPHA,
            CHANCE,
            "On average over responses 85.7 % of the pairs of decisions had equal sets of codes; alpha with "
            "MASI distance (Passonneau 2006) was 0.75 [0.57, 0.94].",
            "Of 3 codes, 1 could be judged (alpha 0.84): 0 reliable, 0 tentative, 1 unreliable; 2 had too "
            "few responses.",
            LIMITS,
            HARKEN,
        ]
    )


def test_a_file_read_as_one_variable(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text("unit,ann,bob\n" + "1,y,y\n2,n,n\n3,y,n\n4,n,n\n", encoding="utf-8")
    assert methods_paragraph(measure_file_agreement(path, exclusive=True, method="jackknife")) == " ".join(
        [
            "Two coders decided 4 responses; each was decided by both, and agreement was computed on these "
            "alone.",
            "Each response had one value for each coder, compared as one nominal variable.",
            "The leading coefficient was Krippendorff's (2011) nominal alpha, which allows for any number of "
            "coders and for missing decisions; percent agreement and Gwet's (2008) AC1 stand beside it. "
            "Figures have 95 % jackknife intervals over participants.",
            # 1 - (2/8) / (2·3·5/56); AC1: (3/4 - 2·3/8·5/8) / (1 - 2·3/8·5/8).
            "Alpha was 0.53 [-1.00, 1.00]; percent agreement 75.0 %, AC1 0.53 [-0.97, 1.00].",
            "The lower limit of alpha was held against Krippendorff's customary limits: .800 for reliable, "
            ".667 for tentative conclusions. No verdict was given on fewer than 10 responses expected "
            "outside the commonest value, where intervals do not hold their level.",
            HARKEN,
        ]
    )


def test_coders_compared_with_themselves(study: Build) -> None:
    store = build(
        study,
        {"ann": "ct-c", "bob": "ct"},
        rounds=[Round(name="again", kind=RoundKind.REPEAT)],
        more=[
            *decisions_of({"ann": "ct-t"}, round="again"),
        ],
    )
    assert paragraph(store, intra=True) == " ".join(
        [
            "One coder decided 4 responses a second time. Each coder's repeated decision was compared with "
            "their own earlier one, so that the figures are of stability within coders, not of agreement "
            "between them.",
            EACH_CODE,
            ALPHA,
            "Whole sets of codes were equal on 75.0 % of responses; alpha with MASI distance (Passonneau "
            "2006) was 0.67 [-0.52, 1.00].",
            "Of 3 codes, none could be judged; 2 had too few responses; 1 was applied by nobody.",
            LIMITS,
            HARKEN,
        ]
    )


# -- what is out of the ordinary ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "said"),
    [
        (
            UncertaintyMethod.BCA,
            "95 % bias-corrected and accelerated (BCa) bootstrap intervals over participants",
        ),
        (
            UncertaintyMethod.ANALYTIC,
            "95 % closed-form intervals (Gwet's linearisation; Fleiss, Cohen and Everitt for Cohen's kappa), "
            "which take responses as independent of each other. The share",
        ),
    ],
)
def test_intervals_are_told_as_they_were_made(study: Build, method: UncertaintyMethod, said: str) -> None:
    assert said in paragraph(build(study, TWO), **by(method))


def test_intervals_of_sets_are_told_apart_where_they_were_made_otherwise(study: Build) -> None:
    store = build(study, TWO)
    sentence = "Those of whole sets are by the jackknife over participants."
    assert sentence in paragraph(store, **by(UncertaintyMethod.ANALYTIC))
    assert sentence not in paragraph(store, **by(UncertaintyMethod.BOOTSTRAP))
    assert sentence not in paragraph(store)


def test_responses_of_several_rounds_are_no_share_of_the_answers(study: Build) -> None:
    store = build(
        study,
        {"ann": "ct", "bob": "ct"},
        rounds=[Round(name="r2")],
        more=decisions_of({"ann": "c", "bob": "c"}, round="r2"),
    )
    assert paragraph(store, rounds=["main", "r2"]).startswith(
        "Two coders decided 3 responses to 1 question; each was decided by both, and agreement was computed "
        "on these alone. Decisions come from 2 rounds of coding and were compared within a round; a response "
        "counts in each round in which it was decided. Each code"
    )
    assert paragraph(store, rounds=["main", "r2"], pool=True).startswith(
        "Two coders decided all 2 answered responses to 1 question; each was decided by both, and agreement "
        "was computed on these alone. Rounds and versions of the codebook were pooled: of each coder's "
        "decisions on a response the latest counted. Each code"
    )


def test_answers_that_nobody_decided_make_the_share(study: Build) -> None:
    assert paragraph(build(study, {"ann": "ct  ", "bob": "c   "})).startswith(
        "Two coders decided 2 of 4 answered responses (50.0 %) to 1 question; 1 (50.0 %) were decided by "
        "both, and "
    )


def test_repeated_texts_that_count_once_are_told(study: Build) -> None:
    store = build(
        study,
        {"ann": "ctt", "bob": "ctt"},
        answers=[("p0", "q", "none"), ("p1", "q", "None "), ("p2", "q", "x")],
    )
    found = paragraph(store, distinct=True)
    assert found.startswith("Two coders decided 2 responses to 1 question;")
    assert "Responses to a question with the same text counted once (1 repeated text left out)." in found


def test_answers_of_excluded_people_that_were_kept_are_told(study: Build) -> None:
    store = build(study, {"ann": "ct", "bob": "ct"}, excluded={"item non-response": ["p0"]})
    found = paragraph(store, with_excluded=True)
    assert found.startswith("Two coders decided 2 responses to 1 question;")
    assert "Responses of people excluded from the analysis were kept." in found


def test_what_was_decided_again_after_a_meeting_is_told(study: Build) -> None:
    store = build(study, {"ann": "ct", "bob": "cc"}, is_at_screen=True)
    record_meeting(store, "We talked about p1.", actor="lead")
    decide_now(store, decisions_of({"ann": " c"}))
    found = paragraph(store)
    assert (
        "1 response was decided again after a meeting or adjudication; the decisions before it were compared."
    ) in found
    assert "Others' decisions were not hidden from coders." in found


def test_a_code_that_was_defined_anew_is_told(study: Build) -> None:
    store = build(study, {"ann": "ct  ", "bob": "ct  "}, is_at_screen=True)
    change_code(store, TIME, actor="lead", wording={"definition": "Hours, not years."})
    decide_now(store, decisions_of({"ann": "  ct", "bob": "  ct"}))
    assert (
        "1 code was defined anew in the meantime; figures hold responses decided under each definition."
        in (paragraph(store))
    )


def test_nothing_compared_is_said_as_it_is(study: Build) -> None:
    assert paragraph(build(study, {"ann": "c ", "bob": " c"})) == (
        "No response was decided by two coders, so that there is no agreement to report."
    )


def test_codes_with_no_alpha_are_told_apart_from_codes_nobody_applied(study: Build) -> None:
    assert (
        "Of 3 codes, none could be judged; 2 were applied by nobody; 1 had no alpha for want of variation or "
        "overlap." in (paragraph(build(study, {"ann": "ccc", "bob": "ccc"})))
    )


# -- the facts ---------------------------------------------------------------------------------------


def facts(store: Store, **options: Any) -> dict[str, str]:
    found = cells(table(report_of(store, is_full=True, **options), "What a reader of this agreement asks"))
    return {row[0]: row[1] for row in found[1:]}


def some(found: dict[str, str], names: Iterable[str]) -> dict[str, str]:
    return {name: found[name] for name in names}


def test_the_facts_say_who_decided_what_and_what_was_hidden(study: Build) -> None:
    store = build(
        study,
        {"ann": "ct-", "bob": "c  "},
        is_at_screen=True,
        rounds=[Round(name="main", is_blind=True, hides_group=True)],
        excluded={"item non-response": ["p2"]},
    )
    found = facts(store)
    assert some(
        found,
        [
            *("What was investigated", "Whose answers", "By whom", "What was rated", "How much each decided"),
            *(
                "How often a response was decided",
                "What was hidden from coders",
                "Were codes suggested to coders",
            ),
            "Were decisions made independently",
        ],
    ) == {
        "What was investigated": "agreement between coders",
        "Whose answers": "1 participant with a response that was decided twice; 1 person excluded from the "
        "study. Who they are: not on record: for you to say",
        "By whom": "ann, bob. Training and experience: not on record: for you to say",
        "What was rated": "2 responses to q, 1 (50.0 %) of them by two or more coders; the unit is one "
        "participant's response to one question",
        "How much each decided": "ann 2; bob 1",
        "How often a response was decided": "1 by 1 coder; 1 by 2 coders",
        "What was hidden from coders": "round main: others' decisions were hidden until one's own was "
        "made, and participants' groups were hidden",
        "Were codes suggested to coders": "on none of the responses, as far as the project knows",
        "Were decisions made independently": "yes: every round was blind",
    }


def test_decisions_that_came_in_with_a_file_have_no_independence_on_record(study: Build) -> None:
    found = facts(build(study, {"ann": "ct", "bob": "ct"}, rounds=[BLIND]))
    assert "What was hidden from coders" not in found
    assert some(
        found, ["When decisions were made", "Where decisions were made", "Were decisions made independently"]
    ) == {
        "When decisions were made": "not on record: for you to say",
        "Where decisions were made": "4 decisions came in with files: how they were made is not on record: "
        "for you to say",
        "Were decisions made independently": "decisions came in with files: not on record: for you to say",
    }


def test_the_facts_say_from_when_to_when_decisions_were_made(study: Build) -> None:
    ratings = decisions_of({"ann": "c"}, at="2026-03-01T10:00:00Z")
    ratings += decisions_of({"bob": "c"}, at="2026-03-09T23:59:00Z")
    store = build(study, {"ann": " "}, more=ratings)
    assert facts(store)["When decisions were made"] == "from 2026-03-01 to 2026-03-09 (UTC)"


def test_the_facts_name_the_codebooks_version_and_its_day(study: Build) -> None:
    result = measured(build(study, {"ann": "c", "bob": "c"}))
    known = result.circumstances
    assert known is not None
    found = facts(build(study, {"ann": "c", "bob": "c"}))["With what"]
    assert found.startswith("the project's codebook with 3 codes, version ")
    assert found.endswith(f" of {known.codebook_day}")


def test_every_item_of_the_guideline_but_the_fifth_has_its_place(study: Build) -> None:
    found = cells(table(report_of(build(study, TWO), is_full=True), "What a reader of this agreement asks"))
    items = {int(item) for row in found[1:] for item in row[2].split(", ")}
    assert items == set(range(1, 16)) - {5}


def test_the_facts_of_stability_ask_for_the_time_between(study: Build) -> None:
    store = build(
        study, {"ann": "ct"}, is_at_screen=True, rounds=[Round(name="again", kind=RoundKind.REPEAT)]
    )
    decide_now(store, decisions_of({"ann": "c-"}, round="again"))
    found = facts(store, intra=True)
    assert found["What was investigated"] == "stability of coders' own decisions over time"
    assert found["Time between the two decisions"] == "less than a day in the middle"
    assert found["What was rated"] == "2 responses to q, each decided twice by the same coder"
    assert not {"How much each decided", "Were decisions made independently"} & set(found)


def test_the_facts_of_a_file_leave_open_what_only_a_project_knows(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text("unit,ann,bob\n1,y,y\n2,n,(none)\n", encoding="utf-8")
    report = agreement_report(measure_file_agreement(path, replicates=50), None, title="f.csv", is_full=True)
    found = {row[0]: row[1] for row in cells(table(report, "What a reader of this agreement asks"))[1:]}
    assert {name for name, answer in found.items() if answer == "not on record: for you to say"} == {
        *("Whose answers", "When decisions were made", "Were decisions made independently"),
        "How good agreement must be for the use made of the codes",
    }


def test_the_paragraph_stands_below_the_facts(study: Build) -> None:
    store = build(study, TWO)
    notes = table(report_of(store, is_full=True), "What a reader of this agreement asks").notes
    assert notes[-1] == f"For the methods section: {paragraph(store, by_yardstick=QUICK)}"


def test_an_exclusive_familys_own_figures_stand_in_the_paragraph(study: Build) -> None:
    from harken.model import Code, Codebook, Family

    family = Family(
        key="benefit",
        label="Benefit",
        exclusive=True,
        codes=(Code(key="cost", label="C"), Code(key="time", label="T")),
    )
    store = build(study, {"ann": "ctct", "bob": "cttt"}, book=Codebook(families=(family,)))
    found = paragraph(store)
    assert "Each exclusive family of codes was also compared as one nominal variable." in found
    # Cost 3, time 5 of 8: 1 - (2/8) / (2·3·5/56).
    assert "For benefit alpha was 0.53 [" in found
    assert TIME not in found


def test_a_coder_who_decided_nothing_is_not_counted(study: Build) -> None:
    store = build(
        study,
        {"ann": "ct", "bob": "ct", "eve": "  "},
        more=decisions_of({"eve": "c"}, round="r2"),
        rounds=[Round(name="r2")],
    )
    found = paragraph(store, coders=["ann", "bob", "eve"])
    assert found.startswith(
        "Two coders decided all 2 answered responses to 1 question; each was decided by both,"
    )


def test_one_code_alone_is_named_with_its_figures(study: Build) -> None:
    found = paragraph(build(study, TWO), codes=[TIME])
    assert f"The code {TIME} was compared as a yes/no variable, over" in found
    assert "(sets of every code, not of those named); alpha with MASI" in found
    assert f"Alpha of {TIME} was 0.84 [" in found
    assert " over 27 responses; it could not be judged, as it had too few responses. The lower" in found


def test_codes_without_an_interval_are_not_called_too_few(study: Build) -> None:
    found = paragraph(build(study, TWO), by_yardstick=Yardstick(uncertainty=Uncertainty(replicates=1)))
    assert "(1 replicate, seed 1)" in found
    assert "Of 3 codes, none could be judged; 3 had no interval to judge by." in found


def test_one_ordered_scale_leads_with_its_own_alpha(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text("unit,ann,bob\n1,1,1\n2,2,2\n3,3,3\n4,1,2\n5,2,3\n6,3,3\n", encoding="utf-8")
    found = methods_paragraph(measure_file_agreement(path, scale="ordinal", method="jackknife"))
    assert "one value for each coder, compared as one ordinal variable." in found
    assert "The leading coefficient was Krippendorff's (2011) ordinal alpha," in found
    assert "Ordinal alpha was 0.76 [" in found
    assert ", nominal alpha 0.53 [" in found
