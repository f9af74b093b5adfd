"""Theme tables worked by hand elsewhere, from survey, codebook and codings files to JSON."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from harken.cli.main import main

SHARED = Path(os.environ.get("HARKEN_SHARED", ""))
CASES = sorted((SHARED / "oracles/statistics").glob("*.json")) if SHARED.name else []
BASES = {
    "participants": "participants",
    "eligible": "eligible",
    "answered": "answered",
    "item_nonresponse": "non_response",
    "not_yet_coded": "undecided",
    "coded": "coded",
    "nothing_to_code": "nothing_to_code",
}


def cases(kind: str) -> list[dict[str, Any]]:
    return [case for path in CASES if (case := json.loads(path.read_text(encoding="utf-8")))["kind"] == kind]


def harken(*arguments: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert not ended.value.code


def write_rows(path: str, rows: Iterable[Iterable[str]]) -> None:
    with Path(path).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)


def write_files(given: dict[str, Any]) -> None:
    """The case as the files that a study would have."""
    questions = list(given["shown"])
    asked = {q: set(given["groups"]) if to == "all" else set(to) for q, to in given["shown"].items()}
    texts = {(row["p"], row["q"]): row["text"] or "" for row in given["responses"]}
    write_rows(
        "survey.csv",
        [
            ["id", "group", *(f"asked_{q}" for q in questions), *questions],
            *(
                [
                    *(person, group),
                    *("yes" if person in asked[q] else "no" for q in questions),
                    *(texts.get((person, q), "") for q in questions),
                ]
                for person, group in given["groups"].items()
            ),
        ],
    )
    lines = ["harken: 1", "families:", "  - key: f", "    codes:"]
    for top, children in given["tree"].items():
        lines.append(f"      - key: {top}")
        if children:
            lines += ["        codes:", *(f"          - key: {child.split('.')[-1]}" for child in children)]
    Path("codebook.yaml").write_text("\n".join([*lines, ""]), encoding="utf-8")
    write_rows(
        "codings.csv",
        [
            ["participant", "question", "coder", "code"],
            *(
                [
                    *(row["p"], row["q"], "ada"),
                    "" if row["code"] == given["nothing_code"] else f"f.{row['code']}",
                ]
                for row in given["codings"]
            ),
        ],
    )


@pytest.mark.skipif("HARKEN_SHARED" not in os.environ, reason="needs the shared data")
@pytest.mark.parametrize("case", cases("theme_table"), ids=lambda case: case["id"])
def test_the_hand_worked_table_comes_out_of_files(
    case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HARKEN_PROJECT", raising=False)
    monkeypatch.delenv("HARKEN_CODER", raising=False)
    write_files(case["input"])
    questions = list(case["input"]["shown"])
    harken("init", "--lead", "lead")
    harken(
        *("import", "survey.csv", "--id", "id", "--group", "group"),
        *(part for q in questions for part in ("--question", q, "--asked", f"{q}=asked_{q}")),
    )
    harken("codebook", "import", "codebook.yaml")
    harken("codings", "import", "codings.csv")
    capsys.readouterr()
    harken("themes", "--by", "group", "--format", "json")
    data = json.loads(capsys.readouterr().out)
    scopes = {"any": data, **{part["question"]: part for part in data["slices"]}}
    found = {}
    for question, figures in scopes.items():
        for place, bases in enumerate((*figures["groups"], figures["total"])):
            group = bases["name"] if place < len(figures["groups"]) else "all"
            found[f"{group}|{question}"] = {
                **{theirs: bases[ours] for theirs, ours in BASES.items()},
                "themes": {
                    theme["code"].removeprefix("f."): (*theme["cells"], theme["total"])[place]["n"]
                    for theme in figures["themes"]
                },
            }
    assert found == case["expected"]
