"""`closed`, `cooccurrence`, `saturation` and `crosstab` as a script calls them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from harken.cli.main import main
from harken.services import codebooks, codings, importing, studies
from harken.storage.store import Store

COMMANDS = ("closed", "cooccurrence", "saturation", "crosstab")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project with a closed item; its folder is the working directory."""
    (tmp_path / "survey.csv").write_text(
        "id,group,agree,q1\n1,experts,4,slow phone\n2,patients,5,slow\n3,patients,,rude\n4,experts,2,fine\n",
        encoding="utf-8",
    )
    (tmp_path / "codebook.yaml").write_text(
        "harken: 1\nfamilies:\n  - key: wait\n    label: Waiting\n    codes:\n"
        "      - {key: phone, label: On the phone}\n      - {key: room, label: In the room}\n",
        encoding="utf-8",
    )
    (tmp_path / "codings.csv").write_text(
        "participant,question,coder,code\n1,q1,ada,wait.phone\n2,q1,ada,wait.room\n2,q1,ada,wait.phone\n"
        "3,q1,ada,\n4,q1,ada,\n",
        encoding="utf-8",
    )
    with studies.create_study(tmp_path / "harken.db", title="Waiting study", lead="ada") as store:
        options = importing.ImportOptions(id="id", groups=("group",), closed=("agree",), questions=("q1",))
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


def looks(path: Path) -> list[tuple[str, dict]]:
    with Store.open(path) as store:
        return [
            (kind, json.loads(payload))
            for kind, payload in store.connection.execute("SELECT kind, payload FROM looks ORDER BY rowid")
        ]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_look_is_written_in_every_format(project: Path, command: str) -> None:
    for suffix in ("json", "csv", "md", "txt", "html", "tex", "xlsx", "docx"):
        assert run(command, "--output", f"out.{suffix}") == 0
        assert Path(f"out.{suffix}").stat().st_size > 100
    assert json.loads(Path("out.json").read_text(encoding="utf-8"))["title"] == "Waiting study"


@pytest.mark.parametrize("command", ["closed", "saturation"])
def test_looks_with_a_figure_are_written_as_pictures(project: Path, command: str) -> None:
    assert run(command, "--output", "out.svg") == 0
    assert Path("out.svg").read_text(encoding="utf-8").lstrip().startswith("<")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_look_is_noted_outside_the_project_hash(project: Path, command: str) -> None:
    with Store.open(project) as store:
        before = store.project_hash()
    assert run(command) == 0
    assert [kind for kind, _ in looks(project)] == (["themes"] if command == "crosstab" else [command])
    with Store.open(project) as store:
        assert store.project_hash() == before


def test_a_look_at_themes_within_answers_counts_as_one_at_themes_by_group(project: Path) -> None:
    assert run("closed", "agree", "--theme", "phone") == 0
    assert looks(project)[1] == ("themes", {"by": "agree", "questions": []})


def test_json_of_closed_items_has_counts_by_group(project: Path, capsys) -> None:
    assert run("closed", "--by", "group", "--net", "agree=4|5", "--format", "json") == 0
    (item,) = json.loads(capsys.readouterr().out)["items"]
    assert [(one["label"], [cell["n"] for cell in one["cells"]]) for one in item["answers"]] == [
        ("2", [1, 0]),
        ("4", [1, 0]),
        ("5", [0, 1]),
    ]
    assert [cell["n"] for cell in item["nets"][0]["cells"]] == [1, 1]
    assert [group["missing"] for group in item["groups"]] == [0, 1]


def test_table_csv_and_json_of_closed_items_agree_on_every_count(project: Path, capsys) -> None:
    run("closed", "--format", "json")
    (item,) = json.loads(capsys.readouterr().out)["items"]
    run("closed", "--format", "csv")
    lines = [line for line in capsys.readouterr().out.split("\n\n")[1].splitlines() if line[0] != "#"]
    rows = {row["Answer"]: row for row in csv.DictReader(lines)}
    run("closed")
    table = capsys.readouterr().out.splitlines()
    for answer in item["answers"]:
        n, base = str(answer["total"]["n"]), str(answer["total"]["base"])
        assert (rows[answer["label"]]["n"], rows[answer["label"]]["N"]) == (n, base)
        assert [line.split()[1] for line in table if line.split()[:1] == [answer["label"]]] == [f"{n}/{base}"]


def test_orders_and_nets_are_kept_where_asked_and_shown_without_asking(project: Path, capsys) -> None:
    assert (
        run("closed", "--order", "5", "--order", "4", "--order", "2", "--net", "yes=4|5", "--remember") == 0
    )
    capsys.readouterr()
    assert run("closed", "--format", "json") == 0
    (item,) = json.loads(capsys.readouterr().out)["items"]
    assert (item["order"], [one["label"] for one in item["answers"]]) == ("remembered", ["5", "4", "2"])
    assert [net["label"] for net in item["nets"]] == ["yes"]


def test_json_of_pairs_has_the_fourfold_table(project: Path, capsys) -> None:
    assert run("cooccurrence", "--format", "json") == 0
    (pair,) = json.loads(capsys.readouterr().out)["pairs"]
    assert {name: pair[name] for name in ("first", "second", "n", "n11", "n10", "n01", "n00")} == {
        "first": "wait.phone",
        "second": "wait.room",
        "n": 4,
        "n11": 1,
        "n10": 1,
        "n01": 0,
        "n00": 2,
    }


def test_json_of_saturation_has_the_curve(project: Path, capsys) -> None:
    assert run("saturation", "--base", "1", "--run", "2", "--format", "json") == 0
    data = json.loads(capsys.readouterr().out)
    assert [(point["n_new"], point["n_codes"]) for point in data["order"]] == [(1, 1), (1, 2), (0, 2), (0, 2)]
    assert [(one["threshold"], one["notation"]) for one in data["accounts"]] == [(0.05, "2+2"), (0.0, "2+2")]


def test_json_of_a_crosstab_has_every_attribute(project: Path, capsys) -> None:
    assert run("crosstab", "--by", "group", "--by", "agree", "--format", "json") == 0
    data = json.loads(capsys.readouterr().out)
    assert [(one["by"], [group["name"] for group in one["groups"]]) for one in data["attributes"]] == [
        ("group", ["experts", "patients"]),
        ("agree", ["4", "5", "(missing)", "2"]),
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("closed", "agre"), 1, "No item 'agre'"),
        (("closed", "--net", "x"), 1, "LABEL=VALUE"),
        (("closed", "--remember"), 2, "--order or --net"),
        (("closed", "--where", "group"), 2, "COLUMN=VALUE"),
        (("closed", "--where", "group=nobody"), 1, "nobody"),
        (("cooccurrence", "--code", "nothing"), 1, "No code or family 'nothing'"),
        (("cooccurrence", "--basis", "coder:eve"), 1, "No coder named 'eve'"),
        (("saturation", "--family", "nothing"), 1, "No family 'nothing'"),
        (("saturation", "--threshold", "5"), 2, "--threshold 5"),
        (("saturation", "--base", "0"), 2, "0 is too few"),
        (("crosstab", "--by", "nothing"), 1, "No column 'nothing'"),
    ],
)
def test_a_mistake_is_one_line_with_the_way_out(
    project: Path, capsys, arguments, code: int, words: str
) -> None:
    assert run(*arguments) == code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("error: ")
    assert words in shown.err
    assert shown.err.count("\n") == 1
    assert looks(project) == []
