"""`harken themes --counts FILE` as a script calls it, and every oracle that it can express."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from harken.cli.main import main
from harken.stats.association import cramers_v, table_test
from harken.stats.differences import DifferenceMethod, difference_limits
from harken.stats.fisher import fisher_midp
from harken.stats.multiplicity import benjamini_hochberg, holm
from harken.stats.odds_ratios import conditional_odds_ratio

SHARED = Path(os.environ.get("HARKEN_SHARED", ""))
CASES = sorted((SHARED / "oracles/statistics").glob("*.json")) if SHARED.name else []
needs_oracles = pytest.mark.skipif("HARKEN_SHARED" not in os.environ, reason="needs the shared data")


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, without a project."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HARKEN_PROJECT", raising=False)
    monkeypatch.delenv("HARKEN_CODER", raising=False)
    return tmp_path


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return int(ended.value.code or 0)


def written(text: str, name: str = "counts.csv") -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def as_json(capsys: pytest.CaptureFixture[str], text: str, *options: str) -> dict[str, Any]:
    assert run("themes", "--counts", written(text), "--format", "json", *options) == 0
    data: dict[str, Any] = json.loads(capsys.readouterr().out)
    return data


def groups_as_rows(table: list[list[int]]) -> str:
    """A file of one theme from a table with a row a group: with the theme, without it."""
    lines = [f"t,g{at},{yes},{yes + no}" for at, (yes, no) in enumerate(table)]
    return "\n".join(["theme,group,n,base", *lines, ""])


def items(kind: str) -> list[Any]:
    return [
        pytest.param(item, case["tolerance"], id=f"{case['id']}-{at}")
        for path in CASES
        if (case := json.loads(path.read_text(encoding="utf-8")))["kind"] == kind
        for at, item in enumerate(case["expected"])
    ]


def limits(found: dict[str, float]) -> tuple[float, float]:
    return found["low"], found["high"]


@needs_oracles
@pytest.mark.parametrize(("item", "tolerance"), items("proportion_ci"))
def test_limits_of_a_share_equal_the_oracles(capsys, item: dict[str, Any], tolerance: float) -> None:
    text = f"theme,n,base\nt,{item['x']},{item['n']}\n"
    for key, options in {
        "wilson95": (),
        "wilson90": ("--level", "0.9"),
        "wilson99": ("--level", "0.99"),
        "clopper_pearson95": ("--interval", "clopper-pearson"),
    }.items():
        (cell,) = as_json(capsys, text, *options)["themes"][0]["cells"]
        assert limits(cell) == pytest.approx(item[key], abs=tolerance)


@needs_oracles
@pytest.mark.parametrize(("item", "tolerance"), items("difference_ci"))
def test_limits_of_a_difference_equal_the_oracles(capsys, item: dict[str, Any], tolerance: float) -> None:
    text = f"theme,group,n,base\nt,a,{item['x1']},{item['n1']}\nt,b,{item['x2']},{item['n2']}\n"
    for method in ("newcombe", "miettinen-nurminen"):
        found = as_json(capsys, text, "--difference", method)["themes"][0]["difference"]
        assert found["value"] == pytest.approx(item["diff"], abs=tolerance)
        assert limits(found) == pytest.approx(item[f"{method.replace('-', '_')}95"], abs=tolerance)
    counts = item["x1"], item["n1"], item["x2"], item["n2"]
    mee = difference_limits(*counts, method=DifferenceMethod.MEE)
    assert mee == pytest.approx(item["mee95"], abs=tolerance)


@needs_oracles
@pytest.mark.parametrize(("item", "tolerance"), items("two_by_two"))
def test_two_groups_equal_the_oracles(capsys, item: dict[str, Any], tolerance: float) -> None:
    (theme,) = as_json(capsys, groups_as_rows(item["table"]))["themes"]
    assert theme["odds_ratio"]["value"] == pytest.approx(item["or_conditional_mle"], rel=tolerance)
    assert limits(theme["odds_ratio"]) == pytest.approx(item["or_midp95"], rel=tolerance)
    assert theme["test"]["name"] == "n-1 chi-square"
    assert theme["test"]["p"] == pytest.approx(item["n_minus_1_chi2_p"], abs=tolerance)
    assert theme["cramers_v"]["value"] == pytest.approx(abs(item["phi"]), abs=tolerance)
    (a, b), (c, d) = item["table"]
    exact = conditional_odds_ratio(a, a + b, c, c + d, method="exact")
    assert (exact.low, exact.high) == pytest.approx(item["or_exact95"], rel=tolerance)
    assert fisher_midp(a, a + b, c, c + d) == pytest.approx(item["fisher_midp_p"], abs=tolerance)


@needs_oracles
@pytest.mark.parametrize(("item", "tolerance"), items("r_by_c"))
def test_many_groups_equal_the_oracles(capsys, item: dict[str, Any], tolerance: float) -> None:
    with_it, without = item["table"]
    table = [[yes, no] for yes, no in zip(with_it, without, strict=True)]
    (theme,) = as_json(capsys, groups_as_rows(table))["themes"]
    test, v = theme["test"], theme["cramers_v"]
    assert (test["name"], test["df"]) == ("chi-square", item["df"])
    assert test["statistic"] == pytest.approx(item["chi2"], abs=tolerance)
    assert test["p"] == pytest.approx(item["chi2_p"], abs=tolerance)
    assert v["value"] == pytest.approx(item["cramer_v"], abs=tolerance)
    assert limits(v) == pytest.approx(item["cramer_v_95_noncentral"], abs=tolerance)
    bases = [yes + no for yes, no in table]
    assert cramers_v(with_it, bases).value == v["value"]
    found = table_test(item["table"])
    assert found is not None
    assert found.p == pytest.approx(item["chi2_p"], abs=tolerance)


@needs_oracles
@pytest.mark.parametrize(("item", "tolerance"), items("multiplicity"))
def test_adjusted_p_equal_the_oracles(item: dict[str, Any], tolerance: float) -> None:
    assert holm(item["p"]) == pytest.approx(item["holm"], abs=tolerance)
    assert benjamini_hochberg(item["p"]) == pytest.approx(item["bh"], abs=tolerance)


def test_p_of_a_file_are_adjusted_over_its_themes(capsys) -> None:
    rows = [("a", 20, 4), ("b", 12, 9), ("c", 0, 0), ("d", 30, 3)]
    text = "theme,group,n,base\n" + "".join(f"{t},x,{m},50\n{t},y,{n},60\n" for t, m, n in rows)
    themes = as_json(capsys, text)["themes"]
    ps = [theme["test"] and theme["test"]["p"] for theme in themes]
    assert ps[2] is None
    assert [theme["test"] and theme["test"]["p_holm"] for theme in themes] == holm(ps)
    assert [theme["test"] and theme["test"]["p_bh"] for theme in themes] == benjamini_hochberg(ps)
    assert themes[2]["not_tested"] == "nobody mentioned it"


def test_slips_are_said_on_stderr_in_json_and_in_a_table_and_the_command_ends_well(capsys) -> None:
    text = "theme,group,n,base,percent\nBenefit,experts,45,121,36.36\nBenefit,patients,258,299,82.9\n"
    assert run("themes", "--counts", written(text)) == 0
    shown = capsys.readouterr()
    assert shown.err.splitlines() == [
        "counts.csv, row 2: Benefit (experts) prints 36.36, but 45 of 121 is 37.19. It would follow from "
        "n = 44.",
        "counts.csv, row 3: Benefit (patients) prints 82.9, but 258 of 299 is 86.3. It would follow from "
        "n = 248.",
    ]
    assert "Printed percentages that do not follow from n and N" in shown.out
    data = as_json(capsys, text)
    assert [(check["row"], check["expected"]) for check in data["checks"]] == [(2, "37.19"), (3, "86.3")]
    assert data["n_checked"] == 2


def test_a_file_needs_no_project_and_leaves_none(capsys, empty_folder: Path) -> None:
    as_json(capsys, "theme,n,base\nt,1,2\n")
    assert [path.name for path in empty_folder.iterdir()] == ["counts.csv"]


@pytest.mark.parametrize("suffix", ["csv", "md", "html", "tex", "xlsx", "docx", "svg", "png", "txt", "json"])
def test_every_format_is_written(suffix: str) -> None:
    text = "theme,group,n,base\nt,a,31,121\nt,b,40,282\n"
    assert run("themes", "--counts", written(text), "--output", f"out.{suffix}") == 0
    assert Path(f"out.{suffix}").stat().st_size > 0


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--by", "group"), 2, "--by needs a project; with --counts leave it out"),
        (("--united",), 2, "--united needs a project"),
        (("--weights", "w"), 2, "--weights needs a project"),
        (("--suppress", "1"), 2, "1 hides nothing"),
        (("--sheet", "S"), 1, "has no sheet 'S'"),
        (("--output", "out.pdf"), 1, "no format has the suffix"),
    ],
)
def test_what_says_nothing_of_a_file_is_refused(capsys, arguments, code: int, words: str) -> None:
    assert run("themes", "--counts", written("theme,n,base\nt,1,2\n"), *arguments) == code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert words in shown.err
    assert shown.err.count("\n") == 1


def test_how_a_file_is_read_needs_a_file(capsys) -> None:
    assert run("themes", "--sheet", "S") == 2
    assert "Name it with --counts FILE" in capsys.readouterr().err


def test_a_bad_file_is_one_line_with_its_place(capsys) -> None:
    assert run("themes", "--counts", written("theme,n,base\nt,3,2\n")) == 1
    shown = capsys.readouterr()
    assert (
        shown.err == "error: counts.csv, row 2, column 'n': 3 is more than the base, 2. Put n before base.\n"
    )


def test_small_counts_of_a_file_are_kept_back(capsys) -> None:
    text = "theme,group,n,base\nt,a,3,121\nt,b,40,282\n"
    (theme,) = as_json(capsys, text, "--suppress", "5")["themes"]
    assert [cell["n"] for cell in (*theme["cells"], theme["total"])].count(None) >= 2
    assert (theme["test"], theme["difference"], theme["cramers_v"]) == (None, None, None)
    assert theme["not_tested"] == "suppressed"
