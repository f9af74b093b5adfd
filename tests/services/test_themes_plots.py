"""Themes and differences as pictures, from counts alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from harken.report import Dot, DotPlot, Figure, ReferenceLine
from harken.services.protecting import protect
from harken.services.tabulating import tabulate_counts, theme_report
from harken.services.tabulating.result import ThemeTable

TWO = """theme,group,n,base
seen,experts,92,121
seen,patients,141,282
time,experts,3,121
time,patients,0,282
"""


def table_of(folder: Path, text: str) -> ThemeTable:
    path = folder / "counts.csv"
    path.write_text(text, encoding="utf-8")
    return tabulate_counts(path)


def figures_of(table: ThemeTable) -> tuple[Figure, ...]:
    return theme_report(table).figures


def rows_of(figure: Figure) -> tuple[Dot, ...]:
    assert isinstance(figure.plot, DotPlot)
    return figure.plot.rows


def test_the_groups_of_a_theme_share_its_name_and_are_told_apart_by_their_marks(tmp_path: Path) -> None:
    shares = figures_of(table_of(tmp_path, TWO))[0]
    assert [(dot.label, dot.mark, round(dot.value or 0, 1)) for dot in rows_of(shares)] == [
        ("seen", "full", 76.0),
        ("", "empty", 50.0),
        ("time", "full", 2.5),
        ("", "empty", 0.0),
    ]
    assert isinstance(shares.plot, DotPlot)
    assert shares.plot.marks == (("full", "experts"), ("empty", "patients"))
    assert (shares.plot.low, shares.plot.high) == (0, 100)


def test_the_words_of_a_picture_round_no_share_to_everybody(tmp_path: Path) -> None:
    table = table_of(tmp_path, "theme,group,n,base\nseen,all,2819,2820\n")
    assert [figure.alt for figure in figures_of(table)] == [
        "1 theme. all: most often mentioned is seen (>99.9 %)."
    ]


def test_a_picture_says_in_words_what_it_shows(tmp_path: Path) -> None:
    shares, differences = figures_of(table_of(tmp_path, TWO))
    assert shares.alt == (
        "2 themes. experts: most often mentioned is seen (76.0 %); patients: most often mentioned is seen "
        "(50.0 %)."
    )
    assert differences.alt == (
        "2 themes; for 2 the interval leaves out zero. The largest difference is in seen: 26.0 percentage "
        "points more of experts."
    )


def test_differences_stand_around_a_line_at_zero(tmp_path: Path) -> None:
    table = table_of(tmp_path, TWO)
    differences = figures_of(table)[1]
    first = table.united.themes[0].comparison.difference
    assert first is not None
    assert isinstance(differences.plot, DotPlot)
    assert differences.plot.references == (ReferenceLine(value=0, label="no difference"),)
    assert differences.plot.low < 0 < differences.plot.high
    dot = rows_of(differences)[0]
    limits = (100 * (first.value or 0), 100 * (first.low or 0), 100 * (first.high or 0))
    assert (dot.value, dot.low, dot.high) == pytest.approx(limits)


def test_a_group_too_small_for_a_percentage_has_its_counts_in_words(tmp_path: Path) -> None:
    shares = figures_of(table_of(tmp_path, "theme,group,n,base\nt,a,30,60\nt,b,2,12\n"))[0]
    assert [(dot.label, dot.note) for dot in rows_of(shares)] == [("t", ""), ("", "b: 2 of 12")]


def test_many_groups_are_strokes_beside_all_people(tmp_path: Path) -> None:
    lines = [f"t,group {n},{n},{20 + n}" for n in range(30)] + ["t,a small one,3,4"]
    shares = figures_of(table_of(tmp_path, "theme,group,n,base\n" + "\n".join(lines) + "\n"))[0]
    (dot,) = rows_of(shares)
    n, base = sum(range(30)) + 3, sum(20 + n for n in range(30)) + 4
    assert (dot.label, dot.value) == ("t", pytest.approx(100 * n / base))
    assert dot.others == pytest.approx([100 * n / (20 + n) for n in range(30)])
    assert any(note.startswith("Dot and interval: all people.") for note in shares.notes)


def test_hidden_figures_are_in_no_picture(tmp_path: Path) -> None:
    table = protect(table_of(tmp_path, TWO), threshold=5)
    drawn = [dot for figure in figures_of(table) for dot in rows_of(figure) if dot.value is not None]
    hidden = {theme.label for theme in table.united.themes if any(cell.suppressed for cell in theme.cells)}
    assert "time" in hidden
    notes = [dot.note for dot in rows_of(figures_of(table)[0])]
    assert "experts: confidential" in notes
    assert all(round(dot.value, 1) not in (2.5,) for dot in drawn)


def test_a_group_of_whom_nobody_is_counted_has_no_row_and_others_keep_their_marks(
    tmp_path: Path,
) -> None:
    table = table_of(tmp_path, "theme,group,n,base\nseen,experts,0,0\nseen,patients,141,282\n")
    (shares,) = figures_of(table)
    assert [(dot.label, dot.mark, dot.note) for dot in rows_of(shares)] == [("seen", "empty", "")]
    assert isinstance(shares.plot, DotPlot)
    assert shares.plot.marks == (("empty", "patients"),)
    assert "Nobody is counted in experts." in shares.notes
