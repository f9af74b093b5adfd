"""Setting a study up, who acts in it, and where it stands."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from study_builder import LEAD, codebook, decision

from harken.errors import HarkenError, ProjectFileError
from harken.model import Approach, Round, RoundKind, Sampling
from harken.services import studies
from harken.services.project import Project
from harken.services.standing import overview
from harken.storage import study as stored


def test_a_project_begins_with_what_was_said(tmp_path):
    with Project.create(
        tmp_path / "images.db",
        title="Images",
        lead="ada",
        approach=Approach.REFLEXIVE,
        sampling=Sampling.CENSUS,
    ) as project:
        assert stored.settings(project.store) == {
            "title": "Images",
            "lead": "ada",
            "approach": "reflexive",
            "sampling": "census",
        }
        assert (project.title, project.actor) == ("Images", "ada")
        assert stored.coders(project.store) == ("ada",)
        assert stored.rounds(project.store) == (Round(name="main", kind=RoundKind.MAIN),)


def test_a_project_is_called_as_its_file_if_nothing_else_is_said(tmp_path):
    with Project.create(tmp_path / "images.db", lead="ada") as project:
        assert (project.title, stored.settings(project.store)["approach"]) == ("images", "content")


def test_the_lead_is_the_login_name_if_nobody_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("LOGNAME", "mary")
    with Project.create(tmp_path / "images.db") as project:
        assert project.actor == "mary"


@pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="only root can become somebody nameless")
def test_without_a_login_name_the_way_out_is_named(tmp_path):
    script = (
        "import os; from harken.services.studies import create_study; from pathlib import Path\n"
        "os.setuid(54321)\n"
        "try: create_study(Path('x.db'))\n"
        "except Exception as error: print(error)"
    )
    bare = {name: value for name, value in os.environ.items() if name not in ("LOGNAME", "USER", "LNAME")}
    bare.pop("USERNAME", None)
    said = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=bare, cwd=tmp_path
    )
    assert said.stdout == "This machine has no name for you; say who leads the study: --lead NAME.\n"


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "\x1b[31m", "consensus"])
def test_some_names_cannot_be_a_coders(name):
    with pytest.raises(HarkenError):
        studies.clean_coder_name(name)


def test_coders_are_added_once_and_in_order(study):
    store = study(people=["P1"], answers=[("P1", "q", "yes")])
    known = stored.coders(store)
    assert studies.add_coders(store, ["cy", " cy ", "dee", *known], actor=LEAD) == ("cy", "dee")
    assert studies.add_coders(store, ["dee"], actor=LEAD) == ()
    assert stored.coders(store) == (*known, "cy", "dee")


def test_of_names_with_a_bad_one_none_is_added(study):
    store = study(people=["P1"], answers=[("P1", "q", "yes")])
    before = stored.coders(store)
    with pytest.raises(HarkenError, match="consensus"):
        studies.add_coders(store, ["cy", "consensus"], actor=LEAD)
    assert stored.coders(store) == before


def test_the_lead_acts_if_nobody_is_named(tmp_path):
    Project.create(tmp_path / "images.db", lead="ada").close()
    with Project.open(tmp_path / "images.db") as project:
        assert project.actor == "ada"


def test_an_unknown_actor_is_refused_with_the_known_ones(tmp_path):
    with Project.create(tmp_path / "images.db", lead="ada") as project:
        studies.add_coders(project.store, ["ben"], actor="ada")
    with pytest.raises(HarkenError) as caught:
        Project.open(tmp_path / "images.db", actor="eve")
    assert str(caught.value) == (
        "No coder named 'eve' in this project. Known coders: ada, ben. Add one with `harken coders add eve`."
    )


def test_a_file_that_is_no_project_is_not_opened(tmp_path: Path):
    with pytest.raises(ProjectFileError, match="No project at"):
        Project.open(tmp_path / "images.db")
    assert list(tmp_path.iterdir()) == []


def test_rounds_that_a_file_names_are_made_once(study):
    store = study(people=["P1"], answers=[("P1", "q", "yes")])
    known = [round.name for round in stored.rounds(store)]
    with store.action(LEAD) as action:
        assert studies.add_unknown_rounds(action, known, ["second", *known, "second"]) == ("second",)
    assert [round.name for round in stored.rounds(store)] == [*known, "second"]


def test_a_study_whose_answers_are_all_settled_needs_no_further_coding(study):
    store = study(
        people=["P1", "P2"],
        answers=[("P1", "q", "yes"), ("P2", "q", "no")],
        codebook=codebook("theme.trust"),
        decisions=[decision("consensus", name, "q") for name in ("P1", "P2")],
    )
    assert overview(store).next_command == "harken themes --by COLUMN"


def test_an_empty_project_waits_for_its_survey(tmp_path):
    with Project.create(tmp_path / "images.db", lead="ada") as project:
        assert overview(project.store).next_command == "harken import FILE"
