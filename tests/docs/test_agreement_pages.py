"""The page on agreement explains what its document can hold, and its figures by hand are the program's."""

from __future__ import annotations

import re
from dataclasses import fields
from fractions import Fraction
from pathlib import Path

import pytest

from harken.services.agreeing.chosen import Apart
from harken.services.agreeing.result import (
    AgainstRest,
    CodableFigures,
    Scope,
    Slice,
    SliceKind,
    Stability,
)
from harken.stats.against_rest import CoderAgainstRest
from harken.stats.agreement import CrossTable
from harken.stats.estimate import Estimate, Undefined
from harken.stats.minimum import BelowMinimum
from harken.stats.segments.agreement import SegmentAgreement
from harken.stats.uncertainty import UncertaintyMethod
from harken.stats.verdicts import Verdict

METHODS = Path(__file__).resolve().parents[2] / "docs" / "methods"
PAGE = (METHODS / "agreement.md").read_text(encoding="utf-8")
COVERAGE = (METHODS / "agreement-coverage.md").read_text(encoding="utf-8")
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


@pytest.mark.parametrize(
    "name",
    sorted(
        {
            *(
                field.name
                for one in (Scope, Stability, AgainstRest, CoderAgainstRest, CodableFigures, SegmentAgreement)
                for field in fields(one)
            ),
            *(field.name for one in (Slice, Estimate, BelowMinimum, CrossTable) for field in fields(one)),
        }
        - {"figures"}
        | {*SliceKind, *UncertaintyMethod, *Undefined, *Verdict}
    ),
)
def test_everything_that_the_document_can_hold_is_explained(name: str) -> None:
    assert f"`{name}`" in PAGE


def test_everything_that_can_be_kept_apart_has_its_option_on_the_page() -> None:
    assert [one for one in Apart if f"`--apart {one}`" not in PAGE] == []


def test_the_coverage_in_its_sentence_is_that_of_the_simulation() -> None:
    paragraph = PAGE.split("**How often they hold.**")[1].split("\n\n")[0]
    (few, enough), *_ = re.findall(
        r"^\| bootstrap \| (\d+ to \d+) \| (\d+ to \d+) \|", COVERAGE, re.MULTILINE
    )
    assert re.findall(r"\d+ to \d+(?= %)", paragraph) == [few, enough]
