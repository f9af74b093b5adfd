"""What a theme table publishes, as counts and the relations among them that every reader knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from harken.model import NONE_STATED
from harken.services.tabulating.result import GroupBases, Theme, ThemeFigures, ThemeTable
from harken.stats.suppression import Publication

NOTHING_TO_CODE = ("", "nothing to code")
"""What stands for a theme in the place of the people with nothing to code."""

RowKey = tuple[str, str]
"""Kind and code of a row."""


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

    def lines(self, scope: int, row: RowKey, groups: Iterable[int]) -> list[int] | None:
        """The numbers of a row's counts by group; None where it has none."""
        found = [self.number.get(Place(scope, row, group)) for group in groups]
        return None if None in found else [at for at in found if at is not None]


def theme_counts(*tables: ThemeTable, threshold: int) -> ThemeCounts:
    """All counts of tables that are published together, with what is known of them.

    A parent lies between its largest child and the sum of its children; a family's net, and everybody with
    any code, likewise; people united over questions between the largest slice and the sum of the slices.
    Tables of the same people by other groups have the same totals. What does not hold for these numbers, as
    people count in one scope and not in another or a parent has codings of its own, is not known and is left
    out. What happens to hold is taken as known.
    """
    counts = ThemeCounts()
    first = 0
    for table in tables:
        scopes = scopes_of(table)
        groups = range(len(table.united.groups))
        for scope, figures in enumerate(scopes, first):
            _add_scope(counts, scope, figures, threshold=threshold, base=table.base)
        for scope, figures in enumerate(scopes, first):
            _relate_tree(counts, scope, figures, groups, is_one_answer=scope > first or len(scopes) == 1)
        _relate_slices(counts, first, table, groups)
        first += len(scopes)
    _relate_totals(counts, tables)
    return counts


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


def _children(figures: ThemeFigures) -> dict[RowKey, list[RowKey]]:
    """For each parent code and family the rows right below it; for everybody with any code the families."""
    codes = {theme.code for theme in figures.themes}
    found: dict[RowKey, list[RowKey]] = {}
    for theme in figures.themes:
        above = theme.code.rpartition(".")[0]
        if theme.family:
            parent = ("theme", above) if above in codes else ("family", theme.family)
            found.setdefault(parent, []).append(("theme", theme.code))
    if figures.families:
        found[NOTHING_TO_CODE] = [("family", family.code) for family in figures.families]
    return found


def _relate_tree(
    counts: ThemeCounts, scope: int, figures: ThemeFigures, groups: Sequence[int], *, is_one_answer: bool
) -> None:
    publication = counts.publication
    for parent, every in _children(figures).items():
        known = [lines for child in every if (lines := counts.lines(scope, child, groups))]
        above = counts.lines(scope, parent, groups)
        if above is None or not known:
            continue
        if parent == NOTHING_TO_CODE:
            _relate_nothing(publication, figures.groups, above, known)
            continue
        for group in groups:
            for child in known:
                _at_most(publication, child[group], above[group], figures.groups[group].undecided)
            terms = [(child[group], 1) for child in known]
            publication.relate_where_true([*terms, (above[group], -1)], low=0)
        # One answer has one code of an exclusive family; people's codes then add up.
        sums = [sum(publication.values[child[group]] for child in known) for group in groups]
        if is_one_answer and len(known) > 1 and sums == [publication.values[at] for at in above]:
            for group in groups:
                publication.sums(above[group], [child[group] for child in known])
    for family in figures.families:
        _relate_stated(counts, scope, figures, family.code, groups)


def _relate_nothing(
    publication: Publication,
    bases: Sequence[GroupBases],
    nothing: Sequence[int],
    families: Sequence[Sequence[int]],
) -> None:
    """Coded people without nothing to code are those of the families united."""
    for group, at in enumerate(nothing):
        coded = bases[group].coded or 0
        for family in families:
            publication.relate_where_true([(family[group], -1), (at, -1)], low=-coded)
        publication.relate_where_true([*((family[group], 1) for family in families), (at, 1)], low=coded)


