"""Import speed: `harken import` beside `sqlite-utils insert --csv` of the same file, as whole processes.

    python benchmarks/importing.py [--participants 33334] [--runs 3]

Prints rows and answers per second of each, the ratio of their medians, and peak memory. sqlite-utils
stores each row in one table as it is; Harken also guesses columns, keys every text, and writes a journal.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from processes import Finished, run_measured

ROOT = Path(__file__).resolve().parents[1]


def make_survey(folder: Path, n_participants: int) -> Path:
    generator = ROOT / "sample_data" / "generate.py"
    subprocess.run(
        [sys.executable, generator, "--participants", str(n_participants), "--output", folder, "--seed", "7"],
        check=True,
    )
    return folder / "synthetic_survey.csv"


def harken_import(survey: Path, folder: Path, run: int) -> Finished:
    project = folder / f"harken{run}.db"
    subprocess.run([sys.executable, "-m", "harken", "init", project], check=True, capture_output=True)
    return run_measured([sys.executable, "-m", "harken", "--project", project, "import", survey])


def sqlite_utils_insert(survey: Path, folder: Path, run: int) -> Finished:
    database = folder / f"plain{run}.db"
    return run_measured([sys.executable, "-m", "sqlite_utils", "insert", database, "survey", survey, "--csv"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--participants", type=int, default=33_334)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        survey = make_survey(folder, options.participants)
        n_rows, n_answers = options.participants, 3 * options.participants
        seconds: dict[str, list[float]] = {"harken import": [], "sqlite-utils insert --csv": []}
        memory = dict.fromkeys(seconds, 0.0)
        for run in range(options.runs):
            for label, measure in zip(seconds, (harken_import, sqlite_utils_insert), strict=True):
                finished = measure(survey, folder, run)
                seconds[label].append(finished.seconds)
                memory[label] = max(memory[label], finished.peak_mb)
        print(
            f"{n_rows:,} rows, {n_answers:,} answers, {survey.stat().st_size / 1e6:.0f} MB, "
            f"{options.runs} runs"
        )
        for label, times in seconds.items():
            middle = statistics.median(times)
            print(
                f"{label:<28} {middle:6.2f} s  {n_rows / middle:10,.0f} rows/s  {n_answers / middle:10,.0f} "
                f"answers/s  peak {memory[label]:.0f} MB"
            )
        ours, theirs = (statistics.median(times) for times in seconds.values())
        print(f"ratio harken / sqlite-utils  {ours / theirs:.2f}")


if __name__ == "__main__":
    main()
