"""How fast agreement is measured, beside what else one could use, and what it takes from a project file.

    python benchmarks/agreement.py [--quick]

Prints ratios of one run; judges nothing. The data are synthetic (see synthetic_ratings.py): 20 codes, three
coders, a tenth undecided. Ours begin with the table of sets, so the making of each code's table and the
counting pass are within the time, and they give every coefficient with its interval; what they are compared
with begins with each code's table and gives alpha alone. Those libraries are for development only. Memory is
read from /proc, so it is a benchmark for Linux.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from call_times import time_by_part
from harken import Project
from harken.stats.agreement import measure_code_agreement
from harken.stats.patterns import FloatArray
from harken.stats.ratings import MISSING, SetRatings, code_ratings, collect_set_ratings
from harken.stats.sets.agreement import measure_set_agreement
from harken.stats.uncertainty import Uncertainty, UncertaintyMethod
from processes import run_measured
from synthetic_ratings import CODERS, CODES, build_project, draw_sets

REPLICATES = 1000
PROJECT_REPLICATES = 2000
TIMED_REPLICATES = 10
ANSWERS_EACH = 3
"""Of people with several answers, who are resampled whole."""
LONGEST_LOOP = 60.0
"""Seconds after which no further replicate of the loop is timed."""
PARTS = {
    "storage": "reading rows",
    "services": "rows to decisions",
    "stats.ratings": "building tables",
    "stats.patterns": "counting patterns",
    "stats.sets": "whole sets",
    "stats": "replicates and coefficients",
}


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def quickest(work: Callable[[], object], *, times: int = 3) -> float:
    return min(timed(work) for _ in range(times))


def tables_of_codes(sets: SetRatings) -> list[FloatArray]:
    """Each code's ratings as the other library takes them, coders x units with nan for missing."""
    tables = []
    for code in sets.codes:
        ratings = code_ratings(sets, [code]).ratings.T.astype(np.float64)
        ratings[ratings == MISSING] = np.nan
        tables.append(ratings)
    return tables


def measure_codes(sets: SetRatings, uncertainty: Uncertainty) -> list[float | None]:
    return [
        measure_code_agreement(code_ratings(sets, [code]), uncertainty=uncertainty).krippendorff_alpha.value
        for code in sets.codes
    ]


def compare_bootstraps(n_answers: int) -> None:
    """All codes, all replicates: ours beside a loop that resamples answers and calls `krippendorff.alpha`."""
    import krippendorff

    sets = draw_sets(n_answers)
    tables = tables_of_codes(sets)
    rng = np.random.default_rng(1)

    def replicate() -> None:
        drawn = rng.integers(0, n_answers, size=n_answers)
        for table in tables:
            krippendorff.alpha(table[:, drawn], level_of_measurement="nominal")

    loop: list[float] = []
    while len(loop) < TIMED_REPLICATES and sum(loop) < LONGEST_LOOP:
        loop.append(timed(replicate))
    scaled = sum(loop) / len(loop) * REPLICATES
    several = draw_sets(n_answers, answers_each=ANSWERS_EACH)
    ours, ours_of_several = (
        quickest(lambda table=table: measure_codes(table, Uncertainty(replicates=REPLICATES)))  # type: ignore[misc]
        for table in (sets, several)
    )
    print(
        f"{n_answers:>9,} answers: loop {scaled:8.0f} s "
        f"(scaled up from {len(loop)} replicates in {sum(loop):.1f} s)   "
        f"ours {ours:7.3f} s   ratio {scaled / ours:8,.0f}   "
        f"ours with {ANSWERS_EACH} answers a person {ours_of_several:7.3f} s",
        flush=True,
    )


def compare_points(n_answers: int) -> None:
    """Figures without replicates beside one plain pass of `krippendorff.alpha` over the same codes."""
    import krippendorff

    sets = draw_sets(n_answers)
    tables = tables_of_codes(sets)
    plain = Uncertainty(method=UncertaintyMethod.ANALYTIC, replicates=1)

    def passes() -> list[float]:
        return [krippendorff.alpha(table, level_of_measurement="nominal") for table in tables]

    apart = max(
        abs(one - (other or 0)) for one, other in zip(passes(), measure_codes(sets, plain), strict=True)
    )
    theirs, ours = timed(passes), quickest(lambda: measure_codes(sets, plain))
    print(
        f"{n_answers:>9,} answers: plain pass {theirs:.3f} s   "
        f"ours, every coefficient with its standard error, {ours:.3f} s   "
        f"ratio {theirs / ours:.1f}   (alphas differ by {apart:.0e} at most)",
        flush=True,
    )


def compare_sets(n_answers: int) -> None:
    """MASI alpha of `nltk`, one figure, beside ours: four distances, share of equal sets, intervals."""
    from nltk.metrics.agreement import AnnotationTask
    from nltk.metrics.distance import masi_distance

    sets = draw_sets(n_answers)
    # The empty set divides by zero there; a set of one mark is at the same distances.
    labels = [
        frozenset(code for code, is_held in zip(CODES, held, strict=True) if is_held) or frozenset(["(none)"])
        for held in sets.members.tolist()
    ]
    triples = [
        (coder, unit, labels[set_id])
        for unit, row in enumerate(sets.set_ids.tolist())
        for coder, set_id in zip(CODERS, row, strict=True)
        if set_id != MISSING
    ]
    alphas: list[float] = []
    theirs = timed(lambda: alphas.append(AnnotationTask(triples, distance=masi_distance).alpha()))
    found = measure_set_agreement(sets)
    ours = quickest(lambda: measure_set_agreement(sets))
    points = quickest(lambda: measure_set_agreement(sets, uncertainty=Uncertainty(replicates=2)))
    print(
        f"{n_answers:>9,} answers, {len(sets.members):,} distinct sets: nltk {theirs:.1f} s   "
        f"ours with intervals ({found.alpha_masi.method}) {ours:.3f} s, ratio {theirs / ours:,.0f}   "
        f"ours with 2 replicates {points:.3f} s, ratio {theirs / points:,.0f}   "
        f"(alphas {alphas[0]:.6f} and {found.alpha_masi.value:.6f})",
        flush=True,
    )


