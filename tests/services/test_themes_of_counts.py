"""Theme tables from counts alone, and the check of what they print."""

from __future__ import annotations

from pathlib import Path

import pytest

from harken.errors import HarkenError
from harken.report import percentage
from harken.services.protecting import protect
from harken.services.tabulating import tabulate_counts, theme_report, without_hidden_checks
from harken.services.tabulating.result import PercentCheck, ThemeTable
from harken.stats.association import cramers_v, group_test
from harken.stats.differences import difference_limits
from harken.stats.odds_ratios import conditional_odds_ratio
from harken.stats.proportions import wilson
from harken.stats.two_groups import two_group_test


def table_of(folder: Path, text: str, **options: object) -> ThemeTable:
    path = folder / "counts.csv"
    path.write_text(text, encoding="utf-8")
    return tabulate_counts(path, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("n", "base", "printed"),
    [
        (106, 121, "87.6"),
        (92, 121, "76.0"),
        (70, 121, "57.9"),
        (65, 121, "53.7"),
        (33, 121, "27.3"),
        (95, 117, "81.2"),
        (95, 121, "78.5"),
    ],
)
def test_the_figures_of_the_study_come_out_digit_by_digit(
    tmp_path: Path, n: int, base: int, printed: str
) -> None:
    result = table_of(tmp_path, f"theme,group,n,base\nt,experts,{n},{base}\n")
    (cell,) = result.united.themes[0].cells
    assert (cell.n, cell.base, cell.percent) == (n, base, float(printed))
    assert (cell.low, cell.high) == wilson(n, base)
    assert percentage(n, base) == printed


def test_two_groups_are_compared_first_minus_second(tmp_path: Path) -> None:
    result = table_of(tmp_path, "theme,group,n,base\nt,experts,31,121\nt,patients,40,282\n")
    comparison = result.united.themes[0].comparison
    assert comparison.difference is not None
    assert comparison.difference.value == 31 / 121 - 40 / 282
    assert (comparison.difference.low, comparison.difference.high) == difference_limits(31, 121, 40, 282)
    assert comparison.odds_ratio == conditional_odds_ratio(31, 121, 40, 282)
    test = two_group_test(31, 121, 40, 282)
    assert test is not None
    assert comparison.test is not None
    assert (comparison.test.name, comparison.test.p) == (test.name, test.p)
    assert comparison.cramers_v == cramers_v([31, 40], [121, 282])
    assert comparison.difference_by_length is None


def test_more_groups_have_a_test_and_no_difference(tmp_path: Path) -> None:
    result = table_of(tmp_path, "theme,group,n,base\nt,a,3,30\nt,b,9,30\nt,c,5,30\n")
    comparison = result.united.themes[0].comparison
    assert (comparison.difference, comparison.odds_ratio) == (None, None)
    test = group_test([3, 9, 5], [30, 30, 30])
    assert test is not None
    assert comparison.test is not None
    assert (comparison.test.name, comparison.test.p) == (test.name, test.p)


def test_one_group_has_no_comparison_and_its_json_keys_are_null(tmp_path: Path) -> None:
    (theme,) = table_of(tmp_path, "theme,n,base\nt,3,30\n").as_json()["themes"]
    keys = ("difference", "difference_by_length", "odds_ratio", "test", "not_tested", "cramers_v")
    assert [theme[key] for key in keys] == [None] * 6


def test_names_with_dots_make_no_hierarchy(tmp_path: Path) -> None:
    text = "theme,group,n,base\nt,a,3,30\nt,b,9,30\nt.x,a,2,30\nt.x,b,9,30\n"
    tests = [theme.comparison.test for theme in table_of(tmp_path, text).united.themes]
    assert sorted(test.p_holm for test in tests if test) == pytest.approx(
        sorted([min(1, 2 * min(test.p for test in tests if test)), max(test.p for test in tests if test)])
    )


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("t,a,0,30\nt,b,0,40\n", "nobody mentioned it"),
        ("t,a,30,30\nt,b,40,40\n", "everybody mentioned it"),
        ("t,a,3,30\nt,b,0,0\n", "nobody is counted in b"),
        ("t,a,3,30\nu,b,3,40\nu,a,1,30\n", "no figure for b"),
    ],
)
def test_what_cannot_be_tested_says_why(tmp_path: Path, rows: str, reason: str) -> None:
    comparison = table_of(tmp_path, f"theme,group,n,base\n{rows}").united.themes[0].comparison
    assert (comparison.test, comparison.not_tested) == (None, reason)


