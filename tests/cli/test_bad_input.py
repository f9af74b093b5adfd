"""Every refusal is one line with what, where and the way out; project and folder stay byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import BOOK, LAYOUT, SURVEY, contents

LONG = "participant,question,response,group\n"
CODED = "participant,question,coder,code\n"

SURVEYS = {
    "empty": (b"", (), "in.csv is empty (0 bytes)"),
    "header alone": (b"id,q1\n", (), "in.csv has headers but no rows"),
    "not UTF-8": ("id,q1\np1,caf\xe9\n".encode("latin-1"), (), "byte"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), (), "in.csv"),
    "a PDF": (b"%PDF-1.7\n", (), "in.csv is a PDF, not a table"),
    "a zip that is no workbook": (b"PK\x03\x04" + b"\0" * 40, (), "in.csv"),
    "too many cells": (b"id,q1\np1,a,b,c\n", ("--question", "q1"), "in.csv, row 2: cell 3 ('b')"),
    "unclosed quotes": (b'id,q1\np1,"a\n', ("--question", "q1"), "in.csv"),
    "blank id": (b"id,q1\np1,a\n ,b\n", ("--id", "id", "--question", "q1"), "in.csv, row 3, column 'id'"),
    "id twice": (
        b"id,q1\np1,a\np1,b\n",
        ("--id", "id", "--question", "q1"),
        "participant 'p1' stands in rows 2 and 3",
    ),
    "answer twice": (
        f"{LONG}p1,q1,a,x\np1,q1,b,x\n".encode(),
        (),
        "participant 'p1' answers 'q1' in rows 2 and 3",
    ),
    "group within a person": (
        f"{LONG}p1,q1,a,x\np1,q2,b,y\n".encode(),
        (),
        "participant 'p1' is in group 'x' in row 2 and 'y' in row 3",
    ),
    "no such column": (SURVEY.encode(), ("--question", "q7"), "has no column 'q7' (--question)"),
    "no such required": (SURVEY.encode(), (*LAYOUT, "--require", "q7"), "has no question or column 'q7'"),
    "no such asked": (SURVEY.encode(), (*LAYOUT, "--asked", "q1=shown"), "has no column 'shown' (--asked)"),
    "two roles": (
        SURVEY.encode(),
        ("--question", "q1", "--closed", "q1"),
        "Column 'q1' is named with --question and with --closed",
    ),
    "no question": (b"id,n\n1,2\n2,3\n", ("--id", "id"), "no column looks like an open question"),
    "a list of nothing": (SURVEY.encode(), (*LAYOUT, "--non-response", "q1="), "'q1=' lists no text"),
    "sheet of a text file": (
        SURVEY.encode(),
        (*LAYOUT, "--sheet", "S"),
        "is plain text and has no sheet 'S'",
    ),
    "unknown encoding": (SURVEY.encode(), (*LAYOUT, "--encoding", "klingon"), "klingon"),
}
CODEBOOKS = {
    "not YAML": ("families: [", "in.yaml"),
    "unknown key": (BOOK.replace("label: Waiting", "lable: Waiting"), "lable"),
    "key twice": (BOOK.replace("key: staff", "key: wait"), "wait"),
    "no as false": (BOOK.replace("key: staff", "key: no"), "no"),
    "used code gone": (
        BOOK.replace("      - {key: staff, label: Staff, keywords: [rude]}\n", ""),
        "in.yaml leaves out 'theme.staff', which 2 codings use",
    ),
}
CODINGS = {
    "no column coder": ("participant,question,code\n", "column 'coder' is missing"),
    "foreign column": (f"{CODED.strip()},colour\n", "a codings file has no column 'colour'"),
    "unknown person": (f"{CODED}p9,q1,cat,wait\n", "in.csv, row 2, column 'participant'"),
    "unknown question": (f"{CODED}p1,q9,cat,wait\n", "in.csv, row 2, column 'question'"),
    "unknown code": (f"{CODED}p1,q1,cat,waiting\n", "in.csv, row 2, column 'code'"),
    "wrong question": (f"{CODED}p1,q1,cat,price\n", "in.csv, row 2, column 'code'"),
    "decided otherwise": (f"{CODED}p1,q1,ann,staff\n", "in.csv, row 2: 'ann' decided 'p1', 'q1' otherwise"),
    "contradiction": (f"{CODED}p1,q1,cat,wait\np1,q1,cat,\n", "in.csv, row 3 contradicts row 2"),
    "consensus": (f"{CODED}p1,q1,consensus,wait\n", "in.csv, row 2: 'consensus' names"),
    "bad state": (
        "participant,question,coder,code,state\np1,q1,cat,wait,done\n",
        "in.csv, row 2, column 'state': 'done'",
    ),
    "bad segment": (
        "participant,question,coder,code,start,end\np1,q1,cat,wait,5,2\n",
        "in.csv, row 2, column 'end': '2'",
    ),
}


def assert_refused(harken, folder: Path, *words: str, says: str) -> None:
    before = contents(folder)
    outcome = harken(*words)
    assert outcome.code == 1, outcome
    assert outcome.err.splitlines()[-1].startswith("error: ")
    assert says in outcome.err.splitlines()[-1]
    assert [line for line in outcome.err.splitlines() if line.startswith(("Traceback", "error:"))][1:] == []
    assert contents(folder) == before


@pytest.mark.parametrize("name", SURVEYS)
def test_a_bad_survey_is_refused(harken, study, folder, name) -> None:
    data, options, says = SURVEYS[name]
    (folder / "in.csv").write_bytes(data)
    assert_refused(harken, folder, "import", "in.csv", *options, says=says)


@pytest.mark.parametrize("name", CODEBOOKS)
def test_a_bad_codebook_is_refused(harken, study, folder, name) -> None:
    text, says = CODEBOOKS[name]
    (folder / "in.yaml").write_text(text)
    assert_refused(harken, folder, "codebook", "import", "in.yaml", says=says)


@pytest.mark.parametrize("name", [name for name in CODEBOOKS if name != "used code gone"])
def test_check_names_line_and_column_of_the_fault(harken, folder, name) -> None:
    text, _ = CODEBOOKS[name]
    (folder / "in.yaml").write_text(text)
    outcome = harken("codebook", "check", "in.yaml")
    assert (outcome.code, outcome.err) == (1, "error: in.yaml has 1 fault; mend them and check again.\n")
    assert outcome.out.startswith("in.yaml: line ")
    assert ", column " in outcome.out


@pytest.mark.parametrize("name", CODINGS)
def test_bad_codings_are_refused(harken, study, folder, name) -> None:
    text, says = CODINGS[name]
    (folder / "in.csv").write_text(text)
    assert_refused(harken, folder, "codings", "import", "in.csv", says=says)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("import", "gone.csv"), "There is no file 'gone.csv'"),
        (("import", "."), "'.' is a folder"),
        (("codings", "import", "gone.csv"), "There is no file 'gone.csv'"),
        (("codebook", "import", "gone.yaml"), "gone.yaml"),
        (("codebook", "export", "book.txt"), "no codebook format has the suffix '.txt'"),
        (("codebook", "export", "book.yaml"), "book.yaml exists already"),
        (("codings", "export", "codings.csv"), "codings.csv exists already"),
        (("codings", "export", "no/where.csv"), "The folder no does not exist"),
        (("themes", "--output", "table.pdf"), "no format has the suffix '.pdf'"),
        (("flow", "--by", "site"), "No column 'site' to compare by. Columns: group."),
        (("themes", "--by", "site"), "No column 'site' to compare by. Columns: group."),
        (("themes", "--question", "q9"), "Known questions: q1, q2."),
        (("themes", "--basis", "coder:zoe"), "zoe"),
        (("agreement", "--coder", "zoe"), "Known coders: lea, ann, bob."),
        (("agreement", "--round", "r9"), "Known rounds: main."),
        (("agreement", "--question", "q9"), "Known questions: q1, q2."),
        (("agreement", "--by", "site"), "Columns: group."),
        (("suggest", "--question", "q9"), "Known questions: q1, q2."),
        (("code", "--round", "r9"), "Known rounds: main."),
        (("coders", "add", "consensus"), "'consensus' names the adjudicated layer"),
        (("coders", "add", " "), "cannot be a coder's name"),
        (("participants", "include", "p9"), "No participant 'p9'"),
        (("participants", "withdraw", "p9", "--yes"), "No participant 'p9'"),
        (("demo", "survey.csv"), "survey.csv is a file; name a folder"),
        (("init",), "harken.db exists already"),
        (("init", "no/where.db"), "The folder no does not exist"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(harken, study, folder, words, says) -> None:
    assert_refused(harken, folder, *words, says=says)


def test_a_demo_that_is_there_already_is_refused(harken, folder) -> None:
    (folder / "sample").mkdir()
    (folder / "sample" / "synthetic_sample.db").write_bytes(b"mine")
    assert_refused(harken, folder, "demo", "sample", says="exists already")


def test_a_trial_import_tells_the_same_and_changes_nothing(harken, study, folder) -> None:
    (folder / "more.csv").write_text(SURVEY + "p5,north,slow again,\np6,south,,\n")
    words = ("import", "more.csv", *LAYOUT, "--require", "q1")
    before = contents(folder)
    trial = harken(*words, "--dry-run")
    assert contents(folder) == before
    real = harken(*words)
    assert trial.out.replace("would take in", "took in") == real.out
    assert trial.err.replace("Nothing was changed (--dry-run).\n", "") == real.err
    assert "took in 2 participants and 4 responses to 2 open questions, 3 of them blank" in real.out
    assert "Excluded for item non-response: 1 participant " in real.out


def test_importing_again_lists_what_differs(harken, study, folder) -> None:
    changed = SURVEY.replace("nobody picked up", "NOBODY picked up").replace("p1,north", "p1,south")
    (folder / "again.csv").write_text(changed)
    outcome = harken("import", "again.csv", *LAYOUT)
    assert outcome.code == 0
    assert "took in 0 participants and 0 responses" in outcome.out
    assert "warning: p2, q1: another text in this file; the text first taken in is kept." in outcome.err
    assert "warning: p1: other attributes in this file; those first taken in are kept." in outcome.err


def test_codings_on_non_response_are_warned_about_with_their_number(harken, study, folder) -> None:
    (folder / "in.csv").write_text(f"{CODED}p2,q2,ann,staff\np4,q1,bob,wait\n")
    outcome = harken("codings", "import", "in.csv")
    assert outcome.out == "in.csv: 2 rows, 2 decisions.\n"
    assert outcome.err == ("warning: 2 codings on non-response; kept and exported, counted nowhere.\n")


def test_a_text_for_a_question_that_is_not_there_is_remarked(harken, study) -> None:
    outcome = harken("import", "survey.csv", *LAYOUT, "--no-content", "q9=nothing")
    assert (outcome.code, outcome.err.splitlines()[-1]) == (
        0,
        "note: no question is called 'q9'; the text 'q9=nothing' counts everywhere.",
    )
