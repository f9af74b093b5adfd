"""Codebooks in and out of a project: what is used is never lost unsaid."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from harken import Project
from harken.errors import HarkenError
from harken.services.codebooks import codebook_report, current_codebook
from harken.storage.codebooks import usage

BOOK = """harken: 1
families:
  - key: theme
    label: Theme
    codes:
      - {key: wait, label: Waiting}
      - {key: staff, label: Staff}
  - key: tone
    label: Tone
    codes: [{key: good, label: Good}, {key: bad, label: Bad}]
"""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "harken.db", lead="ada") as made:
        survey = tmp_path / "survey.csv"
        survey.write_text("participant,question,response\np1,q1,too slow\np2,q1,rude\n")
        made.import_survey(survey)
        made.import_codebook(book(tmp_path, BOOK))
        yield made


def book(folder: Path, text: str, name: str = "book.yaml") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def code(project: Project, folder: Path, *rows: str) -> None:
    path = folder / "codings.csv"
    path.write_text("participant,question,coder,code\n" + "".join(f"{row}\n" for row in rows))
    project.import_codings(path)


def test_the_same_codebook_again_changes_nothing(project, tmp_path) -> None:
    before = project.store.project_hash()
    assert project.import_codebook(book(tmp_path, BOOK)).diff.is_empty
    assert project.store.project_hash() == before


def test_a_trial_shows_the_difference_and_changes_nothing(project, tmp_path) -> None:
    before = project.store.project_hash()
    path = book(tmp_path, BOOK.replace("{key: staff, label: Staff}", "{key: price, label: Price}"))
    diff = project.import_codebook(path, is_trial=True).diff
    assert (list(diff.added), list(diff.removed)) == (["theme.price"], ["theme.staff"])
    assert project.store.project_hash() == before


def test_an_unused_code_may_vanish(project, tmp_path) -> None:
    project.import_codebook(book(tmp_path, BOOK.replace("      - {key: staff, label: Staff}\n", "")))
    assert current_codebook(project.store).paths == ("theme.wait", "tone.good", "tone.bad")
    assert project.doctor() == ()


def test_a_used_code_that_vanishes_is_refused_until_it_is_mapped(project, tmp_path) -> None:
    code(project, tmp_path, "p1,q1,bob,staff", "p1,q1,bob,wait", "p2,q1,bob,staff")
    path = book(tmp_path, BOOK.replace("      - {key: staff, label: Staff}\n", ""))
    with pytest.raises(HarkenError, match=r"book\.yaml leaves out 'theme\.staff', which 2 codings use"):
        project.import_codebook(path)
    result = project.import_codebook(path, mapping={"staff": "wait"})
    assert dict(result.mapped) == {"theme.staff": "theme.wait"}
    assert usage(project.store) == {"theme.wait": 2}
    assert project.doctor() == ()


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ({"nope": "wait"}, "No code 'nope' in the codebook"),
        ({"staff": "nope"}, "No code 'nope' in the codebook"),
        ({"wait": "good"}, r"'theme\.wait' is still in book\.yaml, so it cannot be mapped"),
    ],
)
def test_a_mapping_of_what_is_not_there_is_refused(project, tmp_path, mapping, words) -> None:
    path = book(tmp_path, BOOK.replace("      - {key: staff, label: Staff}\n", ""))
    with pytest.raises(HarkenError, match=words):
        project.import_codebook(path, mapping=mapping)


def test_a_family_becomes_exclusive_only_where_no_decision_holds_two_of_it(project, tmp_path) -> None:
    path = book(tmp_path, BOOK.replace("label: Tone\n", "label: Tone\n    exclusive: true\n"))
    code(project, tmp_path, "p2,q1,bob,good", "p2,q1,bob,bad")
    before = project.store.project_hash()
    with pytest.raises(
        HarkenError, match=r"makes 'tone' exclusive, but 'bob' gave both 'tone\.bad' and 'tone\.good' to 'p2'"
    ):
        project.import_codebook(path)
    assert project.store.project_hash() == before
    without_bad = path.read_text().replace(", {key: bad, label: Bad}", "")
    project.import_codebook(book(tmp_path, without_bad), mapping={"bad": "good"})
    assert project.agreement(replicates=2).whole.families["tone"].n_units_rated == 1


def test_an_empty_codebook_is_valid_and_says_so(project, tmp_path) -> None:
    project.import_codebook(
        book(tmp_path, "harken: 1\nfamilies:\n  - key: theme\n    label: T\n    codes:\n")
    )
    assert current_codebook(project.store).paths == ()
    assert current_codebook(project.store).family("theme").codes == ()


def test_questions_that_the_project_lacks_are_named(project, tmp_path) -> None:
    path = book(tmp_path, BOOK.replace("label: Waiting", "label: Waiting, questions: [q1, q7]"))
    assert project.import_codebook(path).unknown_questions == ("q7",)


@pytest.mark.parametrize("format", ["yaml", "csv", "xlsx"])
def test_every_form_comes_back_as_it_went_out(project, tmp_path, format) -> None:
    path = tmp_path / f"out.{format}"
    path.write_bytes(project.export_codebook(format=format))
    assert project.import_codebook(path, is_trial=True).diff.is_empty


def test_the_report_shows_codes_below_their_families_with_their_use(project, tmp_path) -> None:
    code(project, tmp_path, "p1,q1,bob,staff")
    (table,) = codebook_report(project.store).tables
    assert [tuple(cell.text for cell in row) for row in table.rows] == [
        ("Theme", "theme", "", ""),
        ("  Waiting", "theme.wait", "", "0"),
        ("  Staff", "theme.staff", "", "1"),
        ("Tone", "tone", "", ""),
        ("  Good", "tone.good", "", "0"),
        ("  Bad", "tone.bad", "", "0"),
    ]