def _relate_stated(
    counts: ThemeCounts, scope: int, figures: ThemeFigures, family: str, groups: Sequence[int]
) -> None:
    """A family's net without those who only stated that there is none."""
    net = counts.lines(scope, ("stated", family), groups)
    whole = counts.lines(scope, ("family", family), groups)
    if net is None or whole is None:
        return
    publication = counts.publication
    own = [theme.code for theme in figures.themes if theme.family == family]
    stated = [code for code in own if code.rpartition(".")[2] == NONE_STATED]
    others = [code for code in own if code.rpartition(".")[0] == family and code not in stated]
    lines = {code: counts.lines(scope, ("theme", code), groups) for code in (*stated, *others)}
    for group in groups:
        _at_most(publication, net[group], whole[group], figures.groups[group].undecided)
        terms = [(line[group], 1) for code in stated if (line := lines[code])]
        publication.relate_where_true([(net[group], 1), *terms, (whole[group], -1)], low=0)
        terms = [(line[group], 1) for code in others if (line := lines[code])]
        publication.relate_where_true([*terms, (net[group], -1)], low=0)
        for code in others:
            line = lines[code]
            if line and not any(one.startswith(code + ".") for one in stated):
                _at_most(publication, line[group], net[group], figures.groups[group].undecided)


def _relate_slices(counts: ThemeCounts, first: int, table: ThemeTable, groups: Sequence[int]) -> None:
    scopes = range(first + 1, first + len(table.slices) + 1)
    united = table.united
    by_row = {
        key: (
            lines,
            {scope: part for scope in scopes if (part := counts.lines(scope, key, groups)) is not None},
        )
        for key in (*(key for key, _ in rows_of_figures(united)), NOTHING_TO_CODE)
        if (lines := counts.lines(first, key, groups)) is not None
    }
    for key, (lines, parts) in by_row.items():
        if key == NOTHING_TO_CODE:
            coded_in = {scope: table.slices[scope - first - 1].figures for scope in parts}
            _relate_nothing_in_slices(counts.publication, united, coded_in, lines, parts)
            continue
        for group in groups:
            terms = [(part[group], 1) for part in parts.values()]
            if terms:
                counts.publication.relate_where_true([*terms, (lines[group], -1)], low=0)
            for part in parts.values():
                _at_most(counts.publication, part[group], lines[group], united.groups[group].undecided)
    for parent, children in _children(united).items():
        if parent != NOTHING_TO_CODE and parent in by_row:
            known = [by_row[child] for child in children if child in by_row]
            _relate_growth(counts.publication, by_row[parent], known, groups)


_Growing = tuple[list[int], dict[int, list[int]]]
"""The counts of a row by group: over all questions, and by slice."""


def _relate_growth(
    publication: Publication, parent: _Growing, children: Sequence[_Growing], groups: Sequence[int]
) -> None:
    """Whom a parent gains from a slice to all of them, its children gain; and the other way about."""
    whole, parts = parent
    for group in groups:
        for scope, part in parts.items():
            terms = [(part[group], 1), (whole[group], -1)]
            for line, own in children:
                terms.append((line[group], 1))
                if scope in own:
                    terms.append((own[scope][group], -1))
            publication.relate_where_true(terms, low=0)
        for line, own in children:
            terms = [(line[group], 1), (whole[group], -1)]
            for scope, part in parts.items():
                terms.append((part[group], 1))
                if scope in own:
                    terms.append((own[scope][group], -1))
            publication.relate_where_true(terms, low=0)


def _relate_nothing_in_slices(
    publication: Publication,
    united: ThemeFigures,
    slices: Mapping[int, ThemeFigures],
    whole: Sequence[int],
    parts: Mapping[int, list[int]],
) -> None:
    """Everybody with any code, united over questions, lies between the largest slice and the sum."""
    for group, at in enumerate(whole):
        coded = united.groups[group].coded or 0
        in_slices = {scope: figures.groups[group].coded or 0 for scope, figures in slices.items()}
        for scope, part in parts.items():
            publication.relate_where_true([(part[group], 1), (at, -1)], low=in_slices[scope] - coded)
        terms = [(part[group], -1) for part in parts.values()]
        publication.relate_where_true([*terms, (at, 1)], low=coded - sum(in_slices.values()))


def _at_most(publication: Publication, small: int, large: int, slack: int | None) -> None:
    """One count is no more than another, or no more than it and the people who count in one scope alone."""
    if not publication.relate_where_true([(large, 1), (small, -1)], low=0) and slack:
        publication.relate_where_true([(large, 1), (small, -1)], low=-slack)
