"""A theme table with small counts hidden, and whatever would give them away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from harken.errors import HarkenError, many
from harken.services.crosstabulating.result import Meeting
from harken.services.protecting.adjusting import readjusted
from harken.services.protecting.theme_counts import (
    NOTHING_TO_CODE,
    Place,
    ThemeCounts,
    rows_of_figures,
    scopes_of,
    theme_counts,
)
from harken.services.protecting.unions import RowKey
from harken.services.tabulating.figures import Base
from harken.services.tabulating.result import (
    Comparison,
    GroupBases,
    Theme,
    ThemeCell,
    ThemeFigures,
    ThemeTable,
)
from harken.stats.suppression import Exposed, audit, protect_counts

Progress = Callable[[str, float], None]
SUPPRESSED = "suppressed"
"""Why there is no test: a figure of the row is hidden."""


def protect(table: ThemeTable, *, threshold: int, progress: Progress | None = None) -> ThemeTable:
    """The table with every count from 1 to below the threshold hidden, and groups smaller than it.

    Further counts are hidden with the same mark, in whichever table of the result they stand, so that no
    total, net, slice or union tells a hidden one to within less than the threshold. Figures that follow from
    a hidden count are hidden with it. Raises where that could not be proved of what is printed.
    """
    return protect_together(table, threshold=threshold, progress=progress)[0]


def protect_together(
    *tables: ThemeTable,
    threshold: int,
    meetings: Sequence[Meeting] = (),
    progress: Progress | None = None,
) -> tuple[ThemeTable, ...]:
    """As `protect`, for tables of the same people by different groups that are published together.

    `meetings` say which of their groups share people.
    """
    check_threshold(threshold)
    for table in tables:
        _refuse_telling_base(table, threshold)
    counts = theme_counts(*tables, threshold=threshold, meetings=meetings)
    pattern = protect_counts(
        counts.publication,
        threshold=threshold,
        progress=None if progress is None else lambda share: progress("hiding", share),
    )
    hidden = frozenset(place for place, at in counts.number.items() if at in pattern.hidden)
    in_any_scope = frozenset(place.row for place in hidden)
    protected, first = [], 0
    for table in tables:
        ranges = _ranges_to_hide(first, table, hidden, threshold)
        figures = [
            _hide(scope, part, hidden, ranges, in_any_scope, table, threshold)
            for scope, part in enumerate(scopes_of(table), first)
        ]
        slices = tuple(
            replace(part, figures=of_slice) for part, of_slice in zip(table.slices, figures[1:], strict=True)
        )
        protected.append(replace(table, united=figures[0], slices=slices, ties=(), suppress=threshold))
        first += len(figures)
    counts = replace(counts, publication=pattern.publication)
    audit_themes(tables, protected, threshold=threshold, counts=counts, witnesses=pattern.witnesses)
    return tuple(protected)


def check_threshold(threshold: int) -> None:
    if threshold < 2:
        raise HarkenError(
            f"Counts below {threshold} cannot be hidden: nobody is counted by less than 1. "
            "Take 2 or more, as 5."
        )


def _refuse_telling_base(table: ThemeTable, threshold: int) -> None:
    """Raise where the base of everybody with something to code tells how few have it, or have it not."""
    if table.base != Base.SUBSTANTIVE:
        return
    for figures in scopes_of(table):
        for bases in (*figures.groups, figures.total):
            nothing = bases.nothing_to_code or 0
            something = (bases.coded or 0) - nothing
            if 0 < something < threshold or 0 < nothing < threshold:
                raise HarkenError(
                    f"Base {table.base!r} tells how many people of {bases.name!r} had nothing to code, which "
                    f"are fewer than {threshold}, or all but so few. Take base 'coded', or fewer groups."
                )


def audit_themes(
    tables: Sequence[ThemeTable],
    printed: Sequence[ThemeTable],
    *,
    threshold: int,
    counts: ThemeCounts | None = None,
    witnesses: Sequence[Mapping[int, int]] = (),
) -> None:
    """Raise if what is printed of tables tells a count that it hides, or shows one that it should hide."""
    known = counts or theme_counts(*tables, threshold=threshold)
    scopes = [figures for table in printed for figures in scopes_of(table)]
    shown = {
        Place(scope, key, group): cell.n
        for scope, figures in enumerate(scopes)
        for key, row in rows_of_figures(figures)
        for group, cell in enumerate((*row.cells, row.total))
    } | {
        Place(scope, NOTHING_TO_CODE, group): bases.nothing_to_code
        for scope, figures in enumerate(scopes)
        for group, bases in enumerate((*figures.groups, figures.total))
    }
    hidden = {at for place, at in known.number.items() if shown.get(place) is None}
    publication = known.publication
    if any(publication.values[at] == 0 and not publication.wholly[at] for at in hidden):
        publication = publication.with_zeros()
    told = audit(publication, hidden, threshold=threshold, witnesses=witnesses)
    refuse_told(told, repr(known.places[told[0].at].row[1]) if told else "", threshold=threshold)


def refuse_told(told: Sequence[Exposed], where: str, *, threshold: int) -> None:
    """Raise where hidden counts could be worked out; `where` says of what the first is."""
    if told:
        raise HarkenError(
            f"{many(len(told), 'hidden figure')} could be worked out from the others, the first in {where}; "
            f"nothing was printed. Compare fewer groups, or take another threshold than {threshold}."
        )


def _ranges_to_hide(
    first: int, table: ThemeTable, hidden: frozenset[Place], threshold: int
) -> frozenset[tuple[int, RowKey]]:
    """Rows whose range over coders is hidden in all their cells.

    Of a row with a hidden cell, since the range tells between what the count lies; and where one end of it
    is a small count itself.
    """
    found = {(place.scope, place.row) for place in hidden}
    for scope, figures in enumerate(scopes_of(table), first):
        for key, row in rows_of_figures(figures):
            ends = (end for cell in (*row.cells, row.total) for end in (cell.n_all, cell.n_any))
            if any(0 < (end or 0) < threshold for end in ends):
                found.add((scope, key))
    return frozenset(found)


def _hide(
    scope: int,
    figures: ThemeFigures,
    hidden: frozenset[Place],
    ranges: frozenset[tuple[int, RowKey]],
    in_any_scope: frozenset[RowKey],
    table: ThemeTable,
    threshold: int,
) -> ThemeFigures:
    def hide(key: RowKey, row: Theme) -> Theme:
        cells = [
            _cell(
                cell,
                is_hidden=Place(scope, key, group) in hidden,
                has_range=(scope, key) not in ranges,
                has_mentions=key not in in_any_scope,
            )
            for group, cell in enumerate((*row.cells, row.total))
        ]
        is_told = any(place.scope == scope and place.row == key for place in hidden)
        # Weights that differ by group would make the total another equation about hidden counts.
        if is_told and table.weights is not None and not cells[-1].suppressed:
            cells[-1] = replace(_blank(cells[-1]), n=cells[-1].n, suppressed=False)
        return replace(
            row,
            cells=tuple(cells[:-1]),
            total=cells[-1],
            comparison=Comparison(not_tested=SUPPRESSED) if is_told else row.comparison,
        )

    shown = {key: hide(key, row) for key, row in rows_of_figures(figures)}
    families = []
    for family in figures.families:
        row = shown.get(("family", family.code), family)
        if row.without_none_stated is not None and ("stated", family.code) in shown:
            row = replace(row, without_none_stated=shown["stated", family.code])
        families.append(row)
    themes = [shown.get(("theme", theme.code), theme) for theme in figures.themes]
    bases = [
        _bases(
            group,
            is_hidden=Place(scope, NOTHING_TO_CODE, at) in hidden,
            has_mean=not hidden,
            is_wholly=0 < (group.coded or 0) < threshold,
        )
        for at, group in enumerate((*figures.groups, figures.total))
    ]
    return _readjusted(
        replace(
            figures,
            groups=tuple(bases[:-1]),
            total=bases[-1],
            themes=tuple(themes),
            families=tuple(families),
        ),
        before=figures,
    )


def _blank(cell: ThemeCell) -> ThemeCell:
    """The cell without any figure but its base."""
    return ThemeCell(
        group=cell.group,
        n=None,
        base=cell.base,
        proportion=None,
        low=None,
        high=None,
        percent=None,
        n_all=None,
        n_any=None,
        suppressed=True,
    )


def _cell(cell: ThemeCell, *, is_hidden: bool, has_range: bool, has_mentions: bool) -> ThemeCell:
    if is_hidden:
        return _blank(cell)
    if not has_range:
        cell = replace(cell, n_all=None, n_any=None)
    return cell if has_mentions else replace(cell, mentions=None)


def _bases(bases: GroupBases, *, is_hidden: bool, has_mean: bool, is_wholly: bool) -> GroupBases:
    if is_hidden:
        bases = replace(bases, nothing_to_code=None)
    if not has_mean:
        # Times the coded people it is the sum of a column.
        bases = replace(bases, codes_per_person=None)
    return replace(bases, words_median=None, words_iqr=None) if is_wholly else bases


def _readjusted(figures: ThemeFigures, *, before: ThemeFigures) -> ThemeFigures:
    """Codes without any below them, and parents with the families, apart, as p-values were adjusted."""
    parents = {theme.code.rpartition(".")[0] for theme in before.themes if theme.family}
    n = len(figures.themes)
    rows = [*figures.themes, *figures.families]
    were = [row.comparison.test for row in (*before.themes, *before.families)]
    leaves = [at for at, theme in enumerate(figures.themes) if theme.code not in parents]
    for together in (leaves, [at for at in range(len(rows)) if at not in set(leaves)]):
        tests = readjusted([rows[at].comparison.test for at in together], [were[at] for at in together])
        for at, test in zip(together, tests, strict=True):
            rows[at] = replace(rows[at], comparison=replace(rows[at].comparison, test=test))
    return replace(figures, themes=tuple(rows[:n]), families=tuple(rows[n:]))
