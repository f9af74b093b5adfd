"""The sample study as a project."""

from __future__ import annotations

from pathlib import Path

import pytest

from harken import Project
from harken.errors import HarkenError
from harken.services.sample_study import NEWCOMER, PROJECT_FILE, build_sample_study
from harken.storage import study


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    build_sample_study(folder)
    return folder


def test_its_flow_is_that_of_the_study_it_imitates(folder) -> None:
    with Project.open(folder / PROJECT_FILE) as project:
        flow = project.flow(by="group")
    steps = {part.name: part for part in (*flow.groups, flow.total)}
    assert {
        name: (part.returned, sum(why.n for why in part.excluded), part.usable)
        for name, part in steps.items()
    } == {"experts": (131, 10, 121), "patients": (355, 73, 282), "total": (486, 83, 403)}


def test_it_is_called_synthetic_in_its_name_and_title(folder) -> None:
    assert "synthetic" in PROJECT_FILE
    with Project.open(folder / PROJECT_FILE) as project:
        assert "SYNTHETIC" in project.title


def test_it_is_sound_and_has_a_coder_without_decisions(folder) -> None:
    with Project.open(folder / PROJECT_FILE) as project:
        assert project.doctor() == ()
        assert NEWCOMER in study.coders(project.store)
        assert {one.coder for one in project.overview().progress} == {"ada", "ben"}


def test_nothing_but_the_project_is_left_in_its_folder(folder) -> None:
    assert [path.name for path in folder.iterdir()] == [PROJECT_FILE]


def test_an_old_one_is_refused_and_stays(folder) -> None:
    before = (folder / PROJECT_FILE).read_bytes()
    with pytest.raises(HarkenError, match="exists already"):
        build_sample_study(folder)
    assert (folder / PROJECT_FILE).read_bytes() == before
