"""Closed items with small counts hidden, and whatever would give them away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, permutations
from typing import TypeVar

from harken.services.closed_items.result import Answer, ClosedItem, ClosedItems, ThemeByAnswer
from harken.services.protecting.adjusting import readjusted
from harken.services.protecting.themes import SUPPRESSED, check_threshold, refuse_told
from harken.services.shares.cells import ShareCell
from harken.services.shares.comparing import GroupTest
from harken.stats.suppression import Publication, audit, protect_counts

Row = TypeVar("Row", Answer, ThemeByAnswer)


def protect_closed(result: ClosedItems, *, threshold: int) -> ClosedItems:
    """The items without counts from 1 to below the threshold, and without whatever would tell them.

    How many people answered each item is a base and stays. Themes within answers are left out of an item
    where an answer itself is hidden, since their bases would tell it. Those of all items are protected
    together, since people with a theme are the same in each.
    """
    check_threshold(threshold)
    items = [_protected(item, threshold) for item in result.items]
    items = _with_themes(items, result.items, threshold)
    return replace(result, items=tuple(_readjusted(items, result.items)), suppress=threshold)


def _protected(item: ClosedItem, threshold: int) -> ClosedItem:
    rows = [*item.answers, *item.nets]
    shown = _hide(rows, _answer_counts(item, rows, threshold), f"item {item.item!r}", threshold)
    hidden = [
        any(row.cells[at].suppressed if at < len(item.groups) else row.total.suppressed for row in shown)
        for at in range(len(item.groups) + 1)
    ]
    bases = [
        replace(base, median=None, iqr=None) if is_told else base
        for base, is_told in zip((*item.groups, item.total), hidden, strict=True)
    ]
    n = len(item.answers)
    is_told = any(hidden)
    return replace(
        item,
        groups=tuple(bases[:-1]),
        total=bases[-1],
        answers=tuple(map(_without_comparison, shown[:n])),
        nets=tuple(map(_without_comparison, shown[n:])),
        test=None if is_told else item.test,
        not_tested=SUPPRESSED if is_told else item.not_tested,
        cramers_v=None if is_told else item.cramers_v,
        themes=(),
    )


def _with_themes(
    items: Sequence[ClosedItem], before: Sequence[ClosedItem], threshold: int
) -> list[ClosedItem]:
    """The items with their themes, save those of which an answer is hidden over all groups."""
    rows: list[ThemeByAnswer] = []
    counts: _Counts = (Publication(), [])
    n_rows = []
    for shown, item in zip(items, before, strict=True):
        is_told = any(row.total.suppressed for row in (*shown.answers, *shown.nets))
        added = () if is_told else item.themes
        if added:
            counts[1].extend(_theme_counts(item, threshold, counts[0]))
        rows += added
        n_rows.append(len(added))
    _relate_items(rows, counts)
    protected = iter(_hide(rows, counts, "themes within items", threshold))
    return [
        replace(
            item,
            themes=tuple(
                replace(theme, test=None, not_tested=SUPPRESSED) if _has_hidden(theme) else theme
                for theme in islice(protected, n)
            ),
        )
        for item, n in zip(items, n_rows, strict=True)
    ]


def _relate_items(rows: Sequence[ThemeByAnswer], counts: _Counts) -> None:
    """A theme has the same people in each item, save those who left the one or the other blank."""
    publication, numbers = counts
    by_code: dict[str, list[tuple[int, int]]] = {}
    for row, line in zip(rows, numbers, strict=True):
        by_code.setdefault(row.code, []).append((line[-1], row.total.base))
    for totals in by_code.values():
        everybody = max(base for _, base in totals)
        for (one, _), (other, base) in permutations(totals, 2):
            publication.relate_where_true([(other, 1), (one, -1)], low=base - everybody, is_certain=False)


def _has_hidden(row: Answer | ThemeByAnswer) -> bool:
    return any(cell.suppressed for cell in (*row.cells, row.total))


def _without_comparison(row: Answer) -> Answer:
    if not _has_hidden(row):
        return row
    return replace(row, difference=None, test=None, not_tested=SUPPRESSED)


_Counts = tuple[Publication, list[list[int]]]
"""What is published, and the numbers of each row's counts, the total last."""


