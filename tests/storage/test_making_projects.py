"""A project file appears whole or not at all, and never in the place of another."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys

import pytest
from storage_study import bytes_of

from harken.errors import HarkenError, ProjectFileError
from harken.model import Round
from harken.services.checking import check_project
from harken.services.studies import create_study
from harken.storage import study
from harken.storage.store import Store


def test_a_new_project_has_its_lead_its_round_and_nothing_beside_it(path):
    with create_study(path, lead="ada", title="Images") as store:
        assert study.settings(store) == {
            "approach": "content", "lead": "ada", "sampling": "convenience", "title": "Images"
        }  # fmt: skip
        assert (study.coders(store), study.rounds(store)) == (("ada",), (Round(name="main"),))
        assert check_project(store) == ()
    assert [file.name for file in path.parent.iterdir()] == ["study.db"]


@pytest.mark.parametrize("content", [b"", b"a text", None])
def test_an_existing_file_is_refused_and_stays(path, content):
    if content is None:
        create_study(path, lead="ada").close()
    else:
        path.write_bytes(content)
    before = bytes_of(path.parent)
    with pytest.raises(ProjectFileError, match=r"study\.db exists already"):
        create_study(path, lead="ada")
    assert bytes_of(path.parent) == before


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_to_nowhere_is_an_existing_file(path):
    path.symlink_to(path.parent / "nowhere")
    with pytest.raises(ProjectFileError, match="exists already"):
        create_study(path, lead="ada")
    assert [file.name for file in path.parent.iterdir()] == ["study.db"]


def test_a_folder_that_is_not_there_is_not_made(path):
    with pytest.raises(ProjectFileError, match=r"The folder .*absent does not exist"):
        create_study(path.parent / "absent" / "study.db", lead="ada")
    assert bytes_of(path.parent) == {}


def test_a_first_action_that_fails_leaves_nothing(path):
    def fail(action):
        raise HarkenError("no")

    with pytest.raises(HarkenError, match=r"^no$"):
        Store.create(path, first_action=fail)
    assert list(path.parent.iterdir()) == []


def test_a_lead_that_cannot_be_leaves_nothing(path):
    with pytest.raises(HarkenError, match="consensus"):
        create_study(path, lead="consensus")
    assert list(path.parent.iterdir()) == []


def test_drafts_that_a_killed_program_left_long_ago_are_taken_away(path):
    old, fresh, other = (
        path.with_name(name)
        for name in (".study.db.0123abcd.new-wal", ".study.db.4567abcd.new", ".other.db.0123abcd.new")
    )
    for file in (old, fresh, other):
        file.touch()
    for file in (old, other):
        os.utime(file, (0, 0))
    create_study(path, lead="ada").close()
    assert sorted(file.name for file in path.parent.iterdir()) == [other.name, fresh.name, "study.db"]


MAKER = """
import sys
import harken.storage.migrations
from pathlib import Path
from harken.services.studies import create_study
print("ready", flush=True)
for number in range(99):
    create_study(Path(sys.argv[1]) / f"study{number}.db", lead="ada").close()
    print("made", flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is POSIX")
def test_a_program_killed_while_it_makes_projects_leaves_whole_ones_only(path):
    moments = random.Random(7)
    n_whole = 0
    for attempt in range(12):
        folder = path.parent / str(attempt)
        folder.mkdir()
        with subprocess.Popen([sys.executable, "-c", MAKER, folder], stdout=subprocess.PIPE) as maker:
            maker.stdout.readline()
            try:
                maker.wait(timeout=moments.uniform(0.0, 0.25))
            except subprocess.TimeoutExpired:
                maker.send_signal(signal.SIGKILL)
            n_said = maker.stdout.read().count(b"made")
        whole = [file for file in folder.iterdir() if file.suffix == ".db" and not file.name.startswith(".")]
        assert len(whole) >= n_said
        for file in whole:
            with Store.open(file) as store:
                assert study.settings(store)["lead"] == "ada"
                assert [round.name for round in study.rounds(store)] == ["main"]
                assert check_project(store) == ()
        n_whole += len(whole)
    assert n_whole > 0
