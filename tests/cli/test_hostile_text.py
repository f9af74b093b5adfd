"""Texts that attack a terminal, a page or a spreadsheet are data: kept as they are, harmless where shown."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from pathlib import Path

import pytest

from harken import Project
from harken.storage import survey

HOSTILE = {
    "closing markup": "I said [/b] to the nurse",
    "markup": "[red]slow[/red] [link=http://x]x[/link]",
    "colour": "\x1b[31mslow\x1b[0m",
    "window title": "\x1b]0;owned\x07slow",
    "clipboard": "\x1b]52;c;cm0gLXJm\x1b\\slow",
    "clear screen": "slow\x1b[2J\x1b[H",
    "one-byte controls": "slow\x9b31m\x9d0;x\x9c",
    "controls": "a\x01b\x07c\x08\x08d\x7fe",
    "carriage return": "good\rslow",
    "lines": "one\ntwo\r\nthree\u2028four\u2029five\x0bsix\x0cseven\x85eight",
    "bidi override": "user\u202etxt.exe\u202c \u2066x\u2069 \u200f",
    "emoji": "👩‍👩‍👧 😀 🏳️‍🌈 á ﷽",
    "long": "slow " * 2_000,
    "one long word": "w" * 10_000,
    "formula": "=cmd|' /C calc'!A0",
    "plus": "+1-800",
    "at sign": "@SUM(A1)",
    "minus": "-2",
    "tab": "\tslow",
    "SQL": "'; DROP TABLE responses; --",
    "SQL again": '" OR 1=1 --',
    "Markdown": "| a | b |\n|---|---|\n# h\n- x\n<script>alert(1)</script> ![i](http://x) `code`",
    "quotes": "\"slow\", 'slow', ,;\t",
    "template": "{{7*7}} {0} %s $HOME `id` {participant}",
    "spaces": "  slow  ",
    "format characters": "a\u200bb\ufeffc\U000e0041",
}
FORBIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\u2028\u2029]"
)
"""What no terminal may get from a text: controls but the line end, and direction overrides."""


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def write_csv(path: Path, *rows: tuple[str, ...]) -> None:
    path.write_text("".join(",".join(map(quoted, row)) + "\n" for row in rows), encoding="utf-8", newline="")


def is_name(text: str) -> bool:
    return bool(text.strip())


@pytest.fixture
def study(harken, folder: Path) -> Path:
    """Every hostile text as answer, and the short ones as id, question, group, label, memo and round too."""
    texts = list(HOSTILE.values())
    short = [text for text in texts if len(text) < 200]
    rows = [(f"{text}", "q", answer, text) for text, answer in zip(short, texts, strict=False)]
    rows += [("p", question, "slow", "g") for question in short]
    rows += [(f"p{number}", "q", answer, "g") for number, answer in enumerate(texts)]
    write_csv(folder / "survey.csv", ("participant", "question", "response", "group"), *rows)
    codes = "".join(
        f"      - {{key: k{n}, label: {json.dumps(text)}, definition: {json.dumps(text)}, "
        f"examples: [{json.dumps(text)}], keywords: [slow]}}\n"
        for n, text in enumerate(short)
        if text.isprintable()
    )
    (folder / "book.yaml").write_text(
        f"harken: 1\nfamilies:\n  - key: f\n    label: F\n    codes:\n{codes}", encoding="utf-8"
    )
    coded = [
        (person, "q", coder, "f.k0", person, person if coder == "bob" else "main")
        for person in short
        for coder in ("ann", "bob")
    ]
    write_csv(folder / "codings.csv", ("participant", "question", "coder", "code", "memo", "round"), *coded)
    for words in (
        ("init", "--lead", "lea", "--title", "A [/b] study \x1b[31m\u202e"),
        ("import", "survey.csv"),
        ("codebook", "import", "book.yaml"),
        ("codings", "import", "codings.csv"),
    ):
        outcome = harken(*words)
        assert outcome.code == 0, outcome.err
        assert FORBIDDEN.search(outcome.out + outcome.err) is None
    return folder / "harken.db"


def test_answers_and_names_are_kept_character_for_character(study) -> None:
    short = [text for text in HOSTILE.values() if len(text) < 200]
    with Project.open(study) as project:
        kept = {one.key: one.text for one in survey.responses(project.store)}
        people = {person.name: person.attributes for person in survey.participants(project.store)}
        assert [kept[f"p{number}", "q", ""] for number in range(len(HOSTILE))] == list(HOSTILE.values())
        assert [question.name for question in survey.questions(project.store)] == ["q", *short]
        assert [people[name]["group"] for name in short] == short
        assert project.doctor() == ()


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("flow", "--by", "group"),
        ("flow", "--by", "group", "--format", "md"),
        ("themes", "--by", "group"),
        ("themes", "--by", "group", "--format", "md"),
        ("agreement", "--by", "group", "--replicates", "2"),
        ("agreement", "--by", "group", "--replicates", "2", "--format", "md"),
        ("codebook", "show"),
        ("codebook", "diff", "book.yaml"),
        ("codebook", "check", "book.yaml"),
        ("codebook", "import", "book.yaml"),
        ("coders", "list"),
        ("import", "survey.csv"),
        ("import", "survey.csv", "--dry-run"),
        ("doctor",),
    ],
)
def test_nothing_that_is_shown_can_act_on_a_terminal(harken, study, words) -> None:
    outcome = harken(*words)
    assert outcome.code == 0, outcome.err
    assert FORBIDDEN.search(outcome.out + outcome.err) is None


@pytest.mark.parametrize("name", [name for name in HOSTILE if len(HOSTILE[name]) < 200])
def test_a_refusal_that_names_a_hostile_text_is_one_harmless_line(harken, study, name) -> None:
    text = HOSTILE[name]
    for words in (
        ("participants", "include", f"x{text}"),
        ("themes", "--question", f"x{text}"),
        ("flow", "--by", f"x{text}"),
        ("agreement", "--round", f"x{text}"),
        ("coders", "list", "--as", f"x{text}"),
        ("import", f"x{text}.csv"),
    ):
        outcome = harken(*words)
        assert (outcome.code, outcome.out, outcome.err.count("\n")) == (1, "", 1)
        assert FORBIDDEN.search(outcome.err) is None


def test_taking_people_out_and_in_names_them_harmlessly(harken, study) -> None:
    for text in (HOSTILE["window title"], HOSTILE["bidi override"], HOSTILE["carriage return"]):
        for words in (("participants", "include", text), ("participants", "withdraw", text, "--yes")):
            outcome = harken(*words)
            assert outcome.code == 0, outcome.err
            assert FORBIDDEN.search(outcome.out + outcome.err) is None


def test_the_codings_file_holds_every_text_byte_for_byte(harken, study) -> None:
    short = [text for text in HOSTILE.values() if len(text) < 200]
    rows = list(csv.DictReader(io.StringIO(harken("codings", "export").stdout.decode(), newline="")))
    assert {row["participant"] for row in rows} == set(short)
    assert {row["memo"] for row in rows} == set(short)
    assert {row["round"] for row in rows} - {"main"} == {text for text in short if is_name(text)}


def test_exported_codings_come_in_again_as_known(harken, study) -> None:
    assert harken("codings", "export", "out.csv").code == 0
    outcome = harken("codings", "import", "out.csv")
    n = 2 * sum(len(text) < 200 for text in HOSTILE.values())
    assert outcome.out == f"out.csv: {n} rows, {n} decisions, {n} of them known.\n"


@pytest.mark.parametrize("words", [("flow",), ("themes",), ("agreement", "--replicates", "2")])
def test_json_names_every_group_as_it_is(harken, study, words) -> None:
    data = json.loads(harken(*words, "--by", "group", "--format", "json").stdout)
    groups = (
        {part["value"] for part in data["slices"] if part["by"] == "group"}
        if words[0] == "agreement"
        else {group["name"] for group in data["groups"]}
    )
    expected = {text.strip() for text in HOSTILE.values() if len(text) < 200}
    assert groups == expected | {"g"}


@pytest.mark.parametrize("command", ["flow", "themes"])
def test_csv_names_every_group_as_it_is_and_safely_on_request(harken, study, command) -> None:
    def cells(*more: str) -> set[str]:
        text = harken(command, "--by", "group", "--format", "csv", *more).stdout.decode()
        return {cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row}

    plain = cells()
    names = {text.strip() for text in HOSTILE.values() if len(text) < 200}
    assert [name for name in names if not any(name in cell for cell in plain)] == []
    assert [cell for cell in cells("--spreadsheet-safe") if cell.startswith(("=", "+", "@"))] == []


def test_the_codebook_keeps_labels_in_every_form(harken, study, folder) -> None:
    for name in ("out.yaml", "out.csv", "out.xlsx"):
        assert harken("codebook", "export", name).code == 0
        assert harken("codebook", "diff", name).out == "The codebook is the same.\n"


def test_suggestions_point_into_the_text_as_it_is(harken, study) -> None:
    lines = harken("suggest", "--question", "q").out.split("\n")[:-1]
    with Project.open(study) as project:
        text_of = {one.key: one.text for one in survey.responses(project.store)}
    n_reasons = 0
    for line in map(json.loads, lines):
        text = text_of[line["participant"], line["question"], line["occasion"]]
        for suggestion in line["suggestions"]:
            for reason in suggestion["reasons"]:
                if reason["text"] == "slow":
                    assert text[reason["start"] : reason["end"]].casefold() == "slow"
                    n_reasons += 1
    assert n_reasons > 10


@pytest.mark.parametrize(
    "name", ["closing markup", "colour", "window title", "bidi override", "emoji", "SQL"]
)
def test_a_hostile_file_name_is_named_harmlessly(harken, study, folder, name) -> None:
    file = HOSTILE[name].replace("/", "∕")
    for source, words in (
        ("survey.csv", ("import",)),
        ("codings.csv", ("codings", "import")),
        ("book.yaml", ("codebook", "import")),
        ("book.yaml", ("codebook", "check")),
    ):
        path = f"{file}{Path(source).suffix}"
        (folder / path).write_bytes((folder / source).read_bytes())
        outcome = harken(*words, path)
        assert outcome.code == 0, outcome.err
        assert FORBIDDEN.search(outcome.out + outcome.err) is None


def test_a_file_name_that_is_no_utf_8_is_taken_and_named_harmlessly(harken, study, folder) -> None:
    path = os.fsdecode(b"caf\xe9.csv")
    (folder / path).write_bytes((folder / "survey.csv").read_bytes())
    outcome = harken("import", path)
    assert outcome.code == 0, outcome.err
    assert "caf\\udce9.csv: took in 0 participants" in outcome.out
