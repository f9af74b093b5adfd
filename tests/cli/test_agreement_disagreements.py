"""`harken agreement disagreements`: in every form, and as the screen of answers."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pexpect
import pytest
from command_line import BOOK, HARKEN, Harken

COMMAND = ("agreement", "disagreements")


def test_json_holds_answers_codes_and_confusions(harken: Harken, study: Path) -> None:
    done = harken(*COMMAND, "--format", "json")
    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out) == {
        "title": "Waits",
        "scope": {
            "rounds": ["main"],
            "coders": ["ann", "bob"],
            "compares_with": "",
            "questions": ["q1", "q2"],
            "codes": [],
            "n_units_pairable": 4,
        },
        "n_disagreements": 1,
        "n_blind_disagreements": 0,
        "disagreements": [
            {
                **{"participant": "p2", "question": "q1", "occasion": "", "round": "main"},
                "response": "nobody picked up the phone",
                "codes": {"ann": ["theme.wait"], "bob": []},
                "shared": [],
                "disputed": ["theme.wait"],
            }
        ],
        "codes": [
            {
                **{"code": "theme.wait", "label": "Waiting", "definition": "", "include": "", "exclude": ""},
                "retired": False,
                "n_disagreements": 1,
                "n_units_pairable": 4,
                "share": 0.25,
                "applied_by": {"ann": 1},
            }
        ],
        "confusions": [
            {
                "codes": ["theme.wait", None],
                "kind": "alone",
                "n_responses": 1,
                "n_coder_pairs": 1,
                "n_either": 2,
                "share": 0.5,
                "used": [{"ann": 1}, {"bob": 1}],
            }
        ],
    }


def test_csv_ends_with_a_row_an_answer(harken: Harken, study: Path) -> None:
    rows = list(csv.reader(harken(*COMMAND, "--format", "csv").out.splitlines()))
    assert rows[-2:] == [
        ["participant", "question", "answer", "Codes of: all of them", "Codes of: ann", "Codes of: bob"],
        ["p2", "q1", "nobody picked up the phone", "", "theme.wait", "no code applies"],
    ]


def test_jsonl_is_a_line_an_answer(harken: Harken, study: Path) -> None:
    (line,) = harken(*COMMAND, "--format", "jsonl").out.splitlines()
    assert json.loads(line)["disputed"] == ["theme.wait"]


@pytest.mark.parametrize("name", ["d.xlsx", "d.docx", "d.md", "d.html", "d.tex"])
@pytest.mark.parametrize("sort", ["answer", "code", "confusion"])
def test_every_order_can_be_written_to_a_file(
    harken: Harken, study: Path, folder: Path, name: str, sort: str
) -> None:
    assert harken(*COMMAND, "--sort", sort, "--output", name).code == 0
    assert (folder / name).stat().st_size > 200


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("--code", "wate"), "Did you mean theme.wait?"),
        (("--coder", "zoe"), "Known coders: lea, ann, bob."),
        (("--round", "two"), "Known rounds: main."),
        (("--question", "q9"), "q1, q2"),
    ],
)
def test_unknown_names_are_refused_with_the_known_ones(harken: Harken, study: Path, asked, words) -> None:
    done = harken(*COMMAND, *asked)
    assert done.code == 1
    assert done.err.startswith("error: No ")
    assert words in done.err


def test_answers_finds_what_was_decided_differently(harken: Harken, study: Path) -> None:
    done = harken("answers", "--state", "disagreed", "--format", "json")
    assert [one["participant"] for one in json.loads(done.out)["answers"]] == ["p2"]


def test_a_terminal_gets_the_screen_of_answers(study: Path) -> None:
    child = pexpect.spawn(
        HARKEN[0], [*HARKEN[1:], *COMMAND], timeout=30, encoding="utf-8", dimensions=(24, 90)
    )
    child.expect("decided differently")
    child.expect("nobody picked up the phone")
    child.send("\x11")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_a_terminal_prints_the_list_where_an_order_is_named(study: Path) -> None:
    child = pexpect.spawn(
        HARKEN[0],
        [*HARKEN[1:], *COMMAND, "--sort", "code"],
        timeout=30,
        encoding="utf-8",
        dimensions=(24, 90),
    )
    child.expect("applied by some, not by others")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


@pytest.mark.parametrize("sort", ["answer", "code", "confusion"])
def test_a_pipe_gets_the_lists_folded(harken: Harken, folder: Path, sort: str) -> None:
    (folder / "survey.csv").write_text(f"id,q1\np1,{'waited for hours ' * 30}\n")
    (folder / "book.yaml").write_text(BOOK.replace("q2", "q1"))
    (folder / "codings.csv").write_text("participant,question,coder,code\np1,q1,ann,wait\np1,q1,bob,staff\n")
    for command in (
        ("init",),
        ("import", "survey.csv", "--id", "id", "--question", "q1"),
        ("codebook", "import", "book.yaml"),
        ("codings", "import", "codings.csv"),
    ):
        assert harken(*command).code == 0
    shown = harken(*COMMAND, "--sort", sort).out
    assert shown.count("hours") >= 30
    assert max(map(len, shown.splitlines())) <= 110
