"""What is hidden where bases, zeros and coders' ranges would tell a small count, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from random_tables import Answers, Study, table_of

from harken.errors import HarkenError
from harken.services.protecting import protect
from harken.services.tabulating.result import ThemeTable


def table_with(*groups: dict[str, int]) -> ThemeTable:
    """People of each group by the code that each has; "" is nothing to code."""

    def people(group: dict[str, int]) -> tuple[Answers, ...]:
        return tuple((frozenset({code} - {""}),) for code, n in group.items() for _ in range(n))

    codes = sorted({code for group in groups for code in group} - {""})
    return table_of(Study(groups=tuple(map(people, groups)), codes={"f": codes}, n_questions=1))


def shown(table: ThemeTable, code: str) -> list[int | None]:
    return next(
        [cell.n for cell in (*theme.cells, theme.total)]
        for theme in (*table.united.themes, *table.united.families)
        if theme.code == code
    )


def test_zeros_are_hidden_where_everybody_of_a_small_group_said_the_same() -> None:
    table = table_with({"f.a": 20, "": 0}, {"f.a": 3, "": 0})
    protected = protect(table, threshold=5)
    assert shown(protected, "f.a") == shown(protected, "f") == [20, None, None]
    assert protected.united.total.nothing_to_code is None


def test_a_base_that_tells_how_few_had_nothing_to_code_is_refused() -> None:
    table = replace(table_with({"f.a": 20, "": 20}, {"f.a": 20, "": 2}), base="substantive")
    with pytest.raises(HarkenError) as refused:
        protect(table, threshold=5)
    assert str(refused.value) == (
        "Base 'substantive' tells how many people of 'g1' had nothing to code, which are fewer than 5, or "
        "all but so few. Take base 'coded', or fewer groups."
    )


def test_a_row_shows_no_range_where_few_people_have_it_by_every_coder() -> None:
    table = table_with({"f.a": 20, "": 20}, {"f.a": 20, "": 30})
    united = table.united
    theme = united.themes[0]
    few = replace(theme, cells=(replace(theme.cells[0], n_all=2, n_any=20), theme.cells[1]))
    protected = protect(replace(table, united=replace(united, themes=(few,))), threshold=5)
    [shown_theme] = protected.united.themes
    assert [(cell.n, cell.n_all, cell.n_any) for cell in (*shown_theme.cells, shown_theme.total)] == [
        (20, None, None),
        (20, None, None),
        (40, None, None),
    ]
