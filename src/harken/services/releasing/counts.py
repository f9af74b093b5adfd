"""The counts of people that a result publishes, each under the words that other results have for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from harken.services.closed_items.result import ClosedItems
from harken.services.cooccurring.result import Cooccurrence
from harken.services.crosstabulating.result import Crosstab
from harken.services.flowing import Flow
from harken.services.flowing.result import FlowSteps
from harken.services.tabulating.result import GroupBases, ThemeFigures, ThemeTable

Releasable = ThemeTable | Crosstab | Flow | ClosedItems | Cooccurrence
_EVERYBODY = ("", "")
"""The column and the group of a total."""
_BASES = ("eligible", "answered", "coded", "nothing_to_code")


class ReleasedCount(NamedTuple):
    """What is counted, of whom, in words that do not change; `n` is None where it is hidden."""

    what: tuple[str, ...]
    n: int | None


def released_counts(result: Releasable) -> list[ReleasedCount]:
    """Every count of a result: which people were kept or left out is not part of its words."""
    match result:
        case ThemeTable():
            found = list(_of_themes(result))
        case Crosstab():
            found = [one for table in result.tables for one in _of_themes(table)]
        case Flow():
            found = list(_of_flow(result))
        case ClosedItems():
            found = list(_of_closed(result))
        case Cooccurrence():
            found = list(_of_pairs(result))
    return list({one.what: one for one in found}.values())


def kept_people(result: Releasable) -> list[str]:
    """Which people were looked at alone; nothing where the result is of everybody."""
    if isinstance(result, Flow):
        return []
    if isinstance(result, Crosstab):
        return kept_people(result.tables[0]) if result.tables else []
    return [f"{column}={value}" for column, value in sorted(result.where)]


def _groups(by: str | None, names: Sequence[str]) -> list[tuple[str, str]]:
    """Each group with its column, then everybody."""
    return [*((by, name) if by else _EVERYBODY for name in names), _EVERYBODY]


def _of_themes(table: ThemeTable) -> Iterator[ReleasedCount]:
    scopes = [(", ".join(table.questions), table.united)]
    scopes += [(f"{part.question} {part.occasion}".strip(), part.figures) for part in table.slices]
    for scope, figures in scopes:
        yield from _of_figures(table, scope, figures)


def _of_figures(table: ThemeTable, scope: str, figures: ThemeFigures) -> Iterator[ReleasedCount]:
    groups = _groups(table.by, [group.name for group in figures.groups])
    for group, bases in zip(groups, (*figures.groups, figures.total), strict=True):
        yield from _of_bases(table.basis, scope, group, bases)
    for row in (*figures.families, *figures.themes):
        for group, cell in zip(groups, (*row.cells, row.total), strict=True):
            if cell.base:
                yield ReleasedCount((row.code, scope, table.basis, *group), cell.n)


def _of_bases(basis: str, scope: str, group: tuple[str, str], bases: GroupBases) -> Iterator[ReleasedCount]:
    for name in ("returned", "participants"):
        yield ReleasedCount((name, "", "", *group), getattr(bases, name))
    for name in _BASES:
        yield ReleasedCount((name, scope, basis, *group), getattr(bases, name))


def _of_flow(flow: Flow) -> Iterator[ReleasedCount]:
    scopes = [("all questions", flow.groups, flow.total)]
    scopes += [(part.question, part.groups, part.total) for part in flow.questions]
    for scope, groups, total in scopes:
        names = _groups(flow.by, [steps.name for steps in groups])
        for group, steps in zip(names, (*groups, total), strict=True):
            yield from _of_steps(scope, group, steps)


def _of_steps(scope: str, group: tuple[str, str], steps: FlowSteps) -> Iterator[ReleasedCount]:
    yield ReleasedCount(("returned", "", "", *group), steps.returned)
    yield ReleasedCount(("participants", "", "", *group), steps.usable)
    for name in ("answered", "coded"):
        yield ReleasedCount((name, scope, "default", *group), getattr(steps, name))
    for why in steps.excluded:
        yield ReleasedCount((f"excluded, {why.reason}", "", "", *group), why.n)


def _of_closed(result: ClosedItems) -> Iterator[ReleasedCount]:
    for item in result.items:
        groups = _groups(result.by, [bases.name for bases in item.groups])
        for group, bases in zip(groups, (*item.groups, item.total), strict=True):
            yield ReleasedCount(("answered", item.item, "", *group), bases.answered)
        for answer in (*item.answers, *item.nets):
            values = "|".join(sorted(answer.values))
            for group, cell in zip(groups, (*answer.cells, answer.total), strict=True):
                yield ReleasedCount((values, item.item, "", *group), cell.n)
        for theme in item.themes:
            for cell in theme.cells:
                yield ReleasedCount((theme.code, "", "", item.item, cell.group), cell.n)


def _of_pairs(result: Cooccurrence) -> Iterator[ReleasedCount]:
    scope = ", ".join(result.questions)
    for code in result.codes:
        yield ReleasedCount((code.code, scope, result.basis, *_EVERYBODY), code.n)
    for pair in result.pairs:
        both = pair.overlap.both if pair.overlap else None
        yield ReleasedCount((f"{pair.first} + {pair.second}", scope, result.basis, *_EVERYBODY), both)
