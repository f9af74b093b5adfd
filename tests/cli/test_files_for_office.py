"""Tables as workbooks and documents, and the workbook that goes out to be coded, from the command line."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import docx
import pexpect
import pytest
from command_line import HARKEN, Harken
from python_calamine import CalamineWorkbook


@pytest.mark.parametrize("command", ["themes", "flow", "agreement"])
def test_tables_go_into_workbooks_and_documents(
    harken: Harken, study: Path, folder: Path, command: str
) -> None:
    for file in ("out.xlsx", "out.docx"):
        outcome = harken(command, "--output", file)
        assert (outcome.code, outcome.out, outcome.err) == (0, "", f"Wrote {file}.\n")
    with CalamineWorkbook.from_path(str(folder / "out.xlsx")) as workbook:
        n_sheets = len(workbook.sheet_names)
    assert len(docx.Document(str(folder / "out.docx")).tables) == n_sheets - 1 > 0


@pytest.mark.parametrize("format", ["xlsx", "docx"])
def test_a_format_of_files_needs_a_file(harken: Harken, study: Path, format: str) -> None:
    outcome = harken("themes", "--format", format)
    assert (outcome.code, outcome.out) == (2, "")
    assert f"--format {format} writes a file; name it with --output FILE." in outcome.err


@pytest.mark.parametrize("command", ["themes", "flow", "agreement"])
@pytest.mark.parametrize("suffix", [".html", ".htm", ".tex"])
def test_tables_go_into_pages_and_fragments(
    harken: Harken, study: Path, folder: Path, command: str, suffix: str
) -> None:
    written = harken(command, "--output", f"out{suffix}")
    assert (written.code, written.out, written.err) == (0, "", f"Wrote out{suffix}.\n")
    shown = harken(command, "--format", "tex" if suffix == ".tex" else "html")
    assert shown.code == 0
    assert shown.out == (folder / f"out{suffix}").read_text(encoding="utf-8")
    assert shown.out.count(r"\end{table}" if suffix == ".tex" else "</table>") > 0


@pytest.mark.parametrize("suffix", [".svg", ".png"])
def test_a_command_without_figures_writes_no_picture(
    harken: Harken, study: Path, folder: Path, suffix: str
) -> None:
    outcome = harken("cooccurrence", "--output", f"out{suffix}")
    assert (outcome.code, outcome.out) == (1, "")
    assert f"no format has the suffix '{suffix}' here." in outcome.err
    assert not (folder / f"out{suffix}").exists()


def test_a_codebook_becomes_a_document(harken: Harken, study: Path, folder: Path) -> None:
    assert harken("codebook", "export", "book.docx").code == 0
    (table,) = docx.Document(str(folder / "book.docx")).tables
    assert [row.cells[0].text for row in table.rows] == [
        "Code",
        "Waiting\ntheme.wait",
        "Staff\ntheme.staff",
        "Price\ntheme.price",
    ]


def filled(harken: Harken, folder: Path) -> Path:
    """Bob's workbook with the code Waiting for the second person, who had none."""
    assert harken("--as", "bob", "codings", "export", "--workbook", "bob.xlsx").code == 0
    path = folder / "bob.xlsx"
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name).decode() for name in archive.namelist()}
    part = "xl/worksheets/sheet1.xml"
    for cell, content in (("C3", ' t="inlineStr"><is><t>Waiting</t></is></c>'), ("I3", "/>")):
        found = rf'(<c r="{cell}" s="\d+")(?:/>| t="s"><v>\d+</v></c>)'
        members[part], n_changed = re.subn(found, rf"\g<1>{content}", members[part])
        assert n_changed == 1
    with zipfile.ZipFile(path, "w") as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return path


def test_a_workbook_goes_out_and_its_changes_come_back(harken: Harken, study: Path, folder: Path) -> None:
    path = filled(harken, folder)
    shown = (
        "bob.xlsx: bob's work in round main\n"
        "Rows: 1 changed, 3 the same, 1 undecided.\n"
        "\n"
        "Changes\n"
        "participant  question           before           after\n"
        f"{'─' * 59}\n"
        "p2           q1        changed  no code applies  theme.wait\n"
    )
    trial = harken("codings", "import", path.name, "--dry-run")
    assert (trial.code, trial.out) == (0, shown)
    assert trial.err == "Nothing was changed (--dry-run).\n"
    taken = harken("codings", "import", path.name)
    assert (taken.code, taken.out, taken.err) == (0, shown, "Took 1 change by bob.\n")
    assert "p2,q1,,main,bob,theme.wait," in harken("codings", "export").out
    again = harken("codings", "import", path.name)
    assert again.err == "Nothing to take.\n"


def test_options_of_the_two_kinds_of_files_do_not_mix(harken: Harken, study: Path, folder: Path) -> None:
    path = filled(harken, folder)
    refused = {
        ("import", path.name, "--adjudicated"): 1,
        ("import", path.name, "--encoding", "cp1252"): 1,
        ("export", "--round", "main"): 2,
        ("export", "--question", "q1"): 2,
        ("export", "codings.csv", "--workbook", "w.xlsx"): 2,
        ("export", "--workbook", "w.csv"): 2,
        ("export", "--workbook", path.name): 1,
    }
    assert {words: harken("codings", *words).code for words in refused} == refused


@pytest.mark.parametrize(("answer", "code", "applied"), [("y", 0, "theme.wait"), ("n", 1, "")])
def test_a_terminal_shows_the_changes_and_asks_before_it_takes_them(
    harken: Harken, study: Path, folder: Path, answer: str, code: int, applied: str
) -> None:
    path = filled(harken, folder)
    words = [*HARKEN[1:], "codings", "import", path.name]
    child = pexpect.spawn(HARKEN[0], words, timeout=30, encoding="utf-8", dimensions=(24, 100))
    child.expect("p2 +q1 +changed +no code applies +theme.wait")
    child.expect(r"Take 1 change\? \[y/N\]")
    child.sendline(answer)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == code
    assert f"p2,q1,,main,bob,{applied}," in harken("codings", "export").out
