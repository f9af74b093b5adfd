"""The page in docs/methods about the simulated coverage, for benchmarks/agreement_coverage.py."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from coverage_designs import (
    FALSE_SHARES,
    LARGE,
    PERSON_EFFECT,
    SENSITIVITIES,
    SET_PREVALENCES,
    Design,
    Truth,
)
from harken.stats.uncertainty import UncertaintyMethod
from harken.stats.verdicts import DEFAULT_BANDS

METHODS = tuple(UncertaintyMethod)
DEFAULT = UncertaintyMethod.BOOTSTRAP
LEAST = DEFAULT_BANDS.expected_positives


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the studies of one design came to; shares are of studies with a defined alpha and an interval."""

    design: Design
    truth: Truth
    undefined: float
    without: dict[UncertaintyMethod, float]
    covered: dict[UncertaintyMethod, float | None]
    flattered: dict[UncertaintyMethod, float | None]
    """The share whose lower limit lies above the true alpha: what a verdict by that limit may get wrong."""
    width: dict[UncertaintyMethod, float | None]


INTRODUCTION = """
Simulated: how often an interval of level 95 % holds the alpha that is true of the design. An interval that
keeps its word does so in 95 of 100 studies.
"""
HOW_RUN = """
Written by `python benchmarks/agreement_coverage.py --studies {studies} --replicates {replicates}`:
{designs} designs, {studies:,} random studies of each, {replicates:,} bootstrap replicates a study, seed
{seed}, {minutes:.0f} minutes on {cores} cores. The chance error of a share of 95 % is ±{error:.1f} points.
"""
LOW_COUNTS = """
Lowest and highest coverage among the designs of each kind, in per cent. **Below {least:.0f} expected
positives** no method keeps its level in every design: a few answers decide the figure, and whether the
coders happened to meet there. In the worst design, {worst_design}, {worst_method} comes nearest, with
{worst:.0f} %. Another method does not mend that; more answers do. So the verdict there is `too_few`,
whatever the interval looks like, and `n_needed` says how many answers would do. The interval is printed all
the same: read it as a hint, for the truth lies below its lower limit up to {flattered:.0f} % of the time
instead of 2.5.
"""
ENOUGH = """
**From {least:.0f} expected positives on**, every interval is near its level: at worst {enough_worst:.0f} %
by the bootstrap. The verdict looks at the lower limit alone, and the last row of the table says how often
the bootstrap's promises too much. The limit of {least:.0f} counts answers: where a person gave several,
they tell less than as many people would, and the bootstrap's lowest coverage from {least:.0f} on is
{several_worst:.0f} % in those designs.
"""
GENERATOR = """
An answer truly has a code or has it not, with the code's probability (“code in 10%”). Coders see that
through a glass: of three kinds in turn, they apply a code that is there with probability {hits}, and one
that is not there with {false} times the code's probability, so that a rare code is not drowned. With
several answers a person, the probability is the person's own, from a beta distribution in which two answers
of a person correlate by {effect:.1f}; people are what is resampled. With partial overlap two coders, drawn
for each answer, decide the double-coded answers and one the others; “undecided” leaves out single decisions
at random. Whole sets are of {codes} codes with probabilities from {rarest:.2f} to {commonest:.2f}, compared
by MASI. The truth is alpha of {large:,} answers of the same design (a quarter of that for whole sets).
"""
LEGEND = """
*Expected positives* is prevalence × pairable answers, what the verdict looks at. *Undefined* is the per
cent of studies in which nobody, or everybody, had the code, so that there is no alpha; the other columns
are of the studies that have one. Coverage is in per cent; in brackets the per cent of studies for which a
method gives no interval, where there are any; whole sets have no closed form. *Lower limit too high* is the
per cent in which the truth lies below the bootstrap's lower limit: there a verdict flatters. *Width* is the
mean width of the bootstrap's interval.
"""


