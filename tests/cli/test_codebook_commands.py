"""`harken codebook add`, `change`, `rename` and the like, as a person types them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from command_line import Harken


def addresses(harken: Harken) -> list[str]:
    rows = list(csv.DictReader(harken("codebook", "export", "--format", "csv").out.splitlines()))
    return [row["path"] for row in rows]


def said(harken: Harken, *arguments: str | Path) -> str:
    outcome = harken("codebook", *arguments)
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.out


def test_a_codebook_grows_and_changes_by_commands(harken: Harken, study: Path) -> None:
    assert said(harken, "add", "tone", "--label", "Tone", "--exclusive") == "The family Tone is made.\n"
    assert said(harken, "add", "tone.angry", "--keyword", "awful") == "angry made in Tone.\n"
    assert said(harken, "add", "theme.wait.phone", "--label", "On the phone") == (
        "On the phone made in Waiting.\n"
    )
    assert said(harken, "change", "angry", "--label", "Anger", "--add-keyword", "rude") == (
        "Anger is changed.\n"
    )
    assert said(harken, "rename", "angry", "anger") == "tone.angry is tone.anger now.\n"
    assert said(harken, "move", "price", "--before", "wait") == "Price moved.\n"
    assert said(harken, "retire", "staff") == "Staff is retired; its codings stay.\n"
    assert addresses(harken) == [
        *("theme", "theme.price", "theme.wait", "theme.wait.phone", "theme.staff", "tone", "tone.anger"),
    ]
    assert said(harken, "undo") == "Undone: the retirement of theme.staff.\n"
    assert said(harken, "redo") == "Done again: the retirement of theme.staff.\n"
    assert said(harken, "restore", "staff") == "Staff is in use again.\n"
    assert said(harken, "remove", "phone") == "On the phone is removed.\n"
    assert harken("doctor").code == 0


def test_a_new_key_leaves_the_printed_name_and_says_how_that_is_changed(harken: Harken, study: Path) -> None:
    outcome = harken("codebook", "rename", "wait", "delay")
    assert (outcome.out, outcome.err) == (
        "theme.wait is theme.delay now.\n",
        "Its printed name is still 'Waiting'; "
        "`harken codebook change theme.delay --label NAME` changes that.\n",
    )
    assert harken("codebook", "rename", "delay", "waiting").err == ""


def test_a_merge_can_be_tried_first(harken: Harken, study: Path) -> None:
    tried = harken("codebook", "merge", "staff", "wait", "--dry-run")
    assert tried.out == (
        "theme.staff -> theme.wait: 1 answer goes over.\n"
        "  keywords that would come with --with-keywords: rude\n"
    )
    assert tried.err == "Nothing was changed (--dry-run).\n"
    before = harken("codings", "export").out
    assert said(harken, "merge", "staff", "wait", "--with-keywords", "--why", "same thing") == (
        "Staff is merged into Waiting. 1 answer goes over.\n"
    )
    assert "theme.staff" not in harken("codings", "export").out
    assert said(harken, "undo") == "Undone: the merge of theme.staff into theme.wait.\n"
    assert harken("codings", "export").out == before


def test_retired_codes_are_marked_and_stay_in_every_form(harken: Harken, study: Path) -> None:
    said(harken, "retire", "staff")
    assert "Staff (retired)" in said(harken, "show")
    yaml = said(harken, "export")
    assert "        retired: true\n" in yaml
    Path("book.yaml").write_text(yaml)
    assert said(harken, "diff", "book.yaml") == "The codebook is the same.\n"
    themes = json.loads(harken("themes", "--format", "json").out)
    assert "theme.staff" in [theme["code"] for theme in themes["themes"]]


LIMITED = """harken: 1
families:
  - key: theme
    codes:
      - key: wait
        questions: [q1]
        codes: [{key: phone, questions: [q1, q2]}, {key: room}]
