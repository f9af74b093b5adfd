"""`harken agreement --codings FILE`: what is read, what is refused, and what degenerate files come to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command_line import Harken

LONG = "unit,coder,code\nu1,ann,x\nu1,bob,x\nu2,ann,\nu2,bob,y\nu3,ann,x\nu3,ann,y\nu3,bob,x\n"


def _document(harken: Harken, text: str, *options: str, name: str = "codings.csv") -> dict[str, Any]:
    Path(name).write_text(text, encoding="utf-8")
    made = harken("agreement", "--codings", name, "--format", "json", "--replicates", "2", *options)
    assert (made.code, made.err) == (0, "")
    document: dict[str, Any] = json.loads(made.out)
    return document


def _refused(harken: Harken, text: str, *options: str) -> str:
    Path("codings.csv").write_text(text, encoding="utf-8")
    made = harken("agreement", "--codings", "codings.csv", *options)
    assert (made.code, made.stdout) == (1, b"")
    assert made.err.count("\n") == 1
    return made.err.removeprefix("error: ").rstrip("\n")


def _decided(document: dict[str, Any]) -> dict[str, Any]:
    return {item["participant"]: item["codes"] for item in document["disagreements"]}


def test_sets_of_a_long_file_are_compared_without_a_project(harken: Harken, folder: Path) -> None:
    document = _document(harken, LONG)
    assert document["scope"]["coders"] == ["ann", "bob"]
    assert (document["scope"]["n_units_rated"], document["scope"]["n_units_pairable"]) == (3, 3)
    assert {code["code"]: code["table"] for code in document["codes"]} == {
        "x": {"both": 2, "only_first": 0, "only_second": 0, "neither": 1},
        "y": {"both": 0, "only_first": 1, "only_second": 1, "neither": 1},
    }
    assert (document["families"], document["codability"]) == ([], None)
    assert _decided(document) == {
        "u2": {"ann": [], "bob": ["y"]},
        "u3": {"ann": ["x", "y"], "bob": ["x"]},
    }
    assert [path.name for path in folder.iterdir()] == ["codings.csv"]


def test_the_same_in_a_wide_file_with_semicolons(harken: Harken) -> None:
    wide = "unit,ann,bob\nu1,x,x\nu2,(none),y\nu3,x; y,x\n"
    found, same = _document(harken, wide), _document(harken, LONG)
    assert (same.pop("remarks"), len(found.pop("remarks"))) == ([], 1)
    assert found == same


def test_exclusive_codes_are_one_variable_and_blank_is_its_own_category(harken: Harken) -> None:
    document = _document(
        harken, "unit,coder,code\n1,a,x\n1,b,x\n2,a,\n2,b,\n3,a,x\n3,b,\n", "--exclusive", "--code", "z"
    )
    (family,) = document["families"]
    assert (family["family"], document["codes"], document["sets"]) == ("codings", [], None)
    assert family["percent_agreement"]["value"] == pytest.approx(2 / 3)
    assert family["brennan_prediger"]["value"] == pytest.approx((2 / 3 - 1 / 3) / (1 - 1 / 3))  # x, z, (none)
    assert _decided(document) == {"3": {"a": ["x"], "b": []}}


def test_none_is_counted_as_a_category_only_where_it_occurs(harken: Harken) -> None:
    (family,) = _document(harken, "unit,a,b\n1,x,x\n2,y,x\n", "--exclusive")["families"]
    assert family["brennan_prediger"]["value"] == pytest.approx(0.0)  # two categories, half the units agree


def test_a_slice_counts_the_categories_that_occur_in_it(harken: Harken) -> None:
    rows = "participant,question,a,b\n1,q,x,x\n2,q,y,x\n1,r,x,x\n2,r,z,w\n"
    document = _document(harken, rows, "--exclusive")
    by_question = {part["value"]: part["families"][0] for part in document["slices"]}
    assert by_question["q"]["brennan_prediger"]["value"] == pytest.approx((1 / 2 - 1 / 2) / (1 - 1 / 2))
    assert by_question["r"]["brennan_prediger"]["value"] == pytest.approx((1 / 2 - 1 / 3) / (1 - 1 / 3))


def test_a_label_called_none_and_a_blank_are_one_category(harken: Harken) -> None:
    (family,) = _document(harken, "unit,coder,code\n1,a,(none)\n1,b,\n2,a,x\n2,b,x\n", "--exclusive")[
        "families"
    ]
    assert family["krippendorff_alpha"]["value"] == pytest.approx(1.0)


def test_numbers_on_a_scale_are_numbers_and_blanks_are_missing(harken: Harken) -> None:
    rows = "unit,coder,code\n1,a,-0.5\n1,b,-.5\n2,a,10\n2,b,10.0\n3,a,2\n3,b,\n"
    (family,) = _document(harken, rows, "--scale", "interval")["families"]
    assert (family["n_units_rated"], family["n_units_pairable"]) == (3, 2)
    assert family["krippendorff_alpha"]["value"] == pytest.approx(1.0)
    assert family["krippendorff_alpha_interval"]["value"] == pytest.approx(1.0)


def test_labels_are_ordered_as_they_are_declared(harken: Harken) -> None:
    rows = "unit,a,b\n1,low,low\n2,low,high\n3,high,high\n4,mid,mid\n"
    declared = [word for label in ("low", "mid", "high") for word in ("--code", label)]
    (labelled,) = _document(harken, rows, "--scale", "ordinal", *declared)["families"]
    numbers = rows.replace("low", "1").replace("mid", "2").replace("high", "3")
    (numbered,) = _document(harken, numbers, "--scale", "ordinal")["families"]
    assert labelled["krippendorff_alpha_ordinal"] == numbered["krippendorff_alpha_ordinal"]
    assert labelled["krippendorff_alpha_ordinal"]["value"] is not None


def test_codes_are_exact_texts_without_a_hierarchy(harken: Harken) -> None:
    rows = 'unit,coder,code\n1,ann,risk.a\n1,b|c,risk\n2,ann,"x, y"\n2,b|c, 01\n3,ann,1\n3,b|c,01\n4,ann,ü\n'
    document = _document(harken, rows)
    assert [code["code"] for code in document["codes"]] == [" 01", "01", "1", "risk", "risk.a", "x, y", "ü"]
    assert [code["n_positive"] for code in document["codes"]] == [1] * 7
    assert document["scope"]["coders"] == ["ann", "b|c"]


def test_declared_codes_and_coders_stay_in_scope_unused_and_others_are_left_out(harken: Harken) -> None:
    document = _document(harken, LONG, "--coder", "eve", "--coder", "ann", "--code", "z")
    assert document["scope"]["coders"] == ["eve", "ann"]
    assert [(code["code"], code["n_positive"]) for code in document["codes"]] == [
        ("z", 0),
        ("x", 2),
        ("y", 1),
    ]
    (pair,) = document["pairs"]
    assert (pair["coders"], pair["n_units"]) == (["eve", "ann"], 0)
    assert document["codes"][1]["krippendorff_alpha"]["undefined"] == "no_overlap"


def test_an_uncodable_answer_counts_as_without_codes_and_is_called_so_in_disagreements(
    harken: Harken,
) -> None:
    rows = "unit,coder,code,state\n1,a,,uncodable\n1,b,,coded\n2,a,x,\n2,b,x,coded\n"
    document = _document(harken, rows)
    assert document["sets"]["percent_exact"]["value"] == pytest.approx(1.0)
    assert _decided(document) == {"1": {"a": ["(uncodable)"], "b": []}}


def test_a_codings_file_of_a_project_is_read_as_it_is(harken: Harken, study: Path) -> None:
    assert harken("codings", "export", "out.csv").code == 0
    outside = json.loads(harken("agreement", "--codings", "out.csv", "--format", "json").out)
    inside = json.loads(harken("agreement", "--format", "json", "--with-excluded").out)
    assert outside["sets"]["alpha_masi"] == inside["sets"]["alpha_masi"]
    assert outside["scope"]["questions"] == ["q1", "q2"]
    assert outside["scope"]["rounds"] == ["main"]


def test_participants_with_several_answers_are_resampled_whole(harken: Harken) -> None:
    answers = [(p, q, int(p == q)) for p in range(4) for q in range(4)]
    people = "participant,question,a,b\n" + "".join(f"p{p},q{q},x,{'xy'[v]}\n" for p, q, v in answers)
    units = "unit,a,b\n" + "".join(f"{p}-{q},x,{'xy'[v]}\n" for p, q, v in answers)
    (whole,) = _document(harken, people, "--exclusive", "--method", "jackknife")["families"]
    (single,) = _document(harken, units, "--exclusive", "--method", "jackknife")["families"]
    assert whole["percent_agreement"]["value"] == single["percent_agreement"]["value"] == 0.75
    assert whole["percent_agreement"]["se"] == pytest.approx(0.0)  # each person has one difference in four
    assert single["percent_agreement"]["se"] == pytest.approx((0.75 * 0.25 / 15) ** 0.5)


def test_a_unit_column_beside_a_participant_names_units_of_people(harken: Harken) -> None:
    rows = "participant,unit,a,b\np1,u1,x,y\np1,u2,x,x\n"
    (item,) = _document(harken, rows)["disagreements"]
    assert (item["participant"], item["occasion"]) == ("p1", "u1")


ROUNDS = (
    "unit,round,coder,code,at\n1,r1,a,x,2026-01-01\n1,r1,b,y,2026-01-01\n"
    "1,r2,a,y,2026-02-01\n1,r2,b,y,2026-02-01\n"
)


def test_units_are_apart_by_round_with_a_slice_each(harken: Harken) -> None:
    document = _document(harken, ROUNDS)
    assert document["scope"]["rounds"] == ["r1", "r2"]
    assert document["scope"]["n_units_rated"] == 2
    assert [(s["by"], s["value"], s["scope"]["n_units_rated"]) for s in document["slices"]] == [
        ("round", "r1", 1),
        ("round", "r2", 1),
    ]


def test_pooled_rounds_keep_the_latest_decision(harken: Harken) -> None:
    document = _document(harken, ROUNDS, "--pool")
    assert (document["scope"]["pooled"], document["scope"]["n_units_rated"]) == (True, 1)
    assert document["scope"]["rounds"] == ["r1", "r2"]
    assert document["sets"]["percent_exact"]["value"] == 1.0
    assert document["slices"] == []


def test_one_round_can_be_chosen(harken: Harken) -> None:
    document = _document(harken, ROUNDS, "--round", "r1")
    assert (document["scope"]["rounds"], document["sets"]["percent_exact"]["value"]) == (["r1"], 0.0)


def test_pooling_needs_to_know_which_decision_is_the_later_one(harken: Harken) -> None:
    error = _refused(harken, ROUNDS.replace("2026-02-01", ""), "--pool")
    assert error == (
        "codings.csv, row 4, column 'code': coder 'a' decided unit '1' (round 'r2') as 'y' and, in row 2 and"
        " another round, as 'x', and column 'at' does not say which is later. Fill it in, or choose one round"
        " with --round."
    )


def test_semicolons_and_byte_order_marks_are_read(harken: Harken) -> None:
    text = "\ufeff" + LONG.replace(",", ";")
    assert _document(harken, text)["scope"]["n_units_pairable"] == 3


@pytest.mark.parametrize("options", [(), ("--exclusive",), ("--scale", "interval")])
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("unit,coder,code\n", "no_ratings"),
        ("unit,a,b\n", "no_ratings"),
        ("unit,coder,code\n1,a,1\n2,a,2\n", "one_coder"),
        ("unit,coder,code\n1,a,1\n2,b,2\n", "no_overlap"),
        ("unit,coder,code\n1,a,1\n1,b,1\n", "one_category"),
    ],
)
def test_degenerate_files_are_undefined_with_the_reason(
    harken: Harken, text: str, reason: str, options: tuple[str, ...]
) -> None:
    document = _document(harken, text, "--code", "1", *options)
    found = document["families"] or document["codes"]
    assert found[0]["krippendorff_alpha"]["undefined"] == reason
    assert harken("agreement", "--codings", "codings.csv", *options).code == 0


@pytest.mark.parametrize(
    ("text", "options", "error"),
    [
        (
            "unit,coder,code,colour\n1,a,x,red\n",
            (),
            "codings.csv, column 'colour': codings with a row a code have no such column. Remove it, or"
            " rename it. Known: unit, participant, question, occasion, round, coder, code, start, end, state,"
            " unsure, memo, at. If each coder has a column, say so with --layout wide.",
        ),
        (
            "unit,coder,text\n1,a,x\n",
            (),
            "codings.csv: there is a column 'coder' and none called 'code'. A row a code needs both: add"
            " 'code'. If each coder has a column, say so with --layout wide.",
        ),
        (
            "text,coder,code\n1,a,x\n",
            (),
            "codings.csv: no column says what was coded. Call it unit, or name participant, question and"
            " occasion. Columns: 'text', 'coder', 'code'.",
        ),
        (
            "unit,coder,code\n1,a,x\n1,a,\n",
            (),
            "codings.csv, row 3, column 'code': coder 'a' decided unit '1' as no code (blank) here and as 'x'"
            " in row 2. Keep one of them.",
        ),
        (
            "unit,coder,code\n1,a,x\n2,a,x\n1,a,y\n",
            ("--exclusive",),
            "codings.csv, row 4, column 'code': coder 'a' decided unit '1' as 'y' here and as 'x' in row 2."
            " Keep one of them.",
        ),
        (
            "unit,coder,code,state\n1,a,x,\n1,a,,uncodable\n",
            (),
            "codings.csv, row 3, column 'code': coder 'a' decided unit '1' as uncodable here and as 'x' in"
            " row 2. Keep one of them.",
        ),
        (
            "unit,a,b\n1,x,x\n1,y,x\n",
            (),
            "codings.csv, row 3, column 'a': coder 'a' decided unit '1' as 'y' here and as 'x' in row 2."
            " Keep one of them.",
        ),
        (
            "unit,a,b\n1,3,many\n",
            ("--scale", "interval"),
            "codings.csv, row 2, column 'b': 'many' is no number, which --scale interval needs. Write a"
            " number with a point, as in 3 or -0.5, or leave the cell blank where there is none.",
        ),
        (
            "unit,a,b\n1,low,high\n",
            ("--scale", "ordinal"),
            "codings.csv, row 2, column 'a': 'low' is no number, which --scale ordinal needs. Write numbers,"
            " or declare every label from the lowest to the highest with --code.",
        ),
        (
            "unit,a,b\n1,low,high\n",
            ("--scale", "ordinal", "--code", "low"),
            "codings.csv, row 2, column 'b': 'high' has no place in the order that --code declares: 'low'."
            " Declare it too, or correct it.",
        ),
        (
            "unit,a,b\n1,x;(none),x\n",
            (),
            "codings.csv, row 2, column 'a': 'x;(none)' says that no code applies and names one. Keep one of"
            " the two.",
        ),
        (
            "unit,coder,code\n1,,x\n",
            (),
            "codings.csv, row 2, column 'coder' is blank. Fill it in, or remove the row.",
        ),
        (
            "unit,round,a,b\n1,one,x,x\n",
            ("--round", "two"),
            "codings.csv: no round 'two'. Rounds in the file: 'one'.",
        ),
        (
            "unit,a,b\n1,x,x\n",
            ("--question", "q"),
            "codings.csv has no column 'question'. Leave out --question, or add the column.",
        ),
        (
            "unit\n1\n",
            (),
            "codings.csv: no column holds codings. Give each coder a column, or a row a code with the columns"
            " coder and code. Columns: 'unit'.",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_way_out(
    harken: Harken, text: str, options: tuple[str, ...], error: str
) -> None:
    assert _refused(harken, text, *options) == error


def test_a_file_that_is_not_there_is_named(harken: Harken) -> None:
    made = harken("agreement", "--codings", "nowhere.csv")
    assert (made.code, made.err) == (
        1,
        "error: There is no file 'nowhere.csv'. Check the name and the folder.\n",
    )


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--exclusive",), "--exclusive says how a file is read. Name it with --codings FILE."),
        (("--scale", "ordinal"), "--scale says how a file is read. Name it with --codings FILE."),
        (("--codings", "codings.csv", "--by", "group"), "--by needs a project; with --codings leave it out."),
        (
            ("--codings", "codings.csv", "--with-excluded"),
            "--with-excluded needs a project; with --codings leave it out.",
        ),
        (
            ("--codings", "codings.csv", "--exclusive", "--scale", "ordinal"),
            "--exclusive and --scale ordinal exclude each other: categories have an order or they don't.",
        ),
    ],
)
def test_options_that_would_go_unheard_are_usage_errors(
    harken: Harken, options: tuple[str, ...], words: str
) -> None:
    Path("codings.csv").write_text(LONG)
    made = harken("agreement", *options)
    assert made.code == 2
    assert words in made.err


def test_the_list_of_disagreements_shows_what_a_file_holds(harken: Harken) -> None:
    Path("codings.csv").write_text(LONG)
    made = harken("agreement", "--codings", "codings.csv", "--disagreements", "--replicates", "2")
    listed = made.out.split("Answers that coders decided differently\n")[1]
    assert [line.split() for line in listed.splitlines() if line.startswith("u")] == [
        ["unit", "ann", "bob"],
        ["u2", "no", "code", "applies", "y"],
        ["u3", "x,", "y", "x"],
    ]
    assert "adjudicated" not in made.out


def test_one_coder_in_a_file_is_a_sentence(harken: Harken) -> None:
    Path("codings.csv").write_text("unit,coder,code\n1,ann,x\n")
    made = harken("agreement", "--codings", "codings.csv")
    assert made.out == (
        "codings.csv: agreement between coders\n"
        "In this file only ann has decided anything, so there is no agreement to measure.\n"
    )
