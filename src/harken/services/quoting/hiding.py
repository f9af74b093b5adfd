"""Which themes' quotes must not name groups, where small counts are kept back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harken.services.protecting import protect
from harken.services.tabulating import tabulate
from harken.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenCells:
    """What a theme table with this threshold keeps back, by the path of the theme or the family's key."""

    is_asked: bool = False
    """Whether small counts are kept back at all."""
    groups: frozenset[str] = frozenset()
    """Themes of which the figure of some group is hidden: no quote of theirs names its group."""
    themes: frozenset[str] = frozenset()
    """Themes of which the figure over all groups is hidden: more than one quote would tell of it."""


def hidden_cells(
    store: Store,
    *,
    questions: Sequence[str],
    by: str | None,
    where: Sequence[tuple[str, str]],
    basis: str,
    threshold: int | None,
) -> HiddenCells:
    """What stays hidden; nothing where no threshold is named."""
    if threshold is None:
        return HiddenCells()
    counted = tabulate(store, questions=questions, by=by, where=where, basis=basis, with_comparisons=False)
    table = protect(counted, threshold=threshold)
    groups: set[str] = set()
    themes: set[str] = set()
    for figures in (table.united, *(part.figures for part in table.slices)):
        for theme in (*figures.themes, *figures.families):
            if any(cell.suppressed for cell in (*theme.cells, theme.total)):
                groups |= _with_above(theme.code)
            if theme.total.suppressed:
                themes.add(theme.code)
    return HiddenCells(is_asked=True, groups=frozenset(groups), themes=frozenset(themes))


def _with_above(code: str) -> set[str]:
    """A code and those above it: their quotes may be of the code's people."""
    parts = code.split(".")
    return {".".join(parts[:n]) for n in range(1, len(parts) + 1)}
