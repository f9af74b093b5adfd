"""What a theme table publishes, as counts and the relations among them that every reader knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from harken.services.crosstabulating.result import Meeting
from harken.services.protecting.unions import ANY_CODE, Amount, RowKey, Unions
from harken.services.tabulating.result import Theme, ThemeFigures, ThemeTable
from harken.stats.suppression import Publication

NOTHING_TO_CODE = ("", "nothing to code")
"""What stands for a theme in the place of the people with nothing to code."""


class Place(NamedTuple):
    """Where a count stands: the number of its scope, its row, the number of its group.

    Scopes are numbered through all tables: over all questions, then the slices.
    """

    scope: int
    row: RowKey
    group: int
    """Of the total: the number after the last group's."""


def rows_of_figures(figures: ThemeFigures) -> Iterator[tuple[RowKey, Theme]]:
    """Every row that applies, each with what it is called here."""
    for family in figures.families:
        if family.applies:
            yield ("family", family.code), family
            if family.without_none_stated is not None:
                yield ("stated", family.code), family.without_none_stated
    for theme in figures.themes:
        if theme.applies:
            yield ("theme", theme.code), theme


def scopes_of(table: ThemeTable) -> tuple[ThemeFigures, ...]:
    """The figures over all questions, then each slice's."""
    return (table.united, *(part.figures for part in table.slices))


@dataclass(slots=True)
class ThemeCounts:
    """The counts of a table by place."""

    publication: Publication = field(default_factory=Publication)
    number: dict[Place, int] = field(default_factory=dict)

    @property
    def places(self) -> list[Place]:
        return list(self.number)


def theme_counts(*tables: ThemeTable, threshold: int, meetings: Sequence[Meeting] = ()) -> ThemeCounts:
    """All counts of tables that are published together, with what is known of them.

    A parent lies between its largest child and the sum of its children; a family's net, and everybody with
    any code, likewise; people united over questions between the largest slice and the sum of the slices.
    Tables of the same people by other groups have the same totals, and groups within a group of another
    table add up to it. What happens to hold, as that a parent
    has no codings of its own, is taken as known to some readers.
    """
    counts = ThemeCounts()
    first = 0
    for table in tables:
        scopes = scopes_of(table)
        groups = range(len(table.united.groups))
        for scope, figures in enumerate(scopes, first):
            _add_scope(counts, scope, figures, threshold=threshold, base=table.base)
        for group in groups:
            _relate_unions(counts, table, first=first, group=group)
        first += len(scopes)
    _relate_totals(counts, tables)
    for meeting in meetings:
        pairs = meeting.shared
        _relate_groups(counts, tables, meeting.first, meeting.second, pairs)
        _relate_groups(counts, tables, meeting.second, meeting.first, {(b, a) for a, b in pairs})
    return counts


def _relate_groups(
    counts: ThemeCounts, tables: Sequence[ThemeTable], first: int, second: int, shared: Set[tuple[int, int]]
) -> None:
    """A group has everybody of the other table's groups within it, and nobody but of those it meets."""
    starts = list(accumulate((len(scopes_of(table)) for table in tables), initial=0))
    met: dict[int, list[int]] = {}
    for one, other in sorted(shared):
        met.setdefault(one, []).append(other)
    n_meeting = Counter(other for _, other in shared)
    for place, at in list(counts.number.items()):
        if place.scope != starts[first] or place.group not in met:
            continue
        meets = met[place.group]
        within = [other for other in meets if n_meeting[other] == 1]
        for others, sign in ((within, 1), (meets if within else [], -1)):
            parts = [counts.number.get(Place(starts[second], place.row, other)) for other in others]
            known = [part for part in parts if part is not None]
            if known and len(known) == len(others):
                counts.publication.relate_where_true([(at, sign), *((part, -sign) for part in known)], low=0)


