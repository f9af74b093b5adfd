"""Theme tables worked by hand elsewhere, and real data recounted without the services."""

from __future__ import annotations

import csv
import json
import os
from collections import defaultdict
from pathlib import Path

import pytest
from study_builder import build_study, codebook, decision

from harken.importers.layout import ImportOptions
from harken.model import TextList
from harken.services import codebooks, codings, importing, studies
from harken.services.tabulating import tabulate

SHARED = Path(os.environ.get("HARKEN_SHARED", ""))
pytestmark = pytest.mark.skipif("HARKEN_SHARED" not in os.environ, reason="needs the shared data")

CASES = sorted((SHARED / "oracles/statistics").glob("*.json")) if SHARED.name else []


def _cases(kind: str) -> list[dict]:
    return [case for path in CASES if (case := json.loads(path.read_text()))["kind"] == kind]


@pytest.mark.parametrize("case", _cases("theme_table"), ids=lambda case: case["id"])
def test_bases_and_themes_equal_the_hand_worked_case(case) -> None:
    given = case["input"]
    tops = list(given["tree"])
    paths = [f"f.{code}" for top in tops for code in (top, *given["tree"][top])]
    shown = {
        question: set(given["groups"]) if to == "all" else set(to) for question, to in given["shown"].items()
    }
    decided: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in given["codings"]:
        codes = decided[row["p"], row["q"]]
        if row["code"] != given["nothing_code"]:
            codes.append(f"f.{row['code']}")
    store = build_study(
        people={
            person: {"group": group} | {f"shown_{q}": str(int(person in shown[q])) for q in shown}
            for person, group in given["groups"].items()
        },
        answers=[(row["p"], row["q"], row["text"] or "") for row in given["responses"]],
        codebook=codebook(*paths),
        decisions=[decision("ada", *key, *codes) for key, codes in decided.items()],
        asked={question: f"shown_{question}" for question in shown},
    )
    table = tabulate(store, by="group")
    scopes = {"any": table.united, **{part.question: part.figures for part in table.slices}}
    found = {}
    for question, figures in scopes.items():
        for place, bases in enumerate((*figures.groups, figures.total)):
            group = "all" if bases is figures.total else bases.name
            found[f"{group}|{question}"] = {
                "participants": bases.participants,
                "eligible": bases.eligible,
                "answered": bases.answered,
                "item_nonresponse": bases.non_response,
                "not_yet_coded": bases.undecided,
                "coded": bases.coded,
                "nothing_to_code": bases.nothing_to_code,
                "themes": {
                    theme.code.removeprefix("f."): (*theme.cells, theme.total)[place].n
                    for theme in figures.themes
                },
            }
    assert found == case["expected"]
    store.close()


@pytest.mark.parametrize("by", ["group", "service"])
def test_counts_of_real_feedback_equal_a_plain_recount_of_its_files(tmp_path, by: str) -> None:
    folder = SHARED / "data/nhs_feedback"
    with studies.create_study(tmp_path / "nhs.db", lead="lead") as store:
        survey = importing.open_survey_file(
            folder / "responses.csv", ImportOptions(groups=("group",), attributes=("service",))
        )
        rules = importing.text_rules(
            TextList.NON_RESPONSE, ["Did not answer"], questions=importing.question_names(store, survey)
        )
        importing.import_survey(store, survey, actor="lead", rules=rules)
        codebooks.import_codebook(store, folder / "codebook.yaml", actor="lead")
        codings.import_codings(store, folder / "codings.csv", actor="lead")
        table = tabulate(store, by=by)

    answered, group_of = set(), {}
    with (folder / "responses.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            group_of[row["participant"]] = row[by].strip() or "(missing)"
            if " ".join(row["response"].split()).casefold() not in ("", "did not answer"):
                answered.add((row["participant"], row["question"]))
    mentioned, coded = defaultdict(set), defaultdict(set)
    with (folder / "codings.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            person, question = row["participant"], row["question"]
            if (person, question) in answered:
                for scope in (question, "united"):
                    mentioned[scope, group_of[person], row["code"]].add(person)
                    coded[scope, group_of[person]].add(person)
    scopes = {"united": table.united, **{part.question: part.figures for part in table.slices}}
    n_cells = 0
    for scope, figures in scopes.items():
        for theme in figures.themes:
            for cell in theme.cells:
                wanted = (len(mentioned[scope, cell.group, theme.code]), len(coded[scope, cell.group]))
                assert (cell.n, cell.base) == wanted
                n_cells += 1
    assert n_cells == 6 * 50 * len(set(group_of.values()))
