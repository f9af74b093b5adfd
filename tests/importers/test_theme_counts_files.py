"""Files of counts: what is read, and what is refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from harken.errors import HarkenError
from harken.importers.theme_counts import CountRow, PrintedPercent, read_theme_counts


def written(folder: Path, text: str) -> Path:
    path = folder / "counts.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_row_is_a_theme_in_a_group_in_the_files_order(tmp_path: Path) -> None:
    counts = read_theme_counts(
        written(tmp_path, "Theme,Group,N,Base,Percent\nb,y,1,20,5.0\na,y,2,20,\nb,x,3,30,<10\n")
    )
    assert (counts.name, counts.themes, counts.groups) == ("counts.csv", ("b", "a"), ("y", "x"))
    assert counts.rows == (
        CountRow(
            theme="b",
            group="y",
            n=1,
            base=20,
            percent=PrintedPercent(text="5.0", units=50, decimals=1, bound=""),
            row=2,
        ),
        CountRow(theme="a", group="y", n=2, base=20, percent=None, row=3),
        CountRow(
            theme="b",
            group="x",
            n=3,
            base=30,
            percent=PrintedPercent(text="<10", units=10, decimals=0, bound="<"),
            row=4,
        ),
    )


@pytest.mark.parametrize("text", ["theme,n,base\na,1,2\n", "theme,group,n,base\na,,1,2\n"])
def test_without_groups_everybody_is_in_one(tmp_path: Path, text: str) -> None:
    counts = read_theme_counts(written(tmp_path, text))
    assert (counts.groups, counts.has_groups) == (("all",), False)


@pytest.mark.parametrize(
    ("cell", "units", "decimals"), [("36.36 %", 3636, 2), ("36,4", 364, 1), ("100%", 100, 0), ("0", 0, 0)]
)
def test_percentages_are_read_as_publications_print_them(
    tmp_path: Path, cell: str, units: int, decimals: int
) -> None:
    (row,) = read_theme_counts(written(tmp_path, f'theme,n,base,percent\na,1,2,"{cell}"\n')).rows
    assert row.percent == PrintedPercent(text=cell, units=units, decimals=decimals, bound="")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("theme,n\na,1\n", "column 'base' is missing"),
        (
            "theme,n,base,percentage\na,1,2,50\n",
            "column 'percentage': a file of counts has no such column. Did",
        ),
        ("theme,n,base\n,1,2\n", "row 2, column 'theme' is blank"),
        ("theme,n,base\na,,2\n", "row 2, column 'n' is blank"),
        ("theme,n,base\na,1,2\nb,1.5,2\n", "row 3, column 'n': '1.5' is no whole number"),
        ('theme,n,base\na,"1,204",2000\n', "row 2, column 'n': '1,204' is no whole number"),
        ("theme,n,base\na,-1,2\n", "row 2, column 'n': '-1' is no whole number"),
        ("theme,n,base\na,1,99999999999\n", "row 2, column 'base': '99999999999' is no whole number"),
        ("theme,n,base\na,3,2\n", "row 2, column 'n': 3 is more than the base, 2"),
        ("theme,n,base\na,1,2\na,1,2\n", "row 3, column 'theme': 'a' stands in row 2 already"),
        ("theme,group,n,base\na,x,1,2\na,x,1,2\n", "'a' of group 'x' stands in row 2 already"),
        ("theme,group,n,base\na,x,1,2\na,,1,2\n", "row 3, column 'group' is blank where other rows name one"),
        ("theme,n,base,percent\na,1,2,half\n", "row 2, column 'percent': 'half' is no percentage"),
        ("theme,n,base,percent\na,1,2,500\n", "row 2, column 'percent': '500' is above 100"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_place(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(HarkenError) as caught:
        read_theme_counts(written(tmp_path, text))
    assert words in str(caught.value)
    assert "counts.csv" in str(caught.value)
