"""What stands on the pages about agreement by hand is what the program says there."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "methods" / "agreement.md").read_text(encoding="utf-8")
SECTIONS = {section.split("\n")[0]: section for section in PAGE.split("\n## ")}
BY_HAND = [name for name, section in SECTIONS.items() if "| by hand |" in section]


def exactly(expression: str) -> Fraction:
    """The value of a sum or quotient of whole numbers, without rounding."""
    value = eval(re.sub(r"\d+", r"Fraction(\g<0>)", expression), {"Fraction": Fraction})
    assert isinstance(value, Fraction)
    return value


@pytest.mark.parametrize("name", BY_HAND)
def test_figures_by_hand_are_those_of_the_program(name: str) -> None:
    section = SECTIONS[name]
    by_hand = re.findall(r"^\| `(\w+)` \|.*\| ([\d +*/()-]+) \|$", section, re.MULTILINE)
    printed = re.findall(r"^(\w+) +(-?\d+\.\d{6})$", section, re.MULTILINE)
    assert {figure: f"{float(exactly(text)):.6f}" for figure, text in by_hand} == dict(printed)


def test_every_section_that_promises_an_example_by_hand_has_one() -> None:
    assert BY_HAND == ["A worked example", "Ordered scales", "Segments"]
