"""Every key, kind and order of lists of disagreements is explained on their page."""

from __future__ import annotations

from pathlib import Path

from harken import Project
from harken.services.agreeing.disagreements.confusions import ConfusionKind
from harken.services.agreeing.disagreements.result import DisagreementSort
from harken.services.sample_study import build_sample_study

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "disagreements.md").read_text(encoding="utf-8")


def keys(document: object) -> set[str]:
    if isinstance(document, dict):
        return {*document, *(key for value in document.values() for key in keys(value))}
    return {key for value in document for key in keys(value)} if isinstance(document, list) else set()


def test_every_key_of_disagreements_is_explained(tmp_path: Path) -> None:
    with Project.open(build_sample_study(tmp_path)) as project:
        found = project.disagreements()
        written = keys(found.as_json()) - set(project.coders)
        recorded = keys(found.to_records()) - {"coder"}
    assert found.answers
    assert sorted(key for key in written | recorded if f"`{key}`" not in PAGE) == []


def test_every_kind_of_confusion_and_every_order_is_named() -> None:
    assert [name for name in (*ConfusionKind, *DisagreementSort) if f"`{name}`" not in PAGE] == []
