"""`harken answers` as a person and a script call it."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest
from command_line import Harken


def answers(harken: Harken, *arguments: str) -> list[tuple[str, str]]:
    """Participant and question of what a call lists."""
    outcome = harken("answers", "--format", "json", *arguments)
    assert (outcome.code, outcome.err) == (0, "")
    return [(one["participant"], one["question"]) for one in json.loads(outcome.out)["answers"]]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("--search", "phone"), [("p1", "q1"), ("p2", "q1")]),
        (("--search", "phone -slow"), [("p2", "q1")]),
        (("--code", "wait", "--code", "price"), [("p1", "q1"), ("p2", "q1"), ("p3", "q2")]),
        (("--family", "theme", "--question", "q2"), [("p1", "q2"), ("p3", "q2")]),
        (("--code", "wait", "--coder", "bob"), [("p1", "q1")]),
        (("--without-code", "wait", "--question", "q1"), [("p3", "q1"), ("p4", "q1")]),
        (("--without-family", "theme", "--question", "q1"), [("p3", "q1"), ("p4", "q1")]),
        (("--where", "group=north", "--question", "q1"), [("p1", "q1"), ("p3", "q1")]),
        (("--where", "group="), [("p4", "q1"), ("p4", "q2")]),
        (("--participant", "p3"), [("p3", "q1"), ("p3", "q2")]),
        (("--state", "no_code"), [("p2", "q1"), ("p3", "q1"), ("p4", "q1")]),
        (("--state", "non_response", "--state", "excluded"), [("p4", "q1"), ("p4", "q2")]),
        (("--shortest", "4", "--sort", "longest"), [("p1", "q1"), ("p2", "q1")]),
        (("--limit", "1"), [("p1", "q1")]),
        (("--round", "main", "--coder", "ann", "--question", "q2"), [("p1", "q2"), ("p3", "q2")]),
    ],
)
def test_options_narrow_the_list_down(harken: Harken, study: Path, arguments, found) -> None:
    assert answers(harken, *arguments) == found


def test_a_list_is_printed_without_a_terminal(harken: Harken, study: Path) -> None:
    outcome = harken("answers", "--search", "rude")
    assert (outcome.code, outcome.err) == (0, "")
    assert "1 answer: search rude." in outcome.out
    assert "«rude» staff" in outcome.out


def test_csv_holds_the_words_as_they_were_said(harken: Harken, study: Path) -> None:
    lines = harken("answers", "--search", "rude", "--format", "csv").out.split("\n\n")[1].splitlines()
    (row,) = csv.DictReader(io.StringIO("\n".join(line for line in lines if line[0] != "#")))
    assert (row["Answer"], row["Codes: ann"]) == ("rude staff", "theme.staff")


def test_jsonl_is_a_line_an_answer(harken: Harken, study: Path) -> None:
    lines = harken("answers", "--question", "q1", "--format", "jsonl").out.splitlines()
    assert [json.loads(line)["participant"] for line in lines] == ["p1", "p2", "p3", "p4"]


def test_answers_by_code_come_by_group(harken: Harken, study: Path) -> None:
    outcome = harken("answers", "--by", "group", "--code", "wait")
    assert outcome.code == 0
    assert "Waiting (theme.wait)" in outcome.out
    assert "north: 1 of 2 people" in outcome.out
    document = json.loads(harken("answers", "--layout", "retrieval", "--format", "json").out)
    assert [(code["code"], code["n"]) for code in document["codes"]] == [
        ("theme.wait", 2),
        ("theme.staff", 1),
        ("theme.price", 1),
    ]


def test_a_codes_page_shows_what_the_codebook_says(harken: Harken, study: Path) -> None:
    outcome = harken("answers", "--layout", "code", "--code", "wait")
    assert "Keywords" in outcome.out
    assert "everybody: 2 of 3 people" in outcome.out


def test_the_matrix_has_a_person_a_row(harken: Harken, study: Path) -> None:
    outcome = harken("answers", "--layout", "matrix", "--format", "csv")
    assert ["p1", "north", "q1: too slow on the phone [Waiting]\nq2: rude staff [Staff]"][0] in outcome.out
    assert outcome.out.count("[Waiting]") == 2


def test_a_persons_page_has_everything(harken: Harken, study: Path) -> None:
    outcome = harken("answers", "--layout", "person", "--participant", "p4")
    assert "Excluded: item non-response." in outcome.out
    assert "non-response" in outcome.out


@pytest.mark.parametrize("layout", [(), ("--layout", "retrieval", "--by", "group"), ("--layout", "matrix")])
@pytest.mark.parametrize("suffix", ["json", "csv", "md", "txt", "xlsx", "docx"])
def test_every_layout_goes_into_every_file(harken: Harken, study: Path, layout, suffix: str) -> None:
    outcome = harken("answers", *layout, "--output", f"out.{suffix}")
    assert (outcome.code, outcome.out) == (0, "")
    assert (study.parent / f"out.{suffix}").stat().st_size > 100


def test_nothing_found_says_what_each_part_would_find_and_is_no_error(harken: Harken, study: Path) -> None:
    outcome = harken("answers", "--search", "phone", "--code", "price")
    assert (outcome.code, outcome.err) == (0, "")
    assert "search phone: 2; code price: 1." in outcome.out
    document = json.loads(harken("answers", "--search", "phone", "--code", "price", "--format", "json").out)
    assert (document["n"], document["answers"], document["alone"]) == (0, [], {"text": 2, "codes": 1})


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--code", "wiat"), 1, "No code 'wiat' in the codebook. Did you mean theme.wait?"),
        (("--coder", "an"), 1, "No coder named 'an' in this project. Did you mean 'ann'?"),
        (("--question", "q9"), 1, "No question named 'q9'"),
        (("--participant", "P1"), 1, "Did you mean 'p1'?"),
        (("--where", "grp=north"), 1, "No column 'grp' in this survey. Did you mean 'group'?"),
        (("--where", "group=nroth"), 1, "Did you mean 'north'?"),
        (("--round", "mian"), 1, "Did you mean 'main'?"),
        (("--search", '"'), 1, "has no word in it"),
        (("--by", "grp"), 1, "No column 'grp' to compare by."),
        (("--layout", "retrieval", "--format", "jsonl"), 1, "is for lists; use json for retrieval"),
        (("--state", "undecied"), 2, "'undecied' is not one of 'undecided', 'draft'"),
        (("--where", "group"), 2, "write COLUMN=VALUE"),
        (("--layout", "person"), 2, "name one with --participant"),
        (("--layout", "code"), 2, "name it with --code"),
        (("--layout", "matrix", "--by", "group"), 2, "it needs --layout retrieval"),
        (("--layout", "matrix", "--limit", "3"), 2, "--limit is for lists"),
        (("--shortest", "9", "--longest", "3"), 2, "leave no answer between them"),
    ],
)
def test_a_mistake_is_one_line_with_the_way_out(harken: Harken, study: Path, arguments, code, words) -> None:
    outcome = harken("answers", *arguments)
    assert (outcome.code, outcome.out) == (code, "")
    assert words in outcome.err
    assert outcome.err.count("\n") == 1


def test_a_hostile_answer_does_nothing_to_the_terminal(harken: Harken, folder: Path) -> None:
    (folder / "survey.csv").write_text("id,q1\np1,\x1b[31mred [/b] \u202eright\n", encoding="utf-8")
    assert harken("init", "--lead", "lea").code == 0
    assert harken("import", "survey.csv", "--id", "id", "--question", "q1").code == 0
    for layout in ((), ("--layout", "person", "--participant", "p1")):
        outcome = harken("answers", *layout)
        assert "[/b]" in outcome.out
        assert "\x1b" not in outcome.out
        assert "\u202e" not in outcome.out


@pytest.mark.skipif("HARKEN_SHARED" not in os.environ, reason="needs the real survey files")
def test_real_answers_are_found_by_word_and_laid_out(harken: Harken, folder: Path) -> None:
    survey = Path(os.environ["HARKEN_SHARED"]) / "data" / "nhs_feedback" / "responses.csv"
    assert harken("init", "--lead", "lea").code == 0
    assert harken("import", str(survey)).code == 0
    listed = json.loads(harken("answers", "--search", "staff*", "--format", "json").out)
    assert listed["n"] == len(listed["answers"]) > 0
    assert all("staff" in one["response"].casefold() for one in listed["answers"])
