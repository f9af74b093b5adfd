"""`--suppress` and `harken releases` as a script calls them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harken.cli.main import main


@pytest.fixture
def counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HARKEN_PROJECT", raising=False)
    Path("counts.csv").write_text(
        "theme,group,n,base\ncost,clin,3,121\ncost,pat,40,282\ntime,clin,30,121\ntime,pat,50,282\n",
        encoding="utf-8",
    )
    return "counts.csv"


def run(*words: str) -> int:
    try:
        return main(list(words)) or 0
    except SystemExit as left:
        return int(left.code or 0)


@pytest.mark.parametrize("command", ["themes", "flow", "closed", "cooccurrence", "crosstab"])
def test_a_threshold_of_one_is_a_usage_error_that_explains(command, counts, capsys) -> None:
    assert run(command, "--suppress", "1") == 2
    assert "nobody is counted by less than 1" in capsys.readouterr().err


def test_a_published_table_of_counts_is_protected_in_every_text_format(counts, capsys) -> None:
    for format in ("table", "csv", "md", "html", "tex"):
        assert run("themes", "--counts", counts, "--suppress", "5", "--format", format) == 0
        printed = capsys.readouterr().out
        plain = printed.translate(str.maketrans("", "", "\\{}"))
        assert "[c]" in plain
        assert not {"3/121", "40/282", "14.2", "2.5"} & set(
            printed.replace("|", " ").replace(",", " ").split()
        )


def test_json_has_null_for_what_is_hidden(counts, capsys) -> None:
    assert run("themes", "--counts", counts, "--suppress", "5", "--format", "json") == 0
    cost, time = json.loads(capsys.readouterr().out)["themes"]
    assert [cell["n"] for cell in cost["cells"]] == [None, None]
    assert [cell["n"] for cell in time["cells"]] == [30, 50]


def test_a_file_written_with_small_counts_hidden_is_a_release_and_screens_are_none(
    tmp_path, monkeypatch, capsys
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HARKEN_PROJECT", raising=False)
    assert run("demo", "study") == 0
    file = next(Path("study").glob("*.db"))
    monkeypatch.setenv("HARKEN_PROJECT", str(file))
    assert run("themes", "--by", "group", "--suppress", "5") == 0
    assert run("themes", "--by", "group", "--suppress", "5", "--output", "one.csv") == 0
    assert run("themes", "--by", "group", "--suppress", "12", "--output", "two.csv") == 0
    assert "are hidden here and shown in the release of" in capsys.readouterr().err
    assert run("releases", "--format", "json") == 0
    releases = json.loads(capsys.readouterr().out)["releases"]
    assert [(one["command"], one["file"], one["suppress"]) for one in releases] == [
        ("themes", "one.csv", 5),
        ("themes", "two.csv", 12),
    ]
