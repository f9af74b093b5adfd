"""The pages on closed items, pairs, saturation and crosstabs explain every key of their JSON."""

from __future__ import annotations

from pathlib import Path

from test_documentation import ROOT, keys

from harken import Project
from harken.services.sample_study import build_sample_study


def unexplained(written: set[str], page: str) -> list[str]:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    if page == "methods/looks.md":
        text += (ROOT / "docs" / "methods" / "themes.md").read_text(encoding="utf-8")
    return sorted(key for key in written if f"`{key}`" not in text)


def test_every_key_of_closed_items_is_explained(tmp_path: Path) -> None:
    with Project.open(build_sample_study(tmp_path)) as project:
        found = project.closed_items(by="group", nets=["agree=4|5"], themes=["anxiety"])
    assert unexplained(keys(found.as_json()), "closed-items.md") == []


def test_every_key_of_the_looks_at_codes_is_explained(tmp_path: Path) -> None:
    with Project.open(build_sample_study(tmp_path)) as project:
        written = keys(project.cooccurrence().as_json()) | keys(project.saturation().as_json())
        written |= keys(project.crosstab("group").as_json())
    assert unexplained(written, "methods/looks.md") == []
