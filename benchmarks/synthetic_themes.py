"""A study of any size for counting themes: people of five groups, two answers each, twenty codes.

Every answer has each of 20 codes with the code's own probability (1 to 30 %), a little more often the later
the group. A coder has left one answer in fifty undecided; a second one has decided a tenth of them too, in a
reliability round, which counts for no table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from harken.codebook.data import code_as_data, family_as_data
from harken.model import Code, Coding, Decision, Family, ResponseKey, Round, RoundKind
from harken.services.studies import add_round, create_study
from harken.storage.codebooks import stored_codebook
from harken.storage.coding import import_decisions
from harken.storage.journal import new_id
from harken.storage.store import Store
from harken.storage.survey_rows import SurveyWriter

N_CODES = 20
CODES = tuple(f"theme.c{number}" for number in range(N_CODES))
PREVALENCES = np.geomspace(0.01, 0.30, N_CODES)
GROUPS = ("north", "east", "south", "west", "abroad")
QUESTIONS = ("q_good", "q_bad")
UNDECIDED = 0.02
DOUBLE_CODED = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """Groups by person; codes as a mask and states by answer, two answers a person."""

    group: NDArray[np.int64]
    codes: NDArray[np.int64]
    is_decided: NDArray[np.bool_]
    is_double: NDArray[np.bool_]
    n_words: NDArray[np.int64]


def draw(n_answers: int, *, seed: int = 1) -> Drawn:
    rng = np.random.default_rng(seed)
    n_people = n_answers // len(QUESTIONS)
    group = rng.integers(0, len(GROUPS), n_people)
    of_answer = np.repeat(group, len(QUESTIONS))
    codes = np.zeros(len(of_answer), dtype=np.int64)
    for code, prevalence in enumerate(PREVALENCES):
        codes |= (rng.random(len(of_answer)) < prevalence * (1 + of_answer / 10)).astype(np.int64) << code
    return Drawn(
        group=group,
        codes=codes,
        is_decided=rng.random(len(of_answer)) >= UNDECIDED,
        is_double=rng.random(len(of_answer)) < DOUBLE_CODED,
        n_words=rng.geometric(0.1, len(of_answer)),
    )


def build_project(path: Path, drawn: Drawn) -> None:
    """A project file with these answers and decisions."""
    build_undecided(path, drawn)
    with Store.open(path) as store, store.action("ada") as action:
        import_decisions(action, stored_codebook(store), decisions(drawn), source={"file": "synthetic.csv"})


def build_undecided(path: Path, drawn: Drawn) -> None:
    """A project file with these answers and a codebook."""
    with create_study(path, lead="ada") as store, store.action("ada") as action:
        action.append("coder.added", {"name": "ben"})
        add_round(action, Round(name="check", kind=RoundKind.RELIABILITY))
        _write_survey(action, drawn)
        _write_codebook(action)


def _write_survey(action: Any, drawn: Drawn) -> None:
    import_id = new_id()
    writer = SurveyWriter(action, import_id=import_id)
    for question in QUESTIONS:
        writer.add_question(question)
    for person, group in enumerate(drawn.group.tolist()):
        writer.add_participant(_name(person), {"region": GROUPS[group]})
        for at, question in enumerate(QUESTIONS):
            text = " ".join(["word"] * int(drawn.n_words[len(QUESTIONS) * person + at]))
            writer.add_response(ResponseKey(_name(person), question), f"{text} {person}", {})
    action.append(
        "survey.imported",
        {
            "file": "synthetic.csv",
            "questions": list(QUESTIONS),
            "asked": {},
            "rows_sha256": writer.finish().rows_sha256,
            "variables": [{"name": "region", "role": "group", "per_response": False}],
        },
        id=import_id,
    )


def _write_codebook(action: Any) -> None:
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


def decisions(drawn: Drawn) -> Iterator[Decision]:
    """What both coders decided."""
    codings = tuple(Coding(path) for path in CODES)
    for answer, codes in enumerate(drawn.codes.tolist()):
        key = ResponseKey(_name(answer // len(QUESTIONS)), QUESTIONS[answer % len(QUESTIONS)])
        applied = tuple(coding for bit, coding in enumerate(codings) if codes >> bit & 1)
        if drawn.is_decided[answer]:
            yield Decision(key=key, coder="ada", codings=applied)
        if drawn.is_double[answer]:
            yield Decision(key=key, coder="ben", round="check", codings=applied[:1])


def _name(number: int) -> str:
    return f"P{number:07}"