def memory_mb(field: str) -> float:
    """A field of this process's memory: VmRSS is what it holds, VmHWM the most that it held."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) / 1024
    raise LookupError(field)


def forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def measure_sets_alone(n_answers: int) -> None:
    sets = draw_sets(n_answers)
    forget_peak()
    before = memory_mb("VmRSS")
    seconds = timed(lambda: measure_set_agreement(sets))
    peak = memory_mb("VmHWM")
    print(
        f"{n_answers:>9,} answers, {len(sets.members):,} distinct sets: set alphas by four distances with "
        f"intervals {seconds:.2f} s   peak {peak:.0f} MB, {peak - before:.0f} MB above the table "
        f"and the libraries ({before:.0f} MB)"
    )


def measure_project(path: Path) -> None:
    with Project.open(path) as project:
        forget_peak()
        before = memory_mb("VmRSS")
        seconds = timed(lambda: project.agreement(replicates=PROJECT_REPLICATES))
        print(f"{seconds:.2f} {memory_mb('VmHWM'):.0f} {before:.0f}")
        shares = time_by_part(
            lambda: project.agreement(replicates=PROJECT_REPLICATES), PARTS, other="the rest"
        )
        print("   where it goes: " + ", ".join(f"{part} {share:.0%}" for part, share in shares.items()))


def measure_projects(sizes: Sequence[int]) -> None:
    """From project files, each in a process of its own; how the time grows with the number of codings."""
    seconds_a_coding: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        for n_answers in sizes:
            path = Path(folder) / f"{n_answers}.db"
            sets = draw_sets(n_answers)
            n_codings = int(sets.members.sum(axis=1)[sets.set_ids[sets.set_ids != MISSING]].sum())
            building = timed(lambda path=path, sets=sets: build_project(path, sets))  # type: ignore[misc]
            said = run_measured([sys.executable, __file__, "--project", path]).output
            figures, *notes = said.splitlines()
            seconds, peak, before = (float(word) for word in figures.split())
            seconds_a_coding.append(seconds / n_codings)
            print(
                f"{n_answers:>9,} answers, {n_codings:,} codings: {seconds:6.2f} s   peak {peak:.0f} MB "
                f"({before:.0f} MB before)   {1e6 * seconds / n_codings:.1f} s a million codings, "
                f"{seconds_a_coding[-1] / seconds_a_coding[0]:.2f} times that of the first   "
                f"(file built in {building:.0f} s)",
                flush=True,
            )
            for note in notes:
                print(note, flush=True)


def measure_collecting(n_answers: int) -> None:
    """From decisions in memory to the table of sets, which the figures above begin with."""
    sets = draw_sets(n_answers)
    applied = [
        frozenset(code for code, is_held in zip(CODES, held, strict=True) if is_held)
        for held in sets.members.tolist()
    ]
    decisions = [
        (unit, coder, applied[set_id])
        for unit, row in enumerate(sets.set_ids.tolist())
        for coder, set_id in zip(CODERS, row, strict=True)
        if set_id != MISSING
    ]
    seconds = timed(lambda: collect_set_ratings(decisions, coders=CODERS, codes=CODES))
    print(f"{n_answers:>9,} answers: {len(decisions):,} decisions to the table {seconds:.2f} s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="smaller sizes, for a look")
    parser.add_argument("--sets-alone", type=int, metavar="N", help=argparse.SUPPRESS)
    parser.add_argument("--project", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.sets_alone:
        measure_sets_alone(options.sets_alone)
        return
    if options.project:
        measure_project(options.project)
        return
    print(
        f"Python {platform.python_version()}, numpy {np.__version__}, {os.cpu_count()} cores, "
        f"load {os.getloadavg()[0]:.1f} before"
    )
    n_large = 100_000 if options.quick else 1_000_000
    # What is loaded at first use shall not count.
    measure_codes(draw_sets(100), Uncertainty(replicates=10))
    print(f"Alpha of 20 codes, 3 coders, {REPLICATES:,} replicates: krippendorff.alpha in a loop")
    for n_answers in (1_000, 10_000) if options.quick else (10_000, 100_000, 1_000_000):
        compare_bootstraps(n_answers)
    print("Point estimates of 20 codes: one pass of krippendorff.alpha a code")
    compare_points(n_large)
    print("Alpha of whole sets: nltk")
    compare_sets(1_000 if options.quick else 10_000)
    print(run_measured([sys.executable, __file__, "--sets-alone", str(n_large)]).output, end="")
    print("From decisions to the table of sets")
    measure_collecting(n_large)
    print(f"Project.agreement, {PROJECT_REPLICATES:,} replicates, from a file")
    measure_projects((2_500, 5_000, 10_000) if options.quick else (25_000, 50_000, 100_000))


if __name__ == "__main__":
    main()
