from __future__ import annotations

from pathlib import Path

import pytest
from command_line import BOOK, CODINGS, LAYOUT, SURVEY, Harken, Outcome

from harken.cli.main import main


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, without settings from outside."""
    for name in ("HARKEN_PROJECT", "HARKEN_CODER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def harken(capfdbinary: pytest.CaptureFixture[bytes]) -> Harken:
    """The command line, called as the installed script calls it."""

    def run(*arguments: str | Path) -> Outcome:
        capfdbinary.readouterr()
        with pytest.raises(SystemExit) as end:
            main([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        assert isinstance(end.value.code, int)
        return Outcome(end.value.code, out, err.decode())

    return run


@pytest.fixture
def study(harken: Harken, folder: Path) -> Path:
    """`harken.db` here: four people, two questions, three codes, two coders."""
    for name, text in (("survey.csv", SURVEY), ("book.yaml", BOOK), ("codings.csv", CODINGS)):
        (folder / name).write_text(text)
    for command in (
        ("init", "--lead", "lea", "--title", "Waits"),
        ("import", "survey.csv", *LAYOUT, "--require", "q1", "--non-response", "q1=n/a"),
        ("codebook", "import", "book.yaml"),
        ("codings", "import", "codings.csv"),
    ):
        assert harken(*command).code == 0
    return folder / "harken.db"
