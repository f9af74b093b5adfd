"""The section on planning explains every key of the plan, and its numbers are those of the program."""

from __future__ import annotations

import re
from pathlib import Path

from harken.services.agreeing.planning import PrevalenceSource, plan_for_prevalences
from harken.stats.planning import Aim, count_units_for_target

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "methods" / "agreement.md").read_text(encoding="utf-8")
SECTION = PAGE.split("\n## Planning\n")[1].split("\n## ")[0]


def keys(document: object) -> set[str]:
    """Every key of a JSON document, at any depth."""
    if isinstance(document, dict):
        return {*document, *(key for value in document.values() for key in keys(value))}
    return {key for value in document for key in keys(value)} if isinstance(document, list) else set()


def test_every_key_and_every_source_is_explained() -> None:
    document = plan_for_prevalences({"x": 0.1}, aim=Aim(width=0.2)).as_json()
    names = {*keys(document), *PrevalenceSource}
    assert sorted(name for name in names if f"`{name}`" not in SECTION) == []


def test_the_units_in_its_sentence_are_those_of_the_formula() -> None:
    (found,) = re.findall(r"from π = (\.\d+) to (\.\d+), N for (\.\d+) goes from (\d+) to (\d+)", SECTION)
    before, after, target, units_before, units_after = found
    assert [count_units_for_target(float(one), float(target), Aim()) for one in (before, after)] == [
        int(units_before),
        int(units_after),
    ]
