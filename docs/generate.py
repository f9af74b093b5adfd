"""Fills the generated parts of README.md and docs/: outputs of commands, tables of options, pictures.

    python docs/generate.py            write them
    python docs/generate.py --check    exit 1 and name the pages whose text is not up to date
    python docs/generate.py PAGE...    these pages alone

A page holds marks such as `<!-- output: harken flow --by group -->`, followed by a fenced block that this
script fills with what the command prints on the synthetic sample study. The commands of
`<!-- tour: harken init -->` marks run one after the other in a folder that holds the sample's files and no
project yet. `<!-- options: harken flow -->` is followed by a table of the command's options. Pictures of
screens are made by `docs/pictures.py`. A block after `<!-- file: NAME -->` is written to that file, for the
commands and examples that follow it on its page. The Python of `<!-- example -->` marks runs in one namespace
a page, and what it prints fills the block after it.

A command may be given lines, `printf 'LINES' | harken …`, and be cut with `| head -N` or `| tail -N`. Times
of day, ids of memos and project hashes, which differ with every run, are written as one time, id and hash.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import click

from harken.cli.main import harken
from harken.services.sample_study import build_sample_study

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
OUTPUT = re.compile(r"(<!-- output: (?P<what>.+?) -->\n```\w*\n)(?P<old>.*?)(?=```)", re.DOTALL)
TOUR = re.compile(r"(<!-- tour: (?P<what>.+?) -->\n```\w*\n)(?P<old>.*?)(?=```)", re.DOTALL)
OPTIONS = re.compile(r"(<!-- options: (?P<what>.+?) -->\n)(?P<old>.*?)(?=<!-- end -->)", re.DOTALL)
FILE = re.compile(r"<!-- file: (?P<name>\S+) -->\n```\w*\n(?P<text>.*?)```", re.DOTALL)
EXAMPLE = re.compile(
    r"(<!-- example -->\n```python\n(?P<what>.*?)```\n\n```\w*\n)(?P<old>.*?)(?=```)", re.DOTALL
)
COLUMNS = "110"
LINES = re.compile(r"printf '(?P<lines>[^']*)' \| ")
CUT = re.compile(r" \| (?P<end>head|tail) -(?P<n>\d+)$")
STEADY = (
    (re.compile(r"\b\d{4}-\d\d-\d\d \d\d:\d\d\b"), "2026-03-02 09:30"),
    (re.compile(r"\b[0-9a-f]{8}\b"), "1a2b3c4d"),
    (re.compile(r"\b[0-9a-f]{12}(?=…)"), "1a2b3c4d5e6f"),
)
"""What differs with every run, and what stands for it."""


def run(words: str, folder: Path, *, with_stderr: bool = False) -> str:
    """What a command prints in a folder, whose project is harken.db; "…" stands for what is cut off."""
    given, cut = LINES.match(words), CUT.search(words)
    command = CUT.sub("", words[given.end() :] if given else words)
    environment = {**os.environ, "COLUMNS": COLUMNS, "NO_COLOR": "1", "HARKEN_PROJECT": "harken.db"}
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(command)],
        cwd=folder,
        env=environment,
        input=given["lines"].replace("\\n", "\n") if given else "",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT if with_stderr else subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 0:
        sys.exit(f"{words!r} failed:\n{done.stderr or done.stdout}")
    text = done.stdout.rstrip("\n")
    for what, steady in STEADY:
        text = what.sub(steady, text)
    lines = [line.rstrip() for line in text.split("\n")]
    if cut and len(lines) > int(cut["n"]):
        n = int(cut["n"])
        lines = [*lines[:n], "…"] if cut["end"] == "head" else ["…", *lines[-n:]]
    return "\n".join(lines) + "\n"


def command_named(words: str) -> click.Command:
    """The click command of `harken codebook import` and the like."""
    command: click.Command = harken
    context = click.Context(harken)
    for word in shlex.split(words)[1:]:
        assert isinstance(command, click.Group)
        found = command.get_command(context, word)
        if found is None:
            sys.exit(f"docs name a command that does not exist: {words!r}")
        command = found
    return command


def options_table(words: str) -> str:
    """The options of a command as a Markdown table, from the command itself."""
    rows = ["| option | meaning |", "|---|---|"]
    context = click.Context(command_named(words), info_name=words)
    for parameter in context.command.params:
        record = parameter.get_help_record(context)
        if record is None:
            continue
        names, meaning = record
        rows.append(f"| `{names.replace('|', chr(92) + '|')}` | {meaning.replace('|', chr(92) + '|')} |")
    return "\n".join(rows) + "\n"


def printed_by(code: str, names: dict[str, object], folder: Path) -> str:
    """What an example prints in a folder; what it defines stays in `names` for the next."""
    printed = io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(printed):
        exec(compile(code, "an example in the docs", "exec"), names)
    return printed.getvalue()


def filled(page: str, *, sample: Path, tour: Path) -> str:
    """The page with all of its generated parts made anew."""
    for file in FILE.finditer(page):
        (sample / file["name"]).write_text(file["text"], encoding="utf-8")
    names: dict[str, object] = {}

    def fill(make: Callable[[str], str]) -> Callable[[re.Match[str]], str]:
        return lambda match: match.group(1) + make(match.group("what"))

    page = OUTPUT.sub(fill(lambda words: run(words, sample)), page)
    page = EXAMPLE.sub(fill(lambda code: printed_by(code, names, sample)), page)
    page = TOUR.sub(fill(lambda words: f"$ {words}\n" + run(words, tour, with_stderr=True)), page)
    return OPTIONS.sub(fill(options_table), page)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    parser.add_argument("pages", nargs="*", type=Path, metavar="PAGE")
    given = parser.parse_args()
    is_check, stale = given.check, []
    with tempfile.TemporaryDirectory() as name:
        sample, tour = Path(name) / "sample", Path(name) / "tour"
        sample.mkdir()
        build_sample_study(sample).rename(sample / "harken.db")
        shutil.copytree(ROOT / "sample_data", tour, ignore=shutil.ignore_patterns("*.py", "synthesis", "__*"))
        shutil.copy(ROOT / "codebooks" / "image_sharing.yaml", tour)
        for path in [page.resolve() for page in given.pages] or PAGES:
            old = path.read_text(encoding="utf-8")
            new = filled(old, sample=sample, tour=tour)
            if new != old:
                stale.append(path.relative_to(ROOT))
                if not is_check:
                    path.write_text(new, encoding="utf-8")
    for path in stale:
        print(f"{'not up to date' if is_check else 'written'}: {path}")
    return 1 if is_check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
