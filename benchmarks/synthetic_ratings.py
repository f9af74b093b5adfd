"""Ratings of coders who see the truth through a glass, of any size: as a table of sets and as a project file.

Every answer truly has each of 20 codes with the code's own probability (1 to 30 %). A coder applies a code
that is there with probability .85; one that is not there with a fifth of the code's own probability; and has
left a tenth of the answers undecided.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from harken.codebook.data import code_as_data, family_as_data
from harken.model import Code, Coding, Decision, Family, ResponseKey
from harken.services.studies import create_study
from harken.stats.ratings import MISSING, SetRatings
from harken.storage.codebooks import stored_codebook
from harken.storage.coding import import_decisions
from harken.storage.journal import new_id
from harken.storage.survey_rows import SurveyWriter

CODERS = ("ada", "ben", "cy")
N_CODES = 20
CODES = tuple(f"theme.c{number}" for number in range(N_CODES))
PREVALENCES = np.geomspace(0.01, 0.30, N_CODES)
SENSITIVITY = 0.85
FALSE_SHARE = 0.2
UNDECIDED = 0.1


def draw_sets(n_answers: int, *, answers_each: int = 1, seed: int = 1) -> SetRatings:
    """Three coders' sets of codes for this many answers, `answers_each` a participant."""
    rng = np.random.default_rng(seed)
    # A code is a bit, and so a set a number: rows of booleans would take 20 times the room.
    bits = np.zeros((n_answers, len(CODERS)), dtype=np.int32)
    for code, prevalence in enumerate(PREVALENCES):
        is_true = rng.random(n_answers) < prevalence
        for coder in range(len(CODERS)):
            chance = np.where(is_true, SENSITIVITY, FALSE_SHARE * prevalence)
            bits[:, coder] |= (rng.random(n_answers) < chance).astype(np.int32) << code
    decided = rng.random(bits.shape) >= UNDECIDED
    found, set_ids = np.unique(bits[decided], return_inverse=True)
    table = np.full(bits.shape, MISSING, dtype=np.int32)
    table[decided] = set_ids
    return SetRatings(
        coders=CODERS,
        codes=CODES,
        units=tuple(range(n_answers)),
        participants=np.arange(n_answers) // answers_each,
        members=(found[:, None] >> np.arange(N_CODES) & 1).astype(np.bool_),
        set_ids=table,
    )


def build_project(path: Path, sets: SetRatings) -> None:
    """A project file with these decisions, each unit an answer of a few words by a person of its own."""
    with create_study(path, lead=CODERS[0]) as store:
        with store.action(CODERS[0]) as action:
            for coder in CODERS[1:]:
                action.append("coder.added", {"name": coder})
            _write_survey(action, len(sets.units))
            action.append(
                "codebook.imported",
                {
                    "file": "synthetic.yaml",
                    "title": "",
                    "language": "en",
                    "families": [family_as_data(Family(key="theme", label="Theme"))],
                    "codes": [
                        {"id": path, "path": path, "body": code_as_data(Code(key=key, label=key))}
                        for path, key in ((path, path.partition(".")[2]) for path in CODES)
                    ],
                    "removed": [],
                    "map": {},
                },
            )
        with store.action(CODERS[0]) as action:
            import_decisions(
                action, stored_codebook(store), _decisions(sets), source={"file": "synthetic.csv"}
            )


def _write_survey(action: Any, n_answers: int) -> None:
    import_id = new_id()
    writer = SurveyWriter(action, import_id=import_id)
    writer.add_question("q")
    for number in range(n_answers):
        writer.add_participant(_name(number), {})
        writer.add_response(ResponseKey(_name(number), "q"), f"what person {number} said", {})
    action.append(
        "survey.imported",
        {
            "file": "synthetic.csv",
            "questions": ["q"],
            "asked": {},
            "rows_sha256": writer.finish().rows_sha256,
            "variables": [],
        },
        id=import_id,
    )


def _decisions(sets: SetRatings) -> Iterator[Decision]:
    codings = [
        tuple(Coding(code) for code, is_held in zip(CODES, held, strict=True) if is_held)
        for held in sets.members.tolist()
    ]
    for number, row in enumerate(sets.set_ids.tolist()):
        for coder, set_id in zip(CODERS, row, strict=True):
            if set_id != MISSING:
                yield Decision(key=ResponseKey(_name(number), "q"), coder=coder, codings=codings[set_id])


def _name(number: int) -> str:
    return f"P{number:07}"
