"""`harken agreement plan`: with a project, and without one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import Harken


def test_without_a_project_given_prevalences_are_enough(harken: Harken, folder: Path) -> None:
    done = harken("agreement", "plan", "--prevalence", "0.1", "--format", "csv", "--double-coded", "200")
    assert (done.code, done.err) == (0, "")
    assert [line for line in done.out.splitlines() if not line.startswith("#")] == [
        "",
        *(
            "double-coded,alpha ≥ .667: codes,alpha ≥ .667: rarest,alpha ≥ .800: codes,alpha ≥ .800: rarest,"
            "10 expected uses: codes",
            "200,1,0.085,0,0.155,1",
        ),
        "",
        "code,prevalence,10 expected uses,alpha ≥ .667: N,alpha ≥ .800: N",
        "a code of prevalence 0.1,0.100,100,172,294",
    ]
    assert list(folder.iterdir()) == []


def test_the_project_s_own_decisions_say_how_often_a_code_is_used(harken: Harken, study: Path) -> None:
    done = harken("agreement", "plan", "--format", "json", "--target-alpha", "0.667", "--width", "0.3")
    document = json.loads(done.out)
    assert document["scope"] == {
        "questions": ["q1", "q2"],
        "rounds": [],
        "n_answers": 5,
        "n_decided": 5,
        "n_retired": 0,
    }
    assert document["codes"][0] == {
        "code": "theme.wait",
        "prevalence": 1.5 / 5,
        "source": "decisions",
        "n_decided": 5,
        "n_answers": 5,
        "n_for_uses": 34,
        "n_for_targets": [{"target": 0.667, "n": 72}],
        "n_for_width": 74,
    }
    assert document["samples"][-1] == {
        "n_double_coded": 5,
        "n_codes": 3,
        "n_with_uses": 0,
        "judged": [{"target": 0.667, "n": 0, "codes": [], "rarest": None}],
    }


def test_the_plan_leaves_the_project_as_it_was(harken: Harken, study: Path) -> None:
    before = study.read_bytes()
    assert harken("agreement", "plan", "--prevalence", "wait=0.2").code == 0
    assert study.read_bytes() == before


@pytest.mark.parametrize("suffix", ["json", "csv", "md", "xlsx", "docx", "txt"])
def test_the_plan_goes_into_files_of_every_form(harken: Harken, folder: Path, suffix: str) -> None:
    done = harken("agreement", "plan", "--prevalence", "x=0.1", "--output", f"plan.{suffix}")
    assert (done.code, done.err) == (0, f"Wrote plan.{suffix}.\n")
    assert (folder / f"plan.{suffix}").stat().st_size > 100


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ((), 1, "error: No project here and no prevalence to plan for."),
        (("--prevalence", "10"), 1, "error: A prevalence lies between 0 and 1; got 10. Write 10 % as 0.1."),
        (("--prevalence", "x=ten"), 2, "error: --prevalence 'x=ten': write CODE=P or P"),
        (("--prevalence", "=0.1"), 2, "error: --prevalence '=0.1' names no code"),
        (("--prevalence", "x=0.1", "--prevalence", "x=0.2"), 2, "names 'x' twice: 0.1 and 0.2."),
        (("--prevalence", "0.1", "--target-alpha", "80"), 1, "Write 80 % as 0.8."),
        (("--prevalence", "0.1", "--double-coded", "0"), 2, "0 is too few. Write a whole number, 1 or more."),
        (("--prevalence", "0.1", "--question", "q1"), 1, "error: No project at harken.db."),
        (("--prevalence", "0.1", "--project", "other.db"), 1, "error: No project at other.db."),
    ],
)
def test_what_cannot_be_planned_for_is_said_in_one_line(
    harken: Harken, arguments: tuple[str, ...], code: int, says: str
) -> None:
    done = harken("agreement", "plan", *arguments)
    assert (done.code, done.stdout) == (code, b"")
    assert says in done.err
    assert done.err.count("\n") == 1


def test_options_of_agreement_before_plan_are_refused(harken: Harken) -> None:
    done = harken("agreement", "--round", "main", "plan", "--prevalence", "0.1")
    assert done.code == 2
    assert "--round before 'plan' would do nothing" in done.err
