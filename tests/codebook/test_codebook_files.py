"""The codebook that ships with Harken, and codebooks of real studies."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from harken.codebook import assign_hotkeys, check_codebook, parse_codebook, read_codebook, write_codebook

IMAGE_SHARING = Path(__file__).parents[2] / "codebooks" / "image_sharing.yaml"
SHARED = os.environ.get("HARKEN_SHARED")


def test_the_image_sharing_codebook_has_no_fault():
    assert check_codebook(IMAGE_SHARING) == []


def test_the_image_sharing_codebook_has_the_families_and_catch_all_codes_of_the_study():
    codebook = read_codebook(IMAGE_SHARING)
    assert {family.key: [code.key for code in family.codes] for family in codebook.families} == {
        "benefit": [
            *("understanding", "communication", "partnership", "engagement", "acceptance", "adherence"),
            *("self_management", "reassurance", "control", "trust", "none_stated", "other"),
        ],
        "risk": [
            *("hard_to_interpret", "misinterpretation", "anxiety", "upset", "confusion", "clinician_time"),
            *("none_stated", "other"),
        ],
        "demand": ["wants_access", "other"],
        "requirement": ["explanation", "guidance", "other"],
    }


def test_every_code_of_the_image_sharing_codebook_says_what_belongs_to_it_and_what_does_not():
    for path, entry in read_codebook(IMAGE_SHARING).entries.items():
        code = entry.code
        assert all(
            (code.definition, code.include, code.exclude, code.examples, code.keywords, code.hotkey)
        ), path


def test_codes_that_the_image_sharing_codebook_refers_to_exist():
    codebook = read_codebook(IMAGE_SHARING)
    families = {family.key for family in codebook.families}
    for entry in codebook.entries.values():
        words = [word.strip("();,.") for word in f"{entry.code.include} {entry.code.exclude}".split()]
        referred = [word for word in words if word.partition(".")[0] in families and "." in word]
        assert [codebook.resolve(address) for address in referred] == referred


def test_no_keyword_of_the_image_sharing_codebook_stands_for_two_codes_of_one_question():
    codebook = read_codebook(IMAGE_SHARING)
    for question in ("q_benefits", "q_risks", "q_requirements"):
        entries = [entry for entry in codebook.entries.values() if entry.applies_to(question)]
        keywords = [keyword for entry in entries for keyword in entry.code.keywords]
        assert sorted(keywords) == sorted(set(keywords))


def test_hotkeys_of_the_image_sharing_codebook_are_its_own_for_every_question():
    codebook = read_codebook(IMAGE_SHARING)
    for question in ("q_benefits", "q_risks", "q_requirements"):
        assert assign_hotkeys(codebook, question, usage={}) == {
            path: entry.code.hotkey for path, entry in codebook.entries.items() if entry.applies_to(question)
        }


def test_the_image_sharing_codebook_is_written_as_it_is_meant():
    codebook = read_codebook(IMAGE_SHARING)
    assert parse_codebook(write_codebook(codebook)) == codebook


@pytest.mark.skipif(SHARED is None, reason="HARKEN_SHARED names no folder of real data")
@pytest.mark.parametrize(
    ("study", "n_codes"),
    [("nhs_feedback", 50), ("anes_terrorism", 26), ("passwords", 302), ("music", 14), ("immigration", 0)],
)
def test_codebooks_of_real_studies_are_read_and_written_without_fault(study, n_codes):
    path = Path(SHARED or "") / "data" / study / "codebook.yaml"
    assert check_codebook(path) == []
    codebook = read_codebook(path)
    assert len(codebook.paths) == n_codes
    assert parse_codebook(write_codebook(codebook)) == codebook