def test_a_percentage_that_does_not_follow_is_named_with_what_would(tmp_path: Path) -> None:
    text = (
        "theme,group,n,base,percent\na,experts,45,121,36.36\na,patients,258,299,82.9\n"
        "b,experts,95,121,81.2\nb,patients,40,299,13.4\n"
    )
    file = table_of(tmp_path, text).counts_file
    assert file is not None
    assert file.n_checked == 4
    assert file.checks == (
        PercentCheck(
            theme="a",
            group="experts",
            row=2,
            n=45,
            base=121,
            printed="36.36",
            expected="37.19",
            n_low=44,
            n_high=44,
            base_low=None,
            base_high=None,
        ),
        PercentCheck(
            theme="a",
            group="patients",
            row=3,
            n=258,
            base=299,
            printed="82.9",
            expected="86.3",
            n_low=248,
            n_high=248,
            base_low=None,
            base_high=None,
        ),
        PercentCheck(
            theme="b",
            group="experts",
            row=4,
            n=95,
            base=121,
            printed="81.2",
            expected="78.5",
            n_low=None,
            n_high=None,
            base_low=117,
            base_high=117,
        ),
    )


def test_a_base_that_differs_a_missing_row_and_a_group_of_sums_are_remarked(tmp_path: Path) -> None:
    text = (
        "theme,group,n,base\nt,a,3,30\nt,b,4,40\nt,total,7,70\nu,a,3,31\nu,b,4,40\nu,total,7,71\nv,a,1,30\n"
    )
    file = table_of(tmp_path, text).counts_file
    assert file is not None
    assert file.remarks == (
        "Bases differ in group 'a', from 30 to 31: its percentages are not all of the same people.",
        "Bases differ in group 'total', from 70 to 71: its percentages are not all of the same people.",
        "No figures of group 'b' for 'v'.",
        "No figures of group 'total' for 'v'.",
        "Group 'total' has the sums of the others: it seems to be their total. Remove its rows, or people "
        "are counted twice.",
    )


def test_too_many_groups_are_refused(tmp_path: Path) -> None:
    rows = "".join(f"t,g{at},1,30\n" for at in range(300))
    with pytest.raises(HarkenError, match="300 different groups"):
        table_of(tmp_path, f"theme,group,n,base\n{rows}")


def test_a_file_without_rows_is_an_empty_table(tmp_path: Path) -> None:
    result = table_of(tmp_path, "theme,n,base\n")
    assert result.as_json()["themes"] == []
    assert theme_report(result).tables[0].notes == ("The file has no row, so there is nothing to compare.",)


def test_checks_tell_no_figure_that_is_kept_back(tmp_path: Path) -> None:
    text = "theme,group,n,base,percent\nt,a,3,30,50\nt,b,20,40,10\n"
    file = without_hidden_checks(protect(table_of(tmp_path, text), threshold=5)).counts_file
    assert file is not None
    assert file.checks == ()


def test_large_tables_are_compared(tmp_path: Path) -> None:
    result = table_of(tmp_path, "theme,group,n,base\nt,a,100000,400000\nt,b,90000,400000\n")
    comparison = result.united.themes[0].comparison
    assert comparison.difference is not None
    assert comparison.difference.value == 100_000 / 400_000 - 90_000 / 400_000
    assert comparison.difference.low == pytest.approx(0.023136, abs=1e-6)
    assert comparison.odds_ratio is not None
    assert comparison.odds_ratio.value == pytest.approx(1.148148, abs=1e-5)