def _answer_counts(item: ClosedItem, rows: Sequence[Answer], threshold: int) -> _Counts:
    """Answers add up to those who answered, groups to the total, values to their net."""
    bases = [base.answered for base in (*item.groups, item.total)]
    publication = Publication()
    numbers = _add_rows(publication, rows, [bases for _ in rows], threshold)
    of_value = dict(zip((answer.label for answer in item.answers), numbers, strict=False))
    for row in numbers:
        publication.sums(row[-1], row[:-1])
    if of_value:
        for column, base in enumerate(bases):
            publication.relate([(row[column], 1) for row in of_value.values()], low=base, high=base)
    for net, row in zip(item.nets, numbers[len(item.answers) :], strict=True):
        for column, at in enumerate(row):
            parts = [of_value[value][column] for value in dict.fromkeys(net.values) if value in of_value]
            publication.sums(at, parts)
    return publication, numbers


def _theme_counts(item: ClosedItem, threshold: int, publication: Publication) -> list[list[int]]:
    """People with a theme add up over the answers, and over the values of a net."""
    bases = [[cell.base for cell in _cells(row)] for row in item.themes]
    numbers = _add_rows(publication, item.themes, bases, threshold)
    n = len(item.answers)
    column = {answer.label: at for at, answer in enumerate(item.answers)}
    by_code = {theme.code: row for theme, row in zip(item.themes, numbers, strict=True)}
    for theme, row in zip(item.themes, numbers, strict=True):
        publication.sums(row[-1], row[:n])
        for at, net in enumerate(item.nets, n):
            publication.sums(
                row[at], [row[column[value]] for value in dict.fromkeys(net.values) if value in column]
            )
        for code, above in by_code.items():
            if theme.code.startswith(code + "."):
                for small, large in zip(row, above, strict=True):
                    publication.relate_where_true([(large, 1), (small, -1)], low=0)
    for code, above in by_code.items():
        children = [line for other, line in by_code.items() if other.rpartition(".")[0] == code]
        if children:
            for at, large in enumerate(above):
                publication.relate_where_true([(large, -1), *((line[at], 1) for line in children)], low=0)
    return numbers


def _cells(row: Answer | ThemeByAnswer) -> tuple[ShareCell, ...]:
    return (*row.cells, row.total)


def _add_rows(
    publication: Publication,
    rows: Sequence[Answer | ThemeByAnswer],
    bases: Sequence[Sequence[int]],
    threshold: int,
) -> list[list[int]]:
    lines = [[cell.n or 0 for cell in _cells(row)] for row in rows]
    wholly = [
        threshold
        if any(
            base[at] == threshold and 0 < line[at] < threshold
            for line, base in zip(lines, bases, strict=True)
        )
        else threshold - 1
        for at in range(len(lines[0]) if lines else 0)
    ]
    return [
        [
            publication.add(n, max(n, base[at]), wholly=0 < base[at] <= wholly[at], fixed=base[at] == 0)
            for at, n in enumerate(line)
        ]
        for line, base in zip(lines, bases, strict=True)
    ]


def _hide(rows: Sequence[Row], counts: _Counts, where: str, threshold: int) -> list[Row]:
    publication, numbers = counts
    pattern = protect_counts(publication, threshold=threshold)
    hidden = pattern.hidden
    refuse_told(
        audit(pattern.publication, hidden, threshold=threshold, witnesses=pattern.witnesses),
        where,
        threshold=threshold,
    )

    def shown(row: Row, line: Sequence[int]) -> Iterator[ShareCell]:
        for cell, at in zip((*row.cells, row.total), line, strict=True):
            yield _blank(cell) if at in hidden else cell

    found = []
    for row, line in zip(rows, numbers, strict=True):
        *cells, total = shown(row, line)
        found.append(replace(row, cells=tuple(cells), total=total))
    return found


def _blank(cell: ShareCell) -> ShareCell:
    return replace(cell, n=None, proportion=None, low=None, high=None, percent=None, suppressed=True)


def _readjusted(items: Sequence[ClosedItem], before: Sequence[ClosedItem]) -> Iterator[ClosedItem]:
    """Over the items, the nets and the themes apart, as their p-values were adjusted."""
    tests = iter(readjusted([item.test for item in items], [item.test for item in before]))
    nets = iter(
        readjusted(
            [net.test for item in items for net in item.nets],
            [net.test for item in before for net in item.nets],
        )
    )
    shown: list[GroupTest | None] = []
    were: list[GroupTest | None] = []
    for item, was in zip(items, before, strict=True):
        were += [theme.test for theme in was.themes]
        shown += [theme.test for theme in item.themes] if item.themes else [None] * len(was.themes)
    themes = iter(readjusted(shown, were))
    for item, was in zip(items, before, strict=True):
        of_themes = [next(themes) for _ in was.themes]
        yield replace(
            item,
            test=next(tests),
            nets=tuple(replace(net, test=next(nets)) for net in item.nets),
            themes=tuple(
                replace(theme, test=test) for theme, test in zip(item.themes, of_themes, strict=False)
            ),
        )