def write_page(
    outcomes: Sequence[Outcome], *, n_studies: int, replicates: int, seed: int, minutes: float
) -> str:
    parts = [
        "# How far the intervals of alpha can be trusted",
        filled(INTRODUCTION),
        filled(
            HOW_RUN,
            studies=n_studies,
            replicates=replicates,
            designs=len(outcomes),
            seed=seed,
            minutes=minutes,
            cores=os.cpu_count(),
            error=100 * 1.96 * np.sqrt(0.95 * 0.05 / n_studies),
        ),
        "## What follows",
        summary(outcomes),
        *conclusions(outcomes),
        "## How the studies were drawn",
        filled(
            GENERATOR,
            hits=", ".join(f"{share:.2f}" for share in SENSITIVITIES),
            false=", ".join(f"{share:.1f}" for share in FALSE_SHARES),
            effect=PERSON_EFFECT,
            codes=len(SET_PREVALENCES),
            rarest=min(SET_PREVALENCES),
            commonest=max(SET_PREVALENCES),
            large=LARGE,
        ),
        "## The designs",
        filled(LEGEND),
    ]
    for part, group in groupby(outcomes, key=lambda outcome: outcome.design.part):
        parts += [f"**{part}**", table(list(group))]
    return "\n\n".join(parts) + "\n"


def filled(text: str, **values: object) -> str:
    return textwrap.fill(" ".join(text.format(**values).split()), width=115, break_on_hyphens=False)


def conclusions(outcomes: Sequence[Outcome]) -> list[str]:
    few, enough, _ = by_kind(outcomes)
    worst = min(few, key=lambda one: max(known(one.covered.values())))
    nearest, share = max(
        ((method, share) for method, share in worst.covered.items() if share is not None),
        key=lambda pair: pair[1],
    )
    several = [one for one in enough if one.design.answers_each > 1]
    return [
        filled(
            LOW_COUNTS,
            least=LEAST,
            worst_design=worst.design,
            worst_method=nearest,
            worst=100 * share,
            flattered=100 * max(known(one.flattered[DEFAULT] for one in few)),
        ),
        filled(
            ENOUGH,
            least=LEAST,
            enough_worst=100 * min(known(one.covered[DEFAULT] for one in enough)),
            several_worst=100 * min(known(one.covered[DEFAULT] for one in several)),
        ),
    ]


def by_kind(outcomes: Sequence[Outcome]) -> tuple[list[Outcome], list[Outcome], list[Outcome]]:
    """Designs with too few expected positives for a verdict, with enough, and of whole sets."""
    kinds: tuple[list[Outcome], list[Outcome], list[Outcome]] = ([], [], [])
    for one in outcomes:
        positives = one.truth.expected_positives
        kinds[2 if positives is None else int(round(positives, 9) >= LEAST)].append(one)
    return kinds


def summary(outcomes: Sequence[Outcome]) -> str:
    """The range of coverage over the designs of each kind."""
    groups = by_kind(outcomes)
    rows = {str(method): [span([o.covered[method] for o in group]) for group in groups] for method in METHODS}
    rows["bootstrap, lower limit too high"] = [
        span([o.flattered[DEFAULT] for o in group]) for group in groups
    ]
    heads = ["95 % intervals", f"below {LEAST:.0f} expected positives", f"{LEAST:.0f} and more", "whole sets"]
    return markdown(heads, [[name, *cells] for name, cells in rows.items()])


def known(shares: Iterable[float | None]) -> list[float]:
    return [share for share in shares if share is not None]


def span(shares: Sequence[float | None]) -> str:
    found = known(shares)
    return f"{100 * min(found):.0f} to {100 * max(found):.0f}" if found else "–"


def table(outcomes: Sequence[Outcome]) -> str:
    heads = ["design", "true alpha", "expected positives", "undefined", *map(str, METHODS)]
    rows = [
        [
            str(one.design),
            f"{one.truth.alpha:.3f}",
            "–" if one.truth.expected_positives is None else f"{one.truth.expected_positives:.1f}",
            f"{100 * one.undefined:.1f}",
            *(coverage(one, method) for method in METHODS),
            percent(one.flattered[DEFAULT]),
            "–" if one.width[DEFAULT] is None else f"{one.width[DEFAULT]:.2f}",
        ]
        for one in outcomes
    ]
    return markdown([*heads, "lower limit too high", "width"], rows)


def markdown(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def coverage(outcome: Outcome, method: UncertaintyMethod) -> str:
    share = percent(outcome.covered[method])
    without = outcome.without[method]
    return share if without < 5e-4 or share == "–" else f"{share} ({100 * without:.1f})"


def percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f}"
