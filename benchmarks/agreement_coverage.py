"""How often the 95 % intervals of alpha hold the true alpha, simulated; writes the page in docs/methods.

    python benchmarks/agreement_coverage.py [--studies 1000] [--replicates 1000] [--output FILE]

Every design (see coverage_designs.py) is drawn many times, each study is measured by every method, and the
intervals are held against alpha of a very large sample of the same design. Seeded: the numbers are the same
on every run with the same options. Works on every core; a bar shows on a terminal.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coverage_designs import DESIGNS, Design, Truth, draw_ratings, find_truth, measure_alpha
from coverage_page import METHODS, Outcome, write_page
from harken.stats.estimate import Estimate
from harken.stats.uncertainty import Uncertainty, UncertaintyMethod

PAGE = Path(__file__).resolve().parents[1] / "docs" / "methods" / "agreement-coverage.md"
LEVEL = 0.95
SEED = 2024
BLOCK = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Some studies of one design: `intervals` is studies x methods x (low, high), nan where there is none."""

    design: int
    is_defined: NDArray[Any]
    intervals: NDArray[Any]


def simulate(task: tuple[int, int, int], *, replicates: int) -> Block:
    """Studies `first` to `last` of one design, each with a seed of its own."""
    design, first, last = task
    defined, intervals = [], []
    for study in range(first, last):
        ratings = draw_ratings(DESIGNS[design], np.random.default_rng([SEED, design, study]))
        found = [
            measure_alpha(ratings, Uncertainty(method=method, replicates=replicates, seed=study, level=LEVEL))
            for method in METHODS
        ]
        defined.append(found[0].value is not None)
        intervals.append([limits(one, method) for one, method in zip(found, METHODS, strict=True)])
    return Block(design=design, is_defined=np.array(defined), intervals=np.array(intervals))


def limits(found: Estimate, method: UncertaintyMethod) -> tuple[float, float]:
    """Low and high, nan where there are none by this method."""
    if found.method != method or found.low is None or found.high is None:
        return np.nan, np.nan
    return found.low, found.high


def summarise(design: Design, truth: Truth, blocks: Sequence[Block]) -> Outcome:
    is_defined = np.concatenate([block.is_defined for block in blocks])
    low, high = np.moveaxis(np.concatenate([block.intervals for block in blocks])[is_defined], 2, 0)

    def share(
        of: Callable[[NDArray[Any], NDArray[Any]], NDArray[Any]],
    ) -> dict[UncertaintyMethod, float | None]:
        shares: dict[UncertaintyMethod, float | None] = {}
        for column, method in enumerate(METHODS):
            has = ~np.isnan(low[:, column])
            shares[method] = float(of(low[has, column], high[has, column]).mean()) if has.any() else None
        return shares

    return Outcome(
        design=design,
        truth=truth,
        undefined=float(1 - is_defined.mean()),
        without=dict(zip(METHODS, np.isnan(low).mean(axis=0).tolist(), strict=True)),
        covered=share(lambda low, high: (low <= truth.alpha + 1e-9) & (truth.alpha <= high + 1e-9)),
        flattered=share(lambda low, high: low > truth.alpha + 1e-9),
        width=share(lambda low, high: high - low),
    )


def run(n_studies: int, replicates: int) -> Iterator[Outcome]:
    tasks = [
        (design, first, min(first + BLOCK, n_studies))
        for design in range(len(DESIGNS))
        for first in range(0, n_studies, BLOCK)
    ]
    blocks: list[list[Block]] = [[] for _ in DESIGNS]
    with Pool(os.cpu_count()) as pool:
        truths = pool.map(find_truth, DESIGNS, chunksize=1)
        for done, block in enumerate(pool.imap(partial(simulate, replicates=replicates), tasks), start=1):
            blocks[block.design].append(block)
            show_progress(done / len(tasks))
    for design, truth, parts in zip(DESIGNS, truths, blocks, strict=True):
        yield summarise(design, truth, parts)


def show_progress(share: float) -> None:
    if sys.stderr.isatty():
        bar = "█" * round(30 * share)
        sys.stderr.write("\r\x1b[K" if share == 1 else f"\r{bar:░<30} {share:4.0%}")
        sys.stderr.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--studies", type=int, default=1000)
    parser.add_argument("--replicates", type=int, default=1000)
    parser.add_argument("--output", type=Path, default=PAGE)
    options = parser.parse_args()
    began = time.perf_counter()
    outcomes = list(run(options.studies, options.replicates))
    minutes = (time.perf_counter() - began) / 60
    page = write_page(
        outcomes, n_studies=options.studies, replicates=options.replicates, seed=SEED, minutes=max(1, minutes)
    )
    options.output.write_text(page, encoding="utf-8")
    print(f"{options.output} in {minutes:.1f} minutes", file=sys.stderr)


if __name__ == "__main__":
    main()