"""
NARROW = (
    "warning: theme.wait.phone may be applied to 'q2', but theme.wait above it may not: agreement on "
    "theme.wait leaves these answers out. Give theme.wait the questions of the codes below it.\n"
)


def test_a_code_limited_to_fewer_questions_than_one_below_it_is_warned_of(
    harken: Harken, tmp_path: Path
) -> None:
    file = tmp_path / "limited.yaml"
    file.write_text(LIMITED)
    outcome = harken("codebook", "check", file)
    assert (outcome.code, outcome.err) == (0, NARROW)
    file.write_text(LIMITED.replace("questions: [q1]\n", "questions: [q1, q2]\n"))
    assert harken("codebook", "check", file).err == ""


def test_importing_warns_of_what_check_warns_of(harken: Harken, study: Path, tmp_path: Path) -> None:
    file = tmp_path / "limited.yaml"
    file.write_text(LIMITED + "      - key: staff\n      - key: price\n")
    assert NARROW in harken("codebook", "import", file, "--dry-run").err


def test_a_correction_of_words_is_marked_in_the_history(harken: Harken, study: Path, tmp_path: Path) -> None:
    said(harken, "change", "wait", "--definition", "Any wiat.")
    said(harken, "change", "wait", "--definition", "Any wait.", "--editorial")
    said(harken, "undo")
    said(harken, "redo")
    file = tmp_path / "corrected.yaml"
    file.write_text(said(harken, "export").replace("Any wait.", "Any waiting."))
    said(harken, "import", file, "--editorial")
    said(harken, "change", "theme", "--label", "Themes", "--editorial")
    document = json.loads(said(harken, "history", "--format", "json"))
    assert [
        (entry["what"], entry["code"], entry["is_editorial"], entry["takes_back"])
        for entry in document["history"][1:]
    ] == [
        ("reworded", "theme.wait", False, False),
        ("reworded", "theme.wait", True, False),
        ("reworded", "theme.wait", False, True),
        ("reworded", "theme.wait", True, False),
        ("imported", "", True, False),
        ("reworded", "theme.wait", True, False),
        ("reworded", "theme", True, False),
    ]
    assert "reworded, editorial" in said(harken, "history")
    assert harken("doctor").code == 0


def test_the_history_says_who_changed_what_and_why(harken: Harken, study: Path) -> None:
    said(
        harken, "change", "wait", "--definition", "Any wait.", "--as", "ann", "--why", "asked in the meeting"
    )
    assert harken("codebook", "rename", "wait", "delay").code == 0
    said(harken, "undo")
    document = json.loads(said(harken, "history", "wait", "--format", "json"))
    assert document["code"] == "theme.wait"
    assert [
        {name: value for name, value in entry.items() if name != "at"} for entry in document["history"][1:]
    ] == [
        {
            "coder": "ann",
            "what": "reworded",
            "code": "theme.wait",
            "changes": [{"field": "definition", "before": "", "after": "Any wait."}],
            "why": "asked in the meeting",
            "takes_back": False,
            "is_undone": False,
            "is_editorial": False,
        },
        {
            "coder": "lea",
            "what": "renamed",
            "code": "theme.wait",
            "changes": [{"field": "address", "before": "theme.wait", "after": "theme.delay"}],
            "why": "",
            "takes_back": False,
            "is_undone": True,
            "is_editorial": False,
        },
        {
            "coder": "lea",
            "what": "renamed",
            "code": "theme.delay",
            "changes": [{"field": "address", "before": "theme.delay", "after": "theme.wait"}],
            "why": "",
            "takes_back": True,
            "is_undone": False,
            "is_editorial": False,
        },
    ]
    table = said(harken, "history")
    assert "imported" in table
    assert "renamed (undo)" in table
    assert "renamed (undone later)" in table


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("add", "nope.x"), 1, "No code 'nope' in the codebook"),
        (("add", "theme.x", "--exclusive"), 1, "is a code, which has no exclusive; say so of its family"),
        (("add", "tone", "--keyword", "x"), 1, "is a family, which has no keywords; name a code: family.key"),
        (("change", "wait"), 2, "Nothing to change was given: name a field, as in --definition TEXT"),
        (("change", "wait", "--value", "much"), 2, "--value 'much': write a number, as in 2 or 1.5"),
        (("move", "wait"), 2, "Say where to: --under PLACE, --before SIBLING, or both"),
        (("move", "theme", "--under", "wait"), 1, "'theme' is a family and stands below nothing"),
        (("merge", "wait", "wait"), 1, "cannot be merged into itself"),
        (("retire", "theme"), 1, "'theme' is a family; this works on a code"),
        (("undo", "--as", "ann"), 1, "Nothing to undo"),
        (("history", "nope"), 1, "No code 'nope' in the codebook"),
        ((), 2, "No command given"),
    ],
)
def test_what_makes_no_sense_is_one_line_with_the_way_out(harken, study, arguments, code, words) -> None:
    outcome = harken("codebook", *arguments)
    assert (outcome.code, outcome.out) == (code, "")
    assert words in outcome.err
    assert outcome.err.count("\n") == 1


def test_hostile_labels_are_harmless_in_every_command(harken: Harken, study: Path) -> None:
    label = "\x1b[31m[/b]\u202e=1+1"
    for arguments in (
        ("add", "theme.x", "--label", label),
        ("change", "x", "--label", label + "!", "--why", label),
        ("retire", "x"),
        ("history", "x"),
        ("show",),
    ):
        out = said(harken, *arguments)
        assert "\x1b" not in out
        assert "\u202e" not in out
