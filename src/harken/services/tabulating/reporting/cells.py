"""How single figures of a theme table are printed."""

from __future__ import annotations

from collections.abc import Sequence

from harken.model import EVERYONE
from harken.report import DASH, HIDDEN, Cell, count, percentage
from harken.services.shares.printing import in_share
from harken.services.tabulating.result import GroupBases, Theme, ThemeCell, ThemeFigures, ThemeTable


def shown_groups(figures: ThemeFigures) -> Sequence[GroupBases]:
    """What has columns: every group and, unless it says the same as the only one, the total."""
    return figures.groups if len(figures.groups) == 1 else [*figures.groups, figures.total]


def shown_cells(figures: ThemeFigures, theme: Theme) -> Sequence[ThemeCell]:
    """The cells of a theme in the columns of `shown_groups`."""
    return theme.cells if len(figures.groups) == 1 else [*theme.cells, theme.total]


def empty_groups(figures: ThemeFigures) -> tuple[str, ...]:
    """Groups of whom nobody is counted for any theme, as where a question was asked elsewhere alone."""
    rows = (*figures.families, *figures.themes)
    return tuple(
        group.name
        for at, group in enumerate(figures.groups)
        if rows and not any(row.cells[at].base for row in rows)
    )


def group_name(result: ThemeTable, name: str) -> str:
    """What stands over a group's columns; nothing where there is but one group and no column made it."""
    return "" if name == EVERYONE and result.by is None else name


def label_of(theme: Theme) -> str:
    """A theme's label as a row of a table has it, indented below its parent."""
    retired = " (retired)" if theme.is_retired else ""
    return f"{'  ' * (theme.depth + bool(theme.family))}{theme.label}{retired}"


def is_hidden(theme: Theme) -> bool:
    """Whether a figure of the theme is kept back, so that a blank beside it is kept back, too."""
    return any(cell.suppressed for cell in (*theme.cells, theme.total))


def people(result: ThemeTable, value: int | None) -> Cell:
    """A number of people; None is kept back where the table keeps figures back, else unknown."""
    return HIDDEN if value is None and result.suppress else count(value)


def share(result: ThemeTable, cell: ThemeCell) -> Cell:
    """A cell's percentage as it is printed; weighted where there are weights."""
    if cell.percent is None or cell.n is None or cell.proportion is None:
        return DASH
    if result.weights is not None:
        return in_share(cell.proportion, result.decimals)
    return Cell(percentage(cell.n, cell.base, result.decimals), cell.percent)
