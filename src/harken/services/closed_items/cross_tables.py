"""A closed item beside what people wrote: who mentioned a theme among those who gave each answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from harken.services.closed_items.result import ThemeByAnswer
from harken.services.closed_items.scales import Net
from harken.services.counting.naming import row_named, units_of
from harken.services.counting.rows import Row
from harken.services.counting.sheet import Sheet
from harken.services.shares.cells import ShareCell
from harken.services.shares.comparing import why_not
from harken.services.tabulating.figures import TOTAL
from harken.stats.association import group_test
from harken.stats.two_groups import TestResult

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """For each theme asked for, by place: whose answers are coded, and who of them mentioned it."""

    themes: tuple[tuple[Row, Flags, Flags], ...]
    n_undecided: int

    @classmethod
    def of(cls, sheet: Sheet, themes: Sequence[str]) -> Self:
        """A code that is limited to some questions has only these in its base, as in theme tables."""
        found = []
        for row in dict.fromkeys(row_named(sheet, name) for name in themes):
            scope = sheet.over(units_of(sheet, row))
            found.append((row, scope.coded, scope.mentioning(row)))
        return cls(themes=tuple(found), n_undecided=sum(unit.n_undecided for unit in sheet.answers))


def themes_by_answer(
    mentions: Mentions | None,
    of_place: Sequence[str],
    values: Sequence[str],
    nets: Sequence[Net],
    cell: Callable[[str, int, int], ShareCell],
    *,
    seed: int,
) -> list[tuple[ThemeByAnswer, TestResult | None]]:
    """Each theme within each answer, then within each net; the test is over the single answers."""
    if mentions is None:
        return []
    chosen = np.array(of_place, dtype=object)
    people = {value: chosen == value for value in values}
    parts = list(people.items())
    parts += [(net.label, np.isin(chosen, np.array(net.values, dtype=object))) for net in nets]
    answered = chosen != ""
    found = []
    for row, coded, said in mentions.themes:
        counts = [(label, int((said & own).sum()), int((coded & own).sum())) for label, own in parts]
        ns, bases = (
            zip(*((n, base) for _, n, base in counts[: len(values)]), strict=True) if values else ((), ())
        )
        reason = why_not(ns, bases, list(values))
        test = None if reason else group_test(ns, bases, seed=seed)
        theme = ThemeByAnswer(
            code=row.code,
            label=row.label,
            cells=tuple(cell(*one) for one in counts),
            total=cell(TOTAL, int((said & answered).sum()), int((coded & answered).sum())),
            test=None,
            not_tested=reason,
        )
        found.append((theme, test))
    return found