def _relate_totals(counts: ThemeCounts, tables: Sequence[ThemeTable]) -> None:
    """The same people are the total of tables by different groups."""
    publication, first = counts.publication, 0
    for table in tables:
        if first:
            for scope in range(len(scopes_of(table))):
                total, known = len(table.united.groups), len(tables[0].united.groups)
                for place in [
                    one for one in counts.places if one.scope == first + scope and one.group == total
                ]:
                    other = counts.number.get(Place(scope, place.row, known))
                    own = counts.number[place]
                    if other is not None and publication.values[other] == publication.values[own]:
                        publication.sums(own, [other])
        first += len(scopes_of(table))


class _Line(NamedTuple):
    """A row's counts by group, the total last."""

    key: RowKey
    ns: list[int | None]
    most: list[int]
    """What the bases say each can be at most."""


def _add_scope(counts: ThemeCounts, scope: int, figures: ThemeFigures, *, threshold: int, base: str) -> None:
    publication = counts.publication
    columns = (*figures.groups, figures.total)
    coded = [bases.coded or 0 for bases in columns]
    lines = []
    for key, row in rows_of_figures(figures):
        cells = (*row.cells, row.total)
        # Only coded people are counted, also of those eligible.
        most = [
            max(cell.n or 0, min(cell.base, known) if base == "eligible" else cell.base)
            for cell, known in zip(cells, coded, strict=True)
        ]
        lines.append(_Line(key, [cell.n for cell in cells], most))
    lines.append(_Line(NOTHING_TO_CODE, [bases.nothing_to_code for bases in columns], coded))
    wholly = [_hides_wholly(at, lines, coded[at], threshold) for at in range(len(columns))]
    for line in lines:
        numbers = {
            at: publication.add(
                n,
                line.most[at],
                wholly=0 < line.most[at] <= wholly[at],
                fixed=line.most[at] == 0 or (base == "substantive" and line.key == NOTHING_TO_CODE),
            )
            for at, n in enumerate(line.ns)
            if n is not None
        }
        counts.number |= {Place(scope, line.key, at): number for at, number in numbers.items()}
        total = len(columns) - 1
        if len(numbers) == len(columns) and sum(n or 0 for n in line.ns[:-1]) == line.ns[-1]:
            publication.sums(numbers[total], [number for at, number in numbers.items() if at != total])


def _hides_wholly(at: int, lines: Sequence[_Line], coded: int, threshold: int) -> int:
    """The largest base of which all counts in a column are hidden, zeros too.

    All of a group smaller than the threshold. A group exactly as large as it, if it has a count to hide:
    from 1 on such a count has less room than the threshold, from 0 on it has as much.
    """
    if 0 < coded < threshold:
        return max(line.most[at] for line in lines)
    is_tight = any(line.most[at] == threshold and 0 < (line.ns[at] or 0) < threshold for line in lines)
    return threshold if is_tight else threshold - 1


def _relate_unions(counts: ThemeCounts, table: ThemeTable, *, first: int, group: int) -> None:
    """Add what is known of one group's counts, over all questions and in the slices."""
    figures = scopes_of(table)

    def amounts(scope: int) -> dict[RowKey, Amount]:
        found = {}
        for key, _ in rows_of_figures(figures[scope - first]):
            at = counts.number.get(Place(scope, key, group))
            if at is not None:
                found[key] = Amount(((at, 1),))
        nothing = counts.number.get(Place(scope, NOTHING_TO_CODE, group))
        if nothing is not None:
            coded = figures[scope - first].groups[group].coded or 0
            found[ANY_CODE] = Amount(((nothing, -1),), coded)
        return found

    n_undecided = table.united.groups[group].undecided or 0
    Unions(
        publication=counts.publication,
        united=amounts(first),
        slices=[amounts(scope) for scope in range(first + 1, first + len(figures))],
        is_settled=n_undecided == 0,
        n_undecided=n_undecided,
        n_undecided_in_slices=[scope.groups[group].undecided or 0 for scope in scopes_of(table)[1:]],
    ).relate(table.united)
