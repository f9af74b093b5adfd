"""The page on answers explains every key of their JSON, every field of a filter and every state."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from harken import Project
from harken.services.browsing import AnswerFilter, AnswerMark, AnswerSort
from harken.services.sample_study import build_sample_study

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "answers.md").read_text(encoding="utf-8")
DATA = {"groups", "closed", "attributes", "alone"}
"""Objects whose keys are the study's own."""


def keys(document: object) -> set[str]:
    """Every key of a JSON document, at any depth, but those that a study names."""
    if isinstance(document, dict):
        return {
            key
            for name, value in document.items()
            for key in ({name} if name in DATA and isinstance(value, dict) else {name, *keys(value)})
        }
    return {key for value in document for key in keys(value)} if isinstance(document, list) else set()


@pytest.mark.parametrize("layout", ["answers", "retrieval", "framework_matrix", "person"])
def test_every_key_of_every_layout_is_explained(tmp_path: Path, layout: str) -> None:
    with Project.open(build_sample_study(tmp_path)) as project:
        if layout == "person":
            written = keys(project.person("E001").as_json())
        elif layout == "answers":
            written = keys(project.answers(limit=20).as_json())
        else:
            filter = AnswerFilter(codes=("understanding",), participants=("E001",))
            written = keys(getattr(project, layout)(filter=filter).as_json())
    assert sorted(key for key in written if f"`{key}`" not in PAGE) == []


def test_every_field_of_a_filter_every_state_and_every_order_is_named() -> None:
    names = [*(field.name for field in fields(AnswerFilter)), *AnswerMark, *AnswerSort]
    assert [name for name in names if f"`{name}`" not in PAGE] == []
