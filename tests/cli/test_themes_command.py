"""`harken themes` and `harken flow` as a script calls them."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest

from harken.cli.main import main
from harken.services import codebooks, codings, importing, studies
from harken.storage.store import Store


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project; its folder is the working directory."""
    (tmp_path / "survey.csv").write_text(
        "id,group,q1,q2\n1,experts,slow phone,rude\n2,patients,slow,\n3,patients,fine,nothing to add\n",
        encoding="utf-8",
    )
    (tmp_path / "codebook.yaml").write_text(
        "harken: 1\nfamilies:\n  - key: wait\n    label: Waiting\n    codes:\n"
        "      - {key: phone, label: On the phone}\n      - {key: room, label: In the room}\n",
        encoding="utf-8",
    )
    (tmp_path / "codings.csv").write_text(
        "participant,question,coder,code\n1,q1,ada,wait.phone\n1,q2,ada,\n2,q1,ada,wait.room\n3,q1,ada,\n",
        encoding="utf-8",
    )
    with studies.create_study(tmp_path / "harken.db", title="Waiting study", lead="ada") as store:
        options = importing.ImportOptions(id="id", groups=("group",), questions=("q1", "q2"))
        survey = importing.open_survey_file(tmp_path / "survey.csv", options)
        importing.import_survey(store, survey, actor="ada")
        codebooks.import_codebook(store, tmp_path / "codebook.yaml", actor="ada")
        codings.import_codings(store, tmp_path / "codings.csv", actor="ada")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HARKEN_PROJECT", raising=False)
    monkeypatch.delenv("HARKEN_CODER", raising=False)
    return tmp_path / "harken.db"


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return int(ended.value.code or 0)


def looks(path: Path) -> list[tuple[str, str, dict]]:
    with Store.open(path) as store:
        return [
            (actor, kind, json.loads(payload))
            for actor, kind, payload in store.connection.execute("SELECT actor, kind, payload FROM looks")
        ]


def test_json_goes_to_stdout(project: Path, capsys) -> None:
    assert run("themes", "--by", "group", "--format", "json") == 0
    data = json.loads(capsys.readouterr().out)
    assert [(theme["code"], [cell["n"] for cell in theme["cells"]]) for theme in data["themes"]] == [
        ("wait.phone", [1, 0]),
        ("wait.room", [0, 1]),
    ]
    assert [group["undecided"] for group in data["groups"]] == [0, 1]


def test_the_suffix_decides_the_format_of_a_file(project: Path) -> None:
    for suffix in ("json", "csv", "md", "txt"):
        assert run("themes", "--output", f"out.{suffix}") == 0
    assert json.loads(Path("out.json").read_text(encoding="utf-8"))["title"] == "Waiting study"
    assert Path("out.csv").read_text(encoding="utf-8").startswith("# Waiting study: themes mentioned")
    assert Path("out.md").read_text(encoding="utf-8").startswith("# Waiting study: themes mentioned")
    assert Path("out.txt").read_text(encoding="utf-8").startswith("Waiting study: themes mentioned")


def test_table_csv_and_json_agree_on_every_count(project: Path, capsys) -> None:
    run("themes", "--format", "json", "--question", "q1")
    data = json.loads(capsys.readouterr().out)
    run("themes", "--format", "csv", "--question", "q1")
    lines = [line for line in capsys.readouterr().out.split("\n\n")[1].splitlines() if line[0] != "#"]
    rows = {row["Code"]: row for row in csv.DictReader(lines)}
    run("themes", "--question", "q1")
    table = capsys.readouterr().out.splitlines()
    for theme in data["themes"]:
        n, base = str(theme["total"]["n"]), str(theme["total"]["base"])
        assert (rows[theme["code"]]["n"], rows[theme["code"]]["N"]) == (n, base)
        (line,) = [line for line in table if f" {theme['code']} " in line]
        assert f"{n}/{base}" in line.split()


def test_an_existing_file_is_kept_unless_forced(project: Path, capsys) -> None:
    Path("out.csv").write_text("mine")
    assert run("themes", "--output", "out.csv") == 1
    assert "out.csv exists already" in capsys.readouterr().err
    assert Path("out.csv").read_text() == "mine"
    assert looks(project) == []
    assert run("themes", "--output", "out.csv", "--force") == 0
    assert Path("out.csv").read_text(encoding="utf-8").startswith("# ")


@pytest.mark.parametrize("name", ["out.pdf", "out", "out.jsonl", "missing/out.csv", "."])
def test_a_file_that_cannot_be_written_so_is_refused_before_anything_happens(
    project: Path, capsys, name: str
) -> None:
    before = sorted(path.name for path in project.parent.iterdir())
    assert run("themes", "--output", name) == 1
    assert capsys.readouterr().err.startswith("error: ")
    assert sorted(path.name for path in project.parent.iterdir()) == before
    assert looks(project) == []


