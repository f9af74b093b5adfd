#!/usr/bin/env python3
"""Set Harken up in `.venv` and run it: `python3 dev.py demo`, `python3 dev.py test`.

Needs Python 3.11 or later and nothing else. Uses uv where it is found, else pip. What it is doing
goes to stderr; what the command itself prints goes where it belongs.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "harken-setup.txt"


def say(text: str) -> None:
    print(f"dev.py: {text}", file=sys.stderr, flush=True)


def run(*command: str | Path, env: dict[str, str] | None = None) -> int:
    return subprocess.run([str(part) for part in command], cwd=ROOT, env=env, check=False).returncode


def must(*command: str | Path) -> None:
    code = run(*command)
    if code != 0:
        say(f"this step failed (exit {code}): {' '.join(str(part) for part in command)}")
        sys.exit(code)


def wanted_setup() -> str:
    """A fingerprint of what an up-to-date `.venv` holds; it changes when the requirements do."""
    import tomllib  # not there in a Python that `main` refuses

    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    installed = [settings[part] for part in ("build-system", "project", "dependency-groups")]
    return hashlib.sha256(f"{sys.version} {installed}".encode()).hexdigest()


def set_up() -> None:
    """Make `.venv` with Harken and its development tools, unless it is there and up to date."""
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text() == wanted_setup():
        return
    started = time.monotonic()
    uv = shutil.which("uv")
    say(f"setting up .venv with {'uv' if uv else 'pip'}; the first time takes a minute or two")
    if uv:
        must(uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV)
        must(
            uv,
            "pip",
            "install",
            "--quiet",
            "--python",
            PYTHON,
            "--no-build-package",
            "pysqlite3",
            "--group",
            "dev",
            "--editable",
            ".",
        )
    else:
        if run(sys.executable, "-m", "venv", "--clear", VENV) != 0:
            say(
                "this Python cannot make a virtual environment; "
                "on Debian and Ubuntu: apt install python3-venv"
            )
            sys.exit(1)
        say("[1/2] pip itself")
        must(PYTHON, "-m", "pip", "install", "--quiet", "--upgrade", "pip>=25.1")
        say("[2/2] Harken, spaCy, scikit-learn, Textual, the test tools (about 400 MB)")
        must(
            PYTHON,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--only-binary",
            "pysqlite3",
            "--group",
            "dev",
            "--editable",
            ".",
        )
    STAMP.write_text(wanted_setup())
    say(f"set up in {time.monotonic() - started:.0f} s")


def demo(arguments: list[str]) -> int:
    return run(PYTHON, "-m", "harken", "demo", *arguments)


def test(arguments: list[str]) -> int:
    say("running the tests")
    return run(PYTHON, "-m", "pytest", *arguments)


def check(arguments: list[str]) -> int:
    """Run the linters, all of them, and fail if one of them does."""
    del arguments
    worst = 0
    for command in (
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy",),
        ("lint-imports", "--no-cache"),
    ):
        say(f"checking: {' '.join(command)}")
        worst = max(worst, run(BIN / command[0], *command[1:]))
    return worst


COMMANDS = {"demo": demo, "test": test, "check": check}


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 (any Python may run this)
        say(f"Harken needs Python 3.11 or later; this is {sys.version.split()[0]}")
        return 1
    name, *arguments = sys.argv[1:] or ["--help"]
    if name not in COMMANDS:
        print(f"usage: python3 dev.py {{{','.join(COMMANDS)}}} [argument ...]", file=sys.stderr)
        return 0 if name in ("-h", "--help") else 2
    set_up()
    return COMMANDS[name](arguments)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
