"""The main job at 100,000 synthetic answers: import, codings, agreement, themes, check, each a process.

    python benchmarks/whole_job.py [--participants 33334]

Prints seconds and peak memory of every step, with the same step at a tenth of the size and the ratio, so
that growth can be seen in one run.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from processes import Finished, run_measured

ROOT = Path(__file__).resolve().parents[1]
IMPORT = [
    *("--id", "participant", "--group", "group"),
    *("--question", "q_benefits", "--question", "q_risks", "--question", "q_requirements"),
    *("--require", "q_benefits", "--require", "q_risks", "--non-response", "[no answer]"),
]


def run_job(folder: Path, n_participants: int) -> dict[str, Finished]:
    folder.mkdir()
    generator = ROOT / "sample_data" / "generate.py"
    subprocess.run(
        [sys.executable, generator, "--participants", str(n_participants), "--output", folder, "--seed", "7"],
        check=True,
    )
    harken = [sys.executable, "-m", "harken", "--project", folder / "study.db"]
    subprocess.run([*harken, "init", "--lead", "ada"], check=True, capture_output=True)
    steps = {
        "import the survey": ["import", folder / "synthetic_survey.csv", *IMPORT],
        "import the codebook": ["codebook", "import", ROOT / "codebooks" / "image_sharing.yaml"],
        "import the codings": ["codings", "import", folder / "synthetic_codings.csv"],
        "open (state and next step)": [],
        "agreement": ["agreement", "--format", "json"],
        "themes by group": ["themes", "--by", "group", "--format", "json"],
        "flow by group": ["flow", "--by", "group", "--format", "json"],
        "export the codings": ["codings", "export", folder / "out.csv"],
        "doctor": ["doctor"],
    }
    return {step: run_measured([*harken, *words]) for step, words in steps.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--participants", type=int, default=33_334)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        small = run_job(Path(name) / "small", options.participants // 10)
        large = run_job(Path(name) / "large", options.participants)
    print(f"{3 * options.participants:,} answers, beside a tenth of them")
    for step, finished in large.items():
        tenth = small[step]
        ratio = finished.seconds / tenth.seconds
        print(
            f"{step:<28} {finished.seconds:7.2f} s  peak {finished.peak_mb:5.0f} MB   "
            f"tenth {tenth.seconds:6.2f} s   ratio {ratio:5.1f}"
        )


if __name__ == "__main__":
    main()
