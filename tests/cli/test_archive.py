"""`harken archive` as a person calls it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

from command_line import Harken, contents


def test_it_packs_the_project_without_texts_and_says_what_it_packed(harken: Harken, study: Path) -> None:
    done = harken("archive", "out.zip", "--format", "json")
    said = json.loads(done.out)
    assert (done.code, said["text"], said["n_withheld"]) == (0, "none", 0)
    with zipfile.ZipFile("out.zip") as archive:
        assert [member["name"] for member in said["members"]] == archive.namelist()
        assert b"picked up" not in b"".join(map(archive.read, archive.namelist()))


def test_columns_named_go_in_beside_the_groups(harken: Harken, folder: Path) -> None:
    (folder / "survey.csv").write_text("id,group,age,mood,q1\np1,north,34,good,slow\np2,south,61,bad,rude\n")
    harken("init")
    harken("import", "survey.csv", "--id", "id", "--group", "group", "--question", "q1")
    assert harken("archive", "out.zip", "--attribute", "age").code == 0
    with zipfile.ZipFile("out.zip") as archive:
        rows = list(csv.reader(io.StringIO(archive.read("participants.csv").decode())))
    assert rows == [
        ["participant", "excluded", "group", "age"],
        ["p1", "", "north", "34"],
        ["p2", "", "south", "61"],
    ]


def test_a_name_that_does_not_end_in_zip_is_refused(harken: Harken, study: Path) -> None:
    done = harken("archive", "out.tar")
    assert (done.code, done.err) == (1, "error: out.tar: an archive's name ends in .zip.\n")


def test_an_archive_is_overwritten_with_force_alone(harken: Harken, study: Path, folder: Path) -> None:
    assert harken("archive", "out.zip").code == 0
    before = contents(folder)
    assert harken("archive", "out.zip").code == 1
    assert harken("archive", "out.zip", "--force").code == 0
    assert contents(folder)["out.zip"] == before["out.zip"]


def test_a_coder_who_still_decides_blind_gets_no_archive(harken: Harken, study: Path, folder: Path) -> None:
    from harken import Project
    from harken.model import Round
    from harken.services.studies import add_round

    with Project.open("harken.db") as project, project.store.action("lea") as action:
        add_round(action, Round(name="blind", is_blind=True, coders=("ann",)))
    done = harken("archive", "out.zip", "--as", "ann")
    assert done.code == 1
    assert "blind round" in done.err
    assert not (folder / "out.zip").exists()
