"""Designs of double-coded studies and random studies of them, for benchmarks/agreement_coverage.py."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from harken.stats.agreement import measure_code_agreement
from harken.stats.estimate import Estimate
from harken.stats.ratings import MISSING, RatingMatrix, SetRatings
from harken.stats.sets.agreement import measure_set_agreement
from harken.stats.uncertainty import Uncertainty, UncertaintyMethod

SENSITIVITIES = (0.90, 0.85, 0.80)
FALSE_SHARES = (0.1, 0.2, 0.3)
"""Coders differ: the first, second and third of them, then the first again."""
PERSON_EFFECT = 0.3
"""Correlation of what is true of two answers of one person."""
SET_PREVALENCES = tuple(np.geomspace(0.05, 0.30, 6).tolist())
LARGE = 2_000_000

Booleans = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """How many people gave how many answers, and which coders decided them.

    `double_coded` is the share of answers that two coders drawn at random decided, the others having one;
    None where every coder decided all, save the share `missing` of single decisions. `prevalence` is None for
    whole sets of six codes.
    """

    part: str
    n_people: int
    prevalence: float | None
    n_coders: int = 3
    answers_each: int = 1
    double_coded: float | None = None
    missing: float = 0.0

    def __str__(self) -> str:
        answers = f"{self.n_people * self.answers_each} answers"
        if self.answers_each > 1:
            answers = f"{self.n_people} people with {self.answers_each} answers"
        words = [answers, f"{self.n_coders} coders"]
        if self.double_coded is not None:
            words.append(f"{self.double_coded:.0%} double-coded")
        if self.missing:
            words.append(f"{self.missing:.0%} undecided")
        if self.prevalence is not None:
            words.append(f"code in {self.prevalence:.0%}")
        return ", ".join(words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """Alpha of a very large sample of a design, and the expected number of positive answers in one study."""

    alpha: float
    expected_positives: float | None


DESIGNS = (
    *(Design(part="Few answers", n_people=n, prevalence=0.30) for n in (20, 50, 100)),
    *(
        Design(part="Rare codes", n_people=n, prevalence=prevalence)
        for n, prevalence in ((100, 0.02), (100, 0.05), (100, 0.10), (200, 0.10), (400, 0.02), (400, 0.05))
    ),
    *(
        Design(part="Two, three, eight coders", n_people=n, prevalence=prevalence, n_coders=coders)
        for n, prevalence in ((50, 0.30), (100, 0.05), (200, 0.10))
        for coders in (2, 3, 8)
        if (coders, n) != (3, 50) and (coders, n, prevalence) not in ((3, 100, 0.05), (3, 200, 0.10))
    ),
    *(
        Design(part="Partial overlap", n_people=n, prevalence=0.10, double_coded=share)
        for n, share in ((200, 0.20), (500, 0.20), (100, 0.50), (200, 0.50), (400, 0.50))
    ),
    *(Design(part="Partial overlap", n_people=n, prevalence=0.10, missing=0.20) for n in (60, 200)),
    *(
        Design(part="Several answers a person", n_people=n, prevalence=prevalence, answers_each=3)
        for n, prevalence in ((20, 0.10), (40, 0.10), (70, 0.10), (40, 0.30))
    ),
    *(Design(part="Whole sets", n_people=n, prevalence=None) for n in (20, 50, 100, 200)),
    Design(part="Whole sets", n_people=50, prevalence=None, n_coders=2),
    Design(part="Whole sets", n_people=40, prevalence=None, answers_each=3),
)


def draw_ratings(design: Design, rng: np.random.Generator, *, n_people: int | None = None) -> Any:
    """A random study: ratings of the code, or of whole sets."""
    people = n_people or design.n_people
    n_units = people * design.answers_each
    participants = np.repeat(np.arange(people), design.answers_each)
    decided = _draw_decided(design, n_units, rng)
    coders = tuple(f"coder {number}" for number in range(design.n_coders))
    if design.prevalence is not None:
        applied = _draw_applied(design, design.prevalence, people, rng).astype(np.int8)
        return RatingMatrix(
            coders=coders,
            categories=("0", "1"),
            participants=participants,
            ratings=np.where(decided, applied, MISSING),
        )
    bits = np.zeros((n_units, design.n_coders), dtype=np.int64)
    for code, prevalence in enumerate(SET_PREVALENCES):
        bits |= _draw_applied(design, prevalence, people, rng).astype(np.int64) << code
    numbers = np.arange(1 << len(SET_PREVALENCES))
    return SetRatings(
        coders=coders,
        codes=tuple(f"code {number}" for number in range(len(SET_PREVALENCES))),
        units=tuple(range(n_units)),
        participants=participants,
        members=(numbers[:, None] >> np.arange(len(SET_PREVALENCES)) & 1).astype(np.bool_),
        set_ids=np.where(decided, bits, MISSING),
    )


def _draw_applied(design: Design, prevalence: float, n_people: int, rng: np.random.Generator) -> Booleans:
    """What each coder would decide on each answer, units x coders."""
    shape = (n_people, design.answers_each)
    if design.answers_each > 1:
        spread = 1 / PERSON_EFFECT - 1
        chance = rng.beta(prevalence * spread, (1 - prevalence) * spread, size=n_people)[:, None]
    else:
        chance = np.full((n_people, 1), prevalence)
    is_true = (rng.random(shape) < chance).reshape(-1, 1)
    kinds = np.arange(design.n_coders) % len(SENSITIVITIES)
    hit = np.asarray(SENSITIVITIES)[kinds]
    false = np.asarray(FALSE_SHARES)[kinds] * prevalence
    return rng.random((len(is_true), design.n_coders)) < np.where(is_true, hit, false)


def _draw_decided(design: Design, n_units: int, rng: np.random.Generator) -> Booleans:
    if design.double_coded is None:
        return rng.random((n_units, design.n_coders)) >= design.missing
    # A fixed share is double-coded, as a study would plan it; who decides is drawn.
    n_deciding = np.where(np.arange(n_units) < round(design.double_coded * n_units), 2, 1)
    turns = rng.random((n_units, design.n_coders)).argsort(axis=1).argsort(axis=1)
    return turns < n_deciding[:, None]


def measure_alpha(ratings: Any, uncertainty: Uncertainty) -> Estimate:
    """Alpha of the code, or of whole sets with the MASI distance."""
    if isinstance(ratings, SetRatings):
        return measure_set_agreement(ratings, uncertainty=uncertainty).alpha_masi
    return measure_code_agreement(ratings, uncertainty=uncertainty).krippendorff_alpha


@cache
def find_truth(design: Design) -> Truth:
    """By a sample of `LARGE` answers (of a quarter for whole sets)."""
    size = LARGE // (1 if design.prevalence is not None else 4) // design.answers_each
    ratings = draw_ratings(design, np.random.default_rng(0), n_people=size)
    plain = Uncertainty(method=UncertaintyMethod.ANALYTIC, replicates=2)
    if isinstance(ratings, SetRatings):
        alpha = measure_set_agreement(ratings, uncertainty=plain).alpha_masi.value
        assert alpha is not None
        return Truth(alpha=alpha, expected_positives=None)
    found = measure_code_agreement(ratings, uncertainty=plain)
    assert found.krippendorff_alpha.value is not None
    assert found.prevalence is not None
    return Truth(
        alpha=found.krippendorff_alpha.value,
        expected_positives=found.prevalence * found.n_units_pairable / size * design.n_people,
    )
