"""`harken report`: one folder with everything, the same bytes every time, and no other file is lost."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from command_line import Harken, contents, in_process_of_its_own
from lxml import html

from harken.model import Round
from harken.services.project import Project
from harken.services.studies import add_round
from harken.storage.store import Store

FOLDER = Path("out")


def page(folder: Path = FOLDER) -> html.HtmlElement:
    return html.document_fromstring((folder / "report.html").read_text("utf-8"))


def headings(folder: Path = FOLDER) -> list[str]:
    return [element.text_content() for element in page(folder).xpath("//main//h2")]


def looks(project: Path) -> list[tuple[str, dict[str, object]]]:
    with Store.open(project) as store:
        rows = store.connection.execute("SELECT kind, payload FROM looks ORDER BY rowid").fetchall()
    return [(kind, json.loads(payload)) for kind, payload in rows]


def test_the_folder_holds_page_document_workbook_figures_and_what_made_them(
    harken: Harken, study: Path
) -> None:
    outcome = harken("report", FOLDER, "--by", "group")

    assert outcome.code == 0
    files = contents(FOLDER)
    assert {"report.html", "report.docx", "tables.xlsx", "harken-report.json"} <= files.keys()
    assert {name.rpartition(".")[2] for name in files if name.startswith("figures/")} == {"svg", "png"}
    assert outcome.out.split() == sorted(f"out/{name}" for name in files)
    made = json.loads(files["harken-report.json"])
    assert (made["command"], set(made["files"])) == (
        "harken report --by group",
        files.keys() - {"harken-report.json"},
    )


def test_the_same_project_and_options_give_the_same_bytes_in_every_process(study: Path, folder: Path) -> None:
    for name, seed in (("one", "1"), ("two", "2")):
        done = in_process_of_its_own(
            *("report", name, "--by", "group", "--looks", "--memos", "--united"),
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=folder,
        )
        assert done.returncode == 0, done.stderr.decode()

    assert contents(folder / "one") == contents(folder / "two")


def test_no_file_tells_where_the_project_lies(harken: Harken, study: Path, folder: Path) -> None:
    harken("--project", study, "report", folder / "out")

    assert str(folder) not in (folder / "out" / "report.html").read_text("utf-8")
    assert str(folder) not in (folder / "out" / "harken-report.json").read_text("utf-8")


def test_the_chapters_stand_in_the_order_of_a_paper(harken: Harken, study: Path) -> None:
    harken("report", FOLDER, "--by", "group")

    found = [re.sub(r" \(PROVISIONAL\)", "", words) for words in headings()]
    assert [words for words in found if not words.startswith("Appendix")] == [
        "1 Participants",
        "2 Methods",
        "3 Agreement between coders",
        "4 Themes by group",
        "5 Quotes",
        "The answers behind the figures",
    ]
    assert found[5] == "Appendix A. Codebook"


def test_a_count_leads_to_exactly_the_people_behind_it(harken: Harken, study: Path) -> None:
    harken("report", FOLDER, "--by", "group")

    (link,) = page().xpath("//td[.='1/2']/a[@href='#answers-0-theme.wait-0']") or [None]
    assert link is not None
    (place,) = page().xpath("//*[@id='answers-0-theme.wait-0']")
    listed = place.getnext()
    assert [item.text_content() for item in listed] == ["p1 too slow on the phone"]


def test_every_linked_count_is_the_number_of_answers_listed(harken: Harken, study: Path) -> None:
    harken("report", FOLDER, "--by", "group")

    document = page()
    checked = 0
    for link in document.xpath("//td/a"):
        (place,) = document.xpath(f"//*[@id='{link.get('href')[1:]}']")
        listed = place.getnext()
        if listed.tag == "ul":
            assert int(link.text.partition("/")[0]) == len(listed), link.get("href")
            checked += 1
    assert checked


def test_small_counts_take_the_answers_with_them(harken: Harken, study: Path) -> None:
    assert harken("report", FOLDER, "--by", "group", "--suppress", "2").code == 0

    assert page().xpath("//td/a") == []
    assert "too slow on the phone" not in page().xpath("string(//section[@class='answers screen'])")


def test_no_answers_leaves_the_lists_out(harken: Harken, study: Path) -> None:
    harken("report", FOLDER, "--no-answers", "--no-quotes")

    assert "too slow on the phone" not in (FOLDER / "report.html").read_text("utf-8")
    assert page().xpath("//td/a") == []


def test_identifying_details_stand_nowhere_in_the_report(harken: Harken, study: Path) -> None:
    with Project.open(study) as project:
        project.mark_identifying("p1", "q1", words="phone", detail="organisation")

    harken("report", FOLDER, "--memos")

    written = (FOLDER / "report.html").read_text("utf-8")
    assert "too slow on the phone" not in written
    assert "too slow on the [organisation removed]" in written


def test_a_lead_with_a_blind_round_to_finish_sees_no_answers_by_code(harken: Harken, study: Path) -> None:
    with Store.open(study) as store, store.action("lea") as action:
        add_round(action, Round(name="blind", is_blind=True, coders=("lea",)))

    assert harken("report", FOLDER, "--by", "group").code == 0
    assert page().xpath("//td/a") == []
    assert [words for words in headings() if "Quotes" in words or "answers" in words] == []


def test_a_report_is_replaced_with_force_alone(harken: Harken, study: Path) -> None:
    harken("report", FOLDER)
    before = contents(FOLDER)

    outcome = harken("report", FOLDER, "--by", "group")
    assert (outcome.code, outcome.err) == (
        1,
        "error: out holds a report already; name another folder, or replace it with --force.\n",
    )
    assert contents(FOLDER) == before

    assert harken("report", FOLDER, "--by", "group", "--force").code == 0
    assert contents(FOLDER) != before


def test_what_no_report_wrote_is_never_replaced(harken: Harken, study: Path, folder: Path) -> None:
    (folder / "out").mkdir()
    (folder / "out" / "thesis.txt").write_text("mine")

    outcome = harken("report", FOLDER, "--force")

    assert outcome.code == 1
    assert "holds files that no report wrote ('thesis.txt')" in outcome.err
    assert contents(folder / "out") == {"thesis.txt": b"mine"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--by", "nosuch"), "nosuch"),
        (("--question", "nosuch"), "nosuch"),
        (("--basis", "coder:nobody"), "nobody"),
        (("--checklist", "nosuch"), "No checklist 'nosuch'"),
        (("--suppress", "5", "--memos"), "Memos quote answers"),
    ],
)
def test_what_is_not_there_is_an_error_and_leaves_no_folder(
    harken: Harken, study: Path, folder: Path, options: tuple[str, ...], said: str
) -> None:
    outcome = harken("report", FOLDER, *options)

    assert outcome.code == 1
    assert said in outcome.err
    assert outcome.err.count("\n") == 1
    assert sorted(path.name for path in folder.iterdir() if path.name.startswith((".out", "out"))) == []


@pytest.mark.parametrize(
    "options", [("--suppress", "1"), ("--quotes", "0"), ("--quotes", "2", "--no-quotes")]
)
def test_options_that_make_no_sense_are_usage_errors(
    harken: Harken, study: Path, options: tuple[str, ...]
) -> None:
    assert harken("report", FOLDER, *options).code == 2
    assert not FOLDER.exists()


def test_the_project_notes_that_its_figures_were_looked_at_and_its_hash_stays(
    harken: Harken, study: Path
) -> None:
    with Store.open(study) as store:
        before = store.project_hash()

    harken("report", FOLDER, "--by", "group")

    assert looks(study)[-1] == ("report", {"by": "group", "questions": [], "suppress": None})
    with Store.open(study) as store:
        assert store.project_hash() == before


def test_reflexive_work_has_counts_and_agreement_on_request_alone(
    harken: Harken, study: Path, folder: Path
) -> None:
    with Store.open(study) as store, store.action("lea") as action:
        action.append("settings.changed", {"approach": "reflexive"})

    harken("report", FOLDER, "--by", "group")
    harken("report", "asked", "--by", "group", "--with-counts", "--with-agreement")

    plain = " ".join(headings())
    assert "Themes" not in plain
    assert "Agreement" not in plain
    asked = " ".join(headings(Path("asked")))
    assert "Themes by group" in asked
    assert "Agreement between coders" in asked


def test_a_project_in_which_nothing_is_coded_has_a_report(harken: Harken, folder: Path) -> None:
    (folder / "survey.csv").write_text("id,q1\np1,slow\n")
    harken("init", "--lead", "lea")
    harken("import", "survey.csv", "--id", "id", "--question", "q1")

    assert harken("report", FOLDER).code == 0
    assert "1 Participants" in headings()
