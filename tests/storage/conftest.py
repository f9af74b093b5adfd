from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from storage_study import LEAD, fill_study, new_study

from harken.storage.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a project can be made: a folder of its own."""
    folder = tmp_path / "study"
    folder.mkdir()
    return folder / "study.db"


@pytest.fixture
def study(path: Path) -> Iterator[Store]:
    """A project on disk with people, questions, a codebook and two coders, nothing decided."""
    with new_study(path) as store:
        yield store


@pytest.fixture
def quick_study(tmp_path: Path) -> Iterator[Store]:
    """The same in memory, for what does not depend on a file."""
    with Store.in_memory() as store:
        with store.action(LEAD) as action:
            action.append(
                "project.created",
                {"title": "A study", "lead": LEAD, "approach": "content", "sampling": "convenience"},
            )
            action.append("coder.added", {"name": LEAD})
        fill_study(store, tmp_path, ["P1", "P2", "P3"])
        yield store
