"""`harken quotes` and `harken why` as commands."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from command_line import Harken


def test_why_gives_the_figure_of_the_table(harken: Harken, study: Path) -> None:
    table = json.loads(harken("themes", "--by", "group", "--format", "json").out)
    for theme in table["themes"]:
        for cell in theme["cells"]:
            found = json.loads(
                harken(
                    "why", theme["code"], "--by", "group", "--group", cell["group"], "--format", "json"
                ).out
            )
            assert (found["n"], found["base"]) == (cell["n"], cell["base"])
            assert len(found["people"]) == cell["n"]


def test_why_says_of_a_participant_why_they_do_not_count(harken: Harken, study: Path) -> None:
    shown = harken("why", "wait", "--participant", "p4").out
    assert "Outside the base: 1 person" in shown
    assert "excluded" in shown


@pytest.mark.parametrize("format", ["json", "csv", "md", "html", "tex"])
@pytest.mark.parametrize("command", [("why", "wait", "--outside"), ("quotes", "--by", "group")])
def test_every_text_format_holds_an_answer(
    harken: Harken, study: Path, command: tuple[str, ...], format: str
) -> None:
    shown = harken(*command, "--format", format)
    assert (shown.code, shown.err) == (0, "")
    assert "phone" in shown.out


@pytest.mark.parametrize("name", ["quotes.xlsx", "quotes.docx"])
def test_quotes_go_into_office_files(harken: Harken, study: Path, name: str) -> None:
    assert harken("quotes", "--output", name).code == 0
    assert Path(name).stat().st_size > 1000


def test_quotes_as_csv_have_the_theme_in_a_column(harken: Harken, study: Path) -> None:
    first = harken("quotes", "--code", "wait", "--format", "csv").out.split("\n\n")[1]
    rows = list(csv.reader(io.StringIO(first.partition("\n")[2])))
    assert rows[0][:4] == ["Theme", "Code", "Quote", "Who"]
    assert {row[1] for row in rows[1:]} == {"theme.wait"}


def test_a_wording_is_set_cleared_shown_and_taken_back(harken: Harken, study: Path) -> None:
    edited = harken("quotes", "edit", "p1", "q1", "--words", "too slow [when called]")
    assert edited.out == "In print: “too slow [when called]”\n"
    assert harken("quotes", "clear", "p1", "q1").out == "Cleared: “too slow [when called]”\n"
    assert "“too slow [when called]”" in harken("quotes", "--cleared").out
    assert harken("quotes", "unclear", "p1", "q1").out == "No longer cleared: “too slow [when called]”\n"
    back = harken("quotes", "edit", "p1", "q1", "--own-words")
    assert back.out == "Again in the participant's own words: “too slow on the phone”\n"
    assert harken("doctor").code == 0


def test_a_wording_that_changes_more_leaves_the_project_as_it_was(harken: Harken, study: Path) -> None:
    before = harken("doctor").out
    refused = harken("quotes", "edit", "p1", "q1", "--words", "very slow on the phone")
    assert (refused.code, refused.err.startswith("error: 'very' does not stand there")) == (1, True)
    assert harken("doctor").out == before


def test_clearing_what_a_person_did_not_agree_to_warns_that_it_will_not_be_shown(
    harken: Harken, study: Path
) -> None:
    assert harken("quotes", "--consent", "group=south").code == 0
    refused, agreed = (harken("quotes", "clear", person, "q1") for person in ("p1", "p2"))
    assert refused.err == (
        "warning: By column 'group' 'p1' did not agree to be quoted: no list of quotes will have it.\n"
    )
    assert (refused.code, agreed.code, agreed.err) == (0, 0, "")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("quotes", "edit", "p1", "q1"), 2, "Give the wording with --words"),
        (("quotes", "edit", "p1", "q1", "--own-words"), 1, "has no edited wording to take back"),
        (("quotes", "--by", "group", "edit", "p1", "q1", "--words", "slow"), 2, "--by before 'edit'"),
        (("quotes", "--per-theme", "0"), 2, "--per-theme"),
        (("quotes", "--suppress", "1"), 2, "--suppress"),
        (("quotes", "--consent", "nothing"), 1, "No column 'nothing'"),
        (("quotes", "--where", "group"), 2, "write COLUMN=VALUE"),
        (("quotes", "--where", "group=west"), 1, "'west'"),
        (("why", "nothing"), 1, "No code 'nothing'"),
        (("why", "Theme.WAIT"), 1, "Did you mean theme.wait"),
        (("why", "wait", "--by", "group", "--group", "total"), 1, "Leave --group out for all of them"),
        (("why", "wait", "--participant", "p1", "--outside"), 2, "leave --not-mentioned and --outside out"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    harken: Harken, study: Path, arguments: tuple[str, ...], code: int, message: str
) -> None:
    refused = harken(*arguments)
    assert refused.code == code
    assert message in refused.err
    assert refused.err.count("\n") == 1