def test_a_look_is_noted_outside_the_project_hash(project: Path) -> None:
    with Store.open(project) as store:
        before = store.project_hash()
    assert run("themes", "--by", "group", "--question", "q1") == 0
    assert looks(project) == [("ada", "themes", {"by": "group", "questions": ["q1"]})]
    with Store.open(project) as store:
        assert store.project_hash() == before


def test_a_read_only_project_is_shown_and_says_that_the_look_is_not_noted(
    project: Path, capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Root may write into read-only files, so the operating system is made to say no.
    monkeypatch.setattr(os, "access", lambda path, mode: not mode & os.W_OK)
    assert run("themes", "--format", "json") == 0
    shown = capsys.readouterr()
    assert "not noted" in shown.err
    assert json.loads(shown.out)["title"] == "Waiting study"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--by", "nothing"), "No column 'nothing'"),
        (("--question", "q9"), "No question named 'q9'"),
        (("--basis", "coder:eve"), "No coder named 'eve'"),
        (("--basis", "majority"), "at least 3 coders"),
    ],
)
def test_a_mistake_is_one_line_with_the_way_out(project: Path, capsys, arguments, words: str) -> None:
    assert run("themes", *arguments) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("error: ")
    assert words in shown.err
    assert shown.err.count("\n") == 1


@pytest.mark.parametrize("command", ["themes", "agreement"])
@pytest.mark.parametrize("level", ["95", "0", "1"])
def test_a_level_in_percent_is_a_usage_error(project: Path, capsys, command: str, level: str) -> None:
    assert run(command, "--level", level) == 2
    words = f"A level lies between 0 and 1, as in 0.95; got {level}."
    assert words in capsys.readouterr().err


def test_clopper_pearson_limits_are_wider_than_wilsons(project: Path, capsys) -> None:
    widths = {}
    for interval in ("wilson", "clopper-pearson"):
        run("themes", "--format", "json", "--interval", interval, "--question", "q1")
        cell = json.loads(capsys.readouterr().out)["themes"][0]["total"]
        widths[interval] = cell["high"] - cell["low"]
    assert widths["clopper-pearson"] > widths["wilson"]


def test_flow_prints_the_line(project: Path, capsys) -> None:
    assert run("flow", "--by", "group") == 0
    assert "3 returned → 0 excluded → 3 usable → 3 answered → 2 coded" in capsys.readouterr().out


def test_flow_json_has_groups_total_and_questions(project: Path, capsys) -> None:
    assert run("flow", "--by", "group", "--format", "json") == 0
    data = json.loads(capsys.readouterr().out)
    assert [(group["name"], group["returned"]) for group in data["groups"]] == [
        ("experts", 1),
        ("patients", 2),
    ]
    assert [part["question"] for part in data["questions"]] == ["q1", "q2"]


def test_a_declaration_before_the_first_table_by_group_lets_its_p_be_printed(project: Path, capsys) -> None:
    assert run("themes", "prespecify", "phone", "--by", "group") == 0
    assert capsys.readouterr().err == "1 theme declared.\n"
    assert run("themes", "--by", "group", "--question", "q1", "--format", "json") == 0
    themes = json.loads(capsys.readouterr().out)["themes"]
    assert [theme["test"]["prespecified"] for theme in themes] == [True, False]
    assert run("themes", "prespecify", "room") == 0
    assert "this comes too late" in capsys.readouterr().err
    assert run("themes", "prespecify", "--format", "json") == 0
    data = json.loads(capsys.readouterr().out)
    assert [(theme["code"], theme["in_time"]) for theme in data["themes"]] == [
        ("wait.phone", True),
        ("wait.room", False),
    ]
    assert run("themes", "prespecify", "room", "--undo") == 0
    assert capsys.readouterr().err == "1 theme taken back.\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--by", "group", "prespecify"), "--by before 'prespecify' would do nothing"),
        (("--p", "prespecify", "phone"), "--p before 'prespecify' would do nothing"),
        (("prespecify", "--undo"), "--undo needs a CODE"),
        (("prespecify", "phone", "--undo", "--by", "group"), "Leave --by out"),
        (("prespecified",), "No command 'prespecified'"),
    ],
)
def test_a_word_that_would_do_nothing_is_a_usage_error(project: Path, capsys, arguments, words) -> None:
    assert run("themes", *arguments) == 2
    assert words in capsys.readouterr().err


def test_where_and_weights_reach_the_table(project: Path, capsys) -> None:
    assert run("themes", "--where", "group=patients", "--question", "q1", "--format", "json") == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["where"], data["total"]["returned"]) == ([["group", "patients"]], 2)
    assert run("themes", "--weights", "group") == 1
    assert "which is no number" in capsys.readouterr().err
