"""A theme table from counts alone: anyone's published figures, without a project."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from harken.errors import HarkenError, listed, quoted
from harken.importers.theme_counts import CountRow, ThemeCounts, read_theme_counts
from harken.report import percentage
from harken.services.tabulating.comparing import Comparing, compare_groups
from harken.services.tabulating.figures import TOTAL
from harken.services.tabulating.result import (
    Caveats,
    CountsFile,
    GroupBases,
    PercentCheck,
    Theme,
    ThemeCell,
    ThemeFigures,
    ThemeTable,
)
from harken.stats.differences import DifferenceMethod
from harken.stats.printed_percentages import bases_giving, follows, numbers_giving
from harken.stats.proportions import IntervalMethod, percent, proportion_limits

COUNTS = "counts"
"""What a table of counts has as its basis and its base: what the file says."""
_MOST_GROUPS = 50


def tabulate_counts(
    path: str | Path,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    level: float = 0.95,
    interval: IntervalMethod | str = IntervalMethod.WILSON,
    difference: DifferenceMethod | str = DifferenceMethod.MIETTINEN_NURMINEN,
    decimals: int = 1,
) -> ThemeTable:
    """The table of a file with the columns theme, group, n, base and, if printed, percent.

    Groups stand in the file's order. A theme without a row for a group has no figure there. Every percentage
    that the file prints is checked against its n and base.
    """
    interval, difference = IntervalMethod(interval), DifferenceMethod(difference)
    counts = read_theme_counts(path, sheet=sheet, encoding=encoding)
    if len(counts.groups) > _MOST_GROUPS:
        raise HarkenError(
            f"{path}, column 'group': {len(counts.groups)} different groups; a table compares {_MOST_GROUPS} "
            "at most. Join groups that are too small to compare."
        )
    rows = {(row.theme, row.group): row for row in counts.rows}

    def cell(group: str, members: list[CountRow]) -> ThemeCell:
        n, base = sum(row.n for row in members), sum(row.base for row in members)
        low, high = proportion_limits(n, base, level=level, method=interval) or (None, None)
        return ThemeCell(
            group=group,
            n=n if members else None,
            base=base,
            proportion=n / base if base else None,
            low=low,
            high=high,
            percent=percent(n, base, decimals=decimals),
            n_all=None,
            n_any=None,
        )

    def theme(name: str) -> Theme:
        found = [rows.get((name, group)) for group in counts.groups]
        return Theme(
            code=name,
            label=name,
            family="",
            depth=0,
            applies=True,
            is_retired=False,
            cells=tuple(
                cell(group, [row] if row else []) for group, row in zip(counts.groups, found, strict=True)
            ),
            total=cell(TOTAL, [row for row in found if row]),
        )

    figures = ThemeFigures(
        groups=tuple(GroupBases(name=group, coded=_one_base(counts, group)) for group in counts.groups),
        total=GroupBases(name=TOTAL, coded=_sum_of_bases(counts)),
        themes=tuple(theme(name) for name in counts.themes),
        families=(),
        caveats=Caveats(
            n_undecided=0,
            n_open_disagreements=0,
            n_several_coders=0,
            n_uncounted_decisions=0,
            n_not_asked=0,
            n_off_question=0,
            routing_unknown=(),
        ),
    )
    return ThemeTable(
        title=counts.name,
        basis=COUNTS,
        base=COUNTS,
        by="group" if counts.has_groups else None,
        level=level,
        interval=interval.value,
        difference=difference.value,
        decimals=decimals,
        sampling="",
        with_excluded=False,
        questions=(),
        united=compare_groups(figures, Comparing(level=level, method=difference)),
        slices=(),
        ties=(),
        counts_file=CountsFile(
            n_checked=sum(row.percent is not None for row in counts.rows),
            checks=tuple(_checks(counts)),
            remarks=tuple(_remarks(counts)),
        ),
    )


def without_hidden_checks(table: ThemeTable) -> ThemeTable:
    """The table without checks of percentages whose figures it keeps back."""
    if table.counts_file is None:
        return table
    shown = {
        (theme.code, cell.group)
        for theme in table.united.themes
        for cell in theme.cells
        if not cell.suppressed
    }
    checks = tuple(one for one in table.counts_file.checks if (one.theme, one.group) in shown)
    return replace(table, counts_file=replace(table.counts_file, checks=checks))


def _bases(counts: ThemeCounts, group: str) -> list[int]:
    return sorted({row.base for row in counts.rows if row.group == group})


def _one_base(counts: ThemeCounts, group: str) -> int | None:
    bases = _bases(counts, group)
    return bases[0] if len(bases) == 1 else None


def _sum_of_bases(counts: ThemeCounts) -> int | None:
    bases = [_one_base(counts, group) for group in counts.groups]
    known = [base for base in bases if base is not None]
    return sum(known) if len(known) == len(bases) else None


def _checks(counts: ThemeCounts) -> Iterator[PercentCheck]:
    for row in counts.rows:
        printed = row.percent
        if printed is None or follows(printed.units, printed.decimals, row.n, row.base, bound=printed.bound):
            continue
        is_number = not printed.bound
        ns = numbers_giving(printed.units, printed.decimals, row.base) if is_number else None
        bases = bases_giving(printed.units, printed.decimals, row.n) if is_number else None
        yield PercentCheck(
            theme=row.theme,
            group=row.group,
            row=row.row,
            n=row.n,
            base=row.base,
            printed=printed.text,
            expected=percentage(row.n, row.base, printed.decimals) if row.base else "",
            n_low=ns[0] if ns else None,
            n_high=ns[1] if ns else None,
            base_low=bases[0] if bases else None,
            base_high=bases[1] if bases else None,
        )


def _remarks(counts: ThemeCounts) -> Iterator[str]:
    for group in counts.groups:
        bases = _bases(counts, group)
        if len(bases) > 1:
            where = f" in group {quoted(group)}" if counts.has_groups else ""
            yield (
                f"Bases differ{where}, from {bases[0]} to {bases[-1]}: its percentages are not all "
                "of the same people."
            )
    missing = {
        group: [theme for theme in counts.themes if theme not in held]
        for group in counts.groups
        for held in [{row.theme for row in counts.rows if row.group == group}]
    }
    for group, themes in missing.items():
        if themes:
            yield f"No figures of group {quoted(group)} for {listed(themes)}."
    yield from _totals(counts)


def _totals(counts: ThemeCounts) -> Iterator[str]:
    """A group that is the sum of the others would count everybody twice."""
    if len(counts.groups) < 3:
        return
    for group in counts.groups:
        own = [row for row in counts.rows if row.group == group]
        if own and all(
            (row.n, row.base)
            == tuple(
                sum(
                    getattr(other, part) for other in counts.rows if other.theme == row.theme and other != row
                )
                for part in ("n", "base")
            )
            for row in own
        ):
            yield (
                f"Group {quoted(group)} has the sums of the others: it seems to be their total. Remove its "
                "rows, or people are counted twice."
            )
